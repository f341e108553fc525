"""That mistakes of the parser about who does what are put right, and what was right is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import extract
from kgbuild.extract.repairs import repair
from kgbuild.settings import Settings
from kgbuild.types import Article, Role, Statement
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "repair_trees.txt")


def statements_of(text: str) -> dict[str, Statement]:
    return {s.predicate.lemma: s for s in extract(DOCS[text], Article(text), Settings()).statements}


def told(statement: Statement) -> list[str]:
    return [" ".join(filter(None, (a.role, a.marker, a.text))) for a in statement.arguments]


@pytest.mark.parametrize("text", DOCS)
def test_a_repaired_tree_is_left_alone(text: str) -> None:
    doc = DOCS[text].copy()
    repair(doc)
    once = [(t.dep_, t.head.i) for t in doc]
    repair(doc)
    assert [(t.dep_, t.head.i) for t in doc] == once


@pytest.mark.parametrize(
    ("text", "lemma", "arguments"),
    [
        ("Victims were transported by air.", "transport", ["patient Victims", "instrument by air"]),
        ("Lena sent an e-mail to the paper.", "send", ["agent Lena", "patient an e-mail", "destination to the paper"]),
        ("The suspect was arrested by police.", "arrest", ["patient The suspect", "agent by police"]),
        (
            "Marten, his brother and two friends were arrested.",
            "arrest",
            ["patient Marten", "patient his brother", "patient two friends"],
        ),
        ("He met Lena Holm, a judge and former minister.", "meet", ["agent He", "patient Lena Holm"]),
        (
            "The protest later moved a few blocks to the headquarters.",
            "move",
            ["agent The protest", "quantity a few blocks", "destination to the headquarters"],
        ),
        (
            "The bill does not offer couples all the same rights.",
            "offer",
            ["agent The bill", "recipient couples", "patient all the same rights"],
        ),
        ("Clinton was impeached in 1998, and Johnson in 1868.", "impeach", ["patient Clinton", "time in 1998"]),
        ("The flood left dead five by early reports.", "leave",
         ["agent The flood", "attribute dead", "patient five", "instrument by early reports"]),
        ("The groups called for the bill to be dropped.", "drop", ["patient the bill"]),
        (
            "The groups called for the bill to be dropped.",
            "call",
            ["agent The groups", "content for the bill to be dropped"],
        ),
        ("The army withheld water from them for weeks.", "withhold",
         ["agent The army", "patient water", "source from them", "time for weeks"]),
    ],
)  # fmt: skip
def test_arguments(text: str, lemma: str, arguments: list[str]) -> None:
    assert told(statements_of(text)[lemma]) == arguments


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("\"The situation will worsen\", said Lena Holm as she left the building.", "Lena Holm",
         "The situation will worsen"),
        ("A member of the council, Omar Dill said, \"The town is facing attacks\".", "Omar Dill",
         "The town is facing attacks"),
        ("Speaking to Reuters, the head of the league, Jamal Sall, said, \"We are for freedom.\"", "Jamal Sall",
         "We are for freedom"),
        ("The hospital treated twelve people, Reuters reported the governor said.", "the governor",
         "The hospital treated twelve people"),
    ],
)  # fmt: skip
def test_who_says_what(text: str, speaker: str, content: str) -> None:
    found = {a.role: a.text for a in statements_of(text)["say"].arguments}
    assert (found[Role.AGENT], found[Role.CONTENT]) == (speaker, content)


def test_what_stands_before_two_reporting_clauses_is_not_the_article_s_own_voice() -> None:
    treat = statements_of("The hospital treated twelve people, Reuters reported the governor said.")["treat"]
    assert [a.text for a in treat.attribution] == ["the governor", "Reuters"]
    assert not treat.asserted


def test_a_listed_relative_is_no_apposition() -> None:
    assert "brother" not in statements_of("Marten, his brother and two friends were arrested.")


@pytest.mark.parametrize(
    "text", ["We are going to open the schools, he said.", "The minister went as far as to say that the plan was dead."]
)
def test_nobody_goes(text: str) -> None:
    assert "go" not in statements_of(text)


@pytest.mark.parametrize(
    ("text", "lemma", "readings"),
    [
        ("The blast left five people dead by early reports.", "leave", [("The blast", "leave dead", "five people")]),
        ("The government pointed to the drought as a reason.", "point",
         [("The government", "point to", "the drought")]),
        ("The storm hit similar regions to Samar.", "hit", [("The storm", "hit", "similar regions")]),
        ("Police moved protesters a few blocks from the site.", "move",
         [("Police", "move", "protesters"), ("Police", "move protesters from", "the site")]),
    ],
)  # fmt: skip
def test_readings(text: str, lemma: str, readings: list[tuple[str, str, str]]) -> None:
    assert [(t.subject_text, t.relation, t.object_text) for t in statements_of(text)[lemma].triples] == readings


def test_a_company_behind_a_person_s_company_describes_the_company() -> None:
    company = statements_of("The trip was led by Chris Fell of Apex Shark Tours, a company that runs trips.")["company"]
    assert company.arguments[0].text == "Apex Shark Tours"


def test_nobody_is_said_to_have_died_by_all_but_one() -> None:
    assert "die" not in statements_of("All but one of the sixteen passengers died.")


def test_what_something_is_listed_as_is_not_asserted() -> None:
    belong = statements_of("The Centre lists Saha as belonging to the Air Force.")["belong"]
    assert belong.arguments[0].text == "Saha"
    assert not belong.asserted


def test_whose_report_it_is_is_no_object_of_reporting() -> None:
    assert statements_of("The mayor was reported by local media as missing.")["report"].triples == ()
