"""Polarity and modality of every clause, and the sources that its words are put in the mouth of.

A clause stands in the context of the clause above it. What that context does to it depends on how it hangs there (a
complement of "deny", the purpose of an action, an if-clause), on its own words ("not", "may", "reportedly"), and on who
is quoted. The classes of words are those of the cue files.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import SUBJECTS, Clause, base, children
from kgbuild.extract.cues.tables import embedding_classes, word_set
from kgbuild.extract.embedding import (
    ATTRIBUTIVE,
    Context,
    Source,
    apply_class,
    embedding_class,
    source_of,
    speaker_of,
)
from kgbuild.extract.own_words import is_infinitive, is_negated, leaves_open, own_modality, value_of
from kgbuild.extract.questions import asks_for_part
from kgbuild.extract.reasons import noted
from kgbuild.extract.subjects import asked_of
from kgbuild.types import AttributionKind, Modality

if TYPE_CHECKING:
    from spacy.tokens import Token

    from kgbuild.extract.second_opinion import SecondOpinion

INHERITING_MARKS = word_set("inheriting_marks")
FACTUAL_MARKS = word_set("factual_marks")
NEGATIVE_MARKS = word_set("negative_marks")
UNREAL_MARKS = word_set("unreal_marks")
PURPOSE_MARKS = word_set("purpose_marks")
INQUIRING = word_set("inquiring", "commitment.tsv")
OUTCOME_VERBS = word_set("outcome_verbs", "commitment.tsv")


ACTUAL = Context()


def contexts(
    clauses: dict[int, Clause], reporters: dict[int, list[Source]], hidden: set[int], opinion: SecondOpinion
) -> dict[int, Context]:
    """The context of every clause.

    ``reporters`` gives further sources per clause (a reporting clause beside it, "according to"); clauses in ``hidden``
    are those reporting clauses, which stand outside what they report.
    """
    found: dict[int, Context] = {}
    bases: dict[int, Context] = {}
    outside: dict[int, Context] = {}
    for i, clause in clauses.items():
        parent = clause.parent
        if parent is None or i in hidden:
            below = ACTUAL if parent is None else outside[parent.head.i]
        elif clause.link == "conj":
            below = bases[parent.head.i]
            if goes_on_reporting(clause, parent):
                below = under_word(clause, parent, found[parent.head.i])
        elif clause.link in ("parataxis", "list", "dep", "appos"):
            below = bases[parent.head.i]
        else:
            below = descend(clause, parent, without_own_words(clause, parent, found[parent.head.i]))
        if clause.mark == "that" and clause.link in ("conj", "parataxis", "dep", "advcl") and not below.sources:
            below = under_reporter(clause, found) or below
        outside[i] = below
        own_sources = tuple(reporters.get(i, ()))
        if own_sources:
            below = replace(below, sources=own_sources + tuple(s for s in below.sources if s not in own_sources))
        bases[i] = below
        found[i] = opinion.trust(clause, own(clause, below))
    return {i: opinion.doubt(clauses[i], context) for i, context in found.items()}


def follows_report(clause: Clause, parent: Clause) -> bool:
    """Whether an adverbial clause behind reported speech may be part of it ("said he was sad because they left")."""
    reports = [d.token for d in parent.dependents if d.relation == "content" and d.token.dep_ == "ccomp"]
    speaks = embedding_class("verb", parent.lemma, "finite") in ATTRIBUTIVE
    return speaks and any(token.i < clause.head.i for token in reports) and clause.head.i > parent.head.i


def without_own_words(clause: Clause, parent: Clause, above: Context) -> Context:
    """The context above without sources whose own noun phrase the clause modifies: "a survey published in 2017"."""
    within: set[int] = set()
    token = clause.anchor
    while token is not None and token.i != parent.head.i:
        within.add(token.i)
        token = token.head if token.head.i != token.i else None
    kept = tuple(s for s in above.sources if s.holder is None or s.holder.i not in within)
    return above if len(kept) == len(above.sources) else replace(above, sources=kept)


def under_reporter(clause: Clause, found: dict[int, Context]) -> Context | None:
    """The context of a further that-clause ("…, and that some evidence suggests…") below the report above it."""
    above = clause.parent
    while above is not None:
        if embedding_class("verb", above.lemma, "finite") in ATTRIBUTIVE:
            return under_word(clause, above, found[above.head.i])
        above = above.parent
    return None


def goes_on_reporting(clause: Clause, parent: Clause) -> bool:
    """Whether a second main clause after reported speech may still be what was said ("He said the world is aware, but
    the IPC needs ..."). Only a reader can tell, so it counts as said."""
    reports = any(d.relation == "content" and d.token.dep_ == "ccomp" for d in parent.dependents)
    own_subject = any(c.dep_ in SUBJECTS for c in clause.head.children)
    if not (reports and own_subject) or embedding_class("verb", parent.lemma, "finite") not in ATTRIBUTIVE:
        return False
    speaks = any(d.relation == "content" and d.token.dep_ == "ccomp" for d in clause.dependents)
    return not (speaks and embedding_class("verb", clause.lemma, "finite") == "say")


def descend(clause: Clause, parent: Clause, above: Context) -> Context:
    """The context that a clause inherits from the clause above it."""
    if clause.mark != "whether" and any(c.lower_ == "whether" for c in children(clause.head, "mark")):  # "over whether"
        asks = embedding_class("verb", parent.lemma, "finite") in ATTRIBUTIVE or parent.lemma in INQUIRING
        known = apply_class("think", above, source_of(parent)) if asks and speaker_of(parent) is not None else above
        return replace(known, negative=False, modality=Modality.POSSIBLE, unsettled=False)
    if (
        clause.anchor is not None
        and clause.anchor.i != parent.head.i
        and clause.link in ("acl", "relcl", "ccomp", "advcl")
    ):
        return under_noun(clause, clause.anchor, parent, above)
    if clause.link in ("ccomp", "xcomp", "csubj"):
        return under_word(clause, parent, above)
    if clause.link in ("acl", "relcl"):
        return under_noun(clause, parent.head, parent, above)
    if clause.link == "advcl" and clause.mark in ("how", "why") and clause.head.i > parent.head.i:
        return under_word(clause, parent, above)
    if clause.link == "advcl" and clause.finite and follows_report(clause, parent):
        return under_mark(clause, parent, under_word(clause, parent, above))
    return under_mark(clause, parent, above)


@noted("word above")
def under_word(clause: Clause, parent: Clause, above: Context) -> Context:
    """A complement clause, by the class of the verb, adjective or copula that governs it."""
    construction = "finite" if clause.finite else ("passive" if parent.passive else "open")
    head = parent.head
    if sets_condition(parent):
        return replace(above, negative=False, modality=Modality.CONDITIONAL)
    word_kind = {"ADJ": "adjective", "NOUN": "noun"}.get(head.pos_, "verb")
    name = embedding_class(word_kind, parent.lemma, construction)
    if word_kind == "verb" and head.tag_ == "VBN" and clause.finite:  # "convinced that", "frustrated that"
        name = embedding_class("adjective", head.lower_, construction) or name
    if clause.link == "csubj" and word_kind == "verb" and name not in ("negative", "required"):
        name = "neutral"
    if parent.lemma == "go" and head.tag_ != "VBG" and name == "future":
        name = "actual"  # "went to see" against "is going to see"
    if name == "enabled" and parent.lemma == "able" and any(c.tag_ == "VBD" for c in children(head, "cop")):
        name = "actual"  # "was able to leave" against "is able to leave"
    with_to = any(c.lower_ == "to" for c in children(clause.head, "mark", "aux"))
    if name == "required" and parent.lemma == "have" and not with_to:
        name = "actual"  # "had them leave" against "had to leave"
    guessed = name is None or (clause.link == "csubj" and word_kind == "noun")
    if name is None or guessed:
        name = "possible"
    if name in ATTRIBUTIVE and is_subjunctive(clause):
        name = "requested"
    source = source_of(parent)
    if clause.mark in ("if", "whether") and name not in ATTRIBUTIVE:
        name = "possible"
    result = apply_class(name, above, source)
    inquires = word_kind == "verb" and parent.lemma in INQUIRING and source.holder is not None
    if inquires and name not in ATTRIBUTIVE and is_indirect_question(clause):
        return replace(apply_class("think", above, source), modality=Modality.POSSIBLE, unsettled=False)
    if name == "intended" and source.holder is not None and not shares_subject(clause, parent):
        result = replace(result, sources=(source, *result.sources))  # "wants Kiev to stay out", not "wants to stay out"
    if clause.mark in ("if", "whether"):
        return replace(result, modality=Modality.POSSIBLE if name in ATTRIBUTIVE else result.modality, unsettled=False)
    subject = clause.link == "csubj" and head.pos_ != "VERB"  # "moving there was easy"
    soft = guessed and (not subject or (is_past(parent) and clause.head.tag_ == "VBG"))
    soft = soft or (name == "required" and is_past(parent))
    return replace(result, unsettled=soft or result.unsettled)


def is_subjunctive(clause: Clause) -> bool:
    """Whether a that-clause with a singular subject has a bare verb: "insisted that he leave"."""
    subjects = children(clause.head, "nsubj", "nsubj:pass")
    verb = min([clause.head, *clause.auxiliaries, *children(clause.head, "cop")], key=lambda t: t.i)
    bare = verb.tag_ in ("VB", "VBP") and verb.lower_ == verb.lemma_
    singular = any(t.tag_ in ("NN", "NNP") or t.lower_ in ("he", "she", "it") for t in subjects)
    joined = any(children(t, "conj") for t in subjects)
    return clause.mark == "that" and bare and singular and not joined


def is_indirect_question(clause: Clause) -> bool:
    """Whether a complement is introduced by "if", "whether" or a question word."""
    return clause.mark in ("if", "whether", "how", "why", "when", "where") or asks_for_part(clause)


def shares_subject(clause: Clause, parent: Clause) -> bool:
    """Whether a complement is about the subject of the clause above it, or has no subject of its own."""
    own = {d.token.i for d in clause.subjects}
    return not own or bool(own & {d.token.i for d in parent.subjects})


def is_past(clause: Clause) -> bool:
    """Whether the verb, or its first auxiliary or copula, is a past tense."""
    words = [clause.head, *clause.auxiliaries, *children(clause.head, "cop")]
    return min(words, key=lambda t: t.i).tag_ == "VBD"


def tells_past(clause: Clause) -> bool:
    """Whether a clause is in the past tense or the perfect."""
    return is_past(clause) or (clause.head.tag_ == "VBN" and any(a.lemma_ == "have" for a in clause.auxiliaries))


def sets_condition(clause: Clause) -> bool:
    """Whether a participle stands for "if": "provided it is useful", "assuming they agree"."""
    return clause.reduced and clause.lemma in word_set("conditional_participles")


@noted("noun above")
def under_noun(clause: Clause, noun: Token, parent: Clause, above: Context) -> Context:
    """A clause that modifies a noun, or is what the noun's plan, claim or attempt is about."""
    about = clause.link in ("ccomp", "advcl") or (
        clause.link == "acl"
        and (is_infinitive(clause) or (clause.mark is not None and clause.mark != "that") or clause.finite)
    )
    if about:
        name = embedding_class("noun", noun.lemma_.lower(), "finite" if clause.finite else "open")
        if is_infinitive(clause) and f"{parent.lemma}_{noun.lemma_.lower()}" in word_set(
            "implicative_phrases", "commitment.tsv"
        ):
            name = "actual"
        if name is None and clause.mark in INHERITING_MARKS - {"that", "in", "with", "as"}:
            return under_mark(clause, parent, above)
        owners = children(noun, "nmod:poss")
        owner = owners[0] if owners else None
        kind = AttributionKind.INDIRECT if owner is not None else AttributionKind.HEARSAY
        if name is None and clause.finite and clause.mark == "that":
            name = "neutral" if noun.lower_ == "fact" else "possible"
        result = apply_class(
            name or "possible", replace(above, negative=False), Source(owner, noun.text, kind, noun.idx)
        )
        if is_spoken_of(noun, parent) and not result.sources:  # "announced plans to close"
            result = replace(result, sources=(source_of(parent), *result.sources))
        return replace(result, unsettled=name is None or result.unsettled)
    determiners = {c.lower_ for c in noun.children if c.dep_ in ("det", "nmod:poss")}
    definite = (
        noun.tag_ in ("NNP", "NNPS")
        or determiners & {"the", "this", "that", "these", "those"}
        or any(c.dep_ == "nmod:poss" for c in noun.children)
    )
    generic = determiners & {"any", "every", "each", "whatever", "whichever"} or noun.lower_ in word_set("generic")
    in_scope = above.negative and not definite and noun.i > parent.head.i
    if "no" in determiners or in_scope or generic:
        each = determiners & {"every", "each"} or noun.lower_ in ("everyone", "everybody", "everything", "those")
        return Context(False, Modality.POSSIBLE, above.sources, unsettled=bool(each) and not in_scope)
    modality = Modality.ACTUAL if definite else above.modality
    sources = above.sources
    if base(noun.dep_) == "appos" or (is_aside(clause, noun) and noun.tag_ in ("NNP", "NNPS")):
        sources = tuple(s for s in sources if not is_own_hearsay(s, parent))  # "allegedly used Tor, a network that …"
    if is_spoken_of(noun, parent) and not is_aside(clause, noun) and not any(s.at == parent.head.idx for s in sources):
        sources = (source_of(parent), *sources)
    if not definite and modality is Modality.ACTUAL and is_sought(noun, parent):
        return Context(False, Modality.POSSIBLE, sources)
    return Context(False, modality, sources, unsettled=not clause.finite or tells_past(clause))


def is_own_hearsay(source: Source, clause: Clause) -> bool:
    """Whether a source is an adverb of the clause ("allegedly"), which says nothing of a description beside it."""
    return source.kind is AttributionKind.HEARSAY and any(
        c.idx == source.at and "hearsay" in value_of("adverb", c.lower_) for c in clause.head.children
    )


def is_spoken_of(noun: Token, parent: Clause) -> bool:
    """Whether a common noun is, or belongs to, what somebody speaks of ("cited remarks that …")."""
    token = noun
    while token.dep_ in ("nmod", "conj", "appos") and token.head.i > parent.head.i:
        token = token.head
    governed = token.head.i == parent.head.i and token.i > parent.head.i and token.dep_ in ("obj", "obl", "xcomp")
    speaks = (
        parent.head.pos_ == "VERB"
        and parent.lemma in word_set("speaking_of", "commitment.tsv")
        and speaker_of(parent) is not None
    )
    return governed and speaks and noun.pos_ == "NOUN"


def is_aside(clause: Clause, noun: Token) -> bool:
    """Whether a comma or dash parts a relative clause from its noun."""
    first = min(clause.head.subtree, key=lambda t: t.i)
    return any(t.text in (",", "–", "—", "-", "(") for t in noun.doc[noun.i + 1 : first.i + 1])


def is_sought(noun: Token, parent: Clause) -> bool:
    """Whether a noun without article is the object of wanting, asking or needing: there may be no such thing."""
    while noun.dep_ == "nmod" and noun.head.i > parent.head.i:  # "offered a reward for information"
        noun = noun.head
    governed = noun.head.i == parent.head.i and noun.i > parent.head.i and parent.head.pos_ == "VERB"
    found = embedding_classes("verb", parent.lemma) if parent.lemma != "have" else frozenset()
    return (
        governed and bool(found & {"intended", "promised", "requested", "required"}) and not found & {"actual", "say"}
    )


@noted("joining word")
def under_mark(clause: Clause, parent: Clause, above: Context) -> Context:
    """An adverbial clause, by the word that joins it."""
    mark = clause.mark or ""
    values = value_of("marker", mark)
    fresh = replace(above, negative=False, ended=False)
    if "conditional" in values or mark.startswith(tuple(word_set("conditional_starts"))):
        return replace(fresh, modality=Modality.CONDITIONAL)
    if mark in NEGATIVE_MARKS or "negative" in values:
        return replace(fresh, negative=True)
    if mark in UNREAL_MARKS:
        return replace(fresh, modality=Modality.POSSIBLE, unsettled=True)
    if (mark in PURPOSE_MARKS and not clause.finite) or mark == "so that":
        asked = asked_of(parent)
        if asked is not None:  # "called on them to leave"
            asking = embedding_class("verb", f"{parent.lemma} {asked.marker}", "open") or "possible"
            return apply_class(asking, fresh, source_of(parent))
        if parent.lemma in OUTCOME_VERBS and clause.head.i > parent.head.i:
            return fresh
        return replace(fresh, modality=Modality.INTENDED)
    if "pending" in values:
        happened = clause.head.tag_ == "VBD" or any(t.tag_ == "VBD" for t in clause.head.children)
        return fresh if happened else replace(fresh, modality=Modality.FUTURE)
    alleged = mark == "with" and "alleged" in embedding_classes("verb", parent.lemma)  # "charged with lying"
    if alleged or mark in ("of", "for", "about", "on", "against", "at", "into", "over", "from", "to"):
        word_kind = "adjective" if parent.head.pos_ == "ADJ" else "verb"
        spoken = "finite" if mark in ("of", "about") else "open"
        name = embedding_class(word_kind, parent.lemma, "passive" if parent.passive else spoken)
        if mark == "from" and name is None:
            name = "negative"
        if name in (None, "actual", "ended", "neutral"):
            return replace(fresh, modality=Modality.POSSIBLE, unsettled=True)
        below = apply_class(name, fresh, source_of(parent))
        told = name in ATTRIBUTIVE and parent.lemma not in word_set(
            "about_actual", "commitment.tsv"
        )  # "warned of losing"
        return replace(below, modality=Modality.POSSIBLE) if told else below
    absolute = mark == "with" and any(c.dep_.startswith("nsubj") for c in clause.head.children)
    if mark in FACTUAL_MARKS or absolute:
        return replace(fresh, modality=Modality.ACTUAL)
    if mark == "" and is_infinitive(clause):
        return replace(fresh, modality=Modality.INTENDED)
    if mark == "" or mark.partition(" ")[0] in INHERITING_MARKS:
        return replace(fresh, unsettled=above.modality is not Modality.ACTUAL)
    if above.modality is not Modality.ACTUAL:
        return fresh
    return replace(fresh, modality=Modality.POSSIBLE, unsettled=True)


@noted("own words")
def own(clause: Clause, below: Context) -> Context:
    """The context with the clause's own negation, auxiliaries, adverbs and mood."""
    negative = is_negated(clause) != below.negative
    reported = any(s.kind is not AttributionKind.DIRECT for s in below.sources)
    found = own_modality(clause, negative=below.negative, reported=reported)
    modality = below.modality if found is Modality.ACTUAL else found
    unsettled = below.unsettled if found is Modality.ACTUAL else leaves_open(clause, found)
    sources = below.sources
    for child in clause.head.children:
        if child.dep_ == "advmod" and "hearsay" in value_of("adverb", child.lower_):
            sources = (Source(None, child.text, AttributionKind.HEARSAY, child.idx), *sources)
    no_longer = any(
        c.lower_ in ("longer", "more") and any(g.lower_ in ("no", "any") for g in c.children)
        for c in clause.head.children
    )
    formerly = any("ended" in value_of("adverb", c.lower_) for c in clause.head.children if c.dep_ == "advmod")
    return Context(negative or no_longer, modality, sources, below.ended or formerly, unsettled)
