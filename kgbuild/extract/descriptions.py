"""Definite descriptions of what has a name: "the chancellor", "the court", "the company", "the bloc"."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kgbuild import gazetteer
from kgbuild.extract.chains import BROAD, Chain, Chains
from kgbuild.extract.features import Features
from kgbuild.extract.word_lists import lemmas
from kgbuild.names import words

Fits = Callable[[Chain, Features], bool]
NEAR = 3
"""Sentences back to which "the company" may reach for a name; further back several things have been spoken of."""


def link_role(chains: Chains, f: Features) -> bool:
    """ "the chancellor": the one person so far who was called that, or is known to hold that office."""
    if f.type != "Person" or f.plural:
        return False
    said = {_country(m) for m in f.modifiers} - lemmas("contrast.generic")

    def fits(chain: Chain, other: Features) -> bool:
        described = chain.roles.get(f.lemma)
        return described is not None and said <= {_country(d) for d in described}

    return _link_only(chains, f, None, fits)


def _country(lemma: str) -> str:
    """A demonym or country name as its country, so that "Russian" and "of Russia" agree; other words as they are."""
    entry = gazetteer.demonym(lemma.capitalize()) or gazetteer.country(lemma.capitalize())
    return entry.id if entry else lemma


def link_named_head(chains: Chains, f: Features) -> bool:
    """ "the court" after "the Supreme Court": the last name of its kind, if it ends or begins with the noun."""
    if f.plural or f.type == "Person":
        return False
    for i in chains.names_before(f.index):
        other, chain = chains.features[i], chains.of(i)
        if BROAD[other.type] in ("person", "group"):
            continue
        if any(_is_named_after(name, f) for name in chain.names):
            return chains.join(i, f.index)
        if BROAD[other.type] == BROAD[f.type] != "place":
            return False
    return False


def _is_named_after(name: str, f: Features) -> bool:
    found = words(name)
    nouns = (found[-1], found[0]) if found[1:2] == ("of",) else found[-1:]
    return len(found) > 1 and f.lemma in nouns and f.modifiers <= set(found)


_HYPERNYMS = (
    ("organizations.business", frozenset({"Organization", "MediaOrganization"})),
    ("organizations.clubs", frozenset({"Organization"})),
    ("places.country", frozenset({"Country"})),
    ("places.city", frozenset({"City"})),
)


def link_hypernym(chains: Chains, f: Features) -> bool:
    """ "the company", "the country", "the city": the one name of that kind that was just spoken of."""
    if f.plural or f.modifiers:
        return False
    known = {name for name in ("bloc", "alliance") if f.lemma in lemmas(f"organizations.{name}")}
    if known:
        names = lemmas(f"organizations.{known.pop()}_names")
        return _link_only(chains, f, None, lambda chain, _: any("_".join(words(n)) in names for n in chain.names))
    for list_name, types in _HYPERNYMS:
        if f.lemma in lemmas(list_name) and f.lemma not in ("capital", "state"):
            return _link_nearest(chains, f, partial(_is_of, types=types, noun=f.lemma))
    return False


def _link_nearest(chains: Chains, f: Features, fits: Fits) -> bool:
    """Joins a phrase to the only chain that fits in the nearest sentence where any does.

    Of several bodies in an earlier sentence the only one that is a subject there is meant.
    """
    for reach in range(NEAR + 1):
        found = _candidates(chains, f, reach, fits)
        if len(found) > 1 and reach and BROAD[f.type] == "organization":
            found = {key: i for key, i in found.items() if _is_subject(chains, i, f.sentence - reach)}
        if found:
            return len(found) == 1 and chains.join(next(iter(found.values())), f.index)
    return False


def _is_subject(chains: Chains, index: int, sentence: int) -> bool:
    """Whether a chain has a subject in a sentence."""
    members = (chains.features[i] for i in chains.of(index).members)
    return any(m.sentence == sentence and m.rank == 0 and not m.is_pronoun for m in members)


def _is_of(chain: Chain, other: Features, types: frozenset[str], noun: str) -> bool:
    """Whether a named chain is of one of the types and its name does not say that it is something else."""
    if not (chain.names and other.type in types and chain.types & types):
        return False
    others = lemmas("organizations.nouns") - lemmas("organizations.business") - {noun}
    return "Organization" not in types or not any(set(words(name)) & others for name in chain.names)


def _candidates(chains: Chains, f: Features, reach: int | None, fits: Fits) -> dict[int, int]:
    found: dict[int, int] = {}
    for i in chains.names_before(f.index) if reach is None else chains.before(f.index, reach):
        chain = chains.of(i)
        if chain.names and fits(chain, chains.features[i]):
            found.setdefault(chain.members[0], i)
    return found


def _link_only(chains: Chains, f: Features, reach: int | None, fits: Fits) -> bool:
    """Joins a phrase to the one named chain that fits within ``reach`` sentences; None is all so far."""
    found = _candidates(chains, f, reach, fits)
    return len(found) == 1 and chains.join(next(iter(found.values())), f.index)
