from typing import Any

import pytest

from kgbuild.graph.claims import find_claims, find_contradictions
from kgbuild.graph.iris import head_word
from kgbuild.types import Modality, Polarity, Role
from tests.graph.small import Said, graph_of

ATTACK = ("Russia", "attack", "Ukraine")
DENIED = {"polarity": Polarity.NEGATIVE}


@pytest.mark.parametrize(
    ("one", "other", "n_claims"),
    [
        (Said(*ATTACK), Said(*ATTACK, article="two"), 1),
        (Said(*ATTACK), Said(*ATTACK), 1),
        (Said(*ATTACK), Said(*ATTACK, article="two", confidence=0.1, more={Role.PLACE: "Crimea"}), 1),
        (Said(*ATTACK), Said(*ATTACK, article="two", **DENIED), 2),
        (Said(*ATTACK), Said(*ATTACK, article="two", modality=Modality.FUTURE), 2),
        (Said(*ATTACK), Said(*ATTACK, article="two", by=["Lavrov"]), 2),
        (Said(*ATTACK, by=["Putin"]), Said(*ATTACK, article="two", by=["Lavrov"]), 2),
        (Said(*ATTACK, by=["some officials"]), Said(*ATTACK, article="two", by=["US officials of rank"]), 2),
        (Said(*ATTACK, by=["some officials"]), Said(*ATTACK, article="two", by=["the officials of rank"]), 1),
        (Said(*ATTACK, day="2022-02-24"), Said(*ATTACK, article="two", day="2022-02-25"), 2),
        (Said(*ATTACK, day="2022-02-24"), Said(*ATTACK, article="two"), 2),
        (Said(*ATTACK, ended=True), Said(*ATTACK, article="two", asserted=False), 2),
        (Said(*ATTACK, ended=True), Said(*ATTACK, article="two"), 2),
        (Said(*ATTACK, asserted=False), Said(*ATTACK, article="two"), 2),
        (Said("Ukraine", "attack", "Russia"), Said(*ATTACK, article="two"), 2),
        (Said("Russia", "deploy", "some troops"), Said("Russia", "deploy", "130,000 troops", "two"), 1),
        (Said("Russia", "deploy", "some troops"), Said("Russia", "deploy", "weapons", "two"), 2),
        (Said("some troops", "kill", "civilians"), Said("troops", "kill", "civilians", "two"), 2),
        (Said("some troops", "kill", "civilians"), Said("troops", "kill", "civilians"), 2),
        (Said('"he"', "attack", "Ukraine"), Said('"he"', "attack", "Ukraine", "two"), 2),
        (Said("Putin", "attack", '"it"'), Said("Putin", "attack", '"it"', "two"), 2),
        (Said("Putin", "say", '"war is  over"'), Said("Putin", "say", '"War is over"', "two"), 1),
    ],
)
def test_readings_that_say_the_same_are_one_claim(one: Said, other: Said, n_claims: int) -> None:
    assert len(find_claims(graph_of(one, other))) == n_claims


def test_a_claim_keeps_its_id_whatever_else_is_in_the_graph() -> None:
    alone = find_claims(graph_of(Said(*ATTACK)))[0].id
    among = find_claims(graph_of(Said("Blinken", "meet", "Lavrov"), Said(*ATTACK, article="two")))
    assert alone in [claim.id for claim in among]


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("130,000 troops", "troops"),
        ("troops near the border", "troops"),
        ("The President of Russia", "president"),
        ("officials, who declined", "officials"),
        ("of", "of"),
        ("", ""),
    ],
)
def test_the_head_of_a_phrase_is_before_its_first_preposition(text: str, head: str) -> None:
    assert head_word(text) == head


DAY, NEXT_DAY = {"day": "2022-02-24"}, {"day": "2022-02-25"}
WEEK = {"day": ("2022-02-21", "2022-02-27")}


@pytest.mark.parametrize(
    ("positive", "negative", "expected"),
    [
        ({}, {}, [False]),
        (DAY, DAY, [True]),
        (DAY, WEEK, [True]),
        (DAY, NEXT_DAY, []),
        (DAY, {}, [False]),
        ({"by": ["Biden"]}, {"by": ["Lavrov"]}, [False]),
        ({"article": "two"}, {}, [False]),
        ({"modality": Modality.FUTURE}, {}, []),
        ({}, {"modality": Modality.INTENDED}, []),
        ({"ended": True}, {}, []),
        ({"more": {Role.PLACE: "Crimea"}}, {"more": {Role.PLACE: "Belarus"}}, []),
        ({"more": {Role.PLACE: "Crimea"}}, {"more": {Role.PLACE: "Crimea"}}, [False]),
        ({"more": {Role.PLACE: "Crimea"}}, {}, [False]),
        ({"more": {Role.QUANTITY: '"twice"'}}, {"more": {Role.QUANTITY: '"once"'}}, []),
        ({"more": {Role.OTHER: "tanks"}, "marker": "with"}, {"more": {Role.OTHER: "months"}, "marker": "for"}, [False]),
        ({"more": {Role.OTHER: "tanks"}, "marker": "with"}, {"more": {Role.OTHER: "planes"}, "marker": "with"}, []),
    ],
)
def test_an_affirmation_and_a_denial_of_the_same_contradict(
    positive: dict[str, Any], negative: dict[str, Any], expected: list[bool]
) -> None:
    kg = graph_of(Said(*ATTACK, **{"article": "yes"} | positive), Said(*ATTACK, **negative, **DENIED))
    assert [pair.certain for pair in find_contradictions(kg, find_claims(kg))] == expected


@pytest.mark.parametrize("rows", [(Said("Russia", "deploy", "troops"), Said("Russia", "deploy", "troops", **DENIED))])
def test_unnamed_ends_that_are_two_nodes_do_not_contradict(rows: tuple[Said, Said]) -> None:
    kg = graph_of(*rows)
    assert find_contradictions(kg, find_claims(kg)) == ()


def test_a_pair_is_certain_only_once() -> None:
    kg = graph_of(Said(*ATTACK, **DAY), Said(*ATTACK, article="two", **DAY), Said(*ATTACK, "three", **DAY, **DENIED))
    assert len(find_contradictions(kg, find_claims(kg))) == 1


def test_nobody_contradicts_himself_within_a_sentence() -> None:
    kg = graph_of(Said(*ATTACK), Said(*ATTACK, **DENIED))
    assert find_contradictions(kg, find_claims(kg)) == ()
    kg = graph_of(Said(*ATTACK), Said(*ATTACK, by=["Lavrov"], **DENIED))
    assert len(find_contradictions(kg, find_claims(kg))) == 1
