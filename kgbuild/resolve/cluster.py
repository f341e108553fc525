"""Merging referents across articles: blocking by name keys, named comparisons, clusters that respect what must stay apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kgbuild.names import abbreviates, is_acronym, person_words, same_person, sound, surname, without_legal_form, words
from kgbuild.resolve.link import Link
from kgbuild.resolve.referents import COARSE, Referent


@dataclass(slots=True)
class Bucket:
    """Referents with one name, one coarse type and one outside id; compared as one."""

    key: tuple[str, ...]
    coarse: str
    link: Link | None
    members: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)


def clusters(referents: Sequence[Referent], links: Sequence[Link | None]) -> list[list[int]]:
    """Groups of indices of referents that are one thing, each sorted, in order of their first member.

    What has no proper name stays alone; so does a person's surname, unless one article gives it with the full name.
    """
    buckets = _buckets(referents, links)
    parent = list(range(len(buckets)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    inside = {i: [i] for i in range(len(buckets))}
    for a, b in _pairs(buckets):
        ra, rb = sorted((root(a), root(b)))
        if ra != rb and all(_compatible(buckets[i], buckets[j]) for i in inside[ra] for j in inside[rb]):
            parent[rb] = ra
            inside[ra] += inside.pop(rb)
    grouped = [sorted(m for i in group for m in buckets[i].members) for group in inside.values()]
    named = {m for group in grouped for m in group}
    alone = [[i] for i in range(len(referents)) if i not in named]
    return sorted([*grouped, *alone])


def _buckets(referents: Sequence[Referent], links: Sequence[Link | None]) -> list[Bucket]:
    found: dict[tuple[object, ...], Bucket] = {}
    for i, (referent, hit) in enumerate(zip(referents, links, strict=True)):
        if not referent.names:
            continue
        coarse = COARSE.get(hit.entry.type, "") if hit else referent.coarse
        if hit is not None:
            key: tuple[object, ...] = (hit.entry.id,)
        elif coarse == "person":
            short = person_words(referent.name)
            key = (coarse, short) if len(short) > 1 else (coarse, short, referent.key)
        else:
            key = (coarse, words(referent.name))
        bucket = found.setdefault(key, Bucket(words(referent.name), coarse, hit))
        bucket.members.append(i)
        bucket.names.update(dict(referent.names))
    return [found[key] for key in sorted(found, key=repr)]


def _pairs(buckets: list[Bucket]) -> Iterator[tuple[int, int]]:
    """Pairs of buckets in one block that a comparison takes for one thing, the safest first."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, bucket in enumerate(buckets):
        for key in sorted(_block_keys(bucket)):
            blocks[key].append(i)
    scored: dict[tuple[int, int], int] = {}
    for _, inside in sorted(blocks.items()):
        for at, j in enumerate(inside):
            for i in inside[:at]:
                if (i, j) not in scored:
                    scored[i, j] = compare(buckets[i], buckets[j])
    ranked = sorted((pair for pair, weight in scored.items() if weight > 0), key=lambda p: (-scored[p], p))
    yield from ranked


def _block_keys(bucket: Bucket) -> set[tuple[str, ...]]:
    keys: set[tuple[str, ...]] = set()
    for name in bucket.names:
        found = person_words(name) if bucket.coarse == "person" else words(name)
        if bucket.coarse == "person":
            if len(found) > 1:
                keys.add(("person", sound(surname(found)[-1])[:4], found[0][:1]))
                keys.add(("given", sound(found[0]), found[-1][:1]))
            continue
        keys.add(("name", *without_legal_form(found)))
        keys.add(("sound", *(sound(w) for w in found)))
    return keys


def compare(one: Bucket, other: Bucket) -> int:
    """A match weight: positive where two buckets are one thing, 0 where that is open or false."""
    if not _compatible(one, other):
        return 0
    if one.coarse == "person":
        return 2 if any(same_person(a, b) for a in sorted(one.names) for b in sorted(other.names)) else 0
    shared = {words(n) for n in one.names} & {words(n) for n in other.names}
    if any(len(name) > 1 or not _is_short(name) for name in shared):
        return 3
    if any(abbreviates(a, b) or abbreviates(b, a) for a in one.names for b in other.names):
        return 2 if shared else 0
    forms = {without_legal_form(words(n)) for n in one.names} & {without_legal_form(words(n)) for n in other.names}
    if forms:
        return 2
    sounds = {tuple(map(sound, words(n))) for n in one.names} & {tuple(map(sound, words(n))) for n in other.names}
    return 1 if any(sum(map(len, s)) >= 6 for s in sounds) else 0


def _is_short(name: tuple[str, ...]) -> bool:
    return len(name) == 1 and (len(name[0]) <= 3 or is_acronym(name[0].upper()) and len(name[0]) <= 4)


def _compatible(one: Bucket, other: Bucket) -> bool:
    """What must stay apart: different outside ids, certain and different types, persons with names that exclude each
    other."""
    if one.link and other.link and one.link.entry.id != other.link.entry.id:
        return False
    if one.coarse != other.coarse and one.coarse and other.coarse:
        return False
    if one.coarse == other.coarse == "person":
        full_a = [n for n in one.names if len(person_words(n)) > 1]
        full_b = [n for n in other.names if len(person_words(n)) > 1]
        return bool(full_a and full_b) and all(same_person(a, b) for a in full_a for b in full_b)
    return True
