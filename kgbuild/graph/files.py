"""The output folder: written so that a killed run leaves the old files or the new, and read back only if it is whole.

Every file is written under a temporary name and put in place with ``os.replace``; ``run.json``, which holds the
sha256 of each, comes last. Files that kgbuild did not write are never touched.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kgbuild.errors import InputError, UsageError
from kgbuild.graph.as_rdf import write_turtle
from kgbuild.graph.graphml import write_graphml
from kgbuild.graph.model import KnowledgeGraph
from kgbuild.graph.rows import (
    article_from_row,
    article_to_row,
    entity_from_row,
    entity_to_row,
    statement_from_row,
    statement_to_row,
)
from kgbuild.settings import Settings
from kgbuild.types import Skipped

FORMAT = 1
"""The layout of the folder; a higher one cannot be read."""
RUN = "run.json"
ROWS = ("statements.jsonl", "entities.jsonl", "articles.jsonl")
OURS = ("graph.ttl", "graph.html", "graph.graphml", *ROWS)


def save(kg: KnowledgeGraph, folder: str | Path, *, page: Callable[[KnowledgeGraph], str] | None = None) -> list[str]:
    """Write all files of a graph into a folder and return their names, ``run.json`` last.

    ``page`` makes the text of ``graph.html``; without it there is none. The folder is made if it does not exist.
    Raises UsageError if a file of our name is there that kgbuild did not write, InputError if it cannot be written.
    """
    folder = Path(folder)
    check_folder(folder)
    texts: dict[str, Iterable[str]] = {
        "graph.ttl": write_turtle(kg),
        "graph.graphml": write_graphml(kg),
        "statements.jsonl": _lines(map(statement_to_row, kg.statements)),
        "entities.jsonl": _lines(map(entity_to_row, kg.entities)),
        "articles.jsonl": _lines(article_to_row(article, kg.n_sentences) for article in kg.articles),
    }
    if page is not None:
        texts["graph.html"] = [page(kg)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_parts(kg, folder, texts)
        for name in (*texts, RUN):
            os.replace(_part(folder, name), folder / name)  # noqa: PTH105
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror}); name another folder") from error
    return [*texts, RUN]


def _write_parts(kg: KnowledgeGraph, folder: Path, texts: Mapping[str, Iterable[str]]) -> None:
    """All files under their temporary names, or none."""
    try:
        hashes = {name: _write(_part(folder, name), text) for name, text in texts.items()}
        _write(_part(folder, RUN), [_run(kg, hashes)])
    except BaseException:
        for name in (*texts, RUN):
            _part(folder, name).unlink(missing_ok=True)
        raise


def check_folder(folder: str | Path) -> None:
    """Raise UsageError if writing into a folder would overwrite something that kgbuild did not write.

    A file of our name is ours if a ``run.json`` of ours is beside it, or the temporary one that a killed run left.
    """
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder}: is a file; name a folder")
    for run in (folder / RUN, _part(folder, RUN)):
        if run.is_file() and "kgbuild" in _read_json(run):
            return
    for name in (*OURS, RUN):
        if (folder / name).exists():
            raise UsageError(f"{folder / name}: was not written by kgbuild and would be lost; name another folder")


def load(folder: str | Path, *, verify: bool = True) -> KnowledgeGraph:
    """The graph that a folder holds, equal to the one that was saved; or that of a Turtle file, without article text.

    What a Turtle file lacks is said in `kgbuild.graph.from_rdf`. Raises InputError in one line if there is nothing that
    kgbuild wrote or, unless ``verify`` is False, if a file does not match ``run.json``.
    """
    folder = Path(folder)
    if folder.is_file():
        from kgbuild.graph.from_rdf import load_turtle

        return load_turtle(folder)
    run = _run_of(folder)
    for name in changed_files(folder) if verify else ():
        raise InputError(f"{folder / name}: is not what {RUN} beside it says (changed, or of another run); build again")
    try:
        return _read(folder, run)
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be read ({error.strerror}); build again") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{folder}: a file lacks what kgbuild writes into it ({error!r}); build again") from error


def changed_files(folder: Path) -> list[str]:
    """The files of ours that are missing in a folder, or are not what its ``run.json`` says; InputError without one."""
    hashes = _run_of(folder)["files"]
    names = dict.fromkeys((*ROWS, *sorted(set(OURS) & hashes.keys())))
    return [name for name in names if not (folder / name).is_file() or _hash(folder / name) != hashes.get(name)]


def _run_of(folder: Path) -> dict[str, Any]:
    """What ``run.json`` says; InputError if it is not there or not ours."""
    if not (folder / RUN).is_file():
        raise InputError(f"{folder}: no {RUN} there; name a folder that kgbuild build wrote")
    run = _read_json(folder / RUN)
    if "kgbuild" not in run or not isinstance(run.get("files"), dict):
        raise InputError(f"{folder / RUN}: not written by kgbuild, or broken; build again")
    if run.get("format") != FORMAT:
        raise InputError(f"{folder / RUN}: layout {run.get('format')}, this kgbuild reads {FORMAT}; build again")
    return run


def _read(folder: Path, run: dict[str, Any]) -> KnowledgeGraph:
    articles = list(_read_rows(folder / "articles.jsonl"))
    known = {field.name for field in fields(Settings)}
    return KnowledgeGraph(
        articles=tuple(map(article_from_row, articles)),
        statements=tuple(map(statement_from_row, _read_rows(folder / "statements.jsonl"))),
        entities=tuple(map(entity_from_row, _read_rows(folder / "entities.jsonl"))),
        n_sentences={row["id"]: row["sentences"] for row in articles},
        settings=Settings(**{key: value for key, value in run["settings"].items() if key in known}),
        version=run["kgbuild"],
        model=run["model"],
        skipped=tuple(Skipped(**row) for row in run["skipped"]),
    )


def _run(kg: KnowledgeGraph, hashes: dict[str, str]) -> str:
    """The text of ``run.json``, the one file that knows the time."""
    run = {
        "kgbuild": kg.version,
        "format": FORMAT,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": kg.model,
        "settings": kg.settings.to_dict(),
        "counts": kg.counts(),
        "skipped": [{"path": skipped.path, "reason": skipped.reason} for skipped in kg.skipped],
        "files": dict(sorted(hashes.items())),
    }
    return _json(run, indent=2) + "\n"


def _part(folder: Path, name: str) -> Path:
    return folder / f".{name}.kgbuild-part"


def _write(path: Path, pieces: Iterable[str]) -> str:
    """Write a text as UTF-8, whole and on disk, and return its sha256."""
    digest = hashlib.sha256()
    with path.open("wb") as file:
        for piece in pieces:
            encoded = piece.encode()
            digest.update(encoded)
            file.write(encoded)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        yield _json(row) + "\n"


def _json(value: object, indent: int | None = None) -> str:
    """JSON with its characters as they are, but for lone surrogates, which UTF-8 cannot hold."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def _read_json(path: Path) -> dict[str, Any]:
    """The object in a JSON file; {} if there is none."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
