"""The page of the ontology, ``ontology/terms.md``, made from ``ontology/kgbuild.ttl``.

python -m kgbuild.ontology_page > ontology/terms.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kgbuild.vocabulary import KG, ontology_folder

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

HEAD = """# Terms of the vocabulary

Made from `kgbuild.ttl` by `python -m kgbuild.ontology_page`; do not edit. [README.md](README.md) says how
they fit together.
"""


def page() -> str:
    """The page as Markdown: classes with what is above them, properties with domain and range, individuals."""
    import rdflib
    from rdflib import OWL, RDF

    graph = rdflib.Graph().parse(ontology_folder() / "kgbuild.ttl")
    text = HEAD
    for heading, kind in (
        ("Classes", OWL.Class),
        ("Properties whose values are nodes", OWL.ObjectProperty),
        ("Properties whose values are literals", OWL.DatatypeProperty),
        ("Individuals", OWL.NamedIndividual),
    ):
        terms = sorted(str(term) for term in graph.subjects(RDF.type, kind) if str(term).startswith(KG.iri))
        text += f"\n## {heading}\n\n| term | is | |\n|---|---|---|\n"
        text += "".join(_row(graph, rdflib.URIRef(term)) for term in terms)
    return text


def _row(graph: rdflib.Graph, term: rdflib.URIRef) -> str:
    from rdflib import SKOS

    definition = str(graph.value(term, SKOS.definition)).replace("|", "\\|")
    return f"| `{graph.qname(term)}` | {definition} | {'; '.join(_more(graph, term))} |\n"


def _more(graph: rdflib.Graph, term: rdflib.URIRef) -> Iterator[str]:
    from rdflib import OWL, RDF, RDFS, SKOS

    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.NamedIndividual)
    for words, prop in (
        ("a", RDF.type),
        ("under", RDFS.subClassOf),
        ("under", RDFS.subPropertyOf),
        ("of", RDFS.domain),
        ("to", RDFS.range),
        ("like", SKOS.closeMatch),
    ):
        names = sorted(_name(graph, value) for value in graph.objects(term, prop) if value not in kinds)
        if names:
            yield f"{words} {', '.join(names)}"


def _name(graph: rdflib.Graph, value: Node) -> str:
    """A term as a prefixed name, a union as its members."""
    import rdflib
    from rdflib.collection import Collection

    members = graph.value(value, rdflib.OWL.unionOf)
    if members is not None:
        return " or ".join(_name(graph, member) for member in Collection(graph, members))
    return f"`{graph.qname(str(value))}`"


if __name__ == "__main__":
    sys.stdout.write(page())
