"""What one article calls by one chain: the unit that is merged across articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgbuild.names import DETERMINERS, words
from kgbuild.types import Mention, MentionKind, Record

COARSE = {
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
}
"""Classes that can be told apart with certainty; all others are "" and fit anything."""

BREAK = re.compile(r"[,;:()\[\]\n\"“”–—]|\s-\s")
"""Where what restricts a noun ends and what is only added begins."""
LONGEST_DEFINITION = 14
"""Words of a node's name that can still be read on a page."""

_SPACE = re.compile(r"[\s\u200b-\u200d\ufeff]+")


@dataclass(frozen=True, slots=True)
class Referent:
    """A chain of one article.

    ``names`` counts its proper names as written; ``descriptions`` are its noun phrases in text order,
    ``definitions`` the same with what behind them says which one is meant; ``titles`` is what stands before its names,
    and its descriptions by which it was introduced; ``context`` is the lower-case text of the
    titles and phrases around its names, by which offices are recognised.
    """

    article: str
    date: str | None
    chain: int
    type: str
    mentions: tuple[Mention, ...]
    names: tuple[tuple[str, int], ...]
    descriptions: tuple[str, ...]
    definitions: tuple[str, ...]
    titles: tuple[str, ...]
    context: str

    @property
    def key(self) -> tuple[str, int]:
        """The article and the place of its first mention: which referent this is, whatever the order of reading."""
        return (self.article, self.mentions[0].start)

    @property
    def coarse(self) -> str:
        return COARSE.get(self.type, "")

    @property
    def name(self) -> str:
        """Its fullest proper name, "" for what is only described."""
        return fullest(Counter(dict(self.names)), self.type) if self.names else ""


def squeeze(text: str) -> str:
    """Text on one line, with single blanks and without invisible characters."""
    return _SPACE.sub(" ", text).strip()


def fullest(names: Counter[str], type_: str) -> str:
    """The name that says most: for persons the one with most words, and of these the one with the usual family name;
    for others the most frequent of several words, or else the most frequent."""
    if type_ == "Person":
        family: Counter[str] = Counter()
        for name, count in names.items():
            family[words(name)[-1]] += count
        return min(names, key=lambda n: (-len(words(n)), -family[words(n)[-1]], -names[n], n))
    return min(names, key=lambda n: (len(words(n)) < 2, -names[n], -len(words(n)), n))


def without_determiner(text: str) -> str:
    """A noun phrase without its leading article or demonstrative."""
    first, _, rest = text.partition(" ")
    return rest if rest and first.casefold() in DETERMINERS - {"no", "every", "each", "some", "any"} else text


def definition(mention: Mention, text: str) -> str:
    """A noun phrase with what restricts it ("pollution that reaches Ohio"): up to a comma or the like, if short."""
    rest = text[mention.end : mention.full[1]]
    cut = BREAK.search(rest)
    whole = squeeze(text[mention.start : mention.end] + (rest[: cut.start()] if cut else rest))
    return whole if len(whole.split()) <= LONGEST_DEFINITION else squeeze(mention.text)


def read_referents(records: Sequence[Record]) -> Iterator[Referent]:
    """The referents of all articles, by article id and place."""
    for record in sorted(records, key=lambda r: r.article.id):
        chains: dict[int, list[Mention]] = {}
        for mention in sorted(record.mentions, key=lambda m: m.span):
            chains.setdefault(mention.chain, []).append(mention)
        for chain, mentions in chains.items():
            yield _referent(record, chain, mentions)


def _referent(record: Record, chain: int, mentions: list[Mention]) -> Referent:
    names = Counter(squeeze(m.text) for m in mentions if m.kind is MentionKind.NAME)
    text = record.article.text
    described = [m for m in mentions if m.kind is MentionKind.NOMINAL]
    descriptions = [squeeze(m.text) for m in described]
    definitions = [definition(m, text) for m in described]
    before = [squeeze(text[m.full[0] : m.start]) for m in mentions if m.kind is MentionKind.NAME]
    context = " | ".join(squeeze(text[m.full[0] : m.full[1]]) for m in mentions if m.kind is not MentionKind.PRONOUN)
    return Referent(
        record.article.id,
        record.article.date,
        chain,
        _type(mentions),
        tuple(mentions),
        tuple(sorted(names.items())),
        tuple(descriptions),
        tuple(definitions),
        tuple(t for t in [*before, *descriptions] if t),
        context.casefold(),
    )


def _type(mentions: list[Mention]) -> str:
    for kind in (MentionKind.NAME, MentionKind.NOMINAL, MentionKind.PRONOUN):
        votes = Counter(m.type for m in mentions if m.kind is kind)
        if votes:
            return min(votes, key=lambda t: (t == "Thing", -votes[t], t))
    return "Thing"
