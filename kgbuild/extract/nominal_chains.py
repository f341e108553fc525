"""Chains of descriptions: appositions, copulas, "the company", "the president", a noun said again."""

from __future__ import annotations

from kgbuild.extract.chains import BROAD, Chains
from kgbuild.extract.features import DEFINITE, POSSESSIVE, Features
from kgbuild.extract.noun_phrases import relative_antecedent
from kgbuild.extract.word_lists import lemmas

NEAR = 3
"""Sentences back to which "the company" may reach for a name; further back several things have been spoken of."""
AGAIN = 12
"""Sentences back to which a noun said again with "the" reaches."""
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
    if BROAD[one.type] and BROAD[other.type] and BROAD[one.type] != BROAD[other.type]:
        return {BROAD[one.type], BROAD[other.type]} <= {"organization", "group"}
    return True


def _in_brackets(chains: Chains, f: Features) -> bool:
    start = f.phrase.start
    return start > 0 and chains.tree.texts[start - 1] in ("(", "[")


def _link_copula(chains: Chains, f: Features) -> None:
    """"Scholz is the chancellor": present, affirmed, not modal."""
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
    """Finds the antecedent of a definite description; a chain of its own where none is clear."""
    if f.determiner in _NEW or f.modifiers & {"another", "other"}:
        return
    if f.determiner in DEFINITE or f.determiner in POSSESSIVE or f.determiner == "'s" or _is_bare_collective(f):
        if _link_same_noun(chains, f):
            return
    if f.determiner in ("the", "this", "that"):
        _ = _link_role(chains, f) or _link_hypernym(chains, f)


def _is_bare_collective(f: Features) -> bool:
    return not f.determiner and not f.modifiers and f.lemma in ("police", "prosecution", "prosecutor", "parliament")


def _link_same_noun(chains: Chains, f: Features) -> bool:
    """"the device" after "a device": same noun, and the later one says nothing that the earlier did not."""
    for i in chains.before(f.index, AGAIN):
        other = chains.features[i]
        if other.is_name or other.is_pronoun or other.lemma != f.lemma or chains.same(i, f.index):
            continue
        if other.plural is not f.plural:
            continue
        if not _says_no_more(f, other) or _contrasts(f, other):
            continue
        if f.determiner in POSSESSIVE and f.determiner != other.determiner:
            continue
        if chains.join(i, f.index):
            return True
    return False


def _says_no_more(f: Features, other: Features) -> bool:
    if f.modifiers <= other.modifiers:
        return True
    return False


def _contrasts(f: Features, other: Features) -> bool:
    contrast = lemmas("contrast.words")
    return bool((f.modifiers ^ other.modifiers) & contrast) or _counts(f) != _counts(other)


def _counts(f: Features) -> frozenset[str]:
    return frozenset(m for m in f.modifiers if m[:1].isdigit() or m in ("one", "two", "three", "four", "five", "six", "seven"))


def _link_role(chains: Chains, f: Features) -> bool:
    """"the chancellor": the one person of the article so far who was called that."""
    if f.type != "Person" or f.plural:
        return False
    fitting: dict[int, int] = {}
    for i in chains.before(f.index, 10**6):
        chain = chains.of(i)
        if not chain.names or f.lemma not in chain.roles or chains.same(i, f.index):
            continue
        described = chain.roles[f.lemma]
        if f.modifiers and not f.modifiers <= described:
            continue
        if chains.may_join(i, f.index):
            fitting.setdefault(chain.members[0], i)
    if len(fitting) == 1:
        return chains.join(next(iter(fitting.values())), f.index)
    return False


_HYPERNYMS = (
    ("organizations.business", ("Organization", "MediaOrganization")),
    ("places.country", ("Country",)),
    ("places.city", ("City",)),
)


def _link_hypernym(chains: Chains, f: Features) -> bool:
    """"the company", "the country", "the city": the one name of that kind that was just spoken of."""
    if f.plural or f.modifiers:
        return False
    for list_name, types in _HYPERNYMS:
        if f.lemma not in lemmas(list_name) or (f.lemma in ("capital", "state")):
            continue
        for reach in range(NEAR + 1):
            fitting = _named_within(chains, f, types, reach)
            if len(fitting) == 1:
                return chains.join(next(iter(fitting.values())), f.index)
            if len(fitting) > 1:
                return False
    return False


def _named_within(chains: Chains, f: Features, types: tuple[str, ...], reach: int) -> dict[int, int]:
    fitting: dict[int, int] = {}
    for i in chains.before(f.index, reach):
        other = chains.features[i]
        chain = chains.of(i)
        if chain.names and other.type in types and chain.types & set(types) and chains.may_join(i, f.index):
            fitting.setdefault(chain.members[0], i)
    return fitting
