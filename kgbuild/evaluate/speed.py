"""How fast the analysis of articles is: words a second from text to Doc, memory, and where the time goes.

Each number comes from worker processes started for it, as those of a build. The clock of a shared machine says little,
so processor time stands beside it and the best of several runs counts.
"""

from __future__ import annotations

import os
import platform
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgbuild.analyse import analyse, nlp
from kgbuild.models.clearnlp import NAME as CONVERTER
from kgbuild.models.components import NAME, layout_of, write_annotation
from kgbuild.models.coreference import find_chains
from kgbuild.models.decode import Decoder
from kgbuild.models.sessions import Model

if TYPE_CHECKING:
    from spacy.language import Language

N_WARM = 3
"""Texts that a process reads before its clock starts."""

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_CHUNK = 4
_MB = 1e6 if sys.platform == "darwin" else 1e3
"""What ru_maxrss counts: bytes on macOS, kilobytes elsewhere."""

LABELS = {
    "words_per_s": "words/s, one thread",
    "words_per_cpu_s": "words per second of processor time",
    "words_per_s_two_threads": "words/s, two threads of one process",
    "words_per_s_two_workers": "words/s, two processes",
    "two_threads": "two threads, times one",
    "two_workers": "two processes, times one",
    "two_workers_by_cpu": "two processes, times one, by processor time",
    "memory_mb": "peak memory of a process, MB",
}


@dataclass(frozen=True)
class Run:
    """One run over all texts: words, seconds of the clock and of the processors, peak memory of a process."""

    n_words: int
    elapsed_s: float
    cpu_s: float
    memory_mb: float


def measure_speed(texts: Sequence[str], model: str, repeat: int = 3) -> dict[str, float]:
    """The numbers of `LABELS` for a model."""
    nlp(model)  # so that what is wrong with it is said at once
    one = [_in_processes(texts, model, workers=1) for _ in range(repeat)]
    two = [_in_processes(texts, model, workers=2) for _ in range(repeat)]
    best = max(run.n_words / run.elapsed_s for run in one)
    numbers = {"words_per_s": best, "words_per_cpu_s": max(run.n_words / run.cpu_s for run in one)}
    if NAME in nlp(model).pipe_names:
        threaded = [_in_threads(texts, model) for _ in range(repeat)]
        numbers["words_per_s_two_threads"] = max(run.n_words / run.elapsed_s for run in threaded)
        numbers["two_threads"] = numbers["words_per_s_two_threads"] / best
    numbers["words_per_s_two_workers"] = max(run.n_words / run.elapsed_s for run in two)
    numbers["two_workers"] = numbers["words_per_s_two_workers"] / best
    # What two free cores would give: on a busy machine the clock does not tell.
    numbers["two_workers_by_cpu"] = 2 * min(run.cpu_s for run in one) / min(run.cpu_s for run in two)
    numbers["memory_mb"] = max(run.memory_mb for run in one)
    return {key: round(numbers[key], 2 if key.startswith("two_") else 0) for key in LABELS if key in numbers}


def _in_processes(texts: Sequence[str], model: str, workers: int) -> Run:
    """Texts shared out among processes that have loaded the model and are waiting."""
    from loky import ProcessPoolExecutor

    with ProcessPoolExecutor(workers, env=_ONE_THREAD) as pool:
        wait_s = 1.0
        while len(set(pool.map(_warm, [model] * workers, [texts[:N_WARM]] * workers, [wait_s] * workers))) < workers:
            wait_s *= 2
        at = time.monotonic()
        chunks = [list(texts[i : i + _CHUNK]) for i in range(0, len(texts), _CHUNK)]
        done = list(pool.map(_read, [model] * len(chunks), chunks))
        elapsed_s = time.monotonic() - at
    return Run(sum(d[0] for d in done), elapsed_s, sum(d[1] for d in done), max(d[2] for d in done))


def _warm(model: str, texts: Sequence[str], wait_s: float) -> int:
    """The process that has loaded the model and read some texts; it waits, so that no other does this twice."""
    pipeline = _pipeline(model)
    for text in texts:
        analyse(pipeline, text)
    time.sleep(wait_s)
    return os.getpid()


def _read(model: str, texts: list[str]) -> tuple[int, float, float]:
    """Words, processor seconds, peak memory in MB."""
    began = time.process_time()
    pipeline = _pipeline(model)
    n_words = sum(_n_words(analyse(pipeline, text)) for text in texts)
    return n_words, time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB


def _in_threads(texts: Sequence[str], model: str) -> Run:
    from loky import ProcessPoolExecutor

    with ProcessPoolExecutor(1, env=_ONE_THREAD) as pool:
        run: Run = pool.submit(_pipe, model, list(texts)).result()
    return run


def _pipe(model: str, texts: list[str]) -> Run:
    pipeline = _pipeline(model, 2)
    for _ in pipeline.pipe(texts[:N_WARM]):
        pass
    began, cpu = time.monotonic(), time.process_time()
    n_words = sum(map(_n_words, pipeline.pipe(texts)))
    elapsed_s, cpu_s = time.monotonic() - began, time.process_time() - cpu
    return Run(n_words, elapsed_s, cpu_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _MB)


def _pipeline(model: str, threads: int = 1) -> Language:
    """The pipeline, in a process of its own, without what turns its trees into UD: that is no work of its own."""
    pipeline = nlp(model, threads)
    if CONVERTER in pipeline.pipe_names:
        pipeline.disable_pipe(CONVERTER)
    return pipeline


def _n_words(doc: Any) -> int:
    return sum(not token.is_space for token in doc)


class _Timed(Model):
    """A model that adds up the processor seconds of its graphs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def score(self, *args: Any) -> Any:
        return self._timed("words.onnx", super().score, args)

    def label(self, *args: Any) -> Any:
        return self._timed("labels.onnx", super().label, args)

    def describe(self, *args: Any) -> Any:
        return self._timed("roles.onnx", super().describe, args)

    def rank(self, *args: Any) -> Any:
        return self._timed("coreference.onnx", super().rank, args)

    def _timed(self, name: str, run: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        began = time.thread_time()
        result = run(*args)
        self.seconds[name] += time.thread_time() - began
        return result


def profile(texts: Sequence[str], model: str) -> dict[str, float]:
    """Percentages of the processor time by step, largest first; those of a spaCy pipeline are its components."""
    pipeline = nlp(model)
    seconds = _profile_ours(texts, pipeline) if NAME in pipeline.pipe_names else _profile_other(texts, pipeline)
    total = sum(seconds.values())
    return {step: round(100 * spent / total, 1) for step, spent in sorted(seconds.items(), key=lambda s: -s[1])}


def _profile_ours(texts: Sequence[str], pipeline: Language) -> defaultdict[str, float]:
    component: Any = pipeline.get_pipe(NAME)
    timed = _Timed(component.decoder.model.folder)
    has_coreference, timed.has_coreference = timed.has_coreference, False
    decoder = Decoder(timed)
    steps: defaultdict[str, float] = defaultdict(float)
    for i, text in enumerate([*texts[:N_WARM], *texts]):
        if i == N_WARM:
            steps.clear()
            timed.seconds.clear()
        marks = [time.thread_time()]
        doc = pipeline.make_doc(text)
        marks.append(time.thread_time())
        places, spacings, ends = layout_of(doc)
        words = [doc[k].text for k in places]
        graphs = sum(timed.seconds.values())
        annotation = decoder.annotate(words, spacings, ends)
        graphs = sum(timed.seconds.values()) - graphs
        marks.append(time.thread_time())
        ranker = timed.seconds["coreference.onnx"]
        if has_coreference:
            annotation.chains, annotation.antecedents = find_chains(words, annotation, timed)
        ranker = timed.seconds["coreference.onnx"] - ranker
        marks.append(time.thread_time())
        write_annotation(doc, places, annotation)
        marks.append(time.thread_time())
        spent = [b - a for a, b in pairwise(marks)]
        steps["tokens (spaCy)"] += spent[0]
        steps["word pieces, decoding: trees, lemmas, names, mentions, roles"] += spent[1] - graphs
        steps["coreference: features and links"] += spent[2] - ranker
        steps["writing the Doc"] += spent[3]
    return steps | timed.seconds


def _profile_other(texts: Sequence[str], pipeline: Language) -> defaultdict[str, float]:
    steps: defaultdict[str, float] = defaultdict(float)
    for i, text in enumerate([*texts[:N_WARM], *texts]):
        if i == N_WARM:
            steps.clear()
        began = time.thread_time()
        doc = pipeline.make_doc(text)
        steps["tokens (spaCy)"] += time.thread_time() - began
        for name, component in pipeline.pipeline:
            if name == CONVERTER:
                continue
            began = time.thread_time()
            doc = component(doc)
            steps[name] += time.thread_time() - began
    return steps


def machine() -> dict[str, str]:
    """What ran it: processor, cores, memory, system, versions, and how busy it was."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory_gb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("spacy", "onnxruntime", "numpy"))
    return {
        "processor": f"{_processor()}, {cores} cores, {memory_gb:.0f} GB",
        "system": f"{platform.system()} {platform.release()}, Python {platform.python_version()}, {packages}",
        "load": f"{os.getloadavg()[0]:.1f} processes wanted to run in the minute before",
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def to_report(
    described: Mapping[str, str],
    speeds: Mapping[str, Mapping[str, float]],
    profiles: Mapping[str, Mapping[str, float]],
) -> str:
    """The numbers as lines to read, one column a model."""
    lines = [f"{key:<10} {value}" for key, value in described.items()]
    steps = [step for shares in profiles.values() for step in shares]
    width = max(map(len, [*LABELS.values(), *steps])) + 2
    sizes = {model: max(len(model), 8) for model in speeds}
    lines += ["", " " * width + "".join(f"  {model:>{size}}" for model, size in sizes.items())]
    for key, label in LABELS.items():
        digits = 2 if key.startswith("two_") else 0
        cells = [f"{numbers[key]:,.{digits}f}" if key in numbers else "–" for numbers in speeds.values()]
        row = "".join(f"  {cell:>{size}}" for cell, size in zip(cells, sizes.values(), strict=True))
        lines.append(f"{label:<{width}}{row}")
    for model, shares in profiles.items():
        lines += ["", f"where the processor time of {model} goes, %"]
        lines += [f"  {step:<{width}}{share:6.1f}" for step, share in shares.items()]
    return "\n".join(lines)
