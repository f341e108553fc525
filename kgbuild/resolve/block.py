"""Buckets of referents that share name, type and outside id, and the pairs of buckets worth comparing.

Comparing buckets instead of referents, and only within blocks, keeps the cost near-linear in the number of mentions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kgbuild.names import given_initials, is_family_only, person_words, sound, surname, without_legal_form, words
from kgbuild.resolve.context import Context
from kgbuild.resolve.generic import is_generic, split_state
from kgbuild.resolve.link import Link
from kgbuild.resolve.referents import COARSE, Referent


@dataclass(slots=True)
class Bucket:
    """Referents with one name, one coarse type and one outside id.

    ``state`` is None for names that say enough by themselves; for generic ones the Wikidata id of the state they are
    of, "" where that is open.
    """

    coarse: str
    link: Link | None
    state: str | None
    members: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)


def buckets_of(
    referents: Sequence[Referent], links: Sequence[Link | None], contexts: Mapping[str, Context]
) -> list[Bucket]:
    """The buckets of all named referents, in an order that depends on names only."""
    found: dict[tuple[object, ...], Bucket] = {}
    for i, (referent, hit) in enumerate(zip(referents, links, strict=True)):
        if not referent.names:
            continue
        coarse = COARSE.get(hit.entry.type, "") if hit else referent.coarse
        key, state = _key(referent, hit, coarse, contexts[referent.article])
        bucket = found.setdefault(key, Bucket(coarse, hit, state))
        bucket.members.append(i)
        bucket.names.update({name: count for name, count in referent.names if not _is_noun_of(name, referent)})
    return [found[key] for key in sorted(found, key=repr)]


def _key(referent: Referent, hit: Link | None, coarse: str, context: Context) -> tuple[tuple[object, ...], str | None]:
    if hit is not None:
        return (hit.entry.id,), None
    name = referent.name
    if coarse == "person":
        short = person_words(name)
        return ((coarse, short, referent.key), None) if is_family_only(name) else ((coarse, short), None)
    if all(is_generic(n) for n, _ in referent.names):
        state, rest = split_state(name)
        state = state or context.main_country
        return (coarse, words(rest), state or referent.key), state
    return (coarse, name if len(name) < 4 else words(name)), None


def _is_noun_of(name: str, referent: Referent) -> bool:
    """Whether a name is only the noun of a longer one of its article, and so nothing to compare: "the Court"."""
    short = words(name)
    if referent.coarse == "person" or len(short) != 1:
        return False
    longer = (words(other) for other, _ in referent.names)
    return any(len(w) > 1 and (w[-1] == short[0] or w[:2] == (short[0], "of")) for w in longer)


def candidate_pairs(buckets: Sequence[Bucket]) -> Iterator[tuple[int, int]]:
    """Pairs of buckets that share a block, each once."""
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i, bucket in enumerate(buckets):
        for key in sorted(_block_keys(bucket)):
            blocks[key].append(i)
    seen: set[tuple[int, int]] = set()
    for _, inside in sorted(blocks.items()):
        for at, j in enumerate(inside):
            for i in inside[:at]:
                if (i, j) not in seen:
                    seen.add((i, j))
                    yield i, j


def _block_keys(bucket: Bucket) -> set[tuple[str, ...]]:
    keys: set[tuple[str, ...]] = set()
    for name in bucket.names:
        if bucket.coarse == "person":
            found = person_words(name)
            if not is_family_only(name):
                family = sound(surname(found)[-1])[:4]
                keys.update(("family", family, initial) for initial in given_initials(found[0]))
                keys.add(("given", sound(found[0]), found[-1][:1]))
            continue
        found = words(name)
        keys.add(("name", *without_legal_form(found)))
        keys.add(("sound", *(sound(w) for w in found)))
    return keys
