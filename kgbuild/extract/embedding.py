"""Words that embed clauses: what a verb, adjective or noun says of the clause under it, and whose words those are."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import Clause
from kgbuild.extract.cues.tables import embedding_classes
from kgbuild.types import AttributionKind, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kgbuild.extract.reasons import Step

ATTRIBUTIVE = ("deny", "say", "think")
AS_MODALITY = {"enabled": Modality.POSSIBLE, "induced": Modality.REQUESTED, "promised": Modality.INTENDED}
AIMED = "promised requested induced intended"
UNCERTAIN = "alleged possible enabled"
BY_CONSTRUCTION = {
    "finite": f"deny say utter think {UNCERTAIN} promised requested induced required future intended actual negative",
    "passive": f"requested promised induced future required negative {UNCERTAIN} say utter think intended actual",
    "open": f"ended negative {AIMED} required future {UNCERTAIN} actual deny say utter think",
}
"""Which class of an embedding word counts first: for a finite clause, for what is said of a passive's subject
("is expected to"), and for other infinitives and gerunds."""


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: the head of a noun phrase, or only a cue ("reportedly", a quotation mark)."""

    holder: Token | None
    cue: str
    kind: AttributionKind
    at: int = 0
    """Character offset of the cue, for a source without a holder."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a clause is committed to. ``sources``: innermost first."""

    negative: bool = False
    modality: Modality = Modality.ACTUAL
    sources: tuple[Source, ...] = ()
    ended: bool = False
    unsettled: bool = False
    """Whether no cue settles the modality, so that the model's opinion of the clause itself counts more."""
    because: tuple[Step, ...] = field(default=(), compare=False)
    """The rules that made it so, in their order."""


def embedding_class(word_kind: str, lemma: str, construction: str) -> str | None:
    """What a word says of the clause under it; None for words that the cue file does not hold."""
    found = embedding_classes(word_kind, lemma)
    name = next((name for name in BY_CONSTRUCTION[construction].split() if name in found), None)
    return "say" if name == "utter" else name


def speaker_of(reporting: Clause) -> Token | None:
    """Whose words a reporting clause gives: its subject, or the agent of a passive."""
    if not reporting.passive:
        return reporting.subjects[0].token if reporting.subjects else None
    agents = [d.token for d in reporting.dependents if d.relation == "agent"]
    return agents[0] if agents else None


def source_of(reporting: Clause) -> Source:
    """Whose words a reporting clause gives, or only its verb."""
    speaker = speaker_of(reporting)
    kind = AttributionKind.INDIRECT if speaker is not None else AttributionKind.HEARSAY
    return Source(speaker, reporting.head.text, kind, reporting.head.idx)


def apply_class(name: str, above: Context, source: Source) -> Context:
    """What a class of embedding words makes of the context above it."""
    uncertain = above.negative or above.modality is not Modality.ACTUAL
    if name == "alleged":
        name = "say" if source.holder is not None else "possible"
    if name in ATTRIBUTIVE:
        sources = (source, *above.sources)
        modality = (
            Modality.POSSIBLE
            if uncertain and not (name == "think" and above.modality is Modality.ACTUAL)
            else Modality.ACTUAL
        )
        negative = name == "deny" if not above.negative else name == "think"
        return Context(negative, modality, sources, unsettled=modality is Modality.POSSIBLE)
    if name in ("actual", "neutral"):
        return replace(above, ended=False)
    if name == "ended":
        return replace(above, ended=True)
    if name == "negative":
        return replace(above, negative=not above.negative, ended=False)
    modality = AS_MODALITY.get(name) or Modality(name)
    asks = name in ("requested", "promised") and source.holder is not None
    sources = (source, *above.sources) if asks else above.sources
    return Context(above.negative, modality, sources, unsettled=name == "enabled")
