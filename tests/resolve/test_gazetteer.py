"""The gazetteer that ships: every row has a source, no id stands for two things, names find what they should."""

import re
from pathlib import Path

import pytest

from kgbuild import gazetteer
from kgbuild.tables import gazetteer_folder, rows

TABLES = sorted(gazetteer_folder().glob("*.tsv"))
SOURCES = {
    "CLDR", "countries-states-cities", "country-coder", "country_codes.csv", "kgbuild", "mledoze_countries.json",
    "name-suggestion-index", "names",
    "natural_earth_cities.csv", "nicknames", "supranational_bodies.csv", "train_facts_from_html.jsonl",
    "us_legislators.csv", "world_leaders_2021_2022.wikidata.csv",
}  # fmt: skip


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_row_names_its_source(path: Path) -> None:
    assert all(set(row["source"].split(", ")) <= SOURCES for row in rows(path))


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_every_file_states_its_licence(path: Path) -> None:
    assert path.read_text(encoding="utf-8").startswith("# Licence: ")


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_rows_are_sorted_and_unique(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()[2:]
    assert lines == sorted(set(lines))


def test_all_tables_of_things_are_read() -> None:
    things = {path.name for path in TABLES if next(rows(path)).get("id")}
    assert things == set(gazetteer.TABLES)


@pytest.mark.parametrize("name", gazetteer.TABLES)
def test_ids_are_wikidata_ids_and_stand_for_one_row(name: str) -> None:
    ids = [row["id"] for row in rows(gazetteer_folder() / name)]
    assert all(re.fullmatch(r"Q[1-9]\d*", key) for key in ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("the United Kingdom", {"Q145"}),
        ("UK", {"Q145"}),
        ("uk", set()),
        ("Us", set()),
        ("us", set()),
        ("KIEV", {"Q1899"}),
        ("Georgia", {"Q230", "Q1428"}),
        ("Nowhere in Particular", set()),
    ],
)
def test_names_find_their_entries(name: str, found: set[str]) -> None:
    assert {e.id for e in gazetteer.named(name)} == found


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Russian", "Q159"),
        ("Russians", "Q159"),
        ("Swedes", "Q34"),
        ("russian", None),
        ("Congolese", None),
        ("Rush", None),
    ],
)
def test_demonyms_stand_for_a_country(word: str, country: str | None) -> None:
    entry = gazetteer.demonym(word)
    assert (entry.id if entry else None) == country


@pytest.mark.parametrize(("name", "gender"), [("Angela", "f"), ("john", "m"), ("Kim", ""), ("Xyz", "")])
def test_given_names_have_the_gender_of_nearly_all_who_bear_them(name: str, gender: str) -> None:
    assert gazetteer.given_name_gender(name) == gender
