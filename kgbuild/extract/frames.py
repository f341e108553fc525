"""The model's predicates with their senses, semantic roles and factuality, looked up by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.types import Role

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

OF_MODIFIER = {
    "ARGM-LOC": Role.PLACE, "ARGM-TMP": Role.TIME, "ARGM-MNR": Role.MANNER, "ARGM-PRP": Role.PURPOSE,
    "ARGM-PNC": Role.PURPOSE, "ARGM-CAU": Role.CAUSE, "ARGM-COM": Role.COMITATIVE, "ARGM-GOL": Role.DESTINATION,
    "ARGM-EXT": Role.QUANTITY,
}  # fmt: skip
"""Roles of PropBank's modifiers, which mean the same for every predicate."""
LIKELY = 0.4
"""Probability from which a label of the model counts; below, grammar alone decides. Of 0.4, 0.5 and 0.6 the best for
the roles of MEANTIME's participants, by little."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One predicate: its roleset, how much the model takes it to have happened (-2 to 2), and label and probability of
    its arguments by the index of their head."""

    sense: str | None
    factuality: float
    labels: dict[int, tuple[str, float]]


NO_FRAME = Frame(None, 0.0, {})


class Frames:
    """The predicates of an article; empty where the pipeline gives none."""

    def __init__(self, doc: Doc) -> None:
        rows = doc._.predicates if doc.has_extension("predicates") else []
        self._frames = {
            row["token"]: Frame(
                row["sense"], row["factuality"], {r["token"]: (r["role"], r["score"]) for r in row["roles"]}
            )
            for row in rows
        }

    def __contains__(self, token: Token) -> bool:
        return token.i in self._frames

    def of(self, token: Token) -> Frame:
        return self._frames.get(token.i, NO_FRAME)

    def factuality(self) -> dict[int, float]:
        """How much the model takes each predicate to have happened, by the index of its word."""
        return {token: frame.factuality for token, frame in self._frames.items()}

    def label(self, predicate: Token, filler: Token, least: float = LIKELY) -> str:
        """The label ("ARG0") of a filler, by its head or by another word of the same name; "" where there is none that
        is at least so probable."""
        labels = self.of(predicate).labels
        while filler.dep_ == "conj" and filler.i not in labels and filler.head.i != predicate.i:
            filler = filler.head
        heads = [filler.i, *(child.i for child in filler.children if child.dep_ in ("flat", "nmod:desc"))]
        found = max((labels[i] for i in heads if i in labels), key=lambda pair: pair[1], default=("", 0.0))
        return found[0] if found[1] >= least else ""

    def lacks_agent(self, predicate: Token) -> bool:
        """Whether the model knows the predicate and finds nothing that acts."""
        return predicate in self and all(name != "ARG0" for name, _ in self.of(predicate).labels.values())
