"""The nodes of the graph as blocks of Turtle: a subject with its rows of properties and objects.

Order: run, outlets, articles, sentences, entities with their plain edges, relations, statement nodes, events, times. A
plain edge is written exactly for an asserted claim with an entity at both ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from kgbuild.graph import turtle
from kgbuild.graph.claims import Claim, Reading, find_claims, find_contradictions
from kgbuild.graph.iris import slug
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.rdf_rows import (
    Row,
    article_rows,
    date_rows,
    days,
    entity_rows,
    objects_of,
    outlet,
    quantity_rows,
    time_node,
    types,
)
from kgbuild.graph.sources import copies
from kgbuild.graph.turtle import Block
from kgbuild.types import Article, Attribution, Entity, Role, Statement, content_id
from kgbuild.vocabulary import ACTOR_ROLES, KG, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, camel, event_classes


class Blocks:
    """The blocks of one graph. Holds what several blocks need; each method yields one section, sorted by subject."""

    def __init__(self, kg: KnowledgeGraph) -> None:
        self.kg = kg
        self.claims = find_claims(kg)
        self.run = f"run:{content_id(kg.version, kg.model, kg.settings.to_dict())}"
        self.article_names = {article.id: slug(article.id) for article in kg.articles}
        self.source_of = copies(kg.articles)
        self.statement_ids = {statement.id for statement in kg.statements}

    def all(self, statement_rows: Callable[[Claim], list[Row]] | None = None) -> Iterator[Block]:
        """Every block of the graph, as ``graph.ttl`` has them, or with other rows for the statement nodes."""
        rows = statement_rows or self.claim_rows
        yield self._run()
        yield from self._outlets()
        yield from map(self._article_block, self._articles())
        yield from self._sentences(self.kg.statements)
        yield from self._entities()
        yield from self._relations()
        yield from ((f"s:{claim.id}", rows(claim)) for claim in self.claims)
        yield from self._events(self.kg.statements)
        yield from self._times()

    def shared(self) -> Iterator[Block]:
        """What belongs to no single article: the run, entities without edges, what statements of several come to."""
        yield self._run()
        yield from self._outlets()
        yield from ((self._entity(entity.id), entity_rows(entity)) for entity in self._sorted_entities())
        yield from self._relations()
        yield from ((f"s:{claim.id}", self._summary_rows(claim)) for claim in self.claims)
        yield from self._times()

    def by_article(self) -> Iterator[tuple[str, list[Block]]]:
        """The node of each article, and the blocks that hold what it says; with `shared`, they are the whole graph."""
        claims: dict[str, list[tuple[Claim, Claim]]] = defaultdict(list)
        for claim in self.claims:
            readings: dict[str, list[Reading]] = defaultdict(list)
            for reading in claim.readings:
                readings[reading[0].article].append(reading)
            for name, found in readings.items():
                claims[name].append((claim, Claim(claim.id, claim.relation, tuple(found))))
        statements: dict[str, list[Statement]] = defaultdict(list)
        for statement in self.kg.statements:
            statements[statement.article].append(statement)
        for article in self._articles():
            own = claims[article.id]
            edges = self._edges(part for _, part in own)
            yield (
                self._article(article.id),
                [
                    self._article_block(article),
                    *self._sentences(statements[article.id]),
                    *((self._entity(entity), rows) for entity, rows in sorted(edges.items())),
                    *((f"s:{part.id}", self._passage_rows(part, claim)) for claim, part in own),
                    *self._events(statements[article.id]),
                ],
            )

    def _run(self) -> Block:
        settings = self.kg.settings
        rows = [
            types(PROV.short("Activity")),
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
        for name in sorted({article.outlet for article in self.kg.articles if article.outlet}):
            yield (
                outlet(name),
                [
                    types(SCHEMA.short("NewsMediaOrganization")),
                    (SCHEMA.short("name"), [turtle.literal(name)]),
                ],
            )

    def _articles(self) -> list[Article]:
        return sorted(self.kg.articles, key=lambda article: self._article(article.id))

    def _article_block(self, article: Article) -> Block:
        source = self.source_of[article.id]
        more: list[Row] = [
            (KG.short("copyOf"), [self._article(source)] if source != article.id else []),
            (SCHEMA.short("mentions"), self._entity_list([entity for _, entity in self._named_in[article.id]])),
        ]
        return self._article(article.id), article_rows(article, self.kg.n_sentences.get(article.id, 0)) + more

    @cached_property
    def _named_in(self) -> dict[str, list[tuple[int, str]]]:
        """Article id → where it mentions named entities, in order."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for entity in self.kg.entities:
            if entity.named:
                for mention in entity.mentions:
                    found[mention.article].append((mention.start, entity.id))
        return defaultdict(list, {article: sorted(mentions) for article, mentions in found.items()})

    def _sentences(self, statements: Iterable[Statement]) -> Iterator[Block]:
        found = {self._sentence(statement): statement for statement in statements}
        for name, statement in sorted(found.items()):
            sentence, mentions = statement.sentence, self._named_in[statement.article]
            within = mentions[bisect_left(mentions, (sentence.start, "")) : bisect_left(mentions, (sentence.end, ""))]
            yield (
                name,
                [
                    types(NIF.short("Sentence")),
                    (NIF.short("referenceContext"), [self._article(statement.article)]),
                    (NIF.short("beginIndex"), [turtle.number(sentence.start)]),
                    (NIF.short("endIndex"), [turtle.number(sentence.end)]),
                    (NIF.short("anchorOf"), [turtle.literal(sentence.text)]),
                    (SCHEMA.short("mentions"), self._entity_list([entity for _, entity in within])),
                ],
            )

    def _sorted_entities(self) -> list[Entity]:
        return sorted(self.kg.entities, key=lambda entity: self._entity(entity.id))

    def _entities(self) -> Iterator[Block]:
        edges = self._edges(self.claims)
        for entity in self._sorted_entities():
            yield self._entity(entity.id), entity_rows(entity) + edges.get(entity.id, [])

    def _edges(self, claims: Iterable[Claim]) -> dict[str, list[Row]]:
        """Entity id → the rows of its plain edges."""
        found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for claim in claims:
            if claim.first.asserted and claim.objects:
                for subject in claim.subjects:
                    found[subject][f"r:{claim.relation}"].update(self._entity_list(claim.objects))
        return {
            entity: [(relation, list(objects)) for relation, objects in sorted(rows.items())]
            for entity, rows in found.items()
        }

    def _relations(self) -> Iterator[Block]:
        labels: dict[str, set[str]] = defaultdict(set)
        for claim in self.claims:
            labels[claim.relation].update(triple.relation for _, triple in claim.readings)
        for name, found in sorted(labels.items()):
            yield (
                f"r:{name}",
                [types(OWL.short("ObjectProperty")), (RDFS.short("label"), [turtle.literal(min(found))])],
            )

    def claim_rows(self, claim: Claim, *, ends: bool = True) -> list[Row]:
        """All rows of a statement node; without ``ends``, those but subject, predicate and object."""
        return self._passage_rows(claim, claim, ends=ends) + self._summary_rows(claim)

    def ends(self, part: Claim, claim: Claim) -> tuple[list[str], str, list[str]]:
        """Subjects, relation and objects of a part of a claim; words where an end is no entity."""
        words = claim.readings[0][1]
        return (
            self._entity_list(part.subjects) or [turtle.literal(words.subject_text)],
            f"r:{claim.relation}",
            self._entity_list(part.objects) or [turtle.literal(words.object_text)],
        )

    def _passage_rows(self, part: Claim, claim: Claim, *, ends: bool = True) -> list[Row]:
        """What the passages of a part of a claim (of one article, or all of it) say."""
        statements = [statement for statement, _ in part.readings]
        subjects, relation, objects = self.ends(part, claim)
        triple: list[Row] = [
            (RDF.short("subject"), subjects),
            (RDF.short("predicate"), [relation]),
            (RDF.short("object"), objects),
        ]
        return [
            types(KG.short("Statement")),
            *(triple if ends else []),
            *self._commitment_rows(claim.first),
            *self._source_rows([s.attribution for s in statements]),
            (KG.short("place"), self._entity_list([s.place for s in statements])),
            *date_rows(claim.first.time),
            (KG.short("dateText"), [turtle.literal(s.time.text) for s in statements if s.time]),
            *quantity_rows(objects_of(part.readings)),
            (KG.short("event"), [self._event(s.id) for s in statements]),
            (PROV.short("wasDerivedFrom"), [self._sentence(s) for s in statements]),
        ]

    def _summary_rows(self, claim: Claim) -> list[Row]:
        """What the passages of a claim come to together."""
        statements = [statement for statement, _ in claim.readings]
        days = [day for s in statements if (day := self.kg.article_by_id[s.article].date)]
        return [
            (KG.short("confidence"), [turtle.number(float(max(s.confidence for s in statements)))]),
            (KG.short("sourceCount"), [turtle.number(len({self.source_of[s.article] for s in statements}))]),
            (KG.short("firstPublished"), [turtle.day(min(days))] if days else []),
            (KG.short("contradicts"), self._contradictions[claim.id, True]),
            (KG.short("mayContradict"), self._contradictions[claim.id, False]),
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

    def _events(self, statements: Iterable[Statement]) -> Iterator[Block]:
        for statement in sorted(statements, key=lambda s: self._event(s.id)):
            yield self._event(statement.id), self._event_rows(statement)

    def _event_rows(self, statement: Statement) -> list[Row]:
        predicate = statement.predicate
        classes = [KG.short(name) for name in event_classes(predicate.event)]
        actors = [a.entity for a in statement.arguments if a.role in ACTOR_ROLES]
        kinds = [KG.short(camel(source.kind)) for source in statement.attribution]
        time = time_node(statement.time)
        return [
            types(SEM.short("Event"), *classes),
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
            *quantity_rows(statement.arguments),
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
            elif argument.statement in self.statement_ids:
                rows[KG.short(argument.role)].append(self._event(argument.statement))
            else:
                words = f"{argument.marker} {argument.text}" if elsewhere and argument.marker else argument.text
                rows[KG.short(f"{argument.role}Text")].append(turtle.literal(words))
        return sorted(rows.items())

    def _times(self) -> Iterator[Block]:
        found = {time_node(s.time): s.time for s in self.kg.statements if s.time and time_node(s.time)}
        for name, time in sorted(found.items()):
            first, last = days(time)
            stamps = (
                [(SEM.short("hasTimeStamp"), first)]
                if first == last
                else [(SEM.short("hasBeginTimeStamp"), first), (SEM.short("hasEndTimeStamp"), last)]
            )
            yield name, [types(SEM.short("Time")), *stamps]

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
            (KG.short("speakerText"), [turtle.literal(s.text) for s in sources if s.entity is None and s.text]),
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
        return f"ev:{slug(statement)}"
