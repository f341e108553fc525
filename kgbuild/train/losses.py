"""The loss of a batch: one term per layer of annotation, each over the words that carry it."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from kgbuild.models.relations import OTHER, tree_relations
from kgbuild.models.spans import CANDIDATE, UNKNOWN_SHAPE, describe_spans
from kgbuild.train.batches import IGNORE, Batch
from kgbuild.train.network import Network

WEIGHTS = {
    "upos": 0.5,
    "xpos": 0.5,
    "script": 0.5,
    "name": 1.5,
    "sentence_end": 0.5,
    "arcs": 1.0,
    "labels": 1.0,
    "spans": 1.0,
    "mentions": 0.5,
    "feats": 0.2,
    "predicate": 0.5,
    "sense": 0.3,
    "factuality": 0.5,
    "roles": 0.5,
    "chains": 0.3,
    "kept": 1.0,
    "realis": 0.3,
}

HIDDEN_SHAPES = 0.2
"""Share of spans that are trained without their shape in the tree."""

HIDDEN_RELATIONS = 0.2
"""Share of predicates that are trained without their relations in the tree, so that roles do not hang on it alone."""


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
        result |= _mentions(network, words, scores["spans"].detach(), cells, arcs.detach(), batch)
    result["feats"] = _cross_entropy(scores["feats"], batch.feats)
    result |= _predicates(network, words, scores["predicate"], arcs.detach(), batch)
    return result


def _mentions(
    network: Network, words: Tensor, spans: Tensor, cells: Tensor, arcs: Tensor, batch: Batch
) -> dict[str, Tensor]:
    """Types and chains of the gold spans; which of the spans that score as candidates are mentions."""
    width = words.shape[1]
    wrong = candidates(spans, cells & ~batch.span_cells)
    starts = torch.cat([batch.span_starts, wrong[:, 0] * width + wrong[:, 1]])
    ends = torch.cat([batch.span_ends, wrong[:, 0] * width + wrong[:, 2] + 1])
    tops, shapes = predicted_shapes(arcs, starts, ends)
    shapes[torch.rand(len(shapes)) < HIDDEN_SHAPES] = UNKNOWN_SHAPE
    vectors = network.mention_vectors(words.reshape(-1, words.shape[-1]), starts, ends, tops, shapes)
    n = len(batch.span_starts)
    is_one = torch.zeros(len(starts)).index_fill(0, torch.arange(n), 1.0)
    scores = spans.reshape(-1)[starts * width + (ends - 1) % width]
    kept = network.mention_keep(vectors).float().squeeze(-1) + scores
    n_words = (batch.words & batch.spans_known[:, None]).sum().clamp(min=1)
    return {
        "mentions": functional.cross_entropy(network.mention_out(vectors[:n]).float(), batch.span_classes),
        "chains": _chains(network.antecedents(vectors[:n]).float(), batch),
        "kept": functional.binary_cross_entropy_with_logits(kept, is_one, reduction="sum") / n_words,
    }


def candidates(spans: Tensor, cells: Tensor) -> Tensor:
    """(S, 3) window, first and last word of the cells that score as candidates; of very many, as a young network finds,
    the best as many as there are words."""
    scores = spans.masked_fill(~cells, -1e4)
    most = spans.shape[0] * spans.shape[1]
    bound = max(CANDIDATE, float(scores.reshape(-1).topk(min(most, scores.numel())).values[-1]))
    return (scores > bound).nonzero()


def predicted_shapes(arcs: Tensor, starts: Tensor, ends: Tensor) -> tuple[Tensor, Tensor]:
    """`describe_spans` of flat spans in the trees that the network itself would build; head words are flat, too."""
    heads = arcs.argmax(-1).numpy()
    width = heads.shape[1]
    windows, first, last = (starts // width).numpy(), (starts % width).numpy(), ((ends - 1) % width).numpy()
    tops, shapes = np.zeros(len(first), dtype=np.int64), np.zeros(len(first), dtype=np.int64)
    for window in np.unique(windows):
        its = windows == window
        top, shapes[its] = describe_spans(heads[window], first[its], last[its] + 1)
        tops[its] = top + window * width
    return torch.from_numpy(tops), torch.from_numpy(shapes)


def _predicates(network: Network, words: Tensor, scores: Tensor, arcs: Tensor, batch: Batch) -> dict[str, Tensor]:
    known = batch.predicates != IGNORE
    is_one = functional.binary_cross_entropy_with_logits(
        scores, batch.predicates.clamp(min=0).float(), reduction="none"
    )
    result = {"predicate": _mean(is_one, known)}
    flat = words.reshape(-1, words.shape[-1])
    rated = batch.certainty.reshape(-1).nonzero().squeeze(-1)
    if len(rated):
        values = network.factuality(network.dropout(flat[rated])).float()
        certainty = batch.certainty.reshape(-1)[rated]
        errors = functional.smooth_l1_loss(values, batch.factuality.reshape(-1)[rated], reduction="none")
        result["factuality"] = (errors * certainty).sum() / certainty.sum()
    told = (batch.realis.reshape(-1) != IGNORE).nonzero().squeeze(-1)
    if len(told):
        values = network.realis(network.dropout(flat[told])).float()
        result["realis"] = functional.binary_cross_entropy_with_logits(values, batch.realis.reshape(-1)[told].float())
    if len(batch.role_predicates):
        predicates = flat[batch.role_predicates]
        senses = network.sense(network.dropout(predicates)).float()
        result["sense"] = _cross_entropy(senses, batch.senses.reshape(-1)[batch.role_predicates])
        relations = predicted_relations(network, words, arcs, batch)
        relations[torch.rand(len(relations)) < HIDDEN_RELATIONS] = OTHER
        windows = batch.role_predicates // words.shape[1]
        roles = network.role(words, windows, predicates, relations).float()
        cells = functional.cross_entropy(roles, batch.role_cells, ignore_index=IGNORE, reduction="sum")
        result["roles"] = cells / len(predicates)
    return result


@torch.no_grad()
def predicted_relations(network: Network, words: Tensor, arcs: Tensor, batch: Batch) -> Tensor:
    """`tree_relations` of the batch's predicates in the trees that the network itself would build, as at run time."""
    heads = arcs.argmax(-1)
    deprels = network.label(words, heads).float().argmax(-1)
    windows, places = (
        (batch.role_predicates // words.shape[1]).numpy(),
        (batch.role_predicates % words.shape[1]).numpy(),
    )
    result = np.zeros(batch.role_cells.shape, dtype=np.int64)
    for window in np.unique(windows):
        its = windows == window
        result[its] = tree_relations(heads[window].numpy(), deprels[window].numpy(), places[its], network.sizes.deprels)
    return torch.from_numpy(result)


def _chains(scores: Tensor, batch: Batch) -> Tensor:
    """Marginal likelihood of the antecedents of each mention, those of its chain before it in its window; of having
    none (score 0) where there is none."""
    n = len(scores)
    windows = batch.span_starts // batch.words.shape[1]
    before = torch.ones(n, n, dtype=torch.bool).tril(-1) & (windows[:, None] == windows[None, :])
    right = before & (batch.span_chains[:, None] == batch.span_chains[None, :])
    none = torch.zeros(n, 1)
    every = torch.cat([none, scores.masked_fill(~before, -1e4)], dim=1)
    gold = torch.cat([none.masked_fill(right.any(1, keepdim=True), -1e4), scores.masked_fill(~right, -1e4)], dim=1)
    return (torch.logsumexp(every, dim=1) - torch.logsumexp(gold, dim=1)).mean()


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
