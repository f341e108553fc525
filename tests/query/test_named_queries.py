"""The queries that ship: answers, parameters, and that rdflib gives the same."""

import re
from dataclasses import replace
from datetime import date

import pytest
import rdflib

from kgbuild.errors import AmbiguousNameError, InputError, QueryError
from kgbuild.graph import KnowledgeGraph
from kgbuild.query import named_queries, open_store, run_query
from kgbuild.query.named import FOLDER
from kgbuild.query.parameters import SPACE, parameters_of
from kgbuild.settings import DATA_IRI
from kgbuild.types import Modality, Polarity, Role
from tests.graph.small import Said, graph_of
from tests.sample import sample_graph

ENTITY = f"{DATA_IRI}entity/"


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return sample_graph()


@pytest.fixture(scope="module")
def rdf(kg: KnowledgeGraph) -> rdflib.Graph:
    return kg.to_rdf()


NUMBERS = {
    "claims-by": 5, "co-mentions": 9, "connections": 7, "contradictions": 1, "corroborated": 3, "demands": 0,
    "ended": 0, "entities": 7, "events": 0, "outlets": 2, "planned": 3, "possible": 0, "quantities": 2,
    "relations": 12, "sources": 19, "speakers": 2, "timeline": 2, "what-changed": 16, "where": 2,
    "who-denies-what": 2, "who-met-whom": 1, "who-says-what": 5,
}  # fmt: skip
GIVEN = [
    ("claims-by", {"by": "Lavrov"}, 3),
    ("co-mentions", {"with": "Geneva"}, 2),
    ("connections", {"about": "Russia"}, 3),
    ("contradictions", {"about": "Geneva"}, 0),
    ("contradictions", {"about": "Blinken"}, 1),
    ("corroborated", {"about": "Ukraine"}, 1),
    ("entities", {"type": "person"}, 3),
    ("planned", {"about": "NATO"}, 2),
    ("planned", {"by": "Lavrov"}, 1),
    ("quantities", {"unit": "Troops"}, 1),
    ("quantities", {"about": "Russia"}, 1),
    ("sources", {"relation": "meet"}, 2),
    ("sources", {"about": "Blinken", "relation": "meet"}, 2),
    ("timeline", {"about": "Ukraine"}, 0),
    ("timeline", {"since": "2022-01-21", "until": "2022-01-21"}, 2),
    ("timeline", {"since": "2022-01-22"}, 0),
    ("what-changed", {"since": "2022-01-22"}, 5),
    ("what-changed", {"until": "2022-01-21", "about": "NATO"}, 3),
    ("where", {"place": "Geneva"}, 2),
    ("who-denies-what", {"about": "Ukraine"}, 1),
    ("who-met-whom", {"who": "Sergey Lavrov"}, 1),
    ("who-met-whom", {"who": "NATO"}, 0),
    ("who-says-what", {"about": "Ukraine", "by": "Lavrov"}, 2),
    ("who-says-what", {"until": "2022-01-21"}, 4),
]


def theirs(graph: rdflib.Graph, name: str, values: dict[str, str]) -> list[tuple[str | None, ...]]:
    """What rdflib answers to the file as it stands, with the values as triples."""
    kinds = named_queries()[name].parameters
    given = rdflib.URIRef(f"{SPACE}given")
    extra = []
    for key, value in values.items():
        term: rdflib.term.Identifier = rdflib.Literal(value)
        if kinds[key].kind == "entity":
            (term,) = {*graph.subjects(None, rdflib.Literal(value)), *graph.subjects(None, rdflib.Literal(value, "en"))}
        elif kinds[key].kind == "date":
            term = rdflib.Literal(date.fromisoformat(value))
        extra.append((given, rdflib.URIRef(SPACE + key), term))
    for triple in extra:
        graph.add(triple)
    rows = list(graph.query((FOLDER / f"{name}.rq").read_text(encoding="utf-8"), initNs={}))
    for triple in extra:
        graph.remove(triple)
    return [tuple(None if term is None else plain(str(term)) for term in row) for row in rows]  # type: ignore[union-attr]


def plain(text: str) -> str:
    """Decimals as pyoxigraph writes them."""
    return text.removesuffix(".0")


@pytest.mark.parametrize(
    ("name", "values", "number"), [*((name, {}, number) for name, number in NUMBERS.items()), *GIVEN]
)
def test_answers_are_the_same_in_rdflib_and_without_our_prefixes(
    kg: KnowledgeGraph, rdf: rdflib.Graph, name: str, values: dict[str, str], number: int
) -> None:
    iris = {"e": ENTITY}
    ours = run_query(kg.store, name, values, prefixes=iris)
    assert [tuple(None if t is None else plain(t.value) for t in row) for row in ours.rows] == theirs(rdf, name, values)
    assert len(ours.rows) == number


def test_every_query_is_tested() -> None:
    assert set(NUMBERS) == set(named_queries())
    assert len(NUMBERS) >= 15
    with_parameters = {name for name, query in named_queries().items() if query.parameters}
    assert with_parameters - {name for name, _, _ in GIVEN} <= {"demands", "ended", "events", "possible"}


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_queries_say_what_they_answer_and_what_can_be_given(name: str) -> None:
    query = named_queries()[name]
    assert len(query.summary) > 20
    assert set(re.findall(r"p:given p:(\w+)", query.text)) == set(query.parameters)
    assert all(parameter.help for parameter in query.parameters.values())
    assert query.help().startswith(f"{name}: ")


def test_quantities_never_pair_the_number_of_one_passage_with_another() -> None:
    rows = [
        Said("Russia", "deploy", "10 troops", "one", text="Ten.", value={"number": 10, "unit": "troops"}),
        Said("Russia", "deploy", "20 troops", "two", text="Twenty.", value={"number": 20, "unit": "troops"}),
    ]
    found = graph_of(*rows).sparql("quantities")
    assert sorted(zip(found["number"], found["sentence"], strict=True)) == [(10, "Ten."), (20, "Twenty.")]


def test_plans_demands_and_possibilities_are_kept_apart() -> None:
    kg = graph_of(*(Said("Russia", m.value, "Ukraine", modality=m, asserted=False) for m in Modality))
    kinds = {
        "planned": {"future", "intended"},
        "possible": {"possible", "conditional"},
        "demands": {"required", "requested"},
    }
    for name, expected in kinds.items():
        assert set(kg.sparql(name)["modality"]) == expected


def test_what_is_over_is_found() -> None:
    assert len(graph_of(Said("Trump", "be president of", "US", ended=True, asserted=False)).sparql("ended")) == 1


def test_a_meeting_is_found_by_the_class_of_its_event() -> None:
    kg = graph_of(Said("Blinken", "sit down with", "Lavrov"), Said("Blinken", "sit down in", "Geneva"))
    classed = tuple(replace(s, predicate=replace(s.predicate, event="Meeting")) for s in kg.statements)
    (row,) = replace(kg, statements=classed[:1]).sparql("who-met-whom").itertuples()
    assert (row.who1, row.who2) == ("Blinken", "Lavrov")
    assert len(kg.sparql("who-met-whom")) == 0


def test_a_meeting_takes_its_place_from_its_own_passage() -> None:
    rows = [
        Said("Blinken", "meet", "Lavrov", "one", text="Here.", more={Role.PLACE: "Geneva"}, marker="in"),
        Said("Blinken", "meet", "Lavrov", "two", text="There.", more={Role.PLACE: "Vienna"}, marker="in"),
    ]
    found = graph_of(*rows).sparql("who-met-whom", who="Blinken")
    assert sorted(zip(found["place"], found["sentence"], strict=True)) == [("Geneva", "Here."), ("Vienna", "There.")]


@pytest.mark.parametrize(
    ("name", "values", "error", "message"),
    [
        ("timeline", {"about": "Ukrane"}, InputError, "near: Ukraine"),
        ("timeline", {"about": "nobody at all"}, InputError, "no entity is called"),
        ("timeline", {"about": "troops"}, AmbiguousNameError, "e:troops_"),
        ("timeline", {"since": "last week"}, QueryError, "since: 'last week' is no date; give YYYY-MM-DD"),
        ("timeline", {"subject": "x"}, QueryError, "no parameter 'subject'; it has about, since, until"),
        ("relations", {"about": "x"}, QueryError, "it has none"),
        ("ASK {}", {"about": "x"}, QueryError, "it has none"),
    ],
)
def test_a_wrong_parameter_is_one_line(
    kg: KnowledgeGraph, name: str, values: dict[str, str], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as refused:
        run_query(kg.store, name, values)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("value", ["Lavrov", "lavrov", "e:Sergey_Lavrov", f"{ENTITY}Sergey_Lavrov"])
def test_entities_are_given_by_name_alias_or_iri(kg: KnowledgeGraph, value: str) -> None:
    assert len(kg.sparql("claims-by", by=value)) == 3


def test_a_value_is_no_part_of_the_query(kg: KnowledgeGraph) -> None:
    text = "\"\\\" } #\nSELECT * { ?s ?p ?o } ''' e:x"
    assert len(kg.sparql("quantities", unit=text)) == 0
    assert len(kg.sparql("sources", relation='meet" || true || "')) == 0


def test_values_are_gone_when_the_query_is_done(kg: KnowledgeGraph) -> None:
    before = len(kg.store)
    kg.sparql("timeline", about="Ukraine", since="2022-01-01")
    with pytest.raises(QueryError):
        kg.sparql("# x (text): y\nSELECT ?x {", x="a")
    assert len(kg.store) == before


def test_queries_of_ones_own_may_have_parameters() -> None:
    text = "# Mine.\n#\n# n (text): a name\n\nPREFIX p: <urn:kgbuild:parameter:>\nSELECT ?n { p:given p:n ?n }"
    assert list(parameters_of(text)) == ["n"]
    assert run_query(open_store(b""), text, {"n": "x"}).values() == [("x",)]


def test_denials_are_never_connections() -> None:
    rows = [Said("Russia", "attack", "Ukraine", polarity=Polarity.NEGATIVE, asserted=False)]
    assert len(graph_of(*rows).sparql("connections")) == 0


@pytest.mark.parametrize("name", sorted(NUMBERS))
def test_what_must_match_comes_before_what_may(name: str) -> None:
    """rdflib joins a pattern behind an OPTIONAL by itself, that is with every node of the graph."""
    body = named_queries()[name].text.partition("WHERE {")[2]
    lines = [line for line in body.splitlines() if "p:given" not in line]
    first = next((n for n, line in enumerate(lines) if line.startswith("  OPTIONAL")), len(lines))
    assert [line for line in lines[first:] if re.match(r"  \?", line)] == []
