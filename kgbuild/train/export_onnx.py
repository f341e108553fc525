"""Checkpoint → int8 ONNX graphs, the tokenizer, and `manifest.json`.

`words.onnx` reads one window and scores words, arcs and spans; `labels.onnx` reads the word vectors it gives and names
the arcs and spans that decoding chose; `roles.onnx` does so for predicates and their arguments.
Batch size 1: no padding and no mask, so a window's result is its own.
"""

import hashlib
import json
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from onnxruntime.transformers.fusion_options import FusionOptions
from torch import Tensor, nn

from kgbuild.train.network import Network, Sizes

OPSET = 17

MAX_MB = 40
"""What a wheel may carry for the model; measured files are about 25 MB."""

SOURCES = [
    {"name": "all-MiniLM-L6-v2 (initial weights)", "licence": "Apache-2.0"},
    {"name": "UD English EWT r2.16", "licence": "CC BY-SA 4.0"},
    {"name": "UD English GUM r2.16 without reddit, fiction, whow", "licence": "CC BY-SA 4.0 and freer, per text"},
    {"name": "Universal NER English EWT", "licence": "CC BY-SA 4.0"},
    {"name": "wikigold", "licence": "CC BY 4.0"},
    {"name": "Re-DocRED dev", "licence": "MIT; texts CC BY-SA"},
    {"name": "WNUT17", "licence": "CC BY 4.0"},
    {"name": "PropBank roles on EWT", "licence": "CC BY-SA 4.0"},
    {"name": "UDS-IH2 factuality on EWT", "licence": "CC BY-SA 4.0"},
    {"name": "KnowledgeNet", "licence": "CC BY-SA 4.0"},
    {"name": "LitBank, events", "licence": "CC BY 4.0"},
    {"name": "GAP", "licence": "Apache-2.0"},
]  # fmt: skip


class WordsGraph(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, casings: Tensor, spacings: Tensor, first: Tensor, last: Tensor) -> Any:
        hidden = self.network.encoder(pieces, casings, spacings, None)
        words = self.network.words(hidden, first, last)
        scores = self.network.score(words)
        tags = [scores[k].argmax(-1)[0] for k in ("upos", "xpos", "script")]
        rest = (scores[k][0] for k in ("name", "sentence_end", "arcs", "spans"))
        return (words[0], *tags, *rest, scores["feats"].argmax(-1)[0], scores["predicate"][0])


class LabelsGraph(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor, heads: Tensor, starts: Tensor, ends: Tensor, tops: Tensor, shapes: Tensor) -> Any:
        deprels = self.network.label(words[None], heads[None])[0]
        vectors = self.network.mention_vectors(words, starts, ends, tops, shapes)
        classes = torch.softmax(self.network.mention_out(vectors), dim=-1)
        # The ranker of chains sees the head word, too.
        described = torch.cat([vectors, words[tops]], dim=-1)
        return deprels.argmax(-1), classes, described, self.network.mention_keep(vectors).squeeze(-1)


class RolesGraph(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, words: Tensor, predicates: Tensor, relations: Tensor) -> Any:
        vectors = words[predicates]
        roles = self.network.role(words[None], torch.zeros_like(predicates), vectors, relations)
        senses, factuality = self.network.sense(vectors), self.network.factuality(vectors)
        return senses, factuality, torch.softmax(roles, dim=1), torch.sigmoid(self.network.realis(vectors))


WORDS_OUTPUTS = ["words", "upos", "xpos", "scripts", "names", "sentence_ends", "arcs", "spans", "feats", "predicates"]

GRAPHS = ("words.onnx", "labels.onnx", "roles.onnx")


def load_network(checkpoint: Path) -> tuple[Network, dict[str, list[str]]]:
    state = torch.load(checkpoint, weights_only=True)
    network = Network(Sizes(**state["sizes"]))
    network.load_state_dict(state["network"])
    return network.eval(), state["labels"]


def export(
    checkpoint: Path, data: Path, out: Path, tokenizer: Path, version: str, *, int8: bool = True
) -> dict[str, Any]:
    """Writes `words.onnx`, `labels.onnx`, `tokenizer.json` and the lemma table of the prepared `data` into `out`, and
    `manifest.json` beside `out`; returns the manifest. Scores in an older manifest stay only if its files are the same.
    Raises ValueError above `MAX_MB`."""
    network, labels = load_network(checkpoint)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain, ready = Path(folder, "plain"), Path(folder, "ready")
        plain.mkdir()
        ready.mkdir()
        _to_onnx(network, plain)
        _fuse(plain / "words.onnx", network.sizes)
        for name in GRAPHS:
            if int8:
                quantize(plain / name, ready / name)
            else:
                shutil.copyfile(plain / name, ready / name)
        shutil.copyfile(tokenizer, ready / "tokenizer.json")
        for name in ("lemmas.json", "rolesets.json"):
            shutil.copyfile(data / name, ready / name)
        for path in sorted(ready.iterdir()):
            shutil.move(path, out / path.name)
    # The ranker of an older encoder reads vectors that are no more.
    (out / "coreference.onnx").unlink(missing_ok=True)
    manifest = write_manifest(out, labels, version)
    total = sum(f["bytes"] for f in manifest["files"].values())
    if int8 and total > MAX_MB * 1e6:
        raise ValueError(f"{out}: {total / 1e6:.1f} MB of weights where {MAX_MB} are allowed")
    return manifest


def _to_onnx(network: Network, folder: Path) -> None:
    n_pieces, n_words = 24, 17
    row = torch.arange(n_words)[None]
    zeros = torch.zeros(1, n_pieces, dtype=torch.int64)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            WordsGraph(network).eval(),
            (zeros + 1, zeros, zeros, row + 1, row + 2),
            str(folder / "words.onnx"),
            input_names=["pieces", "casings", "spacings", "first", "last"],
            output_names=WORDS_OUTPUTS,
            dynamic_axes={k: {1: "T"} for k in ("pieces", "casings", "spacings")}
            | {k: {1: "W"} for k in ("first", "last")}
            | {k: {0: "W"} for k in WORDS_OUTPUTS},
            opset_version=OPSET,
            dynamo=False,
        )
        words = torch.randn(n_words, network.sizes.width)
        starts = torch.tensor([0, 2, 5])
        torch.onnx.export(
            LabelsGraph(network).eval(),
            (words, row[0], starts, starts + 2, starts, starts),
            str(folder / "labels.onnx"),
            input_names=["words", "heads", "starts", "ends", "tops", "shapes"],
            output_names=["deprels", "mentions", "vectors", "kept"],
            dynamic_axes={k: {0: "W"} for k in ("words", "heads", "deprels")}
            | {k: {0: "S"} for k in ("starts", "ends", "tops", "shapes", "mentions", "vectors", "kept")},
            opset_version=OPSET,
            dynamo=False,
        )
        torch.onnx.export(
            RolesGraph(network).eval(),
            (words, starts, torch.zeros(len(starts), n_words, dtype=torch.int64)),
            str(folder / "roles.onnx"),
            input_names=["words", "predicates", "relations"],
            output_names=["senses", "factuality", "roles", "realis"],
            dynamic_axes={"words": {0: "W"}, "predicates": {0: "P"}, "relations": {0: "P", 1: "W"}}
            | {k: {0: "P"} for k in ("senses", "factuality", "realis")}
            | {"roles": {0: "P", 2: "W"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _fuse(path: Path, sizes: Sizes) -> None:
    options = FusionOptions("bert")
    options.enable_embed_layer_norm = False  # it knows one sum of embeddings only, not ours
    fused = optimizer.optimize_model(
        str(path), "bert", num_heads=sizes.heads, hidden_size=sizes.width, optimization_options=options, opt_level=0
    )
    fused.save_model_to_file(str(path))


def quantize(source: Path, target: Path) -> None:
    """Dynamic int8, one scale per output channel. Seven bits for weights: processors without VNNI add pairs of products
    in 16 bits, and eight-bit weights would overflow there."""
    model = onnx.load(str(source))
    quantize_dynamic(
        model,
        str(target),
        per_channel=True,
        reduce_range=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def write_manifest(out: Path, labels: dict[str, list[str]], version: str) -> dict[str, Any]:
    """Writes `manifest.json` beside the weights in `out`, with the files that are there, and returns it."""
    files = {
        p.name: {"bytes": p.stat().st_size, "sha256": hashlib.sha256(p.read_bytes()).hexdigest()}
        for p in sorted(out.glob("*"))
        if p.suffix in (".onnx", ".json")
    }
    old_path = out.parent / "manifest.json"
    old = json.loads(old_path.read_text(encoding="utf-8")) if old_path.exists() else {}
    manifest = {
        "name": "default",
        "version": version,
        "licence": "CC BY-SA 4.0",
        "sources": SOURCES,
        "files": files,
        "labels": labels,
        "scores": old.get("scores", {}) if old.get("files") == files else {},
    }
    old_path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return manifest
