"""describe, contradictions and diff."""

from dataclasses import replace

import pytest

from kgbuild.errors import InputError
from kgbuild.graph import contradictions as disputes
from kgbuild.graph.describe import describe, to_text
from kgbuild.graph.difference import diff
from kgbuild.types import EntityMention, MentionKind, Modality, Polarity
from tests.graph.small import Said, graph_of
from tests.sample import sample_graph

NEGATIVE = {"polarity": Polarity.NEGATIVE, "asserted": False}


def test_a_description_keeps_apart_what_is_asserted_claimed_denied_and_planned() -> None:
    found = describe(sample_graph(), "Ukraine")
    readings = {
        status: {(r["subject"], r["relation"], r["speaker"]) for r in rows}
        for status, rows in found["statements"].items()
    }
    assert ("Russia", "deploy troops near", None) in readings["asserted"]
    assert readings["claimed"] == {("NATO", "arm", "Sergey Lavrov")}
    assert readings["denied"] == {("Russia", "attack", "Sergey Lavrov")}
    assert readings["planned"] == {("NATO", "send weapons to", "officials")}
    assert [r["relation"] for r in describe(sample_graph(), "Lavrov")["says"]] == ["meet", "attack", "arm"]


def test_a_description_has_a_timeline_and_sources() -> None:
    found = describe(sample_graph(), "Blinken")
    assert [(r["date"], r["polarity"]) for r in found["timeline"]] == [
        ("2022-01-21", "positive"),
        ("2022-01-21", "positive"),
        ("2022-01-21", "negative"),
    ] or found["timeline"]
    assert {source["outlet"] for source in found["sources"]} == {"Example Times", "The “Hostile” <Post>\n\x01"}


def test_a_place_is_described_by_what_happened_there() -> None:
    assert describe(sample_graph(), "Geneva")["statements"]["asserted"]


def test_a_description_is_read_by_people() -> None:
    text = to_text(describe(sample_graph(), "Ukraine"))
    assert text.startswith("Ukraine (Country)\n  Wikidata Q212\n")
    assert "Russia – intended not attack – Ukraine (says Sergey Lavrov): Lavrov said Russia does not" in text
    assert all(line.isprintable() for line in text.splitlines())
    assert "… and 1 more" in to_text(describe(sample_graph(), "Ukraine"), limit=1)


def test_an_unknown_entity_is_an_error() -> None:
    with pytest.raises(InputError, match="near: Ukraine"):
        describe(sample_graph(), "Ukrane")


def test_contradictions_show_both_sides() -> None:
    (row,) = disputes.contradictions(sample_graph())
    assert (row["certain"], row["subject"], row["relation"], row["object"]) == (
        True,
        "Antony Blinken",
        "meet",
        "Sergey Lavrov",
    )
    assert [p["speaker"] for p in row["affirmed"]] == [None]
    assert [p["speaker"] for p in row["denied"]] == ["Sergey Lavrov"]
    text = disputes.to_text([row])
    assert text.startswith(
        "contradiction: Antony Blinken – meet – Sergey Lavrov\n  affirmed (Example Times, 2022-01-21): "
    )
    assert "denied by Sergey Lavrov" in text
    assert disputes.to_text([]) == "no contradictions\n"


def test_equal_graphs_do_not_differ() -> None:
    found = diff(sample_graph(), sample_graph())
    assert not found
    assert found.to_text() == "articles: the same\nentities: the same\nstatements: the same\nmerges: the same\n"


def test_statements_that_appear_vanish_and_change_are_told_apart() -> None:
    kg = sample_graph()
    attack = next(s for s in kg.statements if s.predicate.text == "attack")
    met, *rest = (s for s in kg.statements if s is not attack)
    changed = replace(attack, polarity=Polarity.POSITIVE, modality=Modality.ACTUAL)
    found = diff(kg, replace(kg, statements=(changed, *rest)))
    assert [row["sentence"] for row in found.statements["vanished"]] == [met.sentence.text]
    assert found.statements["appeared"] == []
    (row,) = found.statements["changed"]
    assert (row["old"]["polarity"], row["new"]["polarity"]) == ("negative", "positive")
    back = diff(replace(kg, statements=(changed, *rest)), kg)
    assert len(back.statements["appeared"]) == 1
    assert "polarity" in found.to_text()


def test_merges_are_found() -> None:
    one = graph_of(Said("Bliken", "meet", "Lavrov"), Said("Blinken", "meet", "Putin"))
    first, second = (one.entity(name).record for name in ("Bliken", "Blinken"))
    joined = replace(second, mentions=(*first.mentions, *second.mentions))
    ids = {first.id: joined.id}
    together = replace(
        one,
        entities=(joined, *(e for e in one.entities if e not in (first, second))),
        statements=tuple(
            replace(
                s,
                arguments=tuple(replace(a, entity=ids.get(a.entity or "", a.entity)) for a in s.arguments),
                triples=tuple(replace(t, subject=ids.get(t.subject or "", t.subject)) for t in s.triples),
            )
            for s in one.statements
        ),
    )
    assert [row["name"] for row in diff(one, together).merges["joined"]] == ["Blinken"]
    assert [row["name"] for row in diff(together, one).merges["split"]] == ["Blinken"]
    assert "joined Blinken (Person): Bliken (Person, 1 mentions), Blinken" in diff(one, together).to_text()


def test_articles_and_entities_that_came_are_named() -> None:
    old, new = (
        graph_of(Said("Russia", "attack", "Ukraine")),
        graph_of(Said("Russia", "attack", "Ukraine"), Said("Blinken", "meet", "Lavrov", article="two")),
    )
    found = diff(old, new)
    assert found.articles["appeared"] == ["two.txt"]
    assert [row["name"] for row in found.entities["appeared"]] == ["Blinken", "Lavrov"]
    mention = EntityMention(old.articles[0].id, 0, 4, "Text", MentionKind.NAME)
    russia = old.entity("Russia").record
    more = replace(
        old, entities=tuple(replace(e, mentions=(*e.mentions, mention)) if e is russia else e for e in old.entities)
    )
    assert [row["new"]["mentions"] for row in diff(old, more).entities["changed"]] == [2]
