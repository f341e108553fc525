"""``kgbuild query``."""

from __future__ import annotations

from pathlib import Path

import click

from kgbuild.errors import AnswerIsNo, UsageError

FORMATS = ("table", "csv", "json", "markdown", "turtle")


@click.command(short_help="SPARQL, or a ready-made query, over a graph.")
@click.argument("question", metavar="SPARQL|FILE.rq|NAME", required=False)
@click.option("-g", "--graph", default="output", show_default=True, type=click.Path(path_type=Path), metavar="DIR",
              help="Folder that build wrote, or a Turtle file.")  # fmt: skip
@click.option("-p", "--param", "pairs", multiple=True, metavar="NAME=VALUE",
              help="What to ask for: -p about=Ukraine. Repeatable.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS), help="How to print it: a table, or Turtle for triples.")
@click.option("--fail", is_flag=True, help="Exit with 1 if the answer is no, or nothing was found.")
@click.option("--list", "list_names", is_flag=True, help="List the ready-made queries and their parameters.")
@click.option("--text", "show_text", is_flag=True, help="Print the query instead of its answer.")
def query(
    question: str | None,
    graph: Path,
    pairs: tuple[str, ...],
    form: str | None,
    fail: bool,
    list_names: bool,
    show_text: bool,
) -> None:
    """Answer a SPARQL query, a .rq file, or a ready-made query by its name.

    The prefixes of the graph need no declaring: e: entities, r: relations, kg: the vocabulary, rdf: rdfs: prov: and
    more. Nothing is fetched from the network; SERVICE is refused.

    \b
    Examples:
      kgbuild query --list
      kgbuild query who-denies-what
      kgbuild query timeline -p about=Ukraine -p since=2022-01-01
      kgbuild query 'SELECT ?who WHERE { ?who r:meet e:Sergey_Lavrov }' -g output --format csv
      kgbuild query 'ASK { e:Russia r:attack e:Ukraine }' --fail
      kgbuild query timeline --text > mine.rq
    """
    from kgbuild.query import find_query, named_queries, run_query

    if list_names:
        click.echo("\n".join(known.help() for known in named_queries().values()))
        return
    if question is None:
        raise UsageError("nothing to ask; give SPARQL, a .rq file, or a name that kgbuild query --list knows")
    if show_text:
        click.echo(find_query(question), nl=False)
        return
    answer = run_query(graph, question, _parameters(pairs))
    click.echo(answer.to_text(form or ("turtle" if answer.form == "graph" else "table")), nl=False)
    if fail and not answer:
        raise AnswerIsNo("the answer is no" if answer.form == "ask" else "nothing was found")


def _parameters(pairs: tuple[str, ...]) -> dict[str, str]:
    """``("about=Ukraine",)`` → ``{"about": "Ukraine"}``."""
    values: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip() or not value.strip():
            raise UsageError(f"--param {pair}: give a name and a value, such as --param about=Ukraine")
        values[name.strip()] = value.strip()
    return values
