"""The one word for what a statement commits to, by which pages draw edges and exports tell them apart."""

from __future__ import annotations

from enum import StrEnum

from kgbuild.types import Modality, Polarity, Statement


class Status(StrEnum):
    """The first that fits: past the truth gate, denied, not actual, attributed, ended. What is left was withheld from
    the gate because its sentence is hard to read."""

    ASSERTED = "asserted"
    CLAIMED = "claimed"
    DENIED = "denied"
    PLANNED = "planned"
    ENDED = "ended"
    UNSURE = "unsure"


def status_of(statement: Statement) -> Status:
    """The one status of a statement; a claim that denies is denied, a claim about the future is planned."""
    if statement.asserted:
        return Status.ASSERTED
    if statement.polarity is Polarity.NEGATIVE:
        return Status.DENIED
    if statement.modality is not Modality.ACTUAL:
        return Status.PLANNED
    if statement.attribution:
        return Status.CLAIMED
    return Status.ENDED if statement.ended else Status.UNSURE
