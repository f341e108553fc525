"""The graph as pandas DataFrames that can be joined by their id columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from kgbuild.graph.as_networkx import speaker
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.statements import participants
from kgbuild.status import status_of

if TYPE_CHECKING:
    import pandas


class Frames(NamedTuple):
    """``entities``, ``statements`` and ``articles`` by id; ``triples`` one row per binary reading."""

    entities: pandas.DataFrame
    statements: pandas.DataFrame
    articles: pandas.DataFrame
    triples: pandas.DataFrame


_COLUMNS = (
    "id name type named n_mentions n_articles aliases wikidata iri",
    "id article predicate kind polarity modality asserted speaker date end_date place confidence sentence",
    "id title date outlet url path language n_characters n_sentences",
    "subject relation object asserted polarity modality speaker date confidence sentence article statement "
    "subject_id object_id",
)


def to_frames(kg: KnowledgeGraph) -> Frames:
    """The four tables, in the order of the graph.

    Dates are ISO strings; ``iri`` is the prefixed name that SPARQL answers show; unknown values are None.
    """
    import pandas as pd

    names = {entity.id: entity.name for entity in kg.entities}
    entities = [
        (e.id, e.name, e.type, e.named, len(e.mentions), len({m.article for m in e.mentions}), " | ".join(e.aliases),
         e.identifiers.get("wikidata"), f"e:{kg.local_names[e.id]}")
        for e in kg.entities
    ]  # fmt: skip
    statements = [
        (s.id, s.article, s.predicate.lemma, s.predicate.kind.value, s.polarity.value, s.modality.value, s.asserted,
         speaker(kg, s), s.time.start if s.time else None, s.time.end if s.time else None,
         names[s.place] if s.place else None, s.confidence, s.sentence.text)
        for s in kg.statements
    ]  # fmt: skip
    articles = [
        (a.id, a.title, a.date, a.outlet, a.url, a.path, a.language, len(a.text), kg.n_sentences.get(a.id, 0))
        for a in kg.articles
    ]
    triples = [
        (names[t.subject] if t.subject else t.subject_text, t.relation, names[t.object] if t.object else t.object_text,
         s.asserted, s.polarity.value, s.modality.value, speaker(kg, s), s.time.start if s.time else None, s.confidence,
         s.sentence.text, s.article, s.id, t.subject, t.object)
        for s in kg.statements
        for t in s.triples
    ]  # fmt: skip

    def frame(rows: Sequence[tuple[object, ...]], columns: str) -> pd.DataFrame:
        return pd.DataFrame(list(rows), columns=columns.split(), dtype=object).infer_objects()

    tables: tuple[Sequence[tuple[object, ...]], ...] = (entities, statements, articles, triples)
    return Frames(*map(frame, tables, _COLUMNS))


TIMELINE = (
    "date end_date subject relation object status speaker polarity modality place confidence sentence article statement"
)


def timeline(kg: KnowledgeGraph, about: str | None = None) -> pandas.DataFrame:
    """The dated statements, one row for each reading, by day; columns are those of `TIMELINE`.

    ``date`` is None where only the last day is known ("before Friday"), ``end_date`` where it is open ("since 2007").
    """
    import pandas as pd

    def name(entity: str | None, text: str) -> str:
        return kg.entity_by_id[entity].name if entity is not None else text

    about_id = kg.entity(about).id if about is not None else None
    rows = [
        (s.time.start, s.time.end, name(t.subject, t.subject_text), t.relation, name(t.object, t.object_text),
         status_of(s).value, speaker(kg, s), s.polarity.value, s.modality.value, name(s.place, "") or None,
         s.confidence, s.sentence.text, s.article, s.id)
        for s in kg.statements
        if s.time is not None and (s.time.start or s.time.end) and (about_id is None or about_id in participants(s))
        for t in s.triples
    ]  # fmt: skip
    rows.sort(key=lambda row: (row[0] or row[1] or "", row[1] or "", row[-1]))
    return pd.DataFrame(rows, columns=TIMELINE.split(), dtype=object).infer_objects()
