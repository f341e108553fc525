from dataclasses import replace

import pytest

from kgbuild.graph import find_leaks
from kgbuild.graph.as_rdf import to_turtle
from tests.sample import sample_graph

DENIED_EDGE = b"\ne:Russia r:attack e:Ukraine .\n"


def test_a_graph_of_ours_keeps_to_the_gate() -> None:
    kg = sample_graph()
    assert find_leaks(kg, to_turtle(kg)) == ()


def test_an_asserted_denial_is_a_leak() -> None:
    kg = sample_graph()
    leaky = replace(kg, statements=tuple(replace(s, asserted=True) for s in kg.statements))
    assert {leak.where for leak in find_leaks(leaky)} == {f"statement {s.id}" for s in kg.statements if not s.asserted}


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("\nr:arm a", "\ne:Russia r:attack e:Ukraine .\n\nr:arm a", "no asserted statement"),
        ("  r:meet e:Sergey_Lavrov ;\n", "", "missing, though"),
        ("kg:asserted true", "kg:asserted false", "no asserted statement node"),
        (
            "kg:negative ;\n  kg:modality kg:actual ;\n  kg:asserted false",
            "kg:negative ; kg:asserted true",
            "not positive",
        ),
        ("kg:future ;\n  kg:asserted false", "kg:future ;\n  kg:asserted true", "not actual, attributed"),
        ("kg:actual ;\n  kg:asserted true", "kg:actual ;\n kg:ended true ; kg:asserted true", "ended"),
        ("kg:actual ;\n  kg:asserted false", "kg:actual ;\n  kg:asserted true", "attributed"),
    ],
)
def test_turtle_that_says_more_or_less_than_the_statements_is_a_leak(old: str, new: str, why: str) -> None:
    kg = sample_graph()
    turtle = to_turtle(kg).decode()
    changed = turtle.replace(old, new)
    assert changed != turtle
    assert [leak for leak in find_leaks(kg, changed.encode()) if why in leak.why]


def test_turtle_without_the_edges_and_nodes_of_the_statements_is_a_leak() -> None:
    assert {leak.why for leak in find_leaks(sample_graph(), b"")} == {"missing, though an asserted statement says so"}


def test_a_leak_names_the_edge() -> None:
    kg = sample_graph()
    (first, *_) = find_leaks(kg, to_turtle(kg) + DENIED_EDGE)
    assert "entity/Russia" in first.where
    assert "relation/attack" in first.where
