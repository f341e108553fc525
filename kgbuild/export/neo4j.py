"""The graph as CSV for Neo4j: for ``neo4j-admin database import``, and for ``LOAD CSV`` by ``import.cypher``.

Entities and articles are nodes. ``ASSERTED`` leads from entity to entity where the articles assert it, ``STATED`` where
it is only denied, planned, possible or claimed, so that a pattern with ``ASSERTED`` never meets a denial; the property
``relation`` says what.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from kgbuild.export.spreadsheet import csv_line
from kgbuild.export.tables import Cell, entity_cells
from kgbuild.graph.as_networkx import speaker
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.status import status_of

_ENTITY = (
    "id:ID(Entity) name type named:boolean n_mentions:long n_articles:long aliases:string[] wikidata latitude:double "
    "longitude:double iri :LABEL"
)
_ARTICLE = "id:ID(Article) title date outlet author url path language :LABEL"
_STATEMENT = (
    ":START_ID(Entity) :END_ID(Entity) relation status polarity modality speaker date end_date confidence:double "
    "sentence article statement :TYPE"
)
_MENTION = ":START_ID(Entity) :END_ID(Article) n:long :TYPE"
_CYPHER = """// Reads the files beside it into a running Neo4j (5 or newer). Put them into its import folder, then:
//
//   cypher-shell -f import.cypher
//
// For large graphs, into a new database, faster and without this file:
//
//   neo4j-admin database import full --multiline-fields=true \\
//     --nodes=entities.csv --nodes=articles.csv --relationships=statements.csv --relationships=mentions.csv kgbuild

CREATE CONSTRAINT kgbuild_entity IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE;
CREATE CONSTRAINT kgbuild_article IF NOT EXISTS FOR (a:Article) REQUIRE a.id IS UNIQUE;

LOAD CSV WITH HEADERS FROM 'file:///entities.csv' AS row
MERGE (e:Entity {id: row.`id:ID(Entity)`})
SET e.name = row.name, e.type = row.type, e.named = row.`named:boolean` = 'true',
    e.n_mentions = toInteger(row.`n_mentions:long`), e.n_articles = toInteger(row.`n_articles:long`),
    e.aliases = split(row.`aliases:string[]`, ';'), e.wikidata = row.wikidata,
    e.latitude = toFloat(row.`latitude:double`), e.longitude = toFloat(row.`longitude:double`), e.iri = row.iri;

LOAD CSV WITH HEADERS FROM 'file:///articles.csv' AS row
MERGE (a:Article {id: row.`id:ID(Article)`})
SET a.title = row.title, a.date = row.date, a.outlet = row.outlet, a.author = row.author, a.url = row.url,
    a.path = row.path, a.language = row.language;

LOAD CSV WITH HEADERS FROM 'file:///mentions.csv' AS row
MATCH (e:Entity {id: row.`:START_ID(Entity)`}), (a:Article {id: row.`:END_ID(Article)`})
MERGE (e)-[m:MENTIONED_IN]->(a)
SET m.n = toInteger(row.`n:long`);
"""
_CYPHER_STATEMENTS = """
LOAD CSV WITH HEADERS FROM 'file:///statements.csv' AS row
WITH row WHERE row.`:TYPE` = '{type}'
MATCH (s:Entity {{id: row.`:START_ID(Entity)`}}), (o:Entity {{id: row.`:END_ID(Entity)`}})
MERGE (s)-[r:{type} {{statement: row.statement, relation: row.relation}}]->(o)
SET r.status = row.status, r.polarity = row.polarity, r.modality = row.modality, r.speaker = row.speaker,
    r.date = row.date, r.end_date = row.end_date, r.confidence = toFloat(row.`confidence:double`),
    r.sentence = row.sentence, r.article = row.article;
"""


def write_neo4j(kg: KnowledgeGraph) -> dict[str, Iterator[str]]:
    """The files by name. Line ends, quotes and commas in texts are kept; a backslash before a quote gets a space after
    it, because ``LOAD CSV`` would take the two for an escaped quote."""
    return {
        "entities.csv": _lines(_ENTITY, _entities(kg)),
        "articles.csv": _lines(_ARTICLE, _articles(kg)),
        "statements.csv": _lines(_STATEMENT, _statements(kg)),
        "mentions.csv": _lines(_MENTION, _mentions(kg)),
        "import.cypher": iter([_CYPHER, *(_CYPHER_STATEMENTS.format(type=kind) for kind in ("ASSERTED", "STATED"))]),
    }


def _entities(kg: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for entity in kg.entities:
        cells = entity_cells(kg, entity)
        aliases = ";".join(alias.replace(";", ",") for alias in entity.aliases)
        yield *cells[:6], aliases, *cells[7:], "Entity"


def _articles(kg: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for a in kg.articles:
        yield a.id, a.title, a.date, a.outlet, a.author, a.url, a.path, a.language, "Article"


def _statements(kg: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for s in kg.statements:
        start, end = (s.time.start, s.time.end) if s.time else (None, None)
        for t in s.triples:
            if t.subject and t.object:
                yield (
                    t.subject, t.object, t.relation, status_of(s).value, s.polarity.value, s.modality.value,
                    speaker(kg, s), start, end, s.confidence, s.sentence.text, s.article, s.id,
                    "ASSERTED" if s.asserted else "STATED",
                )  # fmt: skip


def _mentions(kg: KnowledgeGraph) -> Iterator[tuple[Cell, ...]]:
    for entity in kg.entities:
        for article, n in sorted(Counter(m.article for m in entity.mentions).items()):
            yield entity.id, article, n, "MENTIONED_IN"


def _lines(header: str, rows: Iterable[tuple[Cell, ...]]) -> Iterator[str]:
    yield ",".join(header.split()) + "\n"
    for row in rows:
        yield csv_line([_safe(cell) for cell in row])


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = re.sub("[\ud800-\udfff\x00]", "\ufffd", cell)
    return re.sub(r'\\(?="|\Z)', r"\\ ", text)
