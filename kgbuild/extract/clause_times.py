"""When: which clause a time expression belongs to, and the days it denotes there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import Clause, base
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.times import TimeExpression
from kgbuild.types import Modality, TimeSpan

if TYPE_CHECKING:
    from spacy.tokens import Doc

LOOKING_AHEAD = (Modality.FUTURE, Modality.INTENDED, Modality.REQUIRED, Modality.REQUESTED, Modality.CONDITIONAL)


class ClauseTimes:
    """The times of the clauses of one article."""

    def __init__(self, doc: Doc, clauses: dict[int, Clause], times: list[TimeExpression]) -> None:
        self._of = find_owners(doc, clauses, times)

    def of(self, clause: Clause, modality: Modality) -> TimeSpan | None:
        """The time that a clause names, read forward where the clause looks ahead.

        A participle shares the time of the clause above; so does a conjunct with the same subject after a time at the
        front of the sentence.
        """
        found = self._own(clause)
        if found is None and clause.parent is not None:
            above = self._own(clause.parent)
            participle = clause.link == "advcl" and clause.head.tag_ in ("VBG", "VBN") and clause.mark is None
            fronted = clause.shares_subject and above is not None and above.start < clause.parent.head.idx
            found = above if participle or fronted else None
        if found is None:
            return None
        days = found.future if modality in LOOKING_AHEAD else found.past
        return TimeSpan(found.text, days[0] if days else None, days[1] if days else None)

    def _own(self, clause: Clause) -> TimeExpression | None:
        return next(iter(self._of.get(clause.head.i, ())), None)


def find_owners(doc: Doc, clauses: dict[int, Clause], times: list[TimeExpression]) -> dict[int, list[TimeExpression]]:
    """The times of every clause by its predicate: those of its own adverbials before those inside its adverbials'
    nouns ("at the election in 2010"). A time that modifies a subject or object says nothing of the clause."""
    found: dict[int, list[tuple[int, int, TimeExpression]]] = {}
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None or (time.past is None and time.future is None and not re.search(r"\d", time.text)):
            continue
        root = span.root
        depth = 0
        while root.i not in clauses and root.head.i != root.i:
            above = root.head
            if above.i in clauses:
                if depth == 0 or base(root.dep_) in ("obl", "advmod", "nmod", "advcl", "dep", "conj"):
                    found.setdefault(above.i, []).append((depth, time.start, time))
                break
            if above.lower_ not in word_set("time_nouns"):
                before_noun = root.i < above.i and base(root.dep_) != "obl"
                if before_noun or base(above.dep_) not in ("obl", "nmod"):
                    break
                depth += 1
            root = above
    return {i: [time for _, _, time in sorted(rows, key=lambda r: r[:2])] for i, rows in found.items()}
