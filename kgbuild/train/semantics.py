"""Predicates, semantic roles and factuality, laid over the sentences of EWT.

Both corpora are aligned to EWT's words by sentence id. A sentence that a file lacks carries no such layer: nothing is
learnt from its silence.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kgbuild.evaluate.events import HELD_OUT
from kgbuild.train.corpora import Document, Row, head_word

NO_PREDICATE = "_"

AUXILIARIES = ("be.03", "have.01", "do.01")
"""Rolesets of auxiliary verbs: PropBank numbers them, but they are no predicates."""

CORE = tuple(f"ARG{i}" for i in range(5))


def is_role(label: str) -> bool:
    """Whether a PropBank label is one that is learnt: ARG0 to ARG4 and modifiers. References (R-), continuations (C-)
    and the handful of ARG5 and ARGA are not."""
    return label in CORE or label.startswith("ARGM-")


def add_roles(documents: Iterable[Document], path: Path) -> Iterator[Document]:
    """Gives EWT sentences `senses` (roleset or `NO_PREDICATE` of each word) and `roles` (predicate, head word of the
    argument, role). Raises ValueError if a sentence has other words than EWT has."""
    sentences = _by_sentence(path)
    for document in documents:
        for row in document.rows:
            record = _aligned(row, sentences, path)
            if record is not None:
                row.senses, row.roles = senses_and_roles(row, record)
        yield document


def senses_and_roles(row: Row, record: dict[str, Any]) -> tuple[list[str], list[tuple[int, int, str]]]:
    """An argument's head is the first word of its span whose head in the tree lies outside the span."""
    senses = [NO_PREDICATE] * len(row.words)
    roles: list[tuple[int, int, str]] = []
    heads = [h - 1 for h in row.heads]
    for predicate in record["predicates"]:
        at = predicate["id"] - 1
        if predicate["roleset"] in AUXILIARIES or row.deprels[at].startswith("aux"):
            continue
        senses[at] = predicate["roleset"]
        arguments = {
            (head_word(heads, a["start"] - 1, a["end"]), a["role"]) for a in predicate["args"] if is_role(a["role"])
        }
        roles += [(at, argument, role) for argument, role in sorted(arguments)]
    return senses, roles


def add_factuality(documents: Iterable[Document], path: Path) -> Iterator[Document]:
    """Gives EWT sentences `factuality`: (word, value from about -2 to 2, confidence from 0 to 1). Raises ValueError as
    `add_roles`."""
    sentences = _by_sentence(path)
    for document in documents:
        for row in document.rows:
            record = _aligned(row, sentences, path)
            if record is not None:
                row.factuality = [(p["id"] - 1, p["factuality"], p["confidence"]) for p in record["predicates"]]
        yield document


def realis(folder: Path) -> tuple[list[Document], list[Document]]:
    """LitBank's passages, to train on and held out for scores: 1 on words that name an event told to have happened,
    which is not negated, hypothetical, or generic."""
    parts: tuple[list[Document], list[Document]] = ([], [])
    for number, path in enumerate(sorted(folder.glob("*.tsv"))):
        rows = []
        for block in path.read_text(encoding="utf-8").strip().split("\n\n"):
            cells = [line.split("\t") for line in block.split("\n") if line.strip()]
            if cells:
                rows.append(Row([c[0] for c in cells], [0] * len(cells), realis=[int(c[1] == "EVENT") for c in cells]))
        parts[number % HELD_OUT == 0].append(Document(path.stem, "litbank", False, False, "", rows))
    return parts


def _by_sentence(path: Path) -> dict[str, dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return {record["sent_id"]: record for record in map(json.loads, lines)}


def _aligned(row: Row, sentences: dict[str, dict[str, Any]], path: Path) -> dict[str, Any] | None:
    record = sentences.get(row.id)
    if record is not None and record["tokens"] != row.words:
        raise ValueError(f"{path}: other words than EWT has in sentence {row.id!r}")
    return record
