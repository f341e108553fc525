"""Extract: from an analysed article to what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.extract.furniture import furniture_spans
from kgbuild.extract.mentions import find_mentions
from kgbuild.extract.repairs import repair
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
    extractor = extractor_of(doc, article, settings)
    return record_of(extractor)


def extractor_of(doc: Doc, article: Article, settings: Settings) -> Extractor:
    """What reads the statements of an article, before it has."""
    repair(doc)
    furniture = furniture_spans(article.text)
    return Extractor(doc, article, find_mentions(doc, furniture), furniture, settings)


def record_of(extractor: Extractor) -> Record:
    """The record of what an extractor reads."""
    n_sentences = sum(1 for _ in extractor.doc.sents)
    return Record(extractor.article, n_sentences, extractor.reader.mentions, tuple(extractor.run()))
