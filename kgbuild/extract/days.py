"""Calendar arithmetic: the first and last day of weeks, months, quarters, decades, holidays, and of parts of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()

Days = tuple[date, date]
"""The first and the last day of a stretch of time, both inclusive."""
Reading = tuple[Days | None, Days | None]
"""The days of an expression, read as lying behind and ahead of the day it is seen from; None where not known."""

UNKNOWN: Reading = (None, None)
PARTS = {"early": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1, "late": 2, "end": 2, "close": 2, "turn": 0}
"""Which third of a month, year or decade a word takes."""


def both(days: Days | None) -> Reading:
    return days, days


def iso_days(days: Days) -> str:
    """ISO 8601 as short as it goes: "2019-03-05", "2019-03", "2019", else both ends: "2019-03-05/2019-03-07"."""
    first, last = days
    if first == last:
        return first.isoformat()
    if days == month_days(first.year, first.month):
        return first.isoformat()[:7]
    if days == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return first.isoformat()[:4]
    return f"{first.isoformat()}/{last.isoformat()}"


def make_date(year: int, month: int, day: int) -> date | None:
    """The date, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def one_day(day: date | None) -> Days | None:
    return None if day is None else (day, day)


def month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def year_days(first: int, last: int | None = None) -> Days | None:
    """All days of the years ``first`` to ``last``; None beyond the calendar."""
    last = first if last is None else last
    return (date(first, 1, 1), date(last, 12, 31)) if 0 < first <= last < 9999 else None


def month_number(name: str) -> int:
    """1 to 12 for a month's name or its beginning ("Sept.")."""
    return next(i for i, month in enumerate(MONTHS, 1) if month.startswith(name.lower()[:3]))


def shifted_month(day: date, months: int) -> Days | None:
    """The whole month that lies ``months`` after that of ``day``."""
    number = day.year * 12 + day.month - 1 + months
    return month_days(number // 12, number % 12 + 1) if 12 <= number < 9999 * 12 else None


def part_of(days: Days | None, part: str) -> Days | None:
    """A third of a stretch ("early 2019": January to April; "the early 1990s": 1990 to 1993), or a half of it."""
    if days is None or not part:
        return days
    first, last = days
    words = part.lower()
    if "half" in words:
        middle = first + (last - first) / 2
        if first.day == 1 and first.month == 1 and last.year == first.year:
            middle = date(first.year, 6, 30)
        return (first, middle) if "first" in words else (middle + timedelta(days=1), last)
    third = PARTS[words.split()[0]]
    n_years = last.year - first.year + 1
    if n_years >= 10:
        starts = (0, 4, 7, 10) if n_years == 10 else (0, 34, 67, 100)
        return year_days(first.year + starts[third], first.year + starts[third + 1] - 1)
    if (last - first).days > 31:
        return month_days(first.year, 4 * third + 1)[0], month_days(first.year, 4 * third + 4)[1]
    if (last - first).days > 7:
        return first + timedelta(days=10 * third), last if third == 2 else first + timedelta(days=10 * third + 9)
    return days


def unit_days(unit: str, step: int, day: date) -> Days | None:
    """The calendar week (from Monday), month, quarter, year, decade or century ``step`` after that of ``day``."""
    if unit in ("week", "weekend", "fortnight"):
        monday = day - timedelta(days=day.weekday()) + timedelta(weeks=step)
        return monday + timedelta(days=5 if unit == "weekend" else 0), monday + timedelta(days=6)
    if unit == "day":
        return one_day(day + timedelta(days=step))
    if unit == "month":
        return shifted_month(day, step)
    if unit == "quarter":
        first = shifted_month(day, 3 * step - (day.month - 1) % 3)
        last = shifted_month(day, 3 * step - (day.month - 1) % 3 + 2)
        return (first[0], last[1]) if first and last else None
    width = {"year": 1, "decade": 10, "century": 100}[unit]
    first_year = (day.year // width + step) * width
    return year_days(first_year, first_year + width - 1)


def distant_days(n: float, unit: str, sign: int, day: date) -> Days | None:
    """``n`` units before (-1) or after (1) a day: a day for days and weeks, a whole month or year for larger units."""
    if unit in ("day", "week", "fortnight"):
        n_days = round(n * {"day": 1, "week": 7, "fortnight": 14}[unit])
        return one_day(_moved(day, sign * n_days))
    if unit == "month":
        return shifted_month(day, sign * round(n))
    return year_days(day.year + sign * round(n * {"year": 1, "decade": 10, "century": 100}[unit]))


def rolling_days(n: float, unit: str, sign: int, day: date) -> Days | None:
    """The stretch of ``n`` units that ends (-1) or begins (1) at a day: "over the past two years"."""
    if unit in ("day", "week", "fortnight"):
        n_days = round(n * {"day": 1, "week": 7, "fortnight": 14}[unit])
        other = _moved(day, sign * n_days)
    else:
        n_months = round(n * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit])
        month = shifted_month(day, sign * n_months)
        other = month[0].replace(day=min(day.day, month[1].day)) if month else None
    if other is None:
        return None
    return (other, day) if sign < 0 else (day, other)


def _moved(day: date, n_days: int) -> date | None:
    try:
        return day + timedelta(days=n_days)
    except OverflowError:
        return None


def weekday_reading(weekday: int, which: str, anchor: date) -> Reading:
    """The last such weekday up to the anchor and the first from it on; "last" and "next" leave the anchor's own out."""
    back = (anchor.weekday() - weekday) % 7
    past = anchor - timedelta(days=back)
    ahead = past if back == 0 else past + timedelta(days=7)
    if which in ("next", "coming"):
        return both(one_day(past + timedelta(days=7)))
    if which in ("last", "past"):
        return both(one_day(past if back else past - timedelta(days=7)))
    return one_day(past), one_day(ahead)


def weekend_reading(which: str, anchor: date) -> Reading:
    """The weekend behind (or the present one) and the one ahead."""
    this = unit_days("weekend", 0, anchor)
    last = unit_days("weekend", -1, anchor)
    ahead = unit_days("weekend", 1, anchor)
    if which == "next":
        return both(ahead if anchor.weekday() >= 5 else this)
    if which == "last":
        return both(last)
    return (this if anchor.weekday() >= 5 else last), this


def month_reading(month: int, which: str, anchor: date) -> Reading:
    """The last month of a name, up to the anchor's own, and the next one from it on."""
    last_year = anchor.year if month < anchor.month or (month == anchor.month and which != "last") else anchor.year - 1
    next_year = anchor.year if month > anchor.month or (month == anchor.month and which != "next") else anchor.year + 1
    past, ahead = month_days(last_year, month), month_days(next_year, month)
    return {"last": (past, past), "next": (ahead, ahead)}.get(which, (past, ahead))


def closest_reading(candidates: list[date], anchor: date) -> Reading:
    """Of a day that comes once a year, the one behind and the one ahead. A day within two months of the anchor is
    meant even against the direction: "on January 15" in December is next month's also in the past tense."""
    if not candidates:
        return UNKNOWN
    past = max((day for day in candidates if day <= anchor), default=None)
    ahead = min((day for day in candidates if day >= anchor), default=None)
    closest = min(candidates, key=lambda day: abs((day - anchor).days))
    near = abs((closest - anchor).days) <= 60
    return one_day(closest if near or past is None else past), one_day(ahead or closest)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm, Nature 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def holiday_day(rule: str, year: int) -> date | None:
    """The day of a rule: "12-25" (month and day), or "easter-2" (days from Easter)."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule[len("easter") :] or 0))
    month, day = map(int, rule.split("-"))
    return make_date(year, month, day)
