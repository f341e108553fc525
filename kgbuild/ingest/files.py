"""What stands at each place: the raw fields of its articles, or the reason there are none."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import IO

from kgbuild.ingest.formats import Fields, fields_of_markdown, fields_of_row, kind_of, row_of_line, rows_of_json
from kgbuild.ingest.paths import Place, Sources
from kgbuild.ingest.text import NotTextError, decode
from kgbuild.types import Skipped

MAX_BYTES = 50_000_000
"""Largest file, or line of JSONL, that is opened. A JSONL file as a whole may have any size."""
MAX_PAGE_BYTES = 10_000_000
"""Largest web page: trafilatura takes about a second a megabyte."""
MAX_TAGS = 100_000
"""Most tags of a web page; newspapers' have a few thousand. Time grows with their square: ten seconds for this many."""
_log = logging.getLogger("kgbuild")

Draft = tuple[str, Fields | str]
"""Where something was found, and the raw fields of the article there, or the reason there is none."""
Mapped = Mapping[str, str]
"""Under which key of a JSON row a field is."""


def drafts_of(places: Iterable[Place | Skipped], mapped: Mapped) -> Iterator[Draft]:
    """The drafts at all places, in their order, with the metadata of ``sources.tsv``."""
    sources = Sources()
    for place in places:
        if isinstance(place, Skipped):
            yield place.path, place.reason
            continue
        try:
            for name, draft in _drafts_at(place, mapped):
                yield name, draft if isinstance(draft, str) else _joined(draft, sources.of(place.path), name)
        except NotTextError as error:
            yield place.name, str(error)
        except OSError as error:
            yield place.name, f"cannot be read ({error.strerror or error})"


def _joined(own: Fields, row: Fields, name: str) -> Fields:
    """The article's fields with those of ``sources.tsv``: what the user wrote down beats what a page says of itself.

    A row of a JSON file keeps its own, since one line of ``sources.tsv`` stands for the whole file.
    """
    given = {key: value for key, value in own.items() if value not in (None, "") or key == "text"} | {"path": name}
    return row | given if ":" in name else given | row


def _drafts_at(place: Place, mapped: Mapped) -> Iterator[Draft]:
    if place.kind == "url":
        from kgbuild.ingest.web import fetch

        data, kind, charset = fetch(place.name, MAX_PAGE_BYTES)
        yield from _parse(place.name, data, kind, mapped, charset, url=place.name)
    elif place.kind == "stdin":
        yield from _parse(place.name, _whole(sys.stdin.buffer), None, mapped)
    elif place.path is not None:
        if not place.named and not place.path.is_file():
            raise NotTextError("not a regular file" if place.path.exists() else "a link to nothing")
        with place.path.open("rb") as file:
            if kind_of(place.name, "?") == "jsonl" and not _has_wide_mark(file):
                yield from _rows_of_lines(place.name, file, mapped)
            else:
                yield from _parse(place.name, _whole(file), None, mapped)


def _whole(file: IO[bytes]) -> bytes:
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise NotTextError(f"larger than the {MAX_BYTES // 1_000_000} MB that are read of a file")
    return data


def _has_wide_mark(file: IO[bytes]) -> bool:
    """Whether the file begins as UTF-16 does, whose line ends are no single bytes."""
    return isinstance(file, io.BufferedReader) and file.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff")


def _rows_of_lines(name: str, file: IO[bytes], mapped: Mapped) -> Iterator[Draft]:
    number = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        where = f"{name}:{number}"
        if len(line) > MAX_BYTES:
            yield where, f"a line of more than {MAX_BYTES // 1_000_000} MB; the rest of the file is not read"
            return
        if not line.strip():
            continue
        try:
            row = row_of_line(decode(line.strip())[0])
        except NotTextError as error:
            row = str(error)
        yield where, row if isinstance(row, str) else fields_of_row(row, mapped)
    if number == 0:
        yield name, "empty"


def _parse(
    name: str, data: bytes, kind: str | None, mapped: Mapped, charset: str | None = None, url: str | None = None
) -> Iterator[Draft]:
    from kgbuild.ingest.html import declared_encoding, fields_of_html

    if not data.strip():
        raise NotTextError("empty")
    kind = kind or kind_of(name, data[:200].decode("latin-1"))
    text, encoding = decode(data, charset or (declared_encoding(data) if kind == "html" else None))
    if encoding == "cp1252" and kind != "html":
        _log.warning("%s: not UTF-8; read as Windows-1252", name)
    if kind == "html":
        if len(data) > MAX_PAGE_BYTES:
            raise NotTextError(f"larger than the {MAX_PAGE_BYTES // 1_000_000} MB that are read of a page")
        if text.count("<") > MAX_TAGS:
            raise NotTextError(f"a page of more than {MAX_TAGS:,} tags")
        fields = fields_of_html(text, url)
        yield name, fields if fields["text"] else "no text found in the page"
    elif kind == "markdown":
        yield name, fields_of_markdown(text)
    elif kind == "text":
        yield name, {"text": text, "url": url}
    else:
        for number, row in rows_of_json(text):
            where = name if number is None else f"{name}:{number}"
            yield where, row if isinstance(row, str) else fields_of_row(row, mapped)
