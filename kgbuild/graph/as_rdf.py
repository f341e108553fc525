"""The graph as RDF: Turtle as text, and the same triples as an rdflib graph."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from kgbuild.graph import turtle
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.rdf_blocks import Blocks
from kgbuild.vocabulary import prefixes

if TYPE_CHECKING:
    import rdflib


def write_turtle(kg: KnowledgeGraph) -> Iterator[str]:
    """The text of ``graph.ttl``, piece by piece; equal graphs give equal text."""
    return turtle.write(prefixes(kg.settings.base_iri), Blocks(kg).all())


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
