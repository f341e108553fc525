"""The words that make one verb: particles, hyphenated prefixes, the noun of a set phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.extract.cues.tables import word_set, words

if TYPE_CHECKING:
    from spacy.tokens import Token


def lemma_of(token: Token) -> str:
    """The lemma with what belongs to the verb: particles ("carry out") and the noun of a set phrase ("take place")."""
    particles = [child.lower_ for child in particles_of(token)]
    lemma = "".join(part.lower_ for part in prefix_of(token)) + (token.lemma_.lower() or token.lower_)
    return " ".join([lemma, *(noun.lower_ for noun in set_nouns(token)), *particles])


def prefix_of(token: Token) -> list[Token]:
    """The words in front that a hyphen joins to a verb: "co" and "-" of "co-sponsored"."""
    if token.i < 2 or token.nbor(-1).text not in ("-", "‑") or token.nbor(-1).whitespace_ or token.nbor(-2).whitespace_:
        return []
    return [token.nbor(-2), token.nbor(-1)] if token.nbor(-2).is_alpha else []


def particles_of(token: Token) -> list[Token]:
    """The particles of a verb, also where the tree has them as adverbs right behind it ("went on")."""
    return [
        child
        for child in token.children
        if child.dep_ == "compound:prt"
        or (child.dep_ == "advmod" and child.i == token.i + 1 and child.lower_ in word_set("particles"))
    ]


def set_nouns(token: Token) -> list[Token]:
    """The bare object that makes one verb with its verb ("place" of "took place")."""
    lemma = token.lemma_.lower()
    return [
        child
        for child in token.children
        if child.dep_ == "obj"
        and f"{lemma}_{child.lower_}" in words("light_verbs.txt")
        and not any(c.dep_ in ("det", "amod", "nmod:poss") for c in child.children)
    ]
