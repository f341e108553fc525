"""Parameters of queries: declared at the head of a ``.rq`` file, bound as data, never pasted into the query's text.

A line ``# since (date): what it does`` declares a parameter. The query reads it from the triple
``<urn:kgbuild:parameter:given> <urn:kgbuild:parameter:since> ?since``, which is in the store while the query runs if a
value was given, and nowhere otherwise: so the file runs in any other store too, and then answers for all values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING

from kgbuild.errors import AmbiguousNameError, InputError, QueryError
from kgbuild.vocabulary import KG, RDFS, SKOS, XSD

if TYPE_CHECKING:
    import pyoxigraph as ox

SPACE = "urn:kgbuild:parameter:"
MAX_CANDIDATES = 8
"""Candidates that an error message lists; a line stays readable."""
_DECLARED = re.compile(r"^# (\w+) \((entity|date|text)\): (.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What may be given to a query: an entity (by name, alias or IRI), a date (YYYY-MM-DD) or a text."""

    name: str
    kind: str
    help: str


def parameters_of(text: str) -> dict[str, Parameter]:
    """The parameters that a query declares in the comments before its first line of SPARQL."""
    head = re.match(r"(?:#[^\n]*\n|\s*\n)*", text)
    return {name: Parameter(name, kind, what) for name, kind, what in _DECLARED.findall(head[0] if head else "")}


@contextmanager
def given(store: ox.Store, text: str, values: Mapping[str, str], prefixes: Mapping[str, str]) -> Iterator[None]:
    """While this is open, the values are in the store.

    Raises QueryError for a parameter that the query does not declare and for a malformed date, InputError or
    AmbiguousNameError for a name that no entity has, or several.
    """
    import pyoxigraph as ox

    declared = parameters_of(text)
    quads = []
    for name, value in values.items():
        if name not in declared:
            known = f"it has {', '.join(declared)}" if declared else "it has none"
            raise QueryError(f"the query has no parameter {name!r}; {known}")
        term = _term(store, declared[name], value, prefixes)
        quads.append(ox.Quad(ox.NamedNode(f"{SPACE}given"), ox.NamedNode(SPACE + name), term))
    for quad in quads:
        store.add(quad)
    try:
        yield
    finally:
        for quad in quads:
            store.remove(quad)


def _term(store: ox.Store, parameter: Parameter, value: str, prefixes: Mapping[str, str]) -> ox.NamedNode | ox.Literal:
    import pyoxigraph as ox

    if parameter.kind == "entity":
        return find_entity(store, value, prefixes)
    if parameter.kind == "date":
        try:
            return ox.Literal(date.fromisoformat(value).isoformat(), datatype=ox.NamedNode(XSD.date))
        except ValueError as error:
            raise QueryError(f"parameter {parameter.name}: {value!r} is no date; give YYYY-MM-DD") from error
    return ox.Literal(value)


def find_entity(store: ox.Store, name: str, prefixes: Mapping[str, str]) -> ox.NamedNode:
    """The entity whose IRI, prefixed name, label or alias is ``name``; named ones before unnamed ones."""
    import pyoxigraph as ox

    prefix, _, local = name.partition(":")
    for iri in (name.strip("<>"), prefixes[prefix] + local if prefix in prefixes else ""):
        if re.fullmatch(r"[A-Za-z][\w+.-]*:[^\s<>\"{}|\\^`]+", iri):
            node = ox.NamedNode(iri)
            if any(store.quads_for_pattern(node, None, None)):
                return node
    labels = _labels(store, prefixes.get("e", ""))
    folded = name.strip().casefold()
    fitting = {node for label, node in labels if label.casefold() == folded}
    true = ox.Literal(True)
    fitting = {n for n in fitting if any(store.quads_for_pattern(n, ox.NamedNode(KG.named), true))} or fitting
    if len(fitting) == 1:
        return fitting.pop()
    if fitting:
        iris = sorted(node.value for node in fitting)
        names = [f"e:{iri.removeprefix(prefixes.get('e', ''))}" for iri in iris[:MAX_CANDIDATES]]
        more = f"; and {len(iris) - MAX_CANDIDATES} more" if len(iris) > MAX_CANDIDATES else ""
        raise AmbiguousNameError(f"{name!r} fits several entities: {', '.join(names)}{more}; use one of these")
    known = {label.casefold(): label for label, _ in labels}
    near = [known[n] for n in get_close_matches(folded, sorted(known), n=5)]
    raise InputError(f"no entity is called {name!r}" + (f"; near: {', '.join(near)}" if near else ""))


def _labels(store: ox.Store, space: str) -> list[tuple[str, ox.NamedNode]]:
    import pyoxigraph as ox

    return [
        (quad.object.value, quad.subject)
        for prop in (RDFS.label, SKOS.altLabel)
        for quad in store.quads_for_pattern(None, ox.NamedNode(prop), None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
        if quad.subject.value.startswith(space)
    ]
