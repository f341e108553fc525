"""Where articles may come from: paths, rows, texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from kgbuild.errors import UsageError
from kgbuild.ingest.articles import Options, articles_of
from kgbuild.ingest.dates import to_iso
from kgbuild.ingest.files import Draft, drafts_of
from kgbuild.ingest.formats import fields_of_row
from kgbuild.ingest.languages import ENGLISH
from kgbuild.ingest.paths import find
from kgbuild.ingest.text import clean
from kgbuild.types import Article, Skipped

MIN_WORDS = 6
"""Words from which a string that is no path is a text even without a full stop: file names have fewer."""


def read(
    paths: Iterable[str | Path],
    *,
    date: str | None = None,
    fields: Mapping[str, str] | None = None,
    language: str | None = None,
) -> Iterator[Article | Skipped]:
    """The articles that ``paths`` lead to, with a `Skipped` for all that is none.

    ``date``: the day of every article that has no date of its own. ``fields``: under which key of a JSON row a field is
    (``{"text": "body", "outlet": "source.name"}``). ``language``: takes every article to be in it, "en" only; None
    detects it and skips the others. Raises `InputError` for a path that does not exist before anything is read.
    """
    options = Options.checked(date, fields, language)
    places = find([paths] if isinstance(paths, str | Path) else paths)
    return articles_of(drafts_of(places, options.fields), options)


def read_any(
    source: object, *, date: str | None = None, fields: Mapping[str, str] | None = None, language: str | None = None
) -> Iterator[Article | Skipped]:
    """The articles of whatever a Python user has: see `kgbuild.build`. The options are those of `read`.

    A string is a path if there is one of that name, a text if it has line breaks, six words, or the end of a sentence.
    """
    options = Options.checked(date, fields, language)
    return articles_of(chain.from_iterable([_drafts_from(item, options) for item in _items(source)]), options)


def article_of(text: str, *, date: str | None = None) -> Article:
    """One text as an article in English, cleaned as every other."""
    return Article(text=clean(text), date=to_iso(date), language=ENGLISH)


def _items(source: object) -> Iterable[object]:
    if isinstance(source, str | Path | Mapping | Article) or _is_frame(source):
        return (source,)
    if isinstance(source, Iterable):
        return source
    raise UsageError(f"articles cannot be read from a {type(source).__name__}; give paths, texts, dicts or a DataFrame")


def _is_frame(source: object) -> bool:
    """Whether this is a pandas DataFrame, without importing pandas for it."""
    return hasattr(source, "to_dict") and hasattr(source, "columns")


def _drafts_from(item: Any, options: Options) -> Iterable[Draft | Article]:
    if isinstance(item, Article):
        return (item,)
    if isinstance(item, Mapping):
        return [("a dict", fields_of_row(item, options.fields))]
    if _is_frame(item):
        rows = item.astype(object).where(item.notna(), None).to_dict("records")
        return [(f"row {number}", fields_of_row(row, options.fields)) for number, row in enumerate(rows)]
    if isinstance(item, str) and _is_text(item):
        return [("a text", {"text": item})]
    if isinstance(item, str | Path):
        return drafts_of(find([item]), options.fields)
    raise UsageError(f"an article cannot be read from a {type(item).__name__}; give a path, a text or a dict")


def _is_text(item: str) -> bool:
    if "\n" in item or len(item) > 1000:
        return True
    words = item.split()
    is_prose = len(words) >= MIN_WORDS or (len(words) > 1 and item.rstrip().endswith((".", "!", "?", '."', ".”")))
    return is_prose and not Path(item).exists()
