"""What is inside a file: one article of a text, Markdown or HTML file, many of a JSON one, as plain fields."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from kgbuild.ingest.text import NotTextError

Fields = dict[str, object]
"""The raw fields of one article, named as in `Article`; values are as the file has them."""

NAMES: dict[str, tuple[str, ...]] = {
    "text": ("text", "body", "content", "articlebody", "fulltext", "full_text", "article_text", "maintext"),
    "title": ("title", "headline", "name"),
    "date": ("date", "published", "publishedat", "published_at", "date_published", "datepublished", "pubdate",
             "publication_date", "publish_date", "created_at", "timestamp"),
    "outlet": ("outlet", "source", "publisher", "sitename", "site_name", "publication", "newspaper", "source_name"),
    "author": ("author", "authors", "byline", "creator"),
    "url": ("url", "link", "href", "source_url", "web_url", "weburl", "canonical_url"),
    "language": ("language", "lang", "inlanguage"),
}  # fmt: skip
"""Keys that are recognised in JSON rows, best first and without regard to case: those of schema.org, NewsAPI,
news-please, trafilatura, The Guardian's and the New York Times' APIs, and common data sets."""

_LISTS = ("articles", "items", "results", "data", "docs", "rows", "response")
_MARKUP = re.compile(r"</(?:p|div|br|h\d|li|span|a|b|i|em|strong|article)>|<(?:br|p)\b[^>]{0,200}>", re.IGNORECASE)


def rows_of_json(text: str) -> Iterator[tuple[int | None, Mapping[str, object] | str]]:
    """The rows of a JSON file, each with its number from 1 (None for the only one), or the reason there is none.

    One object, a list of objects, an object that holds such a list ("articles", "results", …), or one a line.
    """
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
        if len(lines) > 1 and isinstance(row_of_line(lines[0][1]), dict):
            yield from ((number, row_of_line(line)) for number, line in lines)
        else:
            yield None, _broken(error)
        return
    rows = _list_in(whole)
    if rows is None:
        yield None, whole if isinstance(whole, dict) else "JSON without an object in it"
    else:
        for number, row in enumerate(rows, 1):
            yield number, row if isinstance(row, dict) else "not a JSON object"


def row_of_line(line: str) -> Mapping[str, object] | str:
    """The object on one line of JSONL, or the reason there is none."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return _broken(error)
    return row if isinstance(row, dict) else "not a JSON object"


def _broken(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"broken JSON ({error.msg.removesuffix(' at')} at line {error.lineno}, column {error.colno})"
    return "broken JSON (nested too deeply)" if isinstance(error, RecursionError) else f"broken JSON ({error})"


def _list_in(value: object) -> list[object] | None:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and not any(
        key.lower() in NAMES["text"] and isinstance(value[key], str) for key in value
    ):
        for key in _LISTS:
            if (found := _list_in(value.get(key))) is not None:
                return found
    return None


def fields_of_row(row: Mapping[str, object], mapping: Mapping[str, str]) -> Fields:
    """The fields of a JSON row; ``mapping`` says under which key of the row a field is ("source.name" goes inside)."""
    lowered = {str(key).lower(): value for key, value in reversed(list(row.items()))}
    fields: Fields = {}
    for field, names in NAMES.items():
        if field in mapping:
            found = _inside(row, mapping[field])
        else:
            found = next((lowered[name] for name in names if lowered.get(name) not in (None, "")), None)
        fields[field] = found if field == "date" else _flat(found, "\n\n" if field == "text" else ", ")
    if isinstance(fields["text"], str) and len(_MARKUP.findall(fields["text"])) > 1:
        from kgbuild.ingest.html import text_of_markup

        fields["text"] = text_of_markup(fields["text"])
    return fields


def _inside(row: object, dotted: str) -> object:
    if isinstance(row, Mapping) and dotted in row:
        return row[dotted]
    for key in dotted.split("."):
        row = row.get(key) if isinstance(row, Mapping) else None
    return row


def _flat(value: object, joint: str) -> str | None:
    """Text of a value: lists of paragraphs or authors are joined, {"name": …} and {"rendered": …} are opened."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "title", "rendered", "text", "code") if key in value), None)
    if isinstance(value, list | tuple):
        return joint.join(part for item in value if (part := _flat(item, joint))) or None
    return None if value is None or value != value else str(value)


# Every repetition that can start in many places has a limit, so that no text takes time beyond its length.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_LINE = re.compile(r"""^(\w+)[ \t]*:[ \t]*["']?(.*?)["']?[ \t]*$""", re.MULTILINE)
_MARKDOWN = tuple(
    (re.compile(pattern, re.MULTILINE), replacement)
    for pattern, replacement in (
        (r"<!--(?s:(?:(?!<!--).){0,2000}?)-->", ""),
        (r"^(?:```|~~~)(?s:.*?)^(?:```|~~~)[ \t]*$", ""),
        (r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,500}\)", ""),
        (r"\[([^\[\]\n]{1,500})\]\([^()\n]{0,500}\)", r"\1"),
        (r"<(https?://[^>\s]+)>", r"\1"),
        (r"^[ \t]{0,3}(?:[-*_][ \t]*){3,}$", ""),
        (r"^(.+)\n(?:=+|-{3,})[ \t]*$", r"\1\n"),
        (r"^[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t#]*$", r"\n\1\n"),
        (r"^[ \t]{0,3}>[ \t]?", ""),
        (r"^[ \t]*[-*+][ \t]+(?=\S)", "- "),
        (r"(\*\*|__)(?=\S)([^*\n]{1,500}?)(?<=\S)\1", r"\2"),
        (r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=\S)\*(?![\w*])", r"\1"),
        (r"(?<![\w_])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?![\w_])", r"\1"),
        (r"`([^`\n]+)`", r"\1"),
    )
)


def fields_of_markdown(text: str) -> Fields:
    """The prose of a Markdown file; front matter and a leading first-level heading become metadata."""
    fields: Fields = {}
    if front := _FRONT_MATTER.match(text):
        fields = fields_of_row(dict(_FRONT_LINE.findall(front[1])), {"text": ""})
        text = text[front.end() :]
    if heading := re.match(r"\s*#[ \t]+(.+?)[ \t#]*(?:\n|\Z)", text):
        if not fields.get("title"):
            fields["title"] = heading[1]
        text = text[heading.end() :]
    for pattern, replacement in _MARKDOWN:
        text = pattern.sub(replacement, text)
    return {**fields, "text": text}


def kind_of(name: str, text_head: str = "") -> str:
    """``text``, ``markdown``, ``html``, ``json`` or ``jsonl``, by the ending of ``name``, else by how the text begins.

    Raises `NotTextError` for an ending of another kind of file.
    """
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if suffix in KINDS:
        return KINDS[suffix]
    head = text_head.lstrip()[:200].lower()
    if head.startswith(("<!doctype html", "<html", "<?xml")):
        return "html"
    if head.startswith(("{", "[{")):
        return "json"
    if suffix and not text_head:
        raise NotTextError(f"not a kind of file that is read ({', '.join('.' + known for known in KINDS)})")
    return "text"


KINDS = {
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
}
