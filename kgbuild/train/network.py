"""The network: a small BERT over word pieces, words as the mean of their first and last piece, one head per layer of
annotation. Everything that is exported is here; losses are in `losses`.

Shapes: B windows, T pieces, W words, D = 384. Two forward passes, because labels are only wanted for chosen pairs:
`forward` scores words, arcs and spans; `label` names the arcs and spans that decoding chose from those scores.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from kgbuild.models.pieces import N_CASINGS, N_SPACINGS
from kgbuild.models.relations import n_relations
from kgbuild.models.spans import N_SHAPES


@dataclass(frozen=True)
class Sizes:
    vocabulary: int
    upos: int
    xpos: int
    scripts: int
    deprels: int
    mentions: int
    names: int
    feats: int
    senses: int
    roles: int
    width: int = 384
    heads: int = 12
    layers: int = 6
    inner: int = 1536
    positions: int = 512
    arc: int = 192
    label: int = 192
    span: int = 128
    role: int = 128
    dropout: float = 0.1
    head_dropout: float = 0.2


class Attention(nn.Module):
    """Self-attention, eager: on a CPU the backward pass of fused attention takes twice as long in bf16."""

    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.heads, self.size = sizes.heads, sizes.width // sizes.heads
        self.query = nn.Linear(sizes.width, sizes.width)
        self.key = nn.Linear(sizes.width, sizes.width)
        self.value = nn.Linear(sizes.width, sizes.width)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        shape = (batch, length, self.heads, self.size)
        query, key, value = (f(x).view(shape).transpose(1, 2) for f in (self.query, self.key, self.value))
        scores = torch.matmul(query, key.transpose(-1, -2)) / math.sqrt(self.size)
        if mask is not None:
            scores = scores + mask
        weights = torch.softmax(scores, dim=-1)
        return torch.matmul(weights, value).transpose(1, 2).reshape(batch, length, width)


class Layer(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.attention = Attention(sizes)
        self.attention_output = nn.Linear(sizes.width, sizes.width)
        self.attention_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.inner = nn.Linear(sizes.width, sizes.inner)
        self.output = nn.Linear(sizes.inner, sizes.width)
        self.output_norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(sizes.dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        x = self.attention_norm(self.dropout(self.attention_output(self.attention(x, mask))) + x)
        return self.output_norm(self.dropout(self.output(nn.functional.gelu(self.inner(x)))) + x)  # type: ignore[no-any-return]


class Encoder(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.words = nn.Embedding(sizes.vocabulary, sizes.width)
        self.positions = nn.Embedding(sizes.positions, sizes.width)
        self.casings = nn.Embedding(N_CASINGS, sizes.width)
        self.spacings = nn.Embedding(N_SPACINGS, sizes.width)
        self.norm = nn.LayerNorm(sizes.width, eps=1e-12)
        self.dropout = nn.Dropout(sizes.dropout)
        self.layers = nn.ModuleList(Layer(sizes) for _ in range(sizes.layers))
        for added in (self.casings, self.spacings):
            nn.init.normal_(added.weight, std=0.02)

    def forward(self, pieces: Tensor, casings: Tensor, spacings: Tensor, mask: Tensor | None) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(places)[None] + self.casings(casings) + self.spacings(spacings)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def load_pretrained(self, path: Path) -> None:
        """Copies MiniLM's weights from a safetensors file in BERT's naming; its one segment embedding is added to
        the positions, being a constant here."""
        from safetensors.torch import load_file

        source = load_file(path)
        renamed = {
            "embeddings.word_embeddings": "words",
            "embeddings.LayerNorm": "norm",
            "attention.self": "attention",
            "attention.output.dense": "attention_output",
            "attention.output.LayerNorm": "attention_norm",
            "intermediate.dense": "inner",
            "output.dense": "output",
            "output.LayerNorm": "output_norm",
            "encoder.layer": "layers",
        }
        state = self.state_dict()
        state["positions.weight"] = (
            source["embeddings.position_embeddings.weight"] + source["embeddings.token_type_embeddings.weight"][0]
        )
        for key, value in source.items():
            for old, new in renamed.items():
                key = key.replace(old, new)
            if key in state:
                state[key] = value
        self.load_state_dict(state)


class Network(nn.Module):
    def __init__(self, sizes: Sizes) -> None:
        super().__init__()
        self.sizes = sizes
        width, arc, span, label = sizes.width, sizes.arc, sizes.span, sizes.label
        self.encoder = Encoder(sizes)
        self.upos = nn.Linear(width, sizes.upos)
        self.xpos = nn.Linear(width, sizes.xpos)
        self.script = nn.Linear(width, sizes.scripts)
        self.name = nn.Linear(width, sizes.names)
        self.sentence_end = nn.Linear(width, 1)
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_dependent = nn.Linear(width, arc)
        self.arc_head = nn.Linear(width, arc)
        self.arc_pair = nn.Linear(arc, arc, bias=False)
        self.arc_bias = nn.Linear(arc, 1)
        self.span_start = nn.Linear(width, span)
        self.span_end = nn.Linear(width, span)
        self.span_pair = nn.Linear(span, span)
        self.span_bias = nn.Linear(span, 1)
        self.label_dependent = nn.Linear(width, 2 * label)
        self.label_head = nn.Linear(width, 2 * label)
        self.label_out = nn.Linear(2 * label, sizes.deprels)
        self.mention_in = nn.Linear(3 * width, label)
        self.mention_top = nn.Linear(width, label, bias=False)
        self.mention_shape = nn.Embedding(N_SHAPES, label)
        self.mention_out = nn.Linear(label, 2 * sizes.mentions)
        self.mention_keep = nn.Linear(label, 1)
        self.feats = nn.Linear(width, sizes.feats)
        self.predicate = nn.Linear(width, 1)
        self.sense = nn.Linear(width, sizes.senses)
        self.factuality_in = nn.Linear(width, sizes.role)
        self.factuality_out = nn.Linear(sizes.role, 1)
        self.realis_in = nn.Linear(width, sizes.role)
        self.realis_out = nn.Linear(sizes.role, 1)
        self.role_predicate = nn.Linear(width, sizes.role)
        self.role_argument = nn.Linear(width, sizes.role)
        self.role_pair = nn.Linear(sizes.role, sizes.roles * sizes.role)
        self.role_bias = nn.Linear(sizes.role, sizes.roles)
        self.role_relation = nn.Embedding(n_relations(sizes.deprels), sizes.roles)
        nn.init.zeros_(self.role_relation.weight)
        for added in (self.mention_top, self.mention_shape):
            nn.init.zeros_(added.weight)
        self.chain_mention = nn.Linear(label, span)
        self.chain_antecedent = nn.Linear(label, span)
        self.chain_bias = nn.Linear(span, 1)
        self.dropout = nn.Dropout(sizes.head_dropout)

    def words(self, hidden: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """(B, T, D) piece vectors → (B, W, D) word vectors."""
        width = hidden.shape[-1]
        begin = torch.gather(hidden, 1, first[..., None].expand(-1, -1, width))
        end = torch.gather(hidden, 1, last[..., None].expand(-1, -1, width))
        return (begin + end) * 0.5

    def score(self, words: Tensor) -> dict[str, Tensor]:
        """Scores of every word and pair. `arcs` is (B, W, W + 1) by dependent and head, head 0 being the root;
        `spans` is (B, W, W) by first and last word."""
        act = nn.functional.gelu
        kept = self.dropout(words)
        root = self.root.to(words.dtype).expand(words.shape[0], 1, -1)
        arc_dependent = self.dropout(act(self.arc_dependent(words)))
        arc_head = self.dropout(act(self.arc_head(torch.cat([root, words], dim=1))))
        span_start = self.dropout(act(self.span_start(words)))
        span_end = self.dropout(act(self.span_end(words)))
        arcs = torch.matmul(self.arc_pair(arc_dependent), arc_head.transpose(1, 2))
        spans = torch.matmul(self.span_pair(span_start), span_end.transpose(1, 2))
        return {
            "upos": self.upos(kept),
            "xpos": self.xpos(kept),
            "script": self.script(kept),
            "name": self.name(kept),
            "sentence_end": self.sentence_end(kept).squeeze(-1),
            "feats": self.feats(kept),
            "predicate": self.predicate(kept).squeeze(-1),
            "arcs": arcs + self.arc_bias(arc_head).transpose(1, 2),
            "spans": spans + self.span_bias(span_end).transpose(1, 2),
        }

    def label(self, words: Tensor, heads: Tensor) -> Tensor:
        """(B, W, deprels) label scores of each word's arc to `heads` (B, W), 0 being the root. A low-rank bilinear
        form beside an additive one: as good as a full biaffine and cheap on chosen arcs."""
        root = self.root.to(words.dtype).expand(words.shape[0], 1, -1)
        dependent = self.dropout(self.label_dependent(words))
        head = self.dropout(self.label_head(torch.cat([root, words], dim=1)))
        head = torch.gather(head, 1, heads[..., None].expand(-1, -1, head.shape[-1]))
        half = self.sizes.label
        added = nn.functional.gelu(dependent[..., :half] + head[..., :half])
        return self.label_out(torch.cat([added, dependent[..., half:] * head[..., half:]], dim=-1))  # type: ignore[no-any-return]

    def mention_vectors(self, words: Tensor, starts: Tensor, ends: Tensor, tops: Tensor, shapes: Tensor) -> Tensor:
        """(S, label) vectors of chosen spans of flat `words` (N, D), [starts, ends), with their head words `tops` and
        `shapes` as `describe_spans` gives them. `mention_out` makes of them (S, 2 · types) scores of class
        `2 · type + is_name`, `mention_keep` what is added to the span's score."""
        zero = torch.zeros_like(words[:1], dtype=torch.float32)
        sums = torch.cat([zero, torch.cumsum(words.float(), dim=0)], dim=0)
        length = (ends - starts).float()[:, None]
        mean = ((sums[ends] - sums[starts]) / length).to(words.dtype)
        features = torch.cat([words[starts], words[ends - 1], mean], dim=-1)
        hidden = self.mention_in(features) + self.mention_top(words[tops]) + self.mention_shape(shapes)
        return self.dropout(nn.functional.gelu(hidden))  # type: ignore[no-any-return]

    def factuality(self, predicates: Tensor) -> Tensor:
        """(P) factuality of predicates (P, D), about -2 for what did not happen to 2 for what did."""
        return self.factuality_out(nn.functional.gelu(self.factuality_in(predicates))).squeeze(-1)  # type: ignore[no-any-return]

    def realis(self, words: Tensor) -> Tensor:
        """(N) scores (logits) of words (N, D) as events that are told to have happened."""
        return self.realis_out(nn.functional.gelu(self.realis_in(words))).squeeze(-1)  # type: ignore[no-any-return]

    def role(self, words: Tensor, windows: Tensor, predicates: Tensor, relations: Tensor) -> Tensor:
        """(P, roles, W) scores of each of the words (B, W, D) as head of an argument of each predicate (P, D), which is
        in the window `windows` (P); `relations` (P, W) as `tree_relations` gives them. Role 0 is none."""
        act = nn.functional.gelu
        predicate = self.dropout(act(self.role_predicate(predicates)))
        argument = self.dropout(act(self.role_argument(words)))
        pair = self.role_pair(predicate).view(-1, self.sizes.roles, self.sizes.role)
        bias = self.role_bias(argument).transpose(1, 2)[windows]
        scores = torch.matmul(pair, argument.transpose(1, 2)[windows]) + bias
        return scores + self.role_relation(relations).transpose(1, 2)  # type: ignore[no-any-return]

    def antecedents(self, mentions: Tensor) -> Tensor:
        """(S, S) scores of each mention vector's antecedents, in place of the ranker's own features: this head only
        teaches the encoder what mentions share. 0 is the score of having none."""
        antecedent = self.dropout(self.chain_antecedent(mentions))
        scores = torch.matmul(self.dropout(self.chain_mention(mentions)), antecedent.T) / self.sizes.span**0.5
        return scores + self.chain_bias(antecedent).T  # type: ignore[no-any-return]
