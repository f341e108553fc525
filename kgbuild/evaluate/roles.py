"""Scores of predicates, senses, semantic roles (by head word) and factuality on files aligned to EWT.

Roles, senses and factuality are asked of the gold predicates, whatever words the model takes for predicates.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from kgbuild.errors import InputError
from kgbuild.evaluate.documents import annotate_documents, load_decoder, read_sentences
from kgbuild.evaluate.model import count_spans, f1
from kgbuild.models.conllu import Sentence
from kgbuild.models.decode import Decoder
from kgbuild.models.predicates import Predicate
from kgbuild.models.sessions import DEFAULT
from kgbuild.models.tree import head_of

AUXILIARIES = ("be.03", "have.01", "do.01")
"""Rolesets of auxiliary verbs, which are no predicates."""

CORE = tuple(f"ARG{i}" for i in range(5))

Pair = tuple[Sentence, dict[int, Predicate]]


def score_roles(conllu: Path, roles: Path, *, without: Iterable[str] = (), model: str = DEFAULT) -> dict[str, float]:
    """F1 of `predicates`; with gold ones, of `roles` by head word (ARG0 to ARG4 and modifiers) and of the `core` ones
    alone, and the share of right `senses`. `conllu` holds the sentences of `roles` with trees, which say what word
    heads an argument. Raises InputError if the two do not fit or there is nothing to score."""
    records = _records(roles, _is_predicate_with_roles)
    decoder = load_decoder(model)
    without = tuple(without)
    counts: Counter[str] = Counter()
    gold = {
        s.id: _gold(s, _aligned(s, records[s.id], roles)) for s in read_sentences(conllu, without) if s.id in records
    }
    for sentence, predicted in _annotated(conllu, without, decoder, None):
        if sentence.id in gold:
            count_spans(set(gold[sentence.id]), set(predicted), "predicates", counts)
    words = {key: set(predicates) for key, predicates in gold.items()}
    for sentence, predicted in _annotated(conllu, without, decoder, words):
        arguments = {(p, *a) for p, (_, its) in gold.get(sentence.id, {}).items() for a in its}
        said = {(p, r.word, r.role) for p, its in predicted.items() for r in its.roles}
        count_spans(arguments, said, "roles", counts)
        count_spans(_core(arguments), _core(said), "core", counts)
        for word, (sense, _) in gold.get(sentence.id, {}).items():
            counts["senses_gold"] += 1
            counts["senses"] += predicted[word].sense == sense
    if not counts["senses_gold"]:
        raise InputError(f"{roles}: no predicates of sentences in {conllu}; give files of the same sentences")
    scores = {layer: f1(counts, layer)["f1"] for layer in ("predicates", "roles", "core")}
    return {k: round(v, 2) for k, v in (scores | {"senses": 100 * counts["senses"] / counts["senses_gold"]}).items()}


def score_factuality(
    conllu: Path, factuality: Path, *, without: Iterable[str] = (), model: str = DEFAULT
) -> dict[str, float]:
    """Pearson's `r` and the mean absolute error (`mae`) of the factuality of the predicates in the file. Raises
    InputError as `score_roles`."""
    records = _records(factuality, lambda p, _: isinstance(p["factuality"], int | float))
    without = tuple(without)
    sentences = (s for s in read_sentences(conllu, without) if s.id in records)
    aligned = {s.id: _aligned(s, records[s.id], factuality) for s in sentences}
    gold = {key: {p["id"] - 1: p["factuality"] for p in r["predicates"]} for key, r in aligned.items()}
    words = {key: set(values) for key, values in gold.items()}
    pairs = [
        (values[word], predicted[word].factuality)
        for sentence, predicted in _annotated(conllu, without, load_decoder(model), words)
        for values in [gold.get(sentence.id, {})]
        for word in values
    ]
    if len(pairs) < 2:
        raise InputError(f"{factuality}: no predicates of sentences in {conllu}; give files of the same sentences")
    said = np.array(pairs).T
    r = float(np.corrcoef(*said)[0, 1]) if said.std(axis=1).all() else 0.0  # a constant has no correlation
    return {"r": round(r, 4), "mae": round(float(np.abs(said[0] - said[1]).mean()), 4)}


def _annotated(
    conllu: Path, without: Iterable[str], decoder: Decoder, words: dict[str, set[int]] | None
) -> Iterator[Pair]:
    """Sentences and their predicates by word; the article's word numbers become the sentence's."""
    for document in annotate_documents(read_sentences(conllu, without), decoder, predicates=words):
        at = 0
        by_word = {p.word: p for p in document.predicted.predicates}
        for sentence in document.sentences:
            inside = range(at, at + len(sentence.words))
            yield sentence, {i - at: by_word[i].moved(-at) for i in inside if i in by_word}
            at += len(sentence.words)


def _gold(sentence: Sentence, record: dict[str, Any]) -> dict[int, tuple[str, set[tuple[int, str]]]]:
    heads = [i if h < 0 else h for i, h in enumerate(sentence.heads)]
    result = {}
    for predicate in record["predicates"]:
        word = predicate["id"] - 1
        if predicate["roleset"] not in AUXILIARIES and not sentence.deprels[word].startswith("aux"):
            result[word] = (
                predicate["roleset"],
                {
                    (head_of(heads, a["start"] - 1, a["end"]), a["role"])
                    for a in predicate["args"]
                    if a["role"] in CORE or a["role"].startswith("ARGM-")
                },
            )
    return result


def _core(roles: Iterable[tuple[int, int, str]]) -> set[tuple[int, int, str]]:
    return {r for r in roles if r[2] in CORE}


def _aligned(sentence: Sentence, record: dict[str, Any], path: Path) -> dict[str, Any]:
    if record["tokens"] != sentence.words:
        raise InputError(f"{path}: sentence {sentence.id!r} has other words here than in the treebank")
    return record


def _records(path: Path, fits: Callable[[Any, int], bool]) -> dict[str, dict[str, Any]]:
    """The sentences of a file by their ids; `fits` says whether a predicate has what is asked for."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    records = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            n_words = len(record["tokens"])
            right = all(p["id"] in range(1, n_words + 1) and fits(p, n_words) for p in record["predicates"])
            records[record["sent_id"]] = record
        except (ValueError, KeyError, TypeError, AttributeError):
            right = False
        if not right:
            raise InputError(f"{path}:{number}: give JSON lines with the keys sent_id, tokens and predicates")
    return records


def _is_predicate_with_roles(predicate: Any, n_words: int) -> bool:
    return isinstance(predicate["roleset"], str) and all(
        isinstance(a["role"], str) and 1 <= a["start"] <= a["end"] <= n_words for a in predicate["args"]
    )
