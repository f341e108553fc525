"""Scores from untokenised text: what is left of tags and trees when the model finds tokens and sentences by itself.

As in the CoNLL 2018 shared task (Zeman et al. 2018), gold and predicted words are aligned by their characters, white
space left out, and every score is an F1 over the words of both. A contraction that the treebank writes as one token of
several words ("don't") is aligned by the longest common subsequence of its words; the words, not the token, count.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from kgbuild.analyse import analyse, nlp
from kgbuild.errors import InputError
from kgbuild.evaluate.documents import annotation_of, read_sentences
from kgbuild.models.conllu import Sentence
from kgbuild.models.decode import Annotation
from kgbuild.models.sessions import DEFAULT

LAYERS = ("tokens", "sentences", "upos", "xpos", "lemma", "uas", "las")


@dataclass(frozen=True)
class Word:
    """A word and its place among the characters of the text that are no white space; the words of a contraction all
    have the place of the contraction."""

    start: int
    end: int
    form: str
    contracted: bool = False


def score_raw(path: Path, *, without: Iterable[str] = (), model: str = DEFAULT) -> dict[str, float]:
    """F1 in percent of `tokens`, `sentences`, `upos`, `xpos`, `lemma`, `uas` and `las` from the text of each document;
    paragraphs are given as blank lines. Raises InputError if there is nothing to score."""
    pipeline = nlp(model)
    counts: Counter[str] = Counter()
    for _, group in groupby(read_sentences(path, without), key=lambda s: s.document):
        document = list(group)
        doc = analyse(pipeline, text_of(document))
        count_document(document, [t.text for t in doc if not t.is_space], annotation_of(doc), counts)
    if not counts["tokens_gold"]:
        raise InputError(f"{path}: no words to score; give a CoNLL-U file with documents that --without leaves in")
    scores = {}
    for layer in LAYERS:
        unit = "sentences" if layer == "sentences" else "tokens"
        scores[layer] = round(200 * counts[layer] / (counts[f"{unit}_gold"] + counts[f"{unit}_predicted"]), 2)
    return scores


def text_of(document: Sequence[Sentence]) -> str:
    """The text of consecutive sentences of a document as the file says it was before it was cut into tokens."""
    parts: list[str] = []
    for i, sentence in enumerate(document):
        if i and sentence.new_paragraph:
            parts.append("\n\n")
        contracted = {begin: (end, form) for begin, end, form in sentence.contractions}
        at = 0
        while at < len(sentence.words):
            end, form = contracted.get(at, (at + 1, sentence.words[at]))
            parts += [form, " " if sentence.space_after[end - 1] else ""]
            at = end
    return "".join(parts).replace(" \n\n", "\n\n").rstrip(" ")


def count_document(
    document: Sequence[Sentence], forms: Sequence[str], predicted: Annotation, counts: Counter[str]
) -> None:
    """Adds what is right of one document's prediction, and how many words and sentences there are, to `counts`."""
    gold = gold_words(document)
    system: list[Word] = []
    at = 0
    for form in forms:
        system.append(Word(at, at + _length(form), form))
        at = system[-1].end
    counts["tokens_gold"] += len(gold)
    counts["tokens_predicted"] += len(system)
    edges = [0, *(gold[sum(len(s.words) for s in document[: i + 1]) - 1].end for i in range(len(document)))]
    firsts = [k for k, start in enumerate(predicted.starts) if start]
    own = [*(system[k].start for k in firsts), at]
    counts["sentences_gold"] += len(document)
    counts["sentences_predicted"] += len(firsts)
    counts["sentences"] += len(set(pairwise(edges)) & set(pairwise(own)))
    pairs = align(gold, system)
    partner = dict(pairs)
    counts["tokens"] += len(pairs)
    at = 0
    for sentence in document:
        for i, head in enumerate(sentence.heads):
            word = partner.get(at + i)
            if word is None:
                continue
            counts["upos"] += predicted.upos[word] == sentence.upos[i]
            counts["xpos"] += predicted.xpos[word] == sentence.xpos[i]
            counts["lemma"] += sentence.lemmas[i] in ("_", predicted.lemmas[word])
            wanted = word if head < 0 else partner.get(at + head)
            right = predicted.heads[word] == wanted
            same = predicted.deprels[word].partition(":")[0] == sentence.deprels[i].partition(":")[0]
            counts["uas"] += right
            counts["las"] += right and same
        at += len(sentence.words)


def gold_words(document: Sequence[Sentence]) -> list[Word]:
    """The words of consecutive sentences with their places."""
    words: list[Word] = []
    at = 0
    for sentence in document:
        contracted = {begin: (end, form) for begin, end, form in sentence.contractions}
        i = 0
        while i < len(sentence.words):
            end, form = contracted.get(i, (i + 1, sentence.words[i]))
            stop = at + _length(form)
            words += [Word(at, stop, w, i in contracted) for w in sentence.words[i:end]]
            at, i = stop, end
    return words


def align(gold: Sequence[Word], system: Sequence[Word]) -> list[tuple[int, int]]:
    """Pairs of a gold and a predicted word that are the same, both ascending."""
    by_place = {(w.start, w.end): k for k, w in enumerate(system)}
    starts = [w.start for w in system]
    pairs: list[tuple[int, int]] = []
    for (start, end, contracted), group in groupby(
        range(len(gold)), key=lambda i: (gold[i].start, gold[i].end, gold[i].contracted)
    ):
        inside = list(group)
        if not contracted:
            pairs += [(i, by_place[start, end]) for i in inside[:1] if (start, end) in by_place]
            continue
        found = range(bisect_left(starts, start), bisect_left(starts, end))
        within = [k for k in found if system[k].end <= end]
        forms = [gold[i].form.lower() for i in inside], [system[k].form.lower() for k in within]
        pairs += [(inside[i], within[k]) for i, k in common_subsequence(*forms)]
    return pairs


def common_subsequence(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Index pairs of a longest common subsequence."""
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for k in reversed(range(len(b))):
            longer = max(lengths[i + 1][k], lengths[i][k + 1])
            lengths[i][k] = lengths[i + 1][k + 1] + 1 if a[i] == b[k] else longer
    pairs = []
    i = k = 0
    while i < len(a) and k < len(b):
        if a[i] == b[k]:
            pairs.append((i, k))
            i, k = i + 1, k + 1
        elif lengths[i + 1][k] >= lengths[i][k + 1]:
            i += 1
        else:
            k += 1
    return pairs


def _length(form: str) -> int:
    return sum(not c.isspace() for c in form)
