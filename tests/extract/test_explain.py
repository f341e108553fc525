"""Why statements are as they are: the reasons come from what decided."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import extractor_of, record_of
from kgbuild.extract.explain import Explanation, explain
from kgbuild.settings import Settings
from kgbuild.types import Article
from tests.trees import read_trees

FOLDER = Path(__file__).parent
DOCS = read_trees(FOLDER / "sentence_trees.txt") | read_trees(FOLDER / "value_trees.txt")
DATE = "2022-02-15"


def explained(text: str) -> dict[str, Explanation]:
    """The explanations of a text by the lemma of the statement."""
    extractor = extractor_of(DOCS[text], Article(text, date=DATE), Settings())
    return {e.statement.predicate.lemma: e for e in explain(extractor)}


def reasons(text: str, lemma: str, part: str) -> list[tuple[str, str]]:
    return [(r.value, r.because) for r in explained(text)[lemma].reasons if r.part == part]


@pytest.mark.parametrize(
    ("text", "lemma", "part", "value", "words"),
    [
        ("Russia did not attack Ukraine.", "attack", "commitment", "negative", "own words: “did not attack”"),
        ("The police failed to find the suspect.", "find", "commitment", "negative", "word above: “failed"),
        ("The minister denied that Russia is planning an attack.", "plan", "commitment", "negative, said by minister",
         "word above: “denied (deny)”"),
        ("Officials said on Monday that the two ministers met on Friday.", "meet", "time", "Friday: 2022-02-11",
         "weekday “Friday”, read as behind, seen from 2022-02-15"),
        ("The two ministers meet on Friday.", "meet", "time", "Friday: 2022-02-18", "read ahead"),
        ("He has been a councillor since 2007.", "be", "time", "since 2007: 2007-01-01 to …", "“since”"),
        ("The mayor spoke at a conference in Dhaka.", "speak", "place", "Dhaka", "inside “at conference”"),
        ("The ministers met in Geneva.", "meet", "agent", "The ministers", "subject (nsubj); nominal of a"),
        ("The ministers met in Geneva.", "meet", "confidence", "0.82", "a clause of its own; its weakest arc is"),
        ("Russia did not attack Ukraine.", "attack", "asserted", "no", "it is negative"),
        ("The ministers met in Geneva.", "meet", "asserted", "yes", "positive, actual, in the article's own voice"),
    ],
)  # fmt: skip
def test_reasons(text: str, lemma: str, part: str, value: str, words: str) -> None:
    assert any(v == value and words in because for v, because in reasons(text, lemma, part))


def test_a_plain_statement_has_no_reason_for_its_commitment() -> None:
    assert reasons("Russia deployed troops near Ukraine.", "deploy", "commitment") == []


def test_an_explained_statement_is_the_one_that_is_extracted() -> None:
    text = "The minister denied that Russia is planning an attack."
    extractor = extractor_of(DOCS[text], Article(text, date=DATE), Settings())
    assert tuple(e.statement for e in explain(extractor)) == record_of(extractor).statements


def test_a_step_is_noted_once_for_each_rule_that_changes_something() -> None:
    text = "The minister denied that Russia is planning an attack."
    extractor = extractor_of(DOCS[text], Article(text, date=DATE), Settings())
    plan = next(c for c in extractor.clauses.values() if c.lemma == "plan")
    assert [step.rule for step in extractor.contexts[plan.head.i].because] == ["word above"]
