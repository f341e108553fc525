"""What a clause's own words say of it: negation, auxiliaries, adverbs, mood."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import Clause, base, copulas
from kgbuild.extract.cues.tables import classes, word_set
from kgbuild.extract.questions import asks_for_part
from kgbuild.extract.subjects import imperative
from kgbuild.types import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

WISHING = word_set("wishing")


def value_of(kind: str, word: str) -> frozenset[str]:
    return classes("factuality.tsv").get((kind, word), frozenset())


def is_infinitive(clause: Clause) -> bool:
    return not clause.finite and (
        clause.head.tag_ == "VB"
        or any(a.tag_ == "VB" for a in clause.auxiliaries)
        or any(c.dep_ in ("mark", "aux") and c.lower_ == "to" for c in clause.head.children)
    )


def is_negated(clause: Clause) -> bool:
    """Whether the clause's own words deny it: "not", "never", "no", "nobody"; two negations cancel out."""
    count = 0
    for child in clause.head.children:
        lower = child.lower_.replace("’", "'")
        if child.dep_ in ("advmod", "cc", "cc:preconj", "det", "neg") and "negative" in value_of("adverb", lower):
            following = child.nbor(1).lower_ if child.i + 1 < len(child.doc) else ""
            count += following not in ("only", "just", "merely", "simply", "least")
        if (
            child.dep_ == "det"
            and "negative" in value_of("determiner", lower)
            and clause.head.pos_ in ("NOUN", "PROPN")
        ):
            count += 1
    for dependent in [*clause.subjects, *clause.dependents]:
        token = dependent.token
        if token.head.i != clause.head.i or dependent.relation == "content":
            continue
        determiner = any(
            c.dep_ in ("det", "advmod") and c.lower_ in ("no", "neither") and c.i < token.i for c in token.children
        )
        # "few voters"; "a few", "the few", "the next few" count what there is
        few = any(c.lower_ == "few" and c.dep_ in ("amod", "det") for c in token.children) and not any(
            c.i < token.i and (base(c.dep_) == "det" or c.dep_ in ("amod", "nmod:poss")) and c.lower_ != "few"
            for c in token.children
        )
        pronoun = "negative" in value_of("pronoun", token.lower_) and base(token.dep_) in ("nsubj", "obj", "obl")
        not_one = any(
            c.lower_ == "not" and c.dep_ in ("advmod", "cc:preconj") and c.i < token.i for c in token.children
        )
        only = any(c.lower_ in ("only", "just", "all", "every") for c in token.children)
        determiner = determiner or (not_one and not only and token.pos_ in ("NOUN", "PROPN", "PRON"))
        count += determiner or few or pronoun
    if (
        not count
        and clause.link == "conj"
        and clause.parent is not None
        and clause.auxiliaries
        and clause.auxiliaries is clause.parent.auxiliaries
    ):
        return is_negated(clause.parent)
    return count % 2 == 1


def own_modality(clause: Clause, *, negative: bool, reported: bool) -> Modality:
    """The modality by the clause's own words; actual where they say nothing of it. ``negative`` and ``reported`` tell
    the context above it."""
    found = Modality.ACTUAL
    for auxiliary in clause.auxiliaries:
        for value in value_of("auxiliary", auxiliary.lower_.replace("’", "'")):
            if auxiliary.dep_ == "aux" and auxiliary.tag_ == "MD":
                found = Modality(value)
    # "he is to leave", and the headline "Bank to close branches"
    to_be_done = clause.link == "root" and is_infinitive(clause) and clause.mark == "to"
    if found is Modality.ACTUAL and (
        is_to_be_done(clause) or (clause.head.tag_ == "VB" and (copulas(clause.head) or to_be_done))
    ):
        found = Modality.FUTURE
    if found is Modality.CONDITIONAL:
        if clause.head.lemma_ in WISHING:
            found = Modality.INTENDED
        elif reported and not any(c.dep_ == "advcl" and starts_condition(c) for c in clause.head.children):
            found = Modality.FUTURE
    for child in clause.head.children:
        compares = child.lower_ in word_set("degrees") and clause.head.pos_ == "ADJ"  # "is less clear" is so
        if child.dep_ == "advmod" and "possible" in value_of("adverb", child.lower_) and not compares:
            found = Modality.POSSIBLE if found is Modality.ACTUAL else found
        if child.dep_ == "advcl" and found is Modality.ACTUAL and starts_condition(child):
            found = Modality.CONDITIONAL
    if found is Modality.ACTUAL and sets_unreal_condition(clause):
        found = Modality.CONDITIONAL
    if found is Modality.ACTUAL and clause.question:
        found = Modality.POSSIBLE
    if found is Modality.ACTUAL and imperative(clause) and not negative:
        found = Modality.REQUESTED
    return found


def is_to_be_done(clause: Clause) -> bool:
    """Whether a form of "be" and an infinitive make the predicate: "the plant is to be closed"."""
    if clause.head.tag_ != "VBN":
        return False
    words = sorted((c for c in clause.head.children if c.i < clause.head.i), key=lambda t: t.i)
    forms = [c for c in words if c.dep_ in ("aux", "aux:pass", "cop", "mark")]
    return any(
        one.lemma_ == "be" and one.tag_ in ("VBZ", "VBP", "VBD") and two.lower_ == "to" and two.i == one.i + 1
        for one, two in pairwise(forms)
    )


def leaves_open(clause: Clause, found: Modality) -> bool:
    """Whether the own words that make a clause ``found`` may take for granted what it says: questions with a question
    word ("Why did they leave?"), and main clauses beside an if-clause."""
    if found is Modality.POSSIBLE and clause.question:
        return asks_for_part(clause) and not any(a.tag_ == "MD" for a in clause.auxiliaries)
    return found is Modality.CONDITIONAL and not any(a.tag_ == "MD" for a in clause.auxiliaries)


def sets_unreal_condition(clause: Clause) -> bool:
    """Whether an auxiliary or copula before the subject stands for "if": "had they left", "were they to leave"."""
    if clause.link in ("root", "conj") or clause.mark is not None or clause.question:
        return False
    words = [c for c in clause.head.children if c.dep_ in ("aux", "aux:pass", "cop")]
    verb = min(words, key=lambda t: t.i, default=None)
    inner = [t for t in clause.head.subtree if t.i < clause.head.i or verb is None]
    first = next((t for t in inner if not t.is_punct), None)
    return verb is not None and first is not None and first.i == verb.i and verb.lower_ in word_set("inverting")


def starts_condition(advcl: Token) -> bool:
    marks = [c for c in advcl.children if c.dep_ == "mark"]
    return any("conditional" in value_of("marker", mark.lower_) for mark in marks) and not any(
        c.lower_ == "even" for mark in marks for c in mark.children
    )
