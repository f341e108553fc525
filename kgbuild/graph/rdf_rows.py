"""Rows of the RDF nodes that need nothing but one record: articles, entities, dates, quantities."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kgbuild import gazetteer
from kgbuild.graph import turtle
from kgbuild.graph.claims import Reading
from kgbuild.graph.iris import slug
from kgbuild.types import Argument, Article, Entity, TimeSpan, content_id
from kgbuild.vocabulary import (
    GEO,
    KG,
    OWL,
    RDFS,
    SCHEMA,
    SCHEMA_CLASSES,
    SKOS,
    entity_class,
    superclasses,
)

Row = tuple[str, list[str]]


def types(*classes: str) -> Row:
    return ("a", list(classes))


def article_rows(article: Article, n_sentences: int) -> list[Row]:
    return [
        types(SCHEMA.short("NewsArticle")),
        (SCHEMA.short("headline"), [turtle.literal(article.title)] if article.title else []),
        (SCHEMA.short("datePublished"), [turtle.day(article.date)] if article.date else []),
        (SCHEMA.short("publisher"), [outlet(article.outlet)] if article.outlet else []),
        (SCHEMA.short("creditText"), [turtle.literal(article.author)] if article.author else []),
        (SCHEMA.short("url"), [turtle.web_address(article.url)] if article.url else []),
        (SCHEMA.short("inLanguage"), [turtle.literal(article.language)] if article.language else []),
        (KG.short("path"), [turtle.literal(article.path)] if article.path else []),
        (KG.short("characterCount"), [turtle.number(len(article.text))]),
        (KG.short("sentenceCount"), [turtle.number(n_sentences)]),
    ]


def entity_rows(entity: Entity) -> list[Row]:
    own = entity_class(entity.type)
    outside = [SCHEMA.short(SCHEMA_CLASSES[c]) for c in superclasses(own) if c in SCHEMA_CLASSES]
    wikidata = entity.identifiers.get("wikidata")
    return [
        types(KG.short(own), *outside),
        (RDFS.short("label"), [turtle.literal(entity.name)]),
        (SKOS.short("altLabel"), [turtle.literal(a, language="en") for a in entity.aliases if a != entity.name]),
        (OWL.short("sameAs"), [f"wd:{wikidata}"] if wikidata and re.fullmatch(r"Q[0-9]+", wikidata) else []),
        *_coordinate_rows(wikidata),
        (KG.short("named"), [turtle.boolean(entity.named)]),
        (KG.short("mentionCount"), [turtle.number(len(entity.mentions))]),
    ]


def _coordinate_rows(wikidata: str | None) -> list[Row]:
    """Where a place is, in degrees north and east, if the gazetteer knows."""
    found = gazetteer.coordinates(wikidata) if wikidata else None
    return (
        []
        if found is None
        else [
            (GEO.short("lat"), [turtle.number(found[0])]),
            (GEO.short("long"), [turtle.number(found[1])]),
        ]
    )


def outlet(name: str) -> str:
    return f"o:{slug(name) or 'outlet'}_{content_id(name, length=6)}"


def time_node(time: TimeSpan | None) -> str:
    """The node of a span of days, "" where no day is known."""
    if time is None or (time.start is None and time.end is None):
        return ""
    if time.start == time.end:
        return f"t:{slug(time.start or '')}"
    return f"t:{slug(time.start or 'open')}_{slug(time.end or 'open')}"


def days(time: TimeSpan | None) -> tuple[list[str], list[str]]:
    """The first and the last day as terms; an open side has none."""
    ends = (time.start, time.end) if time else ()
    first, last = [[turtle.day(end)] if end else [] for end in ends] or ([], [])
    return first, last


def date_rows(time: TimeSpan | None) -> list[Row]:
    """The days of a claim. One day has no end date; neither has what began on a day and is open since."""
    first, last = days(time)
    open_end = [turtle.boolean(True)] if first and not last else []
    return [
        (KG.short("date"), first),
        (KG.short("endDate"), last if last != first else []),
        (KG.short("openEnded"), open_end),
    ]


def quantity_rows(arguments: Iterable[Argument]) -> list[Row]:
    """The numbers of arguments, with unit, upper end of a range, and how they are meant."""
    values = [argument.value for argument in arguments if argument.value is not None]

    def terms(key: str) -> list[str]:
        return [_literal(value[key]) for value in values if value.get(key)]

    return [
        (KG.short("number"), [_literal(value["number"]) for value in values if "number" in value]),
        (KG.short("upperNumber"), terms("upper")),
        (KG.short("unit"), terms("unit")),
        (KG.short("comparison"), terms("comparison")),
        (KG.short("approximate"), terms("approximate")),
    ]


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return turtle.boolean(value)
    return turtle.number(value) if isinstance(value, int | float) else turtle.literal(str(value))


def objects_of(readings: Iterable[Reading]) -> Iterator[Argument]:
    """The arguments that are the objects of readings."""
    for statement, triple in readings:
        for argument in statement.arguments:
            if argument.entity == triple.object if triple.object else argument.text == triple.object_text:
                yield argument
