"""Parts of a drawing that no edge joins, close together: the first in the middle, the others around it, rows below."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

CELL = 44
"""Pixels of a square of the grid on which space is taken: the height of a small node with its label."""
STEPS_ALONG_EDGE = CELL / 2

Cell = tuple[int, int]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """Centres and sizes of boxes, and the pairs of them that an edge joins."""

    centres: Sequence[Point]
    sizes: Sequence[Point]
    edges: Sequence[tuple[int, int]]


def pack(pieces: Sequence[Piece], aspect: float) -> list[Point]:
    """The shift of each piece after which none covers another, filling an ellipse of ``aspect`` (width to height)."""
    taken: set[Cell] = set()
    shifts = []
    for piece in pieces:
        middle = _middle(piece)
        cells = _cells(piece, middle)
        x, y = next(c for c in _outwards(aspect) if not any((i + c[0], j + c[1]) in taken for i, j in cells))
        taken.update((i + x + a, j + y + b) for i, j in cells for a in (-1, 0, 1) for b in (-1, 0, 1))
        shifts.append((x * CELL - middle[0], y * CELL - middle[1]))
    return shifts


def in_rows(sizes: Sequence[Point], width: float) -> list[Point]:
    """Centres of boxes that are set like words into centred lines of ``width``, from y = 0 downwards."""
    lines: list[list[Point]] = [[]]
    for size in sizes:
        if lines[-1] and sum(w for w, _ in lines[-1]) + size[0] > width:
            lines.append([])
        lines[-1].append(size)
    centres = []
    top = 0.0
    for line in lines:
        left = -sum(w for w, _ in line) / 2
        height = max((h for _, h in line), default=0.0)
        for w, _ in line:
            centres.append((left + w / 2, top + height / 2))
            left += w
        top += height
    return centres


def _middle(piece: Piece) -> Point:
    xs, ys = ([p[k] for p in piece.centres] for k in (0, 1))
    return ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def _cells(piece: Piece, middle: Point) -> list[Cell]:
    """Cells that the boxes and edges cover, counted from the middle of the piece."""
    found: set[Cell] = set()
    for (x, y), (width, height) in zip(piece.centres, piece.sizes, strict=True):
        left, right = (math.floor((x - middle[0] + side * width / 2) / CELL) for side in (-1, 1))
        top, bottom = (math.floor((y - middle[1] + side * height / 2) / CELL) for side in (-1, 1))
        found.update((i, j) for i in range(left, right + 1) for j in range(top, bottom + 1))
    for a, b in piece.edges:
        (x1, y1), (x2, y2) = piece.centres[a], piece.centres[b]
        steps = int(math.hypot(x2 - x1, y2 - y1) / STEPS_ALONG_EDGE) + 1
        points = ((x1 + (x2 - x1) * k / steps, y1 + (y2 - y1) * k / steps) for k in range(steps + 1))
        found.update((math.floor((x - middle[0]) / CELL), math.floor((y - middle[1]) / CELL)) for x, y in points)
    return sorted(found)


def _outwards(aspect: float) -> Iterator[Cell]:
    """All cells, ring after ring of growing ellipses."""
    return itertools.chain.from_iterable(_ring(k, aspect) for k in itertools.count())


@functools.cache
def _ring(k: int, aspect: float) -> list[Cell]:
    """The cells at least ``k`` and less than ``k + 1`` from the middle, counted along the short axis."""

    def distance(cell: Cell) -> float:
        return math.hypot(cell[0] / aspect, cell[1])

    reach = math.ceil((k + 1) * aspect)
    cells = itertools.product(range(-reach, reach + 1), range(-k - 1, k + 2))
    return sorted((c for c in cells if k <= distance(c) < k + 1), key=lambda c: (distance(c), c))
