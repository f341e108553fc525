"""What stands around an article's prose, line by line, and what only looks like it."""

import pytest

from kgbuild.extract.furniture import FILE, furniture_spans, headline_spans
from kgbuild.tables import rows

PROSE = "The talks in Geneva lasted ninety minutes and did not produce any turning points, Blinken said at the end."


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in furniture_spans(text)]


@pytest.mark.parametrize(
    "line",
    [
        "from Paolo Valentino",
        "By Jane Doe",
        "By Łukasz de la Cruz and Mary O’Neill, BBC News, Geneva",
        "BY JANE DOE",
        "from our correspondent",
        "By our foreign staff",
        "Written by Jane Doe",
        "(Reporting by Jane Doe; Editing by John Roe.)",
        "Jane Doe and John Roe contributed to this report.",
        "Friday, January 4, 2019\u00a0",
        "15 February 2022 | 10:30 CET",
        "Published: 15.02.2022, 10:30 am",
        "Updated 3 hours ago",
        "March 01, 2008",
        "Read also: Putin denies plan to invade",
        "» Read more",
        "Related: What Lavrov wants",
        "Photo: AP",
        "Sergey Lavrov in Geneva. Photo: Jane Doe",
        "Sirhan in 2016  (Image: CDCR)",
        "Ukrainian soldiers train near Kiev on Friday (AP Photo/John Roe)",
        "Lavrov leaves the talks. [Reuters]",
        "The remains of the spire. Image: Remi Mathis (photos), Incnis Mrsi (montage).",
        "—Natasha Gownaris",
        "– Łukasz Szumowski on the failed efforts to save the mayor's life",
        "We use cookies to improve your experience. Accept all?",
        "Subscribe to our newsletter to get the news in your inbox every morning.",
        "Follow us on Twitter and Facebook",
        "Share this article",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "© 2022 The Daily. All rights reserved.",
        "Copyright 2022 The Associated Press",
        "(AFP)",
        "Editor’s note: This story was changed.",
    ],
)
@pytest.mark.parametrize("frame", ["{}\n\n{p}", "{p}\n\n{}\n\n{p}", "{p}\n{}\n{p}", "{p}\n\n{}"])
def test_lines_that_are_furniture(line: str, frame: str) -> None:
    text = frame.format(line, p=PROSE)
    assert found(text) == [line.strip()]


@pytest.mark.parametrize(
    "line",
    [
        "The invasion could start at any time",
        "What Italy is doing",
        "Russian attack on Ukraine: Wednesday 16 February on D-day",
        "By Tuesday the troops had left.",
        "By the Black Sea",
        "From Russia with love, he said.",
        "Reuters reported on Friday that the talks had failed.",
        "The photo shows Lavrov and Blinken shaking hands.",
        "Subscribers of the newspaper sued the owner over its privacy rules in March 2019.",
        "“We will wait”, Lavrov said.",
        "– We are not there yet, according to other analysts.",
        "In May 2019, 40 people died.",
        "It happened in 2019.",
        "Sources said the talks failed.",
        "Related companies were fined.",
        "The (AFP) agency closed its office in Moscow.",
        "",
    ],
)
def test_lines_that_are_none(line: str) -> None:
    assert found(f"{PROSE}\n\n{line}\n\n{PROSE}") == []


@pytest.mark.parametrize(
    ("dateline", "rest"),
    [
        ("BERLIN – ", "In the crisis there is a chance."),
        ("GENEVA (AP) — ", "Blinken met Lavrov."),
        ("LOS ANGELES, Sept. 28 (UPI) -- ", "The talks failed."),
        ("HEMPSTEAD, N.Y. ― ", "Clinton spoke."),
        ("NEWPORT NEWS, Va. - ", "A ship left."),
        ("Moscow (Reuters) - ", "Putin spoke."),
        ("(Reuters) - ", "Putin spoke."),
        ("Sochi, Russia — ", "At a press conference today, Craven spoke."),
        ("Geneva — ", "The talks failed."),
    ],
)
def test_a_dateline_is_furniture_up_to_the_prose(dateline: str, rest: str) -> None:
    assert found(f"{dateline}{rest}\n\n{PROSE}") == [dateline]


@pytest.mark.parametrize(
    "text",
    [
        "Putin – Russia’s president – said so.",
        "Putin — who was in Sochi — spoke.",
        "Another option — Plan B is ready.",
        "Peace-keeping is hard.",
        f"{PROSE}\n\n{PROSE}\n\n{PROSE}\n\nGeneva — The talks failed.",
        "The 10 - 12 people spoke.",
    ],
)
def test_what_is_no_dateline(text: str) -> None:
    assert found(text) == []


def test_a_line_inside_a_hard_wrapped_paragraph_is_prose() -> None:
    text = "The spokesman of the ministry told reporters that they would all leave\nBy Jane Doe\nand that it failed."
    assert found(text) == []


def test_a_list_of_links_goes_with_its_heading() -> None:
    links = [
        "Jane Doe. “Putin denies plan”, BBC News, February 15, 2022",
        "Talks fail in Geneva",
        "Reuters: the latest",
    ]
    paragraph = " ".join([PROSE] * 3)
    text = "\n\n".join([PROSE, "Sources", *links, paragraph, PROSE])
    assert found(text) == ["Sources", *links]


def test_headlines_are_short_lines_without_a_full_stop() -> None:
    text = "\n\n".join(
        [
            "Talks in Geneva",
            "By Jane Doe",
            PROSE,
            "The invasion could start at any time",
            "It failed.",
            "Is it over?",
            PROSE,
        ]
    )
    assert [text[start:end] for start, end in headline_spans(text)] == [
        "Talks in Geneva",
        "The invasion could start at any time",
    ]


def test_cues_are_sorted_into_known_kinds_once() -> None:
    table = [(row["kind"], row["cue"]) for row in rows(FILE)]
    assert {kind for kind, _ in table} == {"whole", "start", "within", "section", "credit"}
    assert len(set(table)) == len(table)
    assert all(cue == cue.lower().strip() for _, cue in table)
