"""Where articles are: files, folders, globs, URLs and the standard input; and what ``sources.tsv`` says of them."""

from __future__ import annotations

import csv
import glob
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kgbuild.errors import InputError
from kgbuild.ingest.formats import KINDS, Fields
from kgbuild.ingest.text import NotTextError, clean, decode
from kgbuild.ingest.web import is_url
from kgbuild.types import Skipped

STDIN = "-"
SOURCES = "sources.tsv"
_OUR_OUTPUT = ("run.json", "graph.ttl")
_COLUMNS = (("title", "title"), ("date", "date"), ("source", "outlet"), ("outlet", "outlet"), ("url", "url"))
_log = logging.getLogger("kgbuild.ingest")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to read from. ``name`` is how messages and `Article.path` call it; ``path`` is None off the disk."""

    name: str
    kind: Literal["file", "url", "stdin"]
    path: Path | None = None
    named: bool = True
    """Whether the user named this very file: only then may it be a pipe or a device."""


def find(paths: Iterable[str | Path]) -> list[Place | Skipped]:
    """Every place that ``paths`` lead to, folders and globs opened and sorted, each file once.

    Raises `InputError` for the first path that does not exist: a mistyped name must not end in a smaller graph.
    """
    found: list[Place | Skipped] = []
    for given in paths:
        name = str(given)
        path = Path(name).expanduser()
        if name == STDIN:
            found.append(Place(STDIN, "stdin"))
        elif is_url(name):
            found.append(Place(name, "url"))
        elif path.is_dir():
            found.extend(_inside(path, path))
        elif os.path.lexists(path):
            found.append(Place(path.name, "file", path))
        elif glob.has_magic(name):
            found.extend(_matching(path, name))
        else:
            raise InputError(f"{name}: no such file or folder")
    seen: set[str] = set()
    return [place for place in found if isinstance(place, Skipped) or not _again(place, seen)]


def _again(place: Place, seen: set[str]) -> bool:
    key = os.path.realpath(place.path) if place.path else place.name
    if key in seen:
        return True
    seen.add(key)
    return False


def _matching(path: Path, name: str) -> Iterator[Place | Skipped]:
    fixed = next((i for i, part in enumerate(path.parts) if glob.has_magic(part)), len(path.parts))
    root = Path(*path.parts[:fixed])
    matches = sorted(Path(match) for match in glob.glob(str(path), recursive=True))  # noqa: PTH207 - absolute patterns
    if not matches:
        raise InputError(f"{name}: no file matches")
    for match in matches:
        if match.is_dir():
            if "**" not in path.parts:
                yield from _inside(match, root)
        else:
            yield Place(_relative(match, root), "file", match, named=False)


def _inside(folder: Path, root: Path) -> Iterator[Place | Skipped]:
    """Files below ``folder``, sorted by path; hidden ones, `SOURCES` and folders that kgbuild wrote are passed over."""
    try:
        children = sorted(folder.iterdir(), key=lambda child: child.name)
    except OSError as error:
        yield Skipped(_relative(folder, root), f"cannot be opened ({error.strerror})")
        return
    if all((folder / name).is_file() for name in _OUR_OUTPUT):
        return
    for child in children:
        if child.name.startswith((".", "~$")) or child.name in (SOURCES, "__MACOSX"):
            continue
        if child.is_dir():
            if not child.is_symlink():
                yield from _inside(child, root)
        elif child.suffix[1:].lower() in KINDS:
            yield Place(_relative(child, root), "file", child, named=False)
        else:
            yield Skipped(_relative(child, root), f"not a kind of file that is read (.{', .'.join(KINDS)})")


def _relative(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


@dataclass(slots=True)
class Sources:
    """The rows of every ``sources.tsv`` met, read once per folder."""

    _tables: dict[Path, dict[str, Fields]] = field(default_factory=dict)

    def of(self, path: Path | None) -> Fields:
        """Metadata of the article at ``path``: from beside it, and for what is not there from one folder up."""
        if path is None:
            return {}
        folder = Path(os.path.abspath(path.parent))  # noqa: PTH100 - links must not change which folder is "up"
        fields: Fields = {}
        for place, name in ((folder.parent, f"{folder.name}/{path.name}"), (folder, path.name)):
            table = self._table(place)
            for key in (path.stem, path.name, name):
                fields |= table.get(key, {})
        return fields

    def _table(self, folder: Path) -> dict[str, Fields]:
        if folder not in self._tables:
            file = folder / SOURCES
            self._tables[folder] = _read_table(file) if file.is_file() else {}
        return self._tables[folder]


def _read_table(file: Path) -> dict[str, Fields]:
    try:
        text = clean(decode(file.read_bytes())[0])
    except (OSError, NotTextError) as error:
        _log.warning("%s: cannot be read (%s); its articles stay undated", file, error)
        return {}
    rows = list(csv.reader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    header = [name.strip().lower() for name in rows[0]] if rows else []
    if not {"file", "id"} & set(header):
        _log.warning("%s: needs tab-separated columns, one of them named file or id; it is ignored", file)
        return {}
    table: dict[str, Fields] = {}
    for values in rows[1:]:
        row = {name: value.strip() for name, value in zip(header, values, strict=False) if value.strip()}
        key = row.get("file") or row.get("id")
        if key:
            fields: Fields = {known: row[name] for name, known in _COLUMNS if name in row}
            table[key.replace("\\", "/").removeprefix("./")] = fields
    return table
