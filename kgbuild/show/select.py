"""What the page draws: names and what joins them as nodes, the readings between two nodes bundled into edges."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Protocol

from kgbuild.status import Status, status_of
from kgbuild.types import Article, Entity, PredicateKind, Statement, Triple


class Graph(Protocol):
    """The parts of a knowledge graph that are drawn."""

    @property
    def articles(self) -> Sequence[Article]: ...
    @property
    def statements(self) -> Sequence[Statement]: ...
    @property
    def entities(self) -> Sequence[Entity]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A triple of a statement, as one edge holds it."""

    statement: Statement
    triple: Triple


@dataclass(frozen=True, slots=True)
class Edge:
    """All readings from one entity to another that are drawn alike."""

    source: str
    target: str
    status: Status
    attributed: bool
    readings: tuple[Reading, ...]

    @property
    def relation(self) -> str:
        """The wording that most readings have; the first of them where several do."""
        return Counter(wording(r.statement, r.triple) for r in self.readings).most_common(1)[0][0]


@dataclass(frozen=True, slots=True)
class Node:
    """A drawn entity, the statements about it that none of its edges holds, and those that it is the speaker of."""

    entity: Entity
    about: tuple[Statement, ...]
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes, names first and each kind by falling importance, and the edges among them.

    ``n_left_out`` counts the named entities that the cap cut, ``n_unnamed`` the unnamed ones that are not drawn; what
    is said about those is read in the panel only.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    n_left_out: int
    n_unnamed: int


def wording(statement: Statement, triple: Triple) -> str:
    """The relation as a reader expects it: the article's form of the predicate for its lemma, "is" for "be"."""
    lemma, _, rest = triple.relation.partition(" ")
    if statement.predicate.kind is PredicateKind.VERB and lemma == statement.predicate.lemma:
        return f"{statement.predicate.text} {rest}".rstrip()
    return f"is {rest}".rstrip() if lemma == "be" else triple.relation


def select(kg: Graph, max_nodes: int) -> Drawing:
    """At most ``max_nodes`` entities: the named ones that statements are about or by, then unnamed ones ("the talks").

    An unnamed one is drawn only if it joins at least two names.
    """
    statements = in_reading_order(kg)
    about, said = _participation(statements)
    entities = {e.id: e for e in kg.entities}
    named = [e for e in kg.entities if e.named and (e.id in about or e.id in said)]
    names = {e.id for e in named}
    linked = Counter(end for pair in _pairs(statements, names) for end in pair)
    named.sort(key=lambda e: (-len(e.mentions) - 2 * linked[e.id], e.name, e.id))
    drawn = [e.id for e in named[:max_nodes]]
    joining = _joining(statements, set(drawn), set(entities) - names)
    drawn += sorted(joining, key=lambda i: (-joining[i], entities[i].name, i))[: max_nodes - len(drawn)]
    edges = _bundle(statements, {entity: row for row, entity in enumerate(drawn)})
    held = {(end, r.statement.id) for edge in edges for r in edge.readings for end in (edge.source, edge.target)}
    return Drawing(
        nodes=tuple(
            Node(entities[i], tuple(s for s in about[i] if (i, s.id) not in held), tuple(said[i])) for i in drawn
        ),
        edges=edges,
        n_left_out=max(0, len(named) - max_nodes),
        n_unnamed=len(about.keys() - names - set(drawn)),
    )


def in_reading_order(kg: Graph) -> list[Statement]:
    """Statements by date and id of their article, then by place in the text; undated articles last."""
    dates = {a.id: a.date or "9999" for a in kg.articles}
    return sorted(kg.statements, key=lambda s: (dates[s.article], s.article, s.sentence.start, s.predicate.start, s.id))


def participants(statement: Statement) -> set[str]:
    """Ids of the entities that a statement is about: ends of its triples, arguments and place, not its speakers."""
    ends = {i for t in statement.triples for i in (t.subject, t.object)}
    return {i for i in (*ends, *(a.entity for a in statement.arguments), statement.place) if i}


def _participation(statements: Iterable[Statement]) -> tuple[dict[str, list[Statement]], dict[str, list[Statement]]]:
    about: dict[str, list[Statement]] = defaultdict(list)
    said: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        for entity in participants(statement):
            about[entity].append(statement)
        for entity in {a.entity for a in statement.attribution if a.entity}:
            said[entity].append(statement)
    return about, said


def _ends(triple: Triple, among: Set[str]) -> tuple[str, str] | None:
    """Both ends of a triple if they are two different entities of ``among``."""
    if triple.subject in among and triple.object in among and triple.subject != triple.object:
        return (str(triple.subject), str(triple.object))
    return None


def _pairs(statements: Iterable[Statement], among: Set[str]) -> Iterator[tuple[str, str]]:
    for statement in statements:
        for triple in statement.triples:
            if pair := _ends(triple, among):
                yield pair


def _joining(statements: Sequence[Statement], names: set[str], unnamed: set[str]) -> dict[str, int]:
    """The unnamed entities with readings to at least two names, and to how many."""
    met: dict[str, set[str]] = defaultdict(set)
    for ends in _pairs(statements, names | unnamed):
        for one, other in (ends, ends[::-1]):
            if one in unnamed and other in names:
                met[one].add(other)
    return {entity: len(others) for entity, others in met.items() if len(others) > 1}


def _bundle(statements: Iterable[Statement], row: Mapping[str, int]) -> tuple[Edge, ...]:
    bundles: dict[tuple[str, str, Status, bool], dict[str, Reading]] = defaultdict(dict)
    for statement in statements:
        look = (status_of(statement), bool(statement.attribution))
        for triple in statement.triples:
            if pair := _ends(triple, row.keys()):
                bundles[pair + look].setdefault(statement.id, Reading(statement, triple))
    order = list(Status)
    keys = sorted(bundles, key=lambda k: (row[k[0]], row[k[1]], order.index(k[2]), k[3]))
    return tuple(Edge(*key, tuple(bundles[key].values())) for key in keys)
