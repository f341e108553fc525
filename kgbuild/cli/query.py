"""``kgbuild query``."""

from __future__ import annotations

import click


@click.command(short_help="SPARQL over a graph.")
def query() -> None:
    """stub"""
