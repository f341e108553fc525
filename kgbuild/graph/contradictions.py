"""The contradictions of a graph for reading: both sides with speakers, sentences and days."""

from __future__ import annotations

from typing import Any

from kgbuild.graph.as_networkx import speaker
from kgbuild.graph.claims import find_claims, find_contradictions
from kgbuild.graph.describe import one_line
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.types import Statement


def contradictions(kg: KnowledgeGraph) -> list[dict[str, Any]]:
    """The pairs of `find_contradictions` as plain values: subject, relation, object, whether certain, and for either
    side its passages; certain ones first."""
    claims = find_claims(kg)
    by_id = {claim.id: claim for claim in claims}
    found = []
    for pair in find_contradictions(kg, claims):
        yes, no = by_id[pair.positive], by_id[pair.negative]
        reading = yes.readings[0][1]
        found.append(
            {
                "subject": kg.entity_by_id[reading.subject].name if reading.subject else reading.subject_text,
                "relation": reading.relation,
                "object": kg.entity_by_id[reading.object].name if reading.object else reading.object_text,
                "certain": pair.certain,
                "affirmed": [_passage(kg, statement) for statement, _ in yes.readings],
                "denied": [_passage(kg, statement) for statement, _ in no.readings],
            }
        )
    return sorted(found, key=lambda row: (not row["certain"], row["subject"], row["relation"], row["object"]))


def _passage(kg: KnowledgeGraph, statement: Statement) -> dict[str, Any]:
    article = kg.article_by_id[statement.article]
    return {
        "speaker": speaker(kg, statement),
        "date": statement.time.start if statement.time else None,
        "end_date": statement.time.end if statement.time else None,
        "sentence": statement.sentence.text,
        "outlet": article.outlet,
        "published": article.date,
        "article": article.id,
        "statement": statement.id,
    }


def to_text(rows: list[dict[str, Any]]) -> str:
    """The pairs for reading."""
    if not rows:
        return "no contradictions\n"
    text = ""
    for row in rows:
        certain = "contradiction" if row["certain"] else "possible contradiction"
        text += one_line(f"{certain}: {row['subject']} – {row['relation']} – {row['object']}") + "\n"
        for side in ("affirmed", "denied"):
            for p in row[side]:
                where = ", ".join(x for x in (p["outlet"], p["published"]) if x)
                who = f" by {p['speaker']}" if p["speaker"] else ""
                head = one_line(f"{side}{who}{f' ({where})' if where else ''}")
                text += f"  {head}: {one_line(p['sentence'])}\n"
    return text
