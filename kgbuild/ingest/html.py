"""The article of a web page, by trafilatura; where that finds none, the text between the tags."""

from __future__ import annotations

import logging
import re

from kgbuild.ingest.formats import Fields

_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|dd|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|main|nav|[ou]l|p|pre"
    "|section|table|t[dhr]"
)
_HIDDEN = re.compile("script|style|noscript|template|svg|head|title|button|select|textarea|nav|footer|form")
_SPACE = re.compile(r"[ \t\r\n]+")
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LANGUAGE = re.compile(r"<html[^>]*\slang\s*=\s*[\"']?([A-Za-z-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_HEAD = 4096
LAST_DAY = "2100-01-01"
"""No page is dated later. Fixed, because htmldate's own limit is today, and today must not change what a run writes."""


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page says it is in."""
    found = _CHARSET.search(data[:_HEAD])
    return found[1].decode("ascii") if found else None


def fields_of_html(page: str, url: str | None = None) -> Fields:
    """Text and metadata of a page; ``text`` is empty where it has no article."""
    import trafilatura
    from trafilatura.settings import Document

    page = _DECLARATION.sub("", page)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        page,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params={"extensive_search": False, "original_date": True, "max_date": LAST_DAY},
    )
    language = _LANGUAGE.search(page[:_HEAD])
    fields: Fields = {"language": language[1] if language else None, "url": url}
    text = found.text if isinstance(found, Document) else None
    if not isinstance(found, Document) or not text:
        return {**fields, "text": text_of_markup(page)}
    title = found.title
    paragraphs = [line for line in text.split("\n") if line.strip()]
    if title and paragraphs and _same(paragraphs[0], title):
        del paragraphs[0]
    return {
        **fields,
        "text": "\n\n".join(paragraphs),
        "title": title,
        "date": found.date,
        "outlet": found.sitename or found.hostname,
        "author": found.author,
        "url": url or found.url,
    }


def _same(a: str, b: str) -> bool:
    return "".join(a.split()).casefold() == "".join(b.split()).casefold()


def text_of_markup(markup: str) -> str:
    """The words between the tags of HTML, a blank line between blocks; "" where it is no HTML."""
    import trafilatura

    tree = trafilatura.load_html(f"<html><body>{markup}</body></html>")
    if tree is None:
        return ""
    for element in list(tree.iter()):
        element.text = _SPACE.sub(" ", element.text) if element.text else ""
        element.tail = _SPACE.sub(" ", element.tail) if element.tail else ""
        if not isinstance(element.tag, str) or _HIDDEN.fullmatch(element.tag):
            for inner in list(element):
                element.remove(inner)
            element.text = ""
        elif _BLOCKS.fullmatch(element.tag):
            element.text = "\n\n" + element.text
            element.tail = "\n\n" + element.tail
    paragraphs = (paragraph.strip() for paragraph in re.split(r"\n\n+", tree.text_content()))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
