"""URLs that the user named, from a server on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kgbuild import ingest
from kgbuild.ingest.files import MAX_PAGE_BYTES
from kgbuild.types import Article, Skipped

BODY = "Antony Blinken met Sergey Lavrov in Geneva on Friday, and the two of them talked for ninety minutes."
PAGES = {
    "/page": (
        "text/html; charset=windows-1252",
        f"<html><body><article><p>“Café” {BODY}</p></article>".encode("cp1252"),
    ),
    "/text": ("text/plain", BODY.encode()),
    "/rows": ("application/json", b'[{"text": "Blinken met Lavrov."}, {"text": "Putin met Macron."}]'),
    "/large": ("text/html", b"x" * (MAX_PAGE_BYTES + 1)),
    "/binary": ("image/png", bytes(range(256)) * 10),
}
REDIRECTS = {"/moved": "/text", "/file": "file:///etc/hostname", "/ftp": "ftp://127.0.0.1/x", "/loop": "/loop"}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path in REDIRECTS:
            self.send_response(302)
            self.send_header("Location", REDIRECTS[self.path])
            self.end_headers()
            return
        kind, content = PAGES.get(self.path, ("text/plain", b"no"))
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def test_pages_texts_and_rows(server: str) -> None:
    page, text, first, second = ingest.read([f"{server}{path}" for path in ("/page", "/text", "/rows")])
    assert isinstance(page, Article)
    assert (page.text, page.url) == (f"“Café” {BODY}", f"{server}/page")
    assert isinstance(text, Article)
    assert (text.text, text.url, text.path) == (BODY, f"{server}/text", f"{server}/text")
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, second.path) == ("Blinken met Lavrov.", f"{server}/rows:2")


def test_redirects_are_followed_on_the_web_only(server: str) -> None:
    moved, *others = ingest.read([f"{server}{path}" for path in ("/moved", "/file", "/ftp", "/loop")])
    assert isinstance(moved, Article)
    assert all(isinstance(other, Skipped) and "cannot be fetched" in other.reason for other in others)
    assert others[1] == Skipped(f"{server}/ftp", "cannot be fetched (it redirects to ftp://127.0.0.1/x)")


@pytest.mark.parametrize(
    ("path", "reason"), [("/gone", "HTTP 404"), ("/large", "larger than the 10 MB"), ("/binary", "binary, not text")]
)
def test_what_cannot_be_fetched_is_skipped(server: str, path: str, reason: str) -> None:
    (skipped,) = ingest.read([server + path])
    assert isinstance(skipped, Skipped)
    assert reason in skipped.reason
    assert "\n" not in skipped.reason


def test_no_server_there() -> None:
    (skipped,) = ingest.read(["http://127.0.0.1:9/x"])
    assert isinstance(skipped, Skipped)
    assert "cannot be fetched" in skipped.reason
