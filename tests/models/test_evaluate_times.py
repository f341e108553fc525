"""Scoring of time expressions against TIMEX3 values."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kgbuild.errors import InputError
from kgbuild.evaluate.times import days_of_value, score_times

TEXT = "They met on Friday and in 2009."
XML = """<Document doc_id="a"><token t_id="1" sentence="0">Friday</token><token t_id="2" sentence="0">2009</token>
<Markables><TIMEX3 m_id="1" type="DATE" value="2022-02-11"><token_anchor t_id="1"/></TIMEX3>
<TIMEX3 m_id="2" type="DATE" value="2008"><token_anchor t_id="2"/></TIMEX3>
<TIMEX3 m_id="3" type="DURATION" value="P3Y"><token_anchor t_id="2"/></TIMEX3></Markables></Document>"""


def write(folder: Path) -> Path:
    for name, content in {
        "gold/a.xml": XML,
        "texts/a.txt": TEXT,
        "tokens/a.tsv": "1\t12\t18\n2\t26\t30\n",
        "sources.tsv": "id\tdate\na\t2022-02-15\n",
    }.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content)
    return folder


def test_found_and_right_values(tmp_path: Path) -> None:
    score = score_times(write(tmp_path))
    assert (score.gold, score.found, score.right) == (2, 2, 1)
    assert score.shares() == {"found": 100.0, "values": 50.0}
    assert score.missed == ("a: “2009” 2008, found 2009",)


def test_a_folder_without_annotation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="columns id and date"):
        score_times(tmp_path)
    (tmp_path / "sources.tsv").write_text("id\tdate\n")
    with pytest.raises(InputError, match="no annotated times"):
        score_times(tmp_path)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("2008-03-05", (date(2008, 3, 5), date(2008, 3, 5))),
        ("2008-03-05T08:30", (date(2008, 3, 5), date(2008, 3, 5))),
        ("2004-W47", (date(2004, 11, 15), date(2004, 11, 21))),
        ("2010-W04-WE", (date(2010, 1, 30), date(2010, 1, 31))),
        ("2006-Q4", (date(2006, 10, 1), date(2006, 12, 31))),
        ("2006-11", (date(2006, 11, 1), date(2006, 11, 30))),
        ("199", (date(1990, 1, 1), date(1999, 12, 31))),
        ("XXXX-XX-XX", None),
        ("2008-13", None),
        ("PAST_REF", None),
    ],
)
def test_days_of_values(value: str, days: tuple[date, date] | None) -> None:
    assert days_of_value(value) == days
