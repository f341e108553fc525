"""The arguments of clauses with the words they have in the sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import Clause, Dependent, base, case_of, children, copulas, spread
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.surface_phrases import continues, group, marked_that, marker_words, phrase, spoken, whole
from kgbuild.types import PredicateKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kgbuild.extract.statements import Extractor
    from kgbuild.extract.times import TimeExpression

NOUNS = frozenset("NOUN PROPN PRON NUM SYM X".split())
ORDER = {"object": 0, "recipient": 1, "attribute": 2}


@dataclass(frozen=True, slots=True)
class Part:
    """An argument: ``marker`` is its preposition, ``words`` what stands after it, ``first`` the index of the first of
    the conjuncts that it is one of."""

    head: Token
    relation: str
    marker: str
    words: list[Token]
    first: int

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self.marker, spoken(self.words))))


def clause_parts(clause: Clause, extractor: Extractor) -> list[Part]:
    """The arguments of a clause other than its subjects: objects first, then what stands behind the verb, then the
    rest. An infinitive has those of the verbs it completes, too: "was able to reinforce the hotel that night"."""
    start = clause.head.i
    parts = [part for d in clause.dependents if (part := part_of(d, clause, extractor)) is not None]
    parts += [further for part in parts if part.relation == "content" for further in joined_contents(part)]
    parts += list(adverbials(clause))
    above = clause
    while continues(above) and above.parent is not None:
        above = above.parent
        others = (d for d in above.dependents if d.relation in ("oblique", "agent", "adverb"))
        parts += [part for d in others if (part := part_of(d, above, extractor)) is not None]
    return sorted(parts, key=lambda p: (ORDER.get(p.relation, 3), p.head.i < start, p.head.i))


def part_of(d: Dependent, clause: Clause, extractor: Extractor) -> Part | None:
    """The words of a dependent; None where it is no argument of the clause."""
    token = d.token
    if d.marker in word_set("examples") or any(token.i == s.token.i for s in clause.subjects):
        return None
    if clause.kind is PredicateKind.COPULA and base(token.dep_) == "nmod" and token.i > clause.head.i:
        return None
    if d.relation == "content":
        inner = extractor.clauses.get(token.i)
        if inner is not None and continues(inner) and inner.dependents:
            return None
        return Part(token, "content", "", whole(token), token.i)
    time = extractor.reader.time_of(token)
    if d.relation == "adverb":
        if time is None or any(token.i == t.i for t in group(clause)):
            return None
        return Part(token, "adverb", "", time_words(token, time), token.i)
    marker = spoken(marker_words(token, d.marker)) or d.marker or ""
    if d.relation == "attribute" and token.pos_ not in NOUNS:
        return Part(token, d.relation, marker, adjective_words(token), token.i)
    words = phrase(token) if time is None else time_words(token, time)
    return Part(token, d.relation, marker, words, first_conjunct(token, clause))


def time_words(token: Token, time: TimeExpression) -> list[Token]:
    """A phrase of time with all words of the expression it is part of: "October 31, 2019"."""
    words = phrase(token)
    span = token.doc.char_span(time.start, time.end, alignment_mode="expand")
    if span is None:
        return words
    first, last = min(words[0].i, span.start), max(words[-1].i, span.end - 1)
    return [token.doc[i] for i in range(first, last + 1)]


def adverbials(clause: Clause) -> Iterator[Part]:
    """The clauses that say when, why or by what means: "closed after losing money"."""
    listed = {d.token.i for d in clause.dependents}
    for child in children(clause.head, "advcl"):
        marks = [m for m in child.children if m.dep_ in ("mark", "case") and m.i < child.i]
        if not marks or child.i in listed or child.i < clause.head.i or marks[0].lower_ == "to":
            continue
        words = [t for t in whole(child) if t.i > marks[0].i]
        yield Part(child, "adverbial", spoken(marks[:1]), words, child.i)


def joined_contents(part: Part) -> list[Part]:
    """The further clauses that a verb is about: "said that prices fell and that wages rose"."""
    found = []
    for clause in children(part.head, "conj"):
        if marked_that(clause):
            words = [t for t in whole(clause) if t.dep_ != "cc" or t.head.i != clause.i]
            found.append(Part(clause, "content", "", words, part.first))
    return found


def first_conjunct(token: Token, clause: Clause) -> int:
    while token.dep_ == "conj" and token.head.i != clause.head.i:
        token = token.head
    return token.i


def adjective_words(token: Token) -> list[Token]:
    """An adjective with the adverbs before it and the infinitive or clause it asks for: "unable to negotiate"."""
    own = [
        t
        for c in token.children
        if (c.dep_ == "advmod" and c.i < token.i) or c.dep_ in ("xcomp", "ccomp")
        for t in c.subtree
    ]
    return sorted([*own, token], key=lambda t: t.i)


def complement_parts(clause: Clause) -> list[Part]:
    """What a copula says its subject is, each conjunct apart."""
    return [
        Part(token, "complement", spoken(marker_words(token, case_of(token))), phrase(token), clause.head.i)
        for token, _ in spread(clause.head)
    ]


def inner_parts(part: Part, *, of: bool) -> Iterator[Part]:
    """The prepositional phrases of an argument's noun, or obliques of its adjective."""
    for child in children(part.head, "nmod", "obl"):
        marker = case_of(child)
        if child.i < part.head.i or marker is None or (marker == "of" and not of) or marker in word_set("examples"):
            continue
        if child.dep_ == "obl" and copulas(part.head):
            continue
        for token, _ in spread(child):
            own = case_of(token) or marker
            yield Part(token, "oblique", spoken(marker_words(token, own)), phrase(token), child.i)
