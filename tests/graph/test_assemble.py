from dataclasses import replace

import pytest

from kgbuild.graph import assemble, find_leaks
from kgbuild.settings import Settings
from kgbuild.types import Modality, Polarity
from tests.graph.small import Said, graph_of
from tests.sample import sample_entities, sample_graph, sample_records


def test_the_graph_does_not_depend_on_the_order_of_records_and_entities() -> None:
    entities, entity_of = sample_entities()
    turned = assemble(sample_records()[::-1], entities[::-1], dict(reversed(entity_of.items())), Settings())
    assert turned == replace(sample_graph(), skipped=())


def test_an_article_given_twice_counts_once() -> None:
    entities, entity_of = sample_entities()
    records = sample_records()
    twice = assemble([*records, *records], entities, entity_of, Settings())
    assert twice.statements == sample_graph().statements


def test_mentions_become_entities_wherever_a_statement_has_them() -> None:
    kg = sample_graph()
    met = next(s for s in kg.statements if s.predicate.text == "met" and s.place)
    lavrov, geneva = kg.entity("Lavrov").id, kg.entity("Geneva").id
    assert (met.arguments[1].entity, met.triples[0].object, met.place) == (lavrov, lavrov, geneva)
    denied = next(s for s in kg.statements if s.predicate.text == "met" and s.attribution)
    assert (denied.triples[0].object, denied.attribution[0].entity) == (lavrov, lavrov)


def test_every_sentence_is_where_it_says() -> None:
    kg = sample_graph()
    for s in kg.statements:
        text = kg.article_by_id[s.article].text
        assert text[s.sentence.start : s.sentence.end] == s.sentence.text
        assert all(text[a.start : a.end] == a.text for a in (*s.arguments, *s.attribution, s.predicate))


NOT_ASSERTABLE = {
    "denied": {"polarity": Polarity.NEGATIVE},
    "claimed": {"by": ["Lavrov"]},
    "ended": {"ended": True},
    **{m.value: {"modality": m} for m in Modality if m is not Modality.ACTUAL},
}


@pytest.mark.parametrize("case", NOT_ASSERTABLE)
def test_what_the_gate_does_not_let_pass_is_not_asserted_even_if_extraction_says_so(case: str) -> None:
    kg = graph_of(Said("Russia", "attack", "Ukraine", asserted=True, **NOT_ASSERTABLE[case]))
    assert [s.asserted for s in kg.statements] == [False]
    assert not find_leaks(kg)


@pytest.mark.parametrize(("modality", "asserted"), [(Modality.ACTUAL, True), (Modality.FUTURE, False)])
def test_claims_are_asserted_where_the_settings_say_so(modality: Modality, asserted: bool) -> None:
    said = Said("Russia", "attack", "Ukraine", by=["Lavrov"], modality=modality)
    kg = graph_of(said, settings=Settings(assert_attributed=True))
    assert [s.asserted for s in kg.statements] == [asserted]


def test_what_extraction_withholds_stays_withheld() -> None:
    assert not graph_of(Said("Russia", "attack", "Ukraine", asserted=False)).statements[0].asserted
