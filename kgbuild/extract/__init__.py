"""Extract: from an analysed article to what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.extract.furniture import furniture_spans
from kgbuild.extract.mentions import find_mentions
from kgbuild.extract.statements import Extractor
from kgbuild.types import Article, Record

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgbuild.settings import Settings

__all__ = ["extract"]


def extract(doc: Doc, article: Article, settings: Settings) -> Record:
    """The mentions and statements of an article, in the order of the text.

    ``doc`` is the analysis of ``article.text``, character for character.
    """
    furniture = furniture_spans(article.text)
    mentions = find_mentions(doc, furniture)
    extractor = Extractor(doc, article, mentions, furniture, settings)
    return Record(article, sum(1 for _ in doc.sents), mentions, tuple(extractor.run()))
