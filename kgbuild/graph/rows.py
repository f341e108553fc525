"""Records as the rows of the JSON Lines files, and back. Every record survives the round trip unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
    Role,
    Sentence,
    Span,
    Statement,
    TimeSpan,
    Triple,
)

Row = dict[str, Any]


def statement_to_row(statement: Statement) -> Row:
    """A line of ``statements.jsonl``."""
    sentence, predicate, time = statement.sentence, statement.predicate, statement.time
    return {
        "id": statement.id,
        "article": statement.article,
        "sentence": {"start": sentence.start, "end": sentence.end, "text": sentence.text},
        "predicate": {
            "lemma": predicate.lemma,
            "text": predicate.text,
            "start": predicate.start,
            "end": predicate.end,
            "kind": predicate.kind.value,
            "sense": predicate.sense,
            "event": predicate.event,
        },
        "arguments": [_argument_to_row(argument) for argument in statement.arguments],
        "polarity": statement.polarity.value,
        "modality": statement.modality.value,
        "attribution": [_attribution_to_row(source) for source in statement.attribution],
        "time": None if time is None else {"text": time.text, "start": time.start, "end": time.end},
        "place": statement.place,
        "place_mention": _list(statement.place_mention),
        "ended": statement.ended,
        "asserted": statement.asserted,
        "confidence": statement.confidence,
        "triples": [_triple_to_row(triple) for triple in statement.triples],
    }


def _argument_to_row(argument: Argument) -> Row:
    return {
        "role": argument.role.value,
        "marker": argument.marker,
        "text": argument.text,
        "start": argument.start,
        "end": argument.end,
        "entity": argument.entity,
        "value": None if argument.value is None else dict(argument.value),
        "statement": argument.statement,
        "mention": _list(argument.mention),
    }


def _attribution_to_row(source: Attribution) -> Row:
    return {
        "text": source.text,
        "start": source.start,
        "end": source.end,
        "entity": source.entity,
        "cue": source.cue,
        "kind": source.kind.value,
        "mention": _list(source.mention),
    }


def _triple_to_row(triple: Triple) -> Row:
    return {
        "subject": triple.subject,
        "subject_text": triple.subject_text,
        "relation": triple.relation,
        "object": triple.object,
        "object_text": triple.object_text,
        "subject_mention": _list(triple.subject_mention),
        "object_mention": _list(triple.object_mention),
    }


def statement_from_row(row: Row) -> Statement:
    """The statement of a line of ``statements.jsonl``."""
    return Statement(
        id=row["id"],
        article=row["article"],
        sentence=Sentence(**row["sentence"]),
        predicate=Predicate(**row["predicate"] | {"kind": PredicateKind(row["predicate"]["kind"])}),
        arguments=tuple(
            Argument(**a | {"role": Role(a["role"]), "mention": _span(a["mention"])}) for a in row["arguments"]
        ),
        polarity=Polarity(row["polarity"]),
        modality=Modality(row["modality"]),
        attribution=tuple(
            Attribution(**a | {"kind": AttributionKind(a["kind"]), "mention": _span(a["mention"])})
            for a in row["attribution"]
        ),
        time=None if row["time"] is None else TimeSpan(**row["time"]),
        place_mention=_span(row["place_mention"]),
        ended=row["ended"],
        asserted=row["asserted"],
        confidence=row["confidence"],
        triples=tuple(
            Triple(**t | {end: _span(t[end]) for end in ("subject_mention", "object_mention")}) for t in row["triples"]
        ),
        place=row["place"],
    )


def entity_to_row(entity: Entity) -> Row:
    """A line of ``entities.jsonl``."""
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "aliases": list(entity.aliases),
        "identifiers": dict(entity.identifiers),
        "mentions": [
            {"article": m.article, "start": m.start, "end": m.end, "text": m.text, "kind": m.kind.value}
            for m in entity.mentions
        ],
    }


def entity_from_row(row: Row) -> Entity:
    """The entity of a line of ``entities.jsonl``."""
    mentions = tuple(EntityMention(**m | {"kind": MentionKind(m["kind"])}) for m in row["mentions"])
    return Entity(row["id"], row["name"], row["type"], tuple(row["aliases"]), row["identifiers"], mentions)


_ARTICLE_KEYS = ("id", "path", "title", "date", "outlet", "author", "url", "language")


def article_to_row(article: Article, n_sentences: Mapping[str, int]) -> Row:
    """A line of ``articles.jsonl``."""
    return {
        **{key: getattr(article, key) for key in _ARTICLE_KEYS},
        "characters": len(article.text),
        "sentences": n_sentences.get(article.id, 0),
        "text": article.text,
    }


def article_from_row(row: Row) -> Article:
    """The article of a line of ``articles.jsonl``."""
    return Article(text=row["text"], **{key: row[key] for key in _ARTICLE_KEYS})


def _list(span: Span | None) -> list[int] | None:
    return None if span is None else list(span)


def _span(pair: list[int] | None) -> Span | None:
    return None if pair is None else (pair[0], pair[1])
