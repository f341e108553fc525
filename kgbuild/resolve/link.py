"""Linking referents to the gazetteer. None is better than a wrong one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kgbuild import gazetteer
from kgbuild.gazetteer import Entry, Office
from kgbuild.names import words
from kgbuild.resolve.context import Context, country_of
from kgbuild.resolve.generic import of_state
from kgbuild.resolve.referents import Referent

BIG_CITY = 500_000
"""Inhabitants from which a city's bare name is taken for the city, where no second city of that name is known."""
SURE_CITY = 1_000_000
"""The same, without a country or region to support it, where a second city of that name is known."""
_MANY_NAMESAKES = frozenset({"Q30", "Q145", "Q16", "Q408"})
"""The United States, the United Kingdom, Canada, Australia: share so many names of towns that the country alone
tells little (ids as in countries.tsv)."""
_ROLE_WORDS = {
    "monarch": ("queen", "king", "monarch", "majesty"),
    "king": ("king", "monarch", "majesty"),
    "queen": ("queen", "monarch", "majesty"),
    "prime": ("prime minister", "premier"),
    "senator": ("senator", "sen."),
    "representative": (
        "representative",
        "congressman",
        "congresswoman",
        "rep.",
        "speaker of the house",
        "house speaker",
    ),
}


@dataclass(frozen=True, slots=True)
class Link:
    """An outside identity and why it was taken."""

    entry: Entry
    reason: str


def link(referent: Referent, context: Context) -> Link | None:
    """The gazetteer's entry for a referent with a name; None where there is none, or more than one."""
    if referent.type == "Country":
        states = (country_of(name) or gazetteer.governed_from(name) for name, _ in referent.names)
        found = {e.id: e for e in states if e is not None}
        if len(found) == 1:
            return _country_or_state(referent, next(iter(found.values())), context)
    links: dict[str, Link] = {}
    for name, _ in referent.names:
        for entry in gazetteer.named(name) or of_state(name, context.main_country):
            reason = _reason(referent, name, entry, context)
            if reason:
                links.setdefault(entry.id, Link(entry, reason))
    return next(iter(links.values())) if len(links) == 1 else None


def _country_or_state(referent: Referent, country: Entry, context: Context) -> Link | None:
    """The country, unless a state of another one bears its name, as Georgia does: then what speaks for one alone."""
    names = {words(name) for name, _ in referent.names}
    if names != {words(country.name)} or words(country.name) not in _states():
        return Link(country, "name of the country or of its people")
    state, union, siblings = _states()[words(country.name)]
    cities = [e for place in context.places for e in gazetteer.named(" ".join(place).title()) if e.type == "City"]
    in_state = any(words(e.region) == words(state.name) and e.country == union for e in cities)
    for_state = in_state or context.main_country == union or bool(siblings & context.places)
    for_country = any(e.country == country.id for e in cities)
    if for_state == for_country:
        return None
    return Link(state, "state beside its country or sisters") if for_state else Link(country, "country with its cities")


@lru_cache(maxsize=1)
def _states() -> dict[tuple[str, ...], tuple[Entry, str, frozenset[tuple[str, ...]]]]:
    """Regions that bear the name of a country, by their words: with the country they are of and its other regions."""
    entries = gazetteer.entries().values()
    countries = {words(e.name) for e in entries if e.type == "Country"}
    unions = {words(e.region): e.country for e in entries if e.type == "City" and e.region}
    found = {}
    for entry in entries:
        key = words(entry.name)
        if entry.type == "Region" and key in countries and key in unions:
            sisters = frozenset(name for name, union in unions.items() if union == unions[key] and name != key)
            found[key] = (entry, unions[key], sisters)
    return found


def _reason(referent: Referent, name: str, entry: Entry, context: Context) -> str:
    """Why a name may stand for an entry; "" if it may not."""
    if entry.type == "Country":
        return "country name" if referent.coarse in ("place", "") else ""
    if entry.type == "Person":
        return _person_reason(referent, name, entry, context)
    if entry.type == "City":
        return _city_reason(entry, context) if referent.coarse == "place" else ""
    if entry.type == "Region":
        return "name of the region" if referent.coarse in ("place", "") else ""
    return _body_reason(referent, name, entry)


def _city_reason(entry: Entry, context: Context) -> str:
    if entry.is_capital:
        return "capital"
    if words(entry.region) in context.places:
        return "city of a region that the article names"
    near = entry.country in context.countries and entry.country not in _MANY_NAMESAKES
    if near and (not entry.has_namesakes or entry.population >= BIG_CITY):
        return "city of a country that the article names"
    if entry.population >= (SURE_CITY if entry.has_namesakes else BIG_CITY):
        return "big city"
    return ""


def _body_reason(referent: Referent, name: str, entry: Entry) -> str:
    if referent.coarse != "organization" and not (referent.coarse == "" and len(words(name)) > 1):
        return ""
    letters = name.replace(".", "")
    if letters.isupper() and len(letters) < 4 and letters not in gazetteer.PLAIN_ACRONYMS and name != entry.name:
        spelt = any(words(n) == words(entry.name) for n, _ in referent.names)
        return "acronym beside the full name" if spelt else ""
    return "name of the body"


def _person_reason(referent: Referent, name: str, entry: Entry, context: Context) -> str:
    """A full name needs the office beside it, or for a state's leaders the state in the same article."""
    if referent.coarse != "person" or len(words(name)) < 2:
        return ""
    for office in entry.offices:
        if any(word in referent.context for word in _role_words(office)) and _is_near(office, context.year):
            return f"full name and office: {office.title}"
    leads = [o for o in entry.offices if words(o.title)[0] not in ("senator", "representative")]
    if leads and entry.country in context.countries:
        return f"full name, and the country of the office: {leads[0].title}"
    return ""


def _role_words(office: Office) -> tuple[str, ...]:
    found = words(office.title)
    noun = found[found.index("of") - 1] if "of" in found[1:] else found[-1]
    for key in (found[0], noun):
        if key in _ROLE_WORDS:
            return _ROLE_WORDS[key]
    return (noun,)


YEARS_BESIDE = 1
"""Years before and after an office in which news still, or already, calls its holder by it."""


def _is_near(office: Office, year: int | None) -> bool:
    if year is None:
        return True
    starts, ends = office.start or 0, office.end or 9999
    return starts - YEARS_BESIDE <= year <= ends + YEARS_BESIDE
