"""``kgbuild evaluate``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kgbuild.errors import AnswerIsNo, UsageError
from kgbuild.settings import MODEL

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)
SAME = "-"
"""Stands for the file of --conllu."""

models_option = click.option(
    "--model",
    "models",
    multiple=True,
    default=(MODEL,),
    show_default=True,
    metavar="NAME",
    help="Ours, a folder of one, or a spaCy pipeline. Repeatable: one column each.",
)


@click.group(short_help="How good the language model is on annotated text.")
def evaluate() -> None:
    """Measure against annotated text."""


@evaluate.command("model", short_help="Scores on annotated files, beside another model's.")
@click.option("--conllu", required=True, type=EXISTING, help="Sentences with tags and trees (CoNLL-U).")
@click.option("--without", multiple=True, metavar="PREFIX", help="Leave out documents whose id begins so. Repeatable.")
@click.option("--names", type=EXISTING, help="Names of the same or other sentences (Universal NER, .iob2).")
@click.option(
    "--coreference",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    is_flag=False,
    flag_value=SAME,
    help="Chains of a CoNLL-U file with GUM's entities; without a FILE, those of the --conllu file.",
)
@click.option("--roles", type=EXISTING, help="Predicates and roles of the sentences of --conllu (JSON lines).")
@click.option("--factuality", type=EXISTING, help="Factuality of predicates of --conllu (JSON lines).")
@click.option(
    "--events",
    type=click.Path(exists=True, path_type=Path),
    help="Events that happened, in other texts: a LitBank passage (.tsv) or a folder of them.",
)
@models_option
@click.option(
    "--floors",
    "set_name",
    metavar="SET",
    help="Fail if a score is below its floor in this set, ewt or gum (their test files; gum without fiction and whow).",
)
@click.option("--floors-file", type=EXISTING, help="Floors of your own instead of those of the package (JSON).")
@click.option("--pin", is_flag=True, help="Raise the floors of the set to what is measured; none is lowered.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object of all scores: upos, xpos, lemma, uas, las, …")
def model(
    conllu: Path,
    without: tuple[str, ...],
    names: Path | None,
    coreference: Path | None,
    roles: Path | None,
    factuality: Path | None,
    events: Path | None,
    models: tuple[str, ...],
    set_name: str | None,
    floors_file: Path | None,
    pin: bool,
    as_json: bool,
) -> None:
    """Score a language model on annotated files.

    Tags and trees are scored on gold tokens and sentences, on gold tokens with the model's own sentences, and from raw
    text. Relations are compared before the colon; punctuation counts. Nested mentions are scored where the CoNLL-U file
    has GUM's entities. A spaCy pipeline is scored on what it has, its trees turned into UD. With --floors the exit code
    is 1 if a score is below its floor, or has one and was not measured.

    \b
    Examples:
      kgbuild evaluate model --conllu en_gum-ud-test.conllu --without GUM_fiction --without GUM_whow --coreference
      kgbuild evaluate model --conllu en_ewt-ud-test.conllu --names en_ewt-ud-test.iob2 --json
      kgbuild evaluate model --conllu en_ewt-ud-test.conllu --model default --model en_core_web_sm
      kgbuild evaluate model --conllu mine.conllu --floors mine --floors-file floors.json --pin
    """
    from kgbuild.evaluate import floors as its
    from kgbuild.evaluate.scores import Files, measure, to_table

    path = floors_file or its.FLOORS
    floors = its.read_floors(path) if set_name else {}
    if set_name and len(models) > 1:
        raise UsageError("--floors is about one model; give one --model")
    if set_name and not pin and set_name not in floors:
        raise UsageError(f"--floors {set_name}: no such set in {path}; known are {', '.join(floors) or 'none'}")
    if pin and not set_name:
        raise UsageError("--pin needs --floors SET, the set to pin")
    chains = conllu if str(coreference) == SAME else coreference
    files = Files(conllu, without, names, chains, roles, factuality, events)
    measured = {name: measure(files, name) for name in models}
    if not as_json:
        click.echo(to_table(measured))
    else:
        click.echo(json.dumps(measured[models[0]] if len(models) == 1 else measured))
    if set_name is None:
        return
    scores, its_floors = measured[models[0]], floors.get(set_name, {})
    found = its.below(scores, its_floors)
    if found:
        raise AnswerIsNo(f"below the floors of {set_name}: {'; '.join(found)}")
    if pin:
        its.write_floors(path, floors | {set_name: its.raised(scores, its_floors)})


@evaluate.command("speed", short_help="Words a second, memory, and where the time goes.")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@models_option
@click.option("--repeat", default=3, show_default=True, type=click.IntRange(min=1), help="Runs; the best one counts.")
@click.option("--words", "n_words", default=30_000, show_default=True, type=click.IntRange(min=1), metavar="N",
              help="Read the articles again until so many words are read, and stop after them.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def speed(paths: tuple[str, ...], models: tuple[str, ...], repeat: int, n_words: int, as_json: bool) -> None:
    """Measure how fast articles are analysed, from text to Doc, with one thread, two threads and two processes.

    PATH is what build reads; without one, the folder seeds is read. On a machine that other work shares, look at the
    words per second of processor time.

    \b
    Examples:
      kgbuild evaluate speed
      kgbuild evaluate speed news/ --model default --model en_core_web_sm
    """
    from kgbuild import ingest
    from kgbuild.errors import InputError
    from kgbuild.evaluate.speed import machine, measure_speed, profile, to_report
    from kgbuild.types import Article

    read = ingest.read(paths or ("seeds",), language="en")
    articles = [item.text for item in read if isinstance(item, Article)]
    if not articles:
        raise InputError("there is nothing to read")
    texts: list[str] = []
    read_words = 0
    while read_words < n_words:
        texts.append(articles[len(texts) % len(articles)])
        read_words += len(texts[-1].split()) or 1
    described = machine() | {"texts": f"{len(texts)} articles of {len(articles)}, {read_words:,} words"}
    speeds = {name: measure_speed(texts, name, repeat) for name in models}
    profiles = {name: profile(texts, name) for name in models}
    if not as_json:
        click.echo(to_report(described, speeds, profiles))
    else:
        click.echo(json.dumps({"machine": described, "speed": speeds, "profile": profiles}, ensure_ascii=False))


@evaluate.command("benchmark", short_help="What writing, loading, asking and checking a graph costs.")
@click.option("--statements", "n_statements", default=20_000, show_default=True, type=click.IntRange(min=100),
              help="Size of the graph, which is made up in the shape of one built from news.")  # fmt: skip
@click.option("--rdflib", "with_rdflib", is_flag=True, help="Ask the named queries in rdflib too (minutes).")
@click.option("--check", "with_check", is_flag=True, help="Time kgbuild check too (minutes).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def benchmark(n_statements: int, with_rdflib: bool, with_check: bool, as_json: bool) -> None:
    """Measure a graph of many statements: seconds of the processor, megabytes, and each named query.

    \b
    Examples:
      kgbuild evaluate benchmark
      kgbuild evaluate benchmark --statements 200000 --json
    """
    from kgbuild.evaluate.benchmark import measure as measure_graph
    from kgbuild.evaluate.speed import machine

    found, described = measure_graph(n_statements, with_rdflib=with_rdflib, with_check=with_check), machine()
    if as_json:
        click.echo(json.dumps({"machine": described, **found.to_dict()}, ensure_ascii=False))
    else:
        click.echo("".join(f"{key}: {value}\n" for key, value in described.items()) + found.to_text(), nl=False)


@evaluate.command("times", short_help="Days of time expressions against TIMEX3 values.")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--errors", "show_errors", is_flag=True, help="List the expressions whose days are missed.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with the keys gold, found and values.")
def times(folder: Path, show_errors: bool, as_json: bool) -> None:
    """Score the days that expressions of time denote on articles annotated with TIMEX3, as those of MEANTIME.

    FOLDER holds gold/ID.xml (CAT), texts/ID.txt, tokens/ID.tsv and sources.tsv. Dates with a value that names days
    count; a value is right if ours names just these days.

    \b
    Example:
      kgbuild evaluate times meantime/
    """
    from kgbuild.evaluate.times import score_times

    score = score_times(folder)
    if as_json:
        click.echo(json.dumps({"gold": score.gold, **score.shares()}))
        return
    for name, share in score.shares().items():
        click.echo(f"{name:<8}{share:6.2f}  of {score.gold}")
    if show_errors:
        click.echo("\n".join(score.missed))


@evaluate.command("factuality", short_help="Whether what is asserted happened, by annotators.")
@click.argument("path", type=EXISTING, metavar="FILE")
@click.option("--least", default=0.8, show_default=True, type=click.FloatRange(min=0),
              help="Leave out verbs whose annotated number is smaller in size.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def factuality(path: Path, least: float, as_json: bool) -> None:
    """Compare statements with annotated factuality: is one positive and actual where the event happened?

    FILE holds JSON lines of sentences with the keys text, tokens and predicates (id, factuality). Percentages:
    accuracy over verbs that have a statement; accuracy_all over all verbs; gate by the truth gate, which leaves out
    what somebody says as well; covered, the verbs that have a statement; always, what asserting everything reaches.

    \b
    Example:
      kgbuild evaluate factuality uds-dev.jsonl
    """
    from kgbuild.evaluate.factuality import score_assertions

    scores = score_assertions(path, least=least)
    if as_json:
        click.echo(json.dumps(scores))
    else:
        click.echo("\n".join(f"{name:<14}{value:8.2f}" for name, value in scores.items()))
