"""From raw fields to an `Article`: cleaned text, a day, one line per field; or the reason there is none."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kgbuild.errors import InputError, UsageError
from kgbuild.ingest.dates import to_iso
from kgbuild.ingest.files import Draft
from kgbuild.ingest.formats import NAMES, Fields
from kgbuild.ingest.languages import ENGLISH, base, detect
from kgbuild.ingest.text import clean
from kgbuild.types import Article, Skipped

MAX_CHARACTERS = 1_000_000
"""Longest article: a thick novel, and two minutes of work."""
NOT_ENGLISH = "not in English"
SAME_ARTICLE = "the same article as "
_log = logging.getLogger("kgbuild")


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for, checked before any work."""

    date: str | None
    fields: Mapping[str, str]
    language: str | None

    @classmethod
    def checked(cls, date: object, fields: Mapping[str, str] | None, language: str | None) -> Options:
        for name in fields or {}:
            if name not in NAMES:
                raise UsageError(f"there is no field {name!r} to map; there are {', '.join(NAMES)}")
        if language is not None and base(language) != ENGLISH:
            raise UsageError(f"the language {language!r} cannot be read; en can, or leave it out to have it detected")
        return cls(to_iso(date), fields or {}, ENGLISH if language else None)


def articles_of(drafts: Iterable[Draft | Article], options: Options) -> Iterator[Article | Skipped]:
    """The articles of drafts, each once."""
    seen: dict[str, str] = {}
    for item in drafts:
        name, draft = (item.path or "an article", item) if isinstance(item, Article) else item
        if isinstance(draft, str):
            yield Skipped(name, draft)
            continue
        article = draft if isinstance(draft, Article) else _article(name, draft, options)
        if isinstance(article, Article):
            if article.id in seen:
                yield Skipped(name, SAME_ARTICLE + seen[article.id])
                continue
            seen[article.id] = name
        yield article


def _article(name: str, fields: Fields, options: Options) -> Article | Skipped:
    raw = fields.get("text")
    if raw is None:
        return Skipped(name, "no text in it under a known key; --field text=KEY names another")
    text = clean(str(raw))
    if not any(char.isalnum() for char in text):
        return Skipped(name, "empty")
    if len(text) > MAX_CHARACTERS:
        return Skipped(name, f"{len(text):,} characters long; at most {MAX_CHARACTERS:,} are read of one article")
    language = options.language or detect(text, _line(fields.get("language")))
    if language != ENGLISH:
        return Skipped(name, f"{NOT_ENGLISH} ({language})")
    return Article(
        text=text,
        title=_line(fields.get("title")),
        date=_date(name, fields.get("date")) or options.date,
        outlet=_line(fields.get("outlet")),
        author=_line(fields.get("author")),
        url=_line(fields.get("url")),
        language=language,
        path=_line(fields.get("path")),
    )


def _line(value: object) -> str | None:
    """A value of metadata on one line, None where it is blank."""
    return " ".join(clean(str(value)).split()) or None if value is not None else None


def _date(name: str, value: object) -> str | None:
    try:
        return to_iso(value)
    except InputError as error:
        _log.warning("%s: %s; the article stays undated", name, error)
        return None
