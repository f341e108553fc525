"""What a person sees on stderr: messages of the library as lines, a progress bar, the closing summary."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kgbuild.graph import KnowledgeGraph

BAR_WIDTH = 30
_ERASE = "\r\x1b[K"


class _Lines(logging.Handler):
    """A record of the log as one line beginning "kgbuild:"; a traceback in full."""

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if record.levelno > logging.DEBUG:
            message = f"kgbuild: {' '.join(message.split())}"
        click.echo((_ERASE if _is_terminal() else "") + message, err=True)


@contextmanager
def messages(*, quiet: bool = False, verbose: bool = False, level: int = logging.WARNING) -> Iterator[None]:
    """While this is open, what kgbuild logs is printed, from `level` on."""
    log = logging.getLogger("kgbuild")
    handler = _Lines()
    old = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.ERROR if quiet else logging.DEBUG if verbose else level)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.level, log.propagate = old


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """A bar that is told (done, total), on a terminal only."""
    if quiet or not _is_terminal():
        yield None
        return
    began = time.monotonic()

    def draw(n_done: int, n_total: int) -> None:
        filled = BAR_WIDTH * n_done // n_total
        left_s = (time.monotonic() - began) / n_done * (n_total - n_done)
        bar = "█" * filled + "░" * (BAR_WIDTH - filled)
        click.echo(f"{_ERASE}{bar} {n_done} of {n_total} articles, {left_s:.0f} s left", err=True, nl=False)

    try:
        yield draw
    finally:
        click.echo(_ERASE, err=True, nl=False)


def _is_terminal() -> bool:
    return sys.stderr.isatty()


def closing_line(kg: KnowledgeGraph, output: str) -> str:
    """What a build came to, in one line."""
    from kgbuild.ingest import summary

    n = kg.counts()
    parts = ", ".join(f"{n[kind]} {kind}" for kind in ("asserted", "claimed", "denied", "planned"))
    line = f"{_n(n['articles'], 'article')}, {_n(n['statements'], 'statement')} ({parts}), "
    line += f"{_n(n['entities'], 'entity', 'entities')} in {output}"
    if kg.skipped:
        line += f"; skipped {len(kg.skipped)}: {summary(kg.skipped)}"
    return line


def _n(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
