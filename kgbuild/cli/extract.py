"""``kgbuild extract``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from kgbuild.cli.console import messages
from kgbuild.cli.options import (
    confidence_option,
    events_option,
    input_options,
    json_option,
    output_options,
    parse_fields,
    read_events,
)  # fmt: skip
from kgbuild.errors import InputError, UsageError
from kgbuild.settings import Settings


@click.command(short_help="Articles → statements, as a stream of JSON lines.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--sentences", is_flag=True, help="Input is one sentence a line; write one line per binary extraction.")
@click.option("--explain", is_flag=True, help="Show why each statement is as it is, as text or with --json.")
@json_option
@events_option
@confidence_option
@input_options
@output_options
def extract(
    files: tuple[str, ...],
    sentences: bool,
    explain: bool,
    as_json: bool,
    events: str | None,
    min_confidence: float,
    date: str | None,
    language: str | None,
    fields: tuple[str, ...],
    model: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the statements of articles to stdout, one JSON object a line, article after article.

    FILE is what build reads: a file, a folder, a glob, a URL; without one, or for -, the standard input. Entities are
    not resolved: that takes all articles, so it is build's work.

    \b
    Examples:
      kgbuild extract article.txt --date 2022-01-21 | jq .predicate.lemma
      cat sentences.txt | kgbuild extract --sentences > triples.jsonl
      echo "Lavrov said Russia does not intend to attack Ukraine." | kgbuild extract --explain
    """
    if explain and sentences:
        raise UsageError("--explain tells of statements, --sentences writes none; give one of them")
    settings = Settings(model=model, language=language, events=read_events(events), min_confidence=min_confidence)
    with messages(quiet=quiet, verbose=verbose):
        if explain:
            _write_explanations(files or ("-",), date, parse_fields(fields), settings, as_json=as_json)
            return
        rows = (
            _rows_of_sentences(files or ("-",), settings)
            if sentences
            else _rows_of_articles(files or ("-",), date, parse_fields(fields), settings)
        )
        for batch in rows:
            for row in batch:
                click.echo(json.dumps(row, ensure_ascii=False))
            sys.stdout.flush()


def _write_explanations(
    files: tuple[str, ...], date: str | None, fields: dict[str, str], settings: Settings, *, as_json: bool
) -> None:
    """Every statement with its parts, and beside each the rule and the words that gave it."""
    from kgbuild import ingest
    from kgbuild.graph.rows import statement_to_row
    from kgbuild.pipeline import explain_each
    from kgbuild.types import Skipped

    n_read = n_skipped = 0
    for outcome in explain_each(ingest.read(files, date=date, fields=fields, language=settings.language), settings):
        if isinstance(outcome, Skipped):
            n_skipped += 1
            ingest.log_skipped([outcome])
            continue
        n_read += 1
        sentence = None
        for statement, reasons in ((e.statement, e.reasons) for e in outcome):
            if as_json:
                row = statement_to_row(statement) | {"reasons": [asdict(reason) for reason in reasons]}
                click.echo(json.dumps(row, ensure_ascii=False))
                continue
            if statement.sentence != sentence:
                sentence = statement.sentence
                click.echo(f"\n{' '.join(sentence.text.split())}")
            click.echo(f"\n  {statement.predicate.text}")
            for reason in reasons:
                click.echo(f"    {reason.part:<12} {reason.value}\n                 ← {reason.because}")
    if not n_read:
        raise InputError(f"nothing could be read ({n_skipped} skipped)")


def _rows_of_articles(
    files: tuple[str, ...], date: str | None, fields: dict[str, str], settings: Settings
) -> Iterator[list[dict[str, object]]]:
    from kgbuild import ingest
    from kgbuild.graph.rows import statement_to_row
    from kgbuild.pipeline import extract_each
    from kgbuild.types import Record

    n_read = n_skipped = 0
    for outcome in extract_each(ingest.read(files, date=date, fields=fields, language=settings.language), settings):
        if isinstance(outcome, Record):
            n_read += 1
            yield [statement_to_row(statement) for statement in outcome.statements]
        else:
            n_skipped += 1
            ingest.log_skipped([outcome])
    if not n_read:
        raise InputError(f"nothing could be read ({n_skipped} skipped)")


def _rows_of_sentences(files: tuple[str, ...], settings: Settings) -> Iterator[list[dict[str, object]]]:
    from kgbuild.pipeline import extract_sentences

    for file in files:
        if file != "-" and not Path(file).is_file():
            raise InputError(f"{file}: no such file")
    for row in extract_sentences((line for file in files for line in _lines(file)), settings):
        yield [row]


def _lines(file: str) -> Iterator[str]:
    """The lines of a file; what is not UTF-8 in it becomes U+FFFD, so that line numbers stay those of the file."""
    with click.open_file(file, encoding="utf-8-sig", errors="replace") as lines:
        yield from lines
