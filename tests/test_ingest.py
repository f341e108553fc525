"""Reading articles: places, formats, metadata, and what is skipped with one line each."""

import json
import logging
from pathlib import Path

import pandas
import pytest

from kgbuild import ingest
from kgbuild.errors import InputError, UsageError
from kgbuild.ingest.files import MAX_BYTES
from kgbuild.types import Article, Skipped

BODY = "Blinken met Lavrov in Geneva on Friday. The talks lasted ninety minutes."


def read(*paths: str | Path, **options: object) -> tuple[list[Article], list[Skipped]]:
    found = list(ingest.read(paths, **options))  # type: ignore[arg-type]
    return [a for a in found if isinstance(a, Article)], [s for s in found if isinstance(s, Skipped)]


def one(*paths: str | Path, **options: object) -> Article:
    articles, skipped = read(*paths, **options)
    assert len(articles) == 1, (articles, skipped)
    return articles[0]


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


# Places


def test_a_folder_is_read_to_the_bottom_in_order_of_paths(tmp_path: Path) -> None:
    write(
        tmp_path, {"b.txt": BODY + "2", "a/z.txt": BODY + "1", "c.md": BODY + "3", ".hidden/x.txt": "x", "~$b.txt": "x"}
    )
    articles, skipped = read(tmp_path)
    assert [a.path for a in articles] == ["a/z.txt", "b.txt", "c.md"]
    assert skipped == []


def test_files_and_globs_have_paths_from_where_they_were_named(tmp_path: Path) -> None:
    write(tmp_path, {"news/a/x.txt": BODY + "1", "news/b/y.txt": BODY + "2", "news/b/z.html": BODY})
    assert one(tmp_path / "news/a/x.txt").path == "x.txt"
    articles, _ = read(f"{tmp_path}/news/*/*.txt")
    assert [a.path for a in articles] == ["a/x.txt", "b/y.txt"]
    articles, _ = read(f"{tmp_path}/**/*.txt")
    assert [a.path for a in articles] == ["news/a/x.txt", "news/b/y.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_a_file(tmp_path: Path) -> None:
    write(tmp_path, {"[1] a.txt": BODY})
    assert one(tmp_path / "[1] a.txt").path == "[1] a.txt"


@pytest.mark.parametrize("name", ["missing.txt", "missing/", "no*.txt"])
def test_a_missing_path_ends_the_run_before_any_work(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"a.txt": BODY})
    with pytest.raises(InputError, match=r"no such file|no file matches"):
        ingest.read([tmp_path / "a.txt", f"{tmp_path}/{name}"])


def test_the_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = write(tmp_path, {"x": BODY}) / "x"
    with file.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert one("-").text == BODY


def test_our_own_output_is_no_input(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"a.txt": BODY, "output/run.json": "{}", "output/graph.ttl": "", "output/articles.jsonl": '{"text": "x"}'},
    )
    assert [a.path for a in read(tmp_path)[0]] == ["a.txt"]


def test_a_loop_of_links_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"a/b.txt": BODY})
    (tmp_path / "a/loop").symlink_to(tmp_path, target_is_directory=True)
    assert one(tmp_path).path == "a/b.txt"


def test_identical_articles_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY, "b.txt": BODY, "c.txt": BODY + " "})
    articles, skipped = read(tmp_path, tmp_path / "a.txt")
    assert [a.path for a in articles] == ["a.txt", "c.txt"]
    assert skipped == [Skipped("b.txt", ingest.SAME_ARTICLE + "a.txt")]


# Text, Markdown, HTML


def test_offsets_into_a_text_file_are_those_of_the_file(tmp_path: Path) -> None:
    raw = "Friday, January 4, 2019\u00a0\n\n\n“We  met”\tin Zürich – he said…\n"
    write(tmp_path, {"a.txt": raw})
    assert one(tmp_path).text == raw


def test_markdown(tmp_path: Path) -> None:
    text = """---
title: "Talks in Geneva"
date: 21 January 2022
---

# Ignored, there is a title

**Blinken** met *Lavrov* in [Geneva](http://example.org/x).
![a photo](x.jpg)

## No result

> “It is `over`”, he said.

* first_name_x
"""
    write(tmp_path, {"a.md": text})
    article = one(tmp_path)
    assert (article.title, article.date) == ("Talks in Geneva", "2022-01-21")
    paragraphs = [line for line in article.text.split("\n") if line]
    assert paragraphs == ["Blinken met Lavrov in Geneva.", "No result", "“It is over”, he said.", "- first_name_x"]


PAGE = """<!DOCTYPE html><html lang="en"><head><title>Talks - The Daily</title>
<meta property="og:title" content="Talks in Geneva"><meta property="og:site_name" content="The Daily">
<meta property="article:published_time" content="2022-01-21T10:00:00Z"><meta name="author" content="Jane Doe">
<script>var x = "Lavrov never said this.";</script></head><body><nav>Home | News</nav>
<article><h1>Talks in Geneva</h1>
<p>Antony Blinken met Sergey Lavrov in Geneva on Friday, and the two of them talked for ninety minutes.</p>
<h2>No turning point</h2>
<p>Lavrov said Russia does not intend to attack Ukraine. “We will wait” for a written reply, he said at the end.</p>
</article><footer>Copyright 2022 The Daily</footer></body></html>"""


def test_html(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": PAGE})
    article = one(tmp_path)
    assert (article.title, article.date, article.outlet, article.author) == (
        "Talks in Geneva", "2022-01-21", "The Daily", "Jane Doe",
    )  # fmt: skip
    paragraphs = article.text.split("\n\n")
    assert [p[:20] for p in paragraphs] == ["Antony Blinken met S", "No turning point", "Lavrov said Russia d"]


@pytest.mark.parametrize(
    "page",
    [
        f"<p>{BODY}</p>",
        f"<html><body><div>{BODY}",
        f"<?xml version='1.0' encoding='utf-8'?><html><body><p>{BODY}</p></body></html>",
        "<div>" * 200 + f"<p>{BODY}</p>" + "</div>" * 200,
    ],
    ids=["fragment", "unclosed", "xhtml", "deep"],
)
def test_html_of_all_kinds(tmp_path: Path, page: str) -> None:
    write(tmp_path, {"a.html": page})
    assert BODY in one(tmp_path).text


def test_html_in_the_encoding_that_it_declares(tmp_path: Path) -> None:
    page = f'<meta charset="windows-1252"><p>“Café” {BODY}</p>'
    write(tmp_path, {"a.html": page.encode("cp1252")})
    assert one(tmp_path).text.startswith("“Café”")


def test_a_page_without_text_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": "<html><body><img src=x></body></html>"})
    assert read(tmp_path) == ([], [Skipped("a.html", "no text found in the page")])


# JSON


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"text": BODY, "title": "T"}),
        json.dumps([{"body": BODY, "headline": "T"}]),
        json.dumps({"status": "ok", "articles": [{"content": BODY, "title": "T"}]}),
        json.dumps({"Content": BODY, "Title": "T"}) + "\n",
        json.dumps({"text": ["Blinken met Lavrov in Geneva on Friday.", "x"], "title": {"rendered": "T"}}),
        json.dumps({"text": f"<p>{BODY}</p><p>End.</p>", "title": "T"}),
    ],
    ids=["object", "list", "wrapped", "case", "paragraphs", "markup"],
)
def test_json_of_all_kinds(tmp_path: Path, content: str) -> None:
    write(tmp_path, {"a.json": content})
    article = one(tmp_path)
    assert article.title == "T"
    assert article.text.startswith("Blinken met Lavrov in Geneva on Friday.")
    assert "<" not in article.text


def test_rows_of_jsonl_have_paths_and_metadata(tmp_path: Path) -> None:
    rows = [
        {"text": BODY, "published": "2022-01-21T10:00:00Z", "source": {"name": "The Daily"}, "link": "http://x.org/1"},
        {"text": BODY + " More.", "author": ["Jane Doe", "John Roe"], "language": "en"},
    ]
    write(tmp_path, {"a.jsonl": "\n".join(map(json.dumps, rows)) + "\n\n"})
    (first, second), _ = read(tmp_path)
    assert (first.path, first.date, first.outlet, first.url) == (
        "a.jsonl:1",
        "2022-01-21",
        "The Daily",
        "http://x.org/1",
    )
    assert (second.path, second.author) == ("a.jsonl:2", "Jane Doe, John Roe")


def test_fields_can_be_mapped(tmp_path: Path) -> None:
    row = {"text": "not this", "story": {"full": BODY}, "when": 1642723200}
    write(tmp_path, {"a.jsonl": json.dumps(row)})
    article = one(tmp_path, fields={"text": "story.full", "date": "when"})
    assert (article.text, article.date) == (BODY, "2022-01-21")


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no field 'body'.*text, title, date"):
        ingest.read([tmp_path], fields={"body": "text"})


def test_a_broken_row_costs_no_other(tmp_path: Path) -> None:
    lines = [
        json.dumps({"text": BODY}),
        '{"text": "cut o',
        "[1]",
        "[" * 100_000,
        '{"x": 1}',
        json.dumps({"text": BODY + "2"}),
    ]
    write(tmp_path, {"a.jsonl": "\n".join(lines)})
    articles, skipped = read(tmp_path)
    assert [a.path for a in articles] == ["a.jsonl:1", "a.jsonl:6"]
    assert [s.path for s in skipped] == ["a.jsonl:2", "a.jsonl:3", "a.jsonl:4", "a.jsonl:5"]
    assert "broken JSON (Unterminated string" in skipped[0].reason
    assert skipped[1].reason == "not a JSON object"
    assert "--field text=KEY" in skipped[3].reason


# Metadata


def test_sources_tsv_beside_or_one_folder_up(tmp_path: Path) -> None:
    up = "id\tdate\tsource\tpage_id\nx\t2022-01-20\tUp\t7\ny\t21 January 2022\tUp\t8\n"
    beside = "\ufefffile\ttitle\tdate\toutlet\turl\nx.txt\tT\t2022-01-22\tBeside\thttp://x.org\n"
    write(tmp_path, {"sources.tsv": up, "in/sources.tsv": beside, "in/x.txt": BODY + "x", "in/y.txt": BODY + "y"})
    (x, y), skipped = read(tmp_path / "in")
    assert (x.title, x.date, x.outlet, x.url) == ("T", "2022-01-22", "Beside", "http://x.org")
    assert (y.title, y.date, y.outlet, y.url) == (None, "2022-01-21", "Up", None)
    assert skipped == []


def test_sources_tsv_beats_what_a_page_says(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": PAGE, "sources.tsv": "file\tdate\na.html\t2022-01-20\n"})
    assert (one(tmp_path).date, one(tmp_path).outlet) == ("2022-01-20", "The Daily")


def test_a_date_for_all_fills_what_is_missing(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY, "b.txt": BODY + "b", "sources.tsv": "file\tdate\na.txt\t2022-01-20\n"})
    assert [a.date for a in read(tmp_path, date="22 January 2022")[0]] == ["2022-01-20", "2022-01-22"]
    with pytest.raises(InputError, match="names no day"):
        ingest.read([tmp_path], date="soon")


def test_an_unclear_date_is_said_and_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, {"a.txt": BODY, "sources.tsv": "file\tdate\na.txt\t03/04/2022\n"})
    assert one(tmp_path).date is None
    assert caplog.messages == [
        "a.txt: the date '03/04/2022' can be read two ways; write it as YYYY-MM-DD; the article stays undated"
    ]


def test_a_broken_sources_tsv_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, {"a.txt": BODY, "sources.tsv": "name,date\na.txt,2022-01-01\n"})
    assert one(tmp_path).date is None
    assert "needs tab-separated columns" in caplog.text


def test_the_id_holds_what_makes_an_article(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": BODY, "b/a.txt": BODY})
    plain = one(tmp_path / "a.txt")
    assert plain.id == one(tmp_path / "b").id
    assert plain.id != one(tmp_path / "a.txt", date="2022-01-01").id


# What is skipped


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", "…\n***".encode(), "empty"),
        ("a.txt", bytes(range(256)) * 4, "binary"),
        ("a.txt", b"%PDF-1.7\n", "a PDF"),
        ("a.txt", "Встреча в Женеве".encode("cp1251"), "no known encoding"),
        ("a.html", b"<div>" * 5000 + b"<p>Blinken met Lavrov.</p>", "no text found"),
        ("a.html", b"<p>" * 100_001, "more than 100,000 tags"),
        ("a.json", b'{"text": ', "broken JSON"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.json", b"3", "without an object"),
        ("a.jsonl", b"", "empty"),
        ("a.pdf", b"%PDF", "not a kind of file that is read"),
        ("LICENSE", b"text", "not a kind of file that is read"),
        ("a.txt", b"Il presidente russo ha detto che non intende attaccare l'Ucraina.", "not in English (it)"),
        ("a.txt", b"word " * 200_001, "characters long"),
    ],
)
def test_one_line_for_what_cannot_be_read(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write(tmp_path, {name: content, "z.txt": BODY})
    articles, skipped = read(tmp_path)
    assert [a.path for a in articles] == ["z.txt"]
    assert [s.path for s in skipped] == [name]
    assert reason in skipped[0].reason
    assert "\n" not in skipped[0].reason


def test_large_files_are_not_opened_whole(tmp_path: Path) -> None:
    for name in ("a.txt", "b.jsonl", "c.html"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(MAX_BYTES + 2)
    articles, skipped = read(tmp_path)
    assert articles == []
    assert [s.reason.split(" ")[0:3] for s in skipped] == [
        ["larger", "than", "the"],
        ["a", "line", "of"],
        ["larger", "than", "the"],
    ]


def test_links_to_nothing_and_pipes_in_a_folder(tmp_path: Path) -> None:
    import os

    (tmp_path / "a.txt").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "b.txt")
    assert read(tmp_path)[1] == [Skipped("a.txt", "a link to nothing"), Skipped("b.txt", "not a regular file")]


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"a.txt": BODY, "b.txt": BODY + "b"})
    opened = Path.open

    def refuse(self: Path, *args: object, **kwargs: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return opened(self, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    articles, skipped = read(tmp_path)
    assert [a.path for a in articles] == ["b.txt"]
    assert skipped == [Skipped("a.txt", "cannot be read (Permission denied)")]


def test_windows_encoding_is_read_and_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, {"a.txt": f"“Café” {BODY}".encode("cp1252")})
    assert one(tmp_path).text == f"“Café” {BODY}"
    assert caplog.messages == ["a.txt: not UTF-8; read as Windows-1252"]


def test_the_language_can_be_given(tmp_path: Path) -> None:
    write(tmp_path, {"a.txt": "Il presidente russo ha detto che non intende attaccare l'Ucraina."})
    assert one(tmp_path, language="en-GB").language == "en"
    with pytest.raises(UsageError, match="'it' cannot be read"):
        ingest.read([tmp_path], language="it")


# From Python


@pytest.mark.parametrize(
    "source",
    [
        BODY,
        "Blinken met Lavrov.",
        "Blinken\nmet",
        {"text": BODY},
        [{"body": BODY}],
        pandas.DataFrame({"text": [BODY], "date": [None], "url": [pandas.NA], "n": [1]}),
        Article(BODY),
        [Article(BODY)],
    ],
)
def test_texts_rows_and_frames(source: object) -> None:
    (article,) = ingest.read_any(source)
    assert isinstance(article, Article)
    assert article.text.startswith("Blinken")
    assert article.path is None


def test_a_frame_keeps_its_columns() -> None:
    frame = pandas.DataFrame(
        {"story": [BODY, None], "day": [pandas.Timestamp("2022-01-21")] * 2, "source": ["The Daily"] * 2}
    )
    first, second = ingest.read_any(frame, fields={"text": "story", "date": "day"})
    assert isinstance(first, Article)
    assert (first.text, first.date, first.outlet) == (BODY, "2022-01-21", "The Daily")
    assert isinstance(second, Skipped)
    assert second.path == "row 1"


def test_paths_and_texts_mix(tmp_path: Path) -> None:
    write(tmp_path, {"a file.txt": BODY})
    found = list(ingest.read_any([tmp_path, str(tmp_path / "a file.txt"), "Blinken met Lavrov.", {"text": None}]))
    assert [type(item).__name__ for item in found] == ["Article", "Skipped", "Article", "Skipped"]


@pytest.mark.parametrize("source", ["missing.txt", "my news articles", Path("x y z. a b c d e f.")])
def test_a_mistyped_path_is_no_text(source: object) -> None:
    with pytest.raises(InputError, match="no such file"):
        list(ingest.read_any(source))


@pytest.mark.parametrize("source", [3, None, [3]])
def test_other_things_are_refused(source: object) -> None:
    with pytest.raises(UsageError, match="cannot be read from"):
        list(ingest.read_any(source))


# What is said of it


def test_reports(caplog: pytest.LogCaptureFixture) -> None:
    skipped = [Skipped(f"{i:02}.txt", "empty") for i in range(23)]
    skipped += [Skipped("it.txt", "not in English (it)"), Skipped("b.txt", ingest.SAME_ARTICLE + "a.txt")]
    with caplog.at_level(logging.WARNING):
        ingest.log_skipped(skipped)
        ingest.log_undated([Article("x", path="a.txt"), Article("y"), Article("z", date="2022-01-01")])
        ingest.log_undated([Article("z", date="2022-01-01")])
    assert caplog.messages[0] == "00.txt: skipped, empty"
    assert caplog.messages[20] == "3 more inputs were skipped: 3 empty"
    assert caplog.messages[21].endswith(": it.txt (it)")
    assert "--language en" in caplog.messages[21]
    assert "2 articles have no date" in caplog.messages[22]
    assert "--date" in caplog.messages[22]
    assert "sources.tsv" in caplog.messages[22]
    assert len(caplog.messages) == 23
    assert ingest.summary(skipped) == "23 empty, 1 not in English, 1 read before"
