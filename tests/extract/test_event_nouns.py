"""Events that nouns name: their arguments, and when they are taken to have happened."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import extract
from kgbuild.settings import Settings
from kgbuild.types import Article, Modality, Polarity, PredicateKind, Statement
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "event_trees.txt")
REAL, DOUBTED = 0.8, 0.0

# the model's predicates: word, sense, factuality, labels of other words
Frame = tuple[str, str | None, float, dict[str, str]]


def read(text: str, *frames: Frame) -> tuple[Statement, ...]:
    doc = DOCS[text]
    at = {token.text: token.i for token in doc}
    doc._.predicates = [
        {
            "token": at[word],
            "lemma": doc[at[word]].lemma_,
            "sense": sense,
            "factuality": factuality,
            "roles": [{"role": label, "token": at[filler], "score": 0.9} for filler, label in labels.items()],
        }
        for word, sense, factuality, labels in frames
    ]
    return extract(doc, Article(text, date="2022-02-15"), Settings()).statements


def event(text: str, *frames: Frame) -> Statement:
    (found,) = [s for s in read(text, *frames) if s.predicate.kind is PredicateKind.NOUN]
    return found


def in_words(statement: Statement) -> str:
    """What a statement commits to: "asserted", "unsure", or what keeps it from being plain."""
    parts = ["not"] if statement.polarity is Polarity.NEGATIVE else []
    parts += [str(statement.modality)] if statement.modality is not Modality.ACTUAL else []
    parts += [f"by {source.text}" for source in statement.attribution]
    return ", ".join(parts) or ("asserted" if statement.asserted else "unsure")


COMMITMENTS = [
    ("Russia's invasion of Ukraine began in February.", "invasion", REAL, "asserted"),
    ("Russia's invasion of Ukraine began in February.", "invasion", DOUBTED, "unsure"),
    ("Biden condemned the Russian attack on Kyiv.", "attack", REAL, "asserted"),
    ("NATO announced the deployment of troops to Poland.", "deployment", REAL, "by NATO"),
    ("Macron called for talks with Putin.", "talks", REAL, "requested, by Macron"),
    ("Boeing's delivery of the jets to Qatar was delayed.", "delivery", REAL, "not"),
    ("The company denied the theft of data.", "theft", REAL, "not, by The company"),
    ("Officials fear an attack on the embassy.", "attack", REAL, "possible, by Officials"),
    ("The killing of civilians is a crime.", "killing", REAL, "unsure"),
    ("Turkey's planned purchase of Russian missiles angered Washington.", "purchase", REAL, "intended"),
    ("There was no attack on the convoy.", "attack", REAL, "not"),
    ("There was an attack on the convoy in Kabul.", "attack", REAL, "asserted"),
    ("The storm will lead to flooding.", "flooding", REAL, "future"),
    ("Fears of an invasion of Ukraine grew.", "invasion", REAL, "possible"),
    ("The minister resigned after the murder of the journalist in Istanbul.", "murder", REAL, "asserted"),
    ("Police will investigate the murder of the journalist.", "murder", REAL, "unsure"),
    ("Police will investigate the murder of the journalist.", "murder", DOUBTED, "future"),
    ("The army launched an attack on the town.", "attack", REAL, "asserted"),
    ("The army did not launch an attack on the town.", "attack", REAL, "not"),
    ("The treaty bans attacks on hospitals.", "attacks", REAL, "not"),
    ("He was killed during a protest in Minsk.", "protest", REAL, "asserted"),
    ("Photos of the attack on Kyiv shocked Biden.", "attack", REAL, "asserted"),
    ("The film was a metaphor for the destruction of Mosul.", "destruction", REAL, "unsure"),
    ("A series of attacks hit the town.", "attacks", REAL, "unsure"),
]


@pytest.mark.parametrize(("text", "noun", "factuality", "expected"), COMMITMENTS)
def test_an_event_is_asserted_only_where_the_sentence_takes_it_for_granted(
    text: str, noun: str, factuality: float, expected: str
) -> None:
    assert in_words(event(text, (noun, None, factuality, {}))) == expected


def test_an_event_in_a_quotation_is_the_speakers() -> None:
    text = '"The invasion of Iraq was a mistake", Obama said.'
    assert in_words(event(text, ("invasion", None, REAL, {}))) == "by Obama"


ARGUMENTS = [
    (
        "Russia's invasion of Ukraine began in February.",
        ["agent Russia", "patient of Ukraine", "time in February"],
        [("Russia", "invade", "Ukraine")],
    ),
    (
        "The evacuation of the embassy by American troops ended on Tuesday.",
        ["patient of the embassy", "agent by American troops", "time on Tuesday"],
        [],
    ),
    (
        "Boeing's delivery of the jets to Qatar was delayed.",
        ["agent Boeing", "patient of the jets", "destination to Qatar"],
        [("Boeing", "deliver jets to", "Qatar")],
    ),
    (
        "The army launched an attack on the town.",
        ["patient on the town", "agent The army"],
        [],
    ),
]


@pytest.mark.parametrize(("text", "arguments", "readings"), ARGUMENTS)
def test_arguments_of_an_event_are_those_of_its_noun_phrase_and_of_the_verb_that_only_holds_it(
    text: str, arguments: list[str], readings: list[tuple[str, str, str]]
) -> None:
    found = event(text)
    assert [" ".join(filter(None, (a.role, a.marker, a.text))) for a in found.arguments] == arguments
    named = {t.text for t in DOCS[text].ents}
    told = [(t.subject_text, t.relation, t.object_text) for t in found.triples]
    assert [t for t in told if {t[0], t[2]} <= named] == readings


def test_both_sides_of_talks_take_part() -> None:
    text = "Talks between Blinken and Lavrov in Geneva ended without a result."
    found = next(s for s in read(text, ("Talks", "talk.01", REAL, {})) if s.predicate.lemma == "talk")
    assert [(t.subject_text, t.relation, t.object_text) for t in found.triples] == [
        ("Blinken", "talks with", "Lavrov"),
        ("Blinken", "talks in", "Geneva"),
    ]
    assert found.place_mention is not None
    assert found.predicate.sense == "talk.01"


def test_only_what_has_two_sides_is_between_them() -> None:
    found = event("The shooting of a man between two cars shocked Paris.", ("shooting", "shoot.03", REAL, {}))
    assert [a.role for a in found.arguments if a.marker == "between"] == []
    assert found.triples == ()


def test_the_sense_gives_the_verb_that_the_list_lacks() -> None:
    found = event("Russia's annexation of Crimea angered Germany.", ("annexation", "annex.01", REAL, {}))
    assert [(t.subject_text, t.relation, t.object_text) for t in found.triples] == [("Russia", "annex", "Crimea")]


def test_an_attitude_is_no_event() -> None:
    found = read("Trump's contempt for Germany angered Merkel.", ("contempt", None, REAL, {"Trump": "ARG0"}))
    assert [s.predicate.lemma for s in found] == ["anger"]


def test_a_set_phrase_with_an_event_noun_is_one_statement() -> None:
    text = "Zelensky held talks with Macron in Paris on Monday."
    assert [s.predicate.lemma for s in read(text, ("talks", "talk.01", REAL, {}))] == ["hold talks"]


def test_a_sense_is_that_of_the_model() -> None:
    (found,) = read("The plane landed in Lima.", ("landed", "land.01", REAL, {"plane": "ARG1"}))
    assert found.predicate.sense == "land.01"


ROLES = [
    ("The plane landed in Lima.", ("landed", "land.01", REAL, {}), ["patient The plane", "place Lima"]),
    (
        "Germany supplied Ukraine with weapons.",
        ("supplied", "supply.01", REAL, {}),
        ["agent Germany", "recipient Ukraine", "patient weapons"],
    ),
    (
        "Macron called for talks with Putin.",
        ("called", None, REAL, {}),
        ["agent Macron", "beneficiary talks"],
    ),
    (
        "Macron called for talks with Putin.",
        ("called", "call.02", REAL, {"talks": "ARG1"}),
        ["agent Macron", "patient talks"],
    ),
]


@pytest.mark.parametrize(("text", "frame", "expected"), ROLES)
def test_labels_and_kinds_of_things_correct_what_grammar_leaves_open(
    text: str, frame: Frame, expected: list[str]
) -> None:
    found = next(s for s in read(text, frame) if s.predicate.kind is PredicateKind.VERB)
    assert [f"{a.role} {a.text}" for a in found.arguments] == expected
