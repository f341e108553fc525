from itertools import product

import numpy as np
import pytest

from kgbuild.models.tree import greedy_heads, tree_heads


def _is_tree(heads: tuple[int, ...]) -> bool:
    if heads.count(0) != 1:
        return False
    for start in range(1, len(heads) + 1):
        node, steps = start, 0
        while node and steps <= len(heads):
            node, steps = heads[node - 1], steps + 1
        if node:
            return False
    return True


@pytest.mark.parametrize("seed", range(40))
def test_tree_heads_is_the_best_of_all_trees_with_one_root(seed: int) -> None:
    n = 2 + seed % 4
    arcs = np.random.default_rng(seed).normal(size=(n, n + 1)).astype(np.float32)
    trees = [h for h in product(range(n + 1), repeat=n) if _is_tree(h)]
    best = max(trees, key=lambda heads: sum(float(arcs[i, h]) for i, h in enumerate(heads)))
    assert tuple(tree_heads(arcs)) == best


def test_greedy_heads_stay_inside_their_sentence() -> None:
    arcs = np.zeros((4, 5), dtype=np.float32)
    arcs[0, 0] = arcs[2, 0] = 5
    arcs[1, 4], arcs[1, 1] = 9, 3  # the best head of word 1 lies in the next sentence
    arcs[3, 3] = 3
    heads, is_tree = greedy_heads(arcs, np.array([0, 0, 1, 1]))
    assert heads.tolist() == [0, 1, 0, 3]
    assert is_tree.all()


@pytest.mark.parametrize(
    ("arrows", "tree"),
    [
        ({0: 0, 1: 1, 2: 2}, True),
        ({0: 2, 1: 1, 2: 0}, False),  # a cycle beside the root
        ({0: 0, 1: 0, 2: 1}, False),  # two roots
        ({0: 2, 1: 3, 2: 1}, False),  # no root
    ],
)
def test_greedy_heads_say_whether_they_are_a_tree(arrows: dict[int, int], tree: bool) -> None:
    arcs = np.zeros((3, 4), dtype=np.float32)
    for dependent, head in arrows.items():
        arcs[dependent, head] = 5
    _, is_tree = greedy_heads(arcs, np.zeros(3, dtype=np.int64))
    assert is_tree.all() == tree
    assert _is_tree(tuple(tree_heads(arcs).tolist()))


def test_a_long_sentence_without_any_tree_is_solved() -> None:
    n = 300
    arcs = np.zeros((n, n + 1), dtype=np.float32)
    for i in range(0, n, 2):  # 150 cycles of two words
        arcs[i, i + 2] = arcs[i + 1, i + 1] = 5
    assert _is_tree(tuple(tree_heads(arcs).tolist()))
