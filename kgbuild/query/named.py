"""The queries that ship with kgbuild, each a ``.rq`` file that runs in any SPARQL 1.1 store."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from kgbuild.errors import InputError, QueryError
from kgbuild.query.parameters import Parameter, parameters_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A query that ships with kgbuild: what it answers and what may be given to it are the comments at its head."""

    name: str
    text: str

    @property
    def summary(self) -> str:
        lines = [line.removeprefix("#").strip() for line in self.text.split("\n#\n")[0].splitlines()]
        return " ".join(lines[: lines.index("")] if "" in lines else lines)

    @property
    def parameters(self) -> dict[str, Parameter]:
        return parameters_of(self.text)

    def help(self) -> str:
        """Name, summary and parameters, as several lines."""
        lines = [f"{self.name}: {self.summary}"]
        lines += [f"    -p {p.name}={p.kind.upper()}  {p.help}" for p in self.parameters.values()]
        return "\n".join(lines)


def named_queries() -> dict[str, NamedQuery]:
    """The queries by name, sorted."""
    return {path.stem: NamedQuery(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.rq"))}


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
    known = named_queries()
    if word not in known:
        near = get_close_matches(word, known, n=1) or sorted(known)
        raise QueryError(f"no query is called {word!r}; there is {', '.join(near)}")
    return known[word].text
