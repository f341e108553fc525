"""``kgbuild check``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgbuild.cli.options import quiet_option
from kgbuild.errors import AnswerIsNo


@click.command(short_help="Whether a graph keeps what it promises.")
@click.argument("source", default="output", metavar="[DIR]", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding.")
@quiet_option
def check(source: Path, as_json: bool, quiet: bool) -> None:
    """Check the graph in DIR (default: output), or a Turtle file alone.

    Files are what run.json says; nodes have the shapes of ontology/shapes.ttl (SHACL); nothing denied, planned or
    claimed is a plain edge; offsets lead to the words that they stand for. What is wrong is printed, one line each, and
    the exit code is 1.

    \b
    Examples:
      kgbuild check output
      kgbuild check graph.ttl --json
    """
    from kgbuild.graph.validate import validate

    findings = validate(source)
    for finding in findings:
        row = {"kind": finding.kind, "where": finding.where, "what": finding.what}
        click.echo(json.dumps(row, ensure_ascii=False) if as_json else str(finding))
    if findings:
        n = len(findings)
        raise AnswerIsNo(f"{source}: {n} {'thing is' if n == 1 else 'things are'} not as they should be")
    if not quiet and not as_json:
        click.echo(f"{source}: all is as it should be")
