"""The RDF of ``graph.ttl`` in other syntaxes, streamed: N-Triples, TriG and RDF 1.2."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from kgbuild.graph import turtle
from kgbuild.graph.as_rdf import write_turtle
from kgbuild.graph.claims import Claim
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.rdf_blocks import Blocks
from kgbuild.graph.rdf_rows import Row
from kgbuild.vocabulary import RDF, XSD, prefixes

__all__ = ["write_ntriples", "write_rdf12", "write_trig", "write_turtle"]


def write_ntriples(kg: KnowledgeGraph) -> Iterator[str]:
    """One triple a line, with full IRIs, in the order of ``graph.ttl``."""
    spaces = prefixes(kg.settings.base_iri)

    @lru_cache(maxsize=1 << 16)
    def name(term: str) -> str:
        if term == "a":
            return f"<{RDF.type}>"
        prefix, _, local = term.partition(":")
        return f"<{spaces[prefix]}{local}>"

    def value(term: str) -> str:
        if term.startswith('"'):
            quoted, mark, datatype = term.rpartition('"^^')
            return f'{quoted}"^^{name(datatype)}' if mark else term
        if term.startswith("<"):
            return term
        if term in ("true", "false"):
            return f'"{term}"^^<{XSD.boolean}>'
        if turtle.is_number(term):
            return f'"{term}"^^<{XSD.decimal if "." in term else XSD.integer}>'
        return name(term)

    for subject, rows in Blocks(kg).all():
        start = name(subject)
        for prop, objects in rows:
            for term in sorted(set(objects)):
                yield f"{start} {name(prop)} {value(term)} .\n"


def write_trig(kg: KnowledgeGraph) -> Iterator[str]:
    """A named graph for each article, with what this article says; the union of all graphs is ``graph.ttl``.

    A plain edge stands in the graph of every article that asserts it. What statements of several articles come to
    (sources, contradictions), entities and the run stand in the default graph.
    """
    blocks = Blocks(kg)
    yield from turtle.write(prefixes(kg.settings.base_iri), blocks.shared())
    for article, own in blocks.by_article():
        yield f"\n{article} {{\n"
        yield from turtle.write_blocks(own)
        yield "}\n"


def write_rdf12(kg: KnowledgeGraph) -> Iterator[str]:
    """Turtle 1.2 in which each statement node is a reifier of its triple.

    ``s:… rdf:reifies <<( e:Russia r:attack e:Ukraine )>>`` takes the place of subject, predicate and object; it asserts
    nothing. A statement whose subject is no entity keeps the three, because no triple begins with a literal.
    """
    blocks = Blocks(kg)

    def rows(claim: Claim) -> list[Row]:
        terms = [blocks.ends(Claim(claim.id, claim.relation, (reading,)), claim) for reading in claim.readings]
        triples = [
            f"<<( {subject} {relation} {object_} )>>"
            for subjects, relation, objects in terms
            for subject in subjects
            for object_ in objects
            if not subject.startswith('"')
        ]
        if not triples:
            return blocks.claim_rows(claim)
        return [(RDF.short("reifies"), triples), *blocks.claim_rows(claim, ends=False)]

    yield from turtle.write(prefixes(kg.settings.base_iri), blocks.all(rows))
