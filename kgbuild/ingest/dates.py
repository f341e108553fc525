"""Publication dates in the shapes that files, feeds and people write, as ISO days.

A date that could be two days (03/04/2022) or names no day (February 2022) is refused rather than guessed: every
"Thursday" of the article would be resolved against it.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from kgbuild.errors import InputError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<month>[A-Za-z]{3,9})\.?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ].*)?",
        r"(?P<year>\d{4})(?P<number>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?",
        rf"(?:[A-Za-z]{{3,9}}\.?,?\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_NAME},?[\s-]+(?P<year>\d{{4}})(?:[,\s].*)?",
        rf"(?:[A-Za-z]{{3,9}}\.?,?\s+)?{_NAME}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?:[,\s].*)?",
        r"(?P<day>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})(?:[,\s].*)?",
    )
)
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?:[,\s].*)?")
_ADVICE = "write it as YYYY-MM-DD"
# Seconds after 1973 and before 2286 have 9 or 10 digits, milliseconds 12 or 13; smaller numbers are years or counts.
_SECONDS, _MILLISECONDS = (9, 10), (12, 13)


def to_iso(value: object) -> str | None:
    """The day that ``value`` names, or None for an empty value.

    Takes dates and datetimes (pandas' too), Unix seconds or milliseconds, and text: ISO 8601, RFC 2822,
    "15 February 2022", "Feb. 15, 2022", "15.2.2022", and 15/02/2022 where only one order makes a day. The time of
    day and the zone are dropped as written. Raises `InputError` where no day, or more than one, can be read.
    """
    if value is None or value != value:  # NaN and NaT, as DataFrames have them, differ from themselves
        return None
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d") if value.year >= 1000 else _refuse(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    text = " ".join(str(value).split())
    if not text:
        return None
    if text.isdigit() and len(text) in (*_SECONDS, *_MILLISECONDS):
        return _from_number(int(text))
    for shape in _SHAPES:
        if match := shape.fullmatch(text):
            parts = match.groupdict()
            month = _month(parts["month"]) if parts.get("month") else int(parts["number"])
            if month:
                return _day(int(parts["year"]), month, int(parts["day"]), text)
    if match := _SLASHED.fullmatch(text):
        first, second, year = (int(group) for group in match.groups())
        if first <= 12 and second <= 12 and first != second:
            raise InputError(f"the date {text[:40]!r} can be read two ways; {_ADVICE}")
        return _day(year, first, second, text) if second > 12 else _day(year, second, first, text)
    return _refuse(value)


def _month(name: str) -> int:
    """1 to 12, or 0 where ``name`` begins no English month."""
    start = name[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0


def _day(year: int, month: int, day: int, text: str) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return _refuse(text)


def _from_number(value: float) -> str:
    n_digits = len(str(int(value)))
    if n_digits in _MILLISECONDS:
        value = value / 1000
    elif n_digits not in _SECONDS:
        return to_iso(str(int(value))) or _refuse(value) if n_digits == 8 else _refuse(value)
    return datetime.fromtimestamp(value, UTC).date().isoformat()


def _refuse(value: object) -> str:
    raise InputError(f"the date {str(value)[:40]!r} names no day that is understood; {_ADVICE}")
