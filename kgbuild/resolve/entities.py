"""Entities from clusters of referents: name, type, aliases, identifiers, id."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from kgbuild.names import is_family_only, words
from kgbuild.resolve.cluster import Cluster
from kgbuild.resolve.referents import Referent, fullest, squeeze, without_determiner
from kgbuild.types import Entity, EntityMention, MentionKind, content_id

_NOT_SLUG = re.compile(r"[^A-Za-z0-9]+")
SLUG_LENGTH = 48
"""Characters of a name that its entity's id shows."""


def slug(name: str) -> str:
    """A name as ASCII letters, digits and underscores: readable, and valid in an IRI and a Turtle local name."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_SLUG.sub("_", plain)[:SLUG_LENGTH].strip("_") or "entity"


def entity_of(cluster: Cluster) -> Entity:
    """The entity of a cluster. Its id is the same whatever else is in the collection, as long as its name is."""
    members, link = cluster.members, cluster.link
    names: Counter[str] = Counter()
    for member in members:
        names.update(dict(member.names))
    type_ = link.entry.type if link else _type(members)
    name = link.entry.name if link else fullest(names, type_) if names else _description(members)
    described = {d for member in members for d in member.descriptions if not names or len(words(d)) > 1}
    aliases = ({*names} | described) - {name}
    return Entity(
        f"{slug(name)}_{content_id(*_identity(cluster, name, type_), length=8)}",
        name,
        type_,
        tuple(sorted(aliases)),
        {"wikidata": link.entry.id} if link else {},
        tuple(EntityMention(r.article, m.start, m.end, m.text, m.kind) for r in members for m in r.mentions),
    )


def _identity(cluster: Cluster, name: str, type_: str) -> tuple[object, ...]:
    """What the id is a hash of: the outside id, the name with its coarse type and state, or the first place of mention
    for what its name does not identify."""
    if cluster.link:
        return ("wikidata", cluster.link.entry.id)
    first = cluster.members[0]
    alone = not first.names or cluster.state == "" or (type_ == "Person" and is_family_only(name))
    return first.key if alone else (words(name), first.coarse, cluster.state)


def _type(members: Sequence[Referent]) -> str:
    votes: Counter[str] = Counter()
    for member in members:
        votes[member.type] += sum(m.kind is not MentionKind.PRONOUN for m in member.mentions) or 1
    return min(votes, key=lambda t: (t == "Thing", -votes[t], t))


def _description(members: Sequence[Referent]) -> str:
    """The noun phrase that says most about what has no name; a pronoun where there is nothing else."""
    phrases = [pair for member in members for pair in zip(member.descriptions, member.definitions, strict=True)]
    if phrases:
        best = max(range(len(phrases)), key=lambda i: (min(len(words(phrases[i][0])), 6), -i))
        return without_determiner(phrases[best][1])
    return squeeze(members[0].mentions[0].text)
