"""Each thing that check promises to find is found, and named with its place."""

from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from kgbuild.errors import InputError
from kgbuild.graph import KnowledgeGraph, save
from kgbuild.graph.validate import find_wrong_offsets, validate
from kgbuild.settings import Settings
from kgbuild.types import EntityMention, MentionKind
from kgbuild.vocabulary import ENTITY_CLASSES, KG, ontology_folder
from tests.sample import sample_graph

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def turtle(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("output")
    save(sample_graph(), folder)
    return (folder / "graph.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("settings", [Settings(), Settings(assert_attributed=True, base_iri="http://example.org/kg#")])
def test_a_graph_as_it_should_be_has_no_findings(tmp_path: Path, settings: Settings) -> None:
    save(sample_graph(settings), tmp_path)
    assert validate(tmp_path) == ()
    assert validate(tmp_path / "graph.ttl") == ()


ATTACK = "e:Russia r:attack e:Ukraine"


@pytest.mark.parametrize(
    ("old", "new", "kind", "where", "what"),
    [
        ("", f"\n{ATTACK} .\n", "gate", "relation/attack", "no asserted statement"),
        (" ;\n  r:meet e:Sergey_Lavrov", "", "gate", "relation/meet", "missing"),
        ("kg:polarity kg:negative ;\n  kg:modality kg:intended ;\n  kg:asserted false",
         "kg:polarity kg:negative ;\n  kg:modality kg:intended ;\n  kg:asserted true", "gate", "node ", "not positive"),
        ("kg:modality kg:intended", "kg:modality kg:hoped", "shape", "kg:modality", "one modality of the ontology"),
        ("kg:polarity kg:negative", "kg:sense 'x'", "shape", "kg:polarity", "one polarity"),
        ("kg:confidence 0.93", "kg:confidence 1.93", "shape", "kg:confidence", "from 0 to 1, not 1.93"),
        ("nif:beginIndex 22", "nif:beginIndex 2200", "shape", "nif:beginIndex", "before the end"),
        ("nif:anchorOf", "nif:anchor", "shape", "nif:anchorOf", "its words"),
        ('rdfs:label "meet"', "", "shape", "r:meet rdfs:label", "one label"),
        ("kg:named true", "kg:named 1", "shape", "kg:named", "true or false"),
        ("wd:Q159", "<http://dbpedia.org/resource/Russia>", "shape", "owl:sameAs", "Wikidata"),
        ("kg:sourceCount 2", "kg:sourceCount 0", "shape", "kg:sourceCount", "1 or more"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_turtle_file_is_found(
    tmp_path: Path, turtle: str, old: str, new: str, kind: str, where: str, what: str
) -> None:
    assert old in turtle
    changed = turtle.replace(old, new, 1) if old else turtle + new
    (tmp_path / "graph.ttl").write_text(changed, encoding="utf-8")
    found = validate(tmp_path / "graph.ttl")
    assert [f for f in found if f.kind == kind and where in f.where and what in f.what], found


def test_a_changed_file_of_a_folder_is_named_and_looked_into(tmp_path: Path) -> None:
    save(sample_graph(), tmp_path)
    path = tmp_path / "graph.ttl"
    path.write_text(
        path.read_text(encoding="utf-8").replace("nif:beginIndex 22", "nif:beginIndex 23"), encoding="utf-8"
    )
    kinds = [(f.kind, f.where, f.what) for f in validate(tmp_path)]
    assert ("file", "graph.ttl", "is not what run.json says: changed, or of another run") in kinds
    assert any(kind == "offset" and "holds" in what for kind, _, what in kinds)


def wrong(kg: KnowledgeGraph) -> list[str]:
    return [f"{finding.where}: {finding.what}" for finding in find_wrong_offsets(kg)]


def test_offsets_that_lead_elsewhere_are_found() -> None:
    kg = sample_graph()
    met = next(s for s in kg.statements if s.predicate.text == "met")
    moved = [
        replace(met, sentence=replace(met.sentence, start=met.sentence.start + 1)),
        replace(met, predicate=replace(met.predicate, end=10**6)),
        replace(met, arguments=(replace(met.arguments[0], start=0, end=5), *met.arguments[1:])),
    ]
    for statement, name in zip(moved, ["sentence", "predicate", "argument agent"], strict=True):
        (found,) = wrong(replace(kg, statements=(statement,)))
        assert name in found
        assert statement.id in found
    mention = EntityMention(kg.articles[0].id, 3, 7, "nonsense", MentionKind.NAME)
    entity = replace(kg.entities[0], mentions=(mention,))
    (found,) = wrong(replace(kg, statements=(), entities=(entity,)))
    assert "mention [3, 7) holds" in found
    assert wrong(replace(kg, articles=kg.articles[1:]))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("@prefix e: <http://x/> . e:a e:b e:c .", "not written by kgbuild"),
        ("", "not written by kgbuild"),
        ("not turtle", "not valid Turtle"),
    ],
)
def test_what_is_no_graph_of_ours_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "graph.ttl").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        validate(tmp_path / "graph.ttl")
    with pytest.raises(InputError, match=r"no run\.json"):
        validate(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        validate(tmp_path / "other.ttl")


def test_a_truncated_file_is_refused(tmp_path: Path, turtle: str) -> None:
    (tmp_path / "graph.ttl").write_text(turtle[: len(turtle) // 2], encoding="utf-8")
    with pytest.raises(InputError, match="not valid Turtle"):
        validate(tmp_path / "graph.ttl")


def test_shapes_speak_of_terms_that_there_are() -> None:
    shapes = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
    own = {str(s) for s in shapes.subjects(rdflib.RDF.type, SH.NodeShape)}
    used = {str(term) for triple in shapes for term in triple if str(term).startswith(KG.iri)} - own
    assert {term.removeprefix(KG.iri) for term in used} <= set(KG)
    targets = {
        str(o).removeprefix(KG.iri) for o in shapes.objects(rdflib.URIRef(f"{KG.iri}EntityShape"), SH.targetClass)
    }
    assert targets == {"Entity", *ENTITY_CLASSES}


def test_shapes_are_shacl_core() -> None:
    shapes = rdflib.Graph().parse(ontology_folder() / "shapes.ttl")
    assert not [p for p in shapes.predicates() if str(p) in (f"{SH}sparql", f"{SH}js", f"{SH}rule")]
