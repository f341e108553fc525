"""``kgbuild query``."""

from __future__ import annotations

from pathlib import Path

import click

from kgbuild.errors import UsageError

FORMATS = ("table", "csv", "json", "markdown", "turtle")


@click.command(short_help="SPARQL, or a ready-made query, over a graph.")
@click.argument("question", metavar="SPARQL|FILE.rq|NAME", required=False)
@click.option("-g", "--graph", default="output", show_default=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder that build wrote, or a Turtle file.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print it: a table, or Turtle for triples.")
@click.option("--list", "list_names", is_flag=True, help="List the ready-made queries.")
def query(question: str | None, graph: Path, form: str | None, list_names: bool) -> None:
    """Answer a SPARQL query, a .rq file, or a ready-made query by its name.

    The prefixes of the graph need no declaring: e: entities, r: relations, kg: the vocabulary, rdf: rdfs: prov: and
    more. Nothing is fetched from the network; SERVICE is refused.

    \b
    Examples:
      kgbuild query who-denies-what
      kgbuild query 'SELECT ?who WHERE { ?who r:meet e:Sergey_Lavrov }' -g output --format csv
      kgbuild query --list
    """
    from kgbuild.query import named_queries, run_query

    if list_names:
        click.echo("\n".join(f"{name}: {what}" for name, what in named_queries().items()))
        return
    if question is None:
        raise UsageError("nothing to ask; give SPARQL, a .rq file, or a name that kgbuild query --list knows")
    answer = run_query(graph, question)
    click.echo(answer.to_text(form or ("turtle" if answer.form == "graph" else "table")), nl=False)
