"""Buckets of referents that share name, type and outside id, and the pairs of buckets worth comparing.

Comparing buckets instead of referents, and only within blocks, keeps the cost near-linear in the number of mentions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kgbuild.names import given_initials, is_family_only, person_words, sound, surname, without_legal_form, words
from kgbuild.resolve.context import Context, country_of
from kgbuild.resolve.link import Link
from kgbuild.resolve.referents import COARSE, Referent

GENERIC = frozenset(
    "parliament senate congress house representatives commons lords supreme high court cabinet government ministry "
    "department police state states army navy air force forces council assembly national union party conservative "
    "conservatives labour labor liberal liberals democratic democrat democrats republican republicans green greens "
    "socialist socialists communist communists president presidency prime minister office foreign affairs defence "
    "defense health interior justice finance education treasury exchequer central bank university city district county "
    "province embassy federal royal constitution constitutional election electoral commission committee church border "
    "patrol coast guard fire rescue emergency service services administration attorney general opposition coalition "
    "public security safety board agency bureau of the and for independence revolution civil war human rights".split()
)
"""Words of names that every state has of its own: "Supreme Court", "Labour Party". The list is ours."""


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


def split_state(name: str) -> tuple[str, str]:
    """The country that a name begins or ends with, as Wikidata id or "", and the rest of the name.

    "US Senate", "Senate of Haiti".
    """
    tokens = name.split(" ")
    for n in (3, 2, 1):
        if len(tokens) > n:
            entry = country_of(" ".join(tokens[:n]))
            if entry is not None:
                return entry.id, " ".join(tokens[n:])
    head, _, tail = name.rpartition(" of ")
    entry = country_of(tail.removeprefix("the ")) if head else None
    return (entry.id, head) if entry is not None else ("", name)


def is_generic(name: str) -> bool:
    """Whether a name, apart from a country in it, is one that several states have."""
    return set(words(split_state(name)[1])) <= GENERIC


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
        bucket.names.update(dict(referent.names))
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
