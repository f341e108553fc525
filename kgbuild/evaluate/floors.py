"""Floors of the model's scores: the lowest value at which each is still taken. They rise with the model and fall only
by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path

from kgbuild.errors import InputError

FLOORS = Path(__file__).parent / "floors.json"

MARGIN = 0.2
"""How far below a score its floor is pinned: int8 kernels differ in last bits between types of processors."""

WITHOUT = ("factuality_mae", "names_precision", "names_recall", "events_precision", "events_recall")
"""Scores without a floor: of the first less is better, and of the others one may rise at another's cost."""

Floors = dict[str, dict[str, float]]


def read_floors(path: Path) -> Floors:
    """Floors by set of files and score. Raises InputError if the file is something else."""
    try:
        floors: Floors = json.loads(path.read_text(encoding="utf-8"))
        right = all(isinstance(value, int | float) for named in floors.values() for value in named.values())
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(f"{path}: cannot be read as floors ({error})") from error
    if not right:
        raise InputError(f"{path}: a floor is no number")
    return floors


def below(scores: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """What is below its floor, or has one and was not measured, as words; [] if nothing is."""
    found = []
    for key, floor in floors.items():
        if key not in scores:
            found.append(f"{key} was not measured (floor {floor:g})")
        elif scores[key] < floor:
            found.append(f"{key} is {scores[key]:g} (floor {floor:g})")
    return found


def raised(scores: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, float]:
    """The floors with those of the scores that allow higher ones, or that had none. None is lowered."""
    result = dict(floors)
    for key, score in scores.items():
        if key not in WITHOUT:
            # Pearson's r goes to 1, all others to 100.
            unit = 0.01 if key == "factuality_r" else 1.0
            pinned = round(math.floor((score / unit - MARGIN) * 10 + 1e-6) / 10 * unit, 4)
            result[key] = max(pinned, result.get(key, pinned))
    return result


def write_floors(path: Path, floors: Floors) -> None:
    path.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
