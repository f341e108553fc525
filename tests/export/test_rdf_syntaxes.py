"""The other RDF syntaxes hold the triples of the Turtle."""

import json
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterator

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import to_isomorphic

from kgbuild.export.jsonld import write_jsonld
from kgbuild.export.rdf import write_ntriples, write_rdf12, write_trig
from kgbuild.graph import KnowledgeGraph
from kgbuild.graph.as_rdf import to_turtle
from kgbuild.types import Polarity
from kgbuild.vocabulary import RDF
from tests.graph.small import Said, graph_of
from tests.sample import HOSTILE_NAME, sample_graph

HARD = 'quotes " and \\ back\\slashes\\" \t\n\r emoji 😀 العربية \u202e \u2028 \x00\x07\x7f\x85 \ufeff'


def hostile() -> KnowledgeGraph:
    return graph_of(
        Said(f"E{HARD}", f"say {HARD}", f'"{HARD}', value={"number": 1e-7, "unit": HARD}, by=[f'"{HARD}'], day="later"),
        Said('"nobody"', "see", f"E{HARD}", value={"number": 10**30, "unit": "x"}),
    )


GRAPHS = {"sample": sample_graph, "hostile": hostile, "empty": graph_of}


def triples(text: bytes, form: ox.RdfFormat) -> set[tuple[str, str, str]]:
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in ox.parse(text, form)}


def text(pieces: Iterator[str]) -> bytes:
    return "".join(pieces).encode()


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize(
    ("write", "form", "name"),
    [
        (write_ntriples, ox.RdfFormat.N_TRIPLES, "nt"),
        (write_trig, ox.RdfFormat.TRIG, "trig"),
        (write_jsonld, ox.RdfFormat.JSON_LD, "json-ld"),
    ],
)
def test_both_parsers_read_the_triples_of_the_turtle(
    graph: str, write: Callable[[KnowledgeGraph], Iterator[str]], form: ox.RdfFormat, name: str
) -> None:
    kg = GRAPHS[graph]()  # type: ignore[operator]
    written = text(write(kg))
    expected = triples(to_turtle(kg), ox.RdfFormat.TURTLE)
    assert triples(written, form) == expected
    read = rdflib.Dataset(default_union=True) if name == "trig" else rdflib.Graph()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        read.parse(data=written, format=name)
        found = rdflib.Graph()
        for triple in read.triples((None, None, None)):
            found.add(triple)
    assert to_isomorphic(found) == to_isomorphic(rdflib.Graph().parse(data=to_turtle(kg)))


def test_hard_texts_survive() -> None:
    graph = rdflib.Graph().parse(data=to_turtle(hostile()))
    texts = {str(o) for o in graph.objects() if isinstance(o, rdflib.Literal)}
    assert {HARD, f"E{HARD}", f"say {HARD}"} <= texts
    assert HOSTILE_NAME in {str(o) for o in sample_graph().to_rdf().objects()}


def test_ntriples_are_one_a_line_without_raw_control_characters() -> None:
    lines = text(write_ntriples(hostile())).decode().splitlines()
    assert all(line.startswith("<") and line.endswith(" .") for line in lines)


def test_a_named_graph_holds_what_its_article_says() -> None:
    kg = sample_graph()
    base = kg.settings.base_iri
    graphs = defaultdict(set)
    for quad in ox.parse(text(write_trig(kg)), ox.RdfFormat.TRIG):
        name = "" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value.rsplit("/", 1)[1]
        graphs[name].add(
            (quad.subject.value.removeprefix(base), quad.predicate.value.removeprefix(base), str(quad.object))
        )
    assert set(graphs) == {"", *(article.id for article in kg.articles)}
    deploy = {
        name for name, found in graphs.items() if any(t[:2] == ("entity/Russia", "relation/deploy") for t in found)
    }
    assert deploy == {article.id for article in kg.articles}
    assert not [t for t in graphs[""] if t[1].startswith("relation/")]
    plain = next(article for article in kg.articles if article.path == "plain.txt")
    other = next(article for article in kg.articles if article is not plain)
    assert not [t for t in graphs[plain.id] if other.id in t[0]]


def test_statements_reify_their_triples() -> None:
    kg = sample_graph()
    found = [q for q in ox.parse(text(write_rdf12(kg)), ox.RdfFormat.TURTLE) if q.predicate.value == RDF.reifies]
    assert len(found) == len({q.subject for q in found}) + 1, "one statement is about the troops of two articles"
    plain = triples(to_turtle(kg), ox.RdfFormat.TURTLE)
    reified = {str(q.subject) for q in found}
    ends = {str(p) for p in (ox.NamedNode(RDF.subject), ox.NamedNode(RDF.predicate), ox.NamedNode(RDF.object))}
    rest = {t for t in triples(text(write_rdf12(kg)), ox.RdfFormat.TURTLE) if t[1] != f"<{RDF.reifies}>"}
    assert rest == {t for t in plain if t[0] not in reified or t[1] not in ends}
    for quad in found:
        term = quad.object
        assert (str(quad.subject), f"<{RDF.predicate}>", str(term.predicate)) in plain
        assert (str(quad.subject), f"<{RDF.object}>", str(term.object)) in plain


def test_a_statement_about_no_entity_keeps_its_words() -> None:
    assert b'rdf:subject "nobody"' in text(write_rdf12(graph_of(Said('"nobody"', "see", "Lavrov"))))


def test_a_denial_is_only_reified() -> None:
    turtle = text(
        write_rdf12(graph_of(Said("Russia", "attack", "Ukraine", polarity=Polarity.NEGATIVE, asserted=False)))
    )
    store = ox.Store()
    store.load(turtle, ox.RdfFormat.TURTLE)
    assert not list(store.query("SELECT * { ?s <https://w3id.org/kgbuild/data/relation/attack> ?o }"))  # type: ignore[call-overload]


def test_jsonld_reads_like_json() -> None:
    nodes = {node["@id"]: node for node in json.loads(text(write_jsonld(sample_graph())))["@graph"]}
    attack = next(n for n in nodes.values() if n.get("rdf:predicate") == {"@id": "r:attack"})
    assert (attack["polarity"], attack["modality"], attack["asserted"]) == ("negative", "intended", False)
    assert nodes["e:Antony_Blinken"]["@type"] == ["Person", "schema:Person"]
    assert nodes["e:Antony_Blinken"]["r:meet"] == {"@id": "e:Sergey_Lavrov"}
