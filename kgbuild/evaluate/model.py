"""Scores of a language model on annotated files: treebanks (CoNLL-U), names (Universal NER) and nested mentions (GUM).

All run the model as a build does, document by document, but on the tokens of the file, and on its sentences unless said
otherwise. Scores are percentages. What a model does not annotate has no score.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from kgbuild.errors import InputError
from kgbuild.evaluate.documents import Document, annotate_documents, load_annotator, load_decoder, read_sentences
from kgbuild.models.conllu import Sentence
from kgbuild.models.coreference import KINDS, kind_of
from kgbuild.models.decode import Decoder
from kgbuild.models.sessions import DEFAULT
from kgbuild.models.tree import head_of

__all__ = ["Document", "annotate_documents", "load_decoder", "read_sentences", "score_conllu", "score_names"]

NAME_KINDS = ("PER", "ORG", "LOC")
"""What Universal NER annotates; the model's MISC is not counted against it."""


def score_conllu(
    path: Path, *, without: Iterable[str] = (), model: str = DEFAULT, gold_sentences: bool = True
) -> dict[str, float]:
    """Percentages right of `upos`, `xpos`, `lemma`, `uas`, `las`, over all words, punctuation included; labels are
    compared before the colon. Where the file has GUM's entities, also F1 of nested mentions: `mentions` by span and
    type, `mention_heads` by head and type, `mention_spans` by span alone, `name_mentions`, `nominal_mentions` and
    `pronoun_mentions` by span, type and that kind. Documents whose id begins with one of `without` are left out.

    With `gold_sentences` false also `sentences`: F1 of sentence spans, sentences split by the model.
    Raises InputError if there is nothing to score.
    """
    counts: Counter[str] = Counter()
    annotator = load_annotator(model)
    for document in annotate_documents(read_sentences(path, without), annotator, gold_sentences=gold_sentences):
        _count_words(document, counts)
        if isinstance(annotator, Decoder):
            _count_mentions(document, counts)
        if not gold_sentences:
            starts = np.flatnonzero(document.predicted.starts).tolist()
            edges = list(zip(starts, [*starts[1:], len(document.predicted.starts)], strict=True))
            sizes = np.cumsum([0] + [len(s.words) for s in document.sentences]).tolist()
            count_spans(set(pairwise(sizes)), set(edges), "sentences", counts)
    if not counts["words"]:
        raise InputError(f"{path}: no words to score; give a CoNLL-U file with documents that --without leaves in")
    scores = {k: 100 * counts[k] / counts["words"] for k in ("upos", "xpos", "lemma", "uas", "las")}
    for layer in (*MENTION_LAYERS, "sentences"):
        if counts[f"{layer}_gold"]:
            scores[layer] = f1(counts, layer)["f1"]
    return {k: round(v, 2) for k, v in scores.items()}


MENTION_LAYERS = (
    "mentions",
    "mention_heads",
    "mention_heads_gold_tree",
    "mention_spans",
    *(f"{kind}_mentions" for kind in KINDS),
)


def score_names(path: Path, *, model: str = DEFAULT) -> dict[str, float]:
    """Precision, recall and F1 of typed flat names on a Universal NER file (PER, ORG, LOC)."""
    counts: Counter[str] = Counter()
    sentences, names = _read_uner(path)
    flat = iter(names)
    for document in annotate_documents(sentences, load_annotator(model)):
        gold: set[tuple[int, int, str]] = set()
        at = 0
        for sentence in document.sentences:
            gold |= {(at + s, at + e, k) for s, e, k in bio_spans(next(flat))}
            at += len(sentence.words)
        predicted = {n for n in document.predicted.names if n[2] in NAME_KINDS}
        count_spans({g for g in gold if g[2] in NAME_KINDS}, predicted, "names", counts)
    if not counts["names_gold"]:
        raise InputError(f"{path}: no names to score; give a Universal NER .iob2 file with PER, ORG or LOC")
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
    if gold or layer in ("names", "sentences") or layer.endswith("_mentions"):
        counts[f"{layer}_gold"] += len(gold)
        counts[f"{layer}_predicted"] += len(predicted)
        counts[f"{layer}_right"] += len(gold & predicted)


def _offsets(document: Document) -> Iterator[tuple[int, Sentence]]:
    at = 0
    for sentence in document.sentences:
        yield at, sentence
        at += len(sentence.words)


def _count_mentions(document: Document, counts: Counter[str]) -> None:
    """A file without a mention in a document says nothing of its mentions. A mention whose head is a proper noun is a
    name, as in training."""
    gold = []
    tree: list[int] = []
    for at, sentence in _offsets(document):
        heads = [i if h < 0 else h for i, h in enumerate(sentence.heads)]
        tree += [at + h for h in heads]
        for start, end, kind in sentence.mentions:
            head = head_of(heads, start, end)
            how = {"PRON": "pronoun", "PROPN": "name"}.get(sentence.upos[head], "nominal")
            how = "nominal" if how == "pronoun" and end - start > 1 else how
            gold.append((at + start, at + end, kind, at + head, how))
    predicted = []
    for m in document.predicted.mentions:
        head = head_of(document.predicted.heads, m.start, m.end)
        predicted.append((m.start, m.end, m.type, head, kind_of(m, head, document.predicted.upos)))
    for layer, columns in (("mentions", slice(3)), ("mention_heads", slice(2, 4)), ("mention_spans", slice(2))):
        count_spans({m[columns] for m in gold}, {m[columns] for m in predicted}, layer, counts)
    same_tree = {(m[2], head_of(tree, m[0], m[1])) for m in predicted}
    count_spans({m[2:4] for m in gold}, same_tree, "mention_heads_gold_tree", counts)
    if gold:
        for how in KINDS:
            right, said = ({m[:3] for m in side if m[4] == how} for side in (gold, predicted))
            count_spans(right, said, f"{how}_mentions", counts)


_BIO = re.compile(r"[O_-]|[BI]-\w+")


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
    for number, line in enumerate([*lines, ""], 1):
        columns = line.split("\t")
        if line.startswith("# newdoc id = "):
            document, paragraph = line[14:].strip(), True
        elif line.startswith("# text = "):
            text = line[9:]
        elif len(columns) > 2:
            if not columns[1].strip() or not _BIO.fullmatch(columns[2]):
                raise InputError(f"{path}:{number}: {columns[2]!r} where Universal NER has O, B-PER, I-ORG, …")
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
