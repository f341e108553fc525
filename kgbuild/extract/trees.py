"""A parsed Doc as plain lists by token, so that rules read it cheaply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Tree:
    """The annotation of a Doc by token; ``children`` in text order, ``left``/``right`` the edges of the subtree."""

    doc: Doc
    texts: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    relations: list[str]
    heads: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sentence: list[int]

    def relation(self, i: int) -> str:
        """The relation of a word to its head without its subtype."""
        return self.relations[i]


def read_tree(doc: Doc) -> Tree:
    """The lists of a Doc; ``left``/``right`` are the edges of each word's subtree, right exclusive."""
    tokens = list(doc)
    n = len(tokens)
    heads = [i + int(h) for i, h in enumerate(doc.to_array("HEAD").astype("int64"))]
    deps = [t.dep_ for t in tokens]
    children: list[list[int]] = [[] for _ in range(n)]
    sentence = [0] * n
    for number, sent in enumerate(doc.sents):
        for i in range(sent.start, sent.end):
            sentence[i] = number
    for i, h in enumerate(heads):
        if h != i:
            children[h].append(i)
    left, right = list(range(n)), list(range(1, n + 1))
    for i in _bottom_up(heads, children):
        for c in children[i]:
            left[i], right[i] = min(left[i], left[c]), max(right[i], right[c])
    return Tree(
        doc,
        [t.text for t in tokens],
        [t.lemma_.lower() or t.lower_ for t in tokens],
        [t.pos_ for t in tokens],
        [t.tag_ for t in tokens],
        deps,
        [dep.partition(":")[0] for dep in deps],
        heads,
        children,
        left,
        right,
        sentence,
    )


def _bottom_up(heads: list[int], children: list[list[int]]) -> Iterator[int]:
    order = [i for i, h in enumerate(heads) if h == i]
    for i in order:
        order.extend(children[i])
    return reversed(order)


def hyphened_end(doc: Doc, i: int) -> int:
    """Where the words end that hyphens join behind a word: "son-in-law"; exclusive."""
    end = i + 1
    while end + 1 < len(doc) and doc[end].text == "-" and not (doc[end - 1].whitespace_ or doc[end].whitespace_):
        end += 2
    return end
