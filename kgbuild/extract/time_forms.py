"""The forms that expressions of time take: what they look like, and which function reads their days."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kgbuild.extract import time_values as values
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.days import MONTHS, WEEKDAYS, Reading
from kgbuild.extract.time_values import Match, Seen


@dataclass(frozen=True, slots=True)
class Form:
    """A form of expression: its name, what it looks like, and how it is resolved."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[Match, Seen], Reading]


FULL_MONTH = rf"(?:{'|'.join(MONTHS)})"
MONTH = rf"(?:{FULL_MONTH}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
YEAR = r"(?:(?:1[5-9]|20)\d{2}(?!\d))"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = r"(?:st|nd|rd|th)?"
DASH = r"\s*[–—-]\s*"
TO = rf"(?:{DASH}|\s+(?:to|through|until)\s+)"
THIRD = r"(?:(?P<part>early|late|mid)[- ](?:the\s+)?)"
OF = r"(?:(?:the\s+)?(?P<part2>beginning|start|middle|end|close|turn|first\s+half|second\s+half)\s+of\s+(?:the\s+)?)"
PART = rf"(?:{THIRD}|{OF})?"
WHICH = r"(?:(?:the\s+)?(?P<which>last|this|next|past|coming|following|previous)\s+)?"
DAYTIME = r"(?:\s+(?:early\s+|late\s+|mid-?)?(?:morning|afternoon|evening|night|noon|midnight))?"
COUNT = (
    r"(?:\d{1,3}(?:\.\d)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?)"
)
MANY = r"(?:a\s+few|several|many|some|a\s+couple\s+of|a\s+number\s+of|dozens\s+of|hundreds\s+of|thousands\s+of)"
LOOSE = r"(?:(?P<loose>more\s+than|less\s+than|over|under|at\s+least|almost|nearly|about|around|roughly|just)\s+)?"
UNIT = r"(?:day|week|fortnight|month|quarter|year|decade)"
SHORT = r"(?:second|minute|hour)"
ENDS = r"(?=\s*[,.;:)]|\s*$)"
ZONE = r"(?:\s*\(?(?:local\s+time|UTC|GMT|[CEMP][SD]?T|A[EC][SD]T|BST|IST|CES?T|EES?T|JST|MSK)\b\)?)*"
DAYTIMES = r"(?:morning|afternoon|evening|night)"


def _form(name: str, pattern: str, resolve: Callable[[Match, Seen], Reading]) -> Form:
    return Form(name, re.compile(rf"(?<![\w$€£./-])(?:{pattern})(?!\w)", re.IGNORECASE), resolve)


def _either(names: frozenset[str]) -> str:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first)


@cache
def forms() -> tuple[Form, ...]:
    """All forms; of two that begin at the same place, the earlier one wins."""
    days_of_month = rf"(?:{TO}|\s+and\s+(?={DAY}{ORDINAL}\s*(?:[,.;)]|\d{{4}}|$)))"
    names = _either(frozenset(values.holidays()))
    return (
        _form("iso", r"\d{4}-\d{2}-\d{2}", values.read_iso),
        _form(
            "attacks",
            r"9/11|(?:September|Sept?\.)\s+11(?:th)?(?:,?\s+2001)?(?=,?\s+(?:terror\w*\s+)?attacks)",
            values.read_attacks,
        ),
        _form(
            "day",
            rf"(?:{WEEKDAY},?\s+)?(?:the\s+)?(?P<d>{DAY}){ORDINAL}(?:\s+(?P<m1>{MONTH}))?"
            rf"(?:(?:{TO}|\s+and\s+)(?P<d2>{DAY}){ORDINAL})?\s+(?:of\s+)?(?P<m>{MONTH})(?:,?\s+(?P<y>{YEAR}))?",
            values.read_day_month,
        ),
        _form(
            "day",
            rf"(?:{WEEKDAY},?\s+)?(?P<m>{MONTH})\s+(?P<d>{DAY}){ORDINAL}(?![\d%:])(?!\.\d)(?!\s*(?:%|percent))"
            rf"(?:{days_of_month}(?:(?P<m2>{MONTH})\s+)?(?P<d2>{DAY}){ORDINAL}(?![\d%:]))?(?:,?\s+(?P<y>{YEAR}))?",
            values.read_month_day,
        ),
        _form(
            "month",
            rf"{PART}(?P<m>{MONTH})(?:(?:{TO}|\s+and\s+)(?P<m2>{FULL_MONTH}))?,?\s+(?:of\s+)?(?P<y>{YEAR})",
            values.read_month_of_year,
        ),
        _form(
            "lone month",
            rf"{PART}{WHICH}(?P<m>{FULL_MONTH})(?:,?\s+(?:of\s+)?(?P<of>this|last|next)\s+year)?",
            values.read_month,
        ),
        _form("weekday", rf"(?:(?:early|late)\s+)?{WHICH}(?P<wd>{WEEKDAY}){DAYTIME}", values.read_weekday),
        _form(
            "near day",
            rf"the\s+day\s+(?:before\s+yesterday|after\s+tomorrow)|(?:yesterday|today|tonight|tomorrow){DAYTIME}"
            rf"|(?:earlier\s+|later\s+)?(?:this|last)\s+{DAYTIMES}",
            values.read_near_day,
        ),
        _form(
            "within",
            r"(?:earlier|later|so\s+far)\s+this\s+(?P<u>week|month|year)|this\s+(?P<u2>week|month|year)\s+so\s+far",
            values.read_within_this,
        ),
        _form(
            "named day",
            r"(?:(?:earlier|later)\s+)?(?:the\s+(?:very\s+)?(?:same|next|following|previous)|that(?:\s+same)?)\s+"
            rf"(?:day|{DAYTIMES})|the\s+day\s+(?:before|after){ENDS}",
            values.read_named_day,
        ),
        _form(
            "unit",
            rf"{PART}(?P<which>last|this|next|past|coming|current|that|the\s+same|the\s+following|the\s+previous)\s+"
            r"(?P<u>weekend|week|fortnight|month|quarter|year|decade|century)",
            values.read_calendar_unit,
        ),
        _form(
            "unit",
            r"the\s+(?P<which>past|coming|next|last|current)\s+(?P<u>week|month|year|decade|century|quarter)(?!\s+of\b)",
            values.read_rolling_unit,
        ),
        _form("unit", rf"{OF}(?P<u>week|month|year|decade|century)", values.read_calendar_unit),
        _form("unit", r"the\s+(?:past\s+)?(?P<u>weekend)", values.read_calendar_unit),
        _form(
            "rolling",
            rf"(?:the\s+)?(?P<which>last|past|next|coming|previous|following)\s+(?P<n>{COUNT})\s+"
            rf"(?P<u>{UNIT})s(?!\s+of\b)",
            values.read_rolling,
        ),
        _form(
            "vague",
            rf"(?:the\s+)?(?:last|past|next|coming|recent)\s+(?:(?:few|several|couple\s+of)\s+)?(?:{UNIT}|{SHORT})s",
            values.read_unknown,
        ),
        _form("ago", rf"{LOOSE}(?P<n>{COUNT})\s+(?P<u>{UNIT})s?\s+ago", values.read_ago),
        _form(
            "later",
            rf"{LOOSE}(?P<n>{COUNT})\s+(?P<u>{UNIT})s?\s+(?P<dir>(?:earlier|later)(?!\s+than)|before{ENDS}|afterwards?)",
            values.read_from_reference,
        ),
        _form(
            "vague",
            rf"(?:{LOOSE}{COUNT}\s+{SHORT}s?|{MANY}\s+(?:{UNIT}|{SHORT})s)\s+"
            rf"(?:ago|earlier|later|before{ENDS}|afterwards?)",
            values.read_unknown,
        ),
        _form(
            "ahead",
            rf"(?P<how>in|within)\s+{LOOSE}(?P<n>{COUNT})\s+(?P<u>{UNIT})s?(?:['’]s?\s+time)?(?!-)",
            values.read_ahead,
        ),
        _form(
            "fiscal",
            rf"(?:the\s+)?(?:fiscal|financial|tax)\s+(?:year\s+)?{YEAR}(?:[–/-]\d{{2,4}})?"
            rf"|(?:the\s+)?{YEAR}(?:[–/-]\d{{2,4}})?\s+(?:fiscal|financial|tax)\s+year",
            values.read_unknown,
        ),
        _form(
            "quarter",
            r"(?:the\s+)?(?:(?P<q>first|second|third|fourth|last|final)\s+quarter|Q(?P<q2>[1-4]))\s+(?:of\s+)?"
            rf"(?P<y>{YEAR})",
            values.read_quarter,
        ),
        _form(
            "season",
            r"(?:the\s+)?(?:(?:early|late|mid)[- ])?(?P<s>spring|summer|autumn|winter)(?:\s+of)?\s+"
            rf"(?P<y>{YEAR})(?:[–/-]\d{{2,4}})?|(?:last|this|next)\s+(?:spring|summer|autumn|winter|fall)",
            values.read_season,
        ),
        _form("holiday", rf"{WHICH}(?P<h>{names})(?:,?\s+(?P<y>{YEAR}))?", values.read_holiday),
        _form("years", rf"(?P<y>{YEAR})(?:{DASH}|/)(?P<y2>\d{{4}}|\d{{2}})(?![\d-])", values.read_years),
        _form("decade", rf"(?:the\s+)?{PART}(?P<y>(?:1[5-9]|20)\d0|['’]\d0)s", values.read_decade),
        _form("century", rf"{PART}(?:the\s+)?(?P<c>1\d|20|21)(?:st|th)\s+century", values.read_century),
        _form("year", rf"{PART}(?P<y>{YEAR})(?![.,:]\d)(?!\s*(?:%|percent|[–-]\d))", values.read_year),
        _form(
            "clock",
            rf"\d{{1,2}}(?:[:.][0-5]\d)?\s*[ap](?:\.m\.|\.?m\b\.?){ZONE}|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
            rf"(?:\s+hours)?{ZONE}|[012]\d[0-5]\d\s*(?:UTC|GMT)|(?:noon|midnight|midday){ZONE}",
            values.read_unknown,
        ),
        _form("vague", _either(word_set("vague_times")), values.read_unknown),
    )
