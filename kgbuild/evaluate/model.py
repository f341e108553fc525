"""Scores of a language model on annotated files: treebanks (CoNLL-U), names (Universal NER) and nested mentions (GUM).

All run the model as a build does, document by document in windows of consecutive sentences, but on the tokens and
sentences of the file. Scores are percentages.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np

from kgbuild.errors import InputError
from kgbuild.models.conllu import Sentence, read_conllu
from kgbuild.models.decode import Annotation, Decoder
from kgbuild.models.pieces import NO_SPACE, PARAGRAPH, SPACE
from kgbuild.models.sessions import DEFAULT, HERE, Model
from kgbuild.models.tree import head_of

NAME_KINDS = ("PER", "ORG", "LOC")
"""What Universal NER annotates; the model's MISC is not counted against it."""


@dataclass(frozen=True)
class Document:
    """Consecutive sentences and what the model says of their words, laid end to end."""

    sentences: list[Sentence]
    predicted: Annotation


def load_decoder(model: str = DEFAULT, threads: int = 1) -> Decoder:
    """A decoder of the shipped model or of a folder with `manifest.json` and `weights/`."""
    return Decoder(Model(HERE if model == DEFAULT else Path(model), threads))


def annotate_documents(
    sentences: Iterable[Sentence],
    decoder: Decoder,
    *,
    gold_sentences: bool = True,
    predicates: Mapping[str, Collection[int]] | None = None,
) -> Iterator[Document]:
    """Runs the model over each document; with `gold_sentences` false, sentence ends are its own but for paragraphs.
    `predicates` are given words by sentence id; without them the model chooses its own."""
    for _, group in groupby(sentences, key=lambda s: s.document):
        document = list(group)
        words = [w for s in document for w in s.words]
        spacings: list[int] = []
        ends: list[bool] = []
        for i, sentence in enumerate(document):
            after = SPACE if not document[i - 1].space_after or document[i - 1].space_after[-1] else NO_SPACE
            first = PARAGRAPH if sentence.new_paragraph or i == 0 else after
            spacings += [first, *(SPACE if s else NO_SPACE for s in sentence.space_after[:-1])]
            paragraph_ends = i + 1 == len(document) or document[i + 1].new_paragraph
            ends += [False] * (len(sentence.words) - 1) + [gold_sentences or paragraph_ends]
        given = predicates and [i in predicates.get(s.id, ()) for s in document for i in range(len(s.words))]
        annotation = decoder.annotate(
            words,
            np.array(spacings),
            np.array(ends),
            decide_ends=not gold_sentences,
            predicates=None if given is None else np.array(given, dtype=bool),
        )
        yield Document(document, annotation)


def score_conllu(
    path: Path, *, without: Iterable[str] = (), model: str = DEFAULT, threads: int = 1, gold_sentences: bool = True
) -> dict[str, float]:
    """Percentages right of `upos`, `xpos`, `lemma`, `uas`, `las`, over all words, punctuation included; labels are
    compared before the colon. Where the file has GUM's entities, also `mentions` (typed span F1) and
    `mention_heads` (typed head F1). Documents whose id begins with one of `without` are left out.

    With `gold_sentences` false also `sentences`: F1 of sentence spans, sentences split by the model.
    Raises InputError if there is nothing to score.
    """
    counts: Counter[str] = Counter()
    decoder = load_decoder(model, threads)
    for document in annotate_documents(read_sentences(path, without), decoder, gold_sentences=gold_sentences):
        _count_words(document, counts)
        count_spans(_gold_mentions(document), _predicted_mentions(document), "mentions", counts)
        count_spans(_gold_heads(document), _predicted_heads(document), "mention_heads", counts)
        if not gold_sentences:
            starts = np.flatnonzero(document.predicted.starts).tolist()
            edges = list(zip(starts, [*starts[1:], len(document.predicted.starts)], strict=True))
            sizes = np.cumsum([0] + [len(s.words) for s in document.sentences]).tolist()
            count_spans(set(pairwise(sizes)), set(edges), "sentences", counts)
    if not counts["words"]:
        raise InputError(f"{path}: no words to score; give a CoNLL-U file with documents that --without leaves in")
    scores = {k: 100 * counts[k] / counts["words"] for k in ("upos", "xpos", "lemma", "uas", "las")}
    for layer in ("mentions", "mention_heads", "sentences"):
        if counts[f"{layer}_gold"]:
            scores[layer] = f1(counts, layer)["f1"]
    return {k: round(v, 2) for k, v in scores.items()}


def score_names(path: Path, *, model: str = DEFAULT, threads: int = 1) -> dict[str, float]:
    """Precision, recall and F1 of typed flat names on a Universal NER file (PER, ORG, LOC)."""
    counts: Counter[str] = Counter()
    sentences, names = _read_uner(path)
    flat = iter(names)
    for document in annotate_documents(sentences, load_decoder(model, threads)):
        gold: set[tuple[int, int, str]] = set()
        at = 0
        for sentence in document.sentences:
            gold |= {(at + s, at + e, k) for s, e, k in bio_spans(next(flat))}
            at += len(sentence.words)
        predicted = {n for n in document.predicted.names if n[2] in NAME_KINDS}
        count_spans({g for g in gold if g[2] in NAME_KINDS}, predicted, "names", counts)
    return {k: round(v, 2) for k, v in f1(counts, "names").items()}


def bio_spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Half-open (start, end, kind) spans of BIO tags; an I- that continues nothing begins a span."""
    spans: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag in ("O", "_", "-"):
            continue
        prefix, _, kind = tag.partition("-")
        if prefix == "I" and spans and spans[-1][1] == i and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], i + 1, kind)
        else:
            spans.append((i, i + 1, kind))
    return spans


def f1(counts: Counter[str], layer: str) -> dict[str, float]:
    """Precision, recall, F1 in percent of `layer`'s counts; 0 where nothing is there to find."""
    right, gold, predicted = (counts[f"{layer}_{k}"] for k in ("right", "gold", "predicted"))
    return {
        "precision": 100 * right / max(1, predicted),
        "recall": 100 * right / max(1, gold),
        "f1": 200 * right / max(1, predicted + gold),
    }


def read_sentences(path: Path, without: Iterable[str]) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file. Raises InputError if it cannot be read."""
    try:
        yield from read_conllu(path, without)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    except ValueError as error:
        raise InputError(str(error)) from error


def _count_words(document: Document, counts: Counter[str]) -> None:
    at = 0
    predicted = document.predicted
    for sentence in document.sentences:
        for i, gold_head in enumerate(sentence.heads):
            word = at + i
            counts["words"] += 1
            counts["upos"] += predicted.upos[word] == sentence.upos[i]
            counts["xpos"] += predicted.xpos[word] == sentence.xpos[i]
            counts["lemma"] += sentence.lemmas[i] in ("_", predicted.lemmas[word])
            right_head = predicted.heads[word] == (at + gold_head if gold_head >= 0 else word)
            same_label = predicted.deprels[word].partition(":")[0] == sentence.deprels[i].partition(":")[0]
            counts["uas"] += right_head
            counts["las"] += right_head and same_label
        at += len(sentence.words)


def count_spans(gold: set[Any], predicted: set[Any], layer: str, counts: Counter[str]) -> None:
    if gold or layer in ("names", "sentences"):
        counts[f"{layer}_gold"] += len(gold)
        counts[f"{layer}_predicted"] += len(predicted)
        counts[f"{layer}_right"] += len(gold & predicted)


def _offsets(document: Document) -> Iterator[tuple[int, Sentence]]:
    at = 0
    for sentence in document.sentences:
        yield at, sentence
        at += len(sentence.words)


def _gold_mentions(document: Document) -> set[tuple[int, int, str]]:
    return {(at + s, at + e, kind) for at, sentence in _offsets(document) for s, e, kind in sentence.mentions}


def _predicted_mentions(document: Document) -> set[tuple[int, int, str]]:
    return {(m.start, m.end, m.type) for m in document.predicted.mentions}


def _gold_heads(document: Document) -> set[tuple[int, str]]:
    result = set()
    for at, sentence in _offsets(document):
        heads = [i if h < 0 else h for i, h in enumerate(sentence.heads)]
        result |= {(at + head_of(heads, s, e), kind) for s, e, kind in sentence.mentions}
    return result


def _predicted_heads(document: Document) -> set[tuple[int, str]]:
    heads = document.predicted.heads
    return {(head_of(heads, m.start, m.end), m.type) for m in document.predicted.mentions}


def _read_uner(path: Path) -> tuple[list[Sentence], list[list[str]]]:
    """Sentences of words and spacing, and their BIO tags. A `# text` line says where spaces are."""
    sentences: list[Sentence] = []
    names: list[list[str]] = []
    document, text, paragraph = "", "", True
    words: list[str] = []
    tags: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    for line in [*lines, ""]:
        columns = line.split("\t")
        if line.startswith("# newdoc id = "):
            document, paragraph = line[14:].strip(), True
        elif line.startswith("# text = "):
            text = line[9:]
        elif len(columns) > 2:
            words.append(columns[1])
            tags.append(columns[2])
        elif not line.strip() and words:
            sentences.append(Sentence(document, "", paragraph, words=words, space_after=_spaces(words, text)))
            names.append(tags)
            words, tags, paragraph, text = [], [], False, ""
    if not sentences:
        raise InputError(f"{path}: no names to score; give a Universal NER .iob2 file")
    return sentences, names


def _spaces(words: list[str], text: str) -> list[bool]:
    """Whether a space follows each word in `text`; True where the text does not say."""
    spaces = []
    at = 0
    for word in words:
        found = text.find(word, at)
        at = found + len(word) if found >= 0 else at
        spaces.append(found < 0 or not text[at : at + 1].strip())
    return spaces
