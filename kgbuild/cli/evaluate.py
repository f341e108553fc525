"""``kgbuild evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgbuild.cli.options import model_option


@click.group(short_help="How good the language model is on annotated text.")
def evaluate() -> None:
    """Measure against annotated text."""


@evaluate.command("model", short_help="Tags, lemmas and trees against a CoNLL-U file.")
@click.option(
    "--conllu",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Annotated sentences; their own tokens and sentence ends are used.",
)
@click.option("--without", multiple=True, metavar="PREFIX", help="Leave out documents whose id begins so. Repeatable.")
@model_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the keys upos, xpos, lemma, uas, las.")
def model(conllu: Path, without: tuple[str, ...], model: str, as_json: bool) -> None:
    """Score the language model on a CoNLL-U file: UPOS, XPOS, lemma, UAS and LAS, in percent of the words.

    Relations are compared before the colon; punctuation counts.

    \b
    Example:
      kgbuild evaluate model --conllu en_gum-ud-test.conllu --without GUM_fiction --without GUM_whow
    """
    from kgbuild.evaluate.model import score_conllu

    scores = score_conllu(conllu, model=model, without=without)
    if as_json:
        click.echo(json.dumps({name: scores[name] for name in ("upos", "xpos", "lemma", "uas", "las")}))
    else:
        click.echo("\n".join(f"{name.upper():<14}{value:6.2f}" for name, value in scores.items()))
