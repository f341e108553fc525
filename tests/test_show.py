"""The page as text: what is drawn, what the panel knows, and that no text of an article becomes code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kgbuild.show import display, page, write_page
from kgbuild.show.html import script_safe_json
from kgbuild.show.layout import communities, positions
from kgbuild.show.packing import CELL, Piece, in_rows, pack
from kgbuild.show.payload import MAX_PER_EDGE, kind_of, marks
from kgbuild.show.select import select
from kgbuild.status import Status, status_of
from kgbuild.types import Argument, Entity, Role
from tests.sample import sample_graph
from tests.show_graphs import HOSTILE, Drawn, Told, entity_id, hostile, large, small


def data_of(html: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def links_of(graph: object, **options: int) -> dict[tuple[str, str, str], dict]:
    data = data_of(page(graph, **options))
    names = {node["id"]: node["label"] for node in data["nodes"]}
    return {
        (names[edge["from"]], names[edge["to"]], edge["id"].split("-", 2)[2]): link
        for edge, link in zip(data["edges"], data["links"], strict=True)
    }


@pytest.mark.parametrize(
    ("source", "target", "look", "relation", "speakers"),
    [
        ("Antony Blinken", "Sergey Lavrov", "asserted", "met", []),
        ("Sergey Lavrov", "Antony Blinken", "asserted", "thanked", []),
        ("Russia", "Ukraine", "denied-by", "attack", ["Sergey Lavrov"]),
        ("Russia", "Ukraine", "denied", "attack", []),
        ("Russia", "Ukraine", "claimed-by", "threatens", ["Joe Biden"]),
        ("Joe Biden", "Vladimir Putin", "planned", "meet", []),
        ("Russia", "Belarus", "asserted", "moved troops towards", []),
        ("Dmitry Peskov", "Kremlin", "ended", "led", []),
    ],
)
def test_an_edge_is_drawn_by_what_the_article_commits_to(source, target, look, relation, speakers):
    link = links_of(small())[source, target, look]
    assert (link["relation"], link["speakers"], link["n"]) == (relation, speakers, 1)


def test_all_links_of_the_small_graph_are_listed_above():
    assert len(links_of(small())) == 8


def test_only_asserted_statements_have_the_status_asserted():
    for statement in (*small().statements, *sample_graph().statements):
        assert (status_of(statement) is Status.ASSERTED) == statement.asserted


def test_edges_come_from_triples_between_two_different_entities_only():
    told = Told(types={"Russia": "Country"}).say("Russia praised Russia.", "Russia", "praise", "Russia")
    assert select(told.build(), 9).edges == ()


def test_readings_that_look_alike_share_an_edge_and_are_counted():
    told = Told(types={"Russia": "Country", "Ukraine": "Country"})
    for _ in range(MAX_PER_EDGE + 5):
        told.say("Russia threatens Ukraine.", "Russia", "threaten", "Ukraine", word="threatens")
    (link,) = links_of(told.build()).values()
    assert (link["n"], len(link["readings"])) == (MAX_PER_EDGE + 5, MAX_PER_EDGE)


def test_parallel_edges_bend_apart_and_lone_ones_are_straight():
    data = data_of(page(small()))
    bends: dict[frozenset[str], list[object]] = {}
    for edge in data["edges"]:
        smooth = edge["smooth"]
        side = edge["from"] < edge["to"]
        clockwise = smooth.get("type") == "curvedCW"
        bend = smooth["roundness"] * (1 if clockwise == side else -1) if smooth["enabled"] else 0
        bends.setdefault(frozenset((edge["from"], edge["to"])), []).append(bend)
    assert sorted(len(b) for b in bends.values()) == [1, 1, 1, 2, 3]
    assert all(len(set(b)) == len(b) for b in bends.values())
    assert all(b == [0] for b in bends.values() if len(b) == 1)


def test_participants_without_a_name_are_folded_into_the_panel():
    data = data_of(page(small()))
    assert "100,000 soldiers" not in [node["label"] for node in data["nodes"]]
    russia = next(e for n, e in zip(data["nodes"], data["entities"], strict=True) if n["label"] == "Russia")
    (row, triple), *_ = russia["about"]
    assert data["statements"][row]["triples"][triple] == ["Russia", "has", "100,000 soldiers"]


def test_an_unnamed_participant_is_drawn_where_it_joins_two_names():
    told = Told(types={"Russia": "Country", "Italy": "Country", "the talks": "Event"}, unnamed={"the talks"})
    told.say("Russia left the talks.", "Russia", "leave", "the talks")
    assert len(select(told.build(), 9).nodes) == 1
    told.say("Italy joined the talks.", "Italy", "join", "the talks")
    drawing = select(told.build(), 9)
    assert [node.entity.name for node in drawing.nodes] == ["Italy", "Russia", "the talks"]
    assert len(drawing.edges) == 2


def test_a_speaker_is_known_by_what_it_says():
    data = data_of(page(small()))
    biden = next(e for n, e in zip(data["nodes"], data["entities"], strict=True) if n["label"] == "Joe Biden")
    (row, _), *_ = biden["said"]
    statement = data["statements"][row]
    assert statement["status"] == "claimed"
    assert statement["speakers"][0]["name"] == "Joe Biden"


def test_the_cap_keeps_the_most_important_names_and_says_what_it_left_out():
    data = data_of(page(large(60, 200), max_nodes=20))
    whole = data_of(page(large(60, 200)))
    assert len(data["nodes"]) == 20
    assert data["summary"]["leftOut"] == len(whole["nodes"]) - 20
    assert [n["label"] for n in data["nodes"]] == [n["label"] for n in whole["nodes"]][:20]


def test_every_statement_leads_to_its_sentence_speaker_time_and_article():
    data = data_of(page(small()))
    row = next(r for r in data["statements"] if r["time"])
    sentence = data["sentences"][row["sentence"]]
    assert sentence["text"] == "Joe Biden may meet Vladimir Putin on Wednesday."
    assert row["time"] == {"text": "Wednesday", "start": "2022-02-16", "end": "2022-02-16"}
    assert row["modality"] == "possible"
    article = data["articles"][sentence["article"]]
    assert (article["outlet"], article["date"], article["title"]) == ("Corriere", "2022-01-21", "Geneva talks")


def test_marks_are_the_words_in_browser_units():
    told = Told().say("\U0001f600 Russia attacked Ukraine \U0001f600", "Russia", "attack", "Ukraine", word="attacked")
    (statement,) = told.build().statements
    units = statement.sentence.text.encode("utf-16-le")
    cut = [(units[2 * a : 2 * b].decode("utf-16-le"), role) for a, b, role in marks(statement)]
    assert cut == [("Russia", "agent"), ("attacked", "predicate"), ("Ukraine", "patient")]


@pytest.mark.parametrize(
    ("start", "end", "kept"),
    [(0, 29, False), (7, 15, False), (24, 31, True), (16, 31, False), (28, 33, False), (40, 47, False)],
)
def test_a_mark_gives_way_to_the_predicate_to_shorter_ones_and_to_the_end_of_the_sentence(start, end, kept):
    told = Told().say("Russia attacked Ukraine at night", "Russia", "attack", "Ukraine", word="attacked")
    (statement,) = told.say("More.", "More", "be", "More").build().statements[:1]
    other = Argument(Role.OTHER, "", start, end)
    found = marks(replace(statement, arguments=(*statement.arguments, other)))
    assert ([start, end, "other"] in found) == kept
    assert [[a, b] for a, b, role in found if role != "other"] == [[0, 6], [7, 15], [16, 23]]


def test_marks_are_sorted_apart_and_inside_the_sentence():
    for statement in sample_graph().statements:
        spans = marks(statement)
        edges = [edge for start, end, _ in spans for edge in (start, end)]
        assert edges == sorted(edges)
        assert all(start < end for start, end, _ in spans)
        assert edges[-1] <= len(statement.sentence.text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("cls", "kind"),
    [
        ("Person", "person"),
        ("Group", "person"),
        ("MilitaryUnit", "organization"),
        ("City", "place"),
        ("Event", "event"),
        ("Law", "other"),
        ("Unheard", "other"),
    ],
)
def test_a_class_looks_like_the_nearest_one_above_it_that_has_a_look(cls, kind):
    assert kind_of(Entity("", "", cls, (), {}, ())) == kind


@pytest.mark.parametrize("graph", [small, hostile, sample_graph, Drawn, lambda: large(120, 300)])
def test_the_same_graph_gives_the_same_bytes(graph):
    assert page(graph()).encode() == page(graph()).encode()


def test_the_order_of_arrival_leaves_no_trace():
    kg = large(80, 200)
    assert page(Drawn(kg.articles, kg.statements[::-1], kg.entities[::-1])) == page(kg)


def test_hash_seeds_leave_no_trace():
    code = "from tests.show_graphs import large; from kgbuild.show import page; print(page(large(40, 90)))"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_no_text_of_an_article_can_become_markup_or_template():
    html = page(hostile())
    data = data_of(html)
    assert {node["label"] for node in data["nodes"]} == set(HOSTILE)
    before, after = html.split('id="data">', 1)
    inside = after.split("</script>", 1)[0]
    assert not re.search("[<>&\u2028\u2029]", inside)
    rest = before + after.split("</script>", 1)[1]
    assert "hacked" not in rest
    assert html.count("<script") - page(Drawn()).count("<script") == 0


def test_only_web_addresses_become_links():
    assert data_of(page(hostile()))["articles"][0]["url"] is None
    told = Told(url="https://example.org/a").say("Russia met Italy.", "Russia", "meet", "Italy")
    assert data_of(page(told.build()))["articles"][0]["url"] == "https://example.org/a"


@pytest.mark.parametrize("text", ["</script>", "<!--", "a&b", "\u2028\u2029", "\ud800"])
def test_json_for_a_script_element_is_plain_and_complete(text):
    written = script_safe_json([text])
    assert written.isascii()
    assert not set("<>&") & set(written)
    assert json.loads(written) == [text]


def test_the_page_names_no_outside_resource():
    html = page(small())
    assert not re.search(r"<(link|script|img|iframe)[^>]*(href|src)=\"(?!data:)", html)
    assert "sourceMappingURL" not in html
    assert "default-src 'none'" in html


def test_write_page_writes_the_page_and_nothing_else(tmp_path):
    write_page(small(), tmp_path / "graph.html")
    assert (tmp_path / "graph.html").read_text(encoding="utf-8") == page(small())
    assert [p.name for p in tmp_path.iterdir()] == ["graph.html"]


def test_in_a_notebook_the_page_is_an_attribute_of_a_sandboxed_frame():
    shown = display(hostile())._repr_html_()
    assert re.fullmatch(r'<iframe srcdoc="[^"]*" [^<>]*sandbox="allow-scripts allow-popups"[^<>]*></iframe>', shown)


def test_an_empty_graph_is_a_page_too():
    assert data_of(page(Drawn()))["nodes"] == []


def test_boxes_of_nodes_do_not_overlap():
    boxes = [(150.0 + 20 * (k % 9), 60.0) for k in range(40)]
    links = [(0, k, 1.0) for k in range(1, 30)]
    places = positions(boxes, links)
    for a in range(len(boxes)):
        for b in range(a):
            dx, dy = (abs(places[a][k] - places[b][k]) for k in (0, 1))
            apart = (boxes[a][0] + boxes[b][0]) / 2 - dx, (boxes[a][1] + boxes[b][1]) / 2 - dy
            assert min(apart) < 3, (a, b)


def test_communities_are_told_apart_and_numbered_by_size():
    ring = [(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0), (3, 4, 1.0), (4, 5, 1.0), (5, 6, 1.0), (6, 3, 1.0), (2, 3, 0.1)]
    assert communities(7, ring) == [1, 1, 1, 0, 0, 0, 0]


def test_packed_pieces_keep_clear_of_each_other():
    pieces = [Piece([(0, 0), (300, 0)], [(80, 40), (80, 40)], [(0, 1)]), *[Piece([(5, 5)], [(80, 40)], [])] * 6]
    shifts = pack(pieces, 1.3)
    centres = [(x + dx, y + dy) for piece, (dx, dy) in zip(pieces, shifts, strict=True) for x, y in piece.centres]
    for k, (x, y) in enumerate(centres):
        assert all(abs(x - u) >= 80 or abs(y - v) >= 40 for u, v in centres[:k])
    assert max(abs(x) for x, _ in centres) < 12 * CELL


def test_rows_break_like_words():
    assert in_rows([(100, 10), (100, 20), (100, 10)], 250) == [(-50, 10), (50, 10), (0, 25)]


def test_ids_of_the_stand_in_are_those_that_the_page_uses():
    assert entity_id("Russia") in [node["id"] for node in data_of(page(small()))["nodes"]]
