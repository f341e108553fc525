"""The statements of a graph as a sequence that can be asked: ``kg.statements(about="Ukraine", by="Lavrov")``."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from kgbuild.errors import UsageError
from kgbuild.types import Modality, Polarity, Statement
from kgbuild.vocabulary import EVENT_CLASSES, event_classes

if TYPE_CHECKING:
    from kgbuild.graph.model import KnowledgeGraph

MAX_SHOWN = 20
"""Statements that Jupyter shows of a longer sequence."""


class Statements(tuple[Statement, ...]):
    """A tuple of statements of one graph. Calling it gives those that meet conditions, as another such tuple."""

    _graph: KnowledgeGraph

    @classmethod
    def of(cls, graph: KnowledgeGraph, statements: Iterable[Statement]) -> Statements:
        made = cls(statements)
        made._graph = graph
        return made

    def __call__(
        self,
        *,
        about: str | None = None,
        by: str | None = None,
        polarity: str | None = None,
        modality: str | None = None,
        event: str | None = None,
        asserted: bool | None = None,
        after: str | None = None,
        before: str | None = None,
    ) -> Statements:
        """The statements that meet all the conditions given.

        ``about``: name of an entity that takes part; ``by``: name of an entity the statement is attributed to;
        ``event``: a class of events ("Meeting"), or one above several ("Contact");
        ``after``, ``before``: ISO dates, exclusive, that the statement's time must lie after or before (statements
        without a known time never do). Raises as `KnowledgeGraph.entity` does, UsageError for an event class and
        ValueError for a polarity or modality that does not exist.
        """
        about_id = self._graph.entity(about).id if about is not None else None
        by_id = self._graph.entity(by).id if by is not None else None
        if event is not None and event not in EVENT_CLASSES:
            raise UsageError(f"no event class {event!r}; the classes are {', '.join(sorted(EVENT_CLASSES))}")
        wanted_polarity = Polarity(polarity) if polarity is not None else None
        wanted_modality = Modality(modality) if modality is not None else None

        def fits(statement: Statement) -> bool:
            start, end = (statement.time.start, statement.time.end) if statement.time else (None, None)
            return (
                (about_id is None or about_id in participants(statement))
                and (by_id is None or any(source.entity == by_id for source in statement.attribution))
                and (wanted_polarity is None or statement.polarity is wanted_polarity)
                and (wanted_modality is None or statement.modality is wanted_modality)
                and (event is None or event in event_classes(statement.predicate.event))
                and (asserted is None or statement.asserted is asserted)
                and (after is None or (start is not None and start > after))
                and (before is None or (end is not None and end < before))
            )

        return Statements.of(self._graph, filter(fits, self))

    def _repr_html_(self) -> str:
        more = f"<p>… and {len(self) - MAX_SHOWN} more</p>" if len(self) > MAX_SHOWN else ""
        shown = "".join(statement._repr_html_() for statement in self[:MAX_SHOWN])
        return f"<p>{escape(str(len(self)))} statements</p>{shown}{more}"


def participants(statement: Statement) -> set[str]:
    """The entities a statement is about: its arguments, its place and the ends of its triples; not its speakers."""
    found: Iterable[str | None] = (
        *(argument.entity for argument in statement.arguments),
        *(end for triple in statement.triples for end in (triple.subject, triple.object)),
        statement.place,
    )
    return {entity for entity in found if entity is not None}
