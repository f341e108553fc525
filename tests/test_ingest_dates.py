"""Dates of publication: the shapes that are read, and those that are refused rather than guessed."""

from datetime import UTC, date, datetime

import pandas
import pytest

from kgbuild.errors import InputError
from kgbuild.ingest.dates import to_iso


@pytest.mark.parametrize(
    "value",
    [
        "2022-02-15",
        "2022-2-15",
        "2022/02/15",
        "20220215",
        20220215,
        "2022-02-15T23:30:00-05:00",
        "2022-02-15 23:30",
        "15 February 2022",
        "15 Feb. 2022",
        "15th of February, 2022",
        "15-Feb-2022",
        "February 15, 2022",
        "Feb. 15 2022",
        "February 15th, 2022",
        "Tuesday, February 15, 2022",
        "Tue, 15 Feb 2022 10:00:00 GMT",
        "Feb 15, 2022, 10:30 AM EST",
        "15.2.2022",
        "15.02.2022",
        "15/02/2022",
        "02/15/2022",
        " 2022-02-15\u00a0",
        1644883200,
        "1644883200",
        1644883200000,
        date(2022, 2, 15),
        datetime(2022, 2, 15, 12, tzinfo=UTC),
        pandas.Timestamp("2022-02-15"),
    ],
)
def test_shapes_of_one_day(value: object) -> None:
    assert to_iso(value) == "2022-02-15"


@pytest.mark.parametrize("value", [None, "", "  ", float("nan"), pandas.NaT])
def test_no_date_is_none(value: object) -> None:
    assert to_iso(value) is None


@pytest.mark.parametrize("value", ["03/04/2022", "3-4-2022"])
def test_two_readings_are_refused(value: str) -> None:
    with pytest.raises(InputError, match=r"two ways.*YYYY-MM-DD"):
        to_iso(value)


def test_same_day_and_month_has_one_reading() -> None:
    assert to_iso("04/04/2022") == "2022-04-04"


@pytest.mark.parametrize(
    "value", ["2022", "February 2022", "yesterday", "2022-13-40", "30 February 2022", "x" * 500, 7, True, "15 Foo 2022"]
)
def test_no_day_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="names no day"):
        to_iso(value)
