"""What a sentence commits to about an event that a noun names.

A noun stands for what happened only where the sentence takes that for granted. It is read in the context of its clause:
as the clause is, where the verb only says that it takes place ("held talks"); by the class of the verb that governs it
("planned the attack") or of the noun that it modifies ("fears of an attack"); by its own adjectives ("the planned
purchase"); and else by whether it is definite, and whether the model takes it to have happened. A reading of which this
is not sure is not asserted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import SUBJECTS, Clause, base, case_of, children
from kgbuild.extract.cues.tables import embedding_classes, word_set
from kgbuild.extract.embedding import Context, Source, apply_class, embedding_class, speaker_of
from kgbuild.extract.frames import Frames
from kgbuild.types import AttributionKind, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

HAPPENED = 0.55
"""Factuality of the model from which an event counts as having happened: of nouns of twenty Wikinews articles, those
above it were nearly always meant as real."""
LIKELY_REAL = 0.3
"""Factuality from which a definite event is rather real than not; it decides the modality of what is not asserted."""
OF_OBJECT = ("negative", "intended", "requested", "required", "possible", "future")
DEFINITE = frozenset("the this that these those".split())
OPEN = frozenset("any each every whatever whichever either".split())
MODIFIERS = frozenset(["amod", "compound", "advmod", "acl"])
MODIFYING = frozenset(["of", "for", "about", "to", "against", "on", "in", "over", "regarding", "into", "that"])


def listed(name: str) -> frozenset[str]:
    return word_set(name, "nominal_events.tsv")


@dataclass(frozen=True, slots=True)
class Commitment:
    """The context of an event noun, whether it is sure, and whether its clause only says that it takes place."""

    context: Context
    sure: bool
    shared: Clause | None = None
    """The clause whose subject, place and time are the event's too."""


class Commitments:
    """Looks up, for one article, what is said of event nouns."""

    def __init__(self, clauses: dict[int, Clause], contexts: dict[int, Context], frames: Frames) -> None:
        self._clauses, self._contexts, self._frames = clauses, contexts, frames

    def of(self, noun: Token) -> Commitment:
        """The commitment to one event noun, its place in the clause and its own modifiers taken together."""
        above = self._by_place(noun)
        return self._by_modifiers(noun, above)

    def _by_modifiers(self, noun: Token, found: Commitment) -> Commitment:
        context, sure = found.context, found.sure
        words = {
            child.lower_.rpartition("-")[2]
            for child in noun.children
            if base(child.dep_) in ("amod", "compound", "advmod", "acl")
        }
        determiners = {child.lower_ for child in noun.children if base(child.dep_) == "det"}
        if determiners & {"no", "neither"} and not context.negative:
            context = replace(context, negative=True)
        if determiners & OPEN:
            context = replace(context, modality=Modality.POSSIBLE)
        for name, modality in (("future", Modality.FUTURE), ("intended", Modality.INTENDED),
                               ("possible", Modality.POSSIBLE)):  # fmt: skip
            if words & listed(f"adjective_{name}"):
                context = replace(context, modality=modality)
        if words & listed("adjective_negative"):
            context = replace(context, negative=True)
        frame = self._frames.of(noun)
        doubted = noun in self._frames and frame.factuality < HAPPENED
        sure = sure and not words & listed("adjective_unsure") and not doubted
        return Commitment(context, sure, found.shared)

    def _by_place(self, noun: Token) -> Commitment:
        """The commitment by what governs the noun, up to its clause."""
        top = noun
        while top.i not in self._clauses and base(top.dep_) == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
            top = top.head
        own = self._clauses.get(top.i)
        if own is not None:  # the complement of a copula, or the only word of its sentence
            return Commitment(self._contexts[top.i], False)
        governor = top.head
        if governor.i == top.i:
            return Commitment(Context(), False)
        if governor.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "PRON") and governor.i not in self._clauses:
            return self._under_noun(noun, top, governor)
        clause = self._clauses.get(governor.i)
        if clause is None:
            return Commitment(self._above(governor), False)
        relation = base(top.dep_)
        if top.dep_ in SUBJECTS:
            return self._as_subject(noun, clause)
        if relation == "obj":
            return self._as_object(noun, clause)
        if relation == "obl" or (relation == "nmod" and governor.i in self._clauses):
            return self._as_oblique(noun, top, clause)
        return Commitment(self._contexts[governor.i], False)

    def _above(self, token: Token) -> Context:
        """The context of the clause that a word stands in."""
        while token.i not in self._clauses:
            if token.head.i == token.i:
                return Context()
            token = token.head
        return self._contexts[token.i]

    def _under_noun(self, noun: Token, top: Token, governor: Token) -> Commitment:
        """An event that modifies a noun: "fears of an attack", "victims of the attack"."""
        inner = base(top.dep_) == "nmod"
        if not inner:
            return Commitment(self._above(governor), False)
        above = self.of(governor)
        lemma = governor.lemma_.lower()
        if lemma in listed("counting") and case_of(top) == "of":
            return above
        if top.dep_ == "nmod:poss":  # "the attack's victims"
            return Commitment(self._under_doubt(top, above.context), is_definite(top) and above.sure)
        name = next((n for n in ("possible", "negative", "intended") if lemma in listed(f"noun_{n}")), None)
        name = name or embedding_class("noun", lemma, "open")
        if name is not None and (case_of(top) or "") in MODIFYING:
            owners = children(governor, "nmod:poss")
            kind = AttributionKind.INDIRECT if owners else AttributionKind.HEARSAY
            source = Source(owners[0] if owners else None, governor.text, kind, governor.idx)
            return Commitment(apply_class(name, replace(above.context, negative=False), source), False)
        if not self._is_plain(above.context):
            return Commitment(self._under_doubt(noun, above.context) if is_definite(noun) else above.context, False)
        granted = lemma in listed("noun_granting") and is_definite(noun) and self._is_past(governor)
        return Commitment(above.context, granted)

    def _is_past(self, token: Token) -> bool:
        """Whether the clause around a word tells of the past."""
        while token.i not in self._clauses:
            if token.head.i == token.i:
                return False
            token = token.head
        return tells_past(self._clauses[token.i])

    def _as_subject(self, noun: Token, clause: Clause) -> Commitment:
        context = self._contexts[clause.head.i]
        if clause.existential or (clause.lemma in listed("happening") and not clause.passive):
            return Commitment(context, self._is_plain(context), clause)
        if clause.passive:
            return self._governed(noun, clause, clause.lemma, context)
        return self._granted(noun, clause, context)

    def _as_object(self, noun: Token, clause: Clause) -> Commitment:
        context = self._contexts[clause.head.i]
        if clause.lemma in listed("comprising") and clause.subjects:  # "the demands include an investigation"
            whole = clause.subjects[0].token
            name = embedding_class("noun", whole.lemma_.lower(), "open")
            if name in OF_OBJECT:
                owners = children(whole, "nmod:poss")
                kind = AttributionKind.INDIRECT if owners else AttributionKind.HEARSAY
                source = Source(owners[0] if owners else None, whole.text, kind, whole.idx)
                return Commitment(apply_class(name, replace(context, negative=False), source), False)
        if clause.lemma in listed("holding") | listed("undergoing") and clause.lemma not in ("take", "have"):
            return Commitment(context, self._is_plain(context) and tells_past(clause), clause)
        if clause.lemma in ("take", "have"):
            return Commitment(context, False, clause)
        return self._governed(noun, clause, clause.lemma, context)

    def _as_oblique(self, noun: Token, top: Token, clause: Clause) -> Commitment:
        context = self._contexts[clause.head.i]
        marker = case_of(top) or ""
        if marker in word_set("according"):  # "according to a complaint": the complaint is there, whatever it says
            return Commitment(Context(), False)
        if marker == "without":
            return Commitment(replace(context, negative=not context.negative), False)
        if marker in listed("ahead"):
            return Commitment(self._under_doubt(noun, context) if is_definite(noun) else context, False)
        of_object = any(f"{clause.lemma} {marker}" in listed(f"object_{name}") for name in OF_OBJECT)
        if marker in listed("within") and not of_object:
            return self._granted(noun, clause, context, within=True)
        verb = f"{clause.lemma} {marker}"
        found = self._governed(noun, clause, verb, context)
        aimed_at = marker in listed("aiming") and verb not in listed("entailing") and not is_definite(noun)
        if found.context == context and aimed_at:
            return Commitment(replace(context, negative=False, modality=Modality.INTENDED), False)
        return found

    def _governed(self, noun: Token, clause: Clause, verb: str, context: Context) -> Commitment:
        """An event that a verb acts on, by the class of the verb with its preposition."""
        if clause.lemma in listed("holding") and clause.passive and verb == clause.lemma:  # "talks were held"
            return Commitment(context, self._is_plain(context) and tells_past(clause), clause)
        said = embedding_classes("verb", verb) if verb == clause.lemma else frozenset()
        definite = is_definite(noun)
        knows = "think" in said and verb not in listed("guessing")
        if verb in listed("entailing") or (knows and definite):
            return self._granted(noun, clause, context, within=True)
        speaker = speaker_of(clause)
        kind = AttributionKind.INDIRECT if speaker is not None else AttributionKind.HEARSAY
        source = Source(speaker, clause.head.text, kind, clause.head.idx)
        name = next((n for n in OF_OBJECT if verb in listed(f"object_{n}")), None)
        if name is not None:
            below = apply_class(name, context, source)
            return Commitment(apply_class("think", below, source) if knows or "think" in said else below, False)
        if verb in listed("object_put_off"):  # it does not take place when it was to
            return Commitment(Context(True, context.modality, context.sources), False)
        if verb == "deny":
            return Commitment(apply_class("deny", context, source), False)
        if "say" in said:
            below = apply_class("say", context, source)
            if definite and clause.passive:  # "the deal was not announced"
                below = Context(False, Modality.ACTUAL, below.sources)
            return Commitment(below, False)
        return replace(self._granted(noun, clause, context), sure=False)

    def _granted(self, noun: Token, clause: Clause, context: Context, *, within: bool = False) -> Commitment:
        """An event that its clause takes for granted, if it does: what is definite, and what something came of."""
        definite = is_definite(noun)
        if not self._is_plain(context):
            return Commitment(self._under_doubt(noun, context) if definite else context, False)
        taken = definite or within or (noun.tag_ == "NN" and bool(children(noun, "det")))
        return Commitment(context, taken and tells_past(clause))

    def _under_doubt(self, noun: Token, context: Context) -> Context:
        """The context of a definite event below what is denied, planned or possible: its own, as far as the model can
        tell."""
        if self._frames.of(noun).factuality >= LIKELY_REAL:
            return Context(False, Modality.ACTUAL, context.sources)
        return replace(context, negative=False)

    @staticmethod
    def _is_plain(context: Context) -> bool:
        return not context.negative and context.modality is Modality.ACTUAL and not context.ended


def is_definite(noun: Token) -> bool:
    """Whether a noun phrase points to something known: "the", "this", a possessor."""
    return any(
        (base(child.dep_) == "det" and child.lower_ in DEFINITE) or child.dep_ == "nmod:poss" for child in noun.children
    )


def tells_past(clause: Clause) -> bool:
    """Whether a clause is in the past or perfect tense, or a participle below one that is."""
    first = min([clause.head, *clause.auxiliaries, *children(clause.head, "cop")], key=lambda t: t.i)
    perfect = any(a.lemma_ == "have" for a in clause.auxiliaries) and clause.head.tag_ == "VBN"
    if first.tag_ == "VBD" or perfect:
        return True
    if not clause.finite and clause.parent is not None:
        return tells_past(clause.parent)
    return False
