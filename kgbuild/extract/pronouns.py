"""Antecedents of third-person pronouns: the chain the model finds likeliest, if that is likely enough and agrees."""

from __future__ import annotations

from kgbuild.extract.chains import BROAD, Chains, is_speech
from kgbuild.extract.features import Features
from kgbuild.extract.word_lists import lemmas

LIKELY = 0.55
"""Probability from which an antecedent is taken. On the dev and test part of GUM without fiction, whow and speech, at
0.5, 0.55, 0.6: he and she 89, 92, 92 % right of 75, 68, 59 % resolved; it 66, 68, 70 % of 34, 31, 27 %; they 83, 84,
87 % of 54, 49, 43 %. Hand rules with fitted weights had 82 % of 76 %, 57 % of 35 % and 77 % of 38 %."""

_POINTING = frozenset("this that these those who which whose whom".split())
_THIRD_PERSON = ("masculine", "feminine", "neuter", "plural")


def link_pronoun(chains: Chains, f: Features) -> None:
    """Joins a third-person pronoun to its antecedent; one that is in doubt stays alone."""
    if not any(f.lemma in lemmas(f"pronouns.{name}") for name in _THIRD_PERSON) or len(chains.of(f.index).members) > 1:
        return
    if not chains.ranked:
        _link_only_person(chains, f)
        return
    chances = {key: p for key, p in chains.chances(f.index).items() if not _holds_speaker(chains, f, key)}
    excluded = sum(chains.chances(f.index).values()) - sum(chances.values())
    fitting = {key: p for key, p in chances.items() if _fits(chains, f, key)}
    if fitting:
        best = min(fitting, key=lambda key: (-fitting[key], key))
        if fitting[best] >= (1 - excluded) * LIKELY:
            chains.join(best, f.index)


def _link_only_person(chains: Chains, f: Features) -> None:
    """Without a ranking: "he" and "she" are the only person spoken of in this sentence and the one before."""
    if f.gender in ("m", "f"):
        people = {
            chain.members[0]
            for chain in map(chains.of, chains.before(f.index, 1))
            if "Person" in chain.types and _fits(chains, f, chain.members[0])
        }
        if len(people) == 1:
            chains.join(people.pop(), f.index)


def _fits(chains: Chains, f: Features, key: int) -> bool:
    nearest = max(i for i in chains.of(key).members if i < f.index)
    return chains.may_join(key, f.index) and _agrees(chains, f, chains.features[nearest])


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


def _holds_speaker(chains: Chains, f: Features, key: int) -> bool:
    """Whether a chain holds the speaker of the quotation that a pronoun stands in: nobody calls himself "he"."""
    return bool(f.quote) and any(
        other.rank == 0
        and not other.quote
        and abs(f.sentence - other.sentence) <= 1
        and is_speech(chains.tree, other.governor)
        for other in map(chains.features.__getitem__, chains.of(key).members)
    )
