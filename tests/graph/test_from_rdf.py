"""A Turtle file alone, and files that are not ours or not whole."""

import logging
from pathlib import Path

import pytest

import kgbuild
from kgbuild.errors import InputError
from kgbuild.graph import KnowledgeGraph, save
from kgbuild.graph.as_networkx import speaker
from kgbuild.settings import Settings
from kgbuild.types import Role, Statement
from tests.graph.small import Said, graph_of
from tests.sample import sample_graph


@pytest.fixture
def turtle(tmp_path: Path) -> Path:
    save(sample_graph(Settings(base_iri="http://example.org/kg#")), tmp_path)
    return tmp_path / "graph.ttl"


def readings(kg: KnowledgeGraph, statement: Statement) -> set[tuple[str, str, str]]:
    def name(entity: str | None, text: str) -> str:
        return kg.entity_by_id[entity].name if entity else text

    return {(name(t.subject, t.subject_text), t.relation, name(t.object, t.object_text)) for t in statement.triples}


def gist(kg: KnowledgeGraph) -> list[object]:
    """What a graph says, without offsets."""
    return sorted(
        (
            s.sentence.start, s.sentence.text, s.predicate.lemma, s.predicate.text, s.predicate.kind, s.polarity,
            s.modality, s.asserted, s.ended, s.confidence, speaker(kg, s) or "",
            sorted(kind.kind for kind in s.attribution), str(s.time), kg.entity_by_id[s.place].name if s.place else "",
            sorted(readings(kg, s)),
            sorted((a.role, kg.entity_by_id[a.entity].name) for a in s.arguments if a.entity and a.role != Role.PLACE),
        )
        for s in kg.statements
    )  # fmt: skip


def test_a_turtle_file_alone_says_the_same(turtle: Path) -> None:
    kg, alone = kgbuild.load(turtle.parent), kgbuild.load(turtle)
    assert gist(alone) == gist(kg)
    assert alone.counts() == kg.counts() | {"skipped": 0}
    assert alone.settings == kg.settings
    assert {(e.name, e.type, e.aliases, e.named) for e in alone.entities} == {
        (e.name, e.type, e.aliases, e.named) for e in kg.entities
    }
    assert [(a.title, a.date, a.outlet, a.path) for a in alone.articles] == [
        (a.title, a.date, a.outlet, a.path) for a in kg.articles
    ]


def test_a_graph_from_turtle_can_be_asked_and_looked_at(turtle: Path) -> None:
    kg = kgbuild.load(turtle)
    assert kg.entity("Lavrov").name == "Sergey Lavrov"
    assert kg.entity("e:Sergey_Lavrov").name == "Sergey Lavrov"
    assert len(kg.entity("Lavrov").claims()) == 3
    assert kg.sparql("timeline").equals(kgbuild.load(turtle.parent).sparql("timeline"))
    assert kg.to_networkx().number_of_edges() == sample_graph().to_networkx().number_of_edges()
    assert len(kg.to_frames().statements) == len(kg.statements)


def test_it_is_said_that_the_text_is_missing(turtle: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        kgbuild.load(turtle)
    assert [record.getMessage() for record in caplog.records] == [
        f"{turtle}: without the articles' text; offsets within sentences are not known"
    ]


def test_foreign_triples_are_said_and_left_to_sparql(turtle: Path, caplog: pytest.LogCaptureFixture) -> None:
    with turtle.open("a", encoding="utf-8") as file:
        file.write("\n<http://other.org/x> <http://other.org/knows> _:b .\n")
    with caplog.at_level(logging.WARNING):
        kg = kgbuild.load(turtle)
    assert "1 triples are not kgbuild's; only SPARQL sees them" in caplog.text
    assert gist(kg) == gist(sample_graph())
    assert len(kg.sparql("SELECT * { ?s <http://other.org/knows> ?o }")) == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: "@prefix x: <http://x/> .\nx:a x:b x:c .", "not written by kgbuild"),
        (lambda text: "", "not written by kgbuild"),
        (lambda text: text[: len(text) // 2], "not valid Turtle"),
        (lambda text: text.replace("kg:polarity kg:negative", "kg:lemma 'x'"), "a node lacks what kgbuild writes"),
        (lambda text: text.replace("nif:beginIndex 22 ;", "nif:beginIndex 'x' ;"), "a node lacks what kgbuild writes"),
    ],
)
def test_a_file_that_is_not_ours_or_not_whole_is_refused_in_one_line(
    turtle: Path, change: object, message: str
) -> None:
    turtle.write_text(change(turtle.read_text(encoding="utf-8")), encoding="utf-8")  # type: ignore[operator]
    with pytest.raises(InputError, match=message) as refused:
        kgbuild.load(turtle)
    assert "\n" not in str(refused.value)


def test_unnamed_participants_stay_with_their_passage(tmp_path: Path) -> None:
    rows = [Said("Russia", "deploy", "10 troops", "one"), Said("Russia", "deploy", "20 troops", "two")]
    kg = graph_of(*rows)
    save(kg, tmp_path)
    assert gist(kgbuild.load(tmp_path / "graph.ttl")) == gist(kg)
