"""Chains of proper names: the same name, parts of it, acronyms, spelling variants."""

from __future__ import annotations

from collections import defaultdict

from kgbuild import gazetteer
from kgbuild.extract.chains import BROAD, Chains
from kgbuild.extract.features import Features
from kgbuild.names import (
    abbreviates,
    is_acronym,
    is_part_of_person,
    person_words,
    same_person,
    same_word,
    sound,
    without_legal_form,
    words,
)

_PARTY_ENDINGS = frozenset("party movement union alliance government administration".split())
_OCEANS = frozenset("ocean sea".split())


def link_names(chains: Chains) -> None:
    """Joins the names of an article, the safest comparisons first."""
    names = [f for f in chains.features if f.is_name]
    _link_equal(chains, names)
    _link_known(chains, names)
    _link_acronyms(chains, names)
    _link_spellings(chains, names)
    _link_full_persons(chains, names)
    _link_parts_of_persons(chains, names)
    _link_short_forms(chains, names)


def _key(f: Features) -> tuple[str, ...]:
    return person_words(f.name) if f.type == "Person" else words(f.name)


def _link_equal(chains: Chains, names: list[Features]) -> None:
    first: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for f in names:
        key = _key(f)
        for i in first[key]:
            other = chains.features[i]
            if _is_surname_beside_place(f, other) or not chains.join(i, f.index, naming=True):
                continue
            break
        else:
            first[key].append(f.index)


def _is_surname_beside_place(f: Features, other: Features) -> bool:
    """"England" the professor and England the country: equal words, certain and different types."""
    return {BROAD[f.type], BROAD[other.type]} in ({"person", "place"}, {"person", "organization"}, {"person", "event"})


def _link_known(chains: Chains, names: list[Features]) -> None:
    """Names that the gazetteer gives to one and the same thing: US and the United States."""
    first: dict[str, int] = {}
    for f in names:
        if f.type == "Person":
            continue
        entries = [e for e in gazetteer.named(f.name) if e.type != "Person" and (f.type != "Country" or e.type == "Country")]
        if len(entries) == 1:
            i = first.setdefault(entries[0].id, f.index)
            if i != f.index:
                chains.join(i, f.index, naming=True)
    for f in names:
        country = gazetteer.demonym(f.name) if f.type == "Country" else None
        if country is not None:
            i = first.setdefault(country.id, f.index)
            if i != f.index:
                chains.join(i, f.index, naming=True)


def _link_acronyms(chains: Chains, names: list[Features]) -> None:
    """"International Paralympic Committee (IPC)" and "IPC": by their letters, where only one name fits."""
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


def _link_full_persons(chains: Chains, names: list[Features]) -> None:
    """Full names of persons that are spellings of one, compared within groups that share a family name's beginning."""
    groups: dict[str, list[Features]] = defaultdict(list)
    seen: set[str] = set()
    for f in names:
        if f.type == "Person" and len(_key(f)) > 1 and f.name not in seen:
            seen.add(f.name)
            groups[_key(f)[-1][:1]].append(f)
    for group in groups.values():
        for at, f in enumerate(group):
            for other in group[:at]:
                if not chains.same(f.index, other.index) and same_person(f.name, other.name):
                    chains.join(other.index, f.index, naming=True)


def _link_parts_of_persons(chains: Chains, names: list[Features]) -> None:
    """Surnames, then given names alone, that fit exactly one full name of the article."""
    full: dict[int, Features] = {}
    for f in names:
        if f.type == "Person" and len(_key(f)) > 1:
            full.setdefault(chains.of(f.index).members[0], f)
    for surname_only in (True, False):
        for f in names:
            if len(_key(f)) > 1 or (f.type not in ("Person", "Thing") and f.phrase.name_label != "PERSON"):
                continue
            _link_part(chains, f, list(full.values()), surname_only)


def _link_part(chains: Chains, f: Features, full: list[Features], surname_only: bool) -> None:
    part = _key(f)
    if any(len(person_words(n)) > 1 for n in chains.of(f.index).names):
        return
    if surname_only:
        fitting = [g for g in full if same_word(part[-1], _key(g)[-1]) and chains.may_join(f.index, g.index, naming=True)]
    else:
        fitting = [g for g in full if is_part_of_person(f.name, g.name) and chains.may_join(f.index, g.index, naming=True)]
        if not fitting:
            fitting = [
                g
                for g in full
                if same_word(part[-1], _key(g)[-1], misspelt=True) and chains.may_join(f.index, g.index, naming=True)
            ]
    if len({chains.of(g.index).members[0] for g in fitting}) == 1:
        chains.join(fitting[0].index, f.index, naming=True)


def _link_short_forms(chains: Chains, names: list[Features]) -> None:
    """"Labour" for "Labour Party", "Gazprom" for "Gazprom PJSC", "the Atlantic" for "the Atlantic Ocean": where one fits."""
    longer: dict[tuple[str, ...], dict[int, Features]] = defaultdict(dict)
    for f in names:
        if f.type == "Person":
            continue
        key = words(f.name)
        for short in {without_legal_form(key), key[:-1] if key[-1] in _PARTY_ENDINGS | _OCEANS else key}:
            if short and short != key:
                longer[short].setdefault(chains.of(f.index).members[0], f)
    for f in names:
        fitting = longer.get(words(f.name), {})
        if len(fitting) == 1 and f.type != "Person":
            other = next(iter(fitting.values()))
            if words(other.name)[-1] in _PARTY_ENDINGS and BROAD[f.type] == "place":
                continue
            chains.join(other.index, f.index, naming=True)
