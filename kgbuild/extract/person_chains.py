"""Chains of persons' names: spellings of a full name, and family or given names alone."""

from __future__ import annotations

from collections import defaultdict

from kgbuild.extract.chains import Chains
from kgbuild.extract.features import Features
from kgbuild.names import is_family_only, person_words, same_family, same_person, same_word

LEAD = 1
"""Sentences after the first in which an article introduces the person that its bare family names mean."""


def is_single(f: Features) -> bool:
    """Whether a name is one word that may be a person's family or given name."""
    return is_family_only(f.name) and (f.type == "Person" or (f.type == "Thing" and f.phrase.name_label == "PERSON"))


def link_persons(chains: Chains, names: list[Features]) -> None:
    """Joins the names of persons: full ones, then single words to the full name they stand for, then leftovers."""
    full = [f for f in names if f.type == "Person" and not is_single(f)]
    _link_full(chains, full)
    single = [f for f in names if is_single(f)]
    by_surname: dict[str, list[Features]] = defaultdict(list)
    for f in full:
        by_surname[person_words(f.name)[-1][:1]].append(f)
    for f in single:
        _link_surname(chains, f, by_surname[person_words(f.name)[-1][:1]])
    for f in single:
        if _is_alone(chains, f):
            _link_given_or_misspelt(chains, f, full)
    first: dict[str, int] = {}
    for f in single:
        if _is_alone(chains, f):
            i = first.setdefault(" ".join(person_words(f.name)), f.index)
            chains.join(i, f.index, naming=True)


def _link_full(chains: Chains, full: list[Features]) -> None:
    groups: dict[str, list[Features]] = defaultdict(list)
    for f in full:
        group = groups[person_words(f.name)[-1][:1]]
        for other in group:
            if same_person(f.name, other.name) and chains.join(other.index, f.index, naming=True):
                break
        else:
            group.append(f)


def _is_alone(chains: Chains, f: Features) -> bool:
    return all(is_family_only(n) for n in chains.of(f.index).names)


def _link_surname(chains: Chains, f: Features, full: list[Features]) -> None:
    """Joins a family name to the bearer that the reader thinks of.

    That is the only one introduced so far; of several, the one who was called by the family name before, or else the
    one whom the article introduces in its lead, ahead of the others. Before anybody is introduced, the only one at all.
    """
    bearers: dict[int, Features] = {}
    for g in full:
        if same_family(f.name, g.name) and chains.may_join(f.index, g.index, naming=True):
            bearers.setdefault(chains.of(g.index).members[0], g)
    introduced = [g for g in bearers.values() if g.index < f.index]
    if len(introduced) > 1:
        called = [g for g in introduced if _is_called(chains, g, f)]
        introduced = called or introduced[:1] * _leads(introduced)
    elif not introduced:
        introduced = list(bearers.values())
    if len(introduced) == 1:
        chains.join(introduced[0].index, f.index, naming=True)


def _is_called(chains: Chains, bearer: Features, f: Features) -> bool:
    members = chains.of(bearer.index).members
    return any(i < f.index and chains.features[i].is_name and is_single(chains.features[i]) for i in members)


def _leads(introduced: list[Features]) -> bool:
    return introduced[0].sentence <= LEAD and introduced[1].sentence > introduced[0].sentence


def _link_given_or_misspelt(chains: Chains, f: Features, full: list[Features]) -> None:
    """Joins a given name, or a family name with a slip of the pen, to the only full name it fits."""
    free = [g for g in full if chains.may_join(f.index, g.index, naming=True)]
    for fitting in (
        [g for g in free if same_word(person_words(f.name)[0], person_words(g.name)[0])],
        [g for g in free if same_family(f.name, g.name, misspelt=True)],
    ):
        if len({chains.of(g.index).members[0] for g in fitting}) == 1:
            chains.join(fitting[0].index, f.index, naming=True)
            return
