"""Where the layout of an article certainly ends a sentence: blank lines, headlines, lists."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kgbuild.models.pieces import NO_SPACE, PARAGRAPH, SPACE

SHORT_LINE = 60
"""Characters below which a line followed by a single newline is a headline, a by-line or a list item."""

WRAPPED = (50, 100)
"""Median line length, in characters, of text whose newlines only wrap it (mail and agency copy wrap at 60 to 80)."""

_ENDING = tuple(".!?:;…\"'”’»)]")
_NEWLINES = re.compile(r"\r\n|[\n\r\u2028\u2029\u0085\v\f]")


def layout(tokens: Sequence[str], white: Sequence[bool]) -> tuple[list[int], NDArray[np.int64], NDArray[np.bool_]]:
    """What the white space of an article says about its words.

    `tokens` are all tokens of the article, white-space tokens among them; `white` is True where a space follows.
    Returns the indices of the words (tokens that are not white space), and for each word its spacing id and whether
    it certainly ends a sentence.
    """
    words: list[int] = []
    spacings: list[int] = []
    breaks: list[tuple[int, int]] = []  # (number of words before, newlines)
    glued = False
    for i, token in enumerate(tokens):
        if token.isspace() or not token:
            n_lines = len(_NEWLINES.findall(token))
            if n_lines and breaks and breaks[-1][0] == len(words):
                breaks[-1] = (len(words), breaks[-1][1] + n_lines)
            elif n_lines:
                breaks.append((len(words), n_lines))
            glued = False
            continue
        words.append(i)
        spacings.append(NO_SPACE if glued else SPACE)
        glued = not white[i]
    ends = np.zeros(len(words), dtype=bool)
    if words:
        spacings[0] = PARAGRAPH
    lines = _line_lengths(tokens, white, words, [b for b, _ in breaks])
    wrapped = _is_wrapped(lines, [n for _, n in breaks], words, tokens, breaks)
    for line, (before, newlines) in zip(lines, breaks, strict=False):
        if not 0 < before < len(words):
            continue
        if newlines == 1 and wrapped and not _ends_wrapped_paragraph(line, lines, tokens[words[before]]):
            continue
        spacings[before] = PARAGRAPH
        last = tokens[words[before - 1]]
        ends[before - 1] = newlines > 1 or line < SHORT_LINE or wrapped or not last.endswith(_ENDING)
    return words, np.array(spacings, dtype=np.int64), ends


def _line_lengths(tokens: Sequence[str], white: Sequence[bool], words: list[int], cuts: list[int]) -> list[int]:
    """Characters of the line before each break; `cuts` are numbers of words."""
    lengths = np.array([len(tokens[i]) + white[i] for i in words], dtype=np.int64)
    sums = np.concatenate([[0], np.cumsum(lengths)])
    return [int(sums[b] - sums[a]) for a, b in pairwise([0, *cuts])]


def _is_wrapped(
    lines: list[int], newlines: list[int], words: list[int], tokens: Sequence[str], breaks: list[tuple[int, int]]
) -> bool:
    """Whether single newlines only wrap the text: several, after lines of like length, many before a small letter."""
    single = [(line, before) for line, n, (before, _) in zip(lines, newlines, breaks, strict=True) if n == 1]
    single = [(line, before) for line, before in single if 0 < before < len(words)]
    if len(single) < 3:
        return False
    median = float(np.median([line for line, _ in single]))
    small = sum(tokens[words[before]][:1].islower() for _, before in single)
    return WRAPPED[0] <= median <= WRAPPED[1] and small * 3 >= len(single)


def _ends_wrapped_paragraph(line: int, lines: list[int], following: str) -> bool:
    return line < 0.6 * float(np.median(lines)) and not following[:1].islower()
