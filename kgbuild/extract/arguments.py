"""Fillers of arguments: which words, which mention, which role, which value."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import ABOUT_MARKS, Clause, Dependent, base, children, copulas, own_subtree
from kgbuild.extract.cues.tables import preposition_roles, word_set
from kgbuild.extract.days import Days, iso_days
from kgbuild.extract.quantities import CURRENCIES, quantity_of
from kgbuild.extract.repairs import is_distance
from kgbuild.types import Argument, Mention, MentionKind, PredicateKind, Role, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgbuild.extract.times import TimeExpression

PLACES = frozenset("Country City Region Place Facility Location".split())
AGENTS = frozenset("Person Organization GovernmentBody MediaOrganization MilitaryUnit Group".split())
LEFT_OUT = frozenset(
    "acl:relcl advcl advcl:relcl appos parataxis punct cc conj discourse vocative mark cop aux dep list".split()
)
EDGE = frozenset("\"“”„«»'‘’,.;:()[]–—- \t\n\u00a0")


@dataclass(frozen=True, slots=True)
class Filler:
    """What stands in an argument: words at ``[start, end)``, and the mention whose reference they share, if any."""

    text: str
    start: int
    end: int
    mention: Mention | None
    head: Token
    named: bool = False
    shown: str = ""
    """What readings say in place of a pronoun: the name or description of its chain; "" for the words themselves."""
    resolved: bool = True
    """False for a pronoun whose antecedent is not known."""


class Reader:
    """Looks up fillers in one article: mentions by their head word, times by their place."""

    def __init__(self, doc: Doc, mentions: tuple[Mention, ...], times: list[TimeExpression]) -> None:
        self.doc = doc
        self.text = doc.text
        self.mentions = mentions
        self.by_head = {mention.head[0]: mention for mention in mentions}
        self.known = {m.chain for m in mentions if m.kind is not MentionKind.PRONOUN}
        self.named = {m.chain for m in mentions if m.kind is MentionKind.NAME}
        self.shown = {
            m.chain: m.text for m in sorted(mentions, key=lambda m: (m.kind is MentionKind.NAME, len(m.text)))
        }
        self.times = times
        self._sentences = [(s.start_char, s.end_char) for s in doc.sents]
        self._sentence_starts = [start for start, _ in self._sentences]
        self._time_at = {i: t for t in times for i in range(t.start, t.end)}

    def sentence_of(self, token: Token) -> Span:
        """The characters of a word's sentence, without space at the edges."""
        start, end = self._sentences[bisect_right(self._sentence_starts, token.idx) - 1]
        text = self.text[start:end]
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def mention_at(self, token: Token) -> Mention | None:
        """The mention that a word heads; a name's mention may sit on another word of the same flat name."""
        found = self.by_head.get(token.idx)
        if found is None and token.pos_ == "PROPN":
            for child in token.children:
                if child.dep_ in ("flat", "compound") and (found := self.by_head.get(child.idx)):
                    return found if found.start <= token.idx < found.end else None
        return found

    def time_of(self, token: Token) -> TimeExpression | None:
        """The time expression that a word belongs to, or heads ("the morning of 5 January")."""
        found = self._time_at.get(token.idx)
        if found is None and token.lower_ in word_set("time_nouns"):
            for child in token.children:
                found = found or self._time_at.get(child.idx)
        return found

    def filler(self, token: Token) -> Filler:
        mention = self.mention_at(token)
        if mention is not None:
            resolved = mention.kind is not MentionKind.PRONOUN or mention.chain in self.known
            shown = self.shown[mention.chain] if mention.kind is MentionKind.PRONOUN and resolved else ""
            named = mention.chain in self.named
            return Filler(mention.text, mention.start, mention.end, mention, token, named, shown, resolved)
        start, end = phrase_span(token, self.text)
        resolved = token.pos_ != "PRON" or token.tag_ == "NN" or token.lower_ in word_set("indefinite")
        return Filler(self.text[start:end], start, end, None, token, resolved=resolved)

    def clause_filler(self, token: Token, subject: Token | None = None, around: Token | None = None) -> Filler:
        """The words of a clause, from its subject on where that stands outside of it. ``around`` is the verb that
        governs it; what stands on its other side, such as its own subject, does not belong to the clause."""
        start, end = clause_span(token, self.text, around)
        if subject is not None:
            start = min(start, phrase_span(subject, self.text)[0])
        return Filler(self.text[start:end], start, end, None, token)


def phrase_span(token: Token, text: str) -> tuple[int, int]:
    """Characters of a nominal phrase around its head, without clauses, appositions, conjuncts, or the preposition
    and article before it."""
    kept = {token.i}
    for child in token.children:
        if (
            child.dep_ in LEFT_OUT
            or base(child.dep_) in ("nsubj", "csubj")
            or (child.dep_ == "case" and child.i < token.i)
        ):
            continue
        case_behind = any(c.dep_ == "case" and c.i > child.i for c in token.children)
        if child.dep_ == "advmod" and copulas(token) and case_behind:
            continue  # "is practically not on the agenda"
        measures = child.i < token.i and child.dep_ == "nmod:unmarked"
        if measures and any(c.dep_ == "case" and child.i < c.i < token.i for c in token.children):
            continue  # "one week after the attack"
        # a copula's "not" denies the clause; elsewhere it is part of the phrase ("found not guilty")
        dropped = ("not", "n't", "also", "only", "now", "then") if copulas(token) else ("also", "only", "now", "then")
        if child.dep_ == "advmod" and child.lower_ in dropped:
            continue
        kept.update(inner.i for inner in child.subtree)
    return contiguous(token, kept, text)


def clause_span(token: Token, text: str, around: Token | None = None) -> tuple[int, int]:
    """Characters of a whole clause without the word that joins it and the marks at its edges, on one side of the verb
    that governs it."""
    kept = {inner.i for inner in own_subtree(token)}
    if around is not None and around.i not in kept:
        speakers = [t.i for child in children(around, "nsubj", "nsubj:pass") for t in child.subtree]
        limit = min([around.i, *(i for i in speakers if token.i < i)])
        kept = {i for i in kept if (i < limit if token.i < around.i else i > around.i)}
    for child in token.children:
        if child.dep_ in ("mark", "case") and (child.lower_ == "that" or child.lower_ in ABOUT_MARKS):
            kept.discard(child.i)
    first, last = min(kept), max(kept)
    return trim(token.doc, first, last, text)


def contiguous(token: Token, kept: set[int], text: str) -> tuple[int, int]:
    first = last = token.i
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    while first < token.i and token.doc[first].pos_ == "DET" and token.doc[first].lower_ in ("the", "a", "an"):
        first += 1
    return trim(token.doc, first, last, text)


def trim(doc: Doc, first: int, last: int, text: str) -> tuple[int, int]:
    """The characters of tokens ``first`` to ``last`` without punctuation and space at the edges."""
    start, end = doc[first].idx, doc[last].idx + len(doc[last])
    while start < end - 1 and text[start] in EDGE:
        start += 1
    while end - 1 > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def role_of(dependent: Dependent, clause: Clause, filler: Filler, reader: Reader) -> Role:
    """The role of a filler: by its grammatical relation, then by its preposition and what it refers to."""
    if reader.time_of(dependent.token) is not None:
        return Role.TIME
    simple = {"agent": Role.AGENT, "recipient": Role.RECIPIENT, "attribute": Role.ATTRIBUTE, "content": Role.CONTENT,
              "adverb": Role.MANNER}  # fmt: skip
    if dependent.relation == "recipient" and dependent.token.text in CURRENCIES:
        return Role.PATIENT  # "paid US$22,900", whose parse has the sum receive something
    if dependent.relation in simple:
        return simple[dependent.relation]
    if dependent.relation == "subject":
        acts = clause.kind is PredicateKind.VERB and not (clause.passive or clause.existential)
        return Role.AGENT if acts else Role.PATIENT
    if dependent.relation == "object":
        return Role.PATIENT
    marker = dependent.marker
    kind = filler.mention.type if filler.mention else ""
    if marker is None:
        return Role.QUANTITY if quantity_of(dependent.token) or is_distance(dependent.token) else Role.MANNER
    role = Role(preposition_roles().get(marker, preposition_roles().get(marker.partition(" ")[0], "other")))
    if role is Role.PLACE and " " in marker and marker not in word_set("complex_places") | set(preposition_roles()):
        return Role.OTHER  # "in addition to prison"
    if role is Role.PLACE and f"{clause.lemma.partition(' ')[0]}_{marker}" in word_set("aiming_verbs"):
        return Role.OTHER  # "invest in China"
    if role is Role.PLACE and kind not in PLACES:
        return Role.OTHER
    if role is Role.DESTINATION and kind in AGENTS and clause.head.lemma_ not in word_set("motion"):
        return Role.RECIPIENT
    if role is Role.COMITATIVE and kind not in AGENTS:
        return Role.INSTRUMENT
    if marker == "for" and lasts(dependent.token):
        return Role.TIME
    return role


def lasts(noun: Token) -> bool:
    """Whether a noun after "for" tells how long something goes on: "for weeks", "for a few hours"."""
    units = word_set("time_nouns") | word_set("moments")
    return noun.lemma_ in units and (noun.tag_ == "NNS" or quantity_of(noun) is not None)


def argument(
    role: Role,
    filler: Filler,
    *,
    marker: str | None = None,
    statement: str | None = None,
    days: Days | None = None,
) -> Argument:
    """The record of a filler. ``days`` are those of a time."""
    value: dict[str, object] | None = None
    if days is not None:
        value = {"date": iso_days(days)}
    elif statement is None and role is not Role.CONTENT:
        value = quantity_of(filler.head)
    mention = filler.mention.span if filler.mention else None
    return Argument(role, filler.text, filler.start, filler.end, marker, mention, None, value, statement)
