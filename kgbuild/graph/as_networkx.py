"""The graph for networkx: entities as nodes, binary readings between two entities as edges.

Nodes are entity ids with ``name``, ``type``, ``named`` and ``n_mentions``. An edge is one reading of one statement; its
key is the statement's id and the reading's position, and it carries ``relation``, ``asserted``, ``polarity``,
``modality``, ``speaker`` (name of the nearest one), ``sentence``, ``article`` (id), ``date`` (first day of the
statement's time), ``published`` (the article's date), ``confidence`` and ``statement`` (id). Unknown values are None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgbuild.errors import UsageError
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.sources import copies
from kgbuild.types import Statement, Triple

if TYPE_CHECKING:
    import networkx


VIEWS = ("all", "asserted", "claims")


def to_networkx(
    kg: KnowledgeGraph, *, asserted_only: bool = False, view: str | None = None, simple: bool = False
) -> networkx.MultiDiGraph | networkx.DiGraph:
    """All entities, and the readings that have an entity at both ends.

    ``view``: "asserted" leaves out every edge that the truth gate keeps from being a plain edge (so does
    ``asserted_only``), "claims" keeps those that are attributed to somebody, "all" (the default) has all: look at
    ``asserted`` before drawing conclusions. ``simple`` gives a DiGraph for algorithms, of what is asserted unless
    ``view`` says otherwise: one edge for each pair, with ``weight`` (number of independent sources), ``n_statements``
    and ``relations`` (joined by " | "). Raises UsageError for an unknown view.
    """
    import networkx as nx

    view = view or ("asserted" if asserted_only or simple else "all")
    if view not in VIEWS:
        raise UsageError(f"view {view!r}: must be one of {', '.join(VIEWS)}")
    graph = nx.MultiDiGraph()
    for entity in kg.entities:
        graph.add_node(
            entity.id, name=entity.name, type=entity.type, named=entity.named, n_mentions=len(entity.mentions)
        )
    for statement in kg.statements:
        if (view == "asserted" and not statement.asserted) or (view == "claims" and not statement.attribution):
            continue
        for position, triple in enumerate(statement.triples):
            if triple.subject and triple.object:
                edge = _edge(kg, statement, triple)
                graph.add_edge(triple.subject, triple.object, key=f"{statement.id}_{position}", **edge)
    return _simplify(kg, graph) if simple else graph


def _simplify(kg: KnowledgeGraph, graph: networkx.MultiDiGraph) -> networkx.DiGraph:
    import networkx as nx

    source_of = copies(kg.articles)
    found = nx.DiGraph()
    found.add_nodes_from(graph.nodes(data=True))
    for start, end in sorted(set(graph.edges())):
        edges = list(graph[start][end].values())
        found.add_edge(
            start,
            end,
            weight=len({source_of[edge["article"]] for edge in edges}),
            n_statements=len({edge["statement"] for edge in edges}),
            relations=" | ".join(sorted({edge["relation"] for edge in edges})),
        )
    return found


def _edge(kg: KnowledgeGraph, statement: Statement, triple: Triple) -> dict[str, Any]:
    article = kg.article_by_id.get(statement.article)
    return {
        "relation": triple.relation,
        "asserted": statement.asserted,
        "polarity": statement.polarity.value,
        "modality": statement.modality.value,
        "speaker": speaker(kg, statement),
        "sentence": statement.sentence.text,
        "article": statement.article,
        "date": statement.time.start if statement.time else None,
        "published": article.date if article else None,
        "confidence": statement.confidence,
        "statement": statement.id,
    }


UNNAMED = "unnamed speaker"
"""Stands where words are quoted and the article does not say whose they are."""


def speaker(kg: KnowledgeGraph, statement: Statement) -> str | None:
    """The name of the nearest source of a statement, or its words where it is no entity; None if there is no source."""
    if not statement.attribution:
        return None
    source = statement.attribution[0]
    return kg.entity_by_id[source.entity].name if source.entity is not None else source.text or UNNAMED
