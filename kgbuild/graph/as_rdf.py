"""The graph as RDF: one stream of Turtle blocks, from which the file and the rdflib graph are made.

Order of the file: run, outlets, articles, sentences, entities with their plain edges, relations, statement nodes,
events, times. A plain edge is written exactly for an asserted claim with an entity at both ends.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kgbuild.graph import turtle
from kgbuild.graph.claims import Claim, find_claims, find_contradictions
from kgbuild.graph.iris import slug
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.turtle import Block
from kgbuild.types import Article, Attribution, Entity, Role, Statement, TimeSpan, content_id
from kgbuild.vocabulary import (
    ACTOR_ROLES,
    KG,
    NIF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SCHEMA_CLASSES,
    SEM,
    SKOS,
    camel,
    entity_class,
    prefixes,
    superclasses,
)

if TYPE_CHECKING:
    import rdflib

Row = tuple[str, list[str]]


def write_turtle(kg: KnowledgeGraph) -> Iterator[str]:
    """The text of ``graph.ttl``, piece by piece; equal graphs give equal text."""
    return turtle.write(prefixes(kg.settings.base_iri), _Blocks(kg).all())


def to_turtle(kg: KnowledgeGraph) -> bytes:
    return "".join(write_turtle(kg)).encode()


def to_rdflib(kg: KnowledgeGraph) -> rdflib.Graph:
    """The triples of ``graph.ttl`` as an rdflib graph, with all prefixes bound."""
    import pyoxigraph as ox
    import rdflib

    @lru_cache(maxsize=1 << 18)
    def term(value: ox.NamedNode | ox.Literal) -> rdflib.term.Identifier:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        plain = value.datatype.value == str(rdflib.XSD.string)
        return rdflib.Literal(value.value, datatype=None if plain else rdflib.URIRef(value.datatype.value))

    graph = rdflib.Graph(bind_namespaces="none")
    for prefix, namespace in prefixes(kg.settings.base_iri).items():
        graph.bind(prefix, namespace)
    for quad in ox.parse(to_turtle(kg), ox.RdfFormat.TURTLE):
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


def _a(*classes: str) -> Row:
    return ("a", list(classes))


class _Blocks:
    """The blocks of one graph. Holds what several blocks need; each method yields one section, sorted by subject."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.claims = find_claims(kg)
        self.run = f"run:{content_id(kg.version, kg.model, kg.settings.to_dict())}"
        self.article_names = {article.id: slug(article.id) for article in kg.articles}
        self.source_of = {article.id: content_id(article.text) for article in kg.articles}
        self.statement_names = {statement.id: slug(statement.id) for statement in kg.statements}

    def all(self) -> Iterator[Block]:
        yield self._run()
        yield from self._outlets()
        yield from self._articles()
        yield from self._sentences()
        yield from self._entities()
        yield from self._relations()
        yield from self._statements()
        yield from self._events()
        yield from self._times()

    def _run(self) -> Block:
        settings = self.kg.settings
        rows = [
            _a(PROV.short("Activity")),
            (KG.short("version"), [turtle.literal(self.kg.version)]),
            (KG.short("model"), [turtle.literal(settings.model)]),
            (KG.short("modelId"), [turtle.literal(self.kg.model)] if self.kg.model else []),
            (KG.short("language"), [turtle.literal(settings.language)] if settings.language else []),
            (KG.short("assertAttributed"), [turtle.boolean(settings.assert_attributed)]),
            (KG.short("baseIri"), [turtle.literal(settings.base_iri)]),
            (PROV.short("used"), [self._article(article.id) for article in self.kg.articles]),
        ]
        return self.run, rows

    def _outlets(self) -> Iterator[Block]:
        for outlet in sorted({article.outlet for article in self.kg.articles if article.outlet}):
            yield (
                _outlet(outlet),
                [_a(SCHEMA.short("NewsMediaOrganization")), (SCHEMA.short("name"), [turtle.literal(outlet)])],
            )

    def _articles(self) -> Iterator[Block]:
        for article in sorted(self.kg.articles, key=lambda a: self._article(a.id)):
            yield self._article(article.id), _article_rows(article, self.kg.n_sentences.get(article.id, 0))

    def _sentences(self) -> Iterator[Block]:
        found = {self._sentence(s): s for s in self.kg.statements}
        for name, statement in sorted(found.items()):
            sentence = statement.sentence
            yield (
                name,
                [
                    _a(NIF.short("Sentence")),
                    (NIF.short("referenceContext"), [self._article(statement.article)]),
                    (NIF.short("beginIndex"), [turtle.number(sentence.start)]),
                    (NIF.short("endIndex"), [turtle.number(sentence.end)]),
                    (NIF.short("anchorOf"), [turtle.literal(sentence.text)]),
                ],
            )

    def _entities(self) -> Iterator[Block]:
        edges: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for claim in self.claims:
            if claim.first.asserted:
                for subject in claim.subjects:
                    edges[subject][f"r:{claim.relation}"].update(self._entity(entity) for entity in claim.objects)
        for entity in sorted(self.kg.entities, key=lambda e: self._entity(e.id)):
            plain = [(relation, list(objects)) for relation, objects in sorted(edges[entity.id].items())]
            yield self._entity(entity.id), _entity_rows(entity) + plain

    def _relations(self) -> Iterator[Block]:
        labels: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims:
            labels[claim.relation].update(triple.relation for _, triple in claim.readings)
        for name, found in sorted(labels.items()):
            yield (
                f"r:{name}",
                [_a(OWL.short("ObjectProperty")), (RDFS.short("label"), [turtle.literal(min(found))])],
            )

    def _statements(self) -> Iterator[Block]:
        for claim in self.claims:
            yield f"s:{claim.id}", self._claim_rows(claim)

    def _claim_rows(self, claim: Claim) -> list[Row]:
        first = claim.first
        statements = [statement for statement, _ in claim.readings]
        subject_text, object_text = claim.readings[0][1].subject_text, claim.readings[0][1].object_text
        numbers, units = _quantities(claim)
        return [
            _a(KG.short("Statement")),
            (RDF.short("subject"), self._entity_list(claim.subjects) or [turtle.literal(subject_text)]),
            (RDF.short("predicate"), [f"r:{claim.relation}"]),
            (RDF.short("object"), self._entity_list(claim.objects) or [turtle.literal(object_text)]),
            *self._commitment_rows(first),
            *self._source_rows([s.attribution for s in statements]),
            (KG.short("place"), [self._entity(s.place) for s in statements if s.place]),
            *_date_rows(first.time),
            (KG.short("dateText"), [turtle.literal(s.time.text) for s in statements if s.time]),
            (KG.short("number"), numbers),
            (KG.short("unit"), units),
            (KG.short("confidence"), [turtle.number(float(max(s.confidence for s in statements)))]),
            (KG.short("sourceCount"), [turtle.number(len({self.source_of[s.article] for s in statements}))]),
            (KG.short("event"), [self._event(s.id) for s in statements]),
            (KG.short("contradicts"), self._contradictions[claim.id, True]),
            (KG.short("mayContradict"), self._contradictions[claim.id, False]),
            (PROV.short("wasDerivedFrom"), [self._sentence(s) for s in statements]),
            (PROV.short("wasGeneratedBy"), [self.run]),
        ]

    @cached_property
    def _contradictions(self) -> dict[tuple[str, bool], list[str]]:
        """(claim id, whether certain) → the claims it contradicts; both directions."""
        found: dict[tuple[str, bool], list[str]] = defaultdict(list)
        for pair in find_contradictions(self.kg, self.claims):
            found[pair.positive, pair.certain].append(f"s:{pair.negative}")
            found[pair.negative, pair.certain].append(f"s:{pair.positive}")
        return found

    def _events(self) -> Iterator[Block]:
        for statement in sorted(self.kg.statements, key=lambda s: self._event(s.id)):
            yield self._event(statement.id), self._event_rows(statement)

    def _event_rows(self, statement: Statement) -> list[Row]:
        predicate = statement.predicate
        classes = [KG.short(predicate.event)] if predicate.event and predicate.event in KG else []
        actors = [a.entity for a in statement.arguments if a.role in ACTOR_ROLES]
        kinds = [KG.short(camel(source.kind)) for source in statement.attribution]
        time = _time(statement.time)
        return [
            _a(SEM.short("Event"), *classes),
            (RDFS.short("label"), [turtle.literal(predicate.text)]),
            (KG.short("lemma"), [turtle.literal(predicate.lemma)]),
            (KG.short("sense"), [turtle.literal(predicate.sense)] if predicate.sense else []),
            (KG.short("predicateKind"), [KG.short(predicate.kind)]),
            *self._commitment_rows(statement),
            *self._source_rows([statement.attribution]),
            (KG.short("attributionKind"), kinds),
            (SEM.short("hasActor"), self._entity_list(actors)),
            (SEM.short("hasPlace"), self._entity_list([statement.place])),
            (SEM.short("hasTime"), [time] if time else []),
            *self._role_rows(statement),
            (KG.short("dateText"), [turtle.literal(statement.time.text)] if statement.time else []),
            (KG.short("confidence"), [turtle.number(float(statement.confidence))]),
            (PROV.short("wasDerivedFrom"), [self._sentence(statement)]),
        ]

    def _role_rows(self, statement: Statement) -> list[Row]:
        """What fills each role. A place that the event is near, or otherwise not at, is text with its preposition."""
        rows: dict[str, list[str]] = defaultdict(list)
        for argument in statement.arguments:
            elsewhere = argument.role is Role.PLACE and argument.entity != statement.place
            if argument.entity is not None and not elsewhere:
                rows[KG.short(argument.role)].append(self._entity(argument.entity))
            elif argument.statement in self.statement_names:
                rows[KG.short(argument.role)].append(self._event(argument.statement))
            else:
                words = f"{argument.marker} {argument.text}" if elsewhere and argument.marker else argument.text
                rows[KG.short(f"{argument.role}Text")].append(turtle.literal(words))
        return sorted(rows.items())

    def _times(self) -> Iterator[Block]:
        found = {_time(s.time): s.time for s in self.kg.statements if s.time and _time(s.time)}
        for name, time in sorted(found.items()):
            first, last = _days(time)
            stamps = (
                [(SEM.short("hasTimeStamp"), first)]
                if first == last
                else [(SEM.short("hasBeginTimeStamp"), first), (SEM.short("hasEndTimeStamp"), last)]
            )
            yield name, [_a(SEM.short("Time")), *stamps]

    def _commitment_rows(self, statement: Statement) -> list[Row]:
        return [
            (KG.short("polarity"), [KG.short(statement.polarity)]),
            (KG.short("modality"), [KG.short(statement.modality)]),
            (KG.short("asserted"), [turtle.boolean(statement.asserted)]),
            (KG.short("ended"), [turtle.boolean(True)] if statement.ended else []),
        ]

    def _source_rows(self, attributions: Sequence[Sequence[Attribution]]) -> list[Row]:
        """Who says so: the nearest speaker as attributedTo, those who report the speaker's words as reportedBy."""
        sources = [source for chain in attributions for source in chain]
        return [
            (KG.short("attributedTo"), self._entity_list([chain[0].entity for chain in attributions if chain])),
            (KG.short("reportedBy"), self._entity_list([s.entity for chain in attributions for s in chain[1:]])),
            (KG.short("speakerText"), [turtle.literal(s.text) for s in sources if s.entity is None]),
            (KG.short("cue"), [turtle.literal(s.cue) for s in sources]),
        ]

    def _entity_list(self, ids: Sequence[str | None]) -> list[str]:
        return [self._entity(entity) for entity in ids if entity is not None]

    def _entity(self, entity: str) -> str:
        return f"e:{self.kg.local_names[entity]}"

    def _article(self, article: str) -> str:
        return f"a:{self.article_names[article]}"

    def _sentence(self, statement: Statement) -> str:
        return f"{self._article(statement.article)}_{statement.sentence.start}_{statement.sentence.end}"

    def _event(self, statement: str) -> str:
        return f"ev:{self.statement_names[statement]}"


def _article_rows(article: Article, n_sentences: int) -> list[Row]:
    return [
        _a(SCHEMA.short("NewsArticle")),
        (SCHEMA.short("headline"), [turtle.literal(article.title)] if article.title else []),
        (SCHEMA.short("datePublished"), [turtle.day(article.date)] if article.date else []),
        (SCHEMA.short("publisher"), [_outlet(article.outlet)] if article.outlet else []),
        (SCHEMA.short("creditText"), [turtle.literal(article.author)] if article.author else []),
        (SCHEMA.short("url"), [turtle.web_address(article.url)] if article.url else []),
        (SCHEMA.short("inLanguage"), [turtle.literal(article.language)] if article.language else []),
        (KG.short("path"), [turtle.literal(article.path)] if article.path else []),
        (KG.short("characterCount"), [turtle.number(len(article.text))]),
        (KG.short("sentenceCount"), [turtle.number(n_sentences)]),
    ]


def _entity_rows(entity: Entity) -> list[Row]:
    own = entity_class(entity.type)
    outside = [SCHEMA.short(SCHEMA_CLASSES[c]) for c in superclasses(own) if c in SCHEMA_CLASSES]
    wikidata = entity.identifiers.get("wikidata")
    return [
        _a(KG.short(own), *outside),
        (RDFS.short("label"), [turtle.literal(entity.name)]),
        (SKOS.short("altLabel"), [turtle.literal(a, language="en") for a in entity.aliases if a != entity.name]),
        (OWL.short("sameAs"), [f"wd:{wikidata}"] if wikidata and re.fullmatch(r"Q[0-9]+", wikidata) else []),
        (KG.short("named"), [turtle.boolean(entity.named)]),
        (KG.short("mentionCount"), [turtle.number(len(entity.mentions))]),
    ]


def _outlet(name: str) -> str:
    return f"o:{slug(name) or 'outlet'}_{content_id(name, length=6)}"


def _time(time: TimeSpan | None) -> str:
    """The node of a span of days, "" where no day is known."""
    if time is None or (time.start is None and time.end is None):
        return ""
    if time.start == time.end:
        return f"t:{slug(time.start or '')}"
    return f"t:{slug(time.start or 'open')}_{slug(time.end or 'open')}"


def _days(time: TimeSpan | None) -> tuple[list[str], list[str]]:
    """The first and the last day as terms; an open side has none."""
    days = (time.start, time.end) if time else ()
    first, last = [[turtle.day(day)] if day else [] for day in days] or ([], [])
    return first, last


def _date_rows(time: TimeSpan | None) -> list[Row]:
    """The days of a claim. One day has no end date; neither has what began on a day and is open since."""
    first, last = _days(time)
    open_end = [turtle.boolean(True)] if first and not last else []
    return [
        (KG.short("date"), first),
        (KG.short("endDate"), last if last != first else []),
        (KG.short("openEnded"), open_end),
    ]


def _quantities(claim: Claim) -> tuple[list[str], list[str]]:
    """The numbers and units of the objects of a claim's readings."""
    numbers, units = [], []
    for statement, triple in claim.readings:
        for argument in statement.arguments:
            same = argument.entity == triple.object if triple.object else argument.text == triple.object_text
            if same and argument.value is not None:
                count, unit = argument.value.get("number"), argument.value.get("unit")
                if isinstance(count, int | float):
                    numbers.append(turtle.number(count))
                if isinstance(unit, str) and unit:
                    units.append(turtle.literal(unit))
    return numbers, units
