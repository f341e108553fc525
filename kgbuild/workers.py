"""The per-article work, in this process or in several. Results come in the order of the articles either way.

Worker processes are loky's: unlike those of multiprocessing they need no ``if __name__ == "__main__"`` in the user's
script, and a killed one is an error instead of a hang.
"""

from __future__ import annotations

import json
import logging
import os
import signal
import traceback
import warnings
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.errors import KgbuildError, UsageError
from kgbuild.settings import MODEL, Settings
from kgbuild.types import Article, Record, Skipped, content_id

if TYPE_CHECKING:
    from kgbuild.extract.explain import Explanation

MIN_CHARACTERS = 300_000
"""Characters from which several processes start by themselves: 15 s of work for one, against 3 s to load a model."""
MAX_WORKERS = 4
"""Processes that start by themselves at most: each holds a model, half a gigabyte."""
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_CHUNK = 4
_log = logging.getLogger("kgbuild")


def record_of(article: Article, settings: Settings) -> Record:
    """What one article contributes. The model is loaded once per process and runs on one thread."""
    from kgbuild.analyse import analyse, nlp
    from kgbuild.extract import extract

    return extract(analyse(nlp(settings.model, threads=1), article.text), article, settings)


def _load(settings: Settings) -> None:
    """Load the code and the model, so that what is wrong with them is no article's failure."""
    from kgbuild import extract  # noqa: F401
    from kgbuild.analyse import nlp

    nlp(settings.model, threads=1)


def explanations_of(article: Article, settings: Settings) -> list[Explanation]:
    """The statements of one article, each with the reasons for its parts."""
    from kgbuild.analyse import analyse, nlp
    from kgbuild.extract import extractor_of
    from kgbuild.extract.explain import explain

    return explain(extractor_of(analyse(nlp(settings.model, threads=1), article.text), article, settings))


def surface_rows_of(article: Article, settings: Settings, sentence_id: int) -> list[dict[str, object]]:
    """The binary extractions of one sentence, given as an article of its own, in the words of the sentence."""
    from kgbuild.analyse import analyse, nlp
    from kgbuild.extract import extractor_of
    from kgbuild.extract import record_of as read
    from kgbuild.extract.surface import surface_rows

    extractor = extractor_of(analyse(nlp(settings.model, threads=1), article.text), article, settings)
    return surface_rows(extractor, read(extractor), sentence_id)


def model_id(name: str) -> str:
    """What a graph says of its language model: name, version, and for a folder of ours a hash of its weights."""
    from kgbuild import models

    folder = Path(models.__file__).parent if name == MODEL else Path(name)
    if (folder / "manifest.json").is_file():
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        return f"{manifest['name']} {manifest['version']} {content_id(manifest['files'])}"
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return name


def records_of(
    articles: Sequence[Article], settings: Settings, workers: int | None = None, *, strict: bool = False
) -> Iterator[Record | Skipped]:
    """The records of ``articles``, in their order; `Skipped` where the analysis failed, or, if ``strict``, its error.

    ``workers``: number of processes, 1 for none beside this one; None decides by the amount of text. Raises
    `MissingError` where the model is missing.
    """
    if workers is None:
        large = sum(len(article.text) for article in articles) >= MIN_CHARACTERS
        workers = min(MAX_WORKERS, _n_cores()) if large else 1
    if workers < 1:
        raise UsageError(f"{workers} workers cannot work; give 1 or more")
    jobs = [(article, settings, strict) for article in articles]
    outcomes = map(_try, jobs) if min(workers, len(jobs)) <= 1 else _in_processes(jobs, workers)
    for outcome, trace in outcomes:
        if trace:
            _log.debug("%s", trace)
        yield outcome


def _n_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_Job = tuple[Article, Settings, bool]
_Outcome = tuple[Record | Skipped, str | None]


def _try(job: _Job) -> _Outcome:
    """The outcome of one article, with the traceback where its analysis failed."""
    article, settings, strict = job
    _load(settings)
    try:
        return record_of(article, settings), None
    except KgbuildError:
        raise
    except Exception as error:  # one article's failure is reported and must not cost the others
        if strict:
            raise
        reason = f"the analysis failed ({type(error).__name__}: {' '.join(str(error).split())[:200]}); please report it"
        return Skipped(article.path or article.title or article.id, reason), traceback.format_exc()


def _try_each(jobs: Sequence[_Job]) -> list[_Outcome]:
    return [_try(job) for job in jobs]


def _ignore_interrupts() -> None:
    """Ctrl-C goes to all processes of a terminal; the one that the user started deals with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _in_processes(jobs: Sequence[_Job], workers: int) -> Iterator[_Outcome]:
    from loky import get_reusable_executor
    from loky.process_executor import BrokenProcessPool

    # An idle worker that ends just as work comes is replaced; nothing is lost, and nobody needs to be told.
    warnings.filterwarnings("ignore", message="A worker stopped while some jobs were given")
    workers = min(workers, len(jobs))
    size = max(1, min(_CHUNK, len(jobs) // workers))
    executor = get_reusable_executor(max_workers=workers, env=_ONE_THREAD, initializer=_ignore_interrupts)
    try:
        chunks = [executor.submit(_try_each, jobs[i : i + size]) for i in range(0, len(jobs), size)]
        for chunk in chunks:
            yield from chunk.result()
    except BrokenProcessPool as error:
        raise KgbuildError("a worker process was ended from outside (too little memory?); try fewer workers") from error
    except BaseException:
        executor.shutdown(wait=True, kill_workers=True)
        raise
