"""Well-known places, bodies and office holders with their Wikidata ids, and word lists of names.

Read from ``ontology/gazetteer``, each row of which names the file or package it came from. Shared by the types of
mentions and by linking across articles.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from kgbuild.names import words
from kgbuild.tables import gazetteer_folder, rows

PLAIN_ACRONYMS = frozenset({"UN", "EU", "WHO", "IMF", "WTO"})
"""Of two or three letters, and yet one and the same body wherever news writes them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that the gazetteer knows.

    ``country`` is the Wikidata id of the country it belongs to, "" where none is stated; ``population`` of cities;
    ``is_capital`` of a country, ``region`` the state or province and ``has_namesakes`` of cities; ``offices`` of
    persons.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    country: str = ""
    population: int = 0
    is_capital: bool = False
    region: str = ""
    has_namesakes: bool = False
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True)
class Office:
    """A position with the years it was held, both inclusive; None where open or unknown."""

    title: str
    country: str
    start: int | None
    end: int | None


TABLES = (
    "countries.tsv",
    "cities.tsv",
    "towns.tsv",
    "regions.tsv",
    "bodies.tsv",
    "organisations.tsv",
    "known_organisations.tsv",
    "people.tsv",
)


@lru_cache(maxsize=1)
def entries() -> dict[str, Entry]:
    """All entries by Wikidata id."""
    folder = gazetteer_folder()
    found: dict[str, Entry] = {}
    for file in TABLES:
        path = folder / file
        for row in rows(path) if path.is_file() else ():
            aliases = tuple(a for a in row["aliases"].split("|") if a)
            found.setdefault(
                row["id"],
                Entry(
                    row["id"],
                    row["type"],
                    row["name"],
                    aliases,
                    row["country"],
                    int(row.get("population") or 0),
                    row.get("capital") == "yes",
                    row.get("region", ""),
                    row.get("namesakes") == "yes",
                    tuple(_office(text) for text in row.get("offices", "").split("|") if text),
                ),
            )
    return found


def _office(text: str) -> Office:
    title, country, start, end = text.split("@")
    return Office(title, country, int(start) if start else None, int(end) if end else None)


@lru_cache(maxsize=1)
def _coordinates() -> dict[str, tuple[float, float]]:
    path = gazetteer_folder() / "cities.tsv"
    found = rows(path) if path.is_file() else ()
    return {row["id"]: (float(row["latitude"]), float(row["longitude"])) for row in found if row["latitude"]}


def coordinates(wikidata: str) -> tuple[float, float] | None:
    """Latitude and longitude, in degrees north and east, of a place with this Wikidata id; None where not known."""
    return _coordinates().get(wikidata)


@lru_cache(maxsize=1)
def _by_name() -> dict[tuple[str, ...], tuple[Entry, ...]]:
    index: dict[tuple[str, ...], dict[str, Entry]] = defaultdict(dict)
    for entry in entries().values():
        for name in (entry.name, *entry.aliases):
            index[words(name)][entry.id] = entry
    return {key: tuple(found.values()) for key, found in index.items() if key}


def named(name: str) -> tuple[Entry, ...]:
    """The entries that go by a name, in file order; case, accents and a leading determiner do not matter.

    An acronym ("US", "WHO") is only found in capitals: "us" and "who" are words.
    """
    found = _by_name().get(words(name), ())
    letters = name.replace(".", "")
    if letters.islower() or (len(letters) <= 3 and not letters.isupper()):
        return tuple(e for e in found if name in (e.name, *e.aliases))
    return found


def country(name: str) -> Entry | None:
    """The country of that name."""
    return next((e for e in named(name) if e.type == "Country"), None)


SEATS_OF_MORE = frozenset({"Q239"})
"""Brussels (id as in cities.tsv): its name stands for the European Union as often as for Belgium."""


def governed_from(name: str) -> Entry | None:
    """The country whose government news calls by the name of its capital: Russia for "Moscow"."""
    capitals = {e.country for e in named(name) if e.is_capital and e.id not in SEATS_OF_MORE}
    return entries().get(capitals.pop()) if len(capitals) == 1 else None


@lru_cache(maxsize=1)
def _demonyms() -> dict[str, str]:
    path = gazetteer_folder() / "demonyms.tsv"
    return {row["word"].casefold(): row["country"] for row in rows(path)} if path.is_file() else {}


def demonym(word: str) -> Entry | None:
    """The country that an adjective or the name of its people ("Russian", "Russians", "Swedes") stands for."""
    if not word[:1].isupper():
        return None
    key = _demonyms().get(word.casefold()) or _demonyms().get(word.casefold().removesuffix("s"))
    return entries().get(key) if key else None


@lru_cache(maxsize=1)
def _given_names() -> dict[str, str]:
    path = gazetteer_folder() / "given_names.tsv"
    return {row["name"]: row["gender"] for row in rows(path)} if path.is_file() else {}


def given_name_gender(word: str) -> str:
    """ "m" or "f" where a given name is nearly always borne by men or by women; "" else."""
    return _given_names().get(word.casefold(), "")
