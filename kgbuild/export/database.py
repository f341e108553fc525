"""The graph as an SQLite database, as datasette and sqlite-utils like it: keys, references, full-text search."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from kgbuild.export.tables import Cell, Table, Tables
from kgbuild.graph.model import KnowledgeGraph

_TYPES = {"text": "TEXT", "integer": "INTEGER", "real": "REAL", "boolean": "INTEGER"}
_SURROGATE = re.compile("[\ud800-\udfff]")


def write_database(kg: KnowledgeGraph, path: Path) -> None:
    """Write the tables of a graph, and a full-text index of the sentences, into a new database."""
    connection = sqlite3.connect(path)
    try:
        for table in Tables(kg).all():
            _write(connection, table)
        connection.execute(
            "CREATE VIRTUAL TABLE statements_fts USING fts5(predicate, speaker, sentence, content='statements')"
        )
        connection.execute("INSERT INTO statements_fts(statements_fts) VALUES('rebuild')")
        connection.commit()
        connection.execute("VACUUM")
    finally:
        connection.close()


def _write(connection: sqlite3.Connection, table: Table) -> None:
    columns = ",\n  ".join(_column(table, name) for name in table.columns)
    connection.execute(f"CREATE TABLE {table.name} (\n  {columns}\n)")
    marks = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", (tuple(map(_safe, row)) for row in table.rows))
    for name in table.references:
        connection.execute(f"CREATE INDEX {table.name}_{name} ON {table.name} ({name})")


def _column(table: Table, name: str) -> str:
    line = f'"{name}" {_TYPES[table.columns[name]]}'
    if name == "id":
        line += " PRIMARY KEY"
    other = table.references.get(name)
    return f"{line} REFERENCES {other}(id)" if other else line


def _safe(cell: Cell) -> Cell:
    return _SURROGATE.sub("\ufffd", cell) if isinstance(cell, str) else cell
