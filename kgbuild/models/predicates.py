"""Predicates of a window with sense, factuality and arguments, from the scores of the network."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

THRESHOLD = 0.0
"""Score (logit) from which a word is a predicate."""

CORE = tuple(f"ARG{i}" for i in range(5))
"""Roles that a predicate has once; modifiers (ARGM-) may come several times."""


@dataclass(frozen=True)
class Role:
    """An argument by its head word, with its PropBank role and the probability of both."""

    role: str
    word: int
    score: float


@dataclass(frozen=True)
class Predicate:
    """A word that names an event or state. `sense` is its PropBank roleset, None where training had none of its lemma;
    `factuality` is about -2 for what did not happen to 2 for what did, learnt from verbs; `realis` the probability that
    the word names an event told to have happened, learnt from stories, None where the model does not say."""

    word: int
    sense: str | None
    factuality: float
    realis: float | None
    roles: tuple[Role, ...]

    def moved(self, words: int) -> "Predicate":
        """The same with all word numbers changed by `words`."""
        roles = tuple(replace(r, word=r.word + words) for r in self.roles)
        return replace(self, word=self.word + words, roles=roles)


class Rolesets:
    """The rolesets of each lemma, commonest first."""

    def __init__(self, table: dict[str, list[str]]) -> None:
        self._table = {lemma: [(r, r.rpartition(".")[2]) for r in rolesets] for lemma, rolesets in table.items()}

    @classmethod
    def read(cls, path: Path) -> "Rolesets":
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def choose(self, lemma: str, scores: dict[str, float]) -> str | None:
        """Of the lemma's rolesets the one whose number scores best, the commoner one of two alike."""
        known = self._table.get(lemma.lower(), [])
        return max(known, key=lambda r: scores.get(r[1], -1e9))[0] if known else None


def choose_roles(
    at: int, probabilities: NDArray[np.float32], inside: NDArray[np.bool_], labels: Sequence[str]
) -> tuple[Role, ...]:
    """Roles of one predicate from (roles, W) probabilities, role 0 being none; words that are not `inside` its sentence
    have none. `at` is the article's index of the window's first word."""
    best = probabilities.argmax(axis=0)
    found = [
        Role(labels[best[w]], at + int(w), round(float(probabilities[best[w], w]), 3))
        for w in np.flatnonzero(inside & (best > 0))
    ]
    core: dict[str, Role] = {}
    for role in found:
        if role.role in CORE and (role.role not in core or role.score > core[role.role].score):
            core[role.role] = role
    return tuple(r for r in found if r.role not in CORE or core[r.role] is r)
