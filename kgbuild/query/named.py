"""The queries that ship with kgbuild, each a ``.rq`` file that runs in any SPARQL 1.1 store."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path

from kgbuild.errors import InputError, QueryError

FOLDER = Path(__file__).parent


def named_queries() -> dict[str, str]:
    """Name → what the query answers, which is the comment at its head; sorted by name."""
    return {path.stem: _summary(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.rq"))}


def find_query(query: str) -> str:
    """The SPARQL text meant by a query's name, the path of a ``.rq`` file, or SPARQL text itself.

    Raises InputError for a file that cannot be read, QueryError for a single word that is no query's name.
    """
    word = query.strip()
    if word.endswith((".rq", ".sparql")) and "\n" not in word:
        try:
            return Path(word).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{word}: cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'})") from error
    if not re.fullmatch(r"[\w-]+", word):
        return query
    names = named_queries()
    if word not in names:
        near = get_close_matches(word, names, n=1) or sorted(names)
        raise QueryError(f"no query is called {word!r}; there is {', '.join(near)}")
    return (FOLDER / f"{word}.rq").read_text(encoding="utf-8")


def _summary(text: str) -> str:
    lines = [line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#")]
    return " ".join(lines)
