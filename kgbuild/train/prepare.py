"""Corpora → `train.jsonl`, `dev_*.jsonl`, `labels.json`, `report.json`: what a training run reads."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from kgbuild.models.conllu import read_conllu
from kgbuild.models.lemmas import KEEP, apply_script
from kgbuild.models.pieces import normalise
from kgbuild.train import corpora, names, semantics
from kgbuild.train.corpora import Document

WITHOUT = ("GUM_fiction_", "GUM_whow_")
"""GUM's only non-commercial genres: weights that ship must not have seen them."""

MIN_COPIED_WORDS = 5
"""A training sentence equal to a dev or test sentence is dropped from this length on; shorter ones are formulas
("Thank you .") that occur in any two texts."""

MIN_SCRIPT_COUNT = 2

MIN_ROLE_COUNT = 20

NO_ROLE = "_"

NAMES = ["O"] + [f"{p}-{k}" for k in ("PER", "ORG", "LOC", "MISC") for p in "BI"]

FILES = {
    "ewt": "ud_ewt/en_ewt-ud-{}.conllu",
    "gum": "ud_gum/en_gum-{}.conllu",
    "uner": "uner_ewt/en_ewt-ud-{}.iob2",
    "wikigold": "ner_small/wikigold/CONLL-format/data/wikigold.conll.txt",
    "redocred": "redocred/dev_revised.json",
    "wnut17": "ner_small/WNUT17/CONLL-format/data/train/wnut17train.conll",
    "roles": "srl_ewt/srl_ewt_{}.jsonl",
    "factuality": "uds_factuality/{}.jsonl",
    "knowledgenet": "knowledgenet/train_*_from_html.jsonl",
    "realis": "litbank/events/tsv",
    "gap": "gap/gap-{}.tsv",
}


def prepare(data: Path, out: Path, limit: int | None = None) -> dict[str, Any]:
    """Writes the training files under `out` and returns the report. `limit` keeps the first documents of each source
    (tests). Raises ValueError if a document of a dev or test file is also a training document."""
    out.mkdir(parents=True, exist_ok=True)
    single = {key: name for key, name in FILES.items() if "{}" not in name and key != "realis"}
    paths = {key: next(data.glob(name), data / name) for key, name in single.items()}
    ewt_train, gum_train = (data / FILES[k].format("train") for k in ("ewt", "gum"))
    uner_train = data / FILES["uner"].format("train.cleaned")
    semantic = [data / FILES[k].format("train") for k in ("roles", "factuality")]
    ewt = list(_ewt(data, "train", uner_train))
    gum = list(names.add_gum(corpora.treebank(gum_train, "gum", mentions=True, without=WITHOUT)))
    fiction, fiction_dev = semantics.realis(data / FILES["realis"])
    demonyms = corpora.demonyms([*ewt, *gum])
    named = [
        list(corpora.wikigold(paths["wikigold"])),
        list(corpora.redocred(paths["redocred"], demonyms)),
        list(corpora.wnut(paths["wnut17"])),
        list(names.knowledgenet(paths["knowledgenet"])),
    ]
    held_out = [data / FILES[k].format(part) for k in ("ewt", "gum") for part in ("dev", "test")]
    train = list(chain.from_iterable(group[:limit] for group in [ewt, gum, *named, fiction]))
    report: dict[str, Any] = {"dropped": _drop_copies(train, held_out)}
    report["inputs"] = {
        str(p.relative_to(data)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in [ewt_train, gum_train, uner_train, *semantic, *paths.values()]
    }
    report["words"] = dict(_count_words(train))
    labels = _labels(train)
    report["labels"] = {k: len(v) for k, v in labels.items()}
    _write(out / "train.jsonl", train)
    _write(out / "dev_ewt.jsonl", list(_ewt(data, "dev", data / FILES["uner"].format("dev")))[:limit])
    _write(out / "dev_litbank.jsonl", fiction_dev[:limit])
    dev_gum = corpora.treebank(data / FILES["gum"].format("dev"), "gum", mentions=True, without=WITHOUT)
    _write(out / "dev_gum.jsonl", list(dev_gum)[:limit])
    (out / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1), encoding="utf-8")
    (out / "lemmas.json").write_text(json.dumps(_lemma_table(train), ensure_ascii=False, sort_keys=True), "utf-8")
    (out / "rolesets.json").write_text(json.dumps(_roleset_table(train), ensure_ascii=False, sort_keys=True), "utf-8")
    (out / "report.json").write_text(json.dumps(report, indent=1, sort_keys=True), encoding="utf-8")
    return report


def _ewt(data: Path, part: str, uner: Path) -> Iterator[Document]:
    """EWT with its names, roles and factuality."""
    documents = corpora.add_uner(corpora.treebank(data / FILES["ewt"].format(part), "ewt", mentions=False), uner)
    with_roles = semantics.add_roles(documents, data / FILES["roles"].format(part))
    return semantics.add_factuality(with_roles, data / FILES["factuality"].format(part))


def _drop_copies(train: list[Document], held_out: Iterable[Path]) -> dict[str, int]:
    """Takes sentences of dev and test files out of `train`; says how many, and how many short ones stayed."""
    sentences = list(chain.from_iterable(map(read_conllu, held_out)))
    shared = {d.id for d in train} & {s.document for s in sentences}
    if shared:
        raise ValueError(f"documents both in training and in held-out files: {sorted(shared)[:5]}")
    texts = {_key(s.words) for s in sentences}
    dropped: Counter[str] = Counter(short_kept=0)
    for document in train:
        copies = [_key(r.words) in texts for r in document.rows]
        long = [len(r.words) >= MIN_COPIED_WORDS for r in document.rows]
        dropped[document.source] += sum(c and n for c, n in zip(copies, long, strict=True))
        dropped["short_kept"] += sum(c and not n for c, n in zip(copies, long, strict=True))
        document.rows = [r for r, c, n in zip(document.rows, copies, long, strict=True) if not (c and n)]
    train[:] = [d for d in train if d.rows]
    return dict(dropped)


def _key(words: list[str]) -> str:
    return "".join(words).lower()


def _labels(train: list[Document]) -> dict[str, list[str]]:
    trees = [row for d in train if d.tree for row in d.rows]
    scripts = Counter(s for row in trees for s in row.scripts)
    roles = Counter(role for row in trees for _, _, role in row.roles)
    frequent = sorted(s for s, n in scripts.items() if n >= MIN_SCRIPT_COUNT and s != KEEP)
    return {
        "upos": sorted({t for row in trees for t in row.upos}),
        "xpos": sorted({t for row in trees for t in row.xpos}),
        "scripts": [KEEP, *frequent],
        "deprels": sorted({t for row in trees for t in row.deprels}),
        "mentions": sorted({m[2] for d in train if d.mentions for row in d.rows for m in row.mentions}),
        "names": NAMES,
        "feats": sorted({f for row in trees for f in row.feats}),
        "senses": sorted({sense_number(s) for row in trees for s in row.senses if s != semantics.NO_PREDICATE}),
        "roles": [NO_ROLE, *sorted(r for r, n in roles.items() if n >= MIN_ROLE_COUNT)],
    }


def sense_number(roleset: str) -> str:
    """`deploy.01` → `01`."""
    return roleset.rpartition(".")[2]


CASED_TAGS = ("NNP", "NNPS", "FW", "ADD", "GW", "LS", "NFP", "SYM", "XX")
"""Tags whose words keep their case in the lemma or have no lemma of their own: no table of lower-cased forms."""


def _lemma_table(train: list[Document]) -> dict[str, dict[str, str]]:
    """The commonest lemma of each form under each tag, as `LemmaTable` reads it."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in (row for d in train if d.tree for row in d.rows):
        for word, tag, script in zip(row.words, row.xpos, row.scripts, strict=True):
            if tag not in CASED_TAGS:
                form = normalise(word).lower()
                counts.setdefault((tag, form), Counter())[apply_script(word, script)] += 1
    table: dict[str, dict[str, str]] = {}
    for (tag, form), lemmas in sorted(counts.items()):
        lemma = min(lemmas, key=lambda k: (-lemmas[k], k))
        table.setdefault(tag, {})[form] = "" if lemma == form else lemma
    return table


def _roleset_table(train: list[Document]) -> dict[str, list[str]]:
    """The rolesets of each predicate lemma, commonest first."""
    counts: dict[str, Counter[str]] = {}
    for row in (row for d in train if d.tree for row in d.rows):
        for i, roleset in enumerate(row.senses):
            if roleset != semantics.NO_PREDICATE:
                lemma = apply_script(row.words[i], row.scripts[i]).lower()
                counts.setdefault(lemma, Counter())[roleset] += 1
    return {k: sorted(v, key=lambda r: (-v[r], r)) for k, v in sorted(counts.items())}


def _count_words(documents: list[Document]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for document in documents:
        counts[document.source] += sum(len(r.words) for r in document.rows)
    return counts


def _write(path: Path, documents: list[Document]) -> None:
    path.write_text("".join(d.to_json() + "\n" for d in documents), encoding="utf-8")
