"""The graph as tables that join by their id columns: what SQLite, Parquet and spreadsheets are made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kgbuild import gazetteer
from kgbuild.graph.as_networkx import speaker
from kgbuild.graph.claims import find_claims
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.sources import copies
from kgbuild.status import status_of
from kgbuild.types import Entity, Statement, Triple

Kind = Literal["text", "integer", "real", "boolean"]
Cell = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows whose cells are of the kinds that ``columns`` names, or None. ``references`` maps column → other table."""

    name: str
    columns: dict[str, Kind]
    rows: Iterable[tuple[Cell, ...]]
    references: dict[str, str]


class Tables:
    """The tables of one graph, each in the order of the graph."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.source_of = copies(kg.articles)

    def all(self) -> list[Table]:
        return [
            self._table("articles", ARTICLES, self._articles(), {"copy_of": "articles"}),
            self._table("entities", ENTITIES, self._entities(), {}),
            self._table(
                "statements",
                STATEMENTS,
                self._statements(),
                {"article": "articles", "speaker_id": "entities", "place_id": "entities"},
            ),
            self._table(
                "readings",
                READINGS,
                self._readings(),
                {"statement": "statements", "subject_id": "entities", "object_id": "entities"},
            ),
            self._table("arguments", ARGUMENTS, self._arguments(), {"statement": "statements", "entity": "entities"}),
            self._table("mentions", MENTIONS, self._mentions(), {"entity": "entities", "article": "articles"}),
        ]

    def flat(self) -> list[Table]:
        """Two tables for spreadsheets, with names where the others have ids."""
        return [
            self._table("statements", FLAT, self._flat(), {}),
            self._table("entities", ENTITIES, self._entities(), {}),
        ]

    def _table(self, name: str, columns: str, rows: Iterable[tuple[Cell, ...]], references: dict[str, str]) -> Table:
        return Table(name, {column: KINDS.get(column, "text") for column in columns.split()}, rows, references)

    def _articles(self) -> Iterator[tuple[Cell, ...]]:
        for a in self.kg.articles:
            source = self.source_of[a.id]
            yield (
                a.id, a.title, a.date, a.outlet, a.author, a.url, a.path, a.language, len(a.text),
                self.kg.n_sentences.get(a.id, 0), source if source != a.id else None, a.text,
            )  # fmt: skip

    def _entities(self) -> Iterator[tuple[Cell, ...]]:
        return (entity_cells(self.kg, entity) for entity in self.kg.entities)

    def _statements(self) -> Iterator[tuple[Cell, ...]]:
        for s in self.kg.statements:
            source = s.attribution[0] if s.attribution else None
            yield (
                s.id, s.article, s.predicate.lemma, s.predicate.kind.value, s.predicate.sense, s.predicate.event,
                *self._commitment(s), s.ended, speaker(self.kg, s), source.entity if source else None,
                source.cue if source else None, source.kind.value if source else None,
                *self._when_and_where(s), s.place, s.confidence,
                s.sentence.text, s.sentence.start, s.sentence.end,
            )  # fmt: skip

    def _readings(self) -> Iterator[tuple[Cell, ...]]:
        for s in self.kg.statements:
            for n, t in enumerate(s.triples):
                claim, n_sources = self._claims[s.id, t]
                yield (
                    f"{s.id}_{n}", s.id, self.name(t.subject, t.subject_text), t.relation,
                    self.name(t.object, t.object_text), status_of(s).value, t.subject, t.object, claim, n_sources,
                )  # fmt: skip

    def _arguments(self) -> Iterator[tuple[Cell, ...]]:
        for s in self.kg.statements:
            for n, a in enumerate(s.arguments):
                value = a.value or {}
                number, unit, date = value.get("number"), value.get("unit"), value.get("date")
                yield (
                    f"{s.id}_{n}", s.id, a.role.value, a.marker, a.text, a.start, a.end, a.entity,
                    float(number) if isinstance(number, int | float) else None,
                    unit if isinstance(unit, str) else None, date if isinstance(date, str) else None,
                )  # fmt: skip

    def _mentions(self) -> Iterator[tuple[Cell, ...]]:
        for e in self.kg.entities:
            for m in e.mentions:
                yield e.id, m.article, m.start, m.end, m.text, m.kind.value

    def _flat(self) -> Iterator[tuple[Cell, ...]]:
        for s in self.kg.statements:
            article = self.kg.article_by_id[s.article]
            cue = s.attribution[0].cue if s.attribution else None
            for t in s.triples:
                yield (
                    self.name(t.subject, t.subject_text), t.relation, self.name(t.object, t.object_text),
                    *self._commitment(s), speaker(self.kg, s), cue, *self._when_and_where(s), s.confidence,
                    self._claims[s.id, t][1], s.sentence.text, article.title, article.outlet, article.date,
                    article.url, article.path, s.id,
                )  # fmt: skip

    def _commitment(self, s: Statement) -> tuple[Cell, ...]:
        return status_of(s).value, s.asserted, s.polarity.value, s.modality.value

    def _when_and_where(self, s: Statement) -> tuple[Cell, ...]:
        place = self.kg.entity_by_id[s.place].name if s.place else None
        if s.time is None:
            return None, None, None, place
        return s.time.start, s.time.end, s.time.text, place

    def name(self, entity: str | None, text: str) -> str:
        return self.kg.entity_by_id[entity].name if entity is not None else text

    @cached_property
    def _claims(self) -> dict[tuple[str, Triple], tuple[str, int]]:
        """(statement id, reading) → the claim's id, as in the RDF, and its number of independent sources."""
        found = {}
        for claim in find_claims(self.kg):
            n_sources = len({self.source_of[statement.article] for statement, _ in claim.readings})
            for statement, triple in claim.readings:
                found[statement.id, triple] = (claim.id, n_sources)
        return found


def entity_cells(kg: KnowledgeGraph, entity: Entity) -> tuple[Cell, ...]:
    """The cells of `ENTITIES`."""
    wikidata = entity.identifiers.get("wikidata")
    latitude, longitude = (gazetteer.coordinates(wikidata) if wikidata else None) or (None, None)
    return (
        entity.id, entity.name, entity.type, entity.named, len(entity.mentions),
        len({m.article for m in entity.mentions}), " | ".join(entity.aliases), wikidata, latitude, longitude,
        f"{kg.settings.base_iri}entity/{kg.local_names[entity.id]}",
    )  # fmt: skip


ARTICLES = "id title date outlet author url path language characters sentences copy_of text"
ENTITIES = "id name type named n_mentions n_articles aliases wikidata latitude longitude iri"
STATEMENTS = (
    "id article predicate kind sense event status asserted polarity modality ended speaker speaker_id cue "
    "attribution_kind date end_date date_text place place_id confidence sentence sentence_start sentence_end"
)
READINGS = "id statement subject relation object status subject_id object_id claim n_sources"
ARGUMENTS = "id statement role marker text start end entity number unit date"
MENTIONS = "entity article start end text kind"
FLAT = (
    "subject relation object status asserted polarity modality speaker cue date end_date date_text place confidence "
    "n_sources sentence title outlet published url path statement"
)
KINDS: dict[str, Kind] = {
    **dict.fromkeys("characters sentences n_mentions n_articles n_sources start end".split(), "integer"),
    **dict.fromkeys("sentence_start sentence_end".split(), "integer"),
    **dict.fromkeys("named asserted ended".split(), "boolean"),
    **dict.fromkeys("latitude longitude confidence number".split(), "real"),
}
"""The kinds of columns that are no text."""
