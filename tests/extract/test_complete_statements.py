"""That statements are complete: lent subjects, clauses around copulas, complements, members and possessions."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import extract
from kgbuild.settings import Settings
from kgbuild.types import Article, Modality, PredicateKind, Role, Statement
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "surface_trees.txt")


def statements_of(text: str) -> dict[str, Statement]:
    return {s.predicate.lemma: s for s in extract(DOCS[text], Article(text), Settings()).statements}


@pytest.mark.parametrize(
    ("text", "lemma", "agent"),
    [
        ("Critics accused the mayor of hiding the report.", "hide", "the mayor"),
        ("Police prevented the protesters from entering the square.", "enter", "the protesters"),
        ("The judge thanked the witness for telling the truth.", "tell", "the witness"),
        ("The bank used the money for buying bonds.", "buy", "The bank"),
        ("The army was able to retake the town and free several prisoners that night.", "free", "The army"),
        ("The problem is that the bank lost the money.", "lose", "the bank"),
    ],
)
def test_agents(text: str, lemma: str, agent: str) -> None:
    arguments = statements_of(text)[lemma].arguments
    assert [a.text for a in arguments if a.role is Role.AGENT] == [agent]


def test_an_aim_has_no_agent_but_the_aim_is_said_to_be_it() -> None:
    found = statements_of("The aim is to reduce emissions by 2030.")
    assert [a.text for a in found["be"].arguments] == ["The aim", "to reduce emissions by 2030"]
    assert found["reduce"].modality is Modality.INTENDED
    assert not [a for a in found["reduce"].arguments if a.role is Role.AGENT]


@pytest.mark.parametrize(
    ("text", "lemma", "asserted", "speaker"),
    [
        ("The problem is that the bank lost the money.", "lose", True, None),
        ("Their claim is that the minister took bribes.", "take", False, "Their"),
        ("The hope of the rescuers is that the climbers found a hut.", "find", False, "hope"),
    ],
)
def test_the_noun_before_the_copula_says_what_its_clause_is_worth(
    text: str, lemma: str, asserted: bool, speaker: str | None
) -> None:
    found = statements_of(text)
    assert found["be"].asserted
    assert found[lemma].asserted is asserted
    assert [a.text for a in found[lemma].attribution] == ([speaker] if speaker else [])


def test_a_conjunct_of_an_infinitive_is_no_order() -> None:
    found = statements_of("The army was able to retake the town and free several prisoners that night.")
    assert found["free"].modality is found["retake"].modality


@pytest.mark.parametrize(
    ("text", "lemma", "triples"),
    [
        (
            "The old mill was home to over 1,000 workers.",
            "be",
            ["The old mill; be; home", "The old mill; be home to; over 1,000 workers"],
        ),
        (
            "The treaty is a threat to peace.",
            "be",
            ["The treaty; be; a threat", "The treaty; be threat to; peace"],
        ),
        (
            "The court is a member of the network.",
            "be",
            ["The court; be; a member of the network", "The court; be member of; the network"],
        ),
        ("The actress talked of being cast in a film.", "talk", ["The actress; talk of; being cast in a film"]),
    ],
)
def test_what_complements_ask_for(text: str, lemma: str, triples: list[str]) -> None:
    found = statements_of(text)[lemma].triples
    assert ["; ".join((t.subject_text, t.relation, t.object_text)) for t in found] == triples


def test_a_hyphen_makes_one_word() -> None:
    arguments = statements_of("Her injuries were not life-threatening.")["life-threatening"].arguments
    assert [a.text for a in arguments] == ["Her injuries", "life-threatening"]


def test_what_was_saved_did_not_sell() -> None:
    arguments = statements_of("The bank was saved by selling land.")["sell"].arguments
    assert [a.text for a in arguments] == ["land"]


@pytest.mark.parametrize(
    ("text", "members", "asserted"),
    [
        ("Several countries, including Peru and Chile, signed the pact.", ["Peru", "Chile"], True),
        ("He said three people, including a child, died in the fire.", ["a child"], False),
        ("The firm makes products such as tyres and hoses.", ["tyres", "hoses"], True),
        ("The ministry plans to close offices in cities including Lyon.", ["Lyon"], False),
    ],
)
def test_named_members_are_included(text: str, members: list[str], asserted: bool) -> None:
    inclusion = statements_of(text)["include"]
    assert [a.text for a in inclusion.arguments if a.role is Role.PATIENT] == members
    assert [t.object_text for t in inclusion.triples] == members
    assert inclusion.asserted is asserted


@pytest.mark.parametrize(
    ("text", "owner", "had"),
    [
        ("Murray's wife left the house.", "Murray", "Murray's wife"),
        ("The party's leader resigned.", "The party", "The party's leader"),
        ("The army, whose soldiers fled, lost the town.", "The army", "soldiers"),
    ],
)
def test_possessives_tell_what_somebody_has(text: str, owner: str, had: str) -> None:
    possession = statements_of(text)["have"]
    assert [(t.subject_text, t.object_text) for t in possession.triples] == [(owner, had)]
    assert possession.asserted


@pytest.mark.parametrize("text", ["Nadia's attacker raised his hand.", "Women's clubs met in Oslo."])
def test_not_every_possessive_is_a_possession(text: str) -> None:
    assert "have" not in statements_of(text)


def test_a_perfect_is_no_passive() -> None:
    fired = statements_of("The government denied that soldiers had fired on protesters.")["fire"]
    assert [(t.subject_text, t.relation, t.object_text) for t in fired.triples] == [
        ("soldiers", "fire on", "protesters")
    ]


def test_what_shares_are_worth_is_not_sold() -> None:
    sold = statements_of("On Monday, Musk sold shares worth $4 billion and bought a house in Texas.")["sell"]
    assert [a.text for a in sold.arguments if a.role is Role.PATIENT] == ["shares"]


@pytest.mark.parametrize(
    ("text", "lemma", "who"),
    [
        ("Party leader and Prime Minister Erik Solberg spoke in Oslo.", "speak", ["Erik Solberg"]),
        ("Singer and actress Maria Lind sang in Bergen.", "sing", ["Maria Lind"]),
    ],
)
def test_two_titles_before_a_name_are_one_person(text: str, lemma: str, who: list[str]) -> None:
    found = statements_of(text)
    assert [a.text for a in found[lemma].arguments if a.role is Role.AGENT] == who
    titles = [s for s in found.values() if s.predicate.kind is PredicateKind.APPOSITION]
    assert {s.arguments[0].text for s in titles} == set(who)
    assert len(titles) == 2


def test_no_country_is_one_of_the_soldiers() -> None:
    assert "include" not in statements_of("NATO has soldiers, including Poland.")
