"""Which clauses of a sentence with a question mark ask, and which only tell what the question is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from kgbuild.extract.clauses import Clause

MAIN = frozenset(["root", "parataxis", "list", "dep"])
SUBJECTS = frozenset("nsubj nsubj:pass nsubj:outer csubj csubj:pass csubj:outer expl".split())
QUESTION_TAGS = frozenset(["WP", "WDT", "WP$", "WRB"])


def mark_questions(text: str, clauses: Collection[Clause]) -> None:
    """Sets ``question`` of the clauses of one sentence, parents first. ``text`` is the sentence.

    Those in the form of a question ask, with what is joined to them; where none has it ("You agree?"), the last main
    clause does.
    """
    if not text.rstrip(" \"”’')").endswith("?"):
        return
    asking = {clause.head.i for clause in clauses if is_interrogative(clause)}
    if not asking:
        mains = [clause for clause in clauses if is_main(clause)]
        asking = {max(mains, key=lambda c: c.head.i).head.i} if mains else set()
    for clause in clauses:
        parent = clause.parent
        joined = clause.link == "conj" and parent is not None and parent.question and clause.shares_subject
        clause.question = joined or clause.head.i in asking


def is_main(clause: Clause) -> bool:
    """Whether a clause stands on its own, or is joined to one that does."""
    while clause.link == "conj" and clause.parent is not None:
        clause = clause.parent
    return clause.link in MAIN


def is_interrogative(clause: Clause) -> bool:
    """Whether the verb, or its auxiliary, stands before the subject, or a question word opens a main clause."""
    subjects = [c.i for c in clause.head.children if c.dep_ in SUBJECTS]
    verbs = [c.i for c in clause.head.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if clause.head.pos_ == "AUX":
        verbs.append(clause.head.i)
    if subjects and verbs and min(verbs) < min(subjects) and clause.mark in (None, "how", "why", "where", "when"):
        return True
    return is_main(clause) and asks_for_part(clause)


def asks_for_part(clause: Clause) -> bool:
    """Whether a question word opens the clause, or stands behind a first "and" or preposition."""
    first = min(clause.head.subtree, key=lambda t: t.i)
    words = [first]
    if first.pos_ in ("CCONJ", "PUNCT", "ADP") and first.i + 1 < len(first.doc):
        words.append(first.nbor(1))
    return any(word.tag_ in QUESTION_TAGS for word in words)
