"""When: which clause a time expression belongs to, and the days it denotes there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import Clause, base, case_of
from kgbuild.extract.cues.tables import governing_verbs, word_set
from kgbuild.extract.days import Days
from kgbuild.extract.times import TimeExpression
from kgbuild.types import Modality, Span, TimeSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

LOOKING_AHEAD = (Modality.FUTURE, Modality.INTENDED, Modality.REQUIRED, Modality.REQUESTED, Modality.CONDITIONAL)
ADVERBIAL = ("obl", "advmod", "nmod", "advcl", "dep", "conj")
_LISTED = re.compile(r"\s*(?:,|,?\s*(?:and|or))\s*(?:(?:in|on|the)\s+)*", re.IGNORECASE)
NAME_PARTS = ("weekday", "lone month", "holiday", "near day", "season")
"""Forms that names are made of."""
Bounds = tuple[date | None, date | None]


def real_times(doc: Doc, times: Sequence[TimeExpression]) -> list[TimeExpression]:
    """The expressions without those that only look like times: counts ("2000 people"), parts of longer names ("Sunday
    Times")."""
    in_name = {i for e in doc.ents for i in range(e.start, e.end)}
    kept = []
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        if span is None:
            continue
        counts = time.form == "year" and span.root.dep_ == "nummod" and span.root.head.tag_ in ("NNS", "NNPS")
        edges = {span.start - 1, span.end} & in_name
        inside = all(i in in_name for i in range(span.start, span.end)) and any(
            e.start <= i < e.end for e in doc.ents for i in edges if e.start <= span.start < e.end
        )
        if not counts and not (inside and time.form in NAME_PARTS):
            kept.append(time)
    return kept


_FOLLOWING = re.compile(r"(?:the )?(?:next|following) [\w-]+ [\w-]+s\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ClauseTime:
    """The time of a clause, the expression that it was read from, the verb of the clause above if it is shared with
    that, and whether the direction of the clause had it read ahead."""

    span: TimeSpan
    expression: TimeExpression
    shared: str
    ahead: bool


class ClauseTimes:
    """The times of the clauses of one article. ``headlines`` are spans where the present tense tells what happened."""

    def __init__(
        self, doc: Doc, clauses: dict[int, Clause], times: Sequence[TimeExpression], headlines: Sequence[Span] = ()
    ) -> None:
        self._text = doc.text
        self._headlines = headlines
        self._of = find_owners(doc, clauses, times)

    def of(self, clause: Clause, modality: Modality) -> TimeSpan | None:
        """The time that a clause names, read forward where the clause looks ahead."""
        found = self.read(clause, modality)
        return found.span if found is not None else None

    def read(self, clause: Clause, modality: Modality) -> ClauseTime | None:
        """The time that a clause names, with where it comes from.

        A participle shares the time of the clause above; so does a conjunct with the same subject after a time at the
        front of the sentence.
        """
        shared = ""
        found = self._of.get(clause.head.i, [])
        if not found and clause.parent is not None:
            above = self._of.get(clause.parent.head.i, [])
            participle = clause.link == "advcl" and clause.head.tag_ in ("VBG", "VBN") and clause.mark is None
            fronted = clause.shares_subject and bool(above) and above[0].start < clause.parent.head.idx
            found = above if participle or fronted else []
            shared = clause.parent.head.text
        if not found:
            return None
        told = [t for t in found if t.days] or found
        ahead = told[0].past != told[0].future and self._looks_ahead(told[0], clause, modality)
        return ClauseTime(self._joined(told, clause, modality), told[0], shared, ahead)

    def days(self, time: TimeExpression, clause: Clause, modality: Modality) -> Days | None:
        """The days of an expression in a clause, by the direction of the clause; None where they are not known."""
        if _FOLLOWING.match(time.text) and not self._looks_ahead(time, clause, modality):
            return None  # "spent the next five years in office": counted from what was told before
        if time.past == time.future or time.future is None or time.bound == "since":
            return time.past
        if self._looks_ahead(time, clause, modality):
            return time.future
        planned = self._text[time.bound_start - 4 : time.start].lower().split()[-1:] == ["for"]
        if planned and clause.lemma in governing_verbs():  # "was planned for Friday" leaves open whether Friday is over
            return time.future if self._is_present(clause) or clause.reduced else None
        return time.past

    def _looks_ahead(self, time: TimeExpression, clause: Clause, modality: Modality) -> bool:
        if modality in LOOKING_AHEAD or clause.lemma == "due":
            return True
        if any(t.lemma_ == "have" for t in clause.auxiliaries):
            return False
        modals = {t.lower_ for t in clause.auxiliaries if t.tag_ == "MD"}
        if self._text[time.end : time.end + 2] in (
            "'s",
            "’s",
        ):  # "at Friday's meeting" looks back, if nothing else is said
            return bool(modals)
        if modals <= {"could", "might", "would"} and modals and time.form == "day":
            return False  # "on May 25, visitors could see": as in the past tense, the nearest day is meant
        return bool(modals) or self._is_present(clause)

    def _is_present(self, clause: Clause) -> bool:
        words = [clause.head, *clause.auxiliaries, *(t for t in clause.head.children if t.dep_ == "cop")]
        first = min(words, key=lambda t: t.i)
        told = any(start <= clause.head.idx < end for start, end in self._headlines)
        sure = first.tag_ == "VBZ" or (first.tag_ == "VBP" and first.lower_ not in word_set("same_in_past"))
        return sure and not clause.reduced and not told

    def _joined(self, times: list[TimeExpression], clause: Clause, modality: Modality) -> TimeSpan:
        """One stretch of time from all expressions of a clause: a range, a list, or the narrowest within the first."""
        first = times[0]
        days: Bounds = self.days(first, clause, modality) or (None, None)
        start, last = first.bound_start, first
        if first.until is not None and days[0] is not None:
            ahead = first.until.future if days == first.future else first.until.past
            return _span(self._text[start : first.until.end], (days[0], (ahead or (None, None))[1]))
        for time in times[1:]:
            own = self.days(time, clause, modality)
            begin, end = days
            if own is None or begin is None or end is None:
                continue
            between = self._text[last.end : time.bound_start]
            if last.form == time.form and _LISTED.fullmatch(between):
                days, last = (min(begin, own[0]), max(end, own[1])), time
            elif begin <= own[0] and own[1] <= end and days != own and not first.bound:
                return _span(time.text, own)
        return _span(self._text[start : last.end], bounded(days, first.bound))


def span_of_noun(time: TimeExpression, modality: Modality) -> TimeSpan:
    """The days of a time that modifies a noun, read forward where what the noun names lies ahead."""
    days = time.future if modality in LOOKING_AHEAD else time.past
    return _span(time.text, bounded(days or (None, None), time.bound))


def bounded(days: Bounds, bound: str) -> Bounds:
    """The days that "since", "until", "before" and "after" make of those behind them; None where a side is open."""
    first, last = days
    if first is None or last is None:
        return days
    one = timedelta(days=1)
    opened: dict[str, Bounds] = {
        "since": (first, None),
        "from": (first, None),
        "until": (None, last),
        "before": (None, first - one),
        "after": (last + one, None),
    }
    return opened.get(bound, days)


def _span(text: str, days: Bounds) -> TimeSpan:
    first, last = days
    return TimeSpan(text, first.isoformat() if first else None, last.isoformat() if last else None)


def find_owners(
    doc: Doc, clauses: dict[int, Clause], times: Sequence[TimeExpression]
) -> dict[int, list[TimeExpression]]:
    """The times of every clause by its predicate: those of its own adverbials before those inside its adverbials'
    nouns ("at the election in 2010", "at Friday's summit"). A time that modifies a subject or object says nothing of
    the clause."""
    found: dict[int, list[tuple[int, int, TimeExpression]]] = {}
    for time in times:
        span = doc.char_span(time.start, time.end, alignment_mode="expand")
        owner = _owner(span.root, clauses) if span is not None and not time.ends else None
        unpaired = time.bound == "from" and time.until is None
        if owner is not None and span is not None and unpaired and follows_object(span, clauses[owner[0]]):
            continue  # "used data from 2004"
        if owner is not None:
            found.setdefault(owner[0], []).append((owner[1], time.start, time))
    return {i: [time for _, _, time in sorted(rows, key=lambda r: r[:2])] for i, rows in found.items()}


def _owner(root: Token, clauses: dict[int, Clause]) -> tuple[int, int] | None:
    """The predicate that a time belongs to, and how many nouns lie between."""
    depth = 0
    if root.i in clauses:  # "the vote is on Friday"
        return root.i, 0
    while root.i not in clauses and root.head.i != root.i:
        above = root.head
        if above.i in clauses:
            if dates_source(root):
                return None
            speaking = tells_when_said(root, clauses[above.i])
            if speaking is not None:
                return speaking.head.i, depth
            inside_noun = root.dep_ in ("compound", "nummod", "amod", "nmod:poss", "appos")
            return (above.i, depth) if base(root.dep_) in ADVERBIAL or (depth == 0 and not inside_noun) else None
        if root.dep_ != "conj" and above.lower_ not in word_set("time_nouns"):
            before_noun = root.i < above.i and base(root.dep_) != "obl"
            if (before_noun and not names_occasion(above)) or base(above.dep_) not in ("obl", "nmod"):
                return None
            if (case_of(above) or "") in word_set("according"):  # "according to a report on Monday"
                return None
            depth += 1
        root = above
    return None


def tells_when_said(time: Token, clause: Clause) -> Clause | None:
    """The reporting clause whose verb a time follows, though it hangs in what is said: "said on Friday he may go"."""
    above = clause.parent
    if above is None or clause.link != "ccomp" or clause.mark is not None or base(time.dep_) not in ADVERBIAL:
        return None
    first = min(time.subtree, key=lambda t: t.i)
    follows = first.i == above.head.i + 1 and any(time.i < d.token.i < clause.head.i for d in clause.subjects)
    return above if follows and above.speaks else None


def dates_source(time: Token) -> bool:
    """Whether a time stands right behind "according to X", and so tells when X said it."""
    first = min(time.subtree, key=lambda t: t.i)
    if base(time.dep_) not in ADVERBIAL or first.i == 0:
        return False
    before = first.nbor(-1)
    while before.head.i not in (before.i, time.head.i):
        before = before.head
    return before.head.i == time.head.i and (case_of(before) or "") in word_set("according")


def follows_object(span: DocSpan, clause: Clause) -> bool:
    """Whether a noun, and not the verb, stands before the preposition of a time."""
    before = span[0].nbor(-2) if span.start >= 2 else None
    return before is not None and before.pos_ in ("NOUN", "PROPN") and before.i > clause.head.i


def names_occasion(noun: Token) -> bool:
    """Whether what happens at a noun shares the noun's own date: "at Friday's summit", "in the 2015 election"."""
    marker = case_of(noun) or ""
    if base(noun.dep_) != "obl":
        return False
    return marker in word_set("sure_time_prepositions") or (
        marker == "in" and noun.lemma_.lower() in word_set("timed_things")
    )
