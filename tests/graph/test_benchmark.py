"""The graph that is measured, and that measuring works."""

import json

from kgbuild.evaluate.benchmark import measure
from kgbuild.evaluate.synthetic import synthetic_graph
from kgbuild.graph import find_leaks
from kgbuild.graph.as_rdf import to_turtle
from kgbuild.graph.validate import find_wrong_offsets
from kgbuild.query import named_queries
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture


def test_the_made_up_graph_keeps_what_a_built_one_promises() -> None:
    kg = synthetic_graph(600)
    assert 500 < len(kg.statements) < 700
    assert find_wrong_offsets(kg) == []
    assert find_leaks(kg, to_turtle(kg)) == ()
    n = kg.counts()
    assert 0.3 < n["claimed"] / n["statements"] < 0.45
    assert n["denied"] > 0 < n["planned"]


def test_it_is_the_same_every_time() -> None:
    assert to_turtle(synthetic_graph(300)) == to_turtle(synthetic_graph(300))
    assert to_turtle(synthetic_graph(300)) != to_turtle(synthetic_graph(300, seed=1))


def test_measuring_gives_every_number() -> None:
    found = measure(200, with_rdflib=True, with_check=True)
    assert set(found.queries) == set(found.rdflib_queries) == set(named_queries())
    assert found.numbers["findings of check"] == 0
    assert "slowest query, rdflib" in found.to_text()


def test_the_command(run: Run) -> None:  # noqa: F811
    assert "write Turtle, s" in run("evaluate", "benchmark", "--statements", "100").out
    found = json.loads(run("evaluate", "benchmark", "--statements", "100", "--json").out)
    assert found.keys() == {"machine", "numbers", "queries", "rdflib_queries"}
