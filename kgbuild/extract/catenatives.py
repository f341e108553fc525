"""Readings that join an infinitive with the verb above it: "continue to deliver", "refuse to hand over"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import Filler
from kgbuild.extract.clauses import Clause
from kgbuild.extract.embedding import embedding_class
from kgbuild.extract.own_words import is_infinitive
from kgbuild.extract.triples import triple
from kgbuild.types import PredicateKind, Triple

if TYPE_CHECKING:
    from spacy.tokens import Token


def matrix_words(clause: Clause) -> str:
    """The matrix words of an infinitive with the same subject: "continue to", "be due to"."""
    parent = clause.parent
    if parent is None or clause.link != "xcomp" or clause.anchor is None or clause.anchor.i != parent.head.i:
        return ""
    if any(d.relation in ("object", "recipient") for d in parent.dependents) or not is_infinitive(clause):
        return ""
    word_kind = "adjective" if parent.head.pos_ == "ADJ" else "verb"
    name = embedding_class(word_kind, parent.lemma, "passive" if parent.passive else "open")
    if name in ("negative", "intended", "promised", None) and word_kind == "verb" and not parent.passive:
        return ""
    be = f"be {parent.head.lower_}" if parent.passive or word_kind == "adjective" else parent.lemma
    return f"{matrix_words(parent)}{be} to "


def catenative(
    clause: Clause, subjects: list[Filler], clauses: dict[int, Clause], filler_of: Callable[[Token, int], Filler]
) -> Iterator[Triple]:
    """Readings through an infinitive that the clause itself is about: "Mvoko refuse to hand over → phone".

    ``filler_of`` gives the filler of a word in the clause of that index.
    """
    if clause.passive or clause.kind is not PredicateKind.VERB:
        return
    for dependent in clause.dependents:
        inner = clauses.get(dependent.token.i)
        if dependent.relation != "content" or inner is None or dependent.token.dep_ != "xcomp" or inner.passive:
            continue
        name = embedding_class("verb", clause.lemma, "open")
        if (
            name not in ("intended", "promised", "negative")
            or not is_infinitive(inner)
            or not set(map(id, inner.subjects)) <= set(map(id, clause.subjects))
        ):
            continue
        for further in inner.dependents:
            if further.relation == "object":
                filler = filler_of(further.token, inner.head.i)
                for subject in subjects:
                    if filler.resolved:
                        yield triple(subject, f"{clause.lemma} to {inner.lemma}", filler)
