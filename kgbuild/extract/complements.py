"""What stands behind a copula: nouns with what they are of, adjectives with what they ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import Filler, Reader, trim
from kgbuild.extract.clauses import Clause, Dependent, case_of, children, spread
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.nominals import role_of_noun
from kgbuild.types import MentionKind, PredicateKind

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 12
"""Words from which the complement of an adjective is left out of it."""


def complements(clause: Clause) -> list[Token]:
    """The heads of what a copula says: each conjunct of a noun, or the adjective."""
    return [token for token, _ in spread(clause.head)] if clause.head.pos_ in ("NOUN", "PROPN") else [clause.head]


def complement_words(token: Token, reader: Reader) -> Filler:
    """A noun phrase, or an adjective with what belongs to it."""
    if token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "SYM"):
        return reader.filler(token)
    last = token
    kept = [token, *joined_before(token)]
    for child in token.children:
        if (
            child.dep_ in ("xcomp", "obl", "ccomp", "obl:unmarked", "advcl", "fixed", "compound:prt")
            and child.i > token.i
        ):
            kept += list(child.subtree)
        elif child.dep_ == "advmod" and child.i == token.i - 1 and child.lower_ not in ("not", "n't", "also"):
            kept.append(child)
    first, last = min(kept, key=lambda t: t.i), max(kept, key=lambda t: t.i)
    if last.i - first.i > LONGEST:
        last = token
    start, end = trim(token.doc, first.i, last.i, reader.text)
    return Filler(reader.text[start:end], start, end, None, token)


def joined_before(token: Token) -> list[Token]:
    """The words that hyphens join to an adjective: "life-" of "life-threatening"."""
    joined: list[Token] = []
    first = token
    while first.i > token.sent.start and not first.nbor(-1).whitespace_ and not first.nbor(-1).is_quote:
        first = first.nbor(-1)
        joined.append(first)
    return joined


def is_said_of_role(dependent: Dependent, clause: Clause, reader: Reader) -> bool:
    """Whether a phrase behind a copula's noun is told by the noun's role ("is president of France") or is part of its
    words ("is a threat of war"), and so no argument of its own. "Home to a thousand people" is one."""
    token = dependent.token
    if clause.kind is not PredicateKind.COPULA or not token.dep_.startswith("nmod") or case_of(clause.head) is not None:
        return False
    noun = clause.head
    if dependent.marker in (None, "of") or token.i < noun.i or parted(noun, token, reader):
        return True
    return any(owner.head.i == token.i for owner, _ in role_of_noun(noun, reader).owners)


def is_compared(noun: Token, marker: str | None) -> bool:
    """Whether a phrase belongs to the noun's adjective: "similar regions to Samar" were hit, and nothing to Samar."""
    return marker in ("to", "from", "as", "than") and any(
        c.lower_ in word_set("comparing") for c in children(noun, "amod")
    )


def modifiers_of(noun: Token, reader: Reader) -> Iterator[tuple[str, Filler]]:
    """What modifies a common noun by a preposition right behind it, with the preposition: "troops near Ukraine"."""
    if noun.pos_ != "NOUN":
        return
    for child in children(noun, "nmod"):
        if parted(noun, child, reader):
            continue
        if is_compared(noun, case_of(child)):
            continue
        for token, _ in spread(child):
            marker = case_of(token) or case_of(child)
            filler = reader.filler(token)
            told = filler.mention is not None and filler.mention.kind is not MentionKind.PRONOUN
            if told and marker and marker not in word_set("examples") | {"of", "by"}:
                yield marker, filler


def parted(noun: Token, modifier: Token, reader: Reader) -> bool:
    """Whether a mark stands between a noun and what follows it; the comma of a number is none."""
    return bool(re.search(r"[,;:()–—](?!\d)", reader.text[noun.idx + len(noun) : modifier.idx]))
