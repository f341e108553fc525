"""What the tree says of spans that may be mentions: which word heads a span, and whether the span is a whole phrase."""

import numpy as np
from numpy.typing import NDArray

CANDIDATE = -2.0
"""Score (logit) from which the first graph's spans are looked at again with their heads and phrases."""

UNKNOWN_SHAPE = 0

N_SHAPES = 28
"""Unknown, or how many words of the span have heads outside it (1, 2, more) × where the phrase of its head begins and
ends: with the span, inside it, outside."""


def describe_spans(
    heads: NDArray[np.int64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The head word and the shape of each span [starts, ends). `heads` are 0 for the root, i + 1 for word i."""
    n = len(heads)
    words = np.arange(n)
    above = np.where(heads == 0, -1, heads - 1)
    inside = (words >= starts[:, None]) & (words < ends[:, None])
    outward = inside & ((above < starts[:, None]) | (above >= ends[:, None]))
    tops = np.where(outward.any(axis=1), outward.argmax(axis=1), starts)
    begin, end = _phrases(above)
    outside = np.clip(outward.sum(axis=1), 1, 3) - 1
    left = 1 + np.sign(begin[tops] - starts)
    right = 1 + np.sign(ends - 1 - end[tops])
    shapes = 1 + outside * 9 + left * 3 + right
    return tops.astype(np.int64), shapes.astype(np.int64)


def _phrases(above: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First and last word of what each word dominates. Heads that no tree allows (cycles) end after as many rounds as
    a tree could be deep."""
    begin, end = np.arange(len(above)), np.arange(len(above))
    has_head = above >= 0
    below, head = begin[has_head], above[has_head]
    for _ in range(len(above)):
        old_begin, old_end = begin.copy(), end.copy()
        np.minimum.at(begin, head, begin[below])
        np.maximum.at(end, head, end[below])
        if (begin == old_begin).all() and (end == old_end).all():
            break
    return begin, end
