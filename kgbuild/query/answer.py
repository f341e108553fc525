"""Answers to queries, and how they are printed."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from kgbuild.errors import UsageError

if TYPE_CHECKING:
    import pandas
    import pyoxigraph

    Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

Form = Literal["select", "ask", "graph"]
FORMATS = ("table", "csv", "json", "markdown", "turtle")
MAX_WIDTH = 60
"""Characters of a cell in a printed table; longer ones end in an ellipsis."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = {f"{_XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger")}
_NUMBERS = {f"{_XSD}{name}" for name in ("decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows of RDF terms, None where a variable is unbound.

    ``form`` says what was asked: SELECT gives its variables as columns; ASK one row of one boolean; CONSTRUCT and
    DESCRIBE ("graph") sorted triples.
    """

    form: Form
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    prefixes: dict[str, str] = field(repr=False)

    def __bool__(self) -> bool:
        """For ASK its answer, otherwise whether there is any row."""
        if self.form == "ask":
            return bool(self.rows[0][0].value == "true")
        return bool(self.rows)

    def values(self, *, full_iris: bool = False) -> list[tuple[Any, ...]]:
        """The rows as Python values: numbers and booleans as such, everything else as text.

        IRIs are shortened to prefixed names unless ``full_iris``.
        """
        return [tuple(self._value(term, full_iris) for term in row) for row in self.rows]

    def to_frame(self, *, full_iris: bool = False) -> pandas.DataFrame:
        import pandas as pd

        rows = self.values(full_iris=full_iris)
        return pd.DataFrame(rows, columns=list(self.columns), dtype=object).infer_objects()

    def to_text(self, format: str = "table") -> str:  # noqa: A002 - what the command line calls it
        """The answer as text that ends in a newline: table, csv, json, markdown or turtle.

        CSV and JSON are W3C SPARQL results with full IRIs, the tables have prefixed names. Triples are Turtle unless a
        table or CSV is asked for; Turtle is for triples only. UsageError otherwise.
        """
        if format == "turtle":
            return self._turtle()
        if format == "csv":
            return self._csv()
        if format == "json":
            return self._json()
        if format == "markdown":
            return self._markdown()
        if format == "table":
            return self._table()
        raise UsageError(f"format {format!r}: must be one of {', '.join(FORMATS)}")

    def _value(self, term: Term | None, full_iris: bool) -> Any:
        import pyoxigraph as ox

        if term is None or isinstance(term, ox.NamedNode):
            return term and (term.value if full_iris else self.shorten(term.value))
        if not isinstance(term, ox.Literal):
            return str(term)
        datatype = term.datatype.value
        try:
            if datatype in _INTEGERS:
                return int(term.value)
            if datatype in _NUMBERS:
                return float(term.value)
        except ValueError:
            return term.value
        return term.value in ("true", "1") if datatype == f"{_XSD}boolean" else term.value

    def shorten(self, iri: str) -> str:
        """The IRI as a prefixed name if one of the prefixes fits, else itself."""
        fitting = [(len(space), prefix) for prefix, space in self.prefixes.items() if iri.startswith(space)]
        if not fitting:
            return iri
        length, prefix = max(fitting)
        return f"{prefix}:{iri[length:]}" if re.fullmatch(r"[\w.%-]*", iri[length:]) else iri

    def _cells(self) -> list[list[str]]:
        return [["" if value is None else _one_line(value) for value in row] for row in self.values()]

    def _table(self) -> str:
        if self.form == "ask":
            return "yes\n" if self else "no\n"
        rows = [
            [cell if len(cell) <= MAX_WIDTH else f"{cell[: MAX_WIDTH - 1]}…" for cell in row] for row in self._cells()
        ]
        widths = [max([len(name), *(len(row[n]) for row in rows)]) for n, name in enumerate(self.columns)]
        lines = [list(self.columns), ["-" * width for width in widths], *rows]
        return "".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() + "\n" for row in lines)

    def _markdown(self) -> str:
        def line(cells: list[str]) -> str:
            return "| " + " | ".join(re.sub(r"([\\|<>`*_\[\]])", r"\\\1", cell) for cell in cells) + " |\n"

        return line(list(self.columns)) + "|" + " --- |" * len(self.columns) + "\n" + "".join(map(line, self._cells()))

    def _csv(self) -> str:
        file = io.StringIO()
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([["" if term is None else term.value for term in row] for row in self.rows])
        return file.getvalue()

    def _json(self) -> str:
        if self.form == "ask":
            return json.dumps({"head": {}, "boolean": bool(self)}) + "\n"
        bindings = [
            {name: _json_term(term) for name, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.rows
        ]
        answer = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"

    def _turtle(self) -> str:
        import pyoxigraph as ox

        if self.form != "graph":
            raise UsageError("format 'turtle': is for CONSTRUCT and DESCRIBE; take table, csv, json or markdown")
        triples = [ox.Triple(*row) for row in self.rows]
        lines = (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=self.prefixes) or b"").decode().split("\n")
        return "\n".join([*sorted(x for x in lines if x.startswith("@prefix")), *_without_prefixes(lines)])


def _without_prefixes(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("@prefix")]


def _one_line(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return "".join(c if c.isprintable() else " " for c in text)


def _json_term(term: Any) -> dict[str, str]:
    import pyoxigraph as ox

    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return found | {"xml:lang": term.language}
    return found if term.datatype.value == f"{_XSD}string" else found | {"datatype": term.datatype.value}
