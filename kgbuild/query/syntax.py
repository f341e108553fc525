"""What is checked in a query's text before it runs: no SERVICE, no undeclared prefix.

pyoxigraph follows ``SERVICE`` to the network and cannot be told not to. The text is therefore read token by token.
Where SPARQL's grammar is ambiguous without a parser (``<`` begins an IRI or compares, quotes are short or long) all
readings are followed, so that no string, comment or IRI can hide a SERVICE from one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kgbuild.errors import QueryError

_SPACE = r"(?:\s|#[^\n\r]*(?:[\n\r]|$))*"
_SERVICE = re.compile(
    rf"service{_SPACE}(?:silent{_SPACE})?(?:<[^<>{{}}\s]*>|[?$]\w+|[^\s<>{{}}\"'#?$]*:[^\s<>{{}}\"'#]*){_SPACE}\{{",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"#[^\n\r]*")
_IRI = re.compile(r"<[^<>\"{}|^`\\\x00-\x20]*>")
_STRINGS = (
    re.compile(r'"""(?:(?:"|"")?(?:[^"\\]|\\.))*"""', re.DOTALL),
    re.compile(r"'''(?:(?:'|'')?(?:[^'\\]|\\.))*'''", re.DOTALL),
    re.compile(r'"(?:[^"\\\n\r]|\\.)*"'),
    re.compile(r"'(?:[^'\\\n\r]|\\.)*'"),
)
_DECLARED = re.compile(r"\bprefix\s+([^\s:<>]*):", re.IGNORECASE)
_PREFIXED = re.compile(r"([^\W\d_](?:[\w.-]*\w)?):(?=[\w%\\:]|$|[\s;,.)}\]])")
_VARIABLE = re.compile(r"[?$@]\w*")


def check_query(text: str, prefixes: Mapping[str, str]) -> None:
    """Raise QueryError, with line and column, for a SERVICE clause or a prefix that is neither declared nor known."""
    for reading in dict.fromkeys((text, _unescape(text))):
        for position in sorted(_code(reading)):
            found = _SERVICE.match(reading, position)
            if found:
                raise QueryError(f"{place(reading, position)}: SERVICE would leave this machine and is refused; query the graph alone")
    declared = {*prefixes, *_DECLARED.findall(text)}
    for position, name in _prefixed_names(text):
        if name not in declared:
            known = ", ".join(sorted(declared))
            raise QueryError(f"{place(text, position)}: prefix {name}: is not declared; known are {known}")


def place(text: str, position: int) -> str:
    """Line and column of a position, both from 1."""
    before = text[:position]
    return f"SPARQL, line {before.count(chr(10)) + 1}, column {position - (before.rfind(chr(10)) + 1) + 1}"


def _unescape(text: str) -> str:
    r"""The text with ``\uXXXX`` read as characters, as SPARQL 1.1 has it before all else."""

    def character(found: re.Match[str]) -> str:
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else found[0]

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", character, text)


def _code(text: str) -> set[int]:
    """All positions that are outside strings, comments and IRIs in some reading of the text."""
    seen: set[int] = set()
    waiting = [0]
    while waiting:
        position = waiting.pop()
        if position in seen or position >= len(text):
            continue
        comment = _COMMENT.match(text, position)
        if comment:
            waiting.append(comment.end())
            continue
        seen.add(position)
        tokens = [pattern.match(text, position) for pattern in (_IRI, *_STRINGS)]
        waiting.append(position + 1 if text[position] not in "\"'" or not any(tokens) else len(text))
        waiting += [token.end() for token in tokens if token]
    return seen


def _prefixed_names(text: str) -> Iterator[tuple[int, str]]:
    """Prefixes that are used, with their places, in the plainest reading of the text."""
    position = 0
    while position < len(text):
        for pattern in (_COMMENT, _IRI, *_STRINGS, _VARIABLE, _DECLARED):
            found = pattern.match(text, position)
            if found and found.end() > position:
                break
        else:
            found = _PREFIXED.match(text, position) if not text[position - 1 : position].isalnum() else None
            if found:
                yield position, found[1]
                found = re.compile(r"[\w.:%\\-]+").match(text, position)
        position = found.end() if found else position + 1
