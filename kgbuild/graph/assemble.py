"""Joining what the articles contribute with what their mentions were resolved to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kgbuild import __version__
from kgbuild.graph.gate import may_assert
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.settings import Settings
from kgbuild.types import Entity, Record, Skipped, Span, Statement


def assemble(
    records: Sequence[Record],
    entities: Sequence[Entity],
    entity_of: Mapping[tuple[str, Span], str],
    settings: Settings,
    *,
    model: str | None = None,
    skipped: Sequence[Skipped] = (),
) -> KnowledgeGraph:
    """The graph of all records: sorted, with entity ids filled in, and nothing asserted that the gate does not allow.

    ``entity_of`` maps (article id, mention span) → entity id; what it does not know stays a literal. The result does
    not depend on the order of records or entities; an article given twice counts once.
    """
    by_article = {record.article.id: record for record in records}
    kept = sorted(by_article.values(), key=lambda record: (record.article.path or "", record.article.id))
    statements = [
        _resolve(statement, entity_of, settings)
        for record in kept
        for statement in sorted(record.statements, key=_place_in_text)
    ]
    return KnowledgeGraph(
        articles=tuple(record.article for record in kept),
        statements=tuple(statements),
        entities=tuple(sorted(entities, key=lambda entity: (entity.name, entity.id))),
        n_sentences={record.article.id: record.n_sentences for record in kept},
        settings=settings,
        version=__version__,
        model=model,
        skipped=tuple(sorted(skipped, key=lambda s: (s.path, s.reason))),
    )


def _place_in_text(statement: Statement) -> tuple[int, int, int, str]:
    return (statement.sentence.start, statement.predicate.start, statement.predicate.end, statement.id)


def _resolve(statement: Statement, entity_of: Mapping[tuple[str, Span], str], settings: Settings) -> Statement:
    def entity(mention: Span | None) -> str | None:
        return entity_of.get((statement.article, mention)) if mention is not None else None

    return replace(
        statement,
        arguments=tuple(replace(a, entity=entity(a.mention)) for a in statement.arguments),
        attribution=tuple(replace(a, entity=entity(a.mention)) for a in statement.attribution),
        triples=tuple(
            replace(t, subject=entity(t.subject_mention), object=entity(t.object_mention)) for t in statement.triples
        ),
        place=entity(statement.place_mention),
        asserted=statement.asserted and may_assert(statement, settings),
    )
