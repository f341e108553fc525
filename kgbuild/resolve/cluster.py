"""Clusters of referents across articles: merges in order of their evidence, none against what must stay apart.

A chain of merges alone joins nothing: every pair of buckets in a cluster must be allowed to be one thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kgbuild.resolve.block import Bucket, buckets_of, candidate_pairs
from kgbuild.resolve.compare import compare, must_stay_apart
from kgbuild.resolve.context import Context
from kgbuild.resolve.link import Link
from kgbuild.resolve.referents import COARSE, Referent


@dataclass(frozen=True, slots=True)
class Cluster:
    """Referents that are one thing. ``state`` tells apart what has a generic name ("Parliament"): see Bucket."""

    members: tuple[Referent, ...]
    link: Link | None
    state: str | None

    @property
    def names(self) -> frozenset[str]:
        return frozenset(name for member in self.members for name, _ in member.names)

    @property
    def coarse(self) -> str:
        return COARSE.get(self.link.entry.type, "") if self.link else self.members[0].coarse


def clusters_of(
    referents: Sequence[Referent], links: Sequence[Link | None], contexts: Mapping[str, Context]
) -> list[Cluster]:
    """All referents in clusters, those of a cluster in the order given.

    What has no proper name stays alone; so does, at first, a family name that its article does not give in full.
    """
    buckets = buckets_of(referents, links, contexts)
    groups = _merge(buckets)
    found = []
    for group in groups:
        indices = sorted(m for bucket in group for m in bucket.members)
        link = next((b.link for b in group if b.link), None)
        state = next((b.state for b in group if b.state is not None), None)
        found.append(Cluster(tuple(referents[i] for i in indices), link, state))
    found += [Cluster((r,), None, None) for r in referents if not r.names]
    return found


def _merge(buckets: Sequence[Bucket]) -> list[list[Bucket]]:
    evidence = {pair: e for pair in candidate_pairs(buckets) if (e := compare(buckets[pair[0]], buckets[pair[1]]))}
    group_of = list(range(len(buckets)))
    groups = {i: [i] for i in group_of}
    for a, b in sorted(evidence, key=lambda pair: (-evidence[pair].weight, pair)):
        one, other = sorted((group_of[a], group_of[b]))
        apart = any(must_stay_apart(buckets[i], buckets[j]) for i in groups[one] for j in groups[other])
        if one == other or apart:
            continue
        for i in groups[other]:
            group_of[i] = one
        groups[one] += groups.pop(other)
    return [[buckets[i] for i in group] for group in groups.values()]
