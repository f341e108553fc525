"""Claims: the binary readings of different passages that say the same, and which of them contradict each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from kgbuild.graph.gate import may_assert
from kgbuild.graph.iris import end_key, relation_name
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.types import Modality, Polarity, Role, Statement, Triple, content_id

Key = tuple[str, ...]
Reading = tuple[Statement, Triple]
Circumstances = frozenset[tuple[Key, frozenset[Key]]]
_PRONOUN = re.compile(
    "it|him|her|them|this|that|these|those|one|us|me|you|himself|herself|itself|themselves|each other|one another"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Readings with the same subject, relation, object, polarity, modality, speaker and time; ``id`` is their hash.

    All readings agree in ``asserted``.
    """

    id: str
    relation: str
    readings: tuple[Reading, ...]

    @property
    def first(self) -> Statement:
        return self.readings[0][0]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Entity ids; more than one only where unnamed participants of several passages count as the same."""
        return tuple(sorted({triple.subject for _, triple in self.readings if triple.subject is not None}))

    @property
    def objects(self) -> tuple[str, ...]:
        """Entity ids; empty where the object is a literal."""
        return tuple(sorted({triple.object for _, triple in self.readings if triple.object is not None}))


def find_claims(kg: KnowledgeGraph) -> tuple[Claim, ...]:
    """All claims of a graph, sorted by id.

    A named entity is the same across articles; an unnamed one is identified by head word and type. A triple with
    two unnamed ends is a claim about just these two, so that the ends of a claim never combine to a pair nobody stated.
    One whose subject is no entity, or whose object is a pronoun, stays within its article: "he" of two articles may be
    two people.
    """
    keys = Keys(kg)
    readings: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for statement in kg.statements:
        for triple in dict.fromkeys(statement.triples):
            readings[keys.claim(statement, triple), relation_name(triple.relation)].append((statement, triple))
    return tuple(Claim(id_, relation, tuple(found)) for (id_, relation), found in sorted(readings.items()))


class Keys:
    """What identifies participants and claims across the articles of a graph."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self._settings = kg.settings
        self._local_names = kg.local_names
        self._entities = kg.entity_by_id

    def end(self, entity: str | None, text: str) -> Key:
        if entity is None:
            return end_key(None, "", text)
        return end_key(self._entities[entity], self._local_names[entity], text)

    def claim(self, statement: Statement, triple: Triple) -> str:
        """The id of the claim that a reading belongs to.

        Readings that the gate could let pass but the extractor withheld, and ended ones, are claims of their own.
        """
        subject, object_ = self.end(triple.subject, triple.subject_text), self.end(triple.object, triple.object_text)
        time = (statement.time.start, statement.time.end) if statement.time else (None, None)
        more = ["ended"] if statement.ended else []
        if may_assert(statement, self._settings) != statement.asserted:
            more.append("asserted" if statement.asserted else "withheld")
        he_or_it = object_[0] == "text" and _PRONOUN.fullmatch(object_[1])
        if he_or_it or subject[0] == "text":
            more.append(statement.article)
        if subject[0] == object_[0] == "unnamed":
            more += [self._local_names[triple.subject or ""], self._local_names[triple.object or ""]]
        return content_id(
            subject,
            relation_name(triple.relation),
            object_,
            statement.polarity,
            statement.modality,
            [self.end(source.entity, source.text) for source in statement.attribution],
            time,
            *more,
        )

    def circumstances(self, statement: Statement) -> Circumstances:
        """What fills each role, for all arguments but times, which are compared as dates.

        Arguments of the role "other" are told apart by their marker: "with tanks" and "for months" agree.
        """
        fillers: dict[Key, set[Key]] = defaultdict(set)
        for argument in statement.arguments:
            if argument.role is not Role.TIME:
                slot = (argument.role, argument.marker or "") if argument.role is Role.OTHER else (argument.role,)
                fillers[slot].add(self.end(argument.entity, argument.text))
        if statement.place is not None:
            fillers[Role.PLACE,].add(self.end(statement.place, ""))
        return frozenset((slot, frozenset(found)) for slot, found in fillers.items())


@dataclass(frozen=True, slots=True, order=True)
class Contradiction:
    """Two claims, an affirmation and a denial of the same; certain if their dates are known and overlap."""

    positive: str
    negative: str
    certain: bool


def find_contradictions(kg: KnowledgeGraph, claims: Sequence[Claim]) -> tuple[Contradiction, ...]:
    """The pairs of claims that cannot both be right, sorted.

    Opposite polarity on the same triple, both actual at their own level of attribution and not ended; some reading of
    one agrees with some reading of the other in every argument that both carry; dates overlap, or one is unknown.
    Nobody contradicts himself within a sentence: such pairs are misread.
    Unnamed ends are the same only if they are one node. Claims are joined by hash of the triple.
    """
    keys = Keys(kg)
    actual = [claim for claim in claims if claim.first.modality is Modality.ACTUAL and not claim.first.ended]
    sides: dict[Key, tuple[list[Claim], list[Claim]]] = defaultdict(lambda: ([], []))
    for claim in actual:
        if claim.first.polarity is Polarity.NEGATIVE:
            for triple in _triples(claim):
                sides[triple][1].append(claim)
    for claim in actual:
        if claim.first.polarity is Polarity.POSITIVE:
            for triple in _triples(claim):
                if triple in sides:
                    sides[triple][0].append(claim)
    found: set[Contradiction] = set()
    for positives, negatives in sides.values():
        if positives and negatives:
            around = {claim.id: _circumstances(keys, claim) for claim in (*positives, *negatives)}
            found.update(
                Contradiction(positive.id, negative.id, _dated(positive) and _dated(negative))
                for positive, negative in product(positives, negatives)
                if _dates_can_agree(positive, negative)
                and not _same_breath(keys, positive, negative)
                and _can_agree(around[positive.id], around[negative.id])
            )
    return tuple(sorted(found))


def _triples(claim: Claim) -> Iterator[Key]:
    text = " ".join(claim.readings[0][1].object_text.casefold().split())
    for subject in claim.subjects:
        for object_ in claim.objects or (f"text:{text}",):
            yield (subject, claim.relation, object_)


def _interval(claim: Claim) -> tuple[str, str] | None:
    """The days of a claim, as far as the calendar goes on a side that is open; None where there are none."""
    time = claim.first.time
    if time is None or (time.start is None and time.end is None):
        return None
    return time.start or date.min.isoformat(), time.end or date.max.isoformat()


def _dated(claim: Claim) -> bool:
    return _interval(claim) is not None


def _dates_can_agree(one: Claim, other: Claim) -> bool:
    a, b = _interval(one), _interval(other)
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _same_breath(keys: Keys, one: Claim, other: Claim) -> bool:
    """Whether both claims come from one sentence alone, in one voice."""
    breaths = {
        (s.article, s.sentence.start, tuple(keys.end(source.entity, source.text) for source in s.attribution))
        for claim in (one, other)
        for s, _ in claim.readings
    }
    return len(breaths) == 1


def _circumstances(keys: Keys, claim: Claim) -> set[Circumstances]:
    return {keys.circumstances(statement) for statement, _ in claim.readings}


def _can_agree(one: set[Circumstances], other: set[Circumstances]) -> bool:
    for a, b in product(map(dict, one), map(dict, other)):
        if all(a[slot] & b[slot] for slot in a.keys() & b.keys()):
            return True
    return False
