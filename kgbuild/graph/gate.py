"""The truth gate: what may be drawn as a plain edge, and whether a graph keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kgbuild.graph.iris import relation_name
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.settings import Settings
from kgbuild.types import Modality, Polarity, Statement
from kgbuild.vocabulary import KG, RDF


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

    A statement may be asserted only if the gate lets it pass. The plain edges of the Turtle must be exactly the
    triples between two entities of the asserted statements, and exactly the ends of the statement nodes that say
    ``kg:asserted true``.
    """
    leaks = [
        Leak(f"statement {s.id}", f"asserted though {s.polarity}, {s.modality}, attributed to {len(s.attribution)}")
        for s in kg.statements
        if s.asserted and not may_assert(s, kg.settings)
    ]
    if turtle is not None:
        leaks += _find_edge_leaks(kg, turtle)
    return tuple(sorted(leaks))


def _find_edge_leaks(kg: KnowledgeGraph, turtle: bytes | Path) -> list[Leak]:
    base = kg.settings.base_iri
    edges, nodes = _read_edges(turtle, base)
    said = {
        (
            f"{base}entity/{kg.local_names[triple.subject]}",
            f"{base}relation/{relation_name(triple.relation)}",
            f"{base}entity/{kg.local_names[triple.object]}",
        )
        for statement in kg.statements
        if statement.asserted and may_assert(statement, kg.settings)
        for triple in statement.triples
        if triple.subject is not None and triple.object is not None
    }
    return [
        *(Leak(f"edge {' '.join(edge)}", "no asserted statement of the graph says so") for edge in edges - said),
        *(Leak(f"edge {' '.join(edge)}", "no asserted statement node has these ends") for edge in edges - nodes),
        *(Leak(f"edge {' '.join(edge)}", "missing, though an asserted statement says so") for edge in said - edges),
        *(Leak(f"edge {' '.join(edge)}", "missing, though an asserted node has these ends") for edge in nodes - edges),
    ]


Edge = tuple[str, str, str]


def _read_edges(turtle: bytes | Path, base: str) -> tuple[set[Edge], set[Edge]]:
    """The plain edges, and the edges that the asserted statement nodes call for."""
    import pyoxigraph as ox

    source = {"path": str(turtle)} if isinstance(turtle, Path) else {"input": turtle}
    edges: set[Edge] = set()
    ends: dict[str, dict[str, set[str]]] = {}
    asserted: set[str] = set()
    for quad in ox.parse(**source, format=ox.RdfFormat.TURTLE):
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if predicate.startswith(f"{base}relation/"):
            edges.add((subject, predicate, value.value))
        elif predicate in (RDF.subject, RDF.predicate, RDF.object) and isinstance(value, ox.NamedNode):
            ends.setdefault(subject, {}).setdefault(predicate, set()).add(value.value)
        elif predicate == KG.asserted and value.value == "true":
            asserted.add(subject)
    nodes = {
        (subject, predicate, value)
        for node in sorted(asserted & ends.keys())
        for subject in ends[node].get(RDF.subject, ())
        for predicate in ends[node].get(RDF.predicate, ())
        for value in ends[node].get(RDF.object, ())
    }
    return edges, nodes
