"""The graph as two flat files for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from kgbuild.export.tables import Cell, Table, Tables
from kgbuild.graph.model import KnowledgeGraph

_FORMULA = re.compile(r"[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r]")
"""What spreadsheets take for the beginning of a formula (OWASP, "CSV injection"), in either width."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")


def write_sheets(kg: KnowledgeGraph) -> dict[str, Iterator[str]]:
    """``statements.csv``, one line for each binary reading, and ``entities.csv``: UTF-8 with byte order mark.

    A text that a spreadsheet would take for a formula is preceded by an apostrophe; control characters that
    spreadsheets cannot hold become U+FFFD.
    """
    return {f"{table.name}.csv": _lines(table) for table in Tables(kg).flat()}


def _lines(table: Table) -> Iterator[str]:
    yield "\ufeff" + csv_line(list(table.columns), end="\r\n")
    for row in table.rows:
        yield csv_line([_safe(cell) for cell in row], end="\r\n")


def csv_line(cells: list[Cell], end: str = "\n") -> str:
    """A line of CSV with quotes where they are needed; None is empty, booleans are true and false."""
    file = io.StringIO()
    texts = [str(cell).lower() if isinstance(cell, bool) else cell for cell in cells]
    csv.writer(file, lineterminator=end).writerow(texts)
    return file.getvalue()


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = _CONTROL.sub("\ufffd", cell)
    return f"'{text}" if _FORMULA.match(text) else text
