"""Formats for networkx, Gephi, Neo4j, spreadsheets, SQLite and pandas."""

import csv
import io
import sqlite3
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from kgbuild.export.database import write_database
from kgbuild.export.gexf import write_gexf
from kgbuild.export.neo4j import write_neo4j
from kgbuild.export.parquet import write_parquet
from kgbuild.export.spreadsheet import write_sheets
from kgbuild.graph import KnowledgeGraph
from kgbuild.types import Polarity
from tests.graph.small import Said, graph_of
from tests.graph.test_sources import EDITED, WIRE, news
from tests.sample import HOSTILE_NAME, sample_graph

ATTACK = ("Russia", "attack", "Ukraine")


def read_gexf(kg: KnowledgeGraph) -> nx.MultiDiGraph:
    return nx.MultiDiGraph(nx.read_gexf(io.BytesIO("".join(write_gexf(kg)).encode())))


def test_gexf_bundles_parallel_edges_and_weighs_them_by_independent_sources() -> None:
    texts = {"one": WIRE, "two": EDITED, "three": news(5)}
    rows = [Said(*ATTACK, article=a, text=" ".join(words)) for a, words in texts.items()]
    rows.append(Said("Russia", "bomb", "Ukraine", article="one", text=" ".join(WIRE)))
    ((_, _, edge),) = read_gexf(graph_of(*rows)).edges(data=True)
    assert (edge["label"], edge["weight"], edge["n_statements"]) == ("attack, bomb", 2, 4)


def test_gexf_never_bundles_what_is_asserted_with_what_is_not() -> None:
    denied = Said(*ATTACK, polarity=Polarity.NEGATIVE, asserted=False)
    edges = read_gexf(graph_of(Said(*ATTACK), denied, Said(*ATTACK, by=["Lavrov"], asserted=False))).edges(data=True)
    assert sorted((e["status"], e["asserted"]) for *_, e in edges) == [
        ("asserted", True), ("claimed", False), ("denied", False),
    ]  # fmt: skip


def test_gexf_opens_in_networkx_with_all_entities_and_hard_names() -> None:
    kg = sample_graph()
    graph = read_gexf(kg)
    assert {values["label"] for _, values in graph.nodes(data=True)} == {e.name for e in kg.entities}
    assert HOSTILE_NAME in {values["label"] for _, values in graph.nodes(data=True)}
    assert all(
        isinstance(v, str | int | float | bool) for *_, values in graph.edges(data=True) for v in values.values()
    )
    text = "".join(write_gexf(kg))
    assert "None" not in text
    assert "lastmodified" not in text


def test_line_ends_survive_gexf() -> None:
    (edge,) = read_gexf(graph_of(Said("Russia", "attack\r\n\tfast", "Ukraine"))).edges(data=True)
    assert edge[2]["relations"] == "attack\r\n\tfast"


def sheet(kg: KnowledgeGraph, name: str) -> list[dict[str, str]]:
    text = "".join(write_sheets(kg)[name])
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_sheets_have_a_line_for_each_reading_and_each_entity() -> None:
    kg = sample_graph()
    statements = sheet(kg, "statements.csv")
    assert len(statements) == sum(len(s.triples) for s in kg.statements)
    attack = next(row for row in statements if row["relation"] == "attack")
    wanted = {"subject": "Russia", "object": "Ukraine", "status": "denied", "asserted": "false", "n_sources": "1",
              "speaker": "Sergey Lavrov", "outlet": "Example Times", "date": ""}  # fmt: skip
    assert {key: attack[key] for key in wanted} == wanted
    assert HOSTILE_NAME in {row["name"] for row in sheet(kg, "entities.csv")}


@pytest.mark.parametrize(
    "name", ["=HYPERLINK(1)", "+1", "-1", "@SUM", "\t=1", "\r=1", " =1", "\n=1", "＝1", "\ufeff=1"]
)
def test_formulas_are_neutralised(name: str) -> None:
    (row,) = sheet(graph_of(Said(f'"{name}', "be", "Lavrov")), "statements.csv")
    assert row["subject"].startswith("'")


@pytest.mark.parametrize("name", ["Lavrov", "5 percent", "a = b", "العربية", 'He said "no", twice'])
def test_other_words_stay_as_they_are(name: str) -> None:
    (row,) = sheet(graph_of(Said(f'"{name}"', "be", "Lavrov")), "statements.csv")
    assert row["subject"] == name.strip('"')


def neo4j(kg: KnowledgeGraph, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(write_neo4j(kg)[name]), newline="")))


def test_neo4j_has_nodes_and_edges_that_fit() -> None:
    kg = sample_graph()
    ids = {row["id:ID(Entity)"] for row in neo4j(kg, "entities.csv")}
    statements = neo4j(kg, "statements.csv")
    assert ids == {e.id for e in kg.entities}
    assert {row[key] for row in statements for key in (":START_ID(Entity)", ":END_ID(Entity)")} <= ids
    assert {(row["status"] == "asserted", row[":TYPE"]) for row in statements} == {
        (True, "ASSERTED"),
        (False, "STATED"),
    }
    assert {row[":END_ID(Article)"] for row in neo4j(kg, "mentions.csv")} == {a.id for a in kg.articles}
    assert HOSTILE_NAME in {row["name"] for row in neo4j(kg, "entities.csv")}


def test_the_script_reads_the_columns_that_there_are() -> None:
    import re

    files = write_neo4j(sample_graph())
    script = "".join(files.pop("import.cypher"))
    for name, lines in files.items():
        part = script.split(f"file:///{name}")[1].split("LOAD CSV")[0]
        columns = next(csv.reader(["".join(lines).split("\n")[0]]))
        assert set(re.findall(r"row\.(?:`([^`]+)`)", part)) | set(re.findall(r"row\.(\w+)", part)) <= set(columns)
        assert f"file:///{name}" in script


@pytest.mark.parametrize("text", ['a\\"b', "ends\\", "\\\\", 'x\\\\"'])
def test_a_backslash_never_escapes_a_quote_in_neo4j(text: str) -> None:
    (row,) = neo4j(graph_of(Said("Russia", text, "Ukraine")), "statements.csv")
    assert '\\"' not in row["relation"]
    assert not row["relation"].endswith("\\")
    assert row["relation"].replace("\\ ", "\\") == text


def test_the_database_joins_and_is_searched(tmp_path: Path) -> None:
    kg = sample_graph()
    write_database(kg, tmp_path / "graph.db")
    database = sqlite3.connect(tmp_path / "graph.db")
    try:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = [
            database.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in ("entities", "statements", "articles")
        ]
        assert counts == [len(kg.entities), len(kg.statements), len(kg.articles)]
        found = database.execute(
            "SELECT speaker, polarity FROM statements WHERE rowid IN "
            "(SELECT rowid FROM statements_fts WHERE statements_fts MATCH 'intend')"
        ).fetchall()
        assert ("Sergey Lavrov", "negative") in found
        assert (HOSTILE_NAME,) in database.execute("SELECT name FROM entities").fetchall()
    finally:
        database.close()


def test_parquet_keeps_types_and_texts(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    kg = sample_graph()
    assert {f"{name}.parquet" for name in ("entities", "statements", "readings")} <= set(write_parquet(kg, tmp_path))
    entities = pd.read_parquet(tmp_path / "entities.parquet")
    assert entities["name"].tolist() == [e.name for e in kg.entities]
    statements = pd.read_parquet(tmp_path / "statements.parquet")
    assert statements["asserted"].dtype == bool
    assert statements["confidence"].dtype == float
