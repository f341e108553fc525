"""Comparisons of buckets, by name, with a weight each; and what must stay apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kgbuild.names import is_family_only, same_person, sound, without_legal_form, words
from kgbuild.resolve.block import Bucket

SOUND_LENGTH = 6
"""Letters from which names of places and bodies that only sound alike are taken for one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The comparison that speaks for a merge; the higher its weight, the earlier the merge is made."""

    comparison: str
    weight: int


def _full_names(one: Bucket, other: Bucket) -> bool:
    return any(same_person(a, b) for a in sorted(one.names) for b in sorted(other.names))


def _equal_names(one: Bucket, other: Bucket) -> bool:
    """Equal words; names of up to three letters also in equal letters: "US" is not "us"."""
    short = {n for n in one.names if len(n) < 4} & {n for n in other.names if len(n) < 4}
    return bool(short or {words(n) for n in one.names if len(n) > 3} & {words(n) for n in other.names if len(n) > 3})


def _equal_without_form(one: Bucket, other: Bucket) -> bool:
    forms = {without_legal_form(words(n)) for n in one.names if len(n) > 3}
    return bool(forms & {without_legal_form(words(n)) for n in other.names if len(n) > 3})


def _equal_sounds(one: Bucket, other: Bucket) -> bool:
    sounds = {tuple(map(sound, words(n))) for n in one.names} & {tuple(map(sound, words(n))) for n in other.names}
    return any(sum(map(len, s)) >= SOUND_LENGTH for s in sounds)


Comparison = tuple[str, int, Callable[[Bucket, Bucket], bool]]
_OF_PERSONS: tuple[Comparison, ...] = (("compatible full names", 2, _full_names),)
_OF_OTHERS: tuple[Comparison, ...] = (
    ("equal names", 3, _equal_names),
    ("equal names but for the legal form", 2, _equal_without_form),
    ("names that sound alike", 1, _equal_sounds),
)


def compare(one: Bucket, other: Bucket) -> Evidence | None:
    """The strongest comparison by which two buckets are one thing; None where that is open or excluded."""
    if must_stay_apart(one, other):
        return None
    comparisons = _OF_PERSONS if "person" in (one.coarse, other.coarse) else _OF_OTHERS
    return next((Evidence(name, weight) for name, weight, holds in comparisons if holds(one, other)), None)


def must_stay_apart(one: Bucket, other: Bucket) -> bool:
    """Different outside ids; types that are certain and differ; states that are not known to be equal; persons of whom
    any two full names exclude each other, or one has none."""
    if one.link and other.link and one.link.entry.id != other.link.entry.id:
        return True
    if one.coarse != other.coarse and one.coarse and other.coarse:
        return True
    if (one.state is not None or other.state is not None) and (not one.state or one.state != other.state):
        return True
    if "person" in (one.coarse, other.coarse):
        a = [n for n in one.names if not is_family_only(n)]
        b = [n for n in other.names if not is_family_only(n)]
        return not (a and b) or not all(same_person(x, y) for x in a for y in b)
    return False
