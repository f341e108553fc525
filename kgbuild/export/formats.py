"""Which formats there are, and writing one of them: whole or not at all, and never over somebody's file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import InputError, UsageError
from kgbuild.export.database import write_database
from kgbuild.export.gexf import write_gexf
from kgbuild.export.jsonld import write_jsonld
from kgbuild.export.neo4j import write_neo4j
from kgbuild.export.parquet import write_parquet
from kgbuild.export.rdf import write_ntriples, write_rdf12, write_trig, write_turtle
from kgbuild.export.spreadsheet import write_sheets
from kgbuild.graph.graphml import write_graphml
from kgbuild.graph.model import KnowledgeGraph

Write = Callable[[KnowledgeGraph, Path], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: what it is for, the usual name of its file or folder, and what writes it there.

    ``pieces`` gives the text of a format that is one text file.
    """

    summary: str
    name: str
    write: Write
    pieces: Callable[[KnowledgeGraph], Iterator[str]] | None = None

    def text(self, kg: KnowledgeGraph) -> Iterator[str]:
        """The text, piece by piece; UsageError for a format that is no text."""
        if self.pieces is None:
            raise UsageError(f"{self.name}: is no text")
        return self.pieces(kg)


def _text(summary: str, name: str, pieces: Callable[[KnowledgeGraph], Iterator[str]]) -> Format:
    return Format(summary, name, lambda kg, path: _write(path, pieces(kg)), pieces)


def _write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces)


def _folder(summary: str, name: str, files: Callable[[KnowledgeGraph], Mapping[str, Iterable[str]]]) -> Format:
    def write(kg: KnowledgeGraph, path: Path) -> None:
        path.mkdir()
        for file, pieces in files(kg).items():
            _write(path / file, pieces)

    return Format(summary, name, write)


def _parquet(kg: KnowledgeGraph, path: Path) -> None:
    path.mkdir()
    write_parquet(kg, path)


FORMATS: dict[str, Format] = {
    "csv": _folder("spreadsheets: statements.csv and entities.csv", "csv", write_sheets),
    "gexf": _text("Gephi, with parallel edges bundled", "graph.gexf", write_gexf),
    "graphml": _text("yEd, Cytoscape, networkx: every edge by itself", "graph.graphml", write_graphml),
    "jsonld": _text("JSON-LD with a context", "graph.jsonld", write_jsonld),
    "neo4j": _folder("Neo4j: CSV for neo4j-admin, and import.cypher", "neo4j", write_neo4j),
    "ntriples": _text("N-Triples, one a line", "graph.nt", write_ntriples),
    "parquet": Format("pandas, polars, DuckDB, Spark (needs pyarrow)", "parquet", _parquet),
    "rdf12": _text("Turtle of RDF 1.2: statements as reifiers", "graph.rdf12.ttl", write_rdf12),
    "sqlite": Format("SQLite, for datasette", "graph.db", write_database),
    "trig": _text("TriG, a named graph for each article", "graph.trig", write_trig),
    "turtle": _text("Turtle, as build writes it", "graph.ttl", write_turtle),
}


def export(kg: KnowledgeGraph, format: str, target: str | Path, *, replace: bool = False) -> Path:  # noqa: A002
    """Write a graph in one of `FORMATS` and return where. Equal graphs give equal bytes.

    ``target`` is a file or, for formats of several files, a folder. Raises UsageError for an unknown format and, unless
    ``replace``, if the target exists; InputError if it cannot be written; MissingError if an extra is missing.
    """
    if format not in FORMATS:
        raise UsageError(f"format {format!r}: must be one of {', '.join(FORMATS)}")
    target = Path(target)
    if not replace and (target.exists() or target.is_symlink()):
        raise UsageError(f"{target}: exists; name another target, or replace it with --force")
    part = target.with_name(f".{target.name}.kgbuild-part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _remove(part)
        try:
            FORMATS[format].write(kg, part)
            _put(part, target)
        finally:
            _remove(part)
    except OSError as error:
        raise InputError(f"{target}: cannot be written ({error.strerror}); name another target") from error
    return target


def _put(part: Path, target: Path) -> None:
    """What was written under a temporary name takes its place; other files in a folder stay."""
    if part.is_dir() and target.is_dir():
        for file in sorted(part.iterdir()):
            os.replace(file, target / file.name)  # noqa: PTH105
    else:
        os.replace(part, target)  # noqa: PTH105


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
