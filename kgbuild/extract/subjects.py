"""Who does what a clause says: its own subject, or one that the grammar lends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.extract.clauses import (
    SUBJECTS,
    Clause,
    Dependent,
    base,
    children,
    is_predicate,
    relative_pronoun,
    spread,
)
from kgbuild.extract.cues.tables import classes, embedding_classes, word_set, words

if TYPE_CHECKING:
    pass


def fill_subjects(clause: Clause) -> None:
    """The subject: the clause's own, the antecedent's, or one shared with the clause above."""
    if clause.subjects:
        return
    own = [c for c in clause.head.children if c.dep_ in SUBJECTS and not (base(c.dep_) == "csubj" and is_predicate(c))]
    inner = [child for child in own if not child.dep_.endswith(":outer")]
    if inner:
        subject = inner[0]
        relative = relative_pronoun(clause.head) if clause.link == "relcl" else None
        if relative is not None and clause.anchor is not None and relative.i == subject.i:
            clause.subjects = [Dependent(t, "subject", None, alt) for t, alt in spread(clause.anchor)][:1]
        else:
            clause.subjects = [Dependent(t, "subject", None, alt) for t, alt in spread(subject)]
        return
    parent = clause.parent
    if clause.existential or parent is None:
        return
    if clause.link == "relcl" and clause.anchor is not None:
        clause.subjects = [Dependent(clause.anchor, "subject")]
    elif clause.link == "ccomp" and clause.anchor is not None and clause.anchor.dep_ == "nsubj:outer":
        clause.subjects = [Dependent(owner, "subject") for owner in children(clause.anchor, "nmod:poss")]
    elif clause.link == "acl" and clause.anchor is not None:
        clause.subjects = nominal_subjects(clause, parent)
    elif clause.link == "conj" and clause.shares_subject and clause.head.tag_ == "VBG" and parent.finite:
        clause.subjects = [] if not clause.auxiliaries else list(parent.subjects)  # no verb goes on as a gerund
    elif clause.link == "conj" and clause.shares_subject:
        if clause.head.tag_ != "VB" or clause.auxiliaries or not imperative(clause):
            clause.subjects = list(sharing_clause(clause, parent).subjects)
    elif clause.link == "xcomp":
        clause.subjects = controller(clause, parent)
    elif clause.link == "advcl" and (accused := blamed(clause, parent)):
        clause.subjects = accused
    elif clause.link == "advcl" and clause.mark == "to" and (asked := asked_of(parent)):
        clause.subjects = [Dependent(asked.token, "subject")]
    elif clause.link == "advcl":
        purpose = clause.mark == "to" or (clause.mark or "") in ("in order", "so as")
        means = clause.mark in ("by", "through")  # "was saved by selling land": whoever saved it sold the land
        if not ((purpose or means) and parent.passive):
            clause.subjects = list(parent.subjects)


def lend_object(clause: Clause, clauses: dict[int, Clause]) -> None:
    """Gives what a tree took for the object of reporting to the reported clause that has no subject of its own:
    "claimed Iran, among others, is influencing the government"."""
    if "say" not in embedding_classes("verb", clause.lemma) or clause.head.lemma_ in word_set("addressing"):
        return
    objects = [d for d in clause.dependents if d.relation == "object" and d.token.head.i == clause.head.i]
    for content in (d for d in clause.dependents if d.relation == "content" and d.token.dep_ == "ccomp"):
        inner = clauses.get(content.token.i)
        if inner is None or inner.subjects or not inner.finite or not objects or inner.head.i < objects[0].token.i:
            continue
        inner.subjects = [Dependent(d.token, "subject", None, d.alternative) for d in objects]
        inner.lent_from = objects[0].token
        clause.dependents = [d for d in clause.dependents if d not in objects]


def sharing_clause(clause: Clause, parent: Clause) -> Clause:
    """The clause that lends a conjunct its subject. "observed proteins found in glue and used DNA" goes on with the
    main verb, since a passive participle has no conjunct with an object."""
    active = not clause.passive and any(child.dep_ == "obj" for child in clause.head.children)
    if parent.reduced and parent.passive and active and parent.parent is not None:
        return parent.parent
    return parent


def imperative(clause: Clause) -> bool:
    """Whether a bare verb without a subject gives an order; a conjunct does if what it is joined to does."""
    if clause.link == "conj" and clause.parent is not None and not imperative(clause.parent):
        return False
    return (
        clause.head.tag_ == "VB"
        and not clause.auxiliaries
        and clause.mark is None
        and clause.link in ("root", "conj", "parataxis", "ccomp")
        and not any(child.dep_ in SUBJECTS or child.dep_ == "expl" for child in clause.head.children)
    )


def controller(clause: Clause, parent: Clause) -> list[Dependent]:
    """Who does what an open complement says: the object of "ask", else the subject of "want"."""
    objects = [d for d in parent.dependents if d.relation in ("object", "recipient") and d.token.i != clause.head.i]
    if objects and not parent.passive and parent.head.lemma_ in word_set("object_control"):
        return objects
    return list(parent.subjects)


def blamed(clause: Clause, parent: Clause) -> list[Dependent]:
    """The object of an active verb that does what a gerund after it says: "accused him of lying", "kept them from
    leaving", "thanked her for helping"."""
    if clause.head.tag_ != "VBG" or parent.passive or clause.head.i < parent.head.i:
        return []
    judged = clause.mark == "for" and parent.head.lemma_ in word_set("judging")
    judged = judged or (clause.mark == "with" and "alleged" in embedding_classes("verb", parent.head.lemma_))
    if not (judged or clause.mark in ("of", "from", "as")):
        return []
    return [d for d in parent.dependents if d.relation in ("object", "recipient") and d.token.head.i == parent.head.i]


def asked_of(clause: Clause) -> Dependent | None:
    """Whom a verb with a preposition asks, or waits for, to do something: "called on the mayor to resign"."""
    for dependent in clause.dependents:
        key = ("verb", f"{clause.lemma} {dependent.marker}")
        if dependent.relation == "oblique" and key in classes("embedding.tsv"):
            return dependent
    return None


def nominal_subjects(clause: Clause, parent: Clause) -> list[Dependent]:
    """The subject of a participle or infinitive that modifies a noun."""
    noun = clause.anchor
    if noun is None:
        return []
    infinitive = clause.head.tag_ == "VB" or any(aux.tag_ == "VB" for aux in clause.auxiliaries)
    if not infinitive:
        governed = noun.head.i == parent.head.i and base(noun.dep_) in ("obj", "obl")
        if clause.head.tag_ == "VBG" and governed and clause.lemma in words("adverbial_participles.txt"):
            return list(parent.subjects)
        inner = [c for c in children(noun, "nmod") if noun.i < c.i < clause.head.i and c.pos_ in ("PRON", "PROPN")]
        if inner and clause.head.tag_ == "VBG":  # "images of him wearing his uniform"
            noun = inner[-1]
        return [] if clause.mark else [Dependent(noun, "subject")]
    superlative = any(c.tag_ == "JJS" or c.lower_ in ("first", "last", "only", "second", "next") for c in noun.children)
    if superlative or noun.tag_ in ("NNP", "NNPS"):
        return [Dependent(noun, "subject")]
    owners = children(noun, "nmod:poss")
    if owners:
        return [Dependent(owners[0], "subject")]
    governed = noun.head.i == parent.head.i and base(noun.dep_) in ("obj", "obl") and not parent.passive
    return list(parent.subjects) if governed else []
