"""The times and quantities of sentences whose trees were checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import extract
from kgbuild.extract.quantities import parse_number
from kgbuild.settings import Settings
from kgbuild.types import Article, PredicateKind, Role, Statement
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "value_trees.txt")
DATE = "2022-02-15"  # a Tuesday


def read(text: str) -> dict[str, Statement]:
    """The statements of a text by their lemma."""
    return {s.predicate.lemma: s for s in extract(DOCS[text], Article(text, date=DATE), Settings()).statements}


@pytest.mark.parametrize(
    ("text", "lemma", "time"),
    [
        ("The two ministers meet on Friday.", "meet", ("Friday", "2022-02-18", "2022-02-18")),
        ("The two ministers met on Friday.", "meet", ("Friday", "2022-02-11", "2022-02-11")),
        (
            "Officials said on Monday that the two ministers met on Friday.",
            "say",
            ("Monday", "2022-02-14", "2022-02-14"),
        ),
        (
            "Officials said on Monday that the two ministers met on Friday.",
            "meet",
            ("Friday", "2022-02-11", "2022-02-11"),
        ),
        ("The leaders argued at Friday's summit.", "argue", ("Friday", "2022-02-11", "2022-02-11")),
        ("They won in the 2015 election.", "win", ("2015", "2015-01-01", "2015-12-31")),
        ("She wrote of it in her 1976 book.", "write", None),
        ("He has been a councillor since 2007.", "be", ("since 2007", "2007-01-01", None)),
        ("She resigned before Friday.", "resign", ("before Friday", None, "2022-02-10")),
        ("The firm built cars from 2009 to 2011.", "build", ("from 2009 to 2011", "2009-01-01", "2011-12-31")),
        ("They won in 2010 and 2011.", "win", ("2010 and 2011", "2010-01-01", "2011-12-31")),
        ("The firm used numbers from 2004.", "use", None),
        ("The vote is scheduled for Friday.", "schedule", ("Friday", "2022-02-18", "2022-02-18")),
        ("The vote was planned for Friday.", "plan", ("Friday", None, None)),
        ("The airline carries weapons, according to a tweet on Monday by the minister.", "carry", None),
        ("The museum opened on Saturday at 9:30 a.m.", "open", ("Saturday", "2022-02-12", "2022-02-12")),
        ("The Sunday Times sold 2000 copies.", "sell", None),
        ("The river has recently risen.", "rise", ("recently", None, None)),
    ],
)
def test_times_of_clauses(text: str, lemma: str, time: tuple[str, str | None, str | None] | None) -> None:
    found = read(text)[lemma].time
    assert (found and (found.text, found.start, found.end)) == time


def test_a_time_argument_has_its_own_days() -> None:
    (statement,) = read("The firm built cars from 2009 to 2011.").values()
    times = [(a.marker, a.value and a.value["date"]) for a in statement.arguments if a.role is Role.TIME]
    assert times == [("from", "2009"), ("to", "2011")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A storm destroyed some 130,000 homes.", {"number": 130000, "unit": "homes", "approximate": True}),
        ("The bank lost $200 million.", {"number": 200000000, "unit": "$"}),
        ("The company paid US$22,900 in fines.", {"number": 22900, "unit": "US$", "currency": "USD"}),
        ("A 5.3-magnitude quake struck Peru.", {"number": 5.3, "unit": "magnitude"}),
        ("The flood hit 10 to 15 villages.", {"number": 10, "unit": "villages", "upper": 15}),
        ("The flood killed hundreds of people.",
         {"number": 100, "unit": "people", "approximate": True, "comparison": "at least"}),
        ("Tens of thousands of soldiers fled.",
         {"number": 10000, "unit": "soldiers", "approximate": True, "comparison": "at least"}),
        ("Two-thirds of members agreed.", {"number": 0.6667, "unit": "share", "of": "members"}),
        ("One in five voters stayed away.", {"number": 0.2, "unit": "share"}),
        ("The party won 46.5% of the vote.", {"number": 46.5, "unit": "%", "of": "vote"}),
        ("Prices rose by up to 40 percent.", {"number": 40, "unit": "percent", "comparison": "at most"}),
        ("The plan saved two and a half million people.", {"number": 2500000, "unit": "people"}),
        ("A quarter million people left the city.", {"number": 250000, "unit": "people"}),
        ("A quarter of a million dollars was paid.", {"number": 250000, "unit": "dollars"}),
        ("The blaze lasted over three days.", {"number": 3, "unit": "days", "comparison": "more than"}),
        ("The road cost between $2 and $3 million.", {"number": 2000000, "unit": "$", "upper": 3000000}),
        ("The agency offered a one million dollar reward.", {"number": 1000000, "unit": "dollar"}),
        ("The army killed at least 20 people or more.", {"number": 20, "unit": "people", "comparison": "at least"}),
        ("The team bought a dozen boats.", {"number": 12, "unit": "boats"}),
        ("The car moved at 75 miles per hour.", {"number": 75, "unit": "miles per hour"}),
        ("One could argue this.", None),
        ("She wrote of it in her 1976 book.", None),
    ],
)  # fmt: skip
def test_quantities(text: str, value: dict[str, object] | None) -> None:
    statement = next(s for s in read(text).values() if s.predicate.kind is PredicateKind.VERB)
    assert next((dict(a.value) for a in statement.arguments if a.value), None) == value


@pytest.mark.parametrize(
    ("text", "lemma", "place"),
    [
        ("The ministers met in Geneva.", "meet", "Geneva"),
        ("The plane flew from Rome to Paris.", "fly", None),
        ("Soldiers stood near Kharkiv.", "stand", None),
        ("Rebels attacked Aleppo.", "attack", None),
        ("The army sent troops near Ukraine.", "send", None),
        ("The mayor spoke at a conference in Dhaka.", "speak", "Dhaka"),
        ("The mayor spoke at a conference in the capital, Dhaka.", "speak", "Dhaka"),
        ("They held talks in Vienna.", "hold talks", "Vienna"),
        ("The judge ruled at the Supreme Court.", "rule", "Supreme Court"),
        ("In Madrid, he opened a museum and visited a school.", "open", "Madrid"),
        ("In Madrid, he opened a museum and visited a school.", "visit", "Madrid"),
        ("The bank invested in China.", "invest", None),
        ("They imposed sanctions on Iran.", "impose", None),
        ("Police fired at the embassy in Lima.", "fire", None),
    ],
)
def test_places_of_events(text: str, lemma: str, place: str | None) -> None:
    found = read(text)[lemma].place_mention
    assert (found and text[slice(*found)]) == place


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("200 million", 200_000_000),
        ("twenty - five", 25),
        ("two hundred and six", 206),
        ("two and a half million", 2_500_000),
        ("half a million", 500_000),
        ("a quarter million", 250_000),
        ("a dozen", 12),
        ("1.5bn", 1_500_000_000),
        ("3.7 m.", 3_700_000),
        ("-5", -5),
        ("2,000.5", 2000.5),
        ("some", None),
        ("", None),
    ],
)
def test_numbers_in_words(words: str, number: float | None) -> None:
    assert parse_number(words.split()) == number


def test_light_years_are_no_years() -> None:
    statement = read("The planet is 110 light-years from Earth.")["be"]
    assert [dict(a.value) for a in statement.arguments if a.value] == [{"number": 110, "unit": "light-years"}]
