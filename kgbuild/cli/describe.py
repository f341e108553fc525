"""``kgbuild describe``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgbuild.cli.options import graph_option, json_option, limit_option


@click.command(short_help="All that a graph says about one entity.")
@click.argument("entity")
@graph_option
@limit_option
@json_option
def describe(entity: str, graph: Path, limit: int | None, as_json: bool) -> None:
    """Print what the articles say about ENTITY: asserted, claimed, denied and planned, what it says itself, a timeline
    and the sources.

    ENTITY is a name, an alias, an id or an IRI (e:Antony_Blinken).

    \b
    Examples:
      kgbuild describe Lavrov
      kgbuild describe Ukraine --limit 5
      kgbuild describe e:Antony_Blinken --json -g output
    """
    from kgbuild.graph import load
    from kgbuild.graph.describe import describe as describe_entity
    from kgbuild.graph.describe import to_text

    found = describe_entity(load(graph), entity)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        click.echo(to_text(found, limit), nl=False)
