"""Roles beyond grammar: by the model's labels, by what kind of thing a filler is, and by classes of verbs."""

from __future__ import annotations

from kgbuild.extract.arguments import AGENTS, Filler
from kgbuild.extract.clauses import Clause, Dependent
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.frames import Frames
from kgbuild.extract.repairs import is_distance
from kgbuild.types import PredicateKind, Role

RECEIVING = AGENTS | {"Country"}
"""Types of what may be given something."""
OPEN_ROLES = frozenset([Role.BENEFICIARY, Role.INSTRUMENT, Role.COMITATIVE, Role.OTHER, Role.QUANTITY])
"""Roles that a preposition stands for by default only: what the verb is about may follow it as well."""
REASONS = {"ARGM-PRP": Role.PURPOSE, "ARGM-PNC": Role.PURPOSE, "ARGM-CAU": Role.CAUSE}


def refined(role: Role, dependent: Dependent, clause: Clause, filler: Filler, frames: Frames) -> Role:
    """The role that grammar gave to a dependent of a clause, corrected where something tells more."""
    label = frames.label(clause.head, dependent.token)
    kind = type_of(filler)
    if role is Role.QUANTITY and is_distance(dependent.token):
        return role
    if dependent.marker == "for" and role is Role.BENEFICIARY and kind not in RECEIVING:
        role = Role.CAUSE if clause.lemma in word_set("judging") else role
    if role is Role.AGENT and dependent.relation == "subject":
        alone = not any(d.relation in ("object", "content") for d in clause.dependents)
        undergone = label == "ARG1" and frames.lacks_agent(clause.head)
        if kind in RECEIVING:  # who can act does, unless the verb is one of those that befall
            undergone = undergone and clause.lemma in word_set("befalling")
        if undergone or (kind == "Product" and alone):  # "the plane landed", "he died"
            return Role.PATIENT
    if role is Role.PATIENT and clause.kind is PredicateKind.VERB:
        given = clause.lemma in word_set("giving_to_object") or label == "ARG2"
        return Role.RECIPIENT if given and kind in RECEIVING else role
    if clause.lemma in word_set("giving_to_object") and dependent.marker == "with":  # "supplied them with arms"
        return Role.PATIENT
    return by_label(role, label)


def by_label(role: Role, label: str) -> Role:
    """A role that a preposition gave by default, corrected by the model's label."""
    if label == "ARG1" and role in OPEN_ROLES:
        return Role.PATIENT
    return REASONS.get(label, role) if role in (Role.BENEFICIARY, Role.OTHER) else role


def type_of(filler: Filler) -> str:
    """The class of a filler's mention, "" where it has none."""
    return filler.mention.type if filler.mention is not None else ""
