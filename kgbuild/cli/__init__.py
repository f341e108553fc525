"""The command line: thin commands over the library. Data goes to stdout or into files, everything else to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from kgbuild import __version__
from kgbuild.cli.build import build
from kgbuild.cli.check import check
from kgbuild.cli.contradictions import contradictions
from kgbuild.cli.describe import describe
from kgbuild.cli.diff import diff
from kgbuild.cli.evaluate import evaluate
from kgbuild.cli.export import export
from kgbuild.cli.extract import extract
from kgbuild.cli.query import query
from kgbuild.cli.show import show
from kgbuild.cli.train import train
from kgbuild.cli.version import version
from kgbuild.errors import KgbuildError

WRONG_USE = 2
INTERRUPTED = 130
PIPE_CLOSED = 141


class _Commands(click.Group):
    """The one place that turns an error into a line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read the output has enough; without this, Python complains when it flushes at the end.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(PIPE_CLOSED)
        return result

    def main(self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any) -> Any:  # type: ignore[override]
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name or "kgbuild", **extra)
        except KgbuildError as error:
            code = _fail(str(error), error.exit_code)
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else "kgbuild"
            code = _fail(f"{error.format_message()} (see {path} --help)", WRONG_USE)
        except click.ClickException as error:
            code = _fail(error.format_message(), error.exit_code)
        except (KeyboardInterrupt, click.Abort):
            code = _fail("interrupted", INTERRUPTED)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            code = _fail(f"{where}{error.strerror or error}", WRONG_USE)
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> int:
    click.echo(f"kgbuild: {' '.join(message.split())}", err=True)
    return code


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done; 1 ran, and the answer is no; 2 wrong use or unreadable input; "
    "3 a model or an extra is missing.",
)
@click.version_option(__version__, message="kgbuild %(version)s")
def main() -> None:
    """From news articles to a knowledge graph that never says more than the articles did.

    \b
    Examples:
      kgbuild build articles/ -o output             # articles → graph.html, graph.ttl, tables
      kgbuild query "SELECT ?who ?what WHERE { ?who r:meet ?what }"
      kgbuild query timeline -p about=Ukraine       # ready-made questions; kgbuild query --list
      kgbuild describe Ukraine                      # all that is said about somebody
      kgbuild export output --format gexf           # for Gephi, spreadsheets, Neo4j, SQLite and more
      kgbuild show output                           # where to open the interactive graph
      kgbuild extract article.txt | head            # statements as JSON lines
    """


for _command in (build, extract, export, query, describe, contradictions, diff, check, show, evaluate, train, version):
    main.add_command(_command)
