"""Reading the word lists and gazetteer files that ship with kgbuild.

A table is UTF-8 text, one row a line, columns parted by tabs; the first line names the columns, lines that begin with
"#" state source and licence.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def gazetteer_folder() -> Path:
    """Where the gazetteer files are: beside the package in a source tree, inside it where it is installed."""
    package = Path(__file__).parent
    beside = package.parent / "ontology" / "gazetteer"
    return beside if beside.is_dir() else package / "ontology" / "gazetteer"


def rows(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table as column → value. A row with too few columns is a ValueError that names file and line."""
    columns: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        values = line.split("\t")
        if columns is None:
            columns = values
            continue
        if len(values) != len(columns):
            raise ValueError(f"{path}:{number}: {len(values)} columns where the table has {len(columns)}")
        yield dict(zip(columns, values, strict=True))
