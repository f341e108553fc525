"""Spans in a tree: their heads and shapes; chains whose mentions share a type."""

import numpy as np

from kgbuild.models.decode import Annotation, Mention, share_types
from kgbuild.models.spans import N_SHAPES, describe_spans

# The minister of Kenya left yesterday : "left" is the root; 0 root, i + 1 word i.
HEADS = np.array([2, 5, 4, 2, 0, 5])


def _shape(start: int, end: int) -> tuple[int, int]:
    tops, shapes = describe_spans(HEADS, np.array([start]), np.array([end]))
    return int(tops[0]), int(shapes[0])


def test_a_phrase_has_its_head_and_one_shape() -> None:
    assert _shape(0, 4)[0] == 1  # The minister of Kenya
    assert _shape(3, 4)[0] == 3  # Kenya
    assert _shape(0, 4)[1] != _shape(0, 2)[1]  # a whole phrase and a part of one
    assert _shape(0, 2)[1] != _shape(1, 4)[1]  # cut off at its end and at its beginning
    assert _shape(4, 6)[0] == 4  # the root is a head


def test_words_of_several_phrases_are_another_shape() -> None:
    assert _shape(2, 5)[1] != _shape(0, 6)[1]
    every = [_shape(s, e)[1] for s in range(6) for e in range(s + 1, 7)]
    assert all(0 < shape < N_SHAPES for shape in every)


def test_a_cycle_has_shapes_too() -> None:
    tops, shapes = describe_spans(np.array([2, 1, 1]), np.array([0, 0]), np.array([2, 3]))
    assert len(tops) == len(shapes) == 2


def test_no_spans() -> None:
    none = np.zeros(0, dtype=np.int64)
    assert [len(a) for a in describe_spans(HEADS, none, none)] == [0, 0]


def _annotation(kinds: list[tuple[str, bool, list[float]]]) -> Annotation:
    mentions = [Mention(i, i + 1, kind, is_name, 0.9) for i, (kind, is_name, _) in enumerate(kinds)]
    logs = [np.log(np.array(p, dtype=np.float32)) for _, _, p in kinds]
    return Annotation(mentions=mentions, types=logs, chains=[list(range(len(kinds)))])


def test_mentions_of_a_chain_share_the_type_that_they_favour_together() -> None:
    annotation = _annotation([("organization", True, [0.05, 0.95]), ("person", False, [0.6, 0.4])])
    share_types(annotation, ["person", "organization"])
    assert [m.type for m in annotation.mentions] == ["organization", "organization"]


def test_a_persons_name_stays_a_person() -> None:
    annotation = _annotation([("person", True, [0.1, 0.9]), ("organization", False, [0.2, 0.8])])
    share_types(annotation, ["person", "organization"])
    assert [m.type for m in annotation.mentions] == ["person", "organization"]
