"""The shipped model as a spaCy pipeline: what a Doc carries, purity, and inputs that nobody expects."""

import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kgbuild.analyse import analyse, nlp
from kgbuild.errors import MissingError
from kgbuild.models.components import NAME
from kgbuild.models.decode import Decoder, keep_nested
from kgbuild.models.sessions import Model

ARTICLE = """Russia denies plan to invade Ukraine

MOSCOW — Kremlin spokesman Dmitry Peskov said on Wednesday that Russia doesn’t intend to attack its neighbour. \
“We haven't moved any troops,” he told reporters in Geneva.

The deployment of 130,000 troops was criticized by the German government, which had met Mr. Lavrov's deputy on Monday.
"""

LONG = "\n\n".join(f"{ARTICLE} Minister number {i} of Freedonia disagreed, but his party did not." for i in range(12))


@pytest.fixture(scope="module")
def pipeline() -> Language:
    return nlp()


def record(doc: Doc) -> list[Any]:
    tokens = [(t.text, t.pos_, t.tag_, t.lemma_, t.dep_, t.head.i, t.is_sent_start) for t in doc]
    return [tokens, [(e.start, e.end, e.label_) for e in doc.ents], doc._.mentions]


def test_a_doc_carries_every_layer(pipeline: Language) -> None:
    doc = analyse(pipeline, ARTICLE)
    assert doc.text == ARTICLE
    words = {t.text: t for t in doc}
    assert [s.text.strip()[:6] for s in doc.sents] == ["Russia", "MOSCOW", "“We ha", "The de"]
    assert (words["denies"].pos_, words["denies"].lemma_, words["denies"].dep_) == ("VERB", "deny", "root")
    assert (words["told"].lemma_, words["n’t"].lemma_, words["n't"].lemma_) == ("tell", "not", "not")
    labels = {"criticized": "root", "deployment": "nsubj:pass", "government": "obl:agent"}
    assert {w: words[w].dep_ for w in labels} == labels
    assert {(e.text, e.label_) for e in doc.ents} >= {
        ("Dmitry Peskov", "PERSON"),
        ("Ukraine", "LOC"),
        ("Geneva", "LOC"),
    }
    mentions = {doc[m["start"] : m["end"]].text: m for m in doc._.mentions}
    assert (mentions["he"]["type"], mentions["he"]["kind"]) == ("person", "pronoun")
    assert mentions["Geneva"]["kind"] == "name"
    assert [(s.start, s.end, s.label_) for s in doc.spans["mentions"]] == [
        (m["start"], m["end"], m["type"]) for m in doc._.mentions
    ]


def test_white_space_hangs_on_the_word_before_it(pipeline: Language) -> None:
    doc = pipeline("\n\nTalks failed\n\nHe left.  \n")
    spaces = [t for t in doc if t.is_space]
    assert [t.pos_ for t in spaces] == ["SPACE"] * 3
    assert [t.head.text for t in spaces] == ["Talks", "failed", "."]
    assert [s.text for s in doc.sents] == ["\n\nTalks failed\n\n", "He left.  \n"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n \n",
        "😀",
        "👩\u200d👧 \ufe0f",
        "\x00\x01",
        "\u202eabc\u202c\u200b",
        "a" * 10_000,
        "a-" * 2_000,
        "word " * 1_500,
        "?!" * 400,
        "中文 نص\u0301",
        "\n\nHello",
        "the president of it, " * 300,
        LONG,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_any_text_gets_one_tree_a_sentence(pipeline: Language, text: str) -> None:
    doc = pipeline(text)
    assert doc.text == text
    for sentence in doc.sents:
        assert sum(t.head == t for t in sentence) == 1
        assert all(sentence.start <= t.head.i < sentence.end for t in sentence)
    assert all(t.pos_ and t.dep_ for t in doc)
    for m in doc._.mentions:
        assert 0 <= m["start"] <= m["head"] < m["end"] <= len(doc)
        assert doc[m["start"]].sent == doc[m["end"] - 1].sent


def test_an_article_is_read_the_same_alone_and_among_others(pipeline: Language) -> None:
    alone = record(pipeline(LONG))
    others = [ARTICLE, "Short.", LONG.replace("Freedonia", "Sylvania"), LONG, ARTICLE]
    among = [record(doc) for doc in pipeline.pipe(others)]
    assert among[3] == alone
    assert among[0] == among[4]
    assert record(nlp.__wrapped__()(LONG)) == alone


def test_threads_and_processes_change_nothing(pipeline: Language) -> None:
    texts = [LONG, ARTICLE]
    expected = [record(pipeline(t)) for t in texts]
    assert [record(d) for d in nlp("default", threads=2).pipe(texts)] == expected
    assert [record(d) for d in pipeline.pipe(texts, n_process=2)] == expected


def test_mentions_never_cross(pipeline: Language) -> None:
    spans = [(m["start"], m["end"]) for m in pipeline(LONG)._.mentions]
    assert not [(a, b) for a in spans for b in spans if a[0] < b[0] < a[1] < b[1]]


def test_a_doc_and_a_component_survive_serialization(pipeline: Language) -> None:
    doc = pipeline(ARTICLE)
    restored = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert record(restored) == record(doc)
    component = pickle.loads(pickle.dumps(pipeline.get_pipe(NAME)))
    assert record(component(pipeline.make_doc(ARTICLE))) == record(doc)


def test_an_unknown_model_is_one_line() -> None:
    with pytest.raises(MissingError, match="no_such_model"):
        nlp("no_such_model")


def test_importing_the_package_loads_neither_torch_nor_onnxruntime() -> None:
    code = "import sys, kgbuild.analyse; print([m for m in ('torch', 'onnxruntime', 'spacy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_analysing_needs_no_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None; from kgbuild.analyse import nlp; print(nlp()('He left.')[1].lemma_)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout == "leave\n"


@pytest.mark.parametrize(
    ("words", "best", "names"),
    [
        (["Ada", "Lovelace", "slept"], ["B-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["Ada", "Lovelace", "slept"], ["I-PER", "I-PER", "O"], [(0, 2, "PER")]),
        (["Paris", "London", "."], ["B-LOC", "B-LOC", "O"], [(0, 1, "LOC"), (1, 2, "LOC")]),
        (["the", "United", "States"], ["B-LOC", "B-LOC", "I-LOC"], [(1, 3, "LOC")]),
        (["the", "Taliban", "left"], ["B-ORG", "I-ORG", "O"], [(1, 2, "ORG")]),
        (["The", "Hague", "."], ["B-LOC", "I-LOC", "O"], [(0, 2, "LOC")]),
        (["a", "b", "c"], ["O", "O", "O"], []),
    ],
)
def test_names_are_runs_of_tags_without_a_small_article(
    words: list[str], best: list[str], names: list[tuple[int, int, str]]
) -> None:
    decoder = Decoder(Model())
    labels = decoder.model.labels["names"]
    scores = np.array([[5.0 * (label == tag) for label in labels] for tag in best], dtype=np.float32)
    assert decoder._names(0, words, scores, np.array([True, False, False])) == names


@pytest.mark.parametrize(
    ("spans", "scores", "kept"),
    [
        ([(0, 5), (1, 3), (1, 2)], [1, 1, 1], [True, True, True]),
        ([(0, 3), (2, 5)], [1, 2], [False, True]),
        ([(0, 3), (2, 5), (4, 6)], [2, 1, 2], [True, False, True]),
        ([], [], []),
    ],
)
def test_of_crossing_spans_the_best_stay(spans: list[tuple[int, int]], scores: list[float], kept: list[bool]) -> None:
    starts, ends = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    assert keep_nested(starts, ends, np.array(scores, dtype=np.float32)).tolist() == kept
