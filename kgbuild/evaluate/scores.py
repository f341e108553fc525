"""All scores of a model on the files given, under one key each, and the table of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kgbuild.evaluate.coreference import score_coreference
from kgbuild.evaluate.documents import load_annotator
from kgbuild.evaluate.events import score_events
from kgbuild.evaluate.model import score_conllu, score_names
from kgbuild.evaluate.raw import score_raw
from kgbuild.evaluate.roles import score_factuality, score_roles
from kgbuild.models.decode import Decoder

ROWS: dict[str, dict[str, str]] = {
    "gold tokens and sentences, % of the words": {
        "upos": "UPOS",
        "xpos": "XPOS",
        "lemma": "lemma",
        "uas": "UAS",
        "las": "LAS",
    },
    "gold tokens, own sentences": {"own_sentences": "sentences, F1", "own_uas": "UAS", "own_las": "LAS"},
    "raw text, F1 (CoNLL 2018)": {
        "raw_tokens": "tokens (contractions cut up)",
        "raw_sentences": "sentences",
        "raw_upos": "UPOS",
        "raw_xpos": "XPOS",
        "raw_lemma": "lemma",
        "raw_uas": "UAS",
        "raw_las": "LAS",
    },
    "nested mentions, F1": {
        "mentions": "span and type",
        "mention_heads": "head and type",
        "mention_heads_gold_tree": "head (gold tree) and type",
        "mention_spans": "span",
        "name_mentions": "names, span and type",
        "nominal_mentions": "nominals, span and type",
        "pronoun_mentions": "pronouns, span and type",
    },
    "names": {"names_precision": "precision", "names_recall": "recall", "names_f1": "F1"},
    "coreference, predicted mentions, no singletons": {
        "coref_muc": "MUC, F1",
        "coref_b3": "B³, F1",
        "coref_ceafe": "CEAF-e, F1",
        "coref_conll": "CoNLL F1, mentions by head",
        "coref_exact": "CoNLL F1, exact mentions",
    },
    "predicates and roles": {
        "predicates": "predicates, F1",
        "roles": "roles by head, gold predicates, F1",
        "core": "ARG0 to ARG4 alone, F1",
        "senses": "rolesets, gold predicates, %",
    },
    "factuality, gold predicates": {"factuality_r": "Pearson's r", "factuality_mae": "mean absolute error"},
    "events that happened (realis)": {
        "events_precision": "precision",
        "events_recall": "recall",
        "events_f1": "F1",
    },
}
"""Every score by section: its key and how a table calls it."""


@dataclass(frozen=True)
class Files:
    """Annotated files; `without` are beginnings of the ids of documents to leave out of the treebanks."""

    conllu: Path
    without: tuple[str, ...] = ()
    names: Path | None = None
    coreference: Path | None = None
    roles: Path | None = None
    factuality: Path | None = None
    events: Path | None = None


def measure(files: Files, model: str) -> dict[str, float]:
    """All scores by key; layers that the model lacks have none. Percentages but for those of factuality. Raises
    InputError if a file cannot be read or has nothing to score, MissingError if there is no such model."""
    annotator = load_annotator(model)
    ours = annotator.model if isinstance(annotator, Decoder) else None
    without = files.without
    scores = score_conllu(files.conllu, model=model, without=without)
    own = score_conllu(files.conllu, model=model, without=without, gold_sentences=False)
    scores |= {f"own_{key}": own[key] for key in ("sentences", "uas", "las")}
    scores |= _named("raw", score_raw(files.conllu, model=model, without=without))
    if files.names is not None:
        scores |= _named("names", score_names(files.names, model=model))
    if files.coreference is not None and ours and ours.has_coreference:
        scores |= _named("coref", score_coreference(files.coreference, model=model, without=without))
    if files.roles is not None and ours and ours.has_roles:
        scores |= score_roles(files.conllu, files.roles, model=model, without=without)
    if files.factuality is not None and ours and ours.has_roles:
        rated = score_factuality(files.conllu, files.factuality, model=model, without=without)
        scores |= _named("factuality", rated)
    if files.events is not None and ours and ours.has_roles:
        scores |= _named("events", score_events(files.events, model=model))
    return scores


def _named(prefix: str, scores: Mapping[str, float]) -> dict[str, float]:
    return {f"{prefix}_{key}": value for key, value in scores.items()}


def to_table(measured: Mapping[str, Mapping[str, float]]) -> str:
    """Scores by model, one column each, in sections; sections that no model has are left out."""
    labels = [label for rows in ROWS.values() for label in rows.values()]
    width = max(map(len, labels)) + 2
    columns = {model: max(len(model), 7) for model in measured}
    lines = [" " * width + "".join(f"  {model:>{size}}" for model, size in columns.items())]
    for section, rows in ROWS.items():
        shown = {key: label for key, label in rows.items() if any(key in scores for scores in measured.values())}
        if not shown:
            continue
        lines += ["", section]
        for key, label in shown.items():
            cells = [f"{measured[m][key]:.2f}" if key in measured[m] else "–" for m in columns]
            padded = (f"  {cell:>{size}}" for cell, size in zip(cells, columns.values(), strict=True))
            lines.append(f"  {label:<{width - 2}}" + "".join(padded))
    return "\n".join(lines)
