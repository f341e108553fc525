"""What days expressions of time denote, and which clause they belong to."""

from __future__ import annotations

from datetime import date

import pytest

from kgbuild.extract.clause_times import bounded
from kgbuild.extract.days import easter, iso_days, part_of, year_days
from kgbuild.extract.times import anchor_of, dated_weekdays, find_times
from kgbuild.types import Article

ANCHOR = date(2022, 2, 15)  # a Tuesday


def days(text: str, anchor: date | None = ANCHOR) -> list[tuple[str, str | None, str | None]]:
    """Words, days behind and days ahead of every expression."""
    return [(t.text, t.past and iso_days(t.past), t.future and iso_days(t.future)) for t in find_times(text, anchor)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2021-03-05", "2021-03-05"),
        ("Friday, March 5, 2021", "2021-03-05"),
        ("the 5th of March 2021", "2021-03-05"),
        ("5–7 March 2021", "2021-03-05/2021-03-07"),
        ("28 February to 3 March 2021", "2021-02-28/2021-03-03"),
        ("December 30 to January 2, 2021", "2020-12-30/2021-01-02"),
        ("March 2021", "2021-03"),
        ("early March 2021", "2021-03-01/2021-03-10"),
        ("the end of March 2021", "2021-03-21/2021-03-31"),
        ("March to June 2021", "2021-03-01/2021-06-30"),
        ("March of last year", "2021-03"),
        ("2019", "2019"),
        ("mid-2019", "2019-05-01/2019-08-31"),
        ("the first half of 2019", "2019-01-01/2019-06-30"),
        ("2014–16", "2014-01-01/2016-12-31"),
        ("the 1990s", "1990-01-01/1999-12-31"),
        ("the early 1990s", "1990-01-01/1993-12-31"),
        ("the '60s", "1960-01-01/1969-12-31"),
        ("the 19th century", "1801-01-01/1900-12-31"),
        ("the third quarter of 2021", "2021-07-01/2021-09-30"),
        ("Q1 2021", "2021-01-01/2021-03-31"),
        ("summer 2018", "2018"),
        ("yesterday", "2022-02-14"),
        ("the day before yesterday", "2022-02-13"),
        ("last night", "2022-02-14"),
        ("this morning", "2022-02-15"),
        ("last Friday", "2022-02-11"),
        ("next Friday", "2022-02-18"),
        ("last week", "2022-02-07/2022-02-13"),
        ("last weekend", "2022-02-12/2022-02-13"),
        ("next month", "2022-03"),
        ("last year", "2021"),
        ("the past year", "2021-02-15/2022-02-15"),
        ("the past 20 years", "2002-02-15/2022-02-15"),
        ("the next two weeks", "2022-02-15/2022-03-01"),
        ("earlier this year", "2022-01-01/2022-02-15"),
        ("later this month", "2022-02-15/2022-02-28"),
        ("the end of the year", "2022-09-01/2022-12-31"),
        ("three days ago", "2022-02-12"),
        ("two years ago", "2020"),
        ("about three months ago", "2021-11"),
        ("Christmas Eve 2020", "2020-12-24"),
        ("Easter 2021", "2021-04-04"),
        ("last Christmas", "2021-12-25"),
        ("9/11", "2001-09-11"),
    ],
)
def test_days_that_do_not_depend_on_the_direction(words: str, expected: str) -> None:
    assert days(f"They met {words}.") == [(words, expected, expected)]


@pytest.mark.parametrize(
    ("words", "past", "ahead"),
    [
        ("Friday", "2022-02-11", "2022-02-18"),
        ("Tuesday", "2022-02-15", "2022-02-15"),
        ("Friday night", "2022-02-11", "2022-02-18"),
        ("the weekend", "2022-02-12/2022-02-13", "2022-02-19/2022-02-20"),
        ("next June", "2022-06", "2022-06"),
        ("late June", "2021-06-21/2021-06-30", "2022-06-21/2022-06-30"),
        ("January 20", "2022-01-20", "2023-01-20"),
        ("March 5", "2022-03-05", "2022-03-05"),
        ("Christmas", "2021-12-25", "2022-12-25"),
        ("in two weeks", None, "2022-03-01"),
        ("within a week", None, "2022-02-15/2022-02-22"),
    ],
)
def test_days_by_direction(words: str, past: str | None, ahead: str | None) -> None:
    assert days(f"They met {words}.") == [(words, past, ahead)]


@pytest.mark.parametrize(
    "words",
    ["recently", "fiscal year 2018", "more than two years ago", "several years ago", "three hours ago", "recent years",
     "last winter", "9:30 a.m.", "13:45 GMT", "the next day", "two days later"],
)  # fmt: skip
def test_words_of_time_that_name_no_days(words: str) -> None:
    assert days(f"They met {words}.") == [(words, None, None)]


@pytest.mark.parametrize(
    "text",
    ["It cost 5.25 million.", "Shares fell 14.40%.", "The march may begin.", "Mr May resigned.",
     "They won 1,999 votes.", "They scored 3-2.", "March 5.5%"],
)  # fmt: skip
def test_what_is_no_time(text: str) -> None:
    assert days(text) == []


def test_later_than_something_else_is_not_later_than_the_day_last_named() -> None:
    assert [text for text, _, _ in days("On 3 January 2022 it left, three days later than planned.")] == [
        "3 January 2022"
    ]


def test_days_seen_from_the_day_last_named() -> None:
    text = (
        "On 3 January 2022 it rained. Two days later it snowed, and the next day the road was shut. Later that day, a"
    )
    assert [past for _, past, _ in days(text)] == ["2022-01-03", "2022-01-05", "2022-01-06", "2022-01-06"]
    assert days("On 3 January 2022 it rained.\nThe next day it snowed.")[1][1] is None
    assert days("In 2010 he left. A year later he returned. Two days later he died.")[1:] == [
        ("A year later", "2011", "2011"),
        ("Two days later", None, None),
    ]


def test_stretches_know_their_end() -> None:
    since, begin, end = find_times("He sat there since 2001, and from 2009 to 2011 in parliament.", ANCHOR)
    assert (since.bound, since.until) == ("since", None)
    assert begin.until is not None
    assert begin.until.text == "2011"
    assert end.ends
    (first, _) = find_times("It fell between 2014 and 2016.", ANCHOR)
    assert first.until is not None


def test_open_sides() -> None:
    year = year_days(2007)
    assert year is not None
    assert bounded(year, "since") == (date(2007, 1, 1), None)
    assert bounded(year, "until") == (None, date(2007, 12, 31))
    assert bounded(year, "before") == (None, date(2006, 12, 31))
    assert bounded(year, "after") == (date(2008, 1, 1), None)
    assert bounded(year, "") == year


def test_a_line_with_the_date_dates_an_article_without_one() -> None:
    assert anchor_of(Article("A title\n\nSaturday, January 5, 2019\n\nIt rained on Friday.")) == date(2019, 1, 5)
    assert anchor_of(Article("It rained on Saturday, January 5, 2019.")) is None
    assert anchor_of(Article("January 5, 2019\n\nText", date="2020-01-01")) == date(2020, 1, 1)


def test_weekdays_of_an_undated_article_come_from_dates_beside_them() -> None:
    text = "On Thursday, 5 March 2020 he spoke. On Thursday she answered; on Friday he left. On March 2 it began."
    assert [past for _, past, _ in days(text, None)] == ["2020-03-05", "2020-03-05", None, "2020-03-02"]
    assert dated_weekdays("On Friday, 5 March 2020 he spoke.") == {}  # it was a Thursday
    assert dated_weekdays("Thursday, 5 March 2020 and Thursday, 12 March 2020") == {}


def test_parts_and_easter() -> None:
    assert part_of(year_days(2019), "late") == (date(2019, 9, 1), date(2019, 12, 31))
    assert easter(2008) == date(2008, 3, 23)
    assert easter(2038) == date(2038, 4, 25)


def test_a_time_outside_what_is_skipped() -> None:
    text = "GENEVA, January 21 (AP) — They met on Friday."
    assert [t.text for t in find_times(text, ANCHOR, [(0, 26)])] == ["Friday"]
