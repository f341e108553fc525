from pathlib import Path

import pytest

from kgbuild.errors import AmbiguousNameError, InputError
from kgbuild.graph import load
from kgbuild.types import Modality, Polarity
from tests.graph.small import Said, graph_of
from tests.sample import HOSTILE_NAME, sample_graph


@pytest.mark.parametrize(
    "name",
    ["Sergey Lavrov", "Lavrov", "lavrov", "e:Sergey_Lavrov", "https://w3id.org/kgbuild/data/entity/Sergey_Lavrov"],
)
def test_an_entity_is_found_by_name_alias_and_iri(name: str) -> None:
    assert sample_graph().entity(name).name == "Sergey Lavrov"


def test_an_entity_is_found_by_id() -> None:
    kg = sample_graph()
    assert all(kg.entity(entity.id).record is entity for entity in kg.entities)


def test_an_ambiguous_name_lists_the_candidates() -> None:
    kg = sample_graph()
    with pytest.raises(AmbiguousNameError) as refused:
        kg.entity("troops")
    assert all(entity.id in str(refused.value) for entity in kg.entities if entity.name == "troops")
    assert "\n" not in str(refused.value)


def test_a_named_entity_comes_before_unnamed_ones() -> None:
    kg = graph_of(Said("Officials", "meet", "officials"))
    assert kg.entity("officials").record.named


def test_an_unknown_name_is_met_with_near_ones() -> None:
    with pytest.raises(InputError, match="near: Blinken"):
        sample_graph().entity("Blinkin")


def test_an_entity_has_the_statements_it_takes_part_in_and_the_claims_it_makes() -> None:
    lavrov = sample_graph().entity("Lavrov")
    assert [s.predicate.text for s in lavrov.statements()] == ["denied", "met", "met", "said"]
    assert [s.predicate.text for s in lavrov.claims()] == ["met", "attack", "armed"]
    assert (lavrov.type, lavrov.aliases, lavrov.identifiers) == ("Person", ("Lavrov",), {"wikidata": "Q58217"})


@pytest.mark.parametrize(
    ("conditions", "predicates"),
    [
        ({"about": "Geneva"}, ["met"]),
        ({"by": "Lavrov"}, ["met", "attack", "armed"]),
        ({"by": "Lavrov", "polarity": "negative"}, ["met", "attack"]),
        ({"by": "Lavrov", "polarity": Polarity.POSITIVE}, ["armed"]),
        ({"modality": Modality.FUTURE}, ["send"]),
        ({"asserted": False}, ["met", "attack", "send", "armed"]),
        ({"after": "2022-01-20"}, ["met", "met"]),
        ({"after": "2022-01-21"}, []),
        ({"before": "2022-01-22", "asserted": True}, ["met"]),
        ({"about": "NATO", "by": "officials"}, ["send"]),
    ],
)
def test_statements_are_selected_by_all_conditions(conditions: dict[str, object], predicates: list[str]) -> None:
    assert [s.predicate.text for s in sample_graph().select(**conditions)] == predicates  # type: ignore[arg-type]


def test_counts_say_how_much_there_is() -> None:
    assert sample_graph().counts() == {
        "articles": 2,
        "sentences": 10,
        "statements": 11,
        "asserted": 7,
        "claimed": 4,
        "denied": 2,
        "planned": 2,
        "entities": 13,
        "skipped": 1,
    }


def test_sparql_answers_with_a_frame() -> None:
    frame = sample_graph().sparql("SELECT ?s ?n { ?s kg:mentionCount ?n } ORDER BY DESC(?n) ?s")
    assert list(frame.columns) == ["s", "n"]
    assert frame.iloc[0].tolist() == ["e:Sergey_Lavrov", 6]
    full = sample_graph().sparql("SELECT ?o { e:Antony_Blinken r:meet ?o }", full_iris=True)
    assert full["o"].tolist() == ["https://w3id.org/kgbuild/data/entity/Sergey_Lavrov"]


def test_the_html_view_escapes_names() -> None:
    html = sample_graph()._repr_html_()
    assert "<td>11</td>" in html
    assert "&lt;/script&gt;" in html
    assert HOSTILE_NAME not in html


def test_equal_graphs_stay_equal_after_use() -> None:
    used = sample_graph()
    used.sparql("ASK { ?s ?p ?o }")
    assert used == sample_graph()


def test_saving_from_python_writes_the_page_too(tmp_path: Path) -> None:
    assert "graph.html" in sample_graph().save(tmp_path)
    assert load(tmp_path) == sample_graph()


def test_showing_gives_something_that_jupyter_displays() -> None:
    assert "<iframe" in sample_graph().show()._repr_html_()
