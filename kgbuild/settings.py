"""Every choice that changes what a run writes, once, with its unit, default and reason."""

from __future__ import annotations

from dataclasses import asdict, dataclass

DATA_IRI = "https://w3id.org/kgbuild/data/"

MODEL = "default"
"""The language model that ships with kgbuild; any other name is a spaCy pipeline."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run was told, apart from its input.

    ``model``: "default" or the name of a spaCy pipeline. ``language``: None detects it per article and skips all
    but English; a code such as "en" takes every article to be in it. ``assert_attributed``: let speakers' positive,
    actual claims pass the truth gate. ``base_iri``: where the graph's own IRIs begin, ending in "/" or "#". ``events``:
    the text of a table of event classes like ``ontology/events.tsv``, asked before that one. ``min_confidence``:
    statements less likely to be right are left out, from 0 (none is) to 1.

    ``doubt_below`` and ``trust_above``: the model's factuality of a verb (about -2 to 2) below which what the words
    state as actual counts as possible, and above which what no cue settles counts as actual. See
    `kgbuild.extract.second_opinion` for how they were chosen.
    """

    model: str = MODEL
    language: str | None = None
    assert_attributed: bool = False
    base_iri: str = DATA_IRI
    events: str = ""
    min_confidence: float = 0.0
    doubt_below: float = -0.6
    trust_above: float = 0.5

    def to_dict(self) -> dict[str, object]:
        return asdict(self)
