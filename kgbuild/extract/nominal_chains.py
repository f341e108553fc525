"""Chains of descriptions: appositions, copulas, "the company", "the president", a noun said again."""

from __future__ import annotations

from kgbuild.extract.chains import BROAD, Chains
from kgbuild.extract.descriptions import link_hypernym, link_named_head, link_role
from kgbuild.extract.features import DEFINITE, Features
from kgbuild.extract.noun_phrases import relative_antecedent
from kgbuild.extract.word_lists import lemmas

LIKELY = 0.7
"""Probability from which the model's antecedent is taken where no rule finds one: on the dev and test part of GUM
without fiction, whow and speech the rules find 25 % of the links between descriptions and names (75 % right), both
together 41 % (75 % right); from 0.6 on, descriptions of two persons were mixed in news."""

AGAIN = 12
"""Sentences back to which a noun said again with "the" reaches."""
_UNSETTLED = frozenset("another other any every each no".split())
_NEW = frozenset("a an another some other any every each no".split())


def link_syntax(chains: Chains) -> None:
    """Joins what the sentence itself equates: appositions, relative pronouns, "X is the president of Y"."""
    tree = chains.tree
    for f in chains.features:
        head = f.phrase.head
        if f.is_pronoun:
            antecedent = relative_antecedent(tree, f.phrase.core)
            target = chains.by_token.get(antecedent) if antecedent is not None else None
            if target is not None and target != f.index:
                chains.join(target, f.index)
            continue
        if tree.relation(head) == "appos":
            other = chains.by_token.get(tree.heads[head])
            if other is not None and _is_apposition(chains, chains.features[other], f):
                chains.join(other, f.index)
        elif f.is_name or f.determiner == "the":
            _link_copula(chains, f)


def _is_apposition(chains: Chains, one: Features, other: Features) -> bool:
    if one.is_name and other.is_name:
        return one.type != "Person" and BROAD[one.type] == BROAD[other.type] and _in_brackets(chains, other)
    if (one.is_name and _is_vague(other)) or (other.is_name and _is_vague(one)):
        return False
    if BROAD[one.type] and BROAD[other.type] and BROAD[one.type] != BROAD[other.type]:
        return {BROAD[one.type], BROAD[other.type]} <= {"organization", "group"}
    return True


def _is_vague(f: Features) -> bool:
    """Whether a description is of nothing that has a name of a person, place or body: "the latest news"."""
    return not f.is_name and f.type == "Thing" and f.phrase.label in ("abstract", "object", "event")


def _in_brackets(chains: Chains, f: Features) -> bool:
    start = f.phrase.start
    return start > 0 and chains.tree.texts[start - 1] in ("(", "[")


def _link_copula(chains: Chains, f: Features) -> None:
    """ "Scholz is the chancellor": present, affirmed, not modal."""
    tree, head = chains.tree, f.phrase.head
    below = tree.children[head]
    copulas = [c for c in below if tree.relation(c) == "cop"]
    if not copulas or tree.texts[copulas[0]].lower() not in ("is", "are", "'s", "’s"):
        return
    if any(tree.relation(c) in ("aux", "mark", "case") or tree.lemmas[c] in ("not", "never", "no") for c in below):
        return
    subjects = [c for c in below if tree.relation(c) == "nsubj"]
    target = chains.by_token.get(subjects[0]) if subjects else None
    if target is None:
        return
    subject = chains.features[target]
    if not subject.is_pronoun and BROAD[subject.type] == BROAD[f.type] != "":
        chains.join(target, f.index)


def link_nominal(chains: Chains, f: Features) -> None:
    """Finds the antecedent of a description, by rule or else by the model; a chain of its own where none is clear.

    What a copula tells of its subject is left to the rule for copulas, which sees negation and modality.
    """
    if f.determiner in ("a", "an") and _is_aged(f):
        _ = _link_same_noun(chains, f)
    if f.determiner in _NEW or f.modifiers & {"another", "other"}:
        return
    told = any(chains.tree.relation(c) == "cop" for c in chains.tree.children[f.phrase.head])
    if (f.restricted or not _link_by_rule(chains, f)) and not told:
        _link_likely(chains, f)


def _link_by_rule(chains: Chains, f: Features) -> bool:
    definite = f.determiner in DEFINITE or f.possessor is not None
    if (definite or _is_bare_collective(f)) and _link_same_noun(chains, f):
        return True
    if f.determiner in ("the", "this", "that") and f.possessor is None:
        return link_role(chains, f) or link_named_head(chains, f) or link_hypernym(chains, f)
    return False


def _link_likely(chains: Chains, f: Features) -> None:
    fitting = {key: p for key, p in chains.chances(f.index).items() if _may_continue(chains, f, key)}
    if fitting:
        best = min(fitting, key=lambda key: (-fitting[key], key))
        if fitting[best] >= LIKELY:
            chains.join(best, f.index)


def _may_continue(chains: Chains, f: Features, key: int) -> bool:
    """Whether nothing that the chain was called so far tells it from a description: "the second bus" is no "bus".

    An office of a named body or country is left to the rules, which compare the names.
    """
    if f.type == "Person" and chains.of(key).names and _holds_name(chains, f):
        return False
    called = [chains.features[i] for i in chains.of(key).members]
    return chains.may_join(key, f.index) and not any(
        (f.modifiers ^ other.modifiers) & lemmas("contrast.words") or f.counts ^ other.counts
        for other in called
        if not other.is_name and not other.is_pronoun
    )


def _holds_name(chains: Chains, f: Features) -> bool:
    inside = (chains.by_token.get(k) for k in range(f.phrase.start, f.phrase.end))
    return any(i is not None and i != f.index and chains.features[i].is_name for i in inside)


def _is_aged(f: Features) -> bool:
    """ "a 15-year-old pupil", told of twice in one article, is one person."""
    return f.type == "Person" and not f.plural and "old" in f.modifiers and any(m.isdigit() for m in f.modifiers)


def _is_bare_collective(f: Features) -> bool:
    return not f.determiner and not f.modifiers and f.noun in lemmas("organizations.bare")


def _link_same_noun(chains: Chains, f: Features) -> bool:
    """ "the device" after "a device": the same noun, of which the later phrase says nothing that the earlier did not.

    Where several things were called by that noun, only the one called by the very same words is meant.
    """
    fits: dict[int, tuple[int, int]] = {}  # chain → how well (2 same words, 1 says less, 0 says more), nearest phrase
    called = set()
    for i in chains.before(f.index, AGAIN):
        other = chains.features[i]
        if other.is_name or other.is_pronoun or other.noun != f.noun or other.plural is not f.plural:
            continue
        key = chains.of(i).members[0]
        called.add(key)
        fit = _fit(chains, f, other)
        if fit is not None and chains.may_join(i, f.index) and fit > fits.get(key, (-1, 0))[0]:
            fits[key] = (fit, i)
    ranked = sorted(fits.values(), key=lambda found: (-found[0], -found[1]))
    if not ranked:
        return False
    fit, i = ranked[0]
    if fit < 2 and len(called) > 1:
        return False
    return chains.join(i, f.index)


def _fit(chains: Chains, f: Features, other: Features) -> int | None:
    if f.possessor is not None and (other.possessor is None or not chains.same(f.possessor, other.possessor)):
        return None
    if (f.modifiers ^ other.modifiers) & lemmas("contrast.words") or f.counts - other.counts:
        return None
    if other.determiner in _UNSETTLED:
        return None
    if f.modifiers == other.modifiers:
        return 2
    if f.modifiers < other.modifiers:
        return 1
    concrete = f.type in ("Product", "Facility", "Person", "Place") and not f.plural
    return 0 if concrete and other.modifiers < f.modifiers and not other.modifiers else None
