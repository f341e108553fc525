"""``kgbuild contradictions``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgbuild.cli.options import graph_option, json_option
from kgbuild.errors import AnswerIsNo


@click.command(short_help="Where the articles contradict each other.")
@graph_option
@click.option("--certain", is_flag=True, help="Only where the days of both are known to overlap.")
@json_option
@click.option("--fail", is_flag=True, help="Exit with 1 if there is a contradiction.")
def contradictions(graph: Path, certain: bool, as_json: bool, fail: bool) -> None:
    """Print the pairs of statements of which one affirms what the other denies, with speakers and sentences.

    Both are actual (not planned, not possible) for whoever says them. A pair is certain if the days of both are known
    to overlap; otherwise it may be that things changed in between.

    \b
    Examples:
      kgbuild contradictions
      kgbuild contradictions --certain --fail
      kgbuild contradictions --json -g output
    """
    from kgbuild.graph import load
    from kgbuild.graph.contradictions import contradictions as find
    from kgbuild.graph.contradictions import to_text

    found = [row for row in find(load(graph)) if row["certain"] or not certain]
    if as_json:
        click.echo("\n".join(json.dumps(row, ensure_ascii=False) for row in found), nl=bool(found))
    else:
        click.echo(to_text(found), nl=False)
    if fail and found:
        raise AnswerIsNo(f"{len(found)} {'contradiction' if len(found) == 1 else 'contradictions'}")
