"""Linking referents to the gazetteer. None is better than a wrong one."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild import gazetteer
from kgbuild.gazetteer import Entry
from kgbuild.names import words
from kgbuild.resolve.referents import COARSE, Referent

BIG_CITY = 500_000
"""Inhabitants from which a city's bare name is taken for the city, where the gazetteer knows no second one."""


@dataclass(frozen=True, slots=True)
class Link:
    """An outside identity and why it was taken."""

    entry: Entry
    reason: str


def link(referent: Referent, countries: frozenset[str]) -> Link | None:
    """The gazetteer's entry for a referent. ``countries`` are the ids of the countries its article names."""
    found: dict[str, Link] = {}
    for name, _ in referent.names:
        for entry in gazetteer.named(name):
            reason = _reason(referent, name, entry, countries)
            if reason:
                found.setdefault(entry.id, Link(entry, reason))
        country = gazetteer.demonym(name) if referent.type == "Country" else None
        if country is not None:
            found.setdefault(country.id, Link(country, "demonym"))
    if len(found) > 1:
        found = {key: hit for key, hit in found.items() if hit.reason != "big city"}
    return next(iter(found.values())) if len(found) == 1 else None


def _reason(referent: Referent, name: str, entry: Entry, countries: frozenset[str]) -> str:
    """Why a name may stand for an entry; "" if it may not."""
    coarse = referent.coarse
    if entry.type == "Country":
        return "country name" if coarse in ("place", "organization", "") else ""
    if entry.type == "Person":
        return _person_reason(referent, name, entry)
    if entry.type == "City":
        if coarse not in ("place", "organization"):
            return ""
        if entry.country in countries:
            return "city of a country that the article names"
        if entry.is_capital:
            return "capital"
        return "big city" if entry.population >= BIG_CITY else ""
    if entry.type == "Region":
        return "region name" if coarse in ("place", "") else ""
    fits = coarse in ("organization", "") or (coarse == "place" and len(words(name)) > 1)
    if not fits:
        return ""
    if name.isupper() and len(name) < 6:
        known = any(words(n) == words(entry.name) for n, _ in referent.names)
        return "acronym with its name" if known else "acronym" if entry.name in _PLAIN_ACRONYMS else ""
    return "name of the body"


_PLAIN_ACRONYMS = frozenset(
    {"United Nations", "European Union", "North Atlantic Treaty Organisation", "World Health Organization"}
)


def _person_reason(referent: Referent, name: str, entry: Entry) -> str:
    if referent.type != "Person" or len(words(name)) < 2:
        return ""
    for office in entry.offices:
        head = words(office.title)[0:1]
        if head and any(word in referent.context for word in words(office.title)[:2]):
            return f"name and office ({office.title})"
    return ""


def coarse_of(entry: Entry) -> str:
    return COARSE.get(entry.type, "")
