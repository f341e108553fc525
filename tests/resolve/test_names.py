"""Names of one person or body, and names of two."""

import pytest

from kgbuild.names import abbreviates, is_one_edit_apart, same_person, sound, surname, words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Antony Blinken", "Tony Blinken"),  # nickname
        ("Antony Blinken", "Antony Bliken"),  # slip of the pen
        ("Volodymyr Zelensky", "Volodimir Zelenskij"),  # transliteration
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("J. Smith", "John Smith"),  # initial
        ("John Paul Smith", "John Smith"),  # middle name left out
        ("Andrés Manuel López", "Andrés Manuel López Obrador"),
        ("Recep Tayyip Erdoğan", "Recep Erdogan"),
        ("Dr. Jane Doe", "Jane Doe PhD"),
    ],
)
def test_full_names_that_can_be_one_person(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joe Biden", "Hunter Biden"),
        ("Ahmed Moussa", "Ahmad Salah Ahmad Musa"),
        ("John Smith", "John Smithson"),
        ("John Paul Smith", "John Peter Smith"),
        ("Maria Silva", "Mario Silva"),
        ("Putin", "Vladimir Putin"),  # no full name
        ("Kim Jong-un", "Kim Yo-jong"),
    ],
)
def test_names_that_exclude_each_other(one: str, other: str) -> None:
    assert not same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("zelenskij", "zelenskyy"), ("liqya", "likya"), ("sergei", "sergey"), ("muhammad", "muhamad")]
)
def test_romanisations_share_a_sound(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(("one", "other"), [("ivan", "ivanov"), ("macron", "marcon"), ("lam", "lan")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the United Nations", ("united", "nations")),
        ("Jean-Pierre", ("jean", "pierre")),
        ("U.S.", ("us",)),
        ("Côte d’Ivoire", ("cote", "divoire")),
        ("Putin's", ("putin",)),
    ],
)
def test_words_of_a_name(text: str, expected: tuple[str, ...]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("short", "full", "fits"),
    [
        ("UN", "United Nations", True),
        ("IPC", "International Paralympic Committee", True),
        ("OAS", "Organization of American States", True),
        ("GM", "General Motors", True),
        ("IPC", "Ukraine Paralympic Committee", False),
        ("Un", "United Nations", False),
    ],
)
def test_acronyms_are_initials(short: str, full: str, fits: bool) -> None:
    assert abbreviates(short, full) is fits


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [("bliken", "blinken", True), ("marcon", "macron", True), ("abc", "abc", False), ("abc", "ade", False)],
)
def test_one_edit(a: str, b: str, apart: bool) -> None:
    assert is_one_edit_apart(a, b) is apart


def test_particles_belong_to_the_family_name() -> None:
    assert surname(("alexander", "van", "der", "bellen")) == ("van", "der", "bellen")
