"""Realis: which words are found that name an event told to have happened (LitBank's events)."""

from collections import Counter
from collections.abc import Iterable, Sequence

from kgbuild.errors import InputError
from kgbuild.evaluate.documents import annotate_documents, load_decoder
from kgbuild.evaluate.model import count_spans, f1
from kgbuild.models.conllu import Sentence
from kgbuild.models.sessions import DEFAULT

EVENT = 0.5
"""Probability from which a word is an event."""

Told = tuple[Sequence[str], Sequence[int]]
"""A sentence's words, and 1 on those that name an event told to have happened."""


def score_realis(passages: Iterable[Sequence[Told]], *, model: str = DEFAULT) -> dict[str, float]:
    """Precision, recall and F1 over all words of passages of told sentences, whatever words the model takes for
    predicates. Raises InputError if there is nothing to score."""
    counts: Counter[str] = Counter()
    gold: set[tuple[str, int]] = set()
    sentences: list[Sentence] = []
    for number, passage in enumerate(passages):
        for place, (words, events) in enumerate(passage):
            key = f"{number}-{place}"
            sentences.append(Sentence(str(number), key, place == 0, words=list(words), space_after=[True] * len(words)))
            gold |= {(key, i) for i, event in enumerate(events) if event}
    if not gold:
        raise InputError("no events to score; give passages with words that name some")
    every = {s.id: range(len(s.words)) for s in sentences}
    said: set[tuple[str, int]] = set()
    for document in annotate_documents(sentences, load_decoder(model), predicates=every):
        places = [(s.id, i) for s in document.sentences for i in range(len(s.words))]
        said |= {places[p.word] for p in document.predicted.predicates if p.realis > EVENT}
    count_spans(gold, said, "realis", counts)
    return {k: round(v, 2) for k, v in f1(counts, "realis").items()}
