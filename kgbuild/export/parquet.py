"""The graph as Parquet files, for pandas, polars, DuckDB and Spark. Needs pyarrow."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from kgbuild.errors import MissingError
from kgbuild.export.tables import Cell, Table, Tables
from kgbuild.graph.model import KnowledgeGraph

_SURROGATE = re.compile("[\ud800-\udfff]")


def write_parquet(kg: KnowledgeGraph, folder: Path) -> list[str]:
    """Write a file for each table and return their names; MissingError without pyarrow."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        raise MissingError("pyarrow is not installed; pip install 'kgbuild[parquet]'") from error
    kinds = {"text": pa.string(), "integer": pa.int64(), "real": pa.float64(), "boolean": pa.bool_()}
    names = []
    for table in Tables(kg).all():
        schema = pa.schema([(name, kinds[kind]) for name, kind in table.columns.items()])
        names.append(f"{table.name}.parquet")
        parquet.write_table(pa.Table.from_pydict(_columns(table), schema=schema), folder / names[-1])
    return names


def _columns(table: Table) -> dict[str, list[Any]]:
    rows = [tuple(map(_safe, row)) for row in table.rows]
    return {name: [row[n] for row in rows] for n, name in enumerate(table.columns)}


def _safe(cell: Cell) -> Cell:
    return _SURROGATE.sub("\ufffd", cell) if isinstance(cell, str) else cell
