"""Quick greedy scores on dev documents while training; `kgbuild.evaluate.model` measures what ships."""

import random
from collections import Counter

import numpy as np
import torch

from kgbuild.models.pieces import WordPieces
from kgbuild.train.batches import IGNORE, Batch, Labels, Sample, batch_stream, cut_windows, make_batches
from kgbuild.train.losses import candidates, predicted_relations, predicted_shapes
from kgbuild.train.network import Network


@torch.no_grad()
def score_documents(
    network: Network, documents: list[list[Sample]], pieces: WordPieces, labels: Labels, threshold: float = 0.0
) -> dict[str, float]:
    """Percentages over windows as at run time, gold sentences; heads are greedy, lemmas are scripts."""
    network.eval()
    windows = cut_windows(documents, random.Random(0), single=0.0, shortest=240, longest=240)
    counts: Counter[str] = Counter()
    said: list[float] = []
    gold_factuality: list[float] = []
    for batch in batch_stream(make_batches(windows, random.Random(0), 1300), pieces, None):
        with torch.autocast("cpu", dtype=torch.bfloat16):
            mask = torch.zeros(batch.mask.shape).masked_fill(~batch.mask, -1e4)[:, None, None]
            hidden = network.encoder(batch.pieces, batch.casings, batch.spacings, mask)
            words = network.words(hidden, batch.first, batch.last)
            scores = {k: v.float() for k, v in network.score(words).items()}
            same = batch.sentences[:, :, None] == batch.sentences[:, None, :]
            with_root = torch.cat([torch.ones_like(same[:, :, :1]), same], dim=2)
            heads = scores["arcs"].masked_fill(~with_root, -1e4).argmax(-1)
            deprels = network.label(words, heads).float().argmax(-1)
        for layer in ("upos", "xpos", "script"):
            counts[layer] += int((scores[layer].argmax(-1) == getattr(batch, layer)).sum())
        counts["words"] += batch.n_words()
        right = heads == batch.heads
        counts["uas"] += int(right.sum())
        universal = torch.tensor([labels.lists["deprels"].index(d) for d in _universal(labels)])
        gold = universal[batch.deprels.clamp(min=0)]
        counts["las"] += int((right & (universal[deprels] == gold) & batch.words).sum())
        _count(counts, "ends", scores["sentence_end"] > 0, batch.sentence_ends == 1, batch.sentence_ends != IGNORE)
        order = torch.arange(same.shape[1])
        cells = same & (order[:, None] <= order[None]) & batch.spans_known[:, None, None] & batch.words[:, :, None]
        _count(counts, "spans", scores["spans"] > threshold, batch.span_cells, cells)
        masked = scores["arcs"].masked_fill(~with_root, -1e4)
        if len(batch.span_starts):
            _score_mentions(network, words, scores["spans"], cells, masked, batch, counts)
        _count(counts, "predicates", scores["predicate"] > 0, batch.predicates == 1, batch.predicates != IGNORE)
        counts["feats"] += int((scores["feats"].argmax(-1) == batch.feats).sum())
        if len(batch.role_predicates):
            _score_predicates(network, words, masked, batch, counts)
        flat = words.reshape(-1, words.shape[-1])
        _count(counts, "realis", network.realis(words.float()) > 0, batch.realis == 1, batch.realis != IGNORE)
        rated = batch.certainty.reshape(-1).nonzero().squeeze(-1)
        said += network.factuality(flat[rated].float()).tolist()
        gold_factuality += batch.factuality.reshape(-1)[rated].tolist()
        tags = scores["name"].argmax(-1)
        misc = torch.tensor([n.endswith("MISC") for n in labels.lists["names"]])
        tags[misc[tags]] = 0
        known = batch.names != IGNORE
        _count(counts, "name_tags", tags > 0, (batch.names > 0) & (tags == batch.names), known, batch.names > 0)
    scores_by_name = {
        k: 100 * counts[k] / max(1, counts["words"]) for k in ("upos", "xpos", "script", "uas", "las", "feats")
    }
    if len(said) > 1:
        scores_by_name["factuality_r"] = 100 * float(np.corrcoef(said, gold_factuality)[0, 1])
        scores_by_name["sense"] = 100 * counts["sense"] / counts["predicates_gold"]
    for layer in ("ends", "spans", "kept", "mentions", "name_tags", "predicates", "roles", "realis"):
        total = counts[f"{layer}_predicted"] + counts[f"{layer}_gold"]
        scores_by_name[layer] = 200 * counts[f"{layer}_right"] / max(1, total)
    return {k: round(v, 2) for k, v in scores_by_name.items()}


def _score_mentions(
    network: Network,
    words: torch.Tensor,
    spans: torch.Tensor,
    cells: torch.Tensor,
    arcs: torch.Tensor,
    batch: Batch,
    counts: Counter[str],
) -> None:
    """`kept`: spans; `mentions`: spans with their types; spans may cross."""
    width = words.shape[1]
    found = candidates(spans, cells)
    starts, ends = found[:, 0] * width + found[:, 1], found[:, 0] * width + found[:, 2] + 1
    with torch.autocast("cpu", dtype=torch.bfloat16):
        flat = words.reshape(-1, words.shape[-1])
        vectors = network.mention_vectors(flat, starts, ends, *predicted_shapes(arcs, starts, ends))
        kept = network.mention_keep(vectors).float().squeeze(-1) + spans[tuple(found.T)] > 0
        types = network.mention_out(vectors).argmax(-1) // 2
    gold_spans = list(zip(batch.span_starts.tolist(), batch.span_ends.tolist(), strict=True))
    gold = dict(zip(gold_spans, (batch.span_classes // 2).tolist(), strict=True))
    said = zip(starts[kept].tolist(), ends[kept].tolist(), types[kept].tolist(), strict=True)
    for start, end, kind in said:
        for layer in ("kept", "mentions"):
            counts[f"{layer}_predicted"] += 1
        counts["kept_right"] += (start, end) in gold
        counts["mentions_right"] += gold.get((start, end)) == kind
    for layer in ("kept", "mentions"):
        counts[f"{layer}_gold"] += len(gold)


def _score_predicates(
    network: Network, words: torch.Tensor, arcs: torch.Tensor, batch: Batch, counts: Counter[str]
) -> None:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        predicates = words.reshape(-1, words.shape[-1])[batch.role_predicates]
        relations = predicted_relations(network, words, arcs, batch)
        roles = network.role(words, batch.role_predicates // words.shape[1], predicates, relations).argmax(1)
        senses = network.sense(predicates).argmax(-1)
    counts["sense"] += int((senses == batch.senses.reshape(-1)[batch.role_predicates]).sum())
    gold = batch.role_cells
    _count(counts, "roles", roles > 0, (gold > 0) & (roles == gold), gold != IGNORE, gold > 0)


def _universal(labels: Labels) -> list[str]:
    """For each dependency label, the first label that is the same before the colon."""
    first: dict[str, str] = {}
    return [first.setdefault(d.partition(":")[0], d) for d in labels.lists["deprels"]]


def _count(
    counts: Counter[str],
    layer: str,
    predicted: torch.Tensor,
    right: torch.Tensor,
    known: torch.Tensor,
    gold: torch.Tensor | None = None,
) -> None:
    counts[f"{layer}_predicted"] += int((predicted & known).sum())
    counts[f"{layer}_gold"] += int(((right if gold is None else gold) & known).sum())
    counts[f"{layer}_right"] += int((predicted & right & known).sum())
