"""What the views of a graph cost: seconds and memory for writing, loading, asking and checking one of a given size.

The clock of a shared machine says little, so seconds are those of the processor.
"""

from __future__ import annotations

import gc
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kgbuild.evaluate.synthetic import synthetic_graph
from kgbuild.graph import load, save
from kgbuild.graph.as_rdf import write_turtle
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.query import named_queries, open_store, run_query

MB = 1_000_000


@dataclass
class Benchmark:
    """Numbers by name: seconds of processor time, megabytes, counts; and seconds of each named query."""

    numbers: dict[str, float] = field(default_factory=dict)
    queries: dict[str, float] = field(default_factory=dict)
    rdflib_queries: dict[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"numbers": self.numbers, "queries": self.queries, "rdflib_queries": self.rdflib_queries}

    def to_text(self) -> str:
        lines = [f"{name:<28}{value:12.2f}" for name, value in self.numbers.items()]
        for engine, found in (("pyoxigraph", self.queries), ("rdflib", self.rdflib_queries)):
            if found:
                slowest = max(found, key=lambda name: found[name])
                lines.append(f"{f'slowest query, {engine}':<28}{found[slowest]:12.2f}  {slowest}")
        return "\n".join(lines) + "\n"


def measure(n_statements: int, *, with_rdflib: bool = False, with_check: bool = False) -> Benchmark:
    """Make a graph, write and load it in a temporary folder, and ask every named query."""
    found = Benchmark()
    numbers = found.numbers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "graph"
        kg = synthetic_graph(n_statements)
        numbers["statements"] = len(kg.statements)
        save(kg, folder)
        del kg
        numbers |= _write_numbers(folder)
        numbers["load Turtle, s"], store = _timed(lambda: open_store(folder / "graph.ttl"))
        numbers["triples"] = len(store)
        for query in named_queries():
            found.queries[query], _ = _timed(lambda query=query: run_query(store, query))  # type: ignore[misc]
        if with_rdflib:
            del store
            found.rdflib_queries = dict(_rdflib_queries(folder))
        if with_check:
            from kgbuild.graph.validate import validate

            numbers["check, s"], findings = _timed(lambda: validate(folder))
            numbers["findings of check"] = len(findings)
    return found


def _write_numbers(folder: Path) -> dict[str, float]:
    gc.collect()
    load_s, kg = _timed(lambda: load(folder))
    copy = folder / "copy.ttl"
    with _peak_memory() as peak:
        write_s, _ = _timed(lambda: _write(kg, copy))
    return {
        "load folder, s": load_s,
        "write Turtle, s": write_s,
        "memory above the graph, MB": peak[0],
        "Turtle, MB": copy.stat().st_size / MB,
    }


def _rdflib_queries(folder: Path) -> Iterator[tuple[str, float]]:
    graph = load(folder).to_rdf()
    for name, query in named_queries().items():
        yield name, _timed(lambda text=query.text: list(graph.query(text)))[0]  # type: ignore[misc]


def _write(kg: KnowledgeGraph, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(write_turtle(kg))


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = run()
    return time.process_time() - began, result


@contextmanager
def _peak_memory() -> Iterator[list[float]]:
    """A list whose one number is, afterwards, how many MB the process grew at most; nan where the system cannot say."""
    began, peak = _resident(), [0.0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.02):
            peak[0] = max(peak[0], (_resident() - began) / MB)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()
        if not began:
            peak[0] = float("nan")


def _resident() -> int:
    """Bytes of memory that the process holds; 0 where there is no /proc."""
    import resource

    status = Path("/proc/self/statm")
    return int(status.read_text().split()[1]) * resource.getpagesize() if status.exists() else 0
