"""The graph as GEXF for Gephi: parallel edges bundled, so that weights and layouts mean something."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kgbuild.export.tables import ENTITIES, KINDS, Cell, entity_cells
from kgbuild.graph.as_networkx import speaker
from kgbuild.graph.graphml import xml_attribute
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.sources import copies
from kgbuild.status import status_of
from kgbuild.types import Statement

MAX_LABELS = 3
"""Relations that the label of an edge lists; all of them are in its attribute ``relations``."""

_NODE = [name for name in ENTITIES.split() if name not in ("id", "aliases")]
_EDGE = {
    "status": "string", "asserted": "boolean", "relations": "string", "n_statements": "integer", "speakers": "string",
    "first_date": "string", "sentence": "string",
}  # fmt: skip
_TYPES = {"text": "string", "integer": "integer", "real": "double", "boolean": "boolean"}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
  <graph mode="static" defaultedgetype="directed">
"""


@dataclass
class _Bundle:
    """The readings from one entity to another that have the same status."""

    relations: Counter[str] = field(default_factory=Counter)
    sources: set[str] = field(default_factory=set)
    statements: dict[str, Statement] = field(default_factory=dict)


def write_gexf(kg: KnowledgeGraph) -> Iterator[str]:
    """The text of a GEXF file, piece by piece.

    One edge for each pair of entities and status: what is asserted never shares an edge with what is denied, claimed
    or planned. ``weight`` is the number of independent sources, ``label`` the most frequent relations. Unknown values
    are left out.
    """
    yield _HEAD
    for kind, types in (("node", {name: _TYPES[KINDS.get(name, "text")] for name in _NODE}), ("edge", _EDGE)):
        yield f'    <attributes class="{kind}">\n'
        for name, type_ in types.items():
            yield f'      <attribute id="{kind}_{name}" title="{name}" type="{type_}"/>\n'
        yield "    </attributes>\n"
    yield "    <nodes>\n"
    for entity in sorted(kg.entities, key=lambda entity: entity.id):
        values = dict(zip(ENTITIES.split(), entity_cells(kg, entity), strict=True))
        cells = {name: values[name] for name in _NODE}
        head = f'<node id="{xml_attribute(entity.id)}" label="{xml_attribute(entity.name)}">'
        yield f"      {head}{_values('node', cells)}</node>\n"
    yield "    </nodes>\n    <edges>\n"
    for (start, end, status), bundle in sorted(_bundles(kg).items()):
        ordered = sorted(bundle.relations.items(), key=lambda item: (-item[1], item[0]))
        relations = [relation for relation, _ in ordered]
        label = ", ".join(relations[:MAX_LABELS]) + (", …" if len(relations) > MAX_LABELS else "")
        ends = f'source="{xml_attribute(start)}" target="{xml_attribute(end)}"'
        names = f'id="{xml_attribute(f"{start}_{end}_{status}")}" label="{xml_attribute(label)}"'
        rest = _values("edge", _edge_cells(kg, status, relations, bundle))
        yield f'      <edge {names} {ends} kind="{status}" weight="{len(bundle.sources)}">{rest}</edge>\n'
    yield "    </edges>\n  </graph>\n</gexf>\n"


def _bundles(kg: KnowledgeGraph) -> dict[tuple[str, str, str], _Bundle]:
    source_of = copies(kg.articles)
    found: dict[tuple[str, str, str], _Bundle] = defaultdict(_Bundle)
    for statement in kg.statements:
        for triple in statement.triples:
            if triple.subject and triple.object:
                bundle = found[triple.subject, triple.object, status_of(statement).value]
                bundle.relations[triple.relation] += 1
                bundle.sources.add(source_of[statement.article])
                bundle.statements[statement.id] = statement
    return found


def _edge_cells(kg: KnowledgeGraph, status: str, relations: list[str], bundle: _Bundle) -> dict[str, Cell]:
    statements = list(bundle.statements.values())
    speakers = sorted({name for statement in statements if (name := speaker(kg, statement))})
    dates = [statement.time.start for statement in statements if statement.time and statement.time.start]
    return {
        "status": status,
        "asserted": status == "asserted",
        "relations": " | ".join(relations),
        "n_statements": len(statements),
        "speakers": " | ".join(speakers) or None,
        "first_date": min(dates, default=None),
        "sentence": statements[0].sentence.text,
    }


def _values(kind: str, cells: Mapping[str, Cell]) -> str:
    values = "".join(
        f'<attvalue for="{kind}_{name}" value="{xml_attribute(cell)}"/>'
        for name, cell in cells.items()
        if cell is not None
    )
    return f"<attvalues>{values}</attvalues>"
