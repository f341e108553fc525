"""Antecedents of third-person pronouns: what agrees and is free by syntax, ranked by weighted signs of salience."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kgbuild.extract.chains import BROAD, Chain, Chains, is_speech
from kgbuild.extract.features import Features
from kgbuild.extract.word_lists import lemmas

REACH = 3
"""Sentences back to which a pronoun may reach."""
WEIGHTS = Path(__file__).parent / "cues" / "pronoun_weights.toml"

_POINTING = frozenset("this that these those who which whose whom".split())
_THIRD_PERSON = ("masculine", "feminine", "neuter", "plural")


def link_pronoun(chains: Chains, f: Features) -> None:
    """Joins a third-person pronoun to its clearest antecedent, if there is one."""
    if not any(f.lemma in lemmas(f"pronouns.{name}") for name in _THIRD_PERSON) or len(chains.of(f.index).members) > 1:
        return
    weights = _weights(f)
    ranked = sorted(((score(signs, weights), -i) for i, signs in candidates(chains, f)), reverse=True)
    if not ranked or ranked[0][0] < weights["none"]:
        return
    if len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= weights["margin"]:
        chains.join(-ranked[0][1], f.index)


@lru_cache(maxsize=1)
def _read_weights() -> dict[str, dict[str, float]]:
    with WEIGHTS.open("rb") as file:
        return tomllib.load(file)


def _weights(f: Features) -> Mapping[str, float]:
    kind = "neuter" if f.gender == "n" else "person" if f.gender else "plural"
    return _read_weights()[kind]


def score(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Log odds, up to a constant, of an antecedent with such signs."""
    return sum(weights.get(name, 0.0) * value for name, value in signs.items())


def candidates(chains: Chains, f: Features) -> list[tuple[int, dict[str, float]]]:
    """For each chain that the pronoun may belong to, its nearest phrase and its signs of salience."""
    found: dict[int, int] = {}
    excluded: set[int] = set()
    for i in chains.before(f.index, REACH):
        other = chains.features[i]
        key = chains.of(i).members[0]
        if not _is_free(chains, f, other):
            excluded.add(key)
        if key not in found and _agrees(chains, f, other) and chains.may_join(i, f.index):
            found[key] = i
    return [(i, _signs(chains, f, chains.features[i])) for key, i in found.items() if key not in excluded]


def _agrees(chains: Chains, f: Features, other: Features) -> bool:
    if other.is_pronoun and other.lemma in lemmas("pronouns.speech"):
        return False
    chain = chains.of(other.index)
    if other.is_pronoun and other.lemma in _POINTING and len(chain.members) == 1:
        return False
    kinds = {BROAD[t] for t in chain.types} - {""}
    if f.gender in ("m", "f"):
        return "person" in kinds or (other.is_pronoun and other.gender == f.gender)
    if f.gender == "n":
        if kinds & {"person", "group"} or True in chain.numbers:
            return False
        return bool(kinds) or other.is_pronoun or other.rank < 2
    if True in chain.numbers:
        return True
    if False in chain.numbers or kinds & {"person", "place"}:
        return False
    return "organization" in kinds or (other.is_pronoun and other.plural is True)


def _is_free(chains: Chains, f: Features, other: Features) -> bool:
    """Binding: no argument of a predicate is a plain pronoun for another argument of the same predicate."""
    tree, head = chains.tree, f.phrase.head
    possessive = tree.deps[head] == "nmod:poss"
    if f.lemma in lemmas("pronouns.reflexive"):
        return f.sentence == other.sentence and f.governor == other.governor
    if f.sentence != other.sentence:
        return not (f.quote and not other.quote and _speaks(chains, other) and f.sentence - other.sentence == 1)
    if not possessive and f.governor == other.governor:
        return False
    if possessive and (other.phrase.head == tree.heads[head] or _inside(tree.heads, head, other.phrase.head)):
        return False
    if not possessive and other.phrase.full_start <= head < other.phrase.full_end:
        return False
    return not (f.quote and not other.quote and _speaks(chains, other))


def _speaks(chains: Chains, other: Features) -> bool:
    return other.rank == 0 and is_speech(chains.tree, other.governor)


def _inside(heads: list[int], at: int, outer: int) -> bool:
    for _ in range(4):
        if at == outer:
            return True
        if heads[at] == at:
            return False
        at = heads[at]
    return False


def _signs(chains: Chains, f: Features, other: Features) -> dict[str, float]:
    chain = chains.of(other.index)
    distance = f.sentence - other.sentence
    possessive = chains.tree.deps[f.phrase.head] == "nmod:poss"
    n_before = sum(1 for i in chain.members if i < f.index)
    n_near = sum(1 for i in chain.members if i < f.index and f.sentence - chains.features[i].sentence <= 1)
    nested = chains.tree.deps[other.phrase.head].startswith("nmod")
    signs = {
        f"sentence {min(distance, 3)}": 1.0,
        "words between": math.log1p(f.phrase.head - other.phrase.head),
        "phrases of the chain": math.log1p(n_before),
        "phrases nearby": math.log1p(n_near),
        "subject": float(other.rank == 0),
        "object": float(other.rank == 1),
        "within a phrase": float(nested),
        "possessor": float(chains.tree.deps[other.phrase.head] == "nmod:poss"),
        "name": float(other.is_name),
        "has a name": float(bool(chain.names)),
        "pronoun": float(other.is_pronoun),
        "same rank": float(f.rank == other.rank),
        "owner and subject of one clause": float(
            possessive and _clause(chains, f) == other.governor and other.rank == 0
        ),
        "known gender": float(bool(chain.genders - {"n"})),
        "same quotation": float(bool(f.quote) and f.quote == other.quote),
        "both outside quotations": float(not f.quote and not other.quote),
        "opens its sentence": float(_opens(chains, other)),
        "first of its article": float(_is_first(chains, chain)),
        "governs": float(distance == 0 and _inside(chains.tree.heads, f.phrase.head, other.governor)),
        "subject, for a subject": float(f.rank == 0 and other.rank == 0),
        "subject before": float(f.rank == 0 and other.rank == 0 and distance == 1),
        f"type {BROAD[other.type] or 'thing'}": float(not other.is_pronoun),
        "indefinite": float(other.determiner in ("a", "an") and len(chain.members) == 1),
    }
    return {name: value for name, value in signs.items() if value}


def _clause(chains: Chains, f: Features) -> int:
    """The predicate that the phrase around a possessive depends on."""
    owned = chains.tree.heads[f.phrase.head]
    return chains.tree.heads[owned]


def _opens(chains: Chains, other: Features) -> bool:
    i = other.index
    return i == 0 or chains.features[i - 1].sentence != other.sentence


def _is_first(chains: Chains, chain: Chain) -> bool:
    return chain.members[0] <= 2
