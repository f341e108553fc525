"""The model's factuality of verbs as a second opinion beside the cues.

The model gives each verb a number, about -2 for what did not happen to 2 for what did, learnt from UDS-IH2 (Rudinger et
al. 2018). The rules go by cues, which are surer where there is one: a negation, "will", an if-clause or a verb of
wanting is never overruled. Two things are left to the model. Where the words state a deed plainly and the model finds
that it has not happened ("We fly next day."), it counts as possible. Where no cue settles the matter (a complement of a
verb that the lists do not hold, a relative clause about something that is only wanted, a purpose), the rules say
possible, and the model may say that it happened. Both limits were chosen on the dev part of UDS-IH2.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kgbuild.extract.reasons import noted
from kgbuild.types import Modality

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kgbuild.extract.clauses import Clause
    from kgbuild.extract.embedding import Context
    from kgbuild.settings import Settings


class SecondOpinion:
    """What the model holds of the clauses of one article; ``factuality`` is by the index of the verb."""

    def __init__(self, factuality: Mapping[int, float], settings: Settings) -> None:
        self._factuality = factuality
        self._settings = settings

    @noted("model’s opinion")
    def trust(self, clause: Clause, context: Context) -> Context:
        """The context as actual where no cue settles it and the model finds that it happened."""
        if not context.unsettled or context.negative or context.modality is Modality.ACTUAL:
            return context
        value = self._of(clause)
        trusted = value is not None and value > self._settings.trust_above
        return replace(context, modality=Modality.ACTUAL, unsettled=False) if trusted else context

    @noted("model’s opinion")
    def doubt(self, clause: Clause, context: Context) -> Context:
        """The context as possible where the words state it and the model finds that it did not happen."""
        if context.negative or context.modality is not Modality.ACTUAL:
            return context
        value = self._of(clause)
        doubted = value is not None and value < self._settings.doubt_below
        return replace(context, modality=Modality.POSSIBLE, unsettled=True) if doubted else context

    def _of(self, clause: Clause) -> float | None:
        return self._factuality.get(clause.head.i) if clause.head.pos_ == "VERB" else None
