"""SERVICE must never reach the network, however it is written."""

import pyoxigraph as ox
import pytest

from kgbuild.errors import QueryError
from kgbuild.query import open_store, run_query

AWAY = "<http://127.0.0.1:9/>"

HIDDEN = [
    f"SELECT * {{ SERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ sErViCe{AWAY}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE SILENT {AWAY} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT{AWAY}{{ ?s ?p ?o }} }}",
    f"SELECT * {{\n{{ SELECT * {{ OPTIONAL {{ SERVICE {AWAY} {{ ?s ?p ?o }} }} }} }} }}",
    f"SELECT * {{ SERVICE # }}{{ a comment\n{AWAY} # another {{\n {{ ?s ?p ?o }} }}",
    f"SELECT * {{ # ' an opening quote\n SERVICE {AWAY} {{ ?s ?p ?o }} # '\n }}",
    f"SELECT * {{ FILTER(1<2&&'>'!='x') SERVICE {AWAY} {{ ?s ?p ?o }} FILTER('a'='a') }}",
    f"SELECT * {{ FILTER(1<2)SERVICE{AWAY}{{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND(1e3 AS ?x) ?s ?p 1e3SERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ ?s ?p '''it''s''' . SERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"PREFIX x: {AWAY} SELECT * {{ SERVICE x:a\\'b {{ ?s ?p ?o }} ?s ?p 'y' }}",
    f"PREFIX : {AWAY} SELECT * {{ SERVICE:{{ ?s ?p ?o }} }}",
    f"BASE {AWAY} SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?w {{ {AWAY} }} SERVICE ?w {{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?w\u0301 {{ {AWAY} }} SERVICE ?w\u0301 {{ ?s ?p ?o }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE {AWAY} {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ \\u0053ERVICE {AWAY} {{ ?s ?p ?o }} }}",
    f"SELECT * {{ # end\\u000ASERVICE {AWAY} {{ ?s ?p ?o }} }}",
]


@pytest.mark.parametrize("query", HIDDEN)
def test_service_is_refused_with_its_place(query: str) -> None:
    with pytest.raises(QueryError, match=r"line \d+, column \d+: SERVICE would go to the network"):
        run_query(open_store(b""), query)


def test_the_place_is_that_of_the_word() -> None:
    with pytest.raises(QueryError, match="line 2, column 3"):
        run_query(open_store(b""), f"SELECT * {{\n  SERVICE {AWAY} {{}} }}")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p ?o }",
        "SELECT ?services { GRAPH ?services { ?s ?p ?o } }",
        "SELECT * { GRAPH <http://example.com/service/x> { ?s ?p ?o } }",
        "SELECT * { GRAPH ?service1 { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'the secret service said: no')) OPTIONAL { ?s ?q ?r } }",
        "# at your service\nSELECT * { ?s ?p ?o }",
        "SELECT * { ?s r:service e:Service . OPTIONAL { ?s ?p ?o } }",
    ],
)
def test_the_word_alone_is_not_refused(query: str) -> None:
    run_query(open_store(b""), query)


def test_these_queries_would_otherwise_reach_the_network() -> None:
    """The refusal is needed: pyoxigraph does try to connect."""
    with pytest.raises(OSError, match="port"):
        list(ox.Store().query(HIDDEN[0]))  # type: ignore[call-overload]
