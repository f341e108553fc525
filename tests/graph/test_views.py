"""networkx, GraphML and DataFrames."""

from io import BytesIO

import networkx as nx
import pytest

from kgbuild.graph.graphml import write_graphml
from kgbuild.types import Polarity
from tests.graph.small import Said, graph_of
from tests.sample import HOSTILE_NAME, sample_graph


def test_edges_carry_what_the_statement_commits_to() -> None:
    kg = sample_graph()
    between = kg.to_networkx()[kg.entity("Russia").id][kg.entity("Ukraine").id]
    (attack,) = [edge for edge in between.values() if edge["relation"] == "attack"]
    assert attack == {
        "relation": "attack",
        "asserted": False,
        "polarity": "negative",
        "modality": "intended",
        "speaker": "Sergey Lavrov",
        "sentence": "Lavrov said Russia does not intend to attack Ukraine.",
        "article": kg.articles[1].id,
        "date": None,
        "published": "2022-01-21",
        "confidence": 0.93,
        "statement": attack["statement"],
    }


def test_nodes_are_entity_ids_with_attributes() -> None:
    kg = sample_graph()
    assert set(kg.to_networkx()) == {entity.id for entity in kg.entities}
    assert kg.to_networkx().nodes[kg.entity("Lavrov").id] == {
        "name": "Sergey Lavrov",
        "type": "Person",
        "named": True,
        "n_mentions": 6,
    }


def test_asserted_only_leaves_out_all_that_the_gate_holds_back() -> None:
    kg = sample_graph()
    edges = kg.to_networkx(asserted_only=True).edges(data=True)
    assert len(edges) == 8
    assert all(values["asserted"] for *_, values in edges)


def test_a_speaker_who_is_no_entity_is_given_in_words() -> None:
    graph = graph_of(Said("Russia", "attack", "Ukraine", by=['"sources"'])).to_networkx()
    assert [values["speaker"] for *_, values in graph.edges(data=True)] == ["sources"]


def test_parallel_readings_stay_apart() -> None:
    rows = [Said("Russia", "attack", "Ukraine", polarity=p) for p in Polarity]
    assert graph_of(*rows).to_networkx().number_of_edges() == 2


def test_graphml_opens_in_networkx_with_the_same_values() -> None:
    kg = sample_graph()
    text = "".join(write_graphml(kg))
    read = nx.read_graphml(BytesIO(text.encode()), force_multigraph=True)
    made = kg.to_networkx()
    assert read.number_of_edges() == made.number_of_edges()
    assert set(read) == set(made)
    names = {values["name"] for _, values in read.nodes(data=True)}
    assert HOSTILE_NAME in names
    for start, end, key, values in made.edges(keys=True, data=True):
        held = {name: value for name, value in values.items() if value is not None}
        held["sentence"] = held["sentence"].replace("\x07", "\ufffd").replace("\x1b", "\ufffd")
        assert read.edges[start, end, key] == held | {"label": values["relation"]}


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x1f", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_replaced(char: str) -> None:
    text = "".join(write_graphml(graph_of(Said("Russia", f"attack{char}", "Ukraine"))))
    nx.read_graphml(BytesIO(text.encode()))
    assert "attack\ufffd" in text


def test_a_carriage_return_survives_graphml() -> None:
    text = "".join(write_graphml(graph_of(Said("Russia", "attack\r\nfast", "Ukraine"))))
    ((*_, values),) = nx.read_graphml(BytesIO(text.encode())).edges(data=True)
    assert values["relation"] == "attack\r\nfast"


def test_frames_have_one_row_for_each_record() -> None:
    kg = sample_graph()
    frames = kg.to_frames()
    assert list(frames.entities["id"]) == [e.id for e in kg.entities]
    assert list(frames.statements["id"]) == [s.id for s in kg.statements]
    assert list(frames.articles["id"]) == [a.id for a in kg.articles]
    assert len(frames.triples) == sum(len(s.triples) for s in kg.statements)
    assert frames.statements["asserted"].sum() == 7


def test_frames_of_an_empty_graph_have_their_columns() -> None:
    frames = graph_of().to_frames()
    assert [len(frame) for frame in frames] == [0, 0, 0, 0]
    assert "speaker" in frames.triples.columns


def test_triples_have_names_and_ids() -> None:
    kg = sample_graph()
    triples = kg.to_frames().triples
    send = triples[triples["relation"] == "send weapons to"].iloc[0]
    assert (send["subject"], send["object"], send["speaker"]) == ("NATO", "Ukraine", "officials")
    assert send["object_id"] == kg.entity("Ukraine").id
