"""Antecedents of third-person pronouns, by agreement, syntax, recency and salience."""

from __future__ import annotations

from kgbuild.extract.chains import BROAD, Chains, is_speech
from kgbuild.extract.features import Features
from kgbuild.extract.word_lists import lemmas

REACH = 3
"""Sentences back to which a pronoun may reach."""
MARGIN = 0.5
"""By how much the best antecedent must beat the second, in points of `_salience`, to be taken."""


def link_pronoun(chains: Chains, f: Features) -> None:
    """Joins a third-person pronoun to its clearest antecedent, if there is one."""
    word = f.lemma
    if not any(word in lemmas(f"pronouns.{name}") for name in ("masculine", "feminine", "neuter", "plural")):
        return
    if len(chains.of(f.index).members) > 1:
        return
    best: dict[int, tuple[float, int]] = {}
    for i in chains.before(f.index, REACH):
        other = chains.features[i]
        if not _agrees(chains, f, other) or not _is_free(chains, f, other):
            continue
        chain = chains.of(i)
        score = _salience(chains, f, other)
        key = chain.members[0]
        if key not in best or score > best[key][0]:
            best[key] = (score, i)
    ranked = sorted(best.values(), key=lambda b: (-b[0], -b[1]))
    for rank, (score, i) in enumerate(ranked[:3]):
        if rank + 1 < len(ranked) and score - ranked[rank + 1][0] < MARGIN:
            return
        if chains.join(i, f.index):
            return


def _agrees(chains: Chains, f: Features, other: Features) -> bool:
    if other.lemma in lemmas("pronouns.speech") and other.is_pronoun:
        return False
    if other.is_pronoun and other.lemma in ("this", "that", "these", "those", "who", "which", "whose", "whom"):
        if len(chains.of(other.index).members) == 1:
            return False
    chain = chains.of(other.index)
    kinds = {BROAD[t] for t in chain.types} - {""}
    if f.gender in ("m", "f"):
        return ("person" in kinds or (other.is_pronoun and other.gender == f.gender)) and f.gender in (
            chain.genders or {f.gender}
        )
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
    tree = chains.tree
    head = f.phrase.head
    possessive = tree.deps[head] == "nmod:poss"
    if f.lemma in lemmas("pronouns.reflexive"):
        return f.sentence == other.sentence and f.governor == other.governor
    if not possessive and f.governor == other.governor and f.sentence == other.sentence:
        return False
    if possessive and (other.phrase.head == tree.heads[head] or _inside(tree.heads, head, other.phrase.head)):
        return False
    if other.phrase.full_start <= f.phrase.head < other.phrase.full_end and not possessive:
        return False
    if f.quote and not other.quote and is_speech(tree, other.governor) and other.rank == 0:
        return abs(f.sentence - other.sentence) > 1
    return True


def _inside(heads: list[int], at: int, outer: int) -> bool:
    for _ in range(4):
        if at == outer:
            return True
        if heads[at] == at:
            return False
        at = heads[at]
    return False


def _salience(chains: Chains, f: Features, other: Features) -> float:
    distance = f.sentence - other.sentence
    score = 4.0 - 1.5 * distance
    score += (1.5, 0.5, 0.0)[other.rank]
    score += 0.5 if other.is_name else 0.0
    score += 0.5 if f.rank == other.rank else 0.0
    score += 0.25 * min(len(chains.of(other.index).members) - 1, 4)
    if other.is_pronoun and other.gender == f.gender and other.plural == f.plural:
        score += 1.0
    if f.quote and other.quote == f.quote:
        score += 0.5
    return score
