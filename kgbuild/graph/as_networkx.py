"""The graph for networkx: entities as nodes, binary readings between two entities as edges.

Nodes are entity ids with ``name``, ``type``, ``named`` and ``n_mentions``. An edge is one reading of one statement; its
key is the statement's id and the reading's position, and it carries ``relation``, ``asserted``, ``polarity``,
``modality``, ``speaker`` (name of the nearest one), ``sentence``, ``article`` (id), ``date`` (first day of the
statement's time), ``published`` (the article's date), ``confidence`` and ``statement`` (id). Unknown values are None.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kgbuild.graph.model import KnowledgeGraph
from kgbuild.types import Statement, Triple

if TYPE_CHECKING:
    import networkx


def to_networkx(kg: KnowledgeGraph, *, asserted_only: bool = False) -> networkx.MultiDiGraph:
    """All entities, and the readings that have an entity at both ends.

    ``asserted_only`` leaves out every edge that the truth gate keeps from being a plain edge; otherwise look at
    ``asserted`` before drawing conclusions.
    """
    import networkx as nx

    graph = nx.MultiDiGraph()
    for entity in kg.entities:
        graph.add_node(
            entity.id, name=entity.name, type=entity.type, named=entity.named, n_mentions=len(entity.mentions)
        )
    for statement in kg.statements:
        for position, triple in enumerate(statement.triples):
            if triple.subject and triple.object and (statement.asserted or not asserted_only):
                edge = _edge(kg, statement, triple)
                graph.add_edge(triple.subject, triple.object, key=f"{statement.id}_{position}", **edge)
    return graph


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
