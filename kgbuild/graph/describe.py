"""All that a graph says about one entity: what is asserted, claimed, denied and planned, by whom, when, from where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kgbuild import gazetteer
from kgbuild.graph.as_networkx import speaker
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.sources import copies
from kgbuild.graph.statements import participants
from kgbuild.status import Status, status_of
from kgbuild.types import Statement

HEADINGS = {
    Status.ASSERTED: "What the articles assert",
    Status.CLAIMED: "What somebody claims",
    Status.DENIED: "What is denied",
    Status.PLANNED: "What is planned or possible",
    Status.ENDED: "What is no longer so",
    Status.UNSURE: "What may be misread",
}


def describe(kg: KnowledgeGraph, name: str) -> dict[str, Any]:
    """The description of an entity as plain values, with the lists in the order of the articles.

    Keys: ``entity``; ``statements`` by status, and ``says``, what is attributed to the entity, each a list of rows;
    ``timeline``, the dated ones of both in order; ``sources``, the articles. Raises as `KnowledgeGraph.entity` does.
    """
    entity = kg.entity(name).record
    about = [statement for statement in kg.statements if entity.id in participants(statement)]
    says = [s for s in kg.statements if any(source.entity == entity.id for source in s.attribution)]
    wikidata = entity.identifiers.get("wikidata")
    dated = {s.id: s for s in (*about, *says) if s.time is not None and s.time.start is not None}
    return {
        "entity": {
            "id": entity.id,
            "iri": f"{kg.settings.base_iri}entity/{kg.local_names[entity.id]}",
            "name": entity.name,
            "type": entity.type,
            "aliases": list(entity.aliases),
            "identifiers": dict(entity.identifiers),
            "coordinates": gazetteer.coordinates(wikidata) if wikidata else None,
            "mentions": len(entity.mentions),
        },
        "statements": {
            status.value: [row for s in about if status_of(s) is status for row in _rows(kg, s, entity.id)]
            for status in Status
        },
        "says": [row for s in says for row in _rows(kg, s)],
        "timeline": [
            row for s in sorted(dated.values(), key=_when) for row in _rows(kg, s, entity.id if s in about else None)
        ],
        "sources": _sources(kg, {m.article for m in entity.mentions} | {s.article for s in (*about, *says)}),
    }


def _when(statement: Statement) -> tuple[str, str, str]:
    assert statement.time is not None
    return statement.time.start or "", statement.time.end or "", statement.id


def _rows(kg: KnowledgeGraph, statement: Statement, entity: str | None = None) -> list[dict[str, Any]]:
    """A row for each reading; of readings that all lack the entity (it is the place, or a further argument), the first.

    With ``entity``, readings without it are left out if there are others.
    """
    readings = [t for t in statement.triples if entity is None or entity in (t.subject, t.object)]
    return [
        {
            "subject": kg.entity_by_id[t.subject].name if t.subject else t.subject_text,
            "relation": t.relation,
            "object": kg.entity_by_id[t.object].name if t.object else t.object_text,
            "status": status_of(statement).value,
            "polarity": statement.polarity.value,
            "modality": statement.modality.value,
            "speaker": speaker(kg, statement),
            "date": statement.time.start if statement.time else None,
            "end_date": statement.time.end if statement.time else None,
            "confidence": statement.confidence,
            "sentence": statement.sentence.text,
            "article": statement.article,
            "statement": statement.id,
        }
        for t in readings or statement.triples[:1]
    ]


def _sources(kg: KnowledgeGraph, ids: set[str]) -> list[dict[str, Any]]:
    source_of = copies(kg.articles)
    return [
        {
            "article": a.id, "title": a.title, "outlet": a.outlet, "date": a.date, "url": a.url, "path": a.path,
            "copy_of": source_of[a.id] if source_of[a.id] != a.id else None,
        }
        for a in kg.articles
        if a.id in ids
    ]  # fmt: skip


def to_text(description: dict[str, Any], limit: int | None = None) -> str:
    """The description for reading; ``limit`` is the number of lines under each heading."""
    entity = description["entity"]
    head = f"{entity['name']} ({entity['type']})"
    more = [f"also {', '.join(entity['aliases'])}" if entity["aliases"] else ""]
    more += [f"Wikidata {entity['identifiers']['wikidata']}" if "wikidata" in entity["identifiers"] else ""]
    more += ["{:.2f} N, {:.2f} E".format(*entity["coordinates"]) if entity["coordinates"] else ""]
    more += [f"{entity['mentions']} mentions", entity["iri"]]
    parts = [head + "\n" + "".join(f"  {line}\n" for line in more if line)]
    for status, heading in HEADINGS.items():
        parts.append(_section(heading, map(_line, description["statements"][status.value]), limit))
    parts.append(_section("What it says", map(_line, description["says"]), limit))
    parts.append(_section("Timeline", (f"{_days(r)}  {_line(r)}" for r in description["timeline"]), limit))
    parts.append(_section("Sources", map(_source_line, description["sources"]), limit))
    return "\n".join(part for part in parts if part)


def _section(heading: str, lines: Iterable[str], limit: int | None) -> str:
    found = list(dict.fromkeys(lines))
    if not found:
        return ""
    shown = found if limit is None else found[:limit]
    rest = f"  … and {len(found) - len(shown)} more\n" if len(found) > len(shown) else ""
    return f"{heading} ({len(found)})\n" + "".join(f"  {line}\n" for line in shown) + rest


def _line(row: dict[str, Any]) -> str:
    marks = [row["modality"] if row["modality"] != "actual" else "", "not" if row["polarity"] == "negative" else ""]
    said = f" (says {row['speaker']})" if row["speaker"] else ""
    words = f"{row['subject']} {' '.join(['–', *filter(None, marks), row['relation'], '–'])} {row['object']}{said}"
    return f"{one_line(words)}: {one_line(row['sentence'])}"


def _days(row: dict[str, Any]) -> str:
    return f"{row['date']}" if row["date"] == row["end_date"] else f"{row['date']} to {row['end_date'] or 'now'}"


def _source_line(row: dict[str, Any]) -> str:
    parts = [row["date"], row["outlet"], row["title"] or row["path"] or row["article"], row["url"]]
    copied = "copy of another source" if row["copy_of"] else None
    return one_line(", ".join(part for part in (*parts, copied) if part))


def one_line(text: str) -> str:
    """The text without line ends and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
