"""What statements commit to: polarity, modality, who says so, and the model's second opinion."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc

from kgbuild.extract import extract
from kgbuild.extract.quotes import find_quotes
from kgbuild.settings import Settings
from kgbuild.types import Article, Modality, Polarity, Statement
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "commitment_trees.txt")

if not Doc.has_extension("predicates"):
    Doc.set_extension("predicates", default=[])


def read(text: str, factuality: dict[str, float] | None = None) -> dict[str, Statement]:
    """The statements of a text by the lemma of their predicates, given the model's factuality of some verbs."""
    doc = DOCS[text]
    values = factuality or {}
    doc._.predicates = [
        {"token": t.i, "lemma": t.lemma_, "sense": None, "factuality": values[t.lemma_], "roles": []}
        for t in doc
        if t.lemma_ in values
    ]
    return {s.predicate.lemma: s for s in extract(doc, Article(text, date="2022-02-15"), Settings()).statements}


def commitment(statement: Statement) -> str:
    parts = ["not"] if statement.polarity is Polarity.NEGATIVE else []
    parts += [str(statement.modality)] if statement.modality is not Modality.ACTUAL else []
    return ", ".join(parts + [f"by {source.text or '?'}" for source in statement.attribution])


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        ("The minister said Russia is not a partner.", "say", ""),
        ("The minister said Russia is not a partner.", "be", "not, by The minister"),
        ("Did Russia attack Ukraine?", "attack", "possible"),
        ("Why did the embassy close in May?", "close", "possible"),
        ("I sent a letter in May, what should the bank do?", "send", ""),
        ("I sent a letter in May, what should the bank do?", "do", "required"),
        ("The delay will worsen the shortage in the next few weeks.", "worsen", "future"),
        ("Few farmers sold their wheat.", "sell", "not"),
        ("The soldiers were able to leave the city.", "leave", ""),
        ("The soldiers are able to leave the city.", "leave", "possible"),
        ("The judge had the guards open the door.", "open", ""),
        ("Police sent officers to disperse the crowd.", "disperse", "intended"),
        ("Lena took the time to thank the nurses.", "thank", ""),
        ("“We will win in June.” — Maria Lopez", "win", "future, by Maria Lopez"),
        ("''The port is closed,'' Lopez said. ''The ships left in May.''", "close", "by Lopez"),
        ("''The port is closed,'' Lopez said. ''The ships left in May.''", "leave", "by Lopez"),
        ("Kiev wants Moscow to leave Donbas.", "leave", "intended, by Kiev"),
        ("Kiev wants to leave the pact.", "leave", "intended"),
        ("One of the children said the house was cold.", "cold", "by One of the children"),
        ("The mayor said Monday the bridge is unsafe.", "unsafe", "by The mayor"),
        ("The old plants are to be retired, and the school is to be sold.", "sell", "future"),
        ("The new roof is less noisy than the old roof.", "noisy", ""),
        ("Storms rarely hit the island.", "hit", "possible"),
        ("The team is going to leave the city.", "leave", "future"),
        ('"The company lost its money", states the report.', "lose", "by the report"),
        ("The shop allegedly made use of Tor, a network that hides users.", "make use", "by allegedly"),
        ("The shop allegedly made use of Tor, a network that hides users.", "hide", ""),
        ("The storm killed twenty people according to city officials on Thursday.", "kill", "by city officials"),
        ("The doctors warned of losing patients.", "lose", "possible, by The doctors"),
        ("The bank complained of losing clients.", "lose", "by The bank"),
        ("Police asked whether the mayor owned the car.", "own", "possible, by Police"),
        ("The senator insisted that the judge resign.", "resign", "requested, by The senator"),
        ("Clinton cited remarks that Trump made in May.", "make", "by Clinton"),
        ("Clinton cited Trump, who owned the hotel.", "own", ""),
        ("She suggested selling the house.", "sell", "requested, by She"),
        ("By his own admission, Trump paid no taxes.", "pay", "not, by his"),
        ("In Merkel's view, the pact is dead.", "dead", "by Merkel"),
        ("India and Pakistan spar over whether the group belongs on the list.", "belong", "possible"),
        ("She called for the files to be released.", "release", "requested, by She"),
        ("Protesters called on the mayor to resign.", "resign", "requested, by Protesters"),
        ("The mayor vowed to close the port.", "close", "intended, by The mayor"),
        ("Prosecutors charged Ruiz with bribing a judge.", "bribe", "by Prosecutors"),
        ("She came away convinced that the port was safe.", "safe", "by She"),
        ("The bank announced plans to close the branch.", "close", "intended, by The bank"),
    ],
)
def test_words_and_constructions(text: str, lemma: str, expected: str) -> None:
    assert commitment(read(text)[lemma]) == expected


@pytest.mark.parametrize(
    ("text", "lemma", "factuality", "expected"),
    [
        ("The union hired a lawyer who sued the port.", "hire", -1.0, "possible"),
        ("The union hired a lawyer who sued the port.", "hire", -0.5, ""),
        ("The soldiers are able to leave the city.", "leave", 0.9, ""),
        ("The soldiers are able to leave the city.", "leave", 0.2, "possible"),
        ("Why did the embassy close in May?", "close", 0.9, ""),
        ("Did Russia attack Ukraine?", "attack", 0.9, "possible"),
        ("Police sent officers to disperse the crowd.", "disperse", 0.9, "intended"),
        ("The minister said Russia is not a partner.", "be", 0.9, "not, by The minister"),
    ],
)
def test_the_model_decides_only_what_no_cue_settles(text: str, lemma: str, factuality: float, expected: str) -> None:
    assert commitment(read(text, {lemma: factuality})[lemma]) == expected


@pytest.mark.parametrize(
    ("text", "lemma", "subject"),
    [
        ("Protesters called on the mayor to resign.", "resign", "the mayor"),
        ("She called for the files to be released.", "release", "the files"),
        ("Prosecutors charged Ruiz with bribing a judge.", "bribe", "Ruiz"),
    ],
)
def test_who_is_asked_or_charged_does_it(text: str, lemma: str, subject: str) -> None:
    assert read(text)[lemma].arguments[0].text == subject


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said ''we won'' and left.", ["''we won''"]),
        ("Mayor: ‘You should be proud of this.’", ["‘You should be proud of this.’"]),
        ("The ‘iron’ rule of the workers’ party", []),
        ("The party's voters' club and the clubs' owners met.", []),
        ("“She said ‘we are not done’ today,” he wrote.", ["“She said ‘we are not done’ today,”"]),
    ],
)
def test_quotation_marks(text: str, quoted: list[str]) -> None:
    assert [text[quote.start : quote.end] for quote in find_quotes(text)] == quoted


def test_going_to_do_something_is_no_going() -> None:
    assert "go" not in read("The team is going to leave the city.")


def test_less_is_not_lost_in_readings() -> None:
    (reading,) = read("The new roof is less noisy than the old roof.")["noisy"].triples
    assert reading.relation == "be less noisy than"


def test_a_day_behind_a_source_is_that_of_the_source() -> None:
    statement = read("The storm killed twenty people according to city officials on Thursday.")["kill"]
    assert statement.time is None
    assert [a.role for a in statement.arguments] == ["agent", "patient"]


def test_a_governor_does_not_speak_for_the_land_as_we() -> None:
    statement = read('"We work hard", said Ohio Governor Ned Brown.')["work"]
    assert not statement.triples


def test_a_day_behind_a_verb_of_saying_is_when_it_was_said() -> None:
    found = read("Brown said on Friday he may close the border.")
    assert found["say"].time is not None
    assert found["close"].time is None


def test_the_next_years_of_a_story_are_not_those_after_the_article() -> None:
    time = read("She spent the next five years in Paris.")["spend"].time
    assert time is not None
    assert time.start is None
    assert time.end is None
