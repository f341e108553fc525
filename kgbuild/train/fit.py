"""The training run: prepared files and a preset → `last.pt` (resumable) and `epoch_N.pt` (weights) in a folder."""

import json
import logging
import random
import time
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import torch

from kgbuild.models.pieces import WordPieces
from kgbuild.train.batches import Labels, batch_stream, cut_windows, encode_rows, make_batches
from kgbuild.train.corpora import Document
from kgbuild.train.losses import losses, total
from kgbuild.train.network import Network, Sizes
from kgbuild.train.score import score_documents

log = logging.getLogger(__name__)

PRESETS = Path(__file__).parent / "presets"


def read_preset(name: str) -> dict[str, Any]:
    return tomllib.loads((PRESETS / f"{name}.toml").read_text(encoding="utf-8"))


def read_documents(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as lines:
        return [Document.from_json(line) for line in lines]


def fit(
    data: Path,
    run: Path,
    preset: dict[str, Any],
    tokenizer: Path,
    pretrained: Path | None,
    stop_after: int | None = None,
    warm: Path | None = None,
) -> None:
    """Trains for `preset["epochs"]` epochs, or goes on from `run/last.pt`; `stop_after` ends the call after that epoch
    of them. `warm` is a checkpoint to begin with; it may lack heads, whose weights are then fresh.
    Seeds are fixed: on one machine with one thread count the weights are the same each time."""
    run.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(preset["threads"])
    torch.manual_seed(preset["seed"])
    labels = Labels(json.loads((data / "labels.json").read_text(encoding="utf-8")))
    pieces = WordPieces(tokenizer)
    network = Network(sizes_of(labels, pieces, preset.get("sizes", {})))
    if pretrained is not None:
        network.encoder.load_pretrained(pretrained)
    known = _load_warm(network, warm) if warm is not None else set()
    network.encoder.words.weight.requires_grad_(False)
    train = encode_rows(read_documents(data / "train.jsonl"), pieces, labels)
    dev = {p.stem: encode_rows(read_documents(p), pieces, labels) for p in sorted(data.glob("dev_*.jsonl"))}
    plans = [_plan(train, preset, epoch) for epoch in range(preset["epochs"])]
    steps = sum(map(len, plans))
    optimizer = _optimizer(network, preset, known)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _triangle(steps, preset["warm_up"]))
    last = run / "last.pt"
    begin = 0
    if last.exists():
        state = torch.load(last, weights_only=True)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        begin = state["epoch"]
    for epoch in range(begin, stop_after or preset["epochs"]):
        torch.manual_seed(preset["seed"] + epoch)
        _epoch(network, plans[epoch], pieces, labels, preset, optimizer, schedule, epoch)
        weights = {"network": network.state_dict(), "sizes": vars(network.sizes), "labels": labels.lists}
        torch.save(weights, run / f"epoch_{epoch + 1}.pt")
        state = {"network": network.state_dict(), "optimizer": optimizer.state_dict()}
        torch.save(state | {"schedule": schedule.state_dict(), "epoch": epoch + 1}, last)
        for name, documents in dev.items():
            scores = score_documents(network, documents, pieces, labels)
            log.info("epoch %d %s %s", epoch + 1, name, json.dumps(scores))


def sizes_of(labels: Labels, pieces: WordPieces, changed: dict[str, Any]) -> Sizes:
    counts = {k: len(v) for k, v in labels.lists.items()}
    return Sizes(vocabulary=pieces.size, **counts, **changed)


def _plan(train: list[Any], preset: dict[str, Any], epoch: int) -> list[Any]:
    rng = random.Random(preset["seed"] * 100 + epoch)
    names_share, fiction_share = preset.get("names_share", 1.0), preset.get("fiction_share", 0.15)

    def share(document: Document) -> float:
        return 1.0 if document.tree else fiction_share if document.source == "litbank" else names_share

    windows = cut_windows(
        [samples for samples in train if rng.random() < share(samples[0].document)],
        rng,
        single=preset["single_sentences"],
        shortest=preset["shortest_window"],
        longest=preset["longest_window"],
    )
    return make_batches(windows, rng, preset["batch_pieces"])


def _load_warm(network: Network, checkpoint: Path) -> set[str]:
    """Loads what the checkpoint has and returns its names. Raises ValueError if it has weights of another network."""
    weights = torch.load(checkpoint, weights_only=True)["network"]
    unexpected = network.load_state_dict(weights, strict=False).unexpected_keys
    if unexpected:
        raise ValueError(f"{checkpoint}: weights of another network: {', '.join(unexpected[:5])}")
    return set(weights)


def _optimizer(network: Network, preset: dict[str, Any], known: set[str]) -> torch.optim.AdamW:
    """Three rates: `encoder_rate`; `head_rate` for what has no pretrained weights; `known_head_rate` for heads and
    input embeddings that a warm start brought along."""
    groups: dict[tuple[str, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            head = not name.startswith("encoder.") or "casings" in name or "spacings" in name
            rate = ("known_head_rate" if name in known else "head_rate") if head else "encoder_rate"
            groups.setdefault((rate, parameter.dim() > 1), []).append(parameter)
    return torch.optim.AdamW(
        [
            {
                "params": parameters,
                "lr": preset[rate],
                "weight_decay": preset["weight_decay"] if decays else 0.0,
            }
            for (rate, decays), parameters in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def _triangle(steps: int, warm_up: float) -> Any:
    """Linear warm-up over the first part of the run, then linear decay to 0."""
    rise = max(1, int(steps * warm_up))
    return lambda step: min((step + 1) / rise, max(0.0, (steps - step) / max(1, steps - rise)))


def _epoch(
    network: Network,
    plan: list[Any],
    pieces: WordPieces,
    labels: Labels,
    preset: dict[str, Any],
    optimizer: torch.optim.Optimizer,
    schedule: Any,
    epoch: int,
) -> None:
    network.train()
    rng = random.Random(preset["seed"] * 1000 + epoch)
    sums: Counter[str] = Counter()
    n_words, begun = 0, time.monotonic()
    for step, batch in enumerate(batch_stream(plan, pieces, rng), 1):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            parts = losses(network, batch, labels.lists["names"])
            loss = total(parts)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), preset["clip"])
        optimizer.step()
        schedule.step()
        sums.update({k: float(v.detach()) for k, v in parts.items()})
        n_words += batch.n_words()
        if step % 50 == 0 or step == len(plan):
            means = " ".join(f"{k} {v / (step % 50 or 50):.3f}" for k, v in sums.items())
            speed = n_words / (time.monotonic() - begun)
            log.info("epoch %d step %d/%d %.0f words/s %s", epoch + 1, step, len(plan), speed, means)
            sums.clear()
