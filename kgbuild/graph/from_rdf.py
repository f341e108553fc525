"""A graph read back from its Turtle alone: for looking and asking, where the folder that build wrote is not at hand.

The Turtle does not hold the articles' text, where in a sentence its words stand, nor where entities are mentioned. So
articles have no text, spans of words are those of the sentence, and an entity has one mention for each sentence that
names it. Everything that `KnowledgeGraph.sparql` answers is answered from the file itself.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.errors import InputError
from kgbuild.graph.model import KnowledgeGraph
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
    Role,
    Sentence,
    Statement,
    TimeSpan,
    Triple,
)
from kgbuild.vocabulary import (
    DATA_PREFIXES,
    ENTITY_CLASSES,
    EVENT_CLASSES,
    KG,
    NAMESPACES,
    NIF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SEM,
    SKOS,
    WIKIDATA_IRI,
    camel,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

_LOG = logging.getLogger(__name__)
_MODALITIES = {KG.iri + camel(m): m for m in Modality}
_POLARITIES = {KG.iri + camel(p): p for p in Polarity}
_KINDS = {KG.iri + camel(k): k for k in PredicateKind}
_ATTRIBUTIONS = {KG.iri + camel(k): k for k in AttributionKind}


def load_turtle(path: Path) -> KnowledgeGraph:
    """The graph of a Turtle file that kgbuild wrote, sorted; triples of others are left to `sparql` and said.

    Raises InputError in one line if the file cannot be read, is not Turtle, or has no run of kgbuild in it.
    """
    from kgbuild.query import open_store

    store = open_store(path)
    reader = _Reader(store)
    runs = reader.instances(PROV.Activity)
    run = next((run for run in runs if reader.texts(run, KG.version)), None)
    if run is None:
        raise InputError(f"{path}: not written by kgbuild (no run in it); name a folder or graph.ttl of kgbuild build")
    try:
        kg = reader.graph(run)
    except (KeyError, ValueError, IndexError) as error:
        raise InputError(f"{path}: a node lacks what kgbuild writes ({error!r}); see kgbuild check") from error
    object.__setattr__(kg, "store", store)
    _LOG.warning("%s: without the articles' text; offsets within sentences are not known", path)
    if reader.n_foreign:
        _LOG.warning("%s: %d triples are not kgbuild's; only SPARQL sees them", path, reader.n_foreign)
    return kg


class _Reader:
    """The triples of a store by subject and property, as text."""

    def __init__(self, store: ox.Store) -> None:
        self._nodes: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._of_class: dict[str, list[str]] = defaultdict(list)
        ours = {space.iri + term for space in NAMESPACES for term in space}
        predicates = []
        for quad in store:
            subject, predicate = _text(quad.subject), quad.predicate.value
            predicates.append(predicate)
            self._nodes[subject][predicate].append(_text(quad.object))
            if predicate == RDF.type:
                self._of_class[_text(quad.object)].append(subject)
        self._base = next(iter(self._values_of(KG.baseIri)), "")
        relations = f"{self._base}{DATA_PREFIXES['r']}"
        self.n_foreign = sum(p not in ours and not p.startswith(relations) for p in predicates)

    def _values_of(self, prop: str) -> Iterator[str]:
        return (value for node in self._nodes.values() for value in node.get(prop, ()))

    def instances(self, class_: str) -> list[str]:
        return sorted(self._of_class.get(class_, ()))

    def texts(self, node: str, prop: str) -> list[str]:
        return sorted(self._nodes[node].get(prop, ())) if node in self._nodes else []

    def one(self, node: str, prop: str) -> str | None:
        return next(iter(self.texts(node, prop)), None)

    def graph(self, run: str) -> KnowledgeGraph:
        settings = Settings(
            model=self.one(run, KG.model) or "default",
            language=self.one(run, KG.language),
            assert_attributed=self.one(run, KG.assertAttributed) == "true",
            base_iri=self._base,
        )
        articles = [self._article(node) for node in self.instances(SCHEMA.NewsArticle)]
        entities = self._entities()
        self._entity_ids = {entity.id for entity in entities}
        kg = KnowledgeGraph(
            articles=tuple(sorted(articles, key=lambda a: (a.path or "", a.id))),
            statements=tuple(sorted(self._statements(), key=lambda s: (s.article, s.sentence.start, s.id))),
            entities=tuple(sorted(entities, key=lambda e: (e.name, e.id))),
            n_sentences={
                self._local(node): int(self.one(node, KG.sentenceCount) or 0)
                for node in self.instances(SCHEMA.NewsArticle)
            },
            settings=settings,
            version=self.one(run, KG.version) or "",
            model=self.one(run, KG.modelId),
        )
        object.__setattr__(kg, "local_names", {entity.id: entity.id for entity in entities})
        return kg

    def _local(self, node: str) -> str:
        """The last part of one of our IRIs, which serves as id."""
        return node.removeprefix(self._base).partition("/")[2]

    def _article(self, node: str) -> Article:
        outlet = self.one(node, SCHEMA.publisher)
        return Article(
            text="",
            title=self.one(node, SCHEMA.headline),
            date=self.one(node, SCHEMA.datePublished),
            outlet=self.one(outlet, SCHEMA.name) if outlet else None,
            author=self.one(node, SCHEMA.creditText),
            url=self.one(node, SCHEMA.url),
            language=self.one(node, SCHEMA.inLanguage),
            path=self.one(node, KG.path),
            id=self._local(node),
        )

    def _entities(self) -> list[Entity]:
        places: dict[str, list[EntityMention]] = defaultdict(list)
        for sentence in self.instances(NIF.Sentence):
            span = self._sentence(sentence)
            article = self._local(self.one(sentence, NIF.referenceContext) or "")
            for entity in self.texts(sentence, SCHEMA.mentions):
                places[entity].append(EntityMention(article, span.start, span.end, span.text, MentionKind.NAME))
        found = []
        for class_ in ("Entity", *ENTITY_CLASSES):
            for node in self.instances(KG.iri + class_):
                name = self.one(node, RDFS.label) or ""
                named = self.one(node, KG.named) == "true"
                same = [iri for iri in self.texts(node, OWL.sameAs) if iri.startswith(WIKIDATA_IRI)]
                mentions = places.get(node) or ([EntityMention("", 0, 0, name, MentionKind.NAME)] if named else [])
                found.append(
                    Entity(
                        id=self._local(node),
                        name=name,
                        type=class_,
                        aliases=tuple(self.texts(node, SKOS.altLabel)),
                        identifiers={"wikidata": same[0].removeprefix(WIKIDATA_IRI)} if same else {},
                        mentions=tuple(mentions),
                    )
                )
        return found

    def _statements(self) -> Iterator[Statement]:
        readings: dict[str, list[str]] = defaultdict(list)
        for node in self.instances(KG.Statement):
            for event in self.texts(node, KG.event):
                readings[event].append(node)
        for event in self.instances(SEM.Event):
            yield self._statement(event, readings[event])

    def _statement(self, event: str, nodes: list[str]) -> Statement:
        passage = self._nodes[event][PROV.wasDerivedFrom][0]
        sentence = self._sentence(passage)
        span = (sentence.start, sentence.end)
        classes = [c.removeprefix(KG.iri) for c in self.texts(event, RDF.type) if c.startswith(KG.iri)]
        own = [c for c in classes if c in EVENT_CLASSES and c not in {EVENT_CLASSES[other] for other in classes}]
        places = self.texts(event, SEM.hasPlace)
        time = self._time(event, nodes)
        return Statement(
            id=self._local(event),
            article=self._local(self._nodes[passage][NIF.referenceContext][0]),
            sentence=sentence,
            predicate=Predicate(
                self.one(event, KG.lemma) or "",
                self.one(event, RDFS.label) or "",
                *span,
                _KINDS[self._nodes[event][KG.predicateKind][0]],
                self.one(event, KG.sense),
                own[0] if own else None,
            ),
            arguments=tuple(self._arguments(event, span)),
            polarity=_POLARITIES[self._nodes[event][KG.polarity][0]],
            modality=_MODALITIES[self._nodes[event][KG.modality][0]],
            attribution=tuple(self._attribution(event, span)),
            time=time,
            place_mention=None,
            ended=self.one(event, KG.ended) == "true",
            asserted=self.one(event, KG.asserted) == "true",
            confidence=float(self._nodes[event][KG.confidence][0]),
            triples=tuple(self._triple(node, event) for node in sorted(nodes)),
            place=self._local(places[0]) if places else None,
        )

    def _sentence(self, node: str) -> Sentence:
        begin, end = self._nodes[node][NIF.beginIndex][0], self._nodes[node][NIF.endIndex][0]
        return Sentence(int(begin), int(end), self._nodes[node][NIF.anchorOf][0])

    def _time(self, event: str, nodes: list[str]) -> TimeSpan | None:
        words = self.one(event, KG.dateText)
        if words is None:
            return None
        node = self.one(event, SEM.hasTime)
        if node is None:
            return TimeSpan(words, None, None)
        day = self.one(node, SEM.hasTimeStamp)
        return TimeSpan(words, day or self.one(node, SEM.hasBeginTimeStamp), day or self.one(node, SEM.hasEndTimeStamp))

    def _arguments(self, event: str, span: tuple[int, int]) -> Iterator[Argument]:
        for role in Role:
            for node in self.texts(event, f"{KG.iri}{role}"):
                local = self._local(node)
                if local in self._entity_ids:
                    yield Argument(role, self.one(node, RDFS.label) or "", *span, entity=local)
                else:
                    yield Argument(role, self.one(node, RDFS.label) or "", *span, statement=local)
            for words in self.texts(event, f"{KG.iri}{role}Text"):
                yield Argument(role, words, *span)

    def _attribution(self, event: str, span: tuple[int, int]) -> Iterator[Attribution]:
        cues = self.texts(event, KG.cue)
        kinds = [_ATTRIBUTIONS[kind] for kind in self.texts(event, KG.attributionKind)]
        speakers = [*self.texts(event, KG.attributedTo), *self.texts(event, KG.reportedBy)]
        sources = [(self.one(node, RDFS.label) or "", self._local(node)) for node in speakers]
        sources += [(words, "") for words in self.texts(event, KG.speakerText)]
        if cues and not sources:
            sources = [("", "")]
        for n, (words, entity) in enumerate(sources):
            cue = cues[min(n, len(cues) - 1)] if cues else ""
            kind = kinds[min(n, len(kinds) - 1)] if kinds else AttributionKind.INDIRECT
            yield Attribution(words, *span, cue, kind, None, entity or None)

    def _triple(self, node: str, event: str) -> Triple:
        relation = self._nodes[node][RDF.predicate][0]
        fillers = {filler for role in Role for filler in self.texts(event, f"{KG.iri}{role}")}
        ends = [self._end(node, end, fillers) for end in (RDF.subject, RDF.object)]
        (subject, subject_text), (object_, object_text) = ends
        return Triple(
            subject_text,
            self.one(relation, RDFS.label) or self._local(relation),
            object_text,
            subject=subject,
            object=object_,
        )

    def _end(self, node: str, end: str, fillers: set[str]) -> tuple[str | None, str]:
        """An end of a statement node; of several unnamed ones, that which fills a role of the event."""
        values = self.texts(node, end)
        value = next((value for value in values if value in fillers), values[0])
        local = self._local(value)
        if value.startswith(self._base) and local in self._entity_ids:
            return local, self.one(value, RDFS.label) or ""
        return None, value


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
