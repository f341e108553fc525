"""Where: the place that a clause says its event happens at, apart from places that take part or stand near."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import PLACES, Reader
from kgbuild.extract.clauses import Clause, Dependent, base, case_of, children, spread
from kgbuild.extract.cues.tables import event_nouns, word_set
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import Mention, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kgbuild.extract.frames import Frames


@dataclass(frozen=True, slots=True)
class PlaceOfEvent:
    """The mention of a place, and how the clause names it (in words, for an explanation)."""

    mention: Mention
    rule: str


class ClausePlaces:
    """The places of the clauses of one article."""

    def __init__(self, reader: Reader, frames: Frames) -> None:
        self._reader = reader
        self._frames = frames

    def of(self, clause: Clause) -> PlaceOfEvent | None:
        """The place of a clause: of its own adverbials, else of the event that it says takes place; a participle shares
        that of the clause above, as does a conjunct with the same subject after a place at the front."""
        found = self._own(clause)
        if found is None and clause.parent is not None and clause.parent.head.sent == clause.head.sent:
            above = self._own(clause.parent)
            participle = clause.link == "advcl" and clause.head.tag_ == "VBG" and clause.mark is None
            fronted = clause.shares_subject and above is not None and above.mention.end <= clause.parent.head.idx
            if above is not None and (participle or fronted):
                return PlaceOfEvent(above.mention, f"shared with “{clause.parent.head.text}”")
        return found

    def _own(self, clause: Clause) -> PlaceOfEvent | None:
        found: list[PlaceOfEvent] = []
        for dependent in clause.dependents:
            if dependent.relation == "oblique":
                found += self._of_adverbial(dependent, clause)
            elif dependent.relation == "object" and self._only_stages(dependent, clause):
                rule = f"where the {dependent.token.lower_} is"
                found += [PlaceOfEvent(place, rule) for place in self._inside(dependent.token)]
        names = [place for place in found if place.mention.kind is MentionKind.NAME]
        return next(iter(names or found), None)

    def _of_adverbial(self, dependent: Dependent, clause: Clause) -> Iterator[PlaceOfEvent]:
        token, marker = dependent.token, dependent.marker or ""
        if self._reader.time_of(token) is not None or marker not in word_set("at_places"):
            return
        mention = self._reader.mention_at(token)
        label = self._frames.label(clause.head, token)
        own = mention is not None and is_place(mention, token) and not is_aimed_at(mention, marker, clause, label)
        if mention is not None and own:
            yield PlaceOfEvent(mention, f"adverbial with “{marker}”")
        if own or is_occasion(token):
            for place in self._inside(token):
                yield PlaceOfEvent(place, f"inside “{marker} {token.text}”")

    def _inside(self, noun: Token) -> Iterator[Mention]:
        """The places that a noun is said to be at: "a conference in Dhaka", "a speech in the capital, Dhaka"."""
        for child in children(noun, "nmod", "obl"):
            if child.i < noun.i or (case_of(child) or "") not in ("in", "at"):
                continue
            for token, _ in spread(child):
                for named in (token, *children(token, "appos")):
                    mention = self._reader.mention_at(named)
                    if mention is not None and is_place(mention, named):
                        yield mention
                yield from self._inside(token)

    def _only_stages(self, dependent: Dependent, clause: Clause) -> bool:
        return clause.lemma in word_set("staging_verbs") and is_occasion(dependent.token)


def is_place(mention: Mention, token: Token) -> bool:
    """Whether a mention is something that one can be at: a place, or a body that is named after its building."""
    if mention.kind is MentionKind.PRONOUN or token.lemma_.lower() in word_set("placeless"):
        return False
    building = mention.text.split()[-1].lower() in lemmas("places.facility")
    return mention.type in PLACES or (mention.type in ("Organization", "GovernmentBody") and building)


def is_aimed_at(mention: Mention, marker: str, clause: Clause, label: str) -> bool:
    """Whether a place is what the verb aims at or is about: "fired at the embassy", "sanctions on Iran"."""
    if label == "ARGM-LOC":
        return False
    aims = f"{clause.lemma.partition(' ')[0]}_{marker}" in word_set("aiming_verbs")
    return aims or (marker == "on" and mention.type in ("Country", "City"))


def is_occasion(noun: Token) -> bool:
    """Whether a noun names something that happens."""
    lemma = noun.lemma_.lower()
    known = event_nouns().get(lemma)
    return base(noun.dep_) in ("obl", "obj", "nsubj") and (
        lemma in word_set("timed_things") or (known is not None and known.mostly)
    )
