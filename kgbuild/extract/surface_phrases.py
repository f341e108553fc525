"""The words of phrases and verb groups as Open IE tools print them: runs of tokens, in the order of the sentence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import zip_longest
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import EDGE
from kgbuild.extract.clauses import Clause, base, children, copulas
from kgbuild.extract.own_words import is_infinitive
from kgbuild.types import PredicateKind

if TYPE_CHECKING:
    from spacy.tokens import Token

LEFT = frozenset("det amod compound nummod nmod flat fixed goeswith advmod acl cc case".split())
RIGHT = frozenset("flat fixed compound nummod goeswith amod".split())
JOINING = frozenset(["-", "–", "‑", "/", "'", "’", '"', "“", "”", "`", "``", "''", "$", "#", "%", "\\"])
NEGATIONS = frozenset(["not", "n't", "n’t", "never", "no", "longer"])


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


def phrase(token: Token, *, of: bool = True) -> list[Token]:
    """A nominal with what stands before it and, if ``of``, the "of" phrases behind it; no clauses, appositions,
    conjuncts or other prepositional phrases."""
    kept = {token.i}
    first_case = min((c.i for c in token.children if c.dep_ == "case" and c.i < token.i), default=-1)
    for child in token.children:
        relation = base(child.dep_)
        if child.i < token.i:
            if (
                child.dep_ == "case"
                or child.i < first_case
                or relation not in LEFT
                or child.dep_ in ("acl:relcl", "cc")
            ):
                continue
            kept.update(t.i for t in child.subtree)
        elif relation in RIGHT:
            kept.update(t.i for t in child.subtree)
        elif of and relation == "nmod" and [c.lower_ for c in children(child, "case")] == ["of"]:
            inner = phrase(child)
            start = children(child, "case")[0].i
            if start == max(kept) + 1:
                kept.update(range(start, inner[-1].i + 1))
                for other in children(child, "conj"):
                    if other.pos_ in ("NOUN", "PROPN"):
                        kept.update(range(inner[-1].i + 1, phrase(other)[-1].i + 1))
    doc = token.doc
    first = last = token.i
    while first > 0 and (first - 1 in kept or (doc[first - 1].text in JOINING and first - 2 in kept)):
        first -= 1
    while last + 1 < len(doc) and (last + 1 in kept or (doc[last + 1].text in JOINING and last + 2 in kept)):
        last += 1
    return trimmed([doc[i] for i in range(first, last + 1)])


def trimmed(tokens: list[Token]) -> list[Token]:
    """Without punctuation at the edges."""
    while len(tokens) > 1 and all(c in EDGE or c == "`" for c in tokens[0].text):
        tokens = tokens[1:]
    while len(tokens) > 1 and all(c in EDGE or c == "`" for c in tokens[-1].text):
        tokens = tokens[:-1]
    return tokens


def whole(token: Token, *, without_mark: bool = False) -> list[Token]:
    """All words of a clause or phrase."""
    left = {t.i for c in token.children if c.dep_ == "mark" and c.lower_ == "that" for t in c.subtree}
    return trimmed([t for t in token.subtree if not (without_mark and t.i in left)])


def group(clause: Clause) -> list[Token]:
    """The verb group of a clause: auxiliaries, copula, negation, adverbs among them, verb and particles."""
    head = clause.head
    copular = clause.kind in (PredicateKind.COPULA, PredicateKind.ADJECTIVE) and bool(copulas(head))
    core = {t.i: t for t in [*clause.auxiliaries, *copulas(head)]}
    if not copular:
        core |= {t.i: t for t in clause.words}
    if not core:
        core = {t.i: t for t in clause.words}
    end = max(core)
    start = min(i for i in core)
    for child in head.children:
        if child.dep_ != "advmod" or child.tag_ == "WRB":
            continue
        inside = start < child.i < end or (child.i == head.i - 1 and not copular)
        negation = child.lower_ in NEGATIONS and child.i < head.i
        if (inside and child.i not in core and len(list(child.subtree)) == 1) or negation:
            core[child.i] = child
    if any(child.lower_ == "not" for child in core.values()):
        core |= {c.i: c for c in head.children if c.lower_ in NEGATIONS and c.i < head.i}
    return [core[i] for i in sorted(core)]


def chain(clause: Clause) -> list[Token]:
    """The verb group with those of the verbs it completes: "continue to reside", "were said to have made"."""
    own = group(clause)
    marks = [c for c in clause.head.children if c.dep_ == "mark" and c.lower_ == "to"]
    parent = clause.parent
    if parent is not None and continues(clause):
        before = chain(parent)
        if parent.kind in (PredicateKind.ADJECTIVE, PredicateKind.COPULA) and parent.head not in before:
            before = [*before, parent.head]
        objects = [d.token for d in parent.dependents if d.relation in ("object", "recipient")]
        return [*before, *(t for o in objects for t in phrase(o)), *marks, *own]
    if parent is not None and clause.link == "conj" and clause.shares_subject and is_infinitive(parent):
        before = [t for t in chain(parent) if t.i < group(parent)[0].i]  # "to reinforce the hotel and defeat attacks"
        return [*before, *own] if clause.head.tag_ == "VB" else own
    return [*marks, *own] if is_infinitive(clause) else own


def continues(clause: Clause) -> bool:
    """Whether a clause completes the verb above it and has the same subject."""
    parent = clause.parent
    if parent is None or clause.link != "xcomp" or clause.anchor is None or clause.anchor.i != parent.head.i:
        return False
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
