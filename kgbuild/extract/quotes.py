"""Quoted passages of a text, also where quotation marks are wrong, straight, doubled apostrophes, or never closed."""

from __future__ import annotations

import re
from dataclasses import dataclass

BLANK_LINE = re.compile(r"\n\s*\n")
MARKS = re.compile(r"''|``|[\"“”„«»]")
"""Marks of quotation; two apostrophes are what some archives print for one."""
SINGLE = re.compile(
    r"(?<![\w’'])(?:‘(?=\w)[^‘\n]{1,400}?(?<=[\w.,!?…])’|'(?=\w)[^'\n]{1,400}?(?<=[\w.,!?…])')(?![\w’'])"
)
"""Single quotation marks around up to 400 characters."""
MIN_SINGLE_WORDS = 3
"""Words from which a passage between single marks counts as quoted: fewer are names and plural possessives."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted passage ``[start, end)`` with its marks; ``closed`` is False if it runs to the end of the paragraph."""

    start: int
    end: int
    closed: bool
    continues: bool = False
    """Whether it takes up an unclosed quotation of the paragraph before."""


def paragraphs(text: str) -> list[tuple[int, int]]:
    """The spans between blank lines."""
    spans, start = [], 0
    for match in BLANK_LINE.finditer(text):
        spans.append((start, match.start()))
        start = match.end()
    spans.append((start, len(text)))
    return [span for span in spans if text[span[0] : span[1]].strip()]


def find_quotes(text: str) -> list[Quote]:
    """The quoted passages of a text, in order: those between double marks, and between single ones outside them.

    A mark opens where a word follows it and none precedes it, and closes otherwise: that holds also for translations
    that close with the opening mark or put a space before the closing one.
    """
    double = find_double(text)
    free = [
        match.span()
        for match in SINGLE.finditer(text)
        if len(match.group().split()) >= MIN_SINGLE_WORDS
        and not any(quote.start < match.end() and match.start() < quote.end for quote in double)
    ]
    return sorted([*double, *(Quote(start, end, True) for start, end in free)], key=lambda quote: quote.start)


def find_double(text: str) -> list[Quote]:
    """The passages between double quotation marks, in order."""
    found: list[Quote] = []
    open_before = False
    for start, end in paragraphs(text):
        opened: int | None = None
        continues = False
        for match in MARKS.finditer(text, start, end):
            at, behind = match.span()
            before, after = text[at - 1 : at] if at > start else " ", text[behind : behind + 1] or " "
            opening_shape = (
                (before.isspace() or before in "([—–-:‘'") and not after.isspace() and after not in ".,;:!?)"
            )
            mark = match.group()
            if opened is None:
                if opening_shape or (mark in ("“", "„", "«", "``") and not after.isspace()):
                    opened, continues = at, open_before and not text[start:at].strip()
            elif mark in ("“", "„", "«", "``") and opening_shape:
                # a new opening while one is open: the earlier was never closed, or this is the next paragraph's
                if re.search(r"[.!?,;:…]\s*$", text[opened:at]) and _looks_closed(text, opened, at):
                    found.append(Quote(opened, at, False, continues))
                    opened, continues = at, False
            elif not (opening_shape and mark == '"' and _ends_word(text, at)):
                found.append(Quote(opened, behind, True, continues))
                opened, continues = None, False
        open_before = opened is not None
        if opened is not None:
            found.append(Quote(opened, end, False, continues))
    return found


def _looks_closed(text: str, opened: int, at: int) -> bool:
    """Whether words outside a quotation stand between an unclosed mark and the next opening one."""
    return bool(re.search(r"[”\"]", text[opened + 1 : at]))


def _ends_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalnum()
