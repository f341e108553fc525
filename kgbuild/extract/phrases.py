"""What a noun phrase is, and the annotation it is read from. All intervals are half-open token intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kgbuild.extract.name_spans import read_names
from kgbuild.extract.trees import Tree
from kgbuild.types import MentionKind


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    ``head`` is the word through which it hangs in the tree, ``core`` the last word of the name or the noun that is
    referred by; they differ where a title heads a name ("spokesman" of "spokesman Dmitry Peskov") or a quantity a noun
    ("dozens of people"). ``titles`` are the role nouns of a name, without determiner and comma. ``label`` is the
    model's type, ``name_label`` that of the flat name, "" where there is none.
    """

    head: int
    core: int
    start: int
    end: int
    full_start: int
    full_end: int
    kind: MentionKind
    label: str
    name_label: str
    titles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Layers:
    """A tree with the flat names, the name that covers each token, the model's widest mention by its head, and the
    texts of all names of persons, places and bodies."""

    tree: Tree
    names: list[tuple[int, int, str]]
    name_at: dict[int, int]
    rows: dict[int, dict[str, Any]]
    things: frozenset[str]


def read_layers(tree: Tree) -> Layers:
    doc = tree.doc
    names = read_names(tree)
    name_at = {i: k for k, (start, end, _) in enumerate(names) for i in range(start, end)}
    rows: dict[int, dict[str, Any]] = {}
    for row in doc._.mentions if doc.has_extension("mentions") else ():
        known = rows.get(row["head"])
        if known is None or row["end"] - row["start"] > known["end"] - known["start"]:
            rows[row["head"]] = row
    things = frozenset(doc[start:end].text for start, end, label in names if label != "MISC")
    return Layers(tree, names, name_at, rows, things)
