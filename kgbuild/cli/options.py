"""Options that several commands share, and what their values mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kgbuild.errors import InputError, UsageError
from kgbuild.settings import MODEL

Command = TypeVar("Command", bound=Callable[..., Any])

model_option = click.option(
    "--model", default=MODEL, show_default=True, metavar="NAME", help="Ours, a folder of one, or a spaCy pipeline."
)

quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")


graph_option = click.option(
    "-g", "--graph", default="output", show_default=True, type=click.Path(path_type=Path), metavar="DIR",
    help="Folder that build wrote, or a Turtle file.",
)  # fmt: skip
limit_option = click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Lines under each heading; all by itself."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
events_option = click.option(
    "--events", metavar="FILE", help="Event classes of your own words, as in ontology/events.tsv, tried before those."
)

confidence_option = click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, show_default=True, metavar="P",
    help="Leave out statements that are less likely right, such as 0.8.",
)  # fmt: skip


def read_events(path: str | None) -> str:
    """The text of the table of event classes, "" without one. Raises `InputError` for a file that cannot be read or a
    line that is malformed."""
    if path is None:
        return ""
    from kgbuild.extract.event_classes import parse_rules

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from error
    for _ in parse_rules(text, path):
        pass
    return text


def input_options(command: Command) -> Command:
    """``--date``, ``--language``, ``--field`` and ``--model``."""
    for option in (
        model_option,
        click.option(
            "--field",
            "fields",
            multiple=True,
            metavar="FIELD=KEY",
            help="JSON input: the key that holds a field, such as text=body or outlet=source.name. Repeatable.",
        ),
        click.option("--language", metavar="CODE", help="Take all articles to be in it (en); do not detect it."),
        click.option("--date", metavar="DATE", help="Publication date of articles that have none (YYYY-MM-DD)."),
    ):
        command = option(command)
    return command


def output_options(command: Command) -> Command:
    """``--quiet`` and ``--verbose``."""
    for option in (
        click.option("-v", "--verbose", is_flag=True, help="Say more; show where the analysis of an article failed."),
        quiet_option,
    ):
        command = option(command)
    return command


def parse_fields(pairs: tuple[str, ...]) -> dict[str, str]:
    """``("text=body",)`` → ``{"text": "body"}``. Raises `UsageError` for a pair without "="."""
    fields: dict[str, str] = {}
    for pair in pairs:
        name, equals, key = pair.partition("=")
        if not equals or not name.strip() or not key.strip():
            raise UsageError(f"--field {pair}: give a field and a key, such as --field text=body")
        fields[name.strip()] = key.strip()
    return fields


def to_sources(paths: tuple[str, ...]) -> list[str | Path]:
    """Arguments as paths and URLs: unlike a string in Python, none of them is ever taken for a text."""
    return [path if "://" in path else Path(path) for path in paths]
