"""How sure a reading is, from the parser's own doubts.

The parser gives every arc a probability. The weakest arc among those that a statement is read from (its predicate's,
and those of subject, object, complement and copula) tells most about whether a reader will find the statement right;
for a clause that hangs from another by a participle, a relative or a conjunction, it tells more still, since there the
arc decides whose deed it is. The steps below are shares of right statements among 176 asserted ones of thirty Wikinews
articles, each judged against its text by a reader who did not know the arcs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import Clause, base
from kgbuild.types import Modality, PredicateKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Token

CORE = frozenset("nsubj obj iobj ccomp xcomp csubj aux cop".split())
LENT = frozenset(["acl", "advcl", "relcl", "conj", "parataxis"])
"""Links over which a subject is lent or an antecedent found."""
STEPS_OF_MAIN = ((0.5, 0.65), (0.97, 0.82), (1.01, 0.85))
STEPS_OF_LENT = ((0.9, 0.4), (0.97, 0.67), (1.01, 0.93))
"""Upper ends of the weakest arc's probability, exclusive, with the share of right statements below them."""
OF_NOMINAL = 0.9
OF_EVENT_NOUN = 0.75
UNSURE = 0.4
"""An event noun whose sentence may not take it for granted that it happened."""
WORTH_ASSERTING = 0.5
"""A reading that is more likely wrong than right is kept as a statement but not asserted."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """How sure a clause's statement is: the weakest of its arcs, by the word that hangs on it, and what follows."""

    value: float
    weakest: Token
    probability: float
    lent: bool
    """Whether the clause hangs from another by a link over which its subject may be lent."""


def weigh(clause: Clause, arcs: Sequence[float], has_readings: bool) -> Weighing:
    """The probability that a clause's statement is right. ``arcs`` holds the probability of every token's head; it is
    empty where the pipeline does not give any, and then every arc counts as likely."""
    head = clause.head
    core = [head, *(child for child in head.children if base(child.dep_) in CORE)]
    weakest = min(core, key=lambda token: arcs[token.i]) if len(arcs) else head
    probability = arcs[weakest.i] if len(arcs) else 0.95
    lent = clause.link in LENT and clause.kind is not PredicateKind.APPOSITION
    value = next(share for end, share in (STEPS_OF_LENT if lent else STEPS_OF_MAIN) if probability < end)
    if clause.link == "advcl" and clause.mark == "as" and head.tag_ == "VBG":  # "is listed as belonging to the army"
        value = UNSURE
    return Weighing(value if has_readings else round(value - 0.05, 2), weakest, probability, lent)


SURENESS_OF_MAIN = ((0.5, 0.7), (0.9, 0.8), (1.01, 0.85))
SURENESS_OF_LINK = {"acl": 0.7, "advcl": 0.75, "ccomp": 0.8, "relcl": 0.85}
SURENESS_NOT_ACTUAL = 0.9
SURENESS_OF_NOMINAL = 0.65
"""Shares of the extractions of a sentence that annotators write down as well (half of CaRB's development part): by the
weakest arc, by how the clause hangs in the sentence, where it is not actual, and for what noun phrases say."""


def sureness_of(clause: Clause, arcs: Sequence[float], modality: Modality) -> float:
    """How likely an extraction of a clause is one that a reader of the sentence would write down, too. This ranks
    extractions; whether a statement is right is told by `weigh`."""
    head = clause.head
    core = [head, *(child for child in head.children if base(child.dep_) in CORE | {"obl"})]
    weakest = min((arcs[token.i] for token in core), default=1.0) if len(arcs) else 0.95
    value = next(share for end, share in SURENESS_OF_MAIN if weakest < end)
    value *= SURENESS_OF_LINK.get(clause.link, 1.0)
    return value if modality is Modality.ACTUAL else value * SURENESS_NOT_ACTUAL
