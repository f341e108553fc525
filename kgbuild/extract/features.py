"""What the rules of coreference look at: number, gender, definiteness, modifiers and syntactic place of each phrase."""

from __future__ import annotations

from dataclasses import dataclass

from kgbuild import gazetteer
from kgbuild.extract.mention_types import is_plural
from kgbuild.extract.phrases import Phrase
from kgbuild.extract.trees import Tree
from kgbuild.extract.word_lists import lemmas
from kgbuild.names import words
from kgbuild.types import MentionKind

DEFINITE = frozenset("the this that these those".split())
POSSESSIVE = frozenset("his her its their my your our".split())
_CONTENT = frozenset("NOUN PROPN ADJ NUM VERB".split())


@dataclass(frozen=True, slots=True)
class Features:
    """``gender``: "m", "f", "n" or "" where open; ``plural`` None where the words do not tell.

    ``determiner`` is the article, demonstrative, possessive or "" of the phrase; ``modifiers`` the lemmas of its
    content words besides the core; ``governor`` the predicate it is an argument of; ``rank`` 0 for a subject, 1 for an
    object, 2 for the rest; ``quote`` a number for the quotation it stands in, 0 outside; ``possessor`` the phrase that
    owns it; ``counts`` the numbers before the noun; ``restricted`` whether a clause tells which one is meant.
    """

    index: int
    phrase: Phrase
    type: str
    name: str
    lemma: str
    gender: str
    plural: bool | None
    determiner: str
    modifiers: frozenset[str]
    sentence: int
    governor: int
    rank: int
    quote: int
    possessor: int | None
    counts: frozenset[str]
    restricted: bool

    @property
    def noun(self) -> str:
        """The lemma by which descriptions are compared: prosecutors are the prosecution."""
        return (
            "prosecution"
            if self.lemma == "prosecutor" and not self.phrase.titles and self.plural is None
            else self.lemma
        )

    @property
    def is_name(self) -> bool:
        return self.phrase.kind is MentionKind.NAME

    @property
    def is_pronoun(self) -> bool:
        return self.phrase.kind is MentionKind.PRONOUN


def features_of(tree: Tree, phrases: list[Phrase], types: list[str]) -> list[Features]:
    """The features of all phrases, in their order."""
    quotes = quote_numbers(tree)
    at = {token: index for index, p in enumerate(phrases) for token in (p.core, p.head)}
    found = []
    for index, (phrase, type_) in enumerate(zip(phrases, types, strict=True)):
        governor, rank = _place(tree, phrase.head)
        name = tree.doc[phrase.start : phrase.end].text if phrase.kind is MentionKind.NAME else ""
        found.append(
            Features(
                index,
                phrase,
                type_,
                name,
                tree.texts[phrase.core].lower() if phrase.kind is MentionKind.PRONOUN else tree.lemmas[phrase.core],
                _gender(tree, phrase, type_, name),
                _plural(tree, phrase, type_),
                _determiner(tree, phrase),
                _modifiers(tree, phrase),
                tree.sentence[phrase.head],
                governor,
                rank,
                quotes[phrase.head],
                _possessor(tree, phrase, at),
                _counts(tree, phrase),
                _is_restricted(tree, phrase),
            )
        )
    return found


def quote_numbers(tree: Tree) -> list[int]:
    """For each word the number of the double-quoted passage it stands in, 0 outside; a blank line ends a quotation."""
    numbers, current, count = [], 0, 0
    for text in tree.texts:
        if text in ("“", "``", "«") or (text == '"' and not current):
            count += 1
            current = count
            numbers.append(0)
            continue
        if text in ("”", "''", "»", '"') or "\n\n" in text:
            current = 0
        numbers.append(current)
    return numbers


def _place(tree: Tree, head: int) -> tuple[int, int]:
    """The predicate a phrase depends on, looking through conjunctions, and its rank there."""
    at = head
    while tree.relation(at) == "conj" and tree.pos[tree.heads[at]] in ("NOUN", "PROPN", "PRON"):
        at = tree.heads[at]
    relation = tree.relation(at)
    rank = 0 if relation == "nsubj" else 1 if relation in ("obj", "iobj") else 2
    return tree.heads[at], rank


def _gender(tree: Tree, phrase: Phrase, type_: str, name: str) -> str:
    if phrase.kind is MentionKind.PRONOUN:
        word = tree.texts[phrase.core].lower()
        for key, list_name in (("m", "masculine"), ("f", "feminine"), ("n", "neuter")):
            if word in lemmas(f"pronouns.{list_name}"):
                return key
        return ""
    if type_ not in ("Person", "Group"):
        return "n"
    nouns = [tree.lemmas[t] for t in phrase.titles]
    if phrase.kind is MentionKind.NOMINAL:
        nouns = [tree.lemmas[phrase.core], *(tree.lemmas[k] for k in range(phrase.start, phrase.end))]
    else:
        nouns += [tree.texts[k].lower().rstrip(".") for k in range(phrase.full_start, phrase.start)]
    for noun in nouns:
        if noun in lemmas("persons.masculine") or noun == "male":
            return "m"
        if noun in lemmas("persons.feminine") or noun == "female":
            return "f"
    found = words(name)
    return gazetteer.given_name_gender(found[0]) if len(found) > 1 else ""


def _plural(tree: Tree, phrase: Phrase, type_: str) -> bool | None:
    if phrase.kind is MentionKind.PRONOUN:
        word = tree.texts[phrase.core].lower()
        if word in lemmas("pronouns.plural"):
            return True
        if any(word in lemmas(f"pronouns.{name}") for name in ("masculine", "feminine", "neuter")):
            return False
        return None
    if type_ in ("Organization", "GovernmentBody", "MediaOrganization", "MilitaryUnit"):
        return True if tree.tags[phrase.core] == "NNS" and tree.lemmas[phrase.core] != "police" else None
    if tree.lemmas[phrase.core] == "prosecutor" and phrase.kind is MentionKind.NOMINAL:
        return None
    if phrase.kind is MentionKind.NAME and type_ != "Group":
        return False
    return is_plural(tree, phrase)


def _determiner(tree: Tree, phrase: Phrase) -> str:
    for c in tree.children[phrase.head]:
        if c >= phrase.head:
            break
        if tree.relation(c) == "det" or (tree.deps[c] == "nmod:poss"):
            return "'s" if tree.pos[c] != "PRON" and tree.relation(c) == "nmod" else tree.texts[c].lower()
    return ""


def _possessor(tree: Tree, phrase: Phrase, at: dict[int, int]) -> int | None:
    """The phrase that a possessive determiner is, or "X" of "X's"."""
    owners = [c for c in tree.children[phrase.head] if tree.deps[c] == "nmod:poss" and c < phrase.head]
    return at.get(owners[0]) if owners else None


def _counts(tree: Tree, phrase: Phrase) -> frozenset[str]:
    below = {*tree.children[phrase.head], *tree.children[phrase.core]}
    numbers = lemmas("contrast.numbers")
    return frozenset(tree.texts[k].lower() for k in below if tree.relation(k) == "nummod" or tree.lemmas[k] in numbers)


def _is_restricted(tree: Tree, phrase: Phrase) -> bool:
    """Whether a relative or participial clause follows without a comma: "the press conference they called"."""
    for c in tree.children[phrase.head]:
        if c > phrase.head and tree.relation(c) == "acl":
            return not any(tree.texts[k] == "," for k in range(phrase.end, tree.left[c] + 1))
    return False


def _modifiers(tree: Tree, phrase: Phrase) -> frozenset[str]:
    if phrase.kind is MentionKind.PRONOUN:
        return frozenset()
    span = range(phrase.start, phrase.end)
    if phrase.kind is MentionKind.NAME:
        return frozenset()
    return frozenset(tree.lemmas[k] for k in span if k != phrase.core and k != phrase.head and tree.pos[k] in _CONTENT)
