from pathlib import Path

import pandas as pd
import pytest

from kgbuild.errors import InputError, QueryError, UsageError
from kgbuild.graph import KnowledgeGraph, save
from kgbuild.query import Answer, open_store, run_query
from kgbuild.settings import Settings
from tests.sample import sample_graph


@pytest.fixture(scope="module")
def kg() -> KnowledgeGraph:
    return sample_graph()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("output")
    save(sample_graph(Settings(base_iri="http://example.org/")), path)
    return path


def test_select_gives_rows(kg: KnowledgeGraph) -> None:
    answer = run_query(kg.store, "SELECT ?who ?whom WHERE { ?who r:meet ?whom }")
    assert (answer.form, answer.columns) == ("select", ("who", "whom"))
    assert answer.values() == [("e:Antony_Blinken", "e:Sergey_Lavrov")]


def test_ask_gives_a_boolean(kg: KnowledgeGraph) -> None:
    assert run_query(kg.store, "ASK { e:Antony_Blinken r:meet e:Sergey_Lavrov }")
    assert not run_query(kg.store, "ASK { e:Russia r:attack e:Ukraine }")


@pytest.mark.parametrize("query", ["CONSTRUCT { ?s r:meet ?o } WHERE { ?s r:meet ?o }", "DESCRIBE e:Antony_Blinken"])
def test_construct_and_describe_give_triples(kg: KnowledgeGraph, query: str) -> None:
    answer = run_query(kg.store, query)
    assert answer.form == "graph"
    assert ("e:Antony_Blinken", "r:meet", "e:Sergey_Lavrov") in answer.values()
    turtle = answer.to_text("turtle")
    assert "r:meet e:Sergey_Lavrov" in turtle
    assert len(open_store(turtle.encode())) == len(answer.rows)


@pytest.mark.parametrize("part", ["", "graph.ttl"])
def test_the_prefixes_of_a_file_are_predeclared(folder: Path, part: str) -> None:
    answer = run_query(str(folder / part), "SELECT ?o WHERE { e:Antony_Blinken r:meet ?o }")
    assert answer.values(full_iris=True) == [("http://example.org/entity/Sergey_Lavrov",)]


def test_values_have_python_types(kg: KnowledgeGraph) -> None:
    query = 'SELECT * { VALUES (?i ?d ?e ?b ?s ?l ?u) { (1 0.5 1e3 true "a" "b"@en UNDEF) } }'
    assert run_query(kg.store, query).values() == [(1, 0.5, 1000.0, True, "a", "b", None)]


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?z ?y ?x . ?b r:meet ?a }", ("z", "y", "x", "b", "a")),
        ("PREFIX x: <http://x/*>\nselect  distinct * where { ?zed ?y ?z }", ("zed", "y", "z")),
        ("SELECT ?x ?z { { SELECT * { ?z ?y ?x } } }", ("x", "z")),
    ],
)
def test_columns_keep_the_order_of_the_query(kg: KnowledgeGraph, query: str, columns: tuple[str, ...]) -> None:
    assert run_query(kg.store, query).columns == columns


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT *\nWHERE {\n  ?s ?p ?o .\n  FILTER(?o = foo:bar) }", "line 4, column 15: prefix foo: is not declared"),
        ("SELECT * WHERE { ?s ?p }", "line 1, column 2"),
        ("SELECT *\nWHERE { ?s ?p ?o . FILTER(1 + ) }", "line 2, column"),
        ("INSERT DATA { e:a e:b e:c }", "line 1, column"),
        ("LOAD <http://127.0.0.1:9/>", "line 1, column"),
        ("no-such-query", "no query is called 'no-such-query'"),
        ("timelin", "there is timeline"),
    ],
)
def test_an_error_is_one_line_with_its_place(kg: KnowledgeGraph, query: str, message: str) -> None:
    with pytest.raises(QueryError) as refused:
        run_query(kg.store, query)
    assert message in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        (None, "", "no such file"),
        ("graph.ttl", "not turtle", "not valid Turtle"),
        ("graph.ttl", "<a> <b> <", "line 1|at 1"),
    ],
)
def test_a_source_that_is_no_graph_is_refused(tmp_path: Path, name: str | None, text: str, message: str) -> None:
    if name:
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        run_query(tmp_path, "ASK { ?s ?p ?o }")


def test_a_query_comes_from_a_file(kg: KnowledgeGraph, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("# mine\nASK { ?s r:meet ?o }", encoding="utf-8")
    assert run_query(kg.store, str(tmp_path / "mine.rq"))
    with pytest.raises(InputError, match=r"other\.rq: cannot be read"):
        run_query(kg.store, str(tmp_path / "other.rq"))


FORMATS = {
    "table": "who\n----------------\ne:Antony_Blinken\n",
    "csv": "who\nhttps://w3id.org/kgbuild/data/entity/Antony_Blinken\n",
    "markdown": "| who |\n| --- |\n| e:Antony\\_Blinken |\n",
}


@pytest.mark.parametrize("format_", FORMATS)
def test_an_answer_is_printed(kg: KnowledgeGraph, format_: str) -> None:
    assert run_query(kg.store, "SELECT ?who { ?who r:meet ?o }").to_text(format_) == FORMATS[format_]


def test_json_is_the_standard_one(kg: KnowledgeGraph) -> None:
    import json

    answer = json.loads(run_query(kg.store, 'SELECT (1 AS ?n) ("a"@en AS ?a) ?u {}').to_text("json"))
    assert answer["head"] == {"vars": ["n", "a", "u"]}
    assert answer["results"]["bindings"] == [
        {
            "n": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
            "a": {"type": "literal", "value": "a", "xml:lang": "en"},
        }
    ]
    assert json.loads(run_query(kg.store, "ASK {}").to_text("json")) == {"head": {}, "boolean": True}


@pytest.mark.parametrize(("query", "text"), [("ASK {}", "yes\n"), ("ASK { e:a e:b e:c }", "no\n")])
def test_ask_is_printed_in_a_word(kg: KnowledgeGraph, query: str, text: str) -> None:
    assert run_query(kg.store, query).to_text() == text


def test_hostile_values_stay_in_their_cells(kg: KnowledgeGraph) -> None:
    answer = run_query(kg.store, 'SELECT ("a|b\\n\\u001B[31m" AS ?x) {}')
    assert answer.to_text("table").splitlines()[2:] == ["a|b  [31m"]
    assert answer.to_text("markdown").splitlines()[2:] == ["| a\\|b  \\[31m |"]


@pytest.mark.parametrize("format_", ["turtle", "xml"])
def test_a_format_that_does_not_fit_is_refused(kg: KnowledgeGraph, format_: str) -> None:
    with pytest.raises(UsageError, match=format_):
        run_query(kg.store, "SELECT * { ?s ?p ?o }").to_text(format_)


def test_a_frame_of_no_rows_has_its_columns() -> None:
    frame = Answer("select", ("a", "b"), (), {}).to_frame()
    assert isinstance(frame, pd.DataFrame)
    assert list(frame.columns) == ["a", "b"]
