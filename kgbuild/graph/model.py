"""The knowledge graph as a plain record, with the questions a user asks of it.

The record holds what the stages found; everything else (networkx, RDF, tables, the page) is a view made on demand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.graph.lookup import find_entity
from kgbuild.graph.statements import Statements, participants
from kgbuild.settings import Settings
from kgbuild.status import Status, status_of
from kgbuild.types import Article, Entity, Modality, Polarity, Skipped, Statement

if TYPE_CHECKING:
    import networkx
    import pandas
    import pyoxigraph
    import rdflib

    from kgbuild.graph.frames import Frames

PLANNED = (Modality.FUTURE, Modality.INTENDED)


@dataclass(frozen=True)
class KnowledgeGraph:
    """What the articles say: articles, statements and entities, each sorted, with the settings that led to them.

    ``n_sentences`` maps article id → number of sentences. ``version`` and ``model`` name the kgbuild that built the
    graph and the manifest of its language model. ``skipped`` lists the inputs that were not read. ``statements`` can be
    asked: ``kg.statements(about="Ukraine", by="Lavrov")``; see `kgbuild.graph.statements`.
    """

    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    entities: tuple[Entity, ...]
    n_sentences: Mapping[str, int]
    settings: Settings = field(default_factory=Settings)
    version: str = ""
    model: str | None = None
    skipped: tuple[Skipped, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "statements", Statements.of(self, self.statements))

    @cached_property
    def article_by_id(self) -> dict[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def entity_by_id(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def local_names(self) -> dict[str, str]:
        """Entity id → the readable last part of its IRI (``Antony_Blinken``)."""
        from kgbuild.graph.iris import local_names

        return local_names(self.entities)

    def entity(self, name: str) -> EntityView:
        """The entity with this name, alias, id or IRI (also ``e:Antony_Blinken``).

        Raises AmbiguousNameError with the candidates if several entities go by the name, InputError with the nearest
        names if none does.
        """
        return EntityView(find_entity(self.entities, self.local_names, self.settings.base_iri, name), self)

    def __getitem__(self, name: str) -> EntityView:
        """``kg["Blinken"]``: as `entity`; Jupyter completes the names."""
        return self.entity(name)

    def _ipython_key_completions_(self) -> list[str]:
        return sorted({name for e in self.entities if e.named for name in (e.name, *e.aliases)})

    def select(self, **conditions: Any) -> tuple[Statement, ...]:
        """The statements that meet all the conditions given; the same as ``kg.statements(…)``."""
        return Statements.of(self, self.statements)(**conditions)

    def counts(self) -> dict[str, int]:
        """How much there is. A denial that is also a claim counts as both; ``planned`` is future or intended."""
        return {
            "articles": len(self.articles),
            "sentences": sum(self.n_sentences.values()),
            "statements": len(self.statements),
            "asserted": sum(s.asserted for s in self.statements),
            "claimed": sum(bool(s.attribution) for s in self.statements),
            "denied": sum(s.polarity is Polarity.NEGATIVE for s in self.statements),
            "planned": sum(s.modality in PLANNED for s in self.statements),
            "entities": len(self.entities),
            "skipped": len(self.skipped),
        }

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The graph's Turtle in a pyoxigraph store, made on first use."""
        from kgbuild.graph.as_rdf import to_turtle
        from kgbuild.query import open_store

        return open_store(to_turtle(self))

    def sparql(self, query: str, *, full_iris: bool = False, **parameters: str) -> pandas.DataFrame:
        """The answer to a SPARQL query, or to a named query that ships with kgbuild, as a DataFrame.

        ``parameters`` are those of the query: ``kg.sparql("timeline", about="Ukraine")``. All prefixes of the graph are
        predeclared. IRIs come as prefixed names (``e:Antony_Blinken``) unless ``full_iris``; numbers and booleans as
        such; unbound variables as None. ASK gives one row with the column ``answer``; CONSTRUCT and DESCRIBE give the
        columns subject, predicate, object. QueryError has line and column.
        """
        from kgbuild.query import run_query
        from kgbuild.vocabulary import prefixes

        answer = run_query(self.store, query, parameters, prefixes=prefixes(self.settings.base_iri))
        return answer.to_frame(full_iris=full_iris)

    def to_networkx(
        self, *, asserted_only: bool = False, view: str | None = None, simple: bool = False
    ) -> networkx.MultiDiGraph | networkx.DiGraph:
        """Entities as nodes, binary readings between two entities as edges; see ``kgbuild.graph.as_networkx``.

        ``view``: "all", "asserted" or "claims"; ``simple``: one weighted edge for each pair.
        """
        from kgbuild.graph.as_networkx import to_networkx

        return to_networkx(self, asserted_only=asserted_only, view=view, simple=simple)

    def timeline(self, about: str | None = None) -> pandas.DataFrame:
        """The dated statements as a DataFrame, by day; ``about`` names an entity that takes part."""
        from kgbuild.graph.frames import timeline

        return timeline(self, about)

    def to_rdf(self) -> rdflib.Graph:
        """The triples of ``graph.ttl`` as an rdflib graph with its prefixes bound."""
        from kgbuild.graph.as_rdf import to_rdflib

        return to_rdflib(self)

    def to_frames(self) -> Frames:
        """Articles, entities, statements and triples as DataFrames; see ``kgbuild.graph.frames``."""
        from kgbuild.graph.frames import to_frames

        return to_frames(self)

    def show(self, **options: Any) -> Any:
        """The interactive page, inline in Jupyter; works offline. Options are those of ``kgbuild.show.display``."""
        from kgbuild.show import display

        return display(self, **options)

    def save(self, folder: str | Path, *, page: Callable[[KnowledgeGraph], str] | None = None) -> list[str]:
        """Write all output files into a folder and return their names; ``page`` makes the HTML (default: ours)."""
        from kgbuild.graph.files import save
        from kgbuild.show import page as our_page

        return save(self, folder, page=page or our_page)

    def __repr__(self) -> str:
        n = self.counts()
        return f"<KnowledgeGraph: {n['articles']} articles, {n['statements']} statements, {n['entities']} entities>"

    def _repr_html_(self) -> str:
        rows = "".join(f"<tr><th>{name}</th><td>{number}</td></tr>" for name, number in self.counts().items())
        named = Counter({e.name: len(e.mentions) for e in self.entities if e.named})
        most = ", ".join(escape(name) for name, _ in sorted(named.items(), key=lambda item: (-item[1], item[0]))[:8])
        return f"<table>{rows}</table><p>Most mentioned: {most}</p>"


@dataclass(frozen=True)
class EntityView:
    """An entity together with the graph it belongs to."""

    record: Entity
    graph: KnowledgeGraph = field(repr=False)

    @property
    def id(self) -> str:
        return self.record.id

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def type(self) -> str:
        return self.record.type

    @property
    def aliases(self) -> tuple[str, ...]:
        return self.record.aliases

    @property
    def identifiers(self) -> Mapping[str, str]:
        return self.record.identifiers

    @property
    def mentions(self) -> tuple[Any, ...]:
        return self.record.mentions

    def statements(self) -> tuple[Statement, ...]:
        """All statements the entity takes part in, whoever makes them and whether or not they are asserted."""
        return Statements.of(self.graph, (s for s in self.graph.statements if self.id in participants(s)))

    def claims(self) -> tuple[Statement, ...]:
        """All statements that are attributed to the entity."""
        said = (s for s in self.graph.statements if any(source.entity == self.id for source in s.attribution))
        return Statements.of(self.graph, said)

    def describe(self) -> dict[str, Any]:
        """All that the graph says about the entity, as plain values; see ``kgbuild.graph.describe``."""
        from kgbuild.graph.describe import describe

        return describe(self.graph, self.id)

    def _repr_html_(self) -> str:
        about, says = self.statements(), self.claims()
        counts = Counter(status_of(statement).value for statement in about)
        rows = "".join(f"<tr><th>{status.value}</th><td>{counts[status.value]}</td></tr>" for status in Status)
        aliases = f"<p>also {escape(', '.join(self.aliases))}</p>" if self.aliases else ""
        identifiers = "".join(f"<p>{escape(key)}: {escape(value)}</p>" for key, value in self.identifiers.items())
        head = f"<p><b>{escape(self.name)}</b> ({escape(self.type)}), {len(self.mentions)} mentions</p>"
        return f"{head}{aliases}{identifiers}<table>{rows}<tr><th>says</th><td>{len(says)}</td></tr></table>"
