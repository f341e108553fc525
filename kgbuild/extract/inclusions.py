"""Members that a text names for a group: "30 people, including two journalists", "fuels such as coal and gas"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import PLACES, Filler
from kgbuild.extract.clauses import Clause, case_of, children, spread
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.embedding import Context
from kgbuild.types import Modality

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Inclusion:
    """``cue`` is the first word of "including" or "such as"; ``clause`` the one in which the group is spoken of."""

    cue: Token
    group: Token
    members: tuple[Token, ...]
    clause: Clause


def find_inclusions(clauses: dict[int, Clause]) -> Iterator[Inclusion]:
    """All of them, clause by clause."""
    for clause in clauses.values():
        fillers = [d.token for d in [*clause.subjects, *clause.dependents]]
        words = {t.i: t for filler in fillers for t in filler.subtree if own_clause(t, clauses) is clause}
        words |= {t.i: t for t in children(clause.head, "obl", "nmod")}
        for token in sorted(words.values(), key=lambda t: t.i):
            if token.dep_ not in ("nmod", "obl") or case_of(token) not in word_set("including"):
                continue
            group = group_of(token, clause)
            if group is not None:
                members = tuple(member for member, alternative in spread(token) if not alternative)
                yield Inclusion(children(token, "case")[0], group, members, clause)


def can_include(group: Filler, members: list[Filler]) -> bool:
    """Whether the members may be of the group: no country is one of the troops; then the phrase is another noun's."""
    if not group.resolved or not members or any(member.start == group.start for member in members):
        return False
    people = group.mention is not None and group.mention.type in ("Person", "Group")
    return not people or all(m.mention is None or m.mention.type not in PLACES for m in members)


def own_clause(token: Token, clauses: dict[int, Clause]) -> Clause | None:
    """The clause that a word is in."""
    while token.i not in clauses and token.head.i != token.i:
        token = token.head
    return clauses.get(token.i)


def group_of(member: Token, clause: Clause) -> Token | None:
    """What a member belongs to: the noun before it, or, where it hangs from the verb, the object or the subject."""
    if member.head.i != clause.head.i or clause.head.pos_ in ("NOUN", "PROPN"):
        return member.head if member.head.pos_ in ("NOUN", "PROPN", "PRON", "NUM") else None
    objects = [d.token for d in clause.dependents if d.relation == "object" and d.token.i < member.i]
    before = objects or [d.token for d in clause.subjects if d.token.i < member.i]
    return before[-1] if before else None


def commitment(above: Context) -> Context:
    """What is said of the membership: as much as of the clause, but that a denied clause leaves open what there is."""
    if above.negative:
        return replace(above, negative=False, modality=Modality.POSSIBLE)
    return above
