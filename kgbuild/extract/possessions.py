"""Whom or what somebody has, by a possessive: "Akerson's wife", "the party's leader", "his phone"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import AGENTS, Filler, Reader
from kgbuild.extract.clauses import base, children
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.nominals import value_of
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

HAD = AGENTS | {"Facility", "Product"}
"""Types of what can be had; a plan or a death is not: whoever plans or dies is told by the noun's own statement."""


@dataclass(frozen=True, slots=True)
class Possession:
    """``noun`` is the head of what is had, ``ended`` and ``possible`` what its adjectives make of it."""

    noun: Token
    owner: Filler
    had: Filler
    ended: bool
    possible: bool

    @property
    def taken_for_granted(self) -> bool:
        """Whether what is planned or doubted with it leaves it as it is: "wants to care for his wife"."""
        return self.had.mention is not None and self.had.mention.type in ("Person", "Group")


def find_possessions(doc: Doc, reader: Reader) -> Iterator[Possession]:
    """All in the order of the text, without those that are said of a name ("his wife Karin") and so told there."""
    for noun in doc:
        owners = children(noun, "nmod:poss") if noun.pos_ == "NOUN" else []
        if not owners or noun.dep_ == "nmod:desc" or any(base(c.dep_) in ("appos", "flat") for c in noun.children):
            continue
        if owners[0].tag_.startswith("NN") and owners[0].pos_ == "NOUN" and is_compound(noun, owners[0]):
            continue
        had, owner = reader.filler(noun), reader.filler(owners[0])
        if had.mention is None or had.mention.kind is not MentionKind.NOMINAL or had.mention.type not in HAD:
            continue
        organization = had.mention.type in AGENTS - {"Person", "Group"}
        if organization and noun.lemma_.lower() not in lemmas("organizations.nouns"):
            continue
        if noun.lemma_.lower() in word_set("wrongdoers") | word_set("body_parts"):  # "her attacker" attacked her
            continue
        if not owner.resolved or owner.mention is None or not is_definite(owner, owners[0]):
            continue
        if owners[0].tag_ == "WP$":  # "whose members"
            start = owners[0].nbor(1).idx
            had = replace(had, text=reader.text[start : had.end], start=start)
        values = frozenset[str]().union(*(value_of(c.lower_) for c in noun.children if c.i < noun.i))
        yield Possession(noun, owner, had, "ended" in values, "possible" in values)


def is_compound(noun: Token, owner: Token) -> bool:
    """Whether a noun stands between a plural possessor and what is had, so that the possessive may be of that noun: a
    "men's rights group" is no group that men have."""
    between = any(child.dep_ == "compound" and owner.i < child.i < noun.i for child in noun.children)
    return between and owner.tag_ == "NNS"


def is_definite(owner: Filler, token: Token) -> bool:
    """Whether a possessor is somebody in particular: a name, a pronoun or "the party", not "women"."""
    determiners = [c.lower_ for c in token.children if c.dep_ in ("det", "nmod:poss")]
    return owner.named or token.pos_ in ("PRON", "PROPN") or any(d in ("the", "this", "that") for d in determiners)
