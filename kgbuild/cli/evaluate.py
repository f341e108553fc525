"""``kgbuild evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgbuild.cli.options import model_option

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(short_help="How good the language model is on annotated text.")
def evaluate() -> None:
    """Measure against annotated text."""


@evaluate.command("model", short_help="Tags, lemmas and trees against a CoNLL-U file.")
@click.option(
    "--conllu",
    required=True,
    type=EXISTING,
    help="Annotated sentences; their own tokens and sentence ends are used.",
)
@click.option("--without", multiple=True, metavar="PREFIX", help="Leave out documents whose id begins so. Repeatable.")
@click.option("--names", type=EXISTING, help="Names of the same or other sentences (Universal NER, .iob2).")
@click.option("--coreference", is_flag=True, help="Score chains too, on the entities of the CoNLL-U file.")
@click.option("--roles", type=EXISTING, help="Predicates and roles of its sentences (JSON lines).")
@click.option("--factuality", type=EXISTING, help="Factuality of its predicates (JSON lines).")
@model_option
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON object with the keys upos, xpos, lemma, uas, las and more."
)
def model(
    conllu: Path,
    without: tuple[str, ...],
    names: Path | None,
    coreference: bool,
    roles: Path | None,
    factuality: Path | None,
    model: str,
    as_json: bool,
) -> None:
    """Score the language model on a CoNLL-U file: UPOS, XPOS, lemma, UAS and LAS, in percent of the words.

    Relations are compared before the colon; punctuation counts. Further files and layers as asked for, in percent too
    but for factuality (Pearson's r and mean error).

    \b
    Example:
      kgbuild evaluate model --conllu en_gum-ud-test.conllu --without GUM_fiction --without GUM_whow
    """
    from kgbuild.evaluate.coreference import score_coreference
    from kgbuild.evaluate.model import score_conllu, score_names
    from kgbuild.evaluate.roles import score_factuality, score_roles

    scores = score_conllu(conllu, model=model, without=without)
    asked: dict[str, float] = {}
    if names is not None:
        asked |= {f"names_{k}": v for k, v in score_names(names, model=model).items()}
    if coreference:
        asked |= {f"coref_{k}": v for k, v in score_coreference(conllu, model=model, without=without).items()}
    if roles is not None:
        asked |= score_roles(conllu, roles, model=model)
    if factuality is not None:
        asked |= {f"factuality_{k}": v for k, v in score_factuality(conllu, factuality, model=model).items()}
    if as_json:
        five = {name: scores[name] for name in ("upos", "xpos", "lemma", "uas", "las")}
        click.echo(json.dumps(five | asked))
    else:
        scores |= asked
        width = max(map(len, scores)) + 2
        click.echo("\n".join(f"{name.upper():<{width}}{value:6.2f}" for name, value in scores.items()))
