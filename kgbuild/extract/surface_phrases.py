"""The words of phrases and verb groups as Open IE tools print them: runs of tokens, in the order of the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import EDGE
from kgbuild.extract.clauses import Clause, base, children, copulas, own_subtree
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.own_words import is_infinitive
from kgbuild.types import PredicateKind

if TYPE_CHECKING:
    from spacy.tokens import Token

LEFT = frozenset("det amod compound nummod nmod flat fixed goeswith advmod acl cc case".split())
RIGHT = frozenset("flat fixed compound nummod goeswith amod".split())
JOINING = frozenset(["-", "–", "‑", "/", "'", "’", '"', "“", "”", "`", "``", "''", "$", "#", "%", "\\"])
NEGATIONS = frozenset(["not", "n't", "n’t", "never", "longer"])


def spoken(tokens: Iterable[Token]) -> str:
    """The text of some words, with the spaces of the sentence where they stand side by side; without marks at the
    edges."""
    words = list(tokens)
    parts = []
    for token, following in zip_longest(words, words[1:]):
        parts.append(token.text)
        if following is not None and (token.whitespace_ or following.i != token.i + 1):
            parts.append(" ")
    return "".join(parts).strip()


def phrase(token: Token, *, of: bool = True, wide: bool = False) -> list[Token]:
    """A nominal with what stands before it and, if ``of``, the "of" phrases right behind it; if ``wide``, any
    prepositional phrases there. No clauses, appositions or conjuncts."""
    kept = {token.i}
    first_case = min((c.i for c in token.children if c.dep_ == "case" and c.i < token.i), default=-1)
    for child in token.children:
        relation = base(child.dep_)
        if child.i < token.i:
            if relation in LEFT and child.i > first_case and child.dep_ not in ("case", "acl:relcl", "cc"):
                kept.update(t.i for t in child.subtree)
        elif child.dep_ == "nmod:unmarked" and child.i <= max(kept) + 2:  # "$ 30 million a year"
            kept.update(t.i for t in phrase(child))
        elif relation in RIGHT and not any(base(t.dep_) in ("xcomp", "ccomp", "advcl") for t in child.subtree):
            kept.update(t.i for t in child.subtree)
        elif of and relation == "nmod":
            kept.update(behind(child, max(kept) + 1, wide=wide))
    doc = token.doc
    first = last = token.i
    while first > 0 and (first - 1 in kept or (doc[first - 1].text in JOINING and first - 2 in kept)):
        first -= 1
    while last + 1 < len(doc) and (last + 1 in kept or (doc[last + 1].text in JOINING and last + 2 in kept)):
        last += 1
    return trimmed([doc[i] for i in range(first, last + 1)])


def behind(modifier: Token, start: int, *, wide: bool) -> range:
    """The words of an "of" phrase with its conjuncts, or of any prepositional phrase if ``wide``, that begins at
    ``start``; none otherwise."""
    cases = children(modifier, "case")
    if not cases or cases[0].i != start or not (wide or [c.lower_ for c in cases] == ["of"]):
        return range(0)
    joined = [c for c in children(modifier, "conj") if c.pos_ in ("NOUN", "PROPN")]
    return range(start, max(phrase(t)[-1].i for t in [modifier, *joined]) + 1)


def trimmed(tokens: list[Token]) -> list[Token]:
    """Without punctuation at the edges."""
    while len(tokens) > 1 and all(c in EDGE or c == "`" for c in tokens[0].text):
        tokens = tokens[1:]
    while len(tokens) > 1 and all(c in EDGE or c == "`" for c in tokens[-1].text):
        tokens = tokens[:-1]
    return tokens


def whole(token: Token) -> list[Token]:
    """All words of a clause, without further clauses beside it that "that" joins."""
    end = min((c.left_edge.i for c in children(token, "conj") if marked_that(c)), default=token.right_edge.i + 1)
    return trimmed([t for t in own_subtree(token) if t.i < end and not (t.i == end - 1 and t.dep_ == "cc")])


def marked_that(clause: Token) -> bool:
    return any(mark.dep_ == "mark" and mark.lower_ == "that" for mark in clause.children)


def group(clause: Clause) -> list[Token]:
    """The verb group of a clause: auxiliaries, copula, negation, adverbs among them, verb and particles."""
    head = clause.head
    copular = clause.kind in (PredicateKind.COPULA, PredicateKind.ADJECTIVE) and bool(copulas(head))
    core = {t.i: t for t in [*clause.auxiliaries, *copulas(head)]}
    if not copular:
        core |= {t.i: t for t in clause.words}
    if not core:
        core = {t.i: t for t in clause.words}
    start, end = min(core), max(core)
    for child in children(head, "advmod"):
        if child.tag_ == "WRB" or child.lower_ in word_set("linking_adverbs") or child.lower_ == "no":
            continue
        inside = start < child.i < end or (child.i == head.i - 1 and not copular)
        negation = child.lower_ in NEGATIONS and child.i < head.i  # with "no" of "no longer"
        if negation or (inside and len(list(child.subtree)) == 1):
            core |= {t.i: t for t in child.subtree}
    if head.tag_ == "VB" and copulas(head):  # "are to pay"
        core |= {t.i: t for t in children(head, "mark") if t.lower_ == "to"}
    return [core[i] for i in sorted(core)]


def chain(clause: Clause) -> list[Token]:
    """The verb group with those of the verbs it completes or gives the purpose of: "continue to reside", "were said to
    have made", "sold the house to pay"."""
    own = group(clause)
    parent = clause.parent
    marks = [c for c in clause.head.children if c.dep_ == "mark" and c.lower_ == "to" and c not in own]
    if parent is not None and continues(clause):
        before = chain(parent)
        if parent.kind in (PredicateKind.ADJECTIVE, PredicateKind.COPULA) and parent.head not in before:
            before = [*before, parent.head]
        elif clause.head.head.i != parent.head.i:
            before = [*before, clause.head.head]
        objects = [d.token for d in parent.dependents if d.relation in ("object", "recipient")]
        return [*before, *(t for o in objects for t in phrase(o)), *marks, *own]
    if parent is not None and is_purpose(clause, parent):
        return [*chain(parent), *between(parent, clause), *marks, *own]
    if parent is not None and clause.link == "conj" and clause.shares_subject and is_infinitive(parent):
        before = [t for t in chain(parent) if t.i < group(parent)[0].i]  # "to retake the town and free prisoners"
        return [*before, *own] if clause.head.tag_ == "VB" else own
    return [*marks, *own] if is_infinitive(clause) else own


def is_purpose(clause: Clause, parent: Clause) -> bool:
    """Whether an infinitive behind a verb says what its subject acts for."""
    behind_verb = clause.link == "advcl" and clause.head.i > parent.head.i and clause.mark == "to"
    return behind_verb and is_infinitive(clause) and same_subject(clause, parent)


def between(parent: Clause, clause: Clause) -> list[Token]:
    """The first argument that stands between a verb and the infinitive of its purpose."""
    for d in parent.dependents:
        inside = parent.head.i < d.token.i < clause.head.i and d.token.dep_ != "conj"
        if inside and d.relation in ("object", "oblique", "attribute"):
            return [*marker_words(d.token, d.marker), *phrase(d.token)]
    return []


def continues(clause: Clause) -> bool:
    """Whether a clause completes the verb above it, or the adjective there, and has the same subject."""
    parent = clause.parent
    if parent is None or clause.link != "xcomp" or clause.anchor is None:
        return False
    anchor = clause.anchor
    described = anchor.dep_ == "xcomp" and anchor.pos_ == "ADJ" and anchor.head.i == parent.head.i
    return (anchor.i == parent.head.i or described) and same_subject(clause, parent)


def same_subject(clause: Clause, parent: Clause) -> bool:
    if not clause.subjects or clause.lent_from is not None:
        return False
    return {d.token.i for d in clause.subjects} == {d.token.i for d in parent.subjects}


def marker_words(token: Token, marker: str | None) -> list[Token]:
    """The preposition as it stands before a phrase; the last like it where conjuncts share one."""
    if marker is None:
        return []
    wanted = marker.split(" ")
    doc = token.doc
    first = phrase(token)[0].i
    sentence = token.sent.start
    for start in range(first - len(wanted), sentence - 1, -1):
        run = [doc[i] for i in range(start, start + len(wanted))]
        if [t.lower_ for t in run] == wanted:
            return run
    return []
