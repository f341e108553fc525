"""Names that every state has of its own: "Supreme Court", "US Senate", "Ministry of Defence of Ukraine"."""

from __future__ import annotations

from kgbuild import gazetteer
from kgbuild.gazetteer import Entry
from kgbuild.names import words
from kgbuild.resolve.context import country_of

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


def of_state(name: str, main_country: str) -> tuple[Entry, ...]:
    """What the gazetteer knows by a generic name, said in full: "Air Force" in an article about the United States."""
    state, rest = split_state(name)
    country = gazetteer.entries().get(state or main_country)
    if country is None or not is_generic(name):
        return ()
    spelt = (f"{country.name} {rest}", f"{rest} of {country.name}", f"{rest} of the {country.name}")
    return tuple({e.id: e for full in spelt for e in gazetteer.named(full)}.values())
