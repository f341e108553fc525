"""From the mentions of all articles to entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kgbuild.resolve.cluster import Cluster, clusters_of
from kgbuild.resolve.context import read_contexts
from kgbuild.resolve.entities import entity_of
from kgbuild.resolve.link import link
from kgbuild.resolve.referents import read_referents
from kgbuild.resolve.surnames import attach_surnames
from kgbuild.settings import Settings
from kgbuild.types import Entity, Record, Span, content_id


@dataclass(frozen=True, slots=True)
class Resolution:
    """The entities of a collection, sorted by id, and the entity id of every mention by (article id, span)."""

    entities: tuple[Entity, ...]
    entity_of: Mapping[tuple[str, Span], str]


def resolve(records: Sequence[Record], settings: Settings) -> Resolution:
    """Merges the chains of all articles into entities. Depends on what the records hold, not on their order."""
    referents = list(read_referents(records))
    contexts = read_contexts(referents)
    links = [link(r, contexts[r.article]) if r.names else None for r in referents]
    built: dict[str, list[tuple[Entity, Cluster]]] = defaultdict(list)
    clusters = clusters_of(referents, links, contexts)
    for cluster in attach_surnames(clusters, len(records)):
        entity = entity_of(cluster)
        built[entity.id].append((entity, cluster))
    entities: list[Entity] = []
    of: dict[tuple[str, Span], str] = {}
    for namesakes in built.values():
        for entity, cluster in namesakes:
            if len(namesakes) > 1:  # told apart by where they are first mentioned
                entity = replace(entity, id=f"{entity.id}_{content_id(*cluster.members[0].key, length=4)}")
            entities.append(entity)
            of.update({(r.article, m.span): entity.id for r in cluster.members for m in r.mentions})
    return Resolution(tuple(sorted(entities, key=lambda e: e.id)), of)
