"""The mean of checkpoints of runs that began with the same weights: better than each of them, and as fast as one."""

from collections.abc import Sequence
from pathlib import Path

import torch


def average(base: Path, checkpoints: Sequence[tuple[Path, float]], out: Path) -> None:
    """Writes the weighted mean of `checkpoints`, whose runs began with the weights of `base`. What a run added to them
    is another space in each run, so it is averaged over the checkpoints in the folder of the first one only. Raises
    ValueError if the checkpoints are of other networks."""
    begun = set(torch.load(base, weights_only=True)["network"])
    states = [torch.load(path, weights_only=True) for path, _ in checkpoints]
    first = states[0]["network"]
    own = [path.parent == checkpoints[0][0].parent for path, _ in checkpoints]
    network = {}
    for key, value in first.items():
        parts = [
            (state["network"][key], share)
            for state, is_own, (_, share) in zip(states, own, checkpoints, strict=True)
            if is_own or key in begun
        ]
        if any(part.shape != value.shape for part, _ in parts):
            raise ValueError(f"{checkpoints[0][0]}: {key} is of another size in the other checkpoints")
        whole = sum(share for _, share in parts)
        mean = torch.stack([part.double() * (share / whole) for part, share in parts]).sum(0)
        network[key] = mean.to(value.dtype) if value.is_floating_point() else value
    torch.save(states[0] | {"network": network}, out)
