"""Scores of events that a text asserts to have happened (realis), on files as LitBank has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from kgbuild.errors import InputError
from kgbuild.evaluate.documents import annotate_documents, load_decoder
from kgbuild.evaluate.model import count_spans, f1
from kgbuild.models.conllu import Sentence
from kgbuild.models.predicates import Predicate
from kgbuild.models.sessions import DEFAULT

REALIS = 0.3
"""Probability above which a predicate is an event that happened; best of 0.15 to 0.5 on passages that train."""

FACTUAL = 0.9
"""Factuality above which it is one where the model does not say so; best of 0, 0.3, 0.6, 0.9 and 1.2 on every fourth
passage."""

STATES = ("be", "have")
"""Lemmas of predicates that LitBank takes for states, not for events; a model that says so has learnt it."""

HELD_OUT = 5
"""Of a folder, every fifth passage is scored: the others train."""

EVENT = "EVENT"


def score_events(path: Path, *, model: str = DEFAULT) -> dict[str, float]:
    """Precision, recall and F1 of the words that name events which happened; `path` is a passage, or a folder
    of which every fifth counts (.tsv, a word and `EVENT` or `O` a line, an empty line after a sentence). Raises
    InputError as `score_conllu`."""
    decoder = load_decoder(model)
    counts: Counter[str] = Counter()
    for file in sorted(path.glob("*.tsv"))[::HELD_OUT] if path.is_dir() else [path]:
        sentences, gold = read_passage(file)
        for document in annotate_documents(sentences, decoder):
            said = {p.word for p in document.predicted.predicates if _happened(p, document.predicted.lemmas)}
            count_spans(gold, said, "names", counts)
    if not counts["names_gold"]:
        raise InputError(f"{path}: no events to score; give LitBank's .tsv files")
    return {key: round(value, 2) for key, value in f1(counts, "names").items()}


def _happened(predicate: Predicate, lemmas: list[str]) -> bool:
    if predicate.realis is not None:
        return predicate.realis > REALIS
    return predicate.factuality > FACTUAL and lemmas[predicate.word] not in STATES


def read_passage(path: Path) -> tuple[list[Sentence], set[int]]:
    """The sentences of a passage and the numbers of its words that are events."""
    sentences: list[Sentence] = []
    gold: set[int] = set()
    n_words = 0
    words: list[str] = []
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            if words:
                sentences.append(Sentence(path.stem, "", not sentences, words, space_after=[True] * len(words)))
            words = []
            continue
        word, _, tag = line.rpartition("\t")
        if not word.strip() or tag not in (EVENT, "O"):
            raise InputError(f"{path}:{number}: give a word and {EVENT} or O, with a tab between them")
        if tag == EVENT:
            gold.add(n_words)
        words.append(word)
        n_words += 1
    return sentences, gold


def _lines(path: Path) -> Iterator[str]:
    try:
        yield from path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    yield ""
