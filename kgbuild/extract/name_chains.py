"""Chains of proper names: the same name, parts of it, acronyms, spelling variants."""

from __future__ import annotations

from collections import defaultdict

from kgbuild import gazetteer
from kgbuild.extract.chains import BROAD, Chains
from kgbuild.extract.features import Features
from kgbuild.extract.mention_types import is_storm
from kgbuild.extract.person_chains import is_single, link_persons
from kgbuild.extract.word_lists import lemmas
from kgbuild.names import (
    abbreviates,
    is_acronym,
    person_words,
    sound,
    without_legal_form,
    words,
)

_PARTY_ENDINGS = frozenset({"party"})
_OCEANS = frozenset({"ocean", "sea"})


def link_names(chains: Chains) -> None:
    """Joins the names of an article, the safest comparisons first."""
    names = [f for f in chains.features if f.is_name]
    _link_equal(chains, names)
    _link_known(chains, names)
    _link_acronyms(chains, names)
    _link_spellings(chains, names)
    link_persons(chains, names)
    _link_short_forms(chains, names)
    _link_nouns(chains, names)


def _key(f: Features) -> tuple[str, ...]:
    return person_words(f.name) if f.type == "Person" else words(f.name)


def _link_equal(chains: Chains, names: list[Features]) -> None:
    first: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for f in names:
        key = _key(f)
        if is_single(f):
            continue
        for i in first[key]:
            other = chains.features[i]
            if (
                _is_surname_beside_place(f, other)
                or _is_city_beside_state(f, other)
                or not chains.join(i, f.index, naming=True)
            ):
                continue
            break
        else:
            first[key].append(f.index)


def _is_surname_beside_place(f: Features, other: Features) -> bool:
    """ "England" the professor and England the country: equal words, certain and different types."""
    return {BROAD[f.type], BROAD[other.type]} in ({"person", "place"}, {"person", "organization"}, {"person", "event"})


def _is_city_beside_state(f: Features, other: Features) -> bool:
    """ "Moscow" that denies and "Moscow" that people fly to."""
    return (f.type == "Country") != (other.type == "Country") and gazetteer.governed_from(f.name) is not None


def _link_known(chains: Chains, names: list[Features]) -> None:
    """Names that the gazetteer gives to one and the same thing: US and the United States."""
    first: dict[str, int] = {}
    for f in names:
        if f.type == "Person":
            continue
        known = [e for e in gazetteer.named(f.name) if e.type != "Person"]
        entries = [e for e in known if f.type != "Country" or e.type == "Country"]
        if len(entries) == 1:
            i = first.setdefault(entries[0].id, f.index)
            if i != f.index:
                chains.join(i, f.index, naming=True)
    for f in names:
        country = gazetteer.demonym(f.name) or gazetteer.governed_from(f.name) if f.type == "Country" else None
        if country is not None:
            i = first.setdefault(country.id, f.index)
            if i != f.index:
                chains.join(i, f.index, naming=True)


def _link_acronyms(chains: Chains, names: list[Features]) -> None:
    """ "International Paralympic Committee (IPC)" and "IPC": by their letters, where only one name fits."""
    short = [f for f in names if is_acronym(f.name) and f.type != "Person"]
    full = [f for f in names if len(words(f.name)) > 1 and f.type != "Person"]
    for f in short:
        fitting = {chains._at[g.index]: g for g in full if abbreviates(f.name, g.name)}
        if len(fitting) == 1:
            chains.join(f.index, fitting.popitem()[1].index, naming=True)


SOUND_LENGTH = 6
"""Letters from which names of places and bodies that sound alike are one: Beit Liqya and Beit Likya."""


def _link_spellings(chains: Chains, names: list[Features]) -> None:
    first: dict[tuple[str, ...], int] = {}
    for f in names:
        sounds = tuple(sound(w) for w in words(f.name))
        if f.type in ("Person", "Country") or sum(map(len, sounds)) < SOUND_LENGTH or is_acronym(f.name):
            continue
        i = first.setdefault(sounds, f.index)
        if i != f.index:
            chains.join(i, f.index, naming=True)


def _link_short_forms(chains: Chains, names: list[Features]) -> None:
    """What a name goes on with, left out, where one name fits: "Labour" for "Labour Party", "the Atlantic" for
    "the Atlantic Ocean"."""
    longer: dict[tuple[str, ...], dict[int, Features]] = defaultdict(dict)
    for f in names:
        if f.type == "Person":
            continue
        key = words(f.name)
        for short in {without_legal_form(key), key[:-1] if key[-1] in _PARTY_ENDINGS | _OCEANS else key}:
            if is_storm(f.name):  # "Phanfone"
                short = key[-1:]
            if short and short != key:
                longer[short].setdefault(chains.of(f.index).members[0], f)
    for f in names:
        fitting = longer.get(words(f.name), {})
        if len(fitting) == 1 and f.type != "Person":
            other = next(iter(fitting.values()))
            if words(other.name)[-1] in _PARTY_ENDINGS and BROAD[f.type] == "place":
                continue
            chains.join(other.index, f.index, naming=True)


def _link_nouns(chains: Chains, names: list[Features]) -> None:
    """A noun for bodies or events written like a name, to the only name that has it: "the Games", "the Court"."""
    nouns = lemmas("organizations.nouns") | lemmas("organizations.government") | lemmas("things.event")
    fuller: dict[str, dict[int, Features]] = defaultdict(dict)
    for f in names:
        key = words(f.name)
        if len(key) > 1 and f.type != "Person":
            for word in {key[-1], key[0] if key[1] == "of" else key[-1]}:
                fuller[word].setdefault(chains.of(f.index).members[0], f)
    for f in names:
        key = words(f.name)
        if len(key) == 1 and f.type != "Person" and {f.lemma, key[0]} & nouns and len(fuller[key[0]]) == 1:
            chains.join(next(iter(fuller[key[0]].values())).index, f.index, naming=True)
