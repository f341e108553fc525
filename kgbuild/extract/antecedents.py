"""What the model thinks a phrase refers back to, in terms of phrases instead of the model's own mentions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kgbuild.extract.features import Features

if TYPE_CHECKING:
    from spacy.tokens import Doc

Antecedents = dict[int, list[list[tuple[int, float]]]]
"""For each phrase the model's mentions with its head word, each as its likely antecedents among earlier phrases with
their probabilities."""


def read_antecedents(doc: Doc, features: Sequence[Features]) -> Antecedents:
    """Empty where the analysis ranks no antecedents, as that of other spaCy pipelines."""
    ranked = doc._.antecedents if doc.has_extension("antecedents") else []
    if not ranked:
        return {}
    phrase_of: dict[int, int] = {}
    for feature in features:
        for token in (feature.phrase.core, feature.phrase.head):
            phrase_of.setdefault(token, feature.index)
    owners = [phrase_of.get(row["head"]) for row in doc._.mentions]
    found: Antecedents = defaultdict(list)
    for owner, pairs in zip(owners, ranked, strict=True):
        if owner is not None:
            earlier = ((owners[at], float(probability)) for at, probability in pairs)
            found[owner].append([(i, p) for i, p in earlier if i is not None and i < owner])
    return dict(found)
