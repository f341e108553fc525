"""The mentions of an article, typed and chained."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kgbuild import gazetteer
from kgbuild.extract.coreference import chain_numbers
from kgbuild.extract.mention_types import settle_types, type_of
from kgbuild.extract.noun_phrases import find_phrases
from kgbuild.extract.phrases import Phrase
from kgbuild.extract.trees import Tree, read_tree
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import Mention, MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc


def find_mentions(doc: Doc, furniture: Sequence[Span] = ()) -> tuple[Mention, ...]:
    """What the article names and refers to, sorted by place, with coreference chains within the article.

    ``start``/``end`` hold a name without titles and determiner ("Dmitry Peskov"), or a noun with its determiner and
    what identifies it ("the withdrawal of the troops"), without clauses and appositions; ``full`` is the whole phrase.
    ``head`` is the word through which the phrase hangs in the tree: it lies in ``full``, but outside ``start``/``end``
    where a title heads a name ("spokesman" of "spokesman Dmitry Peskov"). No two mentions share ``start``/``end`` or
    ``head``. Times, numbers and measures are values and no mentions; nor is anything within ``furniture``.

    A demonym before an office or organisation ("Ukrainian President") is a name of the country, of type Country.
    """
    tree = read_tree(doc)
    phrases = _with_demonyms(tree, find_phrases(tree, furniture))
    types = settle_types(tree, phrases, ["Country" if _is_demonym(p) else type_of(tree, p) for p in phrases])
    numbers = chain_numbers(tree, phrases, types)
    text = doc.text
    return tuple(_mention(tree, text, p, t, n) for p, t, n in zip(phrases, types, numbers, strict=True))


def _mention(tree: Tree, text: str, phrase: Phrase, type_: str, chain: int) -> Mention:
    start, end = _characters(tree, phrase.start, phrase.end)
    return Mention(
        start,
        end,
        text[start:end],
        type_,
        phrase.kind,
        chain,
        _characters(tree, phrase.head, phrase.head + 1),
        _characters(tree, phrase.full_start, phrase.full_end),
    )


def _characters(tree: Tree, start: int, end: int) -> Span:
    first, last = tree.doc[start], tree.doc[end - 1]
    return first.idx, last.idx + len(last.text)


def _with_demonyms(tree: Tree, phrases: list[Phrase]) -> list[Phrase]:
    """Adds the demonyms that modify an office or an organisation."""
    offices = {t for p in phrases for t in (*p.titles, p.core) if _is_office(tree, t, p)}
    taken = {p.head for p in phrases}
    taken |= {k for p in phrases if p.kind is MentionKind.NAME for k in range(p.start, p.end)}
    found = []
    for k in sorted({k for t in offices for k in tree.children[t] if k < t} - taken):
        start = _demonym_start(tree, k)
        if start is not None and start not in taken:
            found.append(Phrase(k, k, start, k + 1, start, k + 1, MentionKind.NAME, "place", "DEMONYM"))
    return sorted([*phrases, *found], key=lambda p: (p.start, p.end))


def _is_office(tree: Tree, token: int, phrase: Phrase) -> bool:
    lemma = tree.lemmas[token]
    if lemma in lemmas("persons.titles"):
        return True
    return token == phrase.core and (phrase.label == "organization" or lemma in lemmas("organizations.government"))


def _demonym_start(tree: Tree, k: int) -> int | None:
    """Where the demonym that ends at a modifier begins; None if there is none: "South American" is of no country."""
    if tree.relation(k) not in ("amod", "compound"):
        return None
    before = tree.texts[k - 1] if k else ""
    if before[:1].isupper() and tree.heads[k - 1] in (k, tree.heads[k]):
        if gazetteer.demonym(f"{before} {tree.texts[k]}"):
            return k - 1
        if before.casefold() in lemmas("places.directions") | {"latin"}:
            return None
    return k if gazetteer.demonym(tree.texts[k]) else None


def _is_demonym(phrase: Phrase) -> bool:
    return phrase.name_label == "DEMONYM"
