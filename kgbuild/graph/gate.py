"""The truth gate: what may be drawn as a plain edge, and whether a graph keeps to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from kgbuild.graph.iris import relation_name
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.settings import Settings
from kgbuild.types import Modality, Polarity, Statement
from kgbuild.vocabulary import KG, RDF

_SPEAKERS = frozenset((KG.attributedTo, KG.speakerText, KG.cue))


def may_assert(statement: Statement, settings: Settings) -> bool:
    """Whether the gate lets a statement pass: positive, actual, not ended, and the reporter's own words.

    The last condition falls away where the settings let speakers' claims be asserted. An extractor may still
    withhold a statement that could pass.
    """
    return (
        statement.polarity is Polarity.POSITIVE
        and statement.modality is Modality.ACTUAL
        and not statement.ended
        and (settings.assert_attributed or not statement.attribution)
    )


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """Something that says more than the articles did, or less than the graph claims: where, and why."""

    where: str
    why: str


def find_leaks(kg: KnowledgeGraph, turtle: bytes | Path | None = None) -> tuple[Leak, ...]:
    """Where a graph, and its Turtle if given, breaks the truth gate; empty if nowhere.

    A statement, and a node of the Turtle, may be asserted only if the gate lets it pass. The plain edges of the Turtle
    must be exactly the triples between two entities of the asserted statements, and exactly the ends of the statement
    nodes that say ``kg:asserted true``.
    """
    leaks = [
        Leak(f"statement {s.id}", f"asserted though {s.polarity}, {s.modality}, attributed to {len(s.attribution)}")
        for s in kg.statements
        if s.asserted and not may_assert(s, kg.settings)
    ]
    if turtle is not None:
        written = _read(turtle, kg.settings.base_iri)
        leaks += _find_edge_leaks(_edges_of(kg), written)
        leaks += _find_node_leaks(written, asserts_claims=kg.settings.assert_attributed)
    return tuple(sorted(leaks))


def find_turtle_leaks(turtle: bytes | Path, base_iri: str, asserts_claims: bool) -> tuple[Leak, ...]:
    """Where a Turtle file alone breaks the truth gate: edges and nodes that do not fit each other or the gate."""
    written = _read(turtle, base_iri)
    leaks = [*_find_edge_leaks(None, written), *_find_node_leaks(written, asserts_claims=asserts_claims)]
    return tuple(sorted(leaks))


Edge = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Written:
    """What a Turtle file says: its plain edges, and property → values of each node that has ``kg:asserted``."""

    edges: set[Edge]
    nodes: dict[str, dict[str, set[str]]]

    def asserted(self) -> dict[str, dict[str, set[str]]]:
        return {name: node for name, node in self.nodes.items() if "true" in node.get(KG.asserted, ())}


def _read(turtle: bytes | Path, base: str) -> _Written:
    import pyoxigraph as ox

    wanted = {RDF.subject, RDF.predicate, RDF.object, KG.asserted, KG.ended, KG.polarity, KG.modality, *_SPEAKERS}
    source = {"path": str(turtle)} if isinstance(turtle, Path) else {"input": turtle}
    written = _Written(set(), defaultdict(lambda: defaultdict(set)))
    for quad in ox.parse(**source, format=ox.RdfFormat.TURTLE):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if predicate.startswith(f"{base}relation/"):
            written.edges.add((subject, predicate, value.value))
        elif predicate in wanted:
            literal_end = predicate in (RDF.subject, RDF.object) and isinstance(value, ox.Literal)
            written.nodes[subject][predicate].update(() if literal_end else (value.value,))
    return written


def _edges_of(kg: KnowledgeGraph) -> set[Edge]:
    """The plain edges that the statements of a graph call for."""
    base, names = kg.settings.base_iri, kg.local_names
    return {
        (
            f"{base}entity/{names[triple.subject]}",
            f"{base}relation/{relation_name(triple.relation)}",
            f"{base}entity/{names[triple.object]}",
        )
        for statement in kg.statements
        if statement.asserted and may_assert(statement, kg.settings)
        for triple in statement.triples
        if triple.subject is not None and triple.object is not None
    }


def _find_edge_leaks(said: set[Edge] | None, written: _Written) -> Iterator[Leak]:
    nodes = {
        edge
        for node in written.asserted().values()
        for edge in product(node.get(RDF.subject, ()), node.get(RDF.predicate, ()), node.get(RDF.object, ()))
    }
    said = nodes if said is None else said
    for edges, why in (
        (written.edges - said, "no asserted statement says so"),
        (written.edges - nodes, "no asserted statement node has these ends"),
        (said - written.edges, "missing, though an asserted statement says so"),
        (nodes - written.edges, "missing, though an asserted statement node has these ends"),
    ):
        yield from (Leak(f"edge {' '.join(edge)}", why) for edge in edges)


def _find_node_leaks(written: _Written, *, asserts_claims: bool) -> Iterator[Leak]:
    for name, node in written.asserted().items():
        reasons = [
            ("not positive", node.get(KG.polarity) != {KG.positive}),
            ("not actual", node.get(KG.modality) != {KG.actual}),
            ("ended", KG.ended in node),
            ("attributed", not asserts_claims and bool(_SPEAKERS & node.keys())),
        ]
        found = [reason for reason, holds in reasons if holds]
        if found:
            yield Leak(f"node {name}", f"asserted though {', '.join(found)}")
