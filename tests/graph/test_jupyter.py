"""What a user of Jupyter has: asking, views for networkx, timelines, things that show themselves."""

import pickle
import re

import networkx as nx
import pytest

import kgbuild
from kgbuild.errors import AmbiguousNameError, UsageError
from kgbuild.graph.statements import Statements
from kgbuild.types import Polarity
from tests.graph.small import Said, graph_of
from tests.sample import HOSTILE_NAME, sample_graph


def test_statements_can_be_asked_and_are_a_tuple() -> None:
    kg = sample_graph()
    found = kg.statements(about="Ukraine", by="Lavrov")  # type: ignore[operator]
    assert [s.predicate.text for s in found] == ["attack", "armed"]
    assert [s.predicate.text for s in found(polarity="negative")] == ["attack"]
    assert found == kg.select(about="Ukraine", by="Lavrov")
    assert isinstance(kg.statements, tuple)
    assert kg.entity("Ukraine").statements()(asserted=True) == kg.select(about="Ukraine", asserted=True)
    with pytest.raises(AmbiguousNameError):
        kg.statements(about="troops")  # type: ignore[operator]


def test_a_graph_can_be_pickled() -> None:
    kg = sample_graph()
    assert pickle.loads(pickle.dumps(kg)) == kg


def test_names_are_completed() -> None:
    kg = sample_graph()
    assert {"Sergey Lavrov", "Lavrov", "NATO"} <= set(kg._ipython_key_completions_())
    assert kg["Lavrov"].name == "Sergey Lavrov"


@pytest.mark.parametrize(("view", "n_edges"), [("all", 13), ("asserted", 8), ("claims", 5)])
def test_views_keep_claims_and_what_is_asserted_apart(view: str, n_edges: int) -> None:
    assert sample_graph().to_networkx(view=view).number_of_edges() == n_edges


def test_an_unknown_view_is_an_error() -> None:
    with pytest.raises(UsageError, match="all, asserted, claims"):
        sample_graph().to_networkx(view="true")


def test_a_simple_graph_is_weighted_and_asserted() -> None:
    attack = ("Russia", "attack", "Ukraine")
    rows = [
        Said(*attack, article="one"), Said(*attack, article="two"), Said("Russia", "bomb", "Ukraine", article="two"),
        Said("Ukraine", "attack", "Russia", polarity=Polarity.NEGATIVE, asserted=False),
    ]  # fmt: skip
    kg = graph_of(*rows)
    graph = kg.to_networkx(simple=True)
    assert type(graph) is nx.DiGraph
    edge = {"weight": 2, "n_statements": 3, "relations": "attack | bomb"}
    assert list(graph.edges(data=True)) == [(kg.entity("Russia").id, kg.entity("Ukraine").id, edge)]
    assert kg.to_networkx(simple=True, view="all").number_of_edges() == 2
    assert nx.betweenness_centrality(graph)  # an algorithm that needs no SciPy


def test_a_timeline_is_in_the_order_of_days() -> None:
    rows = [
        Said("Russia", "retreat", "Ukraine", day="2022-03-30"),
        Said("Russia", "attack", "Ukraine", day="2022-02-24"),
        Said("Russia", "hold", "Crimea", day=("2014-03-18", None)),
        Said("Russia", "leave", "Kyiv", day=(None, "2022-04-02")),
        Said("Russia", "be in", "Kyiv"),
    ]
    found = graph_of(*rows).timeline()
    assert found["relation"].tolist() == ["hold", "attack", "retreat", "leave"]
    assert graph_of(*rows).timeline("Crimea")["end_date"].tolist() == [None]
    assert list(graph_of().timeline().columns)[:3] == ["date", "end_date", "subject"]


def test_a_statement_shows_its_sentence_marked() -> None:
    attack = next(s for s in sample_graph().statements if s.predicate.text == "attack")
    html = attack._repr_html_()
    assert re.sub(r"<[^>]+>", "", html).endswith("Lavrov said Russia does not intend to attack Ukraine.")
    assert 'title="predicate">attack</mark>' in html
    assert 'title="agent">Russia</mark>' in html
    assert 'title="speaker">Lavrov</mark>' in html
    assert all(f"[{badge}]" in html for badge in ("negative", "intended", "not asserted", "says Lavrov"))


def test_hostile_words_are_escaped() -> None:
    kg = sample_graph()
    for html in (kg.statements._repr_html_(), kg.entity(HOSTILE_NAME)._repr_html_()):  # type: ignore[attr-defined]
        assert "</script>" not in html
        assert "&lt;/script&gt;" in html


def test_an_entity_shows_what_there_is_about_it() -> None:
    html = sample_graph().entity("Lavrov")._repr_html_()
    assert "<b>Sergey Lavrov</b> (Person), 6 mentions" in html
    assert "<th>says</th><td>3</td>" in html
    assert sample_graph().entity("Lavrov").describe()["entity"]["name"] == "Sergey Lavrov"


def test_long_lists_are_cut() -> None:
    kg = graph_of(*(Said("Russia", f"attack{n}", "Ukraine") for n in range(30)))
    assert isinstance(kg.statements, Statements)
    assert "… and 10 more" in kg.statements._repr_html_()


def test_extracted_statements_show_themselves() -> None:
    (statement,) = [s for s in kgbuild.extract("Blinken met Lavrov in Geneva.") if s.predicate.lemma == "meet"]
    assert "<mark" in statement._repr_html_()
