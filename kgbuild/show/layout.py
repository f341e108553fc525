"""Positions of the nodes, computed once and the same every time, so that the browser need not simulate anything.

Force-directed placement (Fruchterman & Reingold 1991) over communities (Blondel et al. 2008), whose inner edges pull
harder than those between them; then overlapping boxes of node and label are pushed apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kgbuild.show.packing import Piece, in_rows, pack

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

SEED = 1
NEAREST = 105.0
"""Pixels to the nearest neighbour, in the median: a label of ten letters and a gap; looked at with 10 to 500 nodes."""
LINK = 170.0
"""Pixels of an edge, in the median: room for its label between the two nodes."""
ASPECT = 1.25
"""Width to height: a landscape window less the panel beside it."""
BETWEEN_COMMUNITIES = 0.3
"""Pull of an edge between two communities against one inside: low enough that they stay apart."""
GRAVITY = 0.09
"""Pull to the middle, against the forces of the edges: keeps long chains from leaving the page."""
LEAST_DISTANCE = 0.05
"""Distance, in edges, below which repulsion grows no more: keeps nodes that start together from flying off."""
LEAST_ROW = 900.0
"""Pixels of a row of nodes without links, where the others are not wider."""
ITERATIONS = 300
MAX_PAIR_STEPS = 60_000_000
"""Node pairs that may be compared in all: bounds the time for thousands of nodes to some seconds."""

Link = tuple[int, int, float]


def positions(boxes: Sequence[tuple[float, float]], links: Sequence[Link]) -> list[tuple[int, int]]:
    """Whole-pixel centre of each node, y downwards, the graph centred on (0, 0).

    ``boxes`` are width and height that node and label need, ``links`` pairs of indices with a positive weight. Parts
    without a link between them are placed on their own and packed around the largest; nodes without any link stand
    in rows below.
    """
    import networkx as nx
    import numpy as np

    graph = nx.Graph()
    graph.add_nodes_from(range(len(boxes)))
    graph.add_edges_from(link[:2] for link in links)
    alone = sorted(nx.isolates(graph))
    graph.remove_nodes_from(alone)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: (-len(p), p[0]))
    place = np.zeros((len(boxes), 2))
    pieces = []
    for part in parts:
        index = {node: k for k, node in enumerate(part)}
        inner = [(index[a], index[b], weight) for a, b, weight in links if a in index]
        sizes = np.array([boxes[i] for i in part], dtype=float)
        place[part] = _without_overlap(_scaled(_forces(inner, len(part)), inner), sizes)
        pieces.append(Piece([tuple(place[i]) for i in part], [boxes[i] for i in part], [link[:2] for link in inner]))
    for part, shift in zip(parts, pack(pieces, ASPECT), strict=True):
        place[part] += shift
    if alone:
        linked = sorted(graph)
        width = float(np.ptp(place[linked][:, 0])) + NEAREST if linked else 0.0
        rows = np.array(in_rows([(1.8 * w, 1.4 * h) for w, h in (boxes[i] for i in alone)], max(width, LEAST_ROW)))
        below = place[linked].max(axis=0)[1] + NEAREST if linked else 0.0
        centre = float(place[linked][:, 0].max() + place[linked][:, 0].min()) / 2 if linked else 0.0
        place[alone] = rows + np.array([centre, below])
    middle = (place.max(axis=0) + place.min(axis=0)) / 2 if len(boxes) else 0
    return [(round(float(x)), round(float(y))) for x, y in place - middle]


def communities(n: int, links: Sequence[Link]) -> list[int]:
    """Community number of each node, the largest community first."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(range(n))
    for a, b, weight in links:
        graph.add_edge(a, b, weight=weight + graph.get_edge_data(a, b, {"weight": 0})["weight"])
    found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    number = [0] * n
    for k, members in enumerate(sorted(found, key=lambda c: (-len(c), min(c)))):
        for node in members:
            number[node] = k
    return number


def _forces(links: Sequence[Link], n: int) -> Points:
    """Positions with a distance of about one between linked nodes."""
    import numpy as np

    community = np.array(communities(n, links))
    weights: dict[tuple[int, int], float] = {}
    for a, b, weight in links:
        weights[min(a, b), max(a, b)] = weights.get((min(a, b), max(a, b)), 0.0) + weight
    one, other = np.array(list(weights)).T
    pull = np.array(list(weights.values())) ** 0.25
    pull = pull * np.where(community[one] == community[other], 1.0, BETWEEN_COMMUNITIES)
    mass = np.sqrt(np.bincount(np.concatenate([one, other]), minlength=n))
    place = _start(community)
    steps = max(30, min(ITERATIONS, MAX_PAIR_STEPS // (n * n)))
    for step in range(steps):
        across, down = (place[:, k, None] - place[None, :, k] for k in (0, 1))
        push = mass[:, None] * mass / np.maximum(across**2 + down**2, LEAST_DISTANCE**2)
        move = np.stack([(across * push).sum(axis=1), (down * push).sum(axis=1)], axis=1)
        apart = place[one] - place[other]
        draw = apart * (pull * np.sqrt((apart**2).sum(axis=1)))[:, None]
        np.subtract.at(move, one, draw)
        np.add.at(move, other, draw)
        move -= GRAVITY * np.sqrt(n) * place
        length = np.maximum(np.sqrt((move**2).sum(axis=1)), 1e-9)
        heat = 0.12 * np.sqrt(n) * (1 - step / steps) ** 1.5 + 0.002
        place += move * (np.minimum(length, heat) / length)[:, None]
    return place


def _start(community: NDArray[np.int_]) -> Points:
    """Communities on a sunflower spiral, members on a small one around the middle of theirs."""
    import numpy as np

    def spiral(k: int, spread: float) -> Points:
        angle = k * np.pi * (3 - np.sqrt(5))
        direction: Points = np.array([np.cos(angle), np.sin(angle)])
        return spread * float(np.sqrt(k + 0.5)) * direction

    spread = np.sqrt(len(community) / (community.max() + 1))
    seen: dict[int, int] = {}
    place: list[Points] = []
    for number in (int(c) for c in community):
        seen[number] = seen.get(number, -1) + 1
        place.append(spiral(number, 1.6 * spread) + spiral(seen[number], 0.6))
    return np.array(place)


def _scaled(place: Points, links: Sequence[Link]) -> Points:
    """Stretched to a landscape, with room for the nodes and for the labels of the edges."""
    import numpy as np

    place = _lying(place) * np.array([ASPECT, 1.0])
    distance = np.hypot(*(place[:, k, None] - place[None, :, k] for k in (0, 1)))
    np.fill_diagonal(distance, np.inf)
    nearest = max(float(np.median(distance.min(axis=1))), 1e-6)
    link = max(float(np.median([distance[a, b] for a, b, _ in links])), 1e-6)
    return place * max(NEAREST / nearest, LINK / link)


def _lying(place: Points) -> Points:
    """Turned so that the longest axis is level."""
    import numpy as np

    x, y = (place - place.mean(axis=0)).T
    angle = 0.5 * float(np.arctan2(2 * (x * y).sum(), (x**2).sum() - (y**2).sum()))
    turned: Points = np.stack([x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)], axis=1)
    return turned


def _without_overlap(place: Points, sizes: Points, rounds: int = 200) -> Points:
    """Boxes pushed apart along the axis where they overlap less, until none do by more than a pixel or in vain."""
    import numpy as np

    for _ in range(rounds):
        one, other = _overlapping(place, sizes)
        if not len(one):
            break
        apart = place[one] - place[other]
        overlap = (sizes[one] + sizes[other]) / 2 - np.abs(apart)
        shorter = overlap == overlap.min(axis=1, keepdims=True)
        shift = np.where(shorter, np.where(apart < 0, -overlap, overlap), 0) * 0.4
        np.add.at(place, one, shift)
        np.subtract.at(place, other, shift)
    return place


def _overlapping(place: Points, sizes: Points) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
    """Pairs of indices of boxes that overlap by more than a pixel, found by sweeping from left to right."""
    import numpy as np

    order = np.argsort(place[:, 0], kind="stable")
    x, reach = place[order, 0], float(sizes[:, 0].max())
    pairs = []
    for k in range(1, len(order)):
        if (x[k:] - x[:-k] >= reach).all():
            break
        one, other = order[:-k], order[k:]
        hit = (np.abs(place[one] - place[other]) + 1 < (sizes[one] + sizes[other]) / 2).all(axis=1)
        pairs.append((one[hit], other[hit]))
    if not pairs:
        return order[:0], order[:0]
    return np.concatenate([a for a, _ in pairs]), np.concatenate([b for _, b in pairs])
