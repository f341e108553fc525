"""Family names that an article does not give in full: whom they mean, by what other articles say.

"Blinken" joins "Antony Blinken" of another article if nobody else in the collection bears the name and both articles
call him by one title, or else speak of two other things in common. A title that the bearer is never called by, or
several bearers of whom no title chooses one, leave it alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kgbuild.names import LONG_NAME, is_family_only, person_words, same_word, sound, words
from kgbuild.resolve.cluster import Cluster
from kgbuild.resolve.context import country_of

SHARED = 2
"""Things two articles must both name where no title speaks for one person; one of them must not be named everywhere."""
EVERYWHERE = 0.2
"""Share of the articles from which on a thing that they name says little, in collections of `MANY` and more."""
MANY = 10


ROUNDS = 3
"""How often merges may support others; in the collections looked at, the third round changed nothing."""


def attach_surnames(clusters: Sequence[Cluster], articles: int) -> list[Cluster]:
    """The clusters with those of single names merged into the ones of full names that they mean."""
    found = list(clusters)
    for _ in range(ROUNDS):
        before, found = len(found), _attach(found, articles)
        if len(found) == before:
            break
    return found


def _attach(clusters: Sequence[Cluster], articles: int) -> list[Cluster]:
    near = _Neighbours(clusters, articles)
    bearers = _by_surname(clusters)
    chosen: dict[int, int] = {}
    for i, cluster in enumerate(clusters):
        if _is_single(cluster):
            found = _choose(i, clusters, bearers, near)
            if found is not None:
                chosen[i] = found
    merged: dict[int, list[int]] = defaultdict(list)
    for i in range(len(clusters)):
        merged[chosen.get(i, i)].append(i)
    return [_union([clusters[k] for k in ks], clusters[i]) for i, ks in sorted(merged.items())]


def _union(parts: list[Cluster], main: Cluster) -> Cluster:
    members = sorted((r for part in parts for r in part.members), key=lambda r: r.key)
    return replace(main, members=tuple(members)) if len(parts) > 1 else main


def _is_single(cluster: Cluster) -> bool:
    return cluster.coarse == "person" and all(is_family_only(name) for name in cluster.names) and bool(cluster.names)


def _by_surname(clusters: Sequence[Cluster]) -> Mapping[str, list[int]]:
    """Clusters with a full name by the sound of the family name, and by what it is with one letter left out."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, cluster in enumerate(clusters):
        if cluster.coarse == "person" and not _is_single(cluster):
            full = [person_words(name) for name in cluster.names if not is_family_only(name)]
            for key in sorted({key for name in full if len(name) > 1 for key in _keys(name[-1])}):
                found[key].append(i)
    return found


def _keys(word: str) -> set[str]:
    """Equal for spellings of one name; for long names also for a slip of one letter."""
    slips = {word[:k] + word[k + 1 :] for k in range(1, len(word))} if len(word) >= LONG_NAME else set()
    return {sound(word), word, *slips}


class _Neighbours:
    """Which clusters each article names."""

    def __init__(self, clusters: Sequence[Cluster], articles: int) -> None:
        self._of: dict[str, set[int]] = defaultdict(set)
        spread: Counter[int] = Counter()
        for i, cluster in enumerate(clusters):
            if cluster.names:
                for article in {r.article for r in cluster.members}:
                    self._of[article].add(i)
                    spread[i] += 1
        common = articles * EVERYWHERE if articles >= MANY else articles
        self._telling = {i for i, count in spread.items() if count <= common}

    def shared(self, one: Cluster, other: Cluster, but: set[int]) -> set[int]:
        here = {k for r in one.members for k in self._of[r.article]} - but
        return here & {k for r in other.members for k in self._of[r.article]}

    def tell(self, shared: set[int]) -> bool:
        return len(shared) >= SHARED and bool(shared & self._telling)


def _choose(i: int, clusters: Sequence[Cluster], bearers: Mapping[str, list[int]], near: _Neighbours) -> int | None:
    single = clusters[i]
    word = min(person_words(name)[-1] for name in single.names)
    exact = _fitting(single, word, bearers, clusters, misspelt=False)
    found = exact or _fitting(single, word, bearers, clusters, misspelt=True)
    titles = _titles(single)
    by_title = [k for k in found if titles & _titles(clusters[k])]
    if titles:
        found = by_title
    if len(found) != 1:
        return None
    shared = near.shared(single, clusters[found[0]], {i, found[0]})
    return found[0] if (by_title and shared) or near.tell(shared) else None


def _fitting(
    single: Cluster, word: str, bearers: Mapping[str, list[int]], clusters: Sequence[Cluster], *, misspelt: bool
) -> list[int]:
    here = {r.article for r in single.members}
    near = {k for key in (_keys(word) if misspelt else {sound(word)}) for k in bearers.get(key, ())}
    return [
        k
        for k in sorted(near)
        if here.isdisjoint(r.article for r in clusters[k].members)
        and any(same_word(word, person_words(name)[-1], misspelt=misspelt) for name in clusters[k].names)
    ]


def _titles(cluster: Cluster) -> set[str]:
    """The words that a person's titles are made of, without countries, and the titles of a known office."""
    names = {word for name in cluster.names for word in words(name)}
    found = {word for r in cluster.members for title in r.titles for word in words(title)}
    offices = {word for office in (cluster.link.entry.offices if cluster.link else ()) for word in words(office.title)}
    return {w for w in found | offices if w not in names and w not in _SMALL and country_of(w.capitalize()) is None}


_SMALL = frozenset("of the and for in to former mr mrs ms dr sir us uk s".split())
