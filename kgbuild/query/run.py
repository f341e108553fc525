"""Running a query: on a folder that kgbuild wrote, a Turtle file, or a store that is already open."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.errors import InputError, QueryError
from kgbuild.query.answer import Answer
from kgbuild.query.named import find_query
from kgbuild.query.parameters import given
from kgbuild.query.syntax import in_reading_order, place, refuse_service, undeclared_prefix
from kgbuild.settings import DATA_IRI
from kgbuild.vocabulary import prefixes as our_prefixes

if TYPE_CHECKING:
    import pyoxigraph

MAX_MESSAGE = 160
"""Characters of the parser's own words that an error repeats; it can list hundreds of tokens."""


def open_store(turtle: bytes | Path) -> pyoxigraph.Store:
    """A store in memory with the triples of a Turtle text or file; InputError if it is not Turtle."""
    import pyoxigraph as ox

    store = ox.Store()
    try:
        if isinstance(turtle, Path):
            store.load(path=str(turtle), format=ox.RdfFormat.TURTLE)
        else:
            store.load(turtle, ox.RdfFormat.TURTLE)
    except OSError as error:
        raise InputError(f"{turtle!s}: cannot be read ({error.strerror or error})") from error
    except SyntaxError as error:
        where = turtle if isinstance(turtle, Path) else "Turtle"
        raise InputError(f"{where}: not valid Turtle ({_one_line(str(error))}); build again") from error
    return store


def run_query(
    source: str | Path | pyoxigraph.Store,
    query: str,
    parameters: Mapping[str, str] | None = None,
    *,
    prefixes: Mapping[str, str] | None = None,
) -> Answer:
    """The answer to a query: SPARQL text, the path of a ``.rq`` file, or the name of a query that ships with kgbuild.

    ``source`` is an output folder, a Turtle file or a store. ``parameters`` are those that the query declares; see
    `kgbuild.query.parameters`. The prefixes of the file, or those given, are predeclared. Raises QueryError with line
    and column for malformed SPARQL and for SERVICE, and for an unknown parameter; InputError if the source cannot be
    read or an entity is not found.
    """
    text = find_query(query)
    refuse_service(text)
    known = dict(prefixes) if prefixes is not None else our_prefixes(DATA_IRI)
    if isinstance(source, str | Path):
        path = _turtle_file(Path(source))
        source = open_store(path)
        known = known if prefixes is not None else known | read_prefixes(path)
    with given(source, text, parameters or {}, known):
        return _answer(source, text, known)


def read_prefixes(path: Path) -> dict[str, str]:
    """The prefixes declared at the head of a Turtle file."""
    found: dict[str, str] = {}
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            declared = re.match(r"\s*@?prefix\s+([\w.-]*):\s*<([^<>\s]*)>", line, re.IGNORECASE)
            if declared:
                found[declared[1]] = declared[2]
            elif line.strip() and not line.startswith("#"):
                break
    return found


def _turtle_file(source: Path) -> Path:
    path = source / "graph.ttl" if source.is_dir() else source
    if not path.is_file():
        raise InputError(f"{path}: no such file; build a graph first with: kgbuild build")
    return path


def _answer(store: pyoxigraph.Store, text: str, prefixes: dict[str, str]) -> Answer:
    import pyoxigraph as ox

    try:
        result = store.query(text, prefixes=prefixes)
        if isinstance(result, ox.QueryBoolean):
            return Answer("ask", ("answer",), ((ox.Literal(bool(result)),),), prefixes)
        if isinstance(result, ox.QueryTriples):
            triples = sorted(((t.subject, t.predicate, t.object) for t in result), key=lambda t: tuple(map(str, t)))
            return Answer("graph", ("subject", "predicate", "object"), tuple(triples), prefixes)
        names = [variable.value for variable in result.variables]
        columns = in_reading_order(text, names)
        if list(columns) == names:
            return Answer("select", columns, tuple(map(tuple, result)), prefixes)
        return Answer("select", columns, tuple(tuple(row[name] for name in columns) for row in result), prefixes)
    except SyntaxError as error:
        raise QueryError(_explain(text, str(error), prefixes)) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise QueryError(f"the query cannot be answered: {_one_line(str(error))}") from error


def _explain(text: str, message: str, prefixes: Mapping[str, str]) -> str:
    """What is wrong with a malformed query, and where. The parser does not say when a prefix is undeclared."""
    unknown = undeclared_prefix(text, prefixes)
    if unknown:
        return f"{place(text, unknown[0])}: prefix {unknown[1]}: is not declared; known: {', '.join(sorted(prefixes))}"
    found = re.search(r"\bat (\d+):(\d+)\S*\s*(.*)", message, re.DOTALL)
    if not found:
        return f"SPARQL: {_one_line(message)}"
    return f"SPARQL, line {found[1]}, column {found[2]}: {_one_line(found[3].replace(', [_]', ''))}"


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_MESSAGE else f"{line[:MAX_MESSAGE]}…"
