"""``kgbuild diff``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgbuild.cli.options import json_option, limit_option
from kgbuild.errors import AnswerIsNo


@click.command(short_help="What differs between two graphs.")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@limit_option
@json_option
@click.option("--fail", is_flag=True, help="Exit with 1 if anything differs.")
def diff(old: Path, new: Path, limit: int | None, as_json: bool, fail: bool) -> None:
    """Print the articles, entities, statements and merges of the folder NEW that appeared, vanished or changed
    since OLD.

    \b
    Examples:
      kgbuild diff output output
      kgbuild diff yesterday today --limit 20
      kgbuild diff yesterday today --json --fail
    """
    from kgbuild.graph import load
    from kgbuild.graph.difference import diff as find_difference

    found = find_difference(load(old), load(new))
    text = json.dumps(found.to_dict(), ensure_ascii=False, indent=1) + "\n" if as_json else found.to_text(limit)
    click.echo(text, nl=False)
    if fail and found:
        raise AnswerIsNo(f"{old} and {new} differ")
