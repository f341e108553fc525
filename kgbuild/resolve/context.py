"""What an article is about, as far as telling namesakes apart needs it: its countries, their regions, its year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from kgbuild import gazetteer
from kgbuild.gazetteer import Entry
from kgbuild.names import words
from kgbuild.resolve.referents import Referent

MAIN_SHARE = 0.5
"""Share of an article's mentions of countries from which one of them is what "the parliament" is taken to be of."""


@dataclass(frozen=True, slots=True)
class Context:
    """``countries`` are the Wikidata ids of those named, ``main_country`` that of the prevailing one or "";
    ``places`` are the names of all its places, as words."""

    countries: frozenset[str]
    main_country: str
    places: frozenset[tuple[str, ...]]
    year: int | None


def read_contexts(referents: Sequence[Referent]) -> dict[str, Context]:
    """The context of each article, by its id."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    places: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    years: dict[str, int | None] = {}
    for referent in referents:
        years[referent.article] = int(referent.date[:4]) if referent.date and referent.date[:4].isdigit() else None
        if referent.coarse == "place":
            places[referent.article].update(words(name) for name, _ in referent.names)
        for name, count in referent.names if referent.type == "Country" else ():
            entry = country_of(name)
            if entry is not None:
                counts[referent.article][entry.id] += count
    return {
        article: Context(frozenset(counts[article]), _main(counts[article]), frozenset(places[article]), year)
        for article, year in years.items()
    }


def country_of(name: str) -> Entry | None:
    """The country that a country's name or a demonym stands for."""
    return gazetteer.country(name) or gazetteer.demonym(name)


def _main(counts: Counter[str]) -> str:
    if not counts:
        return ""
    best = min(counts, key=lambda key: (-counts[key], key))
    return best if counts[best] > MAIN_SHARE * counts.total() else ""
