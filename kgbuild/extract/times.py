"""Expressions of time and the days they denote, seen from the date of the article."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
SHORT_MONTHS = {name[:3]: i + 1 for i, name in enumerate(MONTHS)} | {"sept": 9}
NUMBERS = {
    word: i for i, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1}

_month = (
    r"(?:"
    + "|".join([*MONTHS, r"jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?"])
    + r")"
)
_weekday = r"(?:" + "|".join(WEEKDAYS) + r")"
_before = rf"(?:{_weekday},?\s+)?"
_count = r"(?:\d{1,3}|" + "|".join(NUMBERS) + r")"
_unit = r"(?:day|week|month|year|decade)s?"
_part = r"(?:(?:early|late|mid)[- ])?"
_daytime = r"(?:\s+(?:morning|afternoon|evening|night))?"

PATTERN = re.compile(
    rf"""\b(?:
      (?P<iso>\d{{4}}-\d{{2}}-\d{{2}})
    | (?P<dmy>{_before}(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_month})(?:,?\s+(?P<y1>\d{{4}}))?\b)
    | (?P<mdy>{_before}(?P<m2>{_month})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s*%)(?:,?\s+(?P<y2>\d{{4}}))?)
    | (?P<lastmonth>(?P<which1>last|this|next)\s+(?P<m3>{_month}))\b
    | (?P<my>{_part}(?P<m4>{_month})\s+(?:of\s+)?(?P<y4>\d{{4}}))\b
    | (?P<weekday>(?:(?P<which2>last|this|next)\s+)?(?P<wd>{_weekday}){_daytime})\b
    | (?P<relday>the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|yesterday|today|tonight|tomorrow){_daytime}\b
    | (?P<thisday>(?:this|last)\s+(?:morning|afternoon|evening|night))\b
    | (?P<relunit>(?P<which3>last|this|next|past|previous|coming|current)\s+
        (?P<u3>week|weekend|month|year|decade|century))\b
    | (?P<earlier>(?:earlier|later)\s+this\s+(?P<u5>week|month|year))\b
    | (?P<ago>(?P<n1>{_count})\s+(?P<u1>{_unit})\s+(?:ago|earlier))\b
    | (?P<ahead>(?P<how>in|within)\s+(?P<n2>{_count})\s+(?P<u2>{_unit}))\b
    | (?P<month>{_part}(?:January|February|March|April|May|June|July|August|September|October|November|December))\b
    | (?P<year>{_part}(?:1[5-9]|20)\d{{2}})\b(?![\w.,]*\d)
    | (?P<decade>(?:1[5-9]|20)\d0s)\b
    | (?P<clock>\d{{1,2}}[:.]\d{{2}}\s*(?:[ap]\.?m\.?)?|\d{{1,2}}\s*[ap]\.?m\b\.?)
    )""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words of time at ``[start, end)`` of the text searched; ``past`` and ``future`` are the (first, last) days they
    denote when read as lying behind or ahead of the article's date, ISO, or None where they cannot be resolved."""

    start: int
    end: int
    text: str
    past: tuple[str, str] | None
    future: tuple[str, str] | None


def find_times(text: str, anchor: date | None) -> list[TimeExpression]:
    """All time expressions of a text, in order; relative ones are resolved against ``anchor``."""
    found = []
    for match in PATTERN.finditer(text):
        kind = _kind(match)
        if kind == "month" and not _names_month(match, text):
            continue
        past, future = _resolve(kind, match, anchor)
        found.append(TimeExpression(match.start(), match.end(), match.group(), past, future))
    return found


def _names_month(match: re.Match[str], text: str) -> bool:
    """Whether a lone month name is one: "may" and "march" are words, and May is also a person."""
    name = match.group().rpartition(" ")[2].rpartition("-")[2]
    introduced = re.search(
        r"\b(?:in|of|by|since|until|from|to|and|between|during|before|after)\s+$", text[: match.start()]
    )
    return name[0].isupper() and (name not in ("May", "March", "August", "April", "June") or bool(introduced))


KINDS = "iso dmy mdy lastmonth my weekday relday thisday relunit earlier ago ahead month year decade clock".split()


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in KINDS if match.group(kind) is not None)


def _month_number(text: str) -> int:
    return SHORT_MONTHS[text.lower().rstrip(".")[:3]]


def _day(value: date) -> tuple[str, str]:
    return value.isoformat(), value.isoformat()


def _month_span(year: int, month: int) -> tuple[str, str]:
    return f"{year}-{month:02d}-01", f"{year}-{month:02d}-{monthrange(year, month)[1]:02d}"


def _year_span(year: int) -> tuple[str, str]:
    return f"{year}-01-01", f"{year}-12-31"


def _safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _both(span: tuple[str, str] | None) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    return span, span


def _resolve(
    kind: str, match: re.Match[str], anchor: date | None
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    """The days denoted, read backward and forward from the anchor."""
    group = match.group
    if kind == "iso":
        year, month, day = map(int, group().split("-"))
        value = _safe(year, month, day)
        return _both(_day(value) if value else None)
    if kind in ("dmy", "mdy"):
        suffix = "1" if kind == "dmy" else "2"
        year_text = group("y" + suffix)
        day_number, month_number = int(group("d" + suffix)), _month_number(group("m" + suffix))
        return _calendar_day(day_number, month_number, int(year_text) if year_text else None, anchor)
    if kind == "my":
        return _both(_month_span(int(group("y4")), _month_number(group("m4"))))
    if kind == "year":
        return _both(_year_span(int(re.search(r"\d{4}", group())[0])))  # type: ignore[index]
    if kind == "decade":
        first = int(group()[:4])
        return _both((f"{first}-01-01", f"{first + 9}-12-31"))
    if kind == "clock" or anchor is None:
        return None, None
    if kind == "weekday":
        return _weekday_span(WEEKDAYS.index(group("wd").lower()), (group("which2") or "").lower(), anchor)
    if kind in ("relday", "thisday"):
        words = group().lower()
        shift = {"yester": -1, "tomorr": 1, "the da": -2 if "before" in words else 2, "last n": -1}.get(words[:6], 0)
        return _both(_day(anchor + timedelta(days=shift)))
    if kind == "earlier":
        return _both(_unit_span(group("u5").lower(), 0, anchor))
    if kind == "relunit":
        step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(group("which3").lower(), 0)
        return _both(_unit_span(group("u3").lower(), step, anchor))
    if kind == "lastmonth":
        return _named_month(_month_number(group("m3")), group("which1").lower(), anchor)
    if kind == "month":
        return _named_month(_month_number(re.sub(r"^(?:early|late|mid)[- ]", "", group(), flags=re.I)), "", anchor)
    count, unit = (group("n1"), group("u1")) if kind == "ago" else (group("n2"), group("u2"))
    n = int(count) if count.isdigit() else NUMBERS[count.lower()]
    span = _distance(n, unit.lower().rstrip("s"), -1 if kind == "ago" else 1, group("how"), anchor)
    # "the fourth crash in a month" looks back over a stretch of unknown end, "will reply in a month" names its end
    return _both(span) if kind == "ago" else (None, span)


def _calendar_day(
    day: int, month: int, year: int | None, anchor: date | None
) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    if year is not None:
        value = _safe(year, month, day)
        return _both(_day(value) if value else None)
    if anchor is None:
        return None, None
    near = [value for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (value := _safe(y, month, day))]
    past = max((v for v in near if v <= anchor), default=None)
    future = min((v for v in near if v >= anchor), default=None)
    closest = min(near, key=lambda v: abs((v - anchor).days), default=None)
    if closest is None:
        return None, None
    # A day without its year is the closest one: "on January 15" in December is next month's even in the past tense.
    return _day(past if past and abs((closest - anchor).days) > 60 else closest), _day(future or closest)


def _weekday_span(weekday: int, which: str, anchor: date) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    back = (anchor.weekday() - weekday) % 7
    past = anchor - timedelta(days=back)
    future = past if back == 0 else past + timedelta(days=7)
    if which == "next":
        return _both(_day(past + timedelta(days=7)))
    if which == "last":
        return _both(_day(past if back else past - timedelta(days=7)))
    return _day(past), _day(future)


def _named_month(month: int, which: str, anchor: date) -> tuple[tuple[str, str] | None, tuple[str, str] | None]:
    last_year = anchor.year if month < anchor.month or (month == anchor.month and which != "last") else anchor.year - 1
    next_year = anchor.year if month >= anchor.month else anchor.year + 1
    past, future = _month_span(last_year, month), _month_span(next_year, month)
    return {"last": (past, past), "next": (future, future)}.get(which, (past, future))


def _unit_span(unit: str, step: int, anchor: date) -> tuple[str, str]:
    if unit in ("week", "weekend"):
        monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        return first.isoformat(), (monday + timedelta(days=6)).isoformat()
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return _month_span(months // 12, months % 12 + 1)
    width = {"year": 1, "decade": 10, "century": 100}[unit]
    first_year = (anchor.year // width + step) * width
    return f"{first_year}-01-01", f"{first_year + width - 1}-12-31"


def _distance(n: int, unit: str, sign: int, how: str | None, anchor: date) -> tuple[str, str] | None:
    """``n`` units before or after the anchor: the day for days and weeks, the month or year for the larger ones."""
    if unit in ("day", "week"):
        value = anchor + timedelta(days=sign * n * (7 if unit == "week" else 1))
        return (anchor.isoformat(), value.isoformat()) if how and how.lower() == "within" else _day(value)
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + sign * n
        return _month_span(months // 12, months % 12 + 1)
    year = anchor.year + sign * n * (10 if unit == "decade" else 1)
    return _year_span(year) if 0 < year < 9999 else None
