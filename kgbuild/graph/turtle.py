"""Turtle as text: a writer that streams blocks, and the escaping of literals and IRIs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

Block = tuple[str, list[tuple[str, list[str]]]]
"""A subject and its (property, objects) rows, all as Turtle terms."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_SPECIAL = re.compile(
    '["\\\\\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]'
)
_WEB_ADDRESS = re.compile(r"https?://[A-Za-z0-9._-]+(:[0-9]*)?(?![^/?#])")
_NOT_IN_IRI = re.compile(r"[^A-Za-z0-9._~:/?@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})")


def literal(text: str, *, language: str = "", datatype: str = "") -> str:
    """A quoted literal that every Turtle parser reads back as the same text.

    Control characters, line separators and marks that change the direction of text are written as
    ``\\uXXXX``; a lone surrogate, which no UTF-8 file can hold, becomes U+FFFD.
    """
    quoted = f'"{_SPECIAL.sub(_escape, text)}"'
    if language:
        return f"{quoted}@{language}"
    return f"{quoted}^^{datatype}" if datatype else quoted


def _escape(found: re.Match[str]) -> str:
    char = found[0]
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return _ESCAPES.get(char) or f"\\u{ord(char):04X}"


def web_address(url: str) -> str:
    """A web address as an IRI, with what may not stand in one percent-encoded; anything else as a plain literal."""
    if not _WEB_ADDRESS.match(url):
        return literal(url)
    before, mark, fragment = url.partition("#")
    encoded = (_NOT_IN_IRI.sub(lambda found: _percent(found[0]), part) for part in (before, fragment))
    return f"<{mark.join(encoded)}>"


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))


def number(value: int | float) -> str:
    """A number as xsd:integer or, if it has a fraction or was a float, xsd:decimal; inf and nan as a string."""
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return literal(str(value))
        text = format(Decimal(repr(value)), "f")
        return text if "." in text else f"{text}.0"
    return str(int(value))


def is_number(term: str) -> bool:
    """Whether a Turtle term of ours is a number."""
    return term[0] in "-0123456789"


def day(text: str) -> str:
    """An ISO date as xsd:date; other words as a plain literal."""
    try:
        return literal(date.fromisoformat(text).isoformat(), datatype="xsd:date")
    except ValueError:
        return literal(text)


def boolean(value: bool) -> str:
    return "true" if value else "false"


def write(prefixes: Mapping[str, str], blocks: Iterable[Block]) -> Iterator[str]:
    """The text of a Turtle file, piece by piece. Blocks keep their order; objects within a row are sorted."""
    yield from write_prefixes(prefixes)
    yield from write_blocks(blocks)


def write_prefixes(prefixes: Mapping[str, str]) -> Iterator[str]:
    for prefix, namespace in prefixes.items():
        yield f"@prefix {prefix}: <{namespace}> .\n"


def write_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for subject, rows in blocks:
        lines = [f"{prop} {' , '.join(sorted(set(objects)))}" for prop, objects in rows if objects]
        if lines:
            body = " ;\n  ".join(lines)
            yield f"\n{subject} {body} .\n"
