"""The page as a reader meets it."""

from __future__ import annotations

import time

import pytest

from kgbuild.show import display
from tests.sample import sample_graph
from tests.show_graphs import HOSTILE, Drawn, hostile, large, small

pytestmark = pytest.mark.browser

DENIAL = "Sergey Lavrov said Russia does not intend to attack Ukraine."


def panel(opened) -> str:
    return opened.view.inner_text("#panel")


def test_it_opens_from_disk_and_asks_for_nothing_else(show):
    opened = show(small())
    opened.view.wait_for_timeout(300)
    assert [url.split(":")[0] for url in opened.requests] == ["file"]
    assert opened.complaints == []


def test_every_choice_works_without_complaint(show):
    opened = show(sample_graph())
    for tab in ("Names", "Links"):
        opened.view.click(f".tabs >> text={tab}")
        for k in range(opened.view.locator(".list button").count()):
            opened.view.locator(".list button").nth(k).click()
            for fold in opened.view.locator("summary").all():
                fold.click()
            opened.view.keyboard.press("Escape")
    assert opened.complaints == []
    assert len(opened.requests) == 1


def test_a_click_on_an_edge_shows_the_sentence_and_who_says_so(show):
    opened = show(small())
    point = opened.view.evaluate(
        """() => {
          const row = data.links.findIndex((link) => link.status === "denied" && link.attributed);
          return drawing.pointOn(row, drawing.screen(data.nodes), 0.3);
        }"""
    )
    box = opened.view.locator("#canvas").bounding_box()
    opened.view.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    text = panel(opened)
    assert DENIAL in text
    assert "Sergey Lavrov (“said”)" in text
    assert "denied · intended" in text
    assert "Corriere, 2022-01-21 · Geneva talks" in text
    assert opened.view.locator("mark.predicate").inner_text() == "attack"


def test_a_click_on_a_node_shows_what_is_said_about_it(show):
    opened = show(small())
    point = opened.view.evaluate(
        """() => {
          const node = data.nodes.find((node) => node.label === "Russia");
          return drawing.network.canvasToDOM(drawing.network.getPosition(node.id));
        }"""
    )
    box = opened.view.locator("#canvas").bounding_box()
    opened.view.mouse.click(box["x"] + point["x"], box["y"] + point["y"])
    assert opened.view.inner_text("#panel h2").strip() == "Russia"
    opened.view.click("summary >> text=100,000 soldiers")
    opened.view.wait_for_selector("blockquote")
    assert "Russia has 100,000 soldiers." in panel(opened)


def test_drawn_edges_pass_where_their_labels_stand(show):
    opened = show(small())
    missed = opened.view.evaluate(
        """() => {
          const screen = drawing.screen(data.nodes);
          const found = data.edges.map((_, row) => drawing.network.getEdgeAt(drawing.pointOn(row, screen, 0.5)));
          return data.edges.filter((edge, row) => found[row] !== edge.id);
        }"""
    )
    assert missed == []


@pytest.mark.parametrize(
    ("status", "dashed"), [("asserted", False), ("claimed", True), ("planned", True), ("ended", True)]
)
def test_only_asserted_edges_are_solid(show, status, dashed):
    opened = show(small())
    dashes = opened.view.evaluate(
        "(status) => data.edges.filter((_, row) => data.links[row].status === status)"
        ".map((edge) => Boolean(drawing.edges.get(edge.id).dashes))",
        status,
    )
    assert set(dashes) == {dashed}


def test_search_finds_names_and_sentences(show):
    opened = show(small())
    opened.view.fill("#query", "soldiers")
    assert "0 names" in panel(opened)
    assert "Russia has 100,000 soldiers" in panel(opened)
    opened.view.fill("#query", "lavrov")
    opened.view.press("#query", "Enter")
    assert opened.view.inner_text("#panel h2").strip() == "Sergey Lavrov"


def test_filters_hide_links_and_names_in_drawing_and_list(show):
    opened = show(small())
    hidden = "[drawing.edges, drawing.nodes].flatMap((items) => items.get()).filter((item) => item.hidden).length"
    assert opened.view.evaluate(hidden) == 0
    opened.view.click("#statuses >> text=denied")
    opened.view.click(".tabs >> text=Links")
    assert opened.view.locator(".list li").count() == 6
    assert opened.view.evaluate(hidden) == 2
    opened.view.click("#kinds >> text=places")
    assert opened.view.locator(".list li").count() == 4
    opened.view.click("#statuses >> text=denied")
    opened.view.click("#kinds >> text=places")
    assert opened.view.evaluate(hidden) == 0


def test_the_keyboard_reaches_a_sentence_and_comes_back(show):
    opened = show(small())
    opened.view.focus(".tabs button:nth-child(2)")
    opened.view.keyboard.press("Enter")
    opened.view.keyboard.press("Tab")
    opened.view.keyboard.press("Enter")
    assert opened.view.locator("blockquote").count() == 1
    assert opened.view.evaluate("document.activeElement.id") == "panel"
    opened.view.keyboard.press("Escape")
    assert opened.view.locator("blockquote").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(show, scheme):
    opened = show(small(), color_scheme=scheme)
    contrasts = opened.view.evaluate(
        """() => {
          const light = (name) => {
            const channels = cssColour(name).match(/[0-9a-f]{2}/gi).map((c) => parseInt(c, 16) / 255);
            const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
          return ["ink", "muted", "accent", "asserted", "claimed", "denied", "planned"].map((name) => [
            name, Math.min(...["ground", "raised"].map((ground) => contrast(light(name), light(ground)))),
          ]);
        }"""
    )
    assert all(contrast >= 4.5 for _, contrast in contrasts), contrasts


def test_colours_follow_the_reader_s_scheme_while_the_page_is_open(show):
    opened = show(small())
    colour = "drawing.nodes.get()[0].color.background"
    by_day = opened.view.evaluate(colour)
    opened.view.emulate_media(color_scheme="dark")
    opened.view.wait_for_timeout(100)
    assert opened.view.evaluate(colour) != by_day


def test_it_fits_a_telephone(show):
    opened = show(sample_graph(), viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    assert opened.view.evaluate("document.documentElement.scrollWidth") == 390
    opened.view.tap(".list button")
    assert opened.view.locator("#panel h2").count() == 1


def test_a_hostile_article_stays_text(show):
    opened = show(hostile())
    opened.view.click(".tabs >> text=Links")
    for k in range(opened.view.locator(".list button").count()):
        opened.view.locator(".list button").nth(k).click()
        opened.view.click(".back")
    for text in HOSTILE:
        opened.view.fill("#query", text[:12])
        for fold in opened.view.locator("summary").all():
            fold.click()
    assert opened.view.evaluate("window.hacked") is None
    assert opened.view.locator("#panel img, #panel script, #panel a").count() == 0
    assert HOSTILE[2] in panel(opened) or HOSTILE[3].split("\u2028")[0] in panel(opened)
    assert opened.complaints == []
    assert len(opened.requests) == 1


def test_the_policy_stops_what_is_not_ours(show):
    opened = show(small())
    opened.view.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked=1\">')")
    opened.view.wait_for_timeout(100)
    assert opened.view.evaluate("window.hacked") is None
    assert any("Content Security Policy" in complaint for complaint in opened.complaints)


def test_an_empty_graph_opens(show):
    opened = show(Drawn())
    assert "0 names" in opened.view.inner_text("#counts")
    assert opened.complaints == []


def test_a_notebook_s_frame_shows_the_page(show):
    inside = display(small())._repr_html_()
    # Another page around it, so that nothing of ours is left but the frame.
    opened = show("<!doctype html><body><div id=panel><p></div>" + inside)
    frame = opened.view.frame_locator("iframe")
    frame.locator(".list button").first.click()
    assert frame.locator("#panel h2").inner_text().strip() == "Russia"
    assert opened.complaints == []


def test_five_hundred_nodes_are_drawn_within_seconds(show):
    graph = large(500, 1500)
    start = time.perf_counter()
    opened = show(graph)
    opened.view.wait_for_function("drawing.labelBoxes.length > 20")
    assert time.perf_counter() - start < 20
    assert opened.complaints == []
