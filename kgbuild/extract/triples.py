"""Binary readings of a statement: what the graph draws as edges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kgbuild.extract.arguments import Filler
from kgbuild.extract.clauses import Clause, mark_of
from kgbuild.extract.complements import is_compared
from kgbuild.extract.cues.tables import embedding_classes, irregular_participles, word_set, words
from kgbuild.extract.embedding import ATTRIBUTIVE, embedding_class
from kgbuild.types import MentionKind, PredicateKind, Triple

EXAMPLES = word_set("examples")
"""Markers of examples and exceptions: what follows is no argument of the verb."""


@dataclass(frozen=True, slots=True)
class Part:
    """An argument of a clause as the readings see it."""

    relation: str
    marker: str | None
    filler: Filler
    is_time: bool = False
    role_words: str = ""
    """For the complement of a copula: the words of the role it names ("president")."""
    owners: tuple[tuple[Filler, str], ...] = ()


def triple(subject: Filler, relation: str, obj: Filler) -> Triple:
    return Triple(
        subject.shown or subject.text, relation, obj.shown or obj.text,
        subject.mention.span if subject.mention else None, obj.mention.span if obj.mention else None,
    )  # fmt: skip


def participle(clause: Clause) -> str:
    """The passive's words: "be shot", "be carried out"."""
    particles = clause.lemma.split(" ")[1:]
    return " ".join(["be", past_participle(clause), *particles])


def past_participle(clause: Clause) -> str:
    """The form after "be": the word itself if it is one, else what stands in the table of irregular verbs, else -ed."""
    head = clause.head
    if head.tag_ == "VBN" or (head.tag_ == "VBD" and head.lower_.endswith("ed")):
        return head.lower_
    return participle_of(head.lemma_.lower())


def participle_of(lemma: str) -> str:
    """The past participle of a verb by its lemma."""
    irregular = irregular_participles().get(lemma)
    if irregular:
        return irregular
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def is_loop(subject: Filler, part: Part) -> bool:
    """Whether an argument is the subject itself, and not by a reflexive pronoun."""
    one, two = subject.mention, part.filler.mention
    same = one is not None and two is not None and one.chain == two.chain
    return part.filler.start == subject.start or (same and not part.filler.head.lower_.endswith(("self", "selves")))


def is_name(part: Part) -> bool:
    return part.filler.mention is not None and part.filler.mention.kind is not MentionKind.NOMINAL


def readings(clause: Clause, prefix: str, subjects: list[Filler], parts: list[Part]) -> Iterator[Triple]:
    """The triples of a clause, one per subject and further argument; where there is none, one with the time, the manner
    or the predicate's own words as object. ``prefix`` holds the words of a matrix verb ("continue to")."""
    if clause.kind in (PredicateKind.COPULA, PredicateKind.ADJECTIVE) and not clause.existential:
        for subject in subjects:
            yield from copular(clause, prefix, subject, parts)
        return
    agents = [p for p in parts if p.relation == "agent"]
    rest = [p for p in parts if p.relation != "agent"]
    if clause.passive and agents:
        told = any(p.relation == "content" or p.marker == "as" for p in rest)  # "was reported by the press to be ill"
        told = told or any(c.dep_ == "advcl" and mark_of(c) in ("to", "as") for c in clause.head.children)
        reported = told and "say" in embedding_classes("verb", clause.lemma)
        for agent in agents:
            if agent.filler.resolved and (subjects or rest) and not reported:
                yield from verbal(
                    clause, prefix + clause.lemma, agent.filler, [*(Part("object", None, s) for s in subjects), *rest]
                )
        for subject in subjects:
            extra = [p for p in rest if p.relation == "oblique" and not p.is_time]
            if extra:
                yield from verbal(clause, prefix + participle(clause), subject, extra)
    elif clause.passive:
        for subject in subjects:
            yield from verbal(clause, prefix + participle(clause), subject, rest)
    elif (
        clause.lemma in words("reciprocal.txt") and len(subjects) > 1 and not any(p.relation == "object" for p in parts)
    ):
        yield triple(subjects[0], prefix + clause.lemma, subjects[1])
        yield from verbal(clause, prefix + clause.lemma, subjects[0], rest)
    else:
        for subject in subjects:
            yield from verbal(clause, prefix + ("exist" if clause.existential else clause.lemma), subject, rest)


def misleads(part: Part, parts: list[Part], clause: Clause) -> bool:
    """Whether the verb and one argument alone say what the sentence does not: how far something was moved, by whose
    reports it is known, and what something else is called ("pointed to the drought as a reason")."""
    if part.marker is None and part.relation == "oblique":
        return any(p.relation == "object" for p in parts)
    if part.marker == "by" and not clause.passive and part.filler.head.lemma_.lower() in word_set("sayings"):
        return True
    if any(p.relation == "object" and is_compared(p.filler.head, part.marker) for p in parts):
        return True
    pointed = any(p.marker in ("to", "upon") and not p.is_time and p is not part for p in parts)
    return part.marker == "as" and pointed and clause.lemma not in word_set("motion")


def verbal(clause: Clause, relation: str, subject: Filler, parts: list[Part]) -> Iterator[Triple]:
    objects = [p for p in parts if p.relation == "object"]
    named = bool(objects) and (objects[0].filler.head.pos_ in ("PROPN", "PRON") or is_name(objects[0]))
    head = objects[0].filler.head.lower_ if objects and not named else ""
    result = next(
        (p for p in parts if p.relation == "attribute" and p.filler.head.pos_ == "ADJ" and not p.marker), None
    )
    acted, state = relation, result.filler.head.lower_ if result is not None else ""
    if objects and result is not None:  # "shot dead": the result belongs to the verb, or stands behind the object
        parts = [p for p in parts if p is not result]
        if not clause.passive or relation.endswith(clause.lemma):
            relation, head = f"{relation} {state}", f"{head} {state}" if head else ""
            acted = acted if head else relation
    described = any(p.relation == "attribute" for p in parts) and clause.lemma in word_set("object_predicative")
    written = False
    for part in parts:
        if not part.filler.resolved or part.is_time or part.relation == "adverb" or is_loop(subject, part):
            continue
        if part.marker in EXAMPLES or misleads(part, parts, clause):
            continue
        if part.relation == "content" and clause.passive and not part.marker and part.filler.head.dep_ != "ccomp":
            written = True  # "was designed to kill": its own statement reads "be designed to kill"
            continue
        if part.relation == "object" and described:
            continue  # "made it the third hurricane": what is made is no object of making
        if part.relation == "object":
            phrase = relation
        elif part.relation == "through":
            phrase = f"{relation} {part.marker}"
        elif part.relation == "recipient":
            phrase = f"{acted} {head} to" if head else relation
        elif part.relation == "attribute" or part.relation == "content":
            phrase = f"{acted} {head} {part.marker or ''}" if head else f"{relation} {part.marker or ''}"
        else:  # "went quiet for a week"
            phrase = " ".join([acted, head or ("" if objects else state), part.marker or ""])
        yield triple(subject, " ".join(phrase.split()), part.filler)
        written = True
        for owner, joined in part.owners if not head else ():
            if owner.resolved and owner.start != subject.start:
                yield triple(subject, f"{relation} {part.role_words} {joined}", owner)
        turned = part.relation == "attribute" or (part.relation == "oblique" and (named or part.marker == "as"))
        reports = embedding_class("verb", clause.lemma, "finite") in ATTRIBUTIVE
        if turned and not reports and not clause.passive and clause.kind is PredicateKind.VERB:
            for obj in objects:
                if obj.filler.resolved and obj.filler.start != part.filler.start:
                    yield triple(obj.filler, " ".join([participle(clause), part.marker or ""]).strip(), part.filler)
    if not written:
        fallback = [p for p in parts if p.is_time] + [p for p in parts if p.relation == "adverb"]
        if fallback:
            marker = fallback[0].marker or ""
            yield triple(subject, f"{relation} {marker}".strip(), fallback[0].filler)
        elif not (clause.existential or clause.speaks or clause.reduced) and all(p.filler.resolved for p in parts):
            word = clause.head
            own = Filler(word.text, word.idx, word.idx + len(word), None, word)
            yield triple(subject, relation, own)


def copular(clause: Clause, prefix: str, subject: Filler, parts: list[Part]) -> Iterator[Triple]:
    be = prefix + "be"
    others = [
        p
        for p in parts
        if p.relation == "oblique" and not p.is_time and p.filler.resolved and p.filler.start != subject.start
    ]
    others = [p for p in others if p.marker not in EXAMPLES]
    complements = [p for p in parts if p.relation == "complement"]
    if clause.kind is PredicateKind.ADJECTIVE:
        degree = [c.lower_ for c in clause.head.children if c.dep_ == "advmod" and c.lower_ in word_set("degrees")]
        said = " ".join([be, *degree, clause.head.lower_])
        for part in others:
            yield triple(subject, f"{said} {part.marker or ''}".strip(), part.filler)
        for complement in complements if not others else []:
            yield triple(subject, f"{be} {complement.marker or ''}".strip(), complement.filler)
        return
    for complement in complements:
        stated = complement.filler
        if is_loop(subject, complement):  # what it is said to be is no second thing
            stated = replace(complement.filler, mention=None, shown="")
        described = stated.start != subject.start and not (stated is not complement.filler and is_name(complement))
        if complement.filler.resolved and described:
            yield triple(subject, f"{be} {complement.marker or ''}".strip(), stated)
        for owner, joined in complement.owners:
            if owner.resolved and owner.start != subject.start and not complement.marker:
                yield triple(subject, f"{be} {complement.role_words} {joined}", owner)
    marker = complements[0].marker if complements else None
    noun = " ".join(w for w in (marker, clause.head.lower_) if w) if clause.head.pos_ != "PROPN" else ""
    for part in others:
        yield triple(subject, " ".join(f"{be} {noun} {part.marker or ''}".split()), part.filler)
