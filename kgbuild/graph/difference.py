"""What differs between two graphs: entities, statements and merges that appeared, vanished or changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kgbuild.graph.as_networkx import speaker
from kgbuild.graph.describe import one_line
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.status import status_of
from kgbuild.types import Entity, Statement

Place = tuple[str, int, int]
"""Article id and the span of a mention or predicate: what stays the same where a graph is built anew."""


@dataclass(frozen=True)
class Difference:
    """Rows of plain values by what happened; every list is sorted. ``changed`` rows have ``old`` and ``new``."""

    articles: dict[str, list[str]]
    entities: dict[str, list[Any]] = field(default_factory=dict)
    statements: dict[str, list[Any]] = field(default_factory=dict)
    merges: dict[str, list[Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(rows for part in self.to_dict().values() for rows in part.values())

    def to_dict(self) -> dict[str, dict[str, list[Any]]]:
        return {
            "articles": self.articles, "entities": self.entities, "statements": self.statements, "merges": self.merges,
        }  # fmt: skip

    def to_text(self, limit: int | None = None) -> str:
        """One line each, ``+`` for what appeared, ``-`` for what vanished, ``~`` for what changed."""
        marks = {"appeared": "+", "vanished": "-", "changed": "~", "joined": "~ joined", "split": "~ split"}
        text = ""
        for part, kinds in self.to_dict().items():
            counts = ", ".join(f"{len(rows)} {kind}" for kind, rows in kinds.items() if rows)
            text += f"{part}: {counts or 'the same'}\n"
            for kind, rows in kinds.items():
                shown = rows if limit is None else rows[:limit]
                text += "".join(f"  {marks[kind]} {_line(row)}\n" for row in shown)
                text += f"  {marks[kind]} … and {len(rows) - len(shown)} more\n" if len(rows) > len(shown) else ""
        return text


def diff(old: KnowledgeGraph, new: KnowledgeGraph) -> Difference:
    """What the new graph has, lacks or says otherwise than the old one.

    An entity is the same if its id is; one whose mentions the other graph gives to several is split, several whose
    mentions it gives to one are joined. A statement is the same occurrence if article and predicate span are; it
    changed if its arguments, polarity, modality, speaker, time, readings or assertion did.
    """
    before = {article.id: article.path or article.id for article in old.articles}
    after = {article.id: article.path or article.id for article in new.articles}
    return Difference(
        articles={
            "appeared": sorted(after[a] for a in after.keys() - before.keys()),
            "vanished": sorted(before[a] for a in before.keys() - after.keys()),
        },
        entities=_entities(old, new),
        statements=_statements(old, new),
        merges={"joined": _regrouped(old, new), "split": _regrouped(new, old)},
    )


def _entities(old: KnowledgeGraph, new: KnowledgeGraph) -> dict[str, list[Any]]:
    before, after = old.entity_by_id, new.entity_by_id
    same = sorted(before.keys() & after.keys(), key=lambda e: (after[e].name, e))
    return {
        "appeared": sorted((_entity(after[e]) for e in after.keys() - before.keys()), key=str),
        "vanished": sorted((_entity(before[e]) for e in before.keys() - after.keys()), key=str),
        "changed": [
            {"old": _entity(before[e]), "new": _entity(after[e])}
            for e in same
            if _entity(before[e]) != _entity(after[e])
        ],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id, "name": entity.name, "type": entity.type, "aliases": sorted(entity.aliases),
        "identifiers": dict(sorted(entity.identifiers.items())), "mentions": len(entity.mentions),
    }  # fmt: skip


def _statements(old: KnowledgeGraph, new: KnowledgeGraph) -> dict[str, list[Any]]:
    before, after = _by_place(old), _by_place(new)
    found: dict[str, list[Any]] = {"appeared": [], "vanished": [], "changed": []}
    for place in sorted(before.keys() | after.keys()):
        was, is_ = before.get(place, []), after.get(place, [])
        gone = [row for row in was if row not in is_]
        come = [row for row in is_ if row not in was]
        found["changed"] += [{"old": one, "new": other} for one, other in zip(gone, come, strict=False)]
        found["vanished"] += gone[len(come) :]
        found["appeared"] += come[len(gone) :]
    return found


def _by_place(kg: KnowledgeGraph) -> dict[Place, list[dict[str, Any]]]:
    found: dict[Place, list[dict[str, Any]]] = defaultdict(list)
    for statement in kg.statements:
        predicate = statement.predicate
        found[statement.article, predicate.start, predicate.end].append(_statement(kg, statement))
    return found


def _statement(kg: KnowledgeGraph, s: Statement) -> dict[str, Any]:
    def name(entity: str | None, text: str) -> str:
        return kg.entity_by_id[entity].name if entity is not None else text

    return {
        "status": status_of(s).value,
        "polarity": s.polarity.value,
        "modality": s.modality.value,
        "speaker": speaker(kg, s),
        "time": [s.time.start, s.time.end] if s.time else None,
        "readings": [[name(t.subject, t.subject_text), t.relation, name(t.object, t.object_text)] for t in s.triples],
        "arguments": [[a.role.value, a.marker, name(a.entity, a.text)] for a in s.arguments],
        "sentence": s.sentence.text,
        "article": kg.article_by_id[s.article].path or s.article,
    }


def _regrouped(apart: KnowledgeGraph, together: KnowledgeGraph) -> list[dict[str, Any]]:
    """Entities of one graph whose mentions are several entities' in the other."""
    owner: Mapping[Place, Entity] = {
        (m.article, m.start, m.end): entity for entity in apart.entities for m in entity.mentions
    }
    found = []
    for entity in together.entities:
        places = [(m.article, m.start, m.end) for m in entity.mentions]
        parts = {owner[place].id: owner[place] for place in places if place in owner}
        if len(parts) > 1:
            names = sorted(f"{part.name} ({part.type}, {len(part.mentions)} mentions)" for part in parts.values())
            found.append({"name": entity.name, "type": entity.type, "id": entity.id, "parts": names})
    return sorted(found, key=lambda row: (row["name"], row["id"]))


def _line(row: Any) -> str:
    if isinstance(row, str):
        return row
    if "old" in row:
        keys = [key for key in row["new"] if row["old"][key] != row["new"][key]]
        changes = "; ".join(f"{key} {_show(row['old'][key])} → {_show(row['new'][key])}" for key in keys)
        return f"{_title(row['new'])}: {changes}"
    if "parts" in row:
        return one_line(f"{row['name']} ({row['type']}): {', '.join(row['parts'])}")
    return _title(row)


def _title(row: dict[str, Any]) -> str:
    if "name" in row:
        return one_line(f"{row['name']} ({row['type']}, {row['mentions']} mentions)")
    reading = " – ".join(row["readings"][0]) if row["readings"] else ""
    return one_line(f"{row['status']}: {reading} [{row['article']}] {row['sentence']}")


def _show(value: Any) -> str:
    return one_line(value if isinstance(value, str) else str(value))
