"""Who does what a clause says that has no subject of its own, and what clauses around copulas commit to."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import extract
from kgbuild.settings import Settings
from kgbuild.types import Article, Modality, Role, Statement
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
