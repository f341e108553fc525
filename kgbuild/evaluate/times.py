"""Scores of time expressions on articles annotated with TIMEX3 values, as those of MEANTIME.

The folder holds ``gold/ID.xml`` (CAT stand-off annotation), ``texts/ID.txt``, ``tokens/ID.tsv`` (token id, start and
end as characters of the text) and ``sources.tsv`` with the columns ``id`` and ``date``. Only values that name days
count: a day, week, weekend, month, quarter, year or decade; "XXXX-XX-XX" and the like, durations and sets do not.
"""

from __future__ import annotations

import csv
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kgbuild.errors import InputError
from kgbuild.extract.days import Days, month_days, year_days
from kgbuild.extract.times import find_times


@dataclass(frozen=True, slots=True)
class Timex:
    """An annotated expression at ``[start, end)`` of a text, and the days of its value."""

    start: int
    end: int
    text: str
    value: str
    days: Days


@dataclass(frozen=True, slots=True)
class TimesScore:
    """How many annotated expressions with days there are, how many of them an expression of ours touches, and how many
    of ours have just these days, read back or ahead; ``missed`` are the others, in words."""

    gold: int
    found: int
    right: int
    missed: tuple[str, ...]

    def shares(self) -> dict[str, float]:
        """In percent: ``found`` of the annotated, ``values`` right of the annotated."""
        return {
            "found": round(100 * self.found / self.gold, 2) if self.gold else 0.0,
            "values": round(100 * self.right / self.gold, 2) if self.gold else 0.0,
        }


def score_times(folder: Path) -> TimesScore:
    """The score of `find_times` on the articles of a folder. Raises InputError where it is not such a folder."""
    gold = found = right = 0
    missed = []
    dates = _dates(folder / "sources.tsv")
    for path in sorted((folder / "gold").glob("*.xml")):
        text, annotated = read_article(folder, path.stem)
        ours = find_times(text, dates.get(path.stem))
        for timex in annotated:
            touching = [t for t in ours if t.start < timex.end and timex.start < t.end]
            agreed = any(timex.days in (t.past, t.future) for t in touching)
            gold, found, right = gold + 1, found + bool(touching), right + agreed
            if not agreed:
                given = ", ".join(t.text for t in touching) or "nothing"
                missed.append(f"{path.stem}: “{timex.text}” {timex.value}, found {given}")
    if not gold:
        raise InputError(f"{folder}: no annotated times in it; give a folder with gold, texts, tokens and sources.tsv")
    return TimesScore(gold, found, right, tuple(missed))


def read_article(folder: Path, name: str) -> tuple[str, list[Timex]]:
    """The text of an article and its annotated expressions that name days."""
    try:
        text = (folder / "texts" / f"{name}.txt").read_text(encoding="utf-8")
        rows = (folder / "tokens" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
        place = {token: (int(start), int(end)) for token, start, end in (row.split("\t") for row in rows)}
        root = ET.parse(folder / "gold" / f"{name}.xml").getroot()
        return text, list(_annotated(text, root, place))
    except (OSError, ValueError, KeyError, ET.ParseError) as error:
        raise InputError(f"{folder}: article {name} cannot be read ({error})") from error


def _annotated(text: str, root: ET.Element, place: dict[str, tuple[int, int]]) -> Iterator[Timex]:
    for element in root.iter("TIMEX3"):
        spans = sorted(place[anchor.attrib["t_id"]] for anchor in element.iter("token_anchor"))
        days = days_of_value(element.get("value", ""))
        if spans and days is not None and element.get("type") == "DATE":
            start, end = spans[0][0], spans[-1][1]
            yield Timex(start, end, text[start:end], element.get("value", ""), days)


def days_of_value(value: str) -> Days | None:
    """The days of a TIMEX3 value: "2008-03-05", "2004-W47", "2004-W47-WE", "2008-03", "2006-Q4", "2008", "199"."""
    value = value.partition("T")[0]
    try:
        if match := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
            first = date.fromisocalendar(int(match[1]), int(match[2]), 6 if match[3] else 1)
            return first, first + timedelta(days=1 if match[3] else 6)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value), date.fromisoformat(value)
        if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
            year, last = int(match[1]), 3 * int(match[2])
            return month_days(year, last - 2)[0], month_days(year, last)[1]
        if match := re.fullmatch(r"(\d{4})-(\d\d)", value):
            return month_days(int(match[1]), int(match[2]))
        if re.fullmatch(r"\d{3,4}", value):
            return year_days(int(value.ljust(4, "0")), int(value.ljust(4, "9")))
    except ValueError:  # a month 13, a day 32
        return None
    return None


def _dates(path: Path) -> dict[str, date]:
    """The dates of the articles by their id."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            return {row["id"]: date.fromisoformat(row["date"]) for row in rows if row["date"]}
    except (OSError, KeyError, ValueError) as error:
        raise InputError(f"{path}: give a table with the columns id and date (YYYY-MM-DD) ({error})") from error
