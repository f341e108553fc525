"""The model as an ordinary spaCy pipeline, for those who want it without the rest."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy import displacy
from spacy.tokens import Doc, DocBin

import kgbuild

TEXTS = ["Blinken met Lavrov in Geneva.", "The embassy in Kiev was closed. Nobody was hurt.", ""]


def layers(doc: Doc) -> list[tuple[str, str, str, str, int]]:
    return [(t.text, t.tag_, t.lemma_, t.dep_, t.head.i) for t in doc]


def test_nlp_is_a_spacy_language() -> None:
    nlp = kgbuild.nlp()
    assert isinstance(nlp, spacy.language.Language)
    doc = nlp(TEXTS[0])
    assert [(e.text, e.label_) for e in doc.ents] == [("Blinken", "PERSON"), ("Lavrov", "PERSON"), ("Geneva", "LOC")]


def test_pipe_gives_what_single_calls_give() -> None:
    nlp = kgbuild.nlp()
    assert [layers(doc) for doc in nlp.pipe(TEXTS)] == [layers(nlp(text)) for text in TEXTS]


def test_two_processes_and_two_threads_give_what_single_calls_give() -> None:
    nlp = kgbuild.nlp()
    expected = [(layers(doc), doc._.mentions, doc._.predicates, doc._.coreference) for doc in map(nlp, TEXTS)]
    for docs in (nlp.pipe(TEXTS, n_process=2), kgbuild.nlp(threads=2).pipe(TEXTS)):
        assert [(layers(d), d._.mentions, d._.predicates, d._.coreference) for d in docs] == expected


def test_docs_survive_a_docbin() -> None:
    nlp = kgbuild.nlp()
    docs = [nlp(text) for text in TEXTS]
    data = DocBin(store_user_data=True, docs=docs).to_bytes()
    back = list(DocBin().from_bytes(data).get_docs(nlp.vocab))
    assert [layers(doc) for doc in back] == [layers(doc) for doc in docs]
    assert [list(doc._.mentions) for doc in back] == [doc._.mentions for doc in docs]


def test_a_saved_pipeline_loads_by_its_entry_point(tmp_path: Path) -> None:
    nlp = kgbuild.nlp()
    nlp.to_disk(tmp_path / "pipeline")
    loaded = spacy.load(tmp_path / "pipeline")
    assert layers(loaded(TEXTS[1])) == layers(nlp(TEXTS[1]))
    blank = spacy.blank("en")
    blank.add_pipe("kgbuild_model")
    assert layers(blank.from_disk(tmp_path / "pipeline")(TEXTS[1])) == layers(nlp(TEXTS[1]))


def test_displacy_draws_trees_and_names() -> None:
    doc = kgbuild.nlp()(TEXTS[0])
    assert "Geneva" in displacy.render(doc, style="dep", jupyter=False)
    assert "PERSON" in displacy.render(doc, style="ent", jupyter=False)
    spans = displacy.render(doc, style="span", options={"spans_key": "mentions"}, jupyter=False)
    assert "person" in spans
