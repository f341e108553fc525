"""From the mentions of all articles to entities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kgbuild import gazetteer
from kgbuild.resolve.cluster import clusters
from kgbuild.resolve.entities import entity_of
from kgbuild.resolve.link import Link, link
from kgbuild.resolve.referents import Referent, read_referents
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
    links = _links(referents)
    built: dict[str, list[tuple[Entity, list[Referent]]]] = defaultdict(list)
    for group in clusters(referents, links):
        members = [referents[i] for i in group]
        entity = entity_of(members, next((links[i] for i in group if links[i]), None))
        built[entity.id].append((entity, members))
    entities: list[Entity] = []
    of: dict[tuple[str, Span], str] = {}
    for same_id in built.values():
        for entity, members in same_id:
            if len(same_id) > 1:  # namesakes: told apart by where they are first mentioned
                entity = replace(entity, id=f"{entity.id}_{content_id(*members[0].key, length=4)}")
            entities.append(entity)
            of.update({(r.article, m.span): entity.id for r in members for m in r.mentions})
    return Resolution(tuple(sorted(entities, key=lambda e: e.id)), of)


def _links(referents: Sequence[Referent]) -> list[Link | None]:
    countries: dict[str, set[str]] = defaultdict(set)
    for referent in referents:
        for name, _ in referent.names if referent.type == "Country" else ():
            entry = gazetteer.country(name) or gazetteer.demonym(name)
            if entry is not None:
                countries[referent.article].add(entry.id)
    return [link(r, frozenset(countries[r.article])) if r.names else None for r in referents]


