"""Documents → windows of consecutive sentences → batches of about the same length."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from kgbuild.models.pieces import (
    LOWER,
    PARAGRAPH,
    SPACE,
    TITLE,
    UNKNOWN_CASE,
    UPPER,
    Encoded,
    WordPieces,
    piece_spacings,
)
from kgbuild.train.corpora import Document, Row
from kgbuild.train.semantics import NO_PREDICATE

IGNORE = -100

NAME_WEIGHTS = {"ewt": 1.0, "wikigold": 1.0, "redocred": 0.7, "wnut17": 0.5, "gum": 0.8, "knowledgenet": 0.5}
"""Re-DocRED has unmarked names; WNUT17 is tweets with another idea of a name; GUM's and KnowledgeNet's are derived."""


WORD_LAYERS = ("upos", "xpos", "script", "heads", "deprels", "names", "feats", "predicates", "senses", "realis")


@dataclass
class Labels:
    """Label lists with their indices; `index[layer][label]`."""

    lists: dict[str, list[str]]

    def __post_init__(self) -> None:
        self.index = {layer: {label: i for i, label in enumerate(labels)} for layer, labels in self.lists.items()}


@dataclass
class Sample:
    """One sentence, encoded. Arrays are per word, but for `encoded`; a layer the source lacks is all IGNORE."""

    encoded: Encoded
    spacings: NDArray[np.int64]
    upos: NDArray[np.int64]
    xpos: NDArray[np.int64]
    script: NDArray[np.int64]
    heads: NDArray[np.int64]
    deprels: NDArray[np.int64]
    names: NDArray[np.int64]
    mentions: list[tuple[int, int, int]]
    document: Document
    feats: NDArray[np.int64]
    predicates: NDArray[np.int64]
    senses: NDArray[np.int64]
    factuality: NDArray[np.float32]
    certainty: NDArray[np.float32]
    roles: list[tuple[int, int, int]]
    chains: list[str]
    realis: NDArray[np.int64]


@dataclass
class Batch:
    """Padded tensors of B windows, T pieces, W words; IGNORE where nothing is known. `heads`: 0 root, i + 1 word i.
    `span_*` index the words of the batch laid flat (window · W + word), half-open; classes as in `Network.mention`;
    `span_chains` are unique to a chain of a window. `certainty` is 0 where no factuality is known. `role_predicates`
    (P) index the flat words, `role_cells` (P, W) hold the role of each word of the window, IGNORE outside the sentence.
    """

    pieces: Tensor
    casings: Tensor
    spacings: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    sentences: Tensor
    upos: Tensor
    xpos: Tensor
    script: Tensor
    heads: Tensor
    deprels: Tensor
    names: Tensor
    no_misc: Tensor
    name_weights: Tensor
    sentence_ends: Tensor
    spans_known: Tensor
    span_cells: Tensor
    span_starts: Tensor
    span_ends: Tensor
    span_classes: Tensor
    span_chains: Tensor
    feats: Tensor
    predicates: Tensor
    senses: Tensor
    realis: Tensor
    factuality: Tensor
    certainty: Tensor
    role_predicates: Tensor
    role_cells: Tensor

    def n_words(self) -> int:
        return int(self.words.sum())

    def to(self, device: str) -> "Batch":
        return Batch(**{f.name: getattr(self, f.name).to(device) for f in fields(self)})


def encode_rows(documents: list[Document], pieces: WordPieces, labels: Labels) -> list[list[Sample]]:
    return [[_sample(row, document, pieces, labels) for row in document.rows] for document in documents]


def _sample(row: Row, document: Document, pieces: WordPieces, labels: Labels) -> Sample:
    def ids(layer: str, values: list[str]) -> NDArray[np.int64]:
        known = labels.index[layer]
        return np.array([known.get(v, IGNORE) for v in values] or [IGNORE] * len(row.words), dtype=np.int64)

    heads = np.array(row.heads or [IGNORE] * len(row.words), dtype=np.int64)
    kinds = labels.index["mentions"]
    known = [kind in kinds for _, _, kind, _ in row.mentions]
    mentions = [(start, end, 2 * kinds[kind] + name) for start, end, kind, name in row.mentions if kind in kinds]
    chains = [c for c, k in zip(row.chains or [""] * len(known), known, strict=True) if k]
    predicates = np.array([int(s != NO_PREDICATE) for s in row.senses] or [IGNORE] * len(row.words), dtype=np.int64)
    factuality, certainty = (np.zeros(len(row.words), dtype=np.float32) for _ in range(2))
    for word, value, confidence in row.factuality:
        factuality[word], certainty[word] = value, confidence
    return Sample(
        pieces.encode(row.words),
        np.array(row.spacings, dtype=np.int64),
        ids("upos", row.upos),
        ids("xpos", row.xpos),
        ids("scripts", row.scripts),
        heads,
        ids("deprels", row.deprels),
        ids("names", row.names if document.names else []),
        mentions if document.mentions else [],
        document,
        ids("feats", row.feats),
        predicates,
        ids("senses", [s.rpartition(".")[2] for s in row.senses]),
        factuality,
        certainty,
        [(p, a, labels.index["roles"].get(r, IGNORE)) for p, a, r in row.roles],
        chains if document.mentions else [],
        np.array(row.realis or [IGNORE] * len(row.words), dtype=np.int64),
    )


def cut_windows(
    documents: list[list[Sample]], rng: random.Random, *, single: float, shortest: int, longest: int
) -> list[list[Sample]]:
    """Cuts documents into windows: a single sentence with probability `single`, else whole sentences up to a length
    drawn from [shortest, longest] pieces. A longer sentence is a window of its own if the encoder can hold it."""
    windows = []
    for samples in documents:
        window: list[Sample] = []
        size, target = 0, 0
        for sample in samples:
            length = len(sample.encoded.pieces)
            if length > 500:
                continue
            if window and size + length > target:
                windows.append(window)
                window, size = [], 0
            if not window:
                target = 0 if rng.random() < single else rng.randint(shortest, longest)
            window.append(sample)
            size += length
        if window:
            windows.append(window)
    return windows


def make_batches(windows: list[list[Sample]], rng: random.Random, size: int) -> list[list[list[Sample]]]:
    """Groups windows of like length into batches of at most `size` padded pieces, in random order."""
    rng.shuffle(windows)
    batches = []
    for at in range(0, len(windows), 2000):
        part = sorted(windows[at : at + 2000], key=_n_pieces)
        batch: list[list[Sample]] = []
        for window in part:
            if batch and (len(batch) + 1) * (_n_pieces(window) + 2) > size:
                batches.append(batch)
                batch = []
            batch.append(window)
        batches.append(batch)
    rng.shuffle(batches)
    return batches


def _n_pieces(window: list[Sample]) -> int:
    return sum(len(s.encoded.pieces) for s in window)


def collate(windows: list[list[Sample]], pieces: WordPieces, rng: random.Random | None = None) -> Batch:
    """Pads windows into a batch. With `rng`, casing and spacing are sometimes disturbed (training only)."""
    n_pieces = max(map(_n_pieces, windows)) + 2
    n_words = max(sum(len(s.upos) for s in window) for window in windows)
    shape, wide = (len(windows), n_words), (len(windows), n_pieces)
    per_piece = {k: np.zeros(wide, dtype=np.int64) for k in ("casings", "spacings")}
    ids = np.full(wide, pieces.pad, dtype=np.int64)
    mask = np.zeros(wide, dtype=bool)
    per_word = {k: np.full(shape, IGNORE, np.int64) for k in WORD_LAYERS}
    numbers = {k: np.zeros(shape, dtype=np.float32) for k in ("factuality", "certainty")}
    ends = np.full(shape, IGNORE, dtype=np.int64)
    first, last, sentences = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    sentences -= 1
    cells = np.zeros((len(windows), n_words, n_words), dtype=bool)
    spans: list[tuple[int, int, int, int]] = []
    chains: dict[tuple[int, str], int] = {}
    role_predicates: list[int] = []
    role_rows: list[NDArray[np.int64]] = []
    for b, window in enumerate(windows):
        ids[b, 0] = pieces.cls
        word, piece = 0, 1
        for number, sample in enumerate(window):
            words, length = len(sample.upos), len(sample.encoded.pieces)
            at = slice(word, word + words)
            ids[b, piece : piece + length] = sample.encoded.pieces
            per_piece["casings"][b, piece : piece + length] = sample.encoded.casings
            per_piece["spacings"][b, piece : piece + length] = piece_spacings(sample.encoded, sample.spacings)
            first[b, at], last[b, at] = sample.encoded.first + piece, sample.encoded.last + piece
            for layer, values in (*per_word.items(), *numbers.items()):
                values[b, at] = getattr(sample, layer)
            for predicate in np.flatnonzero(sample.predicates == 1).tolist():
                row = np.full(n_words, IGNORE, dtype=np.int64)
                row[at] = 0
                for _, argument, role in (r for r in sample.roles if r[0] == predicate):
                    row[word + argument] = role
                role_predicates.append(b * n_words + word + predicate)
                role_rows.append(row)
            heads = per_word["heads"][b, at]
            heads[heads > 0] += word
            sentences[b, at] = number
            if sample.document.tree:
                ends[b, at] = 0
                ends[b, word + words - 1] = 1
            for (start, end, kind), chain in zip(sample.mentions, sample.chains, strict=True):
                cells[b, word + start, word + end - 1] = True
                number_of_chain = chains.setdefault((b, chain), len(chains))
                spans.append((b * n_words + word + start, b * n_words + word + end, kind, number_of_chain))
            word, piece = word + words, piece + length
        # That a window ends says nothing about sentences: at run time windows end anywhere.
        ends[b, word - 1] = IGNORE
        ids[b, piece] = pieces.sep
        mask[b, : piece + 1] = True
        if rng is not None:
            _disturb(per_piece["casings"][b], per_piece["spacings"][b], rng)
    flat = np.array(spans, dtype=np.int64).reshape(-1, 4)
    documents = [window[0].document for window in windows]
    arrays = {
        **per_piece, **per_word, **numbers, "pieces": ids, "mask": mask,
        "first": first, "last": last, "words": sentences >= 0,
        "sentences": sentences, "sentence_ends": ends, "span_cells": cells, "span_starts": flat[:, 0],
        "span_ends": flat[:, 1], "span_classes": flat[:, 2], "span_chains": flat[:, 3],
        "role_predicates": np.array(role_predicates, dtype=np.int64),
        "role_cells": np.array(role_rows, dtype=np.int64).reshape(-1, n_words),
        "no_misc": np.array([d.names == "no_misc" for d in documents]),
        "name_weights": np.array([NAME_WEIGHTS.get(d.source, 1.0) for d in documents], dtype=np.float32),
        "spans_known": np.array([d.mentions for d in documents]),
    }  # fmt: skip
    return Batch(**{k: torch.from_numpy(np.ascontiguousarray(v)) for k, v in arrays.items()})


def _disturb(casings: NDArray[np.int64], spacings: NDArray[np.int64], rng: random.Random) -> None:
    """Headlines, shouting, lower-case feeds: 10 % of windows lose their casing. Spacing is hidden in 15 %, paragraph
    starts in half, as the names corpora and gold-token evaluation do not have them."""
    chance = rng.random()
    if chance < 0.1:
        casings[casings != UNKNOWN_CASE] = (LOWER, UPPER, UPPER, TITLE, TITLE)[int(chance / 0.02)]
    chance = rng.random()
    if chance < 0.15:
        spacings[:] = 0
    elif chance < 0.55:
        spacings[spacings == PARAGRAPH] = SPACE


def batch_stream(batches: list[list[list[Sample]]], pieces: WordPieces, rng: random.Random | None) -> Iterator[Batch]:
    for batch in batches:
        yield collate(batch, pieces, rng)
