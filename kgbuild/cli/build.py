"""``kgbuild build``."""

from __future__ import annotations

import click

from kgbuild.cli.console import closing_line, messages, progress
from kgbuild.cli.options import (
    confidence_option,
    events_option,
    input_options,
    output_options,
    parse_fields,
    read_events,
    to_sources,
)  # fmt: skip
from kgbuild.settings import DATA_IRI, Settings


@click.command(short_help="Articles → a graph: HTML page, Turtle, tables.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("-o", "--output", default="output", show_default=True, metavar="DIR", help="Folder for the output files.")
@input_options
@click.option("--workers", type=click.IntRange(min=1), metavar="N", help="Processes; by itself 1, more for much text.")
@click.option(
    "--assert",
    "asserted",
    type=click.Choice(["reported", "attributed"]),
    default="reported",
    show_default=True,
    help="What may become a plain edge: what the articles report in their own voice, or speakers' claims too.",
)
@events_option
@confidence_option
@click.option("--base-iri", default=DATA_IRI, metavar="IRI", help="Where the graph's own IRIs begin.")
@output_options
def build(
    paths: tuple[str, ...],
    output: str,
    date: str | None,
    language: str | None,
    fields: tuple[str, ...],
    model: str,
    workers: int | None,
    asserted: str,
    events: str | None,
    min_confidence: float,
    base_iri: str,
    quiet: bool,
    verbose: bool,
) -> None:
    """Read articles and write their knowledge graph into a folder.

    PATH is a file (.txt .md .html .json .jsonl), a folder, a glob, a URL, or - for the standard input; without one, the
    folder seeds is read. Dates and outlets come from the files, or from a sources.tsv beside them with the
    tab-separated columns file, title, date, outlet, url.

    \b
    Examples:
      kgbuild build seeds -o output
      kgbuild build "news/**/*.html" feed.jsonl --workers 4
      kgbuild build dump.jsonl --field text=body --field outlet=source.name
      kgbuild build note.txt --date 2022-02-15
      kgbuild build seeds --min-confidence 0.8
    """
    from kgbuild.pipeline import build as build_graph

    settings = Settings(model, language, asserted == "attributed", base_iri, read_events(events), min_confidence)
    with messages(quiet=quiet, verbose=verbose):
        with progress(quiet=quiet) as tell:
            kg = build_graph(
                to_sources(paths or ("seeds",)),
                output,
                settings=settings,
                workers=workers,
                date=date,
                fields=parse_fields(fields),
                progress=tell,
            )
        if not quiet:
            click.echo(f"kgbuild: {closing_line(kg, output)}", err=True)
