"""The texts of the page as plain data: statements with their sentences, and which node and edge they belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from kgbuild.show.select import Drawing, Edge, Graph, Node, in_reading_order, wording
from kgbuild.status import Status, status_of
from kgbuild.types import Article, Attribution, Entity, Role, Sentence, Statement, Triple
from kgbuild.vocabulary import ENTITY_CLASSES

MAX_PER_EDGE = 20
"""Statements that an edge lists; more are counted. Keeps a page of 500 nodes under 10 MB."""
MAX_PER_NODE = 60
"""Statements that a node lists in each of its two lists; more are counted."""

KINDS = {"Person": "person", "Group": "person", "Organization": "organization", "Place": "place", "Event": "event"}
"""How an entity looks, by its ontology class or the nearest one above it; all others are "other"."""

UNDERGOING = (Role.PATIENT, Role.CONTENT, Role.TOPIC, Role.RECIPIENT, Role.PLACE, Role.TIME)
"""Where the object of a statement without triples is looked for, the first that there is."""


def payload(kg: Graph, drawing: Drawing) -> dict[str, Any]:
    """All that the panel shows, JSON-ready. Nodes, statements, sentences and articles are referred to by position."""
    rows = _Rows(kg, drawing)
    links = [rows.link(edge) for edge in drawing.edges]
    entities = [rows.entity(node) for node in drawing.nodes]
    return {
        "articles": [_article(a) for a in rows.articles],
        "entities": entities,
        "links": links,
        "sentences": rows.sentences,
        "statements": rows.statements,
        "summary": _summary(kg, drawing),
    }


class _Rows:
    """Statements and sentences in the order in which they are first asked for, each once."""

    def __init__(self, kg: Graph, drawing: Drawing) -> None:
        self.articles = sorted(kg.articles, key=lambda a: (a.date or "9999", a.id))
        self.sentences: list[dict[str, Any]] = []
        self.statements: list[dict[str, Any]] = []
        self._article_row = {a.id: k for k, a in enumerate(self.articles)}
        self._node_row = {n.entity.id: k for k, n in enumerate(drawing.nodes)}
        self._entities = {e.id: e for e in kg.entities}
        self._order = {s.id: k for k, s in enumerate(in_reading_order(kg))}
        self._sentence_row: dict[tuple[str, int, int], int] = {}
        self._statement_row: dict[str, int] = {}

    def entity(self, node: Node) -> dict[str, Any]:
        entity = node.entity
        return {
            "kind": kind_of(entity),
            "named": entity.named,
            "type": entity.type,
            "mentions": len(entity.mentions),
            "articles": len({m.article for m in entity.mentions}),
            "aliases": [a for a in entity.aliases if a != entity.name],
            "identifiers": dict(sorted(entity.identifiers.items())),
            "about": [[self._row(s), _triple_with(s, entity.id)] for s in self._best(node.about, MAX_PER_NODE)],
            "nAbout": len(node.about),
            "said": [[self._row(s), 0] for s in self._best(node.said, MAX_PER_NODE)],
            "nSaid": len(node.said),
        }

    def link(self, edge: Edge) -> dict[str, Any]:
        triples = {r.statement.id: r.triple for r in edge.readings}
        shown = self._best([r.statement for r in edge.readings], MAX_PER_EDGE)
        speakers = Counter(self._speaker(r.statement.attribution[0]) for r in edge.readings if r.statement.attribution)
        return {
            "status": edge.status.value,
            "attributed": edge.attributed,
            "relation": edge.relation,
            "n": len(edge.readings),
            "speakers": [name for name, _ in speakers.most_common()],
            "readings": [[self._row(s), s.triples.index(triples[s.id])] for s in shown],
        }

    def _best(self, statements: Sequence[Statement], limit: int) -> list[Statement]:
        """The most confident ones, in reading order."""
        best = sorted(statements, key=lambda s: (-s.confidence, self._order[s.id]))[:limit]
        return sorted(best, key=lambda s: self._order[s.id])

    def _row(self, statement: Statement) -> int:
        if statement.id not in self._statement_row:
            self._statement_row[statement.id] = len(self.statements)
            self.statements.append(self._statement(statement))
        return self._statement_row[statement.id]

    def _statement(self, statement: Statement) -> dict[str, Any]:
        return {
            "sentence": self._sentence(statement),
            "marks": marks(statement),
            "status": status_of(statement).value,
            "polarity": statement.polarity.value,
            "modality": statement.modality.value,
            "ended": statement.ended,
            "speakers": [
                {"name": self._speaker(a), "node": self._node_row.get(a.entity or ""), "cue": a.cue, "kind": a.kind}
                for a in statement.attribution
            ],
            "time": self._time(statement),
            "place": self._entities[statement.place].name if statement.place in self._entities else None,
            "confidence": round(statement.confidence, 2),
            "triples": [self._words(statement, t) for t in statement.triples] or [_gist(statement)],
        }

    def _sentence(self, statement: Statement) -> int:
        sentence = statement.sentence
        key = (statement.article, sentence.start, sentence.end)
        if key not in self._sentence_row:
            self._sentence_row[key] = len(self.sentences)
            self.sentences.append({"article": self._article_row[statement.article], "text": sentence.text})
        return self._sentence_row[key]

    def _time(self, statement: Statement) -> dict[str, Any] | None:
        time = statement.time
        return {"text": time.text, "start": time.start, "end": time.end} if time else None

    def _speaker(self, attribution: Attribution) -> str:
        return self._name(attribution.entity, attribution.text)

    def _words(self, statement: Statement, triple: Triple) -> list[str]:
        return [
            self._name(triple.subject, triple.subject_text),
            wording(statement, triple),
            self._name(triple.object, triple.object_text),
        ]

    def _name(self, entity_id: str | None, text: str) -> str:
        """The name of a named entity, so that nobody has to guess who "he" was; else the words of the article."""
        entity: Entity | None = self._entities.get(entity_id or "")
        return entity.name if entity and entity.named else text


def kind_of(entity: Entity) -> str:
    """person, organization, place, event or other."""
    cls = entity.type
    while cls not in KINDS and cls in ENTITY_CLASSES:
        cls = ENTITY_CLASSES[cls]
    return KINDS.get(cls, "other")


def marks(statement: Statement) -> list[list[Any]]:
    """Stretches of the sentence to highlight: start, end in UTF-16 units, and the role; sorted and apart.

    Where spans overlap the predicate wins over an argument, and the shorter argument over the longer.
    """
    wanted = [(statement.predicate.start, statement.predicate.end, "predicate")]
    parts = [(a.start, a.end, str(a.role)) for a in statement.arguments if a.statement is None]
    parts += [(a.start, a.end, "speaker") for a in statement.attribution]
    wanted += sorted(parts, key=lambda p: (p[1] - p[0], p))
    kept: list[tuple[int, int, str]] = []
    sentence = statement.sentence
    for start, end, role in wanted:
        inside = sentence.start <= start < end <= sentence.end
        if inside and all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end, role))
    return [[_utf16(sentence, start), _utf16(sentence, end), role] for start, end, role in sorted(kept)]


def _utf16(sentence: Sentence, offset: int) -> int:
    """The offset as browsers count: characters beyond U+FFFF are two units."""
    return len(sentence.text[: offset - sentence.start].encode("utf-16-le", "surrogatepass")) // 2


def _triple_with(statement: Statement, entity_id: str) -> int:
    """Position of the first triple with the entity at an end; 0 if it takes part in another way."""
    ends = ((k, t) for k, t in enumerate(statement.triples) if entity_id in (t.subject, t.object))
    return next((k for k, _ in ends), 0)


def _gist(statement: Statement) -> list[str]:
    """A statement without triples in words; a passive without an agent begins with its verb."""
    texts = {a.role: a.text for a in reversed(statement.arguments) if a.statement is None}
    undergoing = next((texts[role] for role in UNDERGOING if role in texts), "")
    return [texts.get(Role.AGENT, ""), statement.predicate.text, undergoing]


def _article(article: Article) -> dict[str, Any]:
    return {
        "title": article.title,
        "outlet": article.outlet,
        "date": article.date,
        "url": article.url if article.url and article.url.startswith(("https://", "http://")) else None,
        "path": article.path,
    }


def _summary(kg: Graph, drawing: Drawing) -> dict[str, Any]:
    return {
        "statements": len(kg.statements),
        "status": _counts(status_of(s) for s in kg.statements),
        "entities": len(kg.entities),
        "leftOut": drawing.n_left_out,
        "unnamed": drawing.n_unnamed,
        "maxPerEdge": MAX_PER_EDGE,
    }


def _counts(statuses: Iterable[Status]) -> dict[str, int]:
    counted = Counter(statuses)
    return {status.value: counted[status] for status in Status}
