"""Debian's Chromium, headless and offline, for pages that are opened from disk."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kgbuild.show import page

CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Opened:
    """A page in the browser with all that it asked for and complained of."""

    view: object
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.skip("there is no Chromium: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is missing: pip install playwright")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def show(chromium, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Opens a graph, or HTML text, from a file; keyword arguments are those of a browser context."""
    contexts = []

    def open_page(graph: object, **options: object) -> Opened:
        path = tmp_path / "graph.html"
        path.write_text(graph if isinstance(graph, str) else page(graph), encoding="utf-8", newline="\n")
        settings = {"viewport": {"width": 1400, "height": 900}, "reduced_motion": "reduce", **options}
        context = chromium.new_context(offline=True, **settings)
        contexts.append(context)
        opened = Opened(context.new_page())
        opened.view.on("request", lambda request: opened.requests.append(request.url))
        opened.view.on("console", lambda message: opened.complaints.append(message.text))
        opened.view.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.view.goto(path.as_uri())
        opened.view.wait_for_function("document.getElementById('panel').childElementCount > 0")
        return opened

    yield open_page
    for context in contexts:
        context.close()
