"""What days an expression of time denotes, form by form: each function resolves the match of one pattern."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from kgbuild.extract.cues.tables import read_rows
from kgbuild.extract.days import (
    UNKNOWN,
    WEEKDAYS,
    Days,
    Reading,
    both,
    closest_reading,
    distant_days,
    holiday_day,
    make_date,
    month_days,
    month_number,
    month_reading,
    one_day,
    part_of,
    rolling_days,
    unit_days,
    weekday_reading,
    weekend_reading,
    year_days,
)
from kgbuild.extract.quantities import parse_number

Match = re.Match[str]


@dataclass(slots=True)
class Seen:
    """What an expression is read against: the article's day, the days of the last expression before it in the same
    paragraph, and dates that the text itself gives weekdays ("Thursday, 5 March 2020")."""

    anchor: date | None
    reference: Days | None = None
    weekdays: dict[int, date] = field(default_factory=dict)


def given(match: Match, name: str) -> str:
    """What a named group holds, "" where the pattern lacks it or it took no part."""
    return match.groupdict().get(name) or ""


def part_words(match: Match) -> str:
    return given(match, "part") or given(match, "part2")


def read_iso(match: Match, seen: Seen) -> Reading:
    year, month, day = map(int, match.group().split("-"))
    return both(one_day(make_date(year, month, day)))


def read_month_day(match: Match, seen: Seen) -> Reading:
    """ "March 5", "March 5–7, 2019", "February 28 to March 3"."""
    first = month_number(match["m"])
    last = month_number(given(match, "m2") or match["m"])
    return _calendar_days((first, int(match["d"])), (last, int(given(match, "d2") or match["d"])), match, seen)


def read_day_month(match: Match, seen: Seen) -> Reading:
    """ "5 March", "5–7 March 2019", "28 February to 3 March"."""
    last = month_number(match["m"])
    first = month_number(given(match, "m1") or match["m"])
    return _calendar_days((first, int(match["d"])), (last, int(given(match, "d2") or match["d"])), match, seen)


def _calendar_days(start: tuple[int, int], end: tuple[int, int], match: Match, seen: Seen) -> Reading:
    """The days from one (month, day) to another, in the year given or the one nearest to the article."""

    def to_end(first: date | None) -> Days | None:
        until = make_date(first.year + (end < start), *end) if first else None
        return (first, until) if first and until else None

    if given(match, "y"):
        return both(to_end(make_date(int(match["y"]) - (end < start), *start)))
    if seen.anchor is None:
        years = {day.year for day in seen.weekdays.values()}
        return both(to_end(make_date(years.pop(), *start)) if len(years) == 1 else None)
    near = [day for y in range(seen.anchor.year - 4, seen.anchor.year + 5) if (day := make_date(y, *start))]
    past, ahead = closest_reading(near, seen.anchor)
    return to_end(past[0] if past else None), to_end(ahead[0] if ahead else None)


def read_month_of_year(match: Match, seen: Seen) -> Reading:
    first, last = month_number(match["m"]), month_number(given(match, "m2") or match["m"])
    year = int(given(match, "y"))
    days = month_days(year - (last < first), first)[0], month_days(year, last)[1]
    return both(part_of(days, part_words(match)) if first == last else days)


def read_month(match: Match, seen: Seen) -> Reading:
    if seen.anchor is None:
        return UNKNOWN
    which = given(match, "which").lower()
    which = {"past": "last", "coming": "next"}.get(which, which)
    past, ahead = month_reading(month_number(match["m"]), which, seen.anchor)
    if given(match, "of"):
        step = {"last": -1, "next": 1}.get(given(match, "of").lower(), 0)
        past = ahead = month_days(seen.anchor.year + step, month_number(match["m"]))
    elif which == "this":  # "this March": of this year
        past = ahead = month_days(seen.anchor.year, month_number(match["m"]))
    return part_of(past, part_words(match)), part_of(ahead, part_words(match))


def read_weekday(match: Match, seen: Seen) -> Reading:
    weekday, which = WEEKDAYS.index(match["wd"].lower()), given(match, "which").lower()
    if which in ("following", "previous") or seen.anchor is None:
        if seen.reference and seen.reference[0] == seen.reference[1] and which in ("following", "previous"):
            day, sign = seen.reference[0], 1 if which == "following" else -1
            return both(one_day(day + timedelta(days=sign * ((sign * (weekday - day.weekday())) % 7 or 7))))
        return both(one_day(seen.weekdays.get(weekday))) if not which else UNKNOWN
    return weekday_reading(weekday, which, seen.anchor)


def read_near_day(match: Match, seen: Seen) -> Reading:
    words = match.group().lower()
    shift = -2 if "before" in words else 2 if "after" in words else -1 if words.startswith(("yest", "last")) else 0
    shift = 1 if words.startswith("tomorrow") else shift
    return both(one_day(seen.anchor + timedelta(days=shift))) if seen.anchor else UNKNOWN


def read_calendar_unit(match: Match, seen: Seen) -> Reading:
    which, unit = (given(match, "which") or "this").lower(), match["u"].lower()
    if which in ("that", "the same", "the following", "the previous"):
        return referred_unit(which, unit, match, seen)
    if seen.anchor is None:
        return UNKNOWN
    if unit == "weekend":
        return weekend_reading(which if which in ("last", "next") else "", seen.anchor)
    if which in ("past", "coming") and not part_words(match):
        return both(rolling_days(1, unit, -1 if which == "past" else 1, seen.anchor))
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    return both(part_of(unit_days(unit, step, seen.anchor), part_words(match)))


def referred_unit(which: str, unit: str, match: Match, seen: Seen) -> Reading:
    """A unit seen from the time last named: "the following day", "that year"."""
    step = {"the following": 1, "the previous": -1}.get(which, 0)
    if seen.reference is None:
        return UNKNOWN
    of = unit_days(unit, step, seen.reference[0])
    whole = unit_days(unit, 0, seen.reference[0])
    fits = whole is not None and whole[0] <= seen.reference[0] and seen.reference[1] <= whole[1]
    return both(part_of(of, part_words(match))) if fits else UNKNOWN


def read_named_day(match: Match, seen: Seen) -> Reading:
    """A day seen from the day last named: "the next day", "later that day"."""
    words = " ".join(match.group().lower().split())
    step = -1 if re.search(r"before|previous|earlier", words) else 1 if re.search(r"next|following|after", words) else 0
    single = seen.reference is not None and seen.reference[0] == seen.reference[1]
    return both(unit_days("day", step, seen.reference[0])) if single and seen.reference else UNKNOWN


def read_within_this(match: Match, seen: Seen) -> Reading:
    """ "Earlier this year": from its beginning to the article; "later this month": from there to its end."""
    whole = unit_days(match["u"].lower(), 0, seen.anchor) if seen.anchor else None
    if whole is None or seen.anchor is None:
        return UNKNOWN
    early = match.group().lower().startswith(("earlier", "so far")) or match.group().lower().endswith("so far")
    return both((whole[0], seen.anchor) if early else (seen.anchor, whole[1]))


def read_rolling(match: Match, seen: Seen) -> Reading:
    n = parse_number([match["n"]]) if match["n"] else 1
    ahead = match["which"].lower() in ("next", "coming", "following")
    if seen.anchor is None or n is None:
        return UNKNOWN
    return both(rolling_days(n, match["u"].lower(), 1 if ahead else -1, seen.anchor))


def count_of(match: Match) -> float | None:
    words = match["n"].lower().split("-")
    return 1 if words[0] in ("a", "an") else parse_number(words)


def read_ago(match: Match, seen: Seen) -> Reading:
    n = count_of(match) if match["n"] else None
    sure = (given(match, "loose") or "just").lower() in ("just", "about", "around", "roughly", "almost", "nearly")
    return both(distant_days(n, match["u"].lower(), -1, seen.anchor)) if n and sure and seen.anchor else UNKNOWN


def read_from_reference(match: Match, seen: Seen) -> Reading:
    """ "Two days later", "a year earlier": seen from the time last named, if that is no longer than the unit."""
    n = count_of(match) if match["n"] else None
    unit = match["u"].lower()
    if n is None or seen.reference is None or given(match, "loose"):
        return UNKNOWN
    n_days = (seen.reference[1] - seen.reference[0]).days + 1
    if n_days > {"day": 1, "week": 1, "fortnight": 1, "month": 31, "year": 366, "decade": 366}.get(unit, 0):
        return UNKNOWN
    return both(distant_days(n, unit, -1 if match["dir"].lower() in ("earlier", "before") else 1, seen.reference[0]))


def read_ahead(match: Match, seen: Seen) -> Reading:
    """ "In two weeks", "within a year". "The fourth crash in a month" looks back over a stretch of unknown end."""
    n = count_of(match) if match["n"] else None
    if n is None or seen.anchor is None:
        return UNKNOWN
    unit = match["u"].lower()
    if match["how"].lower() == "within" or given(match, "loose"):
        return None, rolling_days(n, unit, 1, seen.anchor)
    return None, distant_days(n, unit, 1, seen.anchor)


def read_year(match: Match, seen: Seen) -> Reading:
    return both(part_of(year_days(int(given(match, "y"))), part_words(match)))


def read_years(match: Match, seen: Seen) -> Reading:
    first, last = given(match, "y"), match["y2"]
    return both(year_days(int(first), int(first[: 4 - len(last)] + last)))


def read_decade(match: Match, seen: Seen) -> Reading:
    """ "The 1990s", "the '60s" (of the last century); "the 1900s" may be ten years or a hundred."""
    digits = re.sub(r"\D", "", given(match, "y"))
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    if len(digits) == 4 and first % 100 == 0:
        return both(year_days(first, first + 99))
    return both(part_of(year_days(first, first + 9), part_words(match)))


def read_century(match: Match, seen: Seen) -> Reading:
    number = int(match["c"])
    return both(part_of(year_days(100 * number - 99, 100 * number), part_words(match)))


def read_quarter(match: Match, seen: Seen) -> Reading:
    which = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}
    word = (match["q"] or match["q2"]).lower()
    number = int(word) if word.isdigit() else which[word]
    return both((date(int(given(match, "y")), 3 * number - 2, 1), month_days(int(given(match, "y")), 3 * number)[1]))


def read_season(match: Match, seen: Seen) -> Reading:
    """A season is another half-year in the south, and winter lies in two years: only the year is sure."""
    return both(year_days(int(given(match, "y"))) if given(match, "y") and match["s"].lower() != "winter" else None)


@cache
def holidays() -> dict[str, str]:
    return {name: rule for names, rule in read_rows("holidays.tsv") for name in names.split("|")}


def read_holiday(match: Match, seen: Seen) -> Reading:
    rule = holidays()[" ".join(match["h"].lower().split())]
    if given(match, "y"):
        return both(one_day(holiday_day(rule, int(given(match, "y")))))
    if seen.anchor is None:
        return UNKNOWN
    year, which = seen.anchor.year, given(match, "which").lower()
    near = [d for y in (year - 1, year, year + 1) if (d := holiday_day(rule, y))]
    if which in ("last", "next"):
        rest = [d for d in near if (d < seen.anchor if which == "last" else d > seen.anchor)]
        return both(one_day(rest[-1] if which == "last" else rest[0]))
    return closest_reading(near, seen.anchor)


def read_attacks(match: Match, seen: Seen) -> Reading:
    return both(one_day(date(2001, 9, 11)))


def read_unknown(match: Match, seen: Seen) -> Reading:
    return UNKNOWN


def read_rolling_unit(match: Match, seen: Seen) -> Reading:
    """ "The past year": the twelve months up to the article; "the current year" is the calendar's."""
    which, unit = match["which"].lower(), match["u"].lower()
    if seen.anchor is None:
        return UNKNOWN
    if which == "current":
        return both(unit_days(unit, 0, seen.anchor))
    return both(rolling_days(1, unit, -1 if which in ("past", "last") else 1, seen.anchor))
