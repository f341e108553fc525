import re
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.collection import Collection

from kgbuild import vocabulary
from kgbuild.errors import MissingError
from kgbuild.types import AttributionKind, Modality, Polarity, PredicateKind, Role
from kgbuild.vocabulary import (
    ENTITY_CLASSES,
    EVENT_CLASSES,
    KG,
    SEM,
    camel,
    entity_class,
    event_classes,
    ontology_folder,
    superclasses,
)
from tests.sample import sample_graph


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ontology_folder() / "kgbuild.ttl")


def defined(ontology: rdflib.Graph, kind: URIRef | None = None) -> set[str]:
    terms = {str(term) for term in ontology.subjects(RDF.type, kind)}
    return {term.removeprefix(KG.iri) for term in terms if term.startswith(KG.iri)}


def test_code_and_ontology_have_the_same_terms(ontology: rdflib.Graph) -> None:
    assert defined(ontology) == set(KG)


def test_both_parsers_read_the_ontology(ontology: rdflib.Graph) -> None:
    assert len(list(ox.parse(path=str(ontology_folder() / "kgbuild.ttl")))) == len(ontology)


def test_every_term_has_a_label_and_a_definition(ontology: rdflib.Graph) -> None:
    for term in KG:
        node = URIRef(KG.iri + term)
        assert len(list(ontology.objects(node, RDFS.label))) == 1
        assert len(list(ontology.objects(node, SKOS.definition))) == 1


def test_every_property_has_a_domain_and_a_range(ontology: rdflib.Graph) -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term in ontology.subjects(RDF.type, kind):
            assert [len(list(ontology.objects(term, p))) for p in (RDFS.domain, RDFS.range)] == [1, 1], term


def test_domains_hold_for_what_is_written(ontology: rdflib.Graph) -> None:
    """A node with a property is of the class that the property's domain names, or of one below it."""
    graph = sample_graph().to_rdf()
    below = {term: set(ontology.transitive_subjects(RDFS.subClassOf, term)) for term in ontology.objects(None, None)}
    for prop in ontology.subjects(RDFS.domain, None):
        (domain,) = ontology.objects(prop, RDFS.domain)
        union = ontology.value(domain, OWL.unionOf)
        allowed = set(Collection(ontology, union)) if union else {domain}
        classes = {name for one in allowed for name in {one, *below.get(one, ())}}
        for node in set(graph.subjects(prop, None)):
            assert classes & set(graph.objects(node, RDF.type)), (prop, node)


def test_alignments_speak_of_terms_that_there_are() -> None:
    alignments = rdflib.Graph().parse(ontology_folder() / "alignments.ttl")
    ours = {str(term).removeprefix(KG.iri) for triple in alignments for term in triple if str(term).startswith(KG.iri)}
    assert ours <= set(KG)
    spaces = {str(o).rpartition("#")[0] or str(o).rpartition("/")[0] for o in alignments.objects() if "://" in str(o)}
    wanted = ("semanticweb.cs.vu.nl", "www.w3.org/ns/prov", "nif-core", "schema.org", "skos/core", "foaf")
    assert all(any(name in space for space in spaces) for name in wanted)


def test_the_page_of_the_ontology_is_made_from_it() -> None:
    from kgbuild.ontology_page import page

    assert (ontology_folder() / "terms.md").read_text(encoding="utf-8") == page()
    assert all(f"`kg:{term}`" in page() for term in KG)


def test_classes_of_entities_and_their_order_are_those_of_the_ontology(ontology: rdflib.Graph) -> None:
    for name, above in ENTITY_CLASSES.items():
        assert (URIRef(KG.iri + name), RDFS.subClassOf, URIRef(KG.iri + above)) in ontology


def test_classes_of_events_stand_in_two_levels_below_the_event_of_sem(ontology: rdflib.Graph) -> None:
    for name, above in EVENT_CLASSES.items():
        over = URIRef(KG.iri + above) if above else URIRef(SEM.Event)
        assert list(ontology.objects(URIRef(KG.iri + name), RDFS.subClassOf)) == [over]
        assert not above or not EVENT_CLASSES[above]
    below = set(ontology.transitive_subjects(RDFS.subClassOf, URIRef(SEM.Event))) - {URIRef(SEM.Event)}
    assert {str(term).removeprefix(KG.iri) for term in below} == set(EVENT_CLASSES)


def test_event_classes_are_aligned(ontology: rdflib.Graph) -> None:
    aligned = {str(o).rpartition("#")[0] or "schema" for o in ontology.objects(None, SKOS.closeMatch)}
    assert len(aligned) == 3
    assert len(list(ontology.subject_objects(SKOS.closeMatch))) >= 60


@pytest.mark.parametrize(
    ("name", "expected"), [("Meeting", ("Meeting", "Contact")), ("Contact", ("Contact",)), ("Person", ()), (None, ())]
)
def test_an_event_class_brings_the_one_above_it(name: str | None, expected: tuple[str, ...]) -> None:
    assert event_classes(name) == expected


@pytest.mark.parametrize(
    ("kind", "name"),
    [(Polarity, "Polarity"), (Modality, "Modality"), (PredicateKind, "PredicateKind"),
     (AttributionKind, "AttributionKind")],
)  # fmt: skip
def test_every_value_of_an_enum_is_an_individual(ontology: rdflib.Graph, kind: type, name: str) -> None:
    assert defined(ontology, URIRef(KG.iri + name)) == {camel(value) for value in kind}  # type: ignore[attr-defined]


def test_roles_are_properties_for_nodes_and_for_words(ontology: rdflib.Graph) -> None:
    assert {role.value for role in Role} <= defined(ontology, OWL.ObjectProperty)
    assert {f"{role}Text" for role in Role} <= defined(ontology, OWL.DatatypeProperty)


def test_every_property_is_one_that_the_code_writes(ontology: rdflib.Graph) -> None:
    files = (Path(vocabulary.__file__).parent / "graph").glob("rdf_*.py")
    code = "".join(file.read_text(encoding="utf-8") for file in files)
    written = set(re.findall(r'KG\.short\("(\w+)"\)', code))
    roles = {name for role in Role for name in (role.value, f"{role}Text")}
    assert defined(ontology, OWL.ObjectProperty) | defined(ontology, OWL.DatatypeProperty) <= written | roles


def test_a_term_that_is_not_listed_raises() -> None:
    assert KG.polarity == "https://w3id.org/kgbuild/ontology#polarity"
    assert KG.short("polarity") == "kg:polarity"
    with pytest.raises(AttributeError, match="polarty"):
        _ = KG.polarty
    with pytest.raises(AttributeError, match="polarty"):
        KG.short("polarty")


@pytest.mark.parametrize(
    ("type_", "cls"), [("Person", "Person"), ("country", "Country"), ("Unheard", "Entity"), ("", "Entity")]
)
def test_types_become_classes(type_: str, cls: str) -> None:
    assert entity_class(type_) == cls


def test_superclasses_go_up_to_the_root() -> None:
    assert superclasses("City") == ("City", "Place", "Entity")


@pytest.mark.parametrize("inside", [True, False])
def test_the_ontology_is_found_inside_the_package_and_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    monkeypatch.setattr(vocabulary, "__file__", str(tmp_path / "kgbuild" / "vocabulary.py"))
    with pytest.raises(MissingError, match="reinstall"):
        ontology_folder()
    folder = tmp_path / "kgbuild" / "ontology" if inside else tmp_path / "ontology"
    folder.mkdir(parents=True)
    (folder / "kgbuild.ttl").touch()
    assert ontology_folder() == folder
