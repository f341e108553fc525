"""The ranker of mention pairs: trained on the shipped encoder's own mentions of GUM, exported as `coreference.onnx`.

The encoder is frozen: its exported graphs annotate the training documents as they will annotate articles, and a mention
takes the chain of the gold mention with the same span, or else with the same head; what matches none has no chain.
"""

import json
import logging
import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from kgbuild.evaluate.coreference import Conll, gold_chains, head_keys
from kgbuild.evaluate.model import Document, annotate_documents, load_decoder
from kgbuild.models.conllu import read_conllu
from kgbuild.models.coreference import KINDS, NO_ANTECEDENT, SIZES, link, pair_up
from kgbuild.models.decode import Decoder
from kgbuild.models.tree import head_of
from kgbuild.train import gap
from kgbuild.train.export_onnx import OPSET, quantize, write_manifest
from kgbuild.train.prepare import FILES, WITHOUT

log = logging.getLogger(__name__)

HIDDEN = 128
EPOCHS = 6
RATE = 2e-3
DROPOUT = 0.2

PASSAGES = 16
"""GAP passages that are read with each GUM document."""


class Ranker(nn.Module):
    """Scores of pairs of mentions: what the two share, where they stand, what each is. Having no antecedent is 0."""

    def __init__(self, width: int, n_types: int) -> None:
        super().__init__()
        self.classes = nn.Embedding(n_types * len(KINDS), 32)
        self.mention = nn.Linear(width + 32, HIDDEN)
        self.later = nn.Linear(HIDDEN, HIDDEN)
        self.earlier = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.product = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.features = nn.Embedding(sum(SIZES), HIDDEN)
        self.out = nn.Linear(HIDDEN, 1)
        self.dropout = nn.Dropout(DROPOUT)
        nn.init.normal_(self.features.weight, std=0.1)

    def forward(self, vectors: Tensor, classes: Tensor, pairs: Tensor, features: Tensor) -> Tensor:
        act = nn.functional.gelu
        mention = self.dropout(act(self.mention(torch.cat([self.dropout(vectors), self.classes(classes)], dim=-1))))
        i, j = pairs[:, 0], pairs[:, 1]
        hidden = self.later(mention)[i] + self.earlier(mention)[j] + self.product(mention[i] * mention[j])
        for column in range(len(SIZES)):
            hidden = hidden + self.features(features[:, column])
        return self.out(self.dropout(act(hidden))).squeeze(-1)  # type: ignore[no-any-return]


@dataclass
class Article:
    """What the ranker reads of a document, the chain of each mention (-1: in none), and the document itself."""

    feed: dict[str, Tensor]
    chains: Tensor
    document: Document


def fit_chains(data: Path, model: Path, *, limit: int | None = None, epochs: int = EPOCHS) -> dict[str, float]:
    """Trains on GUM's training documents and GAP's passages with the model folder's graphs, keeps the epoch that is
    best on GUM dev, writes `weights/coreference.onnx` and the manifest. Returns its scores: GUM dev, GAP's held-out
    part."""
    torch.manual_seed(1)
    rng = random.Random(1)
    types = load_decoder(str(model)).model.labels["mentions"]
    train = read_articles(data / FILES["gum"].format("train"), model, limit)
    dev = read_articles(data / FILES["gum"].format("dev"), model, limit)
    decoder = _decoder(model)
    passages = gap.read_passages(data / FILES["gap"].format("development"), decoder, limit)
    held_out = gap.read_passages(data / FILES["gap"].format("validation"), decoder, limit)
    ranker = Ranker(train[0].feed["vectors"].shape[1], len(types))
    optimizer = torch.optim.AdamW(ranker.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1.0 - step / (epochs * len(train)))
    best: tuple[float, dict[str, Any], dict[str, float]] = (-1.0, {}, {})
    for epoch in range(epochs):
        ranker.train()
        rng.shuffle(train)
        losses = []
        for article in train:
            loss = chain_loss(ranker(**article.feed), article)
            some = rng.sample(passages, min(PASSAGES, len(passages)))
            if some:
                loss = loss + 0.2 * torch.stack([gap.passage_loss(ranker(**p.feed), p) for p in some]).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(ranker.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(float(loss.detach()))
        scores = score_articles(ranker, dev) | {"gap": _gap_accuracy(ranker, held_out)}
        log.info("epoch %d loss %.3f dev %s", epoch + 1, float(np.mean(losses)), json.dumps(scores))
        if scores["conll"] > best[0]:
            best = (scores["conll"], {k: v.clone() for k, v in ranker.state_dict().items()}, scores)
    ranker.load_state_dict(best[1])
    export_ranker(ranker.eval(), model, train[0].feed)
    return best[2]


@torch.no_grad()
def _gap_accuracy(ranker: Ranker, passages: list[gap.Passage]) -> float:
    ranker.eval()
    return gap.accuracy((ranker(**p.feed), p) for p in passages)


def _decoder(model: Path) -> Decoder:
    decoder = load_decoder(str(model))
    decoder.model.has_coreference = False
    return decoder


def read_articles(path: Path, model: Path, limit: int | None = None) -> list[Article]:
    decoder = _decoder(model)
    articles = []
    for document in annotate_documents(read_conllu(path, WITHOUT), decoder):
        if limit is not None and len(articles) == limit:
            break
        words = [w for s in document.sentences for w in s.words]
        if len(document.predicted.mentions) > 1:
            feed = pair_up(words, document.predicted, decoder.model.labels["mentions"])
            chains = torch.tensor(match_chains(document))
            articles.append(Article({k: torch.from_numpy(v) for k, v in feed.items()}, chains, document))
    return articles


def match_chains(document: Document) -> list[int]:
    gold = gold_chains(document)
    by_span = {m: n for n, chain in enumerate(gold) for m in chain}
    by_head = {h: by_span[m] for m, h in head_keys(document, by_span).items()}
    heads = document.predicted.heads
    result = []
    for mention in document.predicted.mentions:
        number = by_span.get((mention.start, mention.end))
        if number is None:
            number = by_head.get(head_of(heads, mention.start, mention.end), -1)
        result.append(number)
    return result


def chain_loss(scores: Tensor, article: Article) -> Tensor:
    """Marginal likelihood of each mention's antecedents among its candidates and none (0)."""
    i, j = article.feed["pairs"].T
    right = (article.chains[i] == article.chains[j]) & (article.chains[i] >= 0)
    n = len(article.chains)
    every = _log_sums(scores, i, n, torch.zeros(n))
    has_one = torch.zeros(n, dtype=torch.bool).index_fill(0, i[right], True)
    gold = _log_sums(scores.masked_fill(~right, -1e4), i, n, torch.zeros(n).masked_fill(has_one, -1e4))
    return (every - gold).mean()


def _log_sums(scores: Tensor, owner: Tensor, n: int, none: Tensor) -> Tensor:
    top = none.scatter_reduce(0, owner, scores.detach(), "amax")
    sums = torch.exp(none - top).index_add(0, owner, torch.exp(scores - top[owner]))
    return top + torch.log(sums)


@torch.no_grad()
def score_articles(ranker: Ranker, articles: list[Article]) -> dict[str, float]:
    ranker.eval()
    conll = Conll()
    for article in articles:
        scores = ranker(**article.feed)
        best = [NO_ANTECEDENT] * len(article.chains)
        antecedents = [-1] * len(article.chains)
        for (i, j), score in zip(article.feed["pairs"].tolist(), scores.tolist(), strict=True):
            if score > best[i]:
                best[i], antecedents[i] = score, j
        article.document.predicted.chains = link(antecedents)
        conll.add(article.document)
    return conll.scores()


def export_ranker(ranker: Ranker, model: Path, feed: dict[str, Tensor]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        plain, small = Path(folder, "plain.onnx"), Path(folder, "small.onnx")
        names = ["vectors", "classes", "pairs", "features"]
        torch.onnx.export(
            ranker,
            tuple(feed[k] for k in names),
            str(plain),
            input_names=names,
            output_names=["scores"],
            dynamic_axes={k: {0: "M"} for k in names[:2]} | {k: {0: "N"} for k in (*names[2:], "scores")},
            opset_version=OPSET,
            dynamo=False,
        )
        quantize(plain, small)
        shutil.move(small, model / "weights" / "coreference.onnx")
    old = json.loads((model / "manifest.json").read_text(encoding="utf-8"))
    write_manifest(model / "weights", old["labels"], old["version"])
