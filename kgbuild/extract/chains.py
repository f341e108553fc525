"""Chains under construction: which phrases refer to the same thing, and what is known of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from kgbuild import gazetteer
from kgbuild.extract.antecedents import read_antecedents
from kgbuild.extract.features import Features
from kgbuild.extract.trees import Tree
from kgbuild.extract.word_lists import lemmas
from kgbuild.names import words

BROAD = {
    "Person": "person",
    "Group": "group",
    "Organization": "organization",
    "GovernmentBody": "organization",
    "MediaOrganization": "organization",
    "MilitaryUnit": "organization",
    "Country": "place",
    "City": "place",
    "Region": "place",
    "Place": "place",
    "Facility": "place",
    "Event": "event",
    "Product": "product",
    "Law": "law",
    "Thing": "",
}


@dataclass(slots=True)
class Chain:
    """What refers to one thing. ``roles`` are the role nouns its persons were called by."""

    members: list[int]
    names: list[str] = field(default_factory=list)
    types: set[str] = field(default_factory=set)
    genders: set[str] = field(default_factory=set)
    numbers: set[bool] = field(default_factory=set)
    roles: dict[str, set[str]] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)


class Chains:
    """A partition of the phrases of an article that only grows coarser, and refuses what must stay apart.

    ``of`` is the chain of a phrase, ``join`` puts two phrases' chains together unless something forbids it.
    """

    def __init__(self, tree: Tree, features: list[Features]) -> None:
        self.tree = tree
        self.features = features
        self._at = list(range(len(features)))
        self._names = [f.index for f in features if f.is_name]
        self._chains = {f.index: self._start(f) for f in features}
        self._antecedents = read_antecedents(tree.doc, features)
        self.by_token: dict[int, int] = {}
        for f in features:
            for token in (f.phrase.core, f.phrase.head):
                self.by_token.setdefault(token, f.index)
        self._keep_conjuncts_apart()
        for f in features:
            if f.possessor is not None and f.possessor != f.index:
                self.forbid(f.index, f.possessor)

    def _start(self, f: Features) -> Chain:
        chain = Chain([f.index])
        if f.is_name:
            chain.names.append(f.name)
        if not f.is_pronoun and f.type != "Thing":
            chain.types.add(f.type)
        if f.gender:
            chain.genders.add(f.gender)
        if f.plural is not None:
            chain.numbers.add(f.plural)
        first = f.name.split(" ")[0].lower()
        if f.type == "Person" and first in lemmas("persons.royal"):
            chain.roles.setdefault(first, set())
        for t in f.phrase.titles:
            chain.roles.setdefault(self.tree.lemmas[t], set()).update(self._described(t))
        for entry in gazetteer.named(f.name) if f.is_name and f.type == "Person" else ():
            for office in entry.offices:
                found = words(office.title)
                noun = found[found.index("of") - 1] if "of" in found[1:] else found[-1]
                chain.roles.setdefault(noun, set()).update(w for w in found if w not in (noun, "of", "the"))
        if not f.is_name and not f.is_pronoun and f.type == "Person":
            chain.roles.setdefault(f.lemma, set()).update(f.modifiers)
        return chain

    def _described(self, title: int) -> set[str]:
        tree = self.tree
        return {
            tree.lemmas[k]
            for k in range(tree.left[title], title)
            if tree.pos[k] in ("NOUN", "PROPN", "ADJ") and k != title
        }

    def _keep_conjuncts_apart(self) -> None:
        for f in self.features:
            head = f.phrase.head
            if self.tree.relation(head) == "conj":
                other = self.by_token.get(self.tree.heads[head])
                if other is not None and other != f.index:
                    self.forbid(f.index, other)

    def of(self, index: int) -> Chain:
        return self._chains[self._at[index]]

    def same(self, a: int, b: int) -> bool:
        return self._at[a] == self._at[b]

    def forbid(self, a: int, b: int) -> None:
        """Keeps the chains of two phrases apart from now on."""
        a, b = self._at[a], self._at[b]
        self._chains[a].apart.add(b)
        self._chains[b].apart.add(a)

    def may_join(self, a: int, b: int, *, naming: bool = False) -> bool:
        """Whether nothing forbids two phrases to be one: must-not-links, number, gender and certain types.

        Two chains that both have names become one only by comparing the names (``naming``).
        """
        if self.same(a, b):
            return True
        one, other = self.of(a), self.of(b)
        if self._at[b] in one.apart:
            return False
        if one.names and other.names and not naming:
            return False
        if len(one.genders | other.genders) > 1 or len(one.numbers | other.numbers) > 1:
            return False
        return self._types_agree(one, other) and not self._nested(one, other)

    def _types_agree(self, one: Chain, other: Chain) -> bool:
        a = {BROAD[t] for t in one.types} - {""}
        b = {BROAD[t] for t in other.types} - {""}
        if not a or not b or a & b:
            return True
        return (a | b) <= {"organization", "group"} or (a | b) <= {"organization", "place"}

    def _nested(self, one: Chain, other: Chain) -> bool:
        """Whether a phrase of one stands within a phrase of the other ("the president of his party")."""
        for i in one.members:
            a = self.features[i].phrase
            for j in other.members:
                b = self.features[j].phrase
                if a.full_start <= b.head < a.full_end and not self._apposed(a.head, b.head) and b.head != a.head:
                    if a.start <= b.head < a.end:
                        return True
                elif b.start <= a.head < b.end and not self._apposed(b.head, a.head):
                    return True
        return False

    def _apposed(self, outer: int, inner: int) -> bool:
        return self.tree.heads[inner] == outer and self.tree.relation(inner) in ("appos", "flat")

    def join(self, a: int, b: int, *, naming: bool = False) -> bool:
        """Makes two phrases one; False if something forbids it."""
        if not self.may_join(a, b, naming=naming):
            return False
        a, b = sorted((self._at[a], self._at[b]))
        if a == b:
            return True
        one, other = self._chains[a], self._chains.pop(b)
        one.members = sorted([*one.members, *other.members])
        one.names += [n for n in other.names if n not in one.names]
        one.types |= other.types
        one.genders |= other.genders
        one.numbers |= other.numbers
        for role, described in other.roles.items():
            one.roles.setdefault(role, set()).update(described)
        for key in other.apart:
            self._chains[key].apart.discard(b)
            self._chains[key].apart.add(a)
        one.apart |= other.apart
        for i in other.members:
            self._at[i] = a
        return True

    @property
    def ranked(self) -> bool:
        """Whether the model has ranked antecedents."""
        return bool(self._antecedents)

    def chances(self, index: int) -> dict[int, float]:
        """How likely a phrase goes on with each chain that the model considers, by the chain's first phrase.

        The probabilities of a chain's phrases add up, as any of them may be the antecedent.
        """
        best: dict[int, float] = {}
        for pairs in self._antecedents.get(index, ()):
            sums: dict[int, float] = {}
            for i, probability in pairs:
                key = self.of(i).members[0]
                sums[key] = sums.get(key, 0.0) + probability
            for key, chance in sums.items():
                best[key] = max(best.get(key, 0.0), chance)
        return best

    def before(self, index: int, sentences: int) -> Iterator[int]:
        """The phrases before one, nearest first, no further back than so many sentences."""
        here = self.features[index].sentence
        for i in range(index - 1, -1, -1):
            if here - self.features[i].sentence > sentences:
                return
            yield i

    def names_before(self, index: int) -> Iterator[int]:
        """The proper names before a phrase, nearest first."""
        for k in range(bisect_left(self._names, index) - 1, -1, -1):
            yield self._names[k]

    def numbers(self) -> list[int]:
        order: dict[int, int] = {}
        return [order.setdefault(self._at[f.index], len(order)) for f in self.features]


def is_speech(tree: Tree, governor: int) -> bool:
    """Whether a predicate reports speech."""
    return tree.lemmas[governor] in lemmas("speech.verbs")
