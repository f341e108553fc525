"""What is looked for in a query's text itself: SERVICE, which is refused, and prefixes that nobody declared.

pyoxigraph follows ``SERVICE`` to the network and cannot be told not to. Its parser has no separate tokens
(``1e3SERVICE`` and ``SERVICESILENT`` pass, ``<`` begins an IRI or compares, by context), so no tokeniser of ours could
be trusted to agree with it on where strings and comments end. Hence the shape of a SERVICE clause is refused wherever
it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kgbuild.errors import QueryError

_SPACE = r"(?:\s|#[^\n\r]*(?:[\n\r]|$))*"
_SERVICE = re.compile(
    rf"service{_SPACE}(?:silent{_SPACE})?"
    rf"(?:<[^<>{{}}\s]*>|[?$][^\s{{}}<>]*|[^\s{{}}<>?$\"']*:[^\s{{}}<>]*){_SPACE}\{{",
    re.IGNORECASE,
)
_SKIPPED = re.compile(
    r"""#[^\n\r]* | <[^<>"{}|^`\\\x00-\x20]*> | [?$@]\w+ | \bprefix\s+[^\s:<>]*:
    | \"{3}.*?\"{3} | '{3}.*?'{3} | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_PREFIXED = re.compile(r"([^\W\d_][\w.-]*)?:")


def refuse_service(text: str) -> None:
    """Raise QueryError, with line and column, if a query holds a SERVICE clause, however it is hidden."""
    for reading in (text, _unescape(text)):
        found = _SERVICE.search(reading)
        if found:
            raise QueryError(f"{place(reading, found.start())}: SERVICE would go to the network and is refused")


def _unescape(text: str) -> str:
    r"""The text with ``\uXXXX`` read as characters, as SPARQL 1.1 has it before all else."""

    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else found[0]

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", character, text)


def undeclared_prefix(text: str, known: Iterable[str]) -> tuple[int, str] | None:
    """Where a malformed query first uses a prefix that it does not declare and that is not known, if it does."""
    declared = {*known, *re.findall(r"\bprefix\s+([^\s:<>]*):", text, re.IGNORECASE)}
    blanked = _SKIPPED.sub(lambda found: " " * len(found[0]), text)
    for found in _PREFIXED.finditer(blanked):
        if (found[1] or "") not in declared:
            return found.start(), found[1] or ""
    return None


def in_reading_order(text: str, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of an answer as given or, for ``SELECT *``, which has no order, as they first occur in the query."""
    blanked = _SKIPPED.sub(lambda found: " " * len(found[0]), text)
    if not re.match(r".*?\bselect\s+((distinct|reduced)\s+)?\*", blanked.partition("{")[0], re.IGNORECASE | re.DOTALL):
        return tuple(columns)
    first = {name: re.search(rf"[?$]{re.escape(name)}(?!\w)", text) for name in columns}
    return tuple(sorted(columns, key=lambda name: (found.start() if (found := first[name]) else len(text), name)))


def place(text: str, position: int) -> str:
    """Line and column of a position, both from 1."""
    line_start = text.rfind("\n", 0, position) + 1
    return f"SPARQL, line {text.count(chr(10), 0, position) + 1}, column {position - line_start + 1}"
