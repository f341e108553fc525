"""The sources of the gazetteer as rows with the columns of its tables. For maintainers; not used at run time."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

Row = dict[str, str]

_COUNTRY_SOURCE = "country_codes.csv, mledoze_countries.json, natural_earth_cities.csv"
_SHORT_ALIASES = frozenset({"US", "UK", "USA", "UAE", "DRC"})
_PEOPLES = {
    "Sweden": "Swede", "Denmark": "Dane", "Poland": "Pole", "Turkey": "Turk", "Spain": "Spaniard", "Finland": "Finn",
    "United Kingdom": "Briton", "Netherlands": "Dutchman", "Ireland": "Irishman", "Argentina": "Argentinian",
    "Iceland": "Icelander", "New Zealand": "New Zealander", "Thailand": "Thai", "Serbia": "Serb", "Croatia": "Croat",
    "Slovakia": "Slovak", "Kazakhstan": "Kazakh", "Uzbekistan": "Uzbek", "Philippines": "Philippine",
    "Afghanistan": "Afghani", "Ecuador": "Ecuadorian", "Barbados": "Bajan", "Scotland": "Scot",
}  # fmt: skip
"""Names of peoples where the demonym of the source is only the adjective; the ids come from the country's row."""


def is_latin(text: str) -> bool:
    return all(not c.isalpha() or "LATIN" in unicodedata.name(c, "") for c in text)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _join(names: Sequence[str | None], but: str) -> str:
    kept = {n.strip() for n in names if n and is_latin(n) and not re.search(r"[0-9|*]", n)} - {but}
    return "|".join(sorted(n for n in kept if len(n) > 3 or n in _SHORT_ALIASES))


def countries(folder: Path) -> Iterator[Row]:
    """Countries by Wikidata id, named as mledoze does, with the names of all files in the Latin alphabet."""
    known = {c["cca2"]: c for c in _json(folder / "mledoze_countries.json")}
    spoken: dict[str, set[str]] = defaultdict(set)
    common = {c["name"]["common"]: code for code, c in known.items()}
    for city in _read(folder / "natural_earth_cities.csv"):
        if common.get(city["country"], city["country_iso2"]) == city["country_iso2"]:
            spoken[city["country_iso2"]].add(city["country"])
    towns = {city["name"] for city in _read(folder / "natural_earth_cities.csv")}
    for row in _read(folder / "country_codes.csv"):
        other: dict[str, Any] = known.get(row["iso2"], {})
        name = str(other.get("name", {}).get("common") or row["name"])
        names = [row["name"], re.sub(r"^the |[ *]+$", "", row["official_name"]), *other.get("altSpellings", ())]
        names += [t["common"] for t in other.get("translations", {}).values()]
        names += sorted(spoken[row["iso2"]])
        names += [n["common"] for n in other.get("name", {}).get("native", {}).values()]
        names += [n for n in (other.get("name", {}).get("official"),) if n]
        names += ["U.S.", "U.S.A.", "United States"] if row["iso2"] == "US" else []
        names += ["U.K.", "Britain"] if row["iso2"] == "GB" else []
        names = [n for n in names if n not in towns]  # "Tunis" is Tunisia in some languages
        if row["wikidata"]:
            yield {
                "id": row["wikidata"], "type": "Country", "name": name, "aliases": _join(names, name),
                "country": row["wikidata"], "iso2": row["iso2"], "source": _COUNTRY_SOURCE,
            }  # fmt: skip


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def demonyms(folder: Path, known: Sequence[Row]) -> Iterator[Row]:
    """Adjectives and names of peoples, each with its country; one that two countries share goes to neither."""
    ids = {row["iso2"]: row["id"] for row in known}
    by_name = {name: row["id"] for row in known for name in (row["name"], *row["aliases"].split("|"))}
    words: dict[str, set[str]] = defaultdict(set)
    for country in _json(folder / "mledoze_countries.json"):
        for word in country.get("demonyms", {}).get("eng", {}).values():
            for part in re.split(r", | or ", word):
                if country["cca2"] in ids and part:
                    words[part].add(ids[country["cca2"]])
    members = [c["cca2"] for c in _json(folder / "mledoze_countries.json") if c["unMember"]]
    sovereign = {ids[code] for code in members if code in ids}
    own = {word: by_name[name] for name, word in _PEOPLES.items() if name in by_name}
    for word, found in words.items():
        one = found if len(found) == 1 else found & sovereign
        if len(one) == 1:
            yield {"word": word, "country": one.pop(), "source": "mledoze_countries.json"}
    for word, country_id in own.items():
        if word not in words:
            yield {"word": word, "country": country_id, "source": "kgbuild"}


def cities(folder: Path, packages: Path, ids: Row) -> Iterator[Row]:
    """Capitals and big cities; those that CLDR names time zones after also by their names in other languages.

    ``namesakes`` says whether another city of that name is known to either source.
    """
    foreign = _exemplar_cities(packages)
    towns: dict[str, set[str]] = defaultdict(set)
    for key, item in _nsi(packages).items():
        if re.search(r"\b(city|town|municipality|capital)\b", item.get("description", "")):
            towns[str(item.get("label", ""))].add(key)
    for row in _read(folder / "natural_earth_cities.csv"):
        towns[row["name"]].add(row["wikidata"])
    for row in _read(folder / "natural_earth_cities.csv"):
        names = [n for n in row["other_names"].split("|") if "(" not in n and len(n) > 3]
        names += foreign.get(row["name"], [])
        for old, new in (("Kyiv", "Kiev"),):
            names += foreign.get(old, []) if row["name"] == new else []
        source = "natural_earth_cities.csv" + (", CLDR" if row["name"] in foreign else "")
        yield {
            "id": row["wikidata"], "type": "City", "name": row["name"], "aliases": _join(names, row["name"]),
            "country": ids.get(row["country_iso2"], ""), "source": source, "population": row["population"],
            "region": row["region"], "namesakes": "yes" if len(towns[row["name"]]) > 1 else "",
            "capital": "yes" if row["capital_of"] else "", "latitude": row["latitude"], "longitude": row["longitude"],
        }  # fmt: skip


_PLACE_PROPERTIES = frozenset({"PLACE_OF_BIRTH", "PLACE_OF_RESIDENCE", "HEADQUARTERS"})


def towns(links: Path, packages: Path, ids: Row, known: Sequence[Row]) -> Iterator[Row]:
    """Smaller towns whose id two independent sources give to the same name: KnowledgeNet's annotators and the
    countries-states-cities database, whose ids alone are right for five of six cities. ``known`` are the places of
    other tables: a town that bears the name of a country or region is left out."""
    larger = {row["name"] for row in known if row["type"] != "City"}
    linked: dict[str, set[str]] = defaultdict(set)
    for line in links.read_text(encoding="utf-8").splitlines():
        for row in json.loads(line)["facts"]:
            if row["property"] in _PLACE_PROPERTIES:
                linked[row["object"]].add((row.get("object_uri") or "").rpartition("/")[2])
    namesakes: dict[str, list[dict[str, str]]] = defaultdict(list)
    for city in _json(packages / "countries-states-cities" / "cities.json"):
        namesakes[city["name"]].append(city)
    seen = {row["id"] for row in known}
    for name in sorted(linked.keys() & namesakes.keys() - larger):
        for city in namesakes[name]:
            if city["wikiDataId"] in linked[name] - seen and city["country_code"] in ids:
                seen.add(city["wikiDataId"])
                kind = "Region" if name.endswith(("County", "shire")) else "City"
                yield {
                    "id": city["wikiDataId"], "type": kind, "name": name, "aliases": "",
                    "country": ids[city["country_code"]], "region": city["state_name"],
                    "source": f"{links.name}, countries-states-cities",
                    "namesakes": "yes" if len(namesakes[name]) > 1 else "", "latitude": city["latitude"].rstrip("0"),
                    "longitude": city["longitude"].rstrip("0"),
                }  # fmt: skip


def _exemplar_cities(packages: Path) -> dict[str, list[str]]:
    """Names of cities in French, German, Italian, Portuguese and Spanish by their English name, from CLDR."""
    found: dict[str, list[str]] = defaultdict(list)
    english = _time_zones(packages, "en")
    for language in ("fr", "de", "it", "pt", "es"):
        for zone, name in _time_zones(packages, language).items():
            found[english.get(zone) or zone.rpartition("/")[2].replace("_", " ")].append(name)
    return dict(found)


def _time_zones(packages: Path, language: str) -> dict[str, str]:
    """The city that each time zone is named after, in one language."""
    path = packages / "cldr-dates-full" / "main" / language / "timeZoneNames.json"
    areas = _json(path)["main"][language]["dates"]["timeZoneNames"]["zone"]
    return {
        f"{area}/{zone}": names["exemplarCity"]
        for area, zones in areas.items()
        for zone, names in zones.items()
        if isinstance(names, dict) and "exemplarCity" in names
    }


def regions(packages: Path, ids: Row) -> Iterator[Row]:
    """Continents, parts of countries with a name of their own, and states and provinces."""
    borders = next((packages / "country-coder").rglob("borders.json"))
    seen = set(ids.values())
    for feature in _json(borders)["features"]:
        p = feature["properties"]
        part = "country" in p and "iso1A2" not in p
        if p["wikidata"] in seen or not (part or p.get("level") in ("region", "subregion", "intermediateRegion")):
            continue
        seen.add(p["wikidata"])
        name = p["nameEn"]
        if name not in ("Denmark", "Netherlands", "Ireland", "Cyprus", "Micronesia"):
            yield _region(p["wikidata"], name, ids.get(p.get("country", ""), ""), "country-coder")
    pattern = re.compile(
        r"^(state of the United States of America|province of Canada|state of Australia|.*\bfederated state\b.*Germany)"
    )
    for key, item in _nsi(packages).items():
        if pattern.search(item.get("description", "")) and "label" in item and key not in seen:
            yield _region(key, item["label"], "", "name-suggestion-index")


def _region(key: str, name: str, country: str, source: str) -> Row:
    aliases = "Gaza" if name == "Gaza Strip" else ""
    return {"id": key, "type": "Region", "name": name, "aliases": aliases, "country": country, "source": source}


def _nsi(packages: Path) -> dict[str, dict[str, Any]]:
    path = next((packages / "name-suggestion-index").rglob("wikidata.min.json"))
    found: dict[str, dict[str, Any]] = _json(path)["wikidata"]
    return found


def bodies(folder: Path) -> Iterator[Row]:
    """International organisations."""
    seen: set[str] = set()
    for row in _read(folder / "supranational_bodies.csv"):
        foreign = [part.partition(":")[2] for part in row["names_by_language"].split("|")]
        names = [*row["other_names"].split("|"), *foreign]
        known = [a for a in (*_join(names, row["name"]).split("|"), row["abbreviation"]) if a]
        aliases = [a for a in known if not set(re.findall(r"\w+", a.casefold())) <= _GENERIC]
        if re.fullmatch(r"Q\d+", row["wikidata"]) and row["wikidata"] not in seen:
            seen.add(row["wikidata"])
            yield {
                "id": row["wikidata"], "type": "Organization", "name": row["name"],
                "aliases": "|".join(sorted(set(aliases) - {row["name"]})), "source": "supranational_bodies.csv",
            }  # fmt: skip


_ORGANISATION_KINDS = (
    (r"news agency|newspaper|public broadcaster|broadcasting corporation", "MediaOrganization"),
    (r"political party", "Organization"),
    (r"university in|research university|public university|private university", "Organization"),
    (r"executive department of the United States|government agency|federal agency", "GovernmentBody"),
    (r"branch of the United States|branch of the .* Armed Forces", "MilitaryUnit"),
    (r"multinational|automotive manufacturer|automobile manufacturer|flag.carrier|oil and gas company", "Organization"),
)


def organisations(packages: Path) -> Iterator[Row]:
    """Companies, parties, universities, outlets and agencies of more than one word, or multinationals, whose label
    no other row of the source bears."""
    items = _nsi(packages)
    labels: dict[str, list[str]] = defaultdict(list)
    for key, item in items.items():
        labels[str(item.get("label", "")).casefold()].append(key)
    for key, item in items.items():
        label, description = item.get("label", ""), item.get("description", "")
        kind = next((kind for pattern, kind in _ORGANISATION_KINDS if re.search(pattern, description)), None)
        if kind and len(labels[label.casefold()]) == 1 and is_latin(label) and len(label) > 3:
            yield {
                "id": key, "type": kind, "name": label, "aliases": "", "country": "", "source": "name-suggestion-index"
            }  # fmt: skip


_ORGANISATION_ENDS = {
    "EMPLOYEE_OR_MEMBER_OF": ("object",), "EDUCATED_AT": ("object",), "POLITICAL_AFFILIATION": ("object",),
    "DATE_FOUNDED": ("subject",), "HEADQUARTERS": ("subject",), "SUBSIDIARY_OF": ("subject", "object"),
    "FOUNDED_BY": ("subject",), "CEO": ("subject",),
}  # fmt: skip
_PLAIN = frozenset({"BBC", "NASA", "IBM", "Politico", "Nintendo", "Ericsson", "Fatah", "Fidesz"})
_GENERIC = frozenset(
    "republican democratic conservative labour labor liberal green socialist communist national people peoples s party "
    "new united social christian workers progressive supreme high court senate parliament congress house "
    "representatives of the army navy air force police university college school central bank state city council "
    "health trust electoral election commission ministry department transport public works water management institute "
    "future group international association federation society foundation committee board education first medical "
    "hospital ministers church court justice defense defence foreign affairs finance interior security intelligence "
    "agency office bureau authority center centre research science technology news times post press radio television "
    "network union".split()
)


def known_organisations(links: Path, taken: Collection[str]) -> Iterator[Row]:
    """Organisations that KnowledgeNet's annotators linked, always to the same id.

    Names of several words that are not all generic, and a few of one word that mean one thing in news.
    """
    linked: dict[str, Counter[str]] = defaultdict(Counter)
    for line in links.read_text(encoding="utf-8").splitlines():
        for row in json.loads(line)["facts"]:
            for end in _ORGANISATION_ENDS.get(row["property"], ()):
                uri = row.get(f"{end}_uri") or ""
                if "wikidata.org" in uri:
                    linked[row[end]][uri.rpartition("/")[2]] += 1
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for name, found in linked.items():
        tokens = re.findall(r"\w+", name.casefold())
        telling = (len(tokens) > 1 or name in _PLAIN) and not set(tokens) <= _GENERIC
        if telling and len(found) == 1 and is_latin(name) and not set("(/") & set(name):
            names[next(iter(found))][re.sub(r"^[Tt]he ", "", name)] += found.total()
    for key, spellings in names.items():
        if key not in taken:
            name = max(spellings, key=lambda n: (spellings[n], len(n), n))
            yield {
                "id": key, "type": "Organization", "name": name, "aliases": "|".join(sorted(spellings.keys() - {name})),
                "source": links.name,
            }  # fmt: skip


def people(folder: Path, ids: Row) -> Iterator[Row]:
    """Holders of national offices 2021-22 and members of the US Congress, with their offices."""
    offices: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    aliases: dict[str, set[str]] = defaultdict(set)
    country: dict[str, str] = {}
    source: dict[str, str] = {}
    for row in _read(folder / "world_leaders_2021_2022.wikidata.csv"):
        key = row["officeholder"]
        if is_latin(row["officeholderLabel"]) and not re.fullmatch(r"Q\d+", row["officeholderLabel"]):
            names[key], source[key] = row["officeholderLabel"], "world_leaders_2021_2022.wikidata.csv"
            country.setdefault(key, row["countryid"])
            offices[key].append(f"{row['positionLabel']}@{row['countryid']}@{row['start_year']}@{row['end_year']}")
    for row in _read(folder / "us_legislators.csv"):
        key = row["wikidata"]
        names.setdefault(key, row["name"])
        aliases[key].update(n for n in row["other_names"].split("|") if n)
        country.setdefault(key, ids["US"])
        source.setdefault(key, "us_legislators.csv")
        title = "Senator" if row["chamber"] == "Senate" else "Representative"
        offices[key].append(f"{title} of {row['state']}@{ids['US']}@{row['start'][:4]}@{row['end'][:4]}")
    for key, name in names.items():
        yield {
            "id": key, "type": "Person", "name": name, "aliases": "|".join(sorted(aliases[key] - {name})),
            "country": country[key], "source": source[key], "offices": "|".join(sorted(set(offices[key]))),
        }  # fmt: skip


def given_names(packages: Path) -> Iterator[Row]:
    """Given names that the census counts at least ten times as often for one sex."""
    shares: dict[str, dict[str, float]] = defaultdict(lambda: {"m": 0.0, "f": 0.0})
    for gender, file in (("m", "dist.male.first"), ("f", "dist.female.first")):
        for line in next((packages / "names").rglob(file)).read_text(encoding="utf-8").splitlines():
            name, share, *_ = line.split()
            shares[name.casefold()][gender] = float(share) or 0.0005
    for name, found in shares.items():
        for gender, other in (("m", "f"), ("f", "m")):
            if found[gender] >= 10 * found[other] and found[gender]:
                yield {"name": name, "gender": gender, "source": "names"}


def nicknames(packages: Path) -> Iterator[Row]:
    """Given names with what they are shortened to."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in _read(next((packages / "nicknames").rglob("names.csv"))):
        found[row["name1"]].add(row["name2"])
    for name, short in found.items():
        yield {"name": name, "nicknames": "|".join(sorted(short)), "source": "nicknames"}
