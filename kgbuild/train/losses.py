"""The loss of a batch: one term per layer of annotation, each over the words that carry it."""

import torch
from torch import Tensor
from torch.nn import functional

from kgbuild.train.batches import IGNORE, Batch
from kgbuild.train.network import Network

WEIGHTS = {
    "upos": 0.5,
    "xpos": 0.5,
    "script": 0.5,
    "name": 1.0,
    "sentence_end": 0.5,
    "arcs": 1.0,
    "labels": 1.0,
    "spans": 1.0,
    "mentions": 0.5,
}


def losses(network: Network, batch: Batch, names: list[str]) -> dict[str, Tensor]:
    """Unweighted losses; a layer that no word of the batch carries is 0 (still joined to the graph)."""
    mask = torch.zeros(batch.mask.shape, dtype=torch.float32).masked_fill(~batch.mask, -1e4)[:, None, None]
    hidden = network.encoder(batch.pieces, batch.casings, batch.spacings, mask)
    words = network.words(hidden, batch.first, batch.last)
    scores = {k: v.float() for k, v in network.score(words).items()}
    same = batch.sentences[:, :, None] == batch.sentences[:, None, :]
    with_root = torch.cat([torch.ones_like(same[:, :, :1]), same], dim=2)
    arcs = scores["arcs"].masked_fill(~with_root, -1e4)
    labels = network.label(words, batch.heads.clamp(min=0)).float()
    result = {key: _cross_entropy(scores[key], getattr(batch, key)) for key in ("upos", "xpos", "script")}
    result["arcs"] = _cross_entropy(arcs, batch.heads)
    result["labels"] = _cross_entropy(labels, batch.deprels)
    result["name"] = _names(scores["name"], batch, names)
    known = batch.sentence_ends != IGNORE
    ends = functional.binary_cross_entropy_with_logits(
        scores["sentence_end"], batch.sentence_ends.clamp(min=0).float(), reduction="none"
    )
    result["sentence_end"] = _mean(ends, known)
    order = torch.arange(same.shape[1])
    cells = same & (order[:, None] <= order[None]) & batch.spans_known[:, None, None] & batch.words[:, :, None]
    cell = functional.binary_cross_entropy_with_logits(scores["spans"], batch.span_cells.float(), reduction="none")
    n_words = (batch.words & batch.spans_known[:, None]).sum().clamp(min=1)
    result["spans"] = (cell * cells).sum() / n_words
    if len(batch.span_starts):
        flat = words.reshape(-1, words.shape[-1])
        mentions = network.mention(flat, batch.span_starts, batch.span_ends).float()
        result["mentions"] = functional.cross_entropy(mentions, batch.span_classes)
    return result


def total(parts: dict[str, Tensor]) -> Tensor:
    return torch.stack([WEIGHTS[k] * v for k, v in parts.items()]).sum()


def _names(scores: Tensor, batch: Batch, names: list[str]) -> Tensor:
    """Where the source marks no MISC, a gold O is satisfied by O and MISC together (its marginal likelihood)."""
    logs = torch.log_softmax(scores, dim=-1)
    gold = batch.names.clamp(min=0)
    picked = torch.gather(logs, -1, gold[..., None]).squeeze(-1)
    maybe = [i for i, n in enumerate(names) if n == "O" or n.endswith("MISC")]
    marginal = torch.logsumexp(logs[..., maybe], dim=-1)
    no_misc = (batch.no_misc[:, None]) & (gold == names.index("O"))
    loss = -torch.where(no_misc, marginal, picked)
    known = batch.names != IGNORE
    return (loss * known * batch.name_weights[:, None]).sum() / known.sum().clamp(min=1)


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    flat = gold.reshape(-1)
    total = functional.cross_entropy(scores.reshape(len(flat), -1), flat, ignore_index=IGNORE, reduction="sum")
    return total / (flat != IGNORE).sum().clamp(min=1)


def _mean(values: Tensor, known: Tensor) -> Tensor:
    return (values * known).sum() / known.sum().clamp(min=1)
