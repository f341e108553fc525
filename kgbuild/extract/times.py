"""Expressions of time in a text and the days they denote, seen from the date of the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kgbuild.extract.days import Days, make_date, month_number
from kgbuild.extract.time_forms import DAY, MONTH, WEEKDAY, YEAR, Form, forms
from kgbuild.extract.time_values import Match, Seen
from kgbuild.types import Span

if TYPE_CHECKING:
    from kgbuild.types import Article

REFERENCE_REACH = 300
"""Characters over which "the next day" may look back for the day it is seen from: about two sentences of news."""
BOUNDS = {"since": "since", "until": "until", "till": "until", "through": "until", "by": "until", "before": "before",
          "prior to": "before", "ahead of": "before", "after": "after", "following": "after",
          "from": "from", "between": "between", "starting": "since", "beginning": "since"}  # fmt: skip
"""What a preposition makes of the days behind it."""
_BOUND = re.compile(
    rf"\b({'|'.join(BOUNDS)})\s+(?:(?:the|at least|about|around|on|in|last|late|early)\s+)*$", re.IGNORECASE
)
_INTRODUCED = re.compile(r"\b(?:in|of|by|since|until|from|to|and|between|during|before|after|last|this|next)\s+$")
_PAIR = re.compile(
    rf"\b(?P<wd>{WEEKDAY}),?\s+(?:the\s+)?(?:(?P<d1>{DAY})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{MONTH})"
    rf"|(?P<m2>{MONTH})\s+(?P<d2>{DAY})(?:st|nd|rd|th)?),?\s+(?P<y>{YEAR})",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    rf"\s*(?:{WEEKDAY},?\s+)?(?:(?P<d1>{DAY})\s+(?P<m1>{MONTH})|(?P<m2>{MONTH})\s+(?P<d2>{DAY})),?\s+(?P<y>{YEAR})\W*",
    re.IGNORECASE,
)
DAYS_OF_WEEK = 7


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of time at ``[start, end)`` of the text, and the days they denote when read as lying behind or ahead of the
    article; None where they cannot be resolved. ``form`` names the pattern; ``bound`` is what the preposition before
    makes of the days ("since", "until", "before", "after", "from", "between", or "")."""

    start: int
    end: int
    text: str
    past: Days | None
    future: Days | None
    form: str = ""
    bound: str = ""
    bound_start: int = 0
    """Where the words of the bound begin, ``start`` where there are none."""
    until: TimeExpression | None = None
    """The expression that ends the stretch that this one begins: "2011" of "from 2009 to 2011"."""
    ends: bool = False
    """Whether it is such an end itself."""

    @property
    def days(self) -> Days | None:
        """The days without regard to a direction."""
        return self.past or self.future


def anchor_of(article: Article) -> date | None:
    """The day that the article's times are seen from: its own date, or else the one in a line of its own at the top."""
    if article.date:
        return date.fromisoformat(article.date)
    lines = [line for line in article.text.split("\n") if line.strip()][:4]
    return next((day for line in lines if (match := _DATE_LINE.fullmatch(line)) and (day := _full_date(match))), None)


def _full_date(match: Match) -> date | None:
    month, day = (match["m1"], match["d1"]) if match["m1"] else (match["m2"], match["d2"])
    return make_date(int(match["y"]), month_number(month), int(day))


def dated_weekdays(text: str) -> dict[int, date]:
    """What day a weekday is, by the full dates beside weekdays in the text, if they are right and lie within a week."""
    found: dict[int, date] = {}
    for match in _PAIR.finditer(text):
        day = _full_date(match)
        names = "monday tuesday wednesday thursday friday saturday sunday".split()
        if day is None or names[day.weekday()] != match["wd"].lower():
            return {}
        found.setdefault(day.weekday(), day)
        if found[day.weekday()] != day:
            return {}
    if found and (max(found.values()) - min(found.values())).days >= DAYS_OF_WEEK:
        return {}
    return found


def find_times(text: str, anchor: date | None, skip: Sequence[Span] = ()) -> list[TimeExpression]:
    """All time expressions of a text outside of ``skip``, in order; relative ones are resolved against ``anchor``."""
    seen = Seen(anchor, None, dated_weekdays(text) if anchor is None else {})
    found: list[TimeExpression] = []
    last = 0
    for form, match in _matches(text):
        if any(start < match.end() and match.start() < end for start, end in skip):
            continue
        if match.start() - last > REFERENCE_REACH or "\n" in text[last : match.start()]:
            seen.reference = None
        past, future = form.resolve(match, seen)
        days = past or future
        if days is not None:
            seen.reference, last = days, match.end()
        before = _BOUND.search(text[max(0, match.start() - 40) : match.start()])
        bound = BOUNDS[before[1].lower()] if before else ""
        bound_start = max(0, match.start() - 40) + before.start() if before else match.start()
        found.append(
            TimeExpression(match.start(), match.end(), match.group(), past, future, form.name, bound, bound_start)
        )
    return list(_paired(found, text))


def _paired(times: list[TimeExpression], text: str) -> Iterator[TimeExpression]:
    """The expressions with what begins a stretch ("from 2009 to 2011") knowing what ends it."""
    ends = False
    for i, time in enumerate(times):
        after = times[i + 1] if i + 1 < len(times) else None
        until = None
        if after is not None and not ends and time.days is not None and after.days is not None:
            between = text[time.end : after.start].lower().strip(" ,")
            joined = between in ("to", "until", "till", "through", "up to", "–", "—", "-")
            ranged = joined if time.bound == "from" else time.bound == "between" and between in ("and", "–", "-")
            until = after if (ranged or between == "through") and time.days[0] <= after.days[1] else None
        yield replace(time, until=until, ends=ends)
        ends = until is not None


def _matches(text: str) -> Iterator[tuple[Form, Match]]:
    """The matches of all forms without overlaps: of two the one that begins first, then the longer, then the form that
    stands first."""
    found = [
        (match.start(), -match.end(), rank, form, match)
        for rank, form in enumerate(forms())
        for match in form.pattern.finditer(text)
        if form.name != "lone month" or _names_month(match, text)
    ]
    end = 0
    for start, _, _, form, match in sorted(found, key=lambda row: row[:3]):
        if start >= end:
            end = match.end()
            yield form, match


def _names_month(match: Match, text: str) -> bool:
    """Whether a lone month name is one: "may" and "march" are words, and May is also a person."""
    name = match["m"]
    introduced = match.span("m") != match.span() or _INTRODUCED.search(text[: match.start()])
    return name[0].isupper() and (name not in ("May", "March", "August", "April", "June") or bool(introduced))
