"""Coreference scores: MUC, B³, entity CEAF and their mean (CoNLL F1), singletons left out.

A predicted mention counts as the gold mention with the same span; with `by_head`, else as one with the same head word.
"""

from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path

import numpy as np

from kgbuild.errors import InputError
from kgbuild.evaluate.assignment import best_total
from kgbuild.evaluate.documents import Document, annotate_documents, load_decoder, read_sentences
from kgbuild.models.sessions import DEFAULT
from kgbuild.models.tree import head_of

Span = tuple[int, int]
Chain = frozenset[Hashable]


class Conll:
    """Sums over documents; `scores` are percentages."""

    def __init__(self, *, by_head: bool = True) -> None:
        self.by_head = by_head
        self._sums = np.zeros((3, 4))  # muc, b3, ceaf by recall part, gold, precision part, predicted

    def add(self, document: Document) -> None:
        gold = [frozenset[Hashable](c) for c in gold_chains(document) if len(c) > 1]
        keys = mention_keys(document, by_head=self.by_head)
        predicted = [frozenset(keys[i] for i in chain) for chain in document.predicted.chains]
        self.add_chains(gold, [c for c in predicted if len(c) > 1])

    def add_chains(self, gold: Sequence[Chain], predicted: Sequence[Chain]) -> None:
        self._sums[0] += (*_muc(gold, predicted), *_muc(predicted, gold))
        self._sums[1] += (*_b_cubed(gold, predicted), *_b_cubed(predicted, gold))
        similar = _similarity(gold, predicted)
        self._sums[2] += (similar, len(gold), similar, len(predicted))

    def scores(self) -> dict[str, float]:
        right, gold, found, predicted = self._sums.T
        recall, precision = right / np.maximum(gold, 1e-9), found / np.maximum(predicted, 1e-9)
        f1 = 200 * recall * precision / np.maximum(recall + precision, 1e-9)
        named = dict(zip(("muc", "b3", "ceafe"), f1.tolist(), strict=True)) | {"conll": float(f1.mean())}
        return {k: round(v, 2) for k, v in named.items()}


def score_coreference(path: Path, *, without: Iterable[str] = (), model: str = DEFAULT) -> dict[str, float]:
    """MUC, B³, CEAF-e and CoNLL F1 of the model's chains on a file with GUM's entities, by head match; `exact` is the
    CoNLL F1 by exact spans. Gold tokens and sentences, predicted mentions. Raises InputError as `score_conllu`."""
    by_head, exact = Conll(), Conll(by_head=False)
    has_entities = False
    for document in annotate_documents(read_sentences(path, without), load_decoder(model)):
        by_head.add(document)
        exact.add(document)
        has_entities |= bool(gold_chains(document))
    if not has_entities:
        raise InputError(f"{path}: no entities to score; give a CoNLL-U file with GUM's Entity= brackets")
    return by_head.scores() | {"exact": exact.scores()["conll"]}


def gold_chains(document: Document) -> list[list[Span]]:
    """All chains of a document, singletons too, as spans of its words, in order of their first mention."""
    chains: dict[str, list[Span]] = {}
    at = 0
    for sentence in document.sentences:
        for (start, end, _), chain in zip(sentence.mentions, sentence.chains, strict=True):
            chains.setdefault(chain, []).append((at + start, at + end))
        at += len(sentence.words)
    return list(chains.values())


def head_keys(document: Document, spans: Iterable[Span]) -> dict[Span, int]:
    """The head word of each gold span in the gold tree."""
    heads: list[int] = []
    for sentence in document.sentences:
        at = len(heads)
        heads += [at + (i if h < 0 else h) for i, h in enumerate(sentence.heads)]
    return {span: head_of(heads, *span) for span in spans}


def mention_keys(document: Document, *, by_head: bool) -> list[Hashable]:
    """For each predicted mention the gold span that it stands for, else something of its own."""
    gold = {span for chain in gold_chains(document) for span in chain}
    predicted = [(m.start, m.end) for m in document.predicted.mentions]
    free: dict[int, Span] = {}
    if by_head:
        free = {head: span for span, head in head_keys(document, sorted(gold - set(predicted))).items()}
    keys: list[Hashable] = []
    for span in predicted:
        if span in gold:
            keys.append(span)
        else:
            keys.append(free.pop(head_of(document.predicted.heads, *span), ("predicted", *span)))
    return keys


def _muc(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    """Links of `chains` that `others` keep, and all links."""
    owner = {m: i for i, chain in enumerate(others) for m in chain}
    kept = total = 0
    for chain in chains:
        parts = {owner.get(m, m) if m in owner else ("alone", m) for m in chain}
        kept += len(chain) - len(parts)
        total += len(chain) - 1
    return kept, total


def _b_cubed(chains: Sequence[Chain], others: Sequence[Chain]) -> tuple[float, float]:
    owner = {m: chain for chain in others for m in chain}
    right = sum(len(chain & owner[m]) / len(chain) for chain in chains for m in chain if m in owner)
    return right, sum(map(len, chains))


def _similarity(gold: Sequence[Chain], predicted: Sequence[Chain]) -> float:
    gains = np.array([[2 * len(g & p) / (len(g) + len(p)) for p in predicted] for g in gold], dtype=np.float64)
    return best_total(gains.reshape(len(gold), len(predicted)))
