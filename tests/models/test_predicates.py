"""Predicates: which roleset, which roles, and how a word stands to a predicate in the tree."""

import numpy as np

from kgbuild.models.predicates import Role, Rolesets, choose_roles
from kgbuild.models.relations import N_KINDS, OTHER, tree_relations

LABELS = ["_", "ARG0", "ARGM-TMP"]


def test_a_core_role_comes_once_and_a_modifier_often() -> None:
    best = [1, 1, 2, 2, 0, 1]
    probabilities = np.array([[0.6 if b == r else 0.2 for b in best] for r in range(3)], dtype=np.float32)
    probabilities[1, 1] = 0.9
    inside = np.array([True] * 5 + [False])
    assert choose_roles(10, probabilities, inside, LABELS) == (
        Role("ARG0", 11, 0.9),
        Role("ARGM-TMP", 12, 0.6),
        Role("ARGM-TMP", 13, 0.6),
    )


def test_a_roleset_is_one_that_training_had() -> None:
    rolesets = Rolesets({"get": ["get.01", "get_up.26"]})
    assert rolesets.choose("Get", {"26": 2.0, "01": 1.0, "99": 9.0}) == "get_up.26"
    assert rolesets.choose("get", {}) == "get.01"
    assert rolesets.choose("frobnicate", {"01": 1.0}) is None


def test_relations_in_the_tree() -> None:
    """she wants to sing songs: sing under wants; its subject is the child of its parent."""
    heads = np.array([2, 0, 4, 2, 4])
    deprels = np.array([1, 0, 2, 3, 4])
    (row,) = tree_relations(heads, deprels, np.array([3]), 5)
    sibling, parent, child, itself = 1 + 2 * 5, 1 + 5, 1, 1 + N_KINDS * 5
    assert row.tolist() == [sibling + 1, parent + 3, child + 2, itself, child + 4]
    (root_row,) = tree_relations(heads, deprels, np.array([1]), 5)
    assert root_row.tolist() == [child + 1, itself, 1 + 3 * 5 + 2, child + 3, 1 + 3 * 5 + 4]
    (alone,) = tree_relations(np.array([0, 0]), np.array([0, 0]), np.array([0]), 5)
    assert alone.tolist() == [itself, OTHER]
