import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import RDF, RDFS, Literal, URIRef

from kgbuild.errors import UsageError
from kgbuild.graph.as_rdf import to_turtle
from kgbuild.settings import DATA_IRI, Settings
from kgbuild.types import Polarity, Role
from kgbuild.vocabulary import DATA_PREFIXES, KG, NAMESPACES, NIF, PROV, SCHEMA, SEM, SKOS
from tests.graph.small import Said, graph_of
from tests.sample import PLAIN, sample_graph

Triples = set[tuple[str, str, str]]


@pytest.fixture(scope="module")
def rdf() -> rdflib.Graph:
    return sample_graph().to_rdf()


def data(prefix: str, name: str) -> URIRef:
    return URIRef(DATA_IRI + DATA_PREFIXES[prefix] + name)


def plain_edges(graph: rdflib.Graph) -> Triples:
    relations = DATA_IRI + DATA_PREFIXES["r"]

    def name(node: object) -> str:
        return str(node).rsplit("/", 1)[1]

    return {(name(s), name(p), name(o)) for s, p, o in graph if str(p).startswith(relations)}


def statement(graph: rdflib.Graph, subject: str, relation: str, polarity: str = "positive") -> rdflib.resource.Resource:
    (node,) = (
        node
        for node in graph.subjects(RDF.predicate, data("r", relation))
        if (node, RDF.subject, data("e", subject)) in graph
        and (node, URIRef(KG.polarity), URIRef(KG.iri + polarity)) in graph
    )
    return graph.resource(node)


def values(resource: rdflib.resource.Resource, prop: str) -> set[object]:
    found = resource.objects(URIRef(prop))
    return {o.identifier if isinstance(o, rdflib.resource.Resource) else o.toPython() for o in found}


def test_rdflib_and_pyoxigraph_read_the_same_graph(rdf: rdflib.Graph) -> None:
    turtle = to_turtle(sample_graph())
    read = rdflib.Graph().parse(data=turtle, format="turtle")
    assert set(read) == set(rdf)
    assert len(read) == len(list(ox.parse(turtle, ox.RdfFormat.TURTLE)))


def test_there_are_no_blank_nodes(rdf: rdflib.Graph) -> None:
    assert not [term for triple in rdf for term in triple if isinstance(term, rdflib.BNode)]


def test_every_term_is_one_that_the_vocabulary_knows(rdf: rdflib.Graph) -> None:
    terms = {str(p) for p in rdf.predicates()} | {str(o) for o in rdf.objects() if isinstance(o, URIRef)}
    for space in NAMESPACES:
        assert {t.removeprefix(space.iri) for t in terms if t.startswith(space.iri)} <= set(space)
    spaces = (DATA_IRI, "https://example.com/", "http://www.wikidata.org/", *(space.iri for space in NAMESPACES))
    assert not [term for term in terms if not term.startswith(spaces)]


def test_a_plain_edge_exists_exactly_for_asserted_statements_between_entities(rdf: rdflib.Graph) -> None:
    edges = Counter((s, p) for s, p, _ in plain_edges(rdf))
    scholz = "Olaf_The_Lion_OScholz_script_b_amp_محمد"
    assert edges == {
        ("Antony_Blinken", "meet"): 1,
        ("Antony_Blinken", "meet_Sergey_Lavrov_in"): 1,
        ("Russia", "deploy"): 2,
        ("Russia", "deploy_troops_near"): 1,
        (scholz, "deploy"): 1,
        (scholz, "deploy_troops_near"): 1,
    }


def test_a_statement_has_all_its_qualifiers(rdf: rdflib.Graph) -> None:
    met = statement(rdf, "Antony_Blinken", "meet")
    assert values(met, str(RDF.object)) == {data("e", "Sergey_Lavrov")}
    assert values(met, KG.asserted) == {True}
    assert values(met, KG.place) == {data("e", "Geneva")}
    assert {str(day) for day in values(met, KG.date)} == {"2022-01-21"}
    assert values(met, KG.dateText) == {"on Friday"}
    assert values(met, PROV.wasDerivedFrom) == {data("a", f"{PLAIN.id}_22_75")}
    assert [float(c) for c in values(met, KG.confidence)] == [0.93]  # type: ignore[arg-type]


def test_who_denies_what_is_one_short_query() -> None:
    answer = sample_graph().sparql(
        "SELECT ?who ?s ?o WHERE "
        "{ ?st kg:attributedTo ?who ; kg:polarity kg:negative ; rdf:subject ?s ; rdf:object ?o }"
    )
    assert sorted(map(tuple, answer.to_numpy().tolist())) == [
        ("e:Sergey_Lavrov", "e:Antony_Blinken", "e:Sergey_Lavrov"),
        ("e:Sergey_Lavrov", "e:Russia", "e:Ukraine"),
    ]


def test_what_two_articles_say_alike_is_one_node_with_two_sources(rdf: rdflib.Graph) -> None:
    deployed = statement(rdf, "Russia", "deploy")
    assert values(deployed, KG.sourceCount) == {2}
    assert len(values(deployed, PROV.wasDerivedFrom)) == len(values(deployed, KG.event)) == 2
    assert len(values(deployed, str(RDF.object))) == 2
    assert values(deployed, KG.number) == {130000}
    assert values(deployed, KG.unit) == {"troops"}
    assert max(float(c) for c in values(deployed, KG.confidence)) == 0.93  # type: ignore[arg-type]


def test_copies_of_one_text_are_one_source() -> None:
    rows = [Said("Russia", "attack", "Ukraine", article=name, text="The same words.") for name in ("one", "two")]
    rdf = graph_of(*rows).to_rdf()
    assert values(statement(rdf, "Russia", "attack"), KG.sourceCount) == {1}


def test_a_literal_object_stays_on_the_statement(rdf: rdflib.Graph) -> None:
    said = statement(rdf, "Sergey_Lavrov", "say")
    assert values(said, str(RDF.object)) == {"Russia does not intend to attack Ukraine"}


def test_the_nearest_speaker_is_the_one_it_is_attributed_to() -> None:
    rdf = graph_of(Said("Russia", "attack", "Ukraine", by=["Lavrov", "Reuters", '"sources"'])).to_rdf()
    attack = statement(rdf, "Russia", "attack")
    assert values(attack, KG.attributedTo) == {data("e", "Lavrov")}
    assert values(attack, KG.reportedBy) == {data("e", "Reuters")}
    assert values(attack, KG.speakerText) == {"sources"}


def test_an_event_has_roles_and_says_whether_it_is_asserted(rdf: rdflib.Graph) -> None:
    (event,) = values(statement(rdf, "NATO", "send"), KG.event)
    send = rdf.resource(event)
    assert values(send, KG.recipient) == {data("e", "Ukraine")}
    assert data("e", "NATO") in values(send, SEM.hasActor)
    assert values(send, KG.asserted) == {False}
    assert values(send, KG.modality) == {URIRef(KG.future)}


def test_a_nested_statement_is_the_content_of_the_event(rdf: rdflib.Graph) -> None:
    (said,) = values(statement(rdf, "Sergey_Lavrov", "say"), KG.event)
    (attack,) = values(statement(rdf, "Russia", "attack", "negative"), KG.event)
    assert values(rdf.resource(said), KG.content) == {attack}


@pytest.mark.parametrize(("marker", "place", "words"), [("in", {"Crimea"}, set()), ("near", set(), {"near Crimea"})])
def test_a_place_that_the_event_is_only_near_is_not_its_place(marker: str, place: set[str], words: set[str]) -> None:
    rdf = graph_of(Said("Russia", "attack", "Ukraine", more={Role.PLACE: "Crimea"}, marker=marker)).to_rdf()
    (event,) = values(statement(rdf, "Russia", "attack"), KG.event)
    assert values(rdf.resource(event), SEM.hasPlace) == {data("e", name) for name in place}
    assert values(rdf.resource(event), KG.placeText) == words


def test_contradictions_are_linked_both_ways(rdf: rdflib.Graph) -> None:
    yes, no = statement(rdf, "Antony_Blinken", "meet"), statement(rdf, "Antony_Blinken", "meet", "negative")
    assert values(yes, KG.contradicts) == {no.identifier}
    assert values(no, KG.contradicts) == {yes.identifier}
    undated = graph_of(*(Said("Russia", "attack", "Ukraine", p, polarity=p) for p in Polarity)).to_rdf()
    assert values(statement(undated, "Russia", "attack"), KG.contradicts) == set()
    assert len(values(statement(undated, "Russia", "attack"), KG.mayContradict)) == 1


def test_entities_have_labels_aliases_types_and_outside_ids(rdf: rdflib.Graph) -> None:
    lavrov = rdf.resource(data("e", "Sergey_Lavrov"))
    assert values(lavrov, str(RDFS.label)) == {"Sergey Lavrov"}
    assert list(lavrov.objects(URIRef(SKOS.altLabel))) == [Literal("Lavrov", lang="en")]
    assert {r.identifier for r in lavrov.objects(RDF.type)} == {URIRef(KG.Person), URIRef(SCHEMA.Person)}
    assert (data("e", "Sergey_Lavrov"), None, URIRef("http://www.wikidata.org/entity/Q58217")) in rdf


def test_places_have_the_coordinates_that_the_gazetteer_knows() -> None:
    from dataclasses import replace

    from kgbuild import gazetteer

    geneva = next(entry for entry in gazetteer.named("Geneva") if entry.type == "City")
    kg = sample_graph()
    entities = tuple(replace(e, identifiers={"wikidata": geneva.id}) if e.name == "Geneva" else e for e in kg.entities)
    found = replace(kg, entities=entities).sparql("SELECT ?e ?lat ?long { ?e geo:lat ?lat ; geo:long ?long }")
    assert found.to_numpy().tolist() == [["e:Geneva", 46.21, 6.14]]


def test_articles_name_the_entities_that_they_mention() -> None:
    found = sample_graph().sparql("SELECT ?a { ?a schema:mentions e:Sergey_Lavrov ; schema:headline ?h } ORDER BY ?h")
    assert len(found) == 2


def test_every_relation_that_is_used_has_a_label_and_a_type(rdf: rdflib.Graph) -> None:
    used = set(rdf.objects(None, RDF.predicate)) | {data("r", p) for _, p, _ in plain_edges(rdf)}
    assert used
    for relation in used:
        assert (relation, RDFS.label, None) in rdf
        assert (relation, RDF.type, None) in rdf


def test_sentences_have_the_offsets_and_words_of_the_article(rdf: rdflib.Graph) -> None:
    kg = sample_graph()
    sentences = list(rdf.subjects(RDF.type, URIRef(NIF.Sentence)))
    assert len(sentences) == 9
    for node in sentences:
        (article,) = values(rdf.resource(node), NIF.referenceContext)
        (start,), (end,), (words,) = (
            values(rdf.resource(node), p) for p in (NIF.beginIndex, NIF.endIndex, NIF.anchorOf)
        )
        assert kg.article_by_id[str(article).rsplit("/", 1)[1]].text[start:end] == words  # type: ignore[misc]


def test_the_run_has_version_and_settings_and_no_time(rdf: rdflib.Graph) -> None:
    (run,) = rdf.subjects(RDF.type, URIRef(PROV.Activity))
    assert len(values(rdf.resource(run), KG.version)) == 1
    assert values(rdf.resource(run), KG.assertAttributed) == {False}
    assert {str(p) for p in rdf.predicates(run)} <= {str(RDF.type), PROV.used, KG.version, KG.model, KG.modelId,
                                                     KG.assertAttributed, KG.baseIri}  # fmt: skip


def test_namesakes_never_share_an_iri() -> None:
    kg = sample_graph()
    names = Counter(kg.local_names.values())
    assert set(names.values()) == {1}
    twins = graph_of(Said("Acme, Inc", "meet", "Acme Inc"), Said("Acme Inc", "meet", "Lavrov"))
    assert len({name for name in twins.local_names.values() if name.startswith("A")}) == 2


def test_the_base_iri_is_a_setting() -> None:
    kg = sample_graph(Settings(base_iri="http://example.org/kg#"))
    assert b"@prefix e: <http://example.org/kg#entity/> ." in to_turtle(kg)
    assert "e:Antony_Blinken" in set(kg.sparql("SELECT ?s WHERE { ?s r:meet ?o }")["s"])


@pytest.mark.parametrize("iri", ["", "data/", "http://x", "http://x/> . <a", "http://x/ /", "http://[/", "1:/"])
def test_a_base_iri_that_cannot_stand_in_rdf_is_refused(iri: str) -> None:
    with pytest.raises(UsageError, match="base IRI"):
        to_turtle(sample_graph(Settings(base_iri=iri)))


def test_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    imports = "import sys; from tests.sample import sample_graph; from kgbuild.graph import save"
    root = Path(__file__).parents[2]
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        subprocess.run(
            [sys.executable, "-c", f"{imports}\nsave(sample_graph(), sys.argv[1])", str(tmp_path / seed)],
            check=True,
            env=env,
        )
    for name in ("graph.ttl", "graph.graphml", "statements.jsonl", "entities.jsonl", "articles.jsonl"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
