"""From articles to the graph: the page to read first.

    read → (analyse → extract, one article at a time) → resolve → assemble → save

Everything up to the record of an article is a pure function of (article, model, settings): it does not matter which
other articles there are, in which order they come, or which process does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild import ingest
from kgbuild.errors import InputError
from kgbuild.settings import Settings
from kgbuild.types import Article, Record, Skipped, Statement
from kgbuild.workers import explanations_of, model_id, record_of, records_of, surface_rows_of

if TYPE_CHECKING:
    from kgbuild.extract.explain import Explanation
    from kgbuild.graph import KnowledgeGraph


def build(
    source: object,
    output: str | Path | None = None,
    *,
    settings: Settings | None = None,
    workers: int | None = None,
    date: str | None = None,
    fields: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    strict: bool = False,
) -> KnowledgeGraph:
    """The knowledge graph of ``source``, saved into the folder ``output`` if one is given.

    ``source``: a path (file, folder, glob, URL), a text, an `Article`, a mapping or a DataFrame with the fields of
    articles, or several of these. ``date`` is the day of articles without one; ``fields`` maps article fields to other
    keys or columns; ``progress`` is told (done, total). One process works unless there is much to do or ``workers``
    says otherwise; the result is the same. What cannot be read is logged, listed in `KnowledgeGraph.skipped`, and
    costs no other article; neither does an article whose analysis fails, unless ``strict``, which raises.

    Raises `InputError` where a path does not exist or nothing could be read, `MissingError` where the model is missing.
    """
    from kgbuild.graph import assemble
    from kgbuild.graph.files import check_folder
    from kgbuild.resolve import resolve

    settings = settings or Settings()
    if output is not None:
        check_folder(output)
    found = list(ingest.read_any(source, date=date, fields=fields, language=settings.language))
    articles = [item for item in found if isinstance(item, Article)]
    skipped = [item for item in found if isinstance(item, Skipped)]
    ingest.log_skipped(skipped)
    ingest.log_undated(articles)
    records = []
    for n_done, outcome in enumerate(records_of(articles, settings, workers, strict=strict), 1):
        if isinstance(outcome, Record):
            records.append(outcome)
        else:
            ingest.log_skipped([outcome])
            skipped.append(outcome)
        if progress:
            progress(n_done, len(articles))
    if not records:
        raise InputError(f"nothing could be read ({len(skipped)} skipped)" if skipped else "there is nothing to read")
    resolution = resolve(records, settings)
    model = model_id(settings.model)
    kg = assemble(records, resolution.entities, resolution.entity_of, settings, model=model, skipped=skipped)
    if output is not None:
        kg.save(output)
    return kg


def extract(text: str | Article, *, date: str | None = None, settings: Settings | None = None) -> tuple[Statement, ...]:
    """The statements of one text, in the order of the text; their entities are not resolved.

    ``date`` is the day the text was published, which "on Thursday" is counted from.
    """
    article = text if isinstance(text, Article) else ingest.article_of(text, date=date)
    return record_of(article, settings or Settings()).statements


def extract_each(items: Iterable[Article | Skipped], settings: Settings) -> Iterator[Record | Skipped]:
    """The records of articles one after the other, as they come; what was skipped is handed on."""
    for item in items:
        yield from records_of([item], settings, 1) if isinstance(item, Article) else (item,)


def explain_each(items: Iterable[Article | Skipped], settings: Settings) -> Iterator[list[Explanation] | Skipped]:
    """The statements of articles with the reasons for their parts, article after article; what was skipped is handed
    on."""
    for item in items:
        yield explanations_of(item, settings) if isinstance(item, Article) else item


def extract_sentences(lines: Iterable[str], settings: Settings) -> Iterator[dict[str, object]]:
    """The binary extractions of sentences, one a line, in surface words; lines count from 0, empty ones too."""
    for number, line in enumerate(lines):
        if line.strip():
            yield from surface_rows_of(ingest.article_of(line.strip()), settings, number)
