"""Statements of few words, for tests of what becomes of one or two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kgbuild.graph import KnowledgeGraph, assemble
from kgbuild.settings import Settings
from kgbuild.types import (
    Argument,
    Article,
    Attribution,
    AttributionKind,
    Entity,
    EntityMention,
    MentionKind,
    Modality,
    Polarity,
    Predicate,
    PredicateKind,
    Record,
    Role,
    Sentence,
    Statement,
    TimeSpan,
    Triple,
    content_id,
)


@dataclass(frozen=True)
class Said:
    """One statement of an article. A capital letter makes an end a named entity, a quotation mark a literal."""

    subject: str
    relation: str
    object: str
    article: str = "one"
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ACTUAL
    by: Sequence[str] = ()
    day: str | tuple[str | None, str | None] | None = None
    ended: bool = False
    asserted: bool = True
    confidence: float = 0.9
    more: Mapping[Role, str] = field(default_factory=dict)
    marker: str | None = None
    text: str | None = None
    value: Mapping[str, object] | None = None


def graph_of(*rows: Said, settings: Settings | None = None) -> KnowledgeGraph:
    """A graph of these statements; articles have their name as text unless a row says otherwise."""
    texts = {row.article: row.text or f"Text of {row.article}." for row in rows}
    articles = {name: Article(text=text, title=name, path=f"{name}.txt") for name, text in texts.items()}
    entities: dict[str, Entity] = {}
    entity_of: dict[tuple[str, tuple[int, int]], str] = {}
    records = [
        Record(
            article,
            1,
            (),
            tuple(
                _statement(article, n, row, entities, entity_of) for n, row in enumerate(rows) if row.article == name
            ),
        )
        for name, article in articles.items()
    ]
    return assemble(records, list(entities.values()), entity_of, settings or Settings())


def _statement(
    article: Article,
    n: int,
    row: Said,
    entities: dict[str, Entity],
    entity_of: dict[tuple[str, tuple[int, int]], str],
) -> Statement:
    def mention(words: str, place: int) -> tuple[int, int] | None:
        if words.startswith('"'):
            return None
        span = (1000 * n + 10 * place, 1000 * n + 10 * place + 5)
        named = words[0].isupper()
        key = words if named else f"{words} {article.id} {span}"
        kind = MentionKind.NAME if named else MentionKind.NOMINAL
        seen = EntityMention(article.id, *span, words, kind)
        known = entities.get(key) or Entity(content_id(key), words, "Person" if named else "Group", (), {}, ())
        entities[key] = replace(known, mentions=(*known.mentions, seen))
        entity_of[article.id, span] = known.id
        return span

    ends = [mention(row.subject, 0), mention(row.object, 1)]
    arguments = [
        Argument(Role.AGENT, row.subject.strip('"'), 0, 1, None, ends[0]),
        Argument(Role.PATIENT, row.object.strip('"'), 0, 1, None, ends[1], value=row.value),
        *(Argument(role, words.strip('"'), 0, 1, row.marker, mention(words, 2 + k))
          for k, (role, words) in enumerate(row.more.items())),
    ]  # fmt: skip
    sources = [
        Attribution(words.strip('"'), 0, 1, "said", AttributionKind.INDIRECT, mention(words, 50 + k))
        for k, words in enumerate(row.by)
    ]
    start, end = (row.day, row.day) if isinstance(row.day, str) else row.day or (None, None)
    return Statement(
        id=content_id(article.id, n),
        article=article.id,
        sentence=Sentence(0, len(article.text), article.text),
        predicate=Predicate(row.relation, row.relation, 0, 1, PredicateKind.VERB),
        arguments=tuple(arguments),
        polarity=row.polarity,
        modality=row.modality,
        attribution=tuple(sources),
        time=None if row.day is None else TimeSpan("then", start, end),
        place_mention=next((a.mention for a in arguments if a.role is Role.PLACE and a.marker == "in"), None),
        ended=row.ended,
        asserted=row.asserted,
        confidence=row.confidence,
        triples=(Triple(row.subject.strip('"'), row.relation, row.object.strip('"'), *ends),),
    )
