"""The word lists of ``cues/mentions.toml`` as sets of lemmas."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "cues" / "mentions.toml"


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, frozenset[str]]]:
    with FILE.open("rb") as file:
        content = tomllib.load(file)
    return {part: {name: frozenset(text.split()) for name, text in lists.items()} for part, lists in content.items()}


def lemmas(name: str) -> frozenset[str]:
    """The list of that dotted name ("persons.titles"). Raises KeyError for a list that the file does not have."""
    part, _, key = name.partition(".")
    return _lists()[part][key]
