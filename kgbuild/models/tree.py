"""From arc scores to dependency trees: one root a sentence, no cycles."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]

FAR = -1e9


def greedy_heads(arcs: Scores, sentences: NDArray[np.int64]) -> tuple[Heads, NDArray[np.bool_]]:
    """Best head of each word inside its sentence, and whether the word's sentence came out as a tree with one root.

    `arcs` is (W, W + 1) by dependent and head, head 0 being the root; `sentences` holds the sentence number of each
    word, ascending from 0. A head is 0 for the root, i + 1 for word i.
    """
    n = len(sentences)
    scores = np.where(sentences[:, None] == sentences[None, :], arcs[:, 1:], FAR)
    np.fill_diagonal(scores, FAR)
    best = scores.argmax(axis=1)
    words = np.arange(n)
    is_root = arcs[:, 0] >= scores[words, best]
    heads: Heads = np.where(is_root, 0, best + 1)
    n_sentences = int(sentences[-1]) + 1 if n else 0
    one_root = np.bincount(sentences[is_root], minlength=n_sentences) == 1
    # Following heads in steps of 1, 2, 4, … every word of a tree ends at a root; a word on a cycle never does.
    above = np.where(is_root, words, best)
    for _ in range(max(1, n).bit_length()):
        above = above[above]
    reaches = np.bincount(sentences, weights=~is_root[above], minlength=n_sentences) == 0
    return heads, (one_root & reaches)[sentences]


def head_of(heads: list[int], start: int, end: int) -> int:
    """The first word of [start, end) whose head lies outside, or that is the root (its own head)."""
    return next((i for i in range(start, end) if not start <= heads[i] < end or heads[i] == i), start)


def tree_heads(arcs: Scores) -> Heads:
    """Heads of the best tree with exactly one root over one sentence (Chu-Liu/Edmonds). `arcs` as in `greedy_heads`."""
    n = arcs.shape[0]
    scores = np.full((n + 1, n + 1), FAR, dtype=np.float64)
    scores[1:] = arcs
    # Each root arc costs more than all other arcs can earn, so the best tree has as few as it may: one.
    spread = float(arcs.max() - arcs.min()) + 1.0
    scores[1:, 0] -= spread * (n + 1)
    np.fill_diagonal(scores, FAR * 10)
    heads: Heads = _arborescence(scores)[1:]
    return heads


def _arborescence(scores: NDArray[np.float64]) -> Heads:
    """Heads of the maximum spanning arborescence from node 0; `scores` is by dependent and head. Entry 0 is 0."""
    heads: Heads = scores.argmax(axis=1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    n = len(heads)
    inside = np.zeros(n, dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    members = np.flatnonzero(inside)
    internal = scores[members, heads[members]]
    # One node stands for the cycle, last in the smaller graph.
    m = len(outside)
    small = np.full((m + 1, m + 1), FAR * 10)
    rows = outside[:, None]
    small[:m, :m] = scores[rows, outside]
    leaving = scores[rows, members]
    small[:m, m] = leaving.max(axis=1)
    exits = members[leaving.argmax(axis=1)]
    entering = scores[members[:, None], outside] - internal[:, None]
    small[m, :m] = entering.max(axis=0)
    entries = members[entering.argmax(axis=0)]
    small[0, m] = small[0, 0] = FAR * 10
    solved = _arborescence(small)
    result: Heads = heads.copy()
    for i in range(1, m):
        result[outside[i]] = exits[i] if solved[i] == m else outside[solved[i]]
    above = int(solved[m])
    result[entries[above]] = outside[above]
    return result


def _find_cycle(heads: Heads) -> list[int] | None:
    state = np.zeros(len(heads), dtype=np.int8)
    state[0] = 2
    for start in range(1, len(heads)):
        path = []
        node = start
        while state[node] == 0:
            state[node] = 1
            path.append(node)
            node = int(heads[node])
        if state[node] == 1:
            return path[path.index(node) :]
        state[path] = 2
    return None
