"""What the user is told of the input: what was skipped, and what lacks a date."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence

from kgbuild.ingest.articles import NOT_ENGLISH, SAME_ARTICLE
from kgbuild.types import Article, Skipped

MAX_LINES = 20
"""Lines about skipped inputs before the rest is only counted: a screen."""
_log = logging.getLogger("kgbuild")


def log_skipped(skipped: Sequence[Skipped]) -> None:
    """One line for each input that was not read, and one for all articles in other languages."""
    foreign = [item for item in skipped if item.reason.startswith(NOT_ENGLISH)]
    others = [item for item in skipped if not item.reason.startswith((NOT_ENGLISH, SAME_ARTICLE))]
    for item in others[:MAX_LINES]:
        _log.warning("%s: skipped, %s", item.path, item.reason)
    if len(others) > MAX_LINES:
        _log.warning("%d more inputs were skipped: %s", len(others) - MAX_LINES, summary(others[MAX_LINES:]))
    if foreign:
        names = [f"{item.path} {item.reason.removeprefix(NOT_ENGLISH).strip()}" for item in foreign]
        n_more = len(names) - MAX_LINES
        n_more = len(names) - MAX_LINES
        listed = ", ".join(names[:MAX_LINES]) + (f" and {n_more} more" if n_more > 0 else "")
        what = "1 article is" if len(foreign) == 1 else f"{len(foreign)} articles are"
        _log.warning("%s not in English and skipped (--language en reads them all the same): %s", what, listed)


def log_undated(articles: Sequence[Article]) -> None:
    """One hint for all articles without a date."""
    undated = [article for article in articles if not article.date]
    if undated:
        what = f"{undated[0].path or '1 article'} has" if len(undated) == 1 else f"{len(undated)} articles have"
        advice = "give one with --date YYYY-MM-DD, or one each in the date column of a sources.tsv beside them"
        _log.warning("%s no date, so words such as “on Thursday” stay unresolved; %s", what, advice)


def summary(skipped: Sequence[Skipped]) -> str:
    """How many inputs were skipped for which reason: "2 empty, 1 binary"."""
    reasons = Counter(_short(item.reason) for item in skipped)
    return ", ".join(f"{n} {reason}" for reason, n in sorted(reasons.items(), key=lambda item: (-item[1], item[0])))


def _short(reason: str) -> str:
    if reason.startswith(SAME_ARTICLE):
        return "read before"
    return reason.split(" (")[0].split(";")[0].split(",")[0]
