"""Ingest: files, folders, globs, URLs, the standard input, rows and strings become `Article`s.

Text is cleaned here and never changed again. What cannot be read is handed on as `Skipped`, one line each, and costs
no other article. Articles come in the order of their paths, identical ones once.
"""

from kgbuild.ingest.articles import NOT_ENGLISH, SAME_ARTICLE
from kgbuild.ingest.reports import log_skipped, log_undated, summary
from kgbuild.ingest.sources import article_of, read, read_any

__all__ = ["NOT_ENGLISH", "SAME_ARTICLE", "article_of", "log_skipped", "log_undated", "read", "read_any", "summary"]
