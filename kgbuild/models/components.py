"""The spaCy component that annotates a Doc with the shipped model."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kgbuild.models.breaks import layout
from kgbuild.models.coreference import kind_of
from kgbuild.models.decode import Annotation, Decoder
from kgbuild.models.sessions import DEFAULT, HERE, Model
from kgbuild.models.tree import head_of

NAME = "kgbuild_model"

ENTITY_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}

for extension in ("mentions", "predicates", "coreference", "antecedents", "arc_scores"):
    if not Doc.has_extension(extension):
        Doc.set_extension(extension, default=[])


class ModelComponent:
    """Annotates docs one by one. Reads tokens; writes tags, lemmas, features, trees, sentences, entities, mentions,
    predicates and chains. In a pipe several threads work on a doc each, so that how many changes nothing."""

    def __init__(self, model: Model, name: str = NAME, threads: int = 1) -> None:
        self.name = name
        self.threads = threads
        self.decoder = Decoder(model)

    def __call__(self, doc: Doc) -> Doc:
        words, spacings, ends = layout_of(doc)
        return write_annotation(doc, words, self.decoder.annotate([doc[i].text for i in words], spacings, ends))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Docs are read and written by the caller's thread alone; only the scores are computed beside it."""
        if self.threads == 1:
            yield from map(self, docs)
            return
        waiting: deque[tuple[Doc, list[int], Future[Annotation]]] = deque()
        with ThreadPoolExecutor(self.threads) as pool:
            for doc in docs:
                words, spacings, ends = layout_of(doc)
                texts = [doc[i].text for i in words]
                waiting.append((doc, words, pool.submit(self.decoder.annotate, texts, spacings, ends)))
                if len(waiting) > 2 * self.threads:
                    done, its_words, annotation = waiting.popleft()
                    yield write_annotation(done, its_words, annotation.result())
            for done, its_words, annotation in waiting:
                yield write_annotation(done, its_words, annotation.result())

    def __reduce__(self) -> tuple[Any, tuple[Model, str, int]]:
        return type(self), (self.decoder.model, self.name, self.threads)

    def to_bytes(self, **_: Any) -> bytes:
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> "ModelComponent":
        return self

    def to_disk(self, path: Path, **_: Any) -> None:
        """Nothing: the weights stay in the package."""

    def from_disk(self, path: Path, **_: Any) -> "ModelComponent":
        return self


@Language.factory(
    NAME,
    assigns=[
        "token.pos",
        "token.tag",
        "token.lemma",
        "token.morph",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
        "doc.spans",
        "doc._.mentions",
        "doc._.predicates",
        "doc._.coreference",
        "doc._.antecedents",
        "doc._.arc_scores",
    ],
    requires=[],
    default_config={"model": DEFAULT, "threads": 1},
)
def make_component(nlp: Language, name: str, model: str, threads: int) -> ModelComponent:
    """`model` is "default" or a model folder (`manifest.json` and `weights/`); `threads` work in `pipe`."""
    return ModelComponent(Model(HERE if model == DEFAULT else Path(model)), name, threads)


def layout_of(doc: Doc) -> tuple[list[int], NDArray[np.int64], NDArray[np.bool_]]:
    """`breaks.layout` of a Doc's tokens."""
    return layout([t.text for t in doc], [bool(t.whitespace_) for t in doc])


def write_annotation(doc: Doc, words: list[int], annotation: Annotation) -> Doc:
    """The same Doc, annotated."""
    write(doc, annotation, np.array(words, dtype=np.int64))
    return doc


def write(doc: Doc, annotation: Annotation, words: NDArray[np.int64]) -> None:
    """Writes the annotation of `words` (indices of tokens that are no white space) to a Doc.

    A white-space token hangs on the word before it, the first ones on the first word, with tag SPACE and label dep.
    """
    n = len(doc)
    if n == 0:
        return
    strings = doc.vocab.strings
    ids: dict[str, int] = {}

    def hashed(values: Iterable[str]) -> list[int]:
        for value in values:
            if value not in ids:
                ids[value] = strings.add(value)
        return [ids[value] for value in values]

    columns: list[int | str] = ["POS", "TAG", "LEMMA", "DEP", "HEAD", "ENT_IOB", "ENT_TYPE", "MORPH"]
    rows = np.zeros((n, len(columns)), dtype=np.uint64)
    heads = np.maximum.accumulate(_spread(n, words))
    heads[heads < 0] = words[0] if len(words) else 0
    if len(words) < n:
        rows[:, 0] = strings["SPACE"]
        rows[:, 1] = strings.add("_SP")
        rows[:, 2] = np.array([t.orth for t in doc], dtype=np.uint64)
        rows[:, 3] = strings.add("dep")
    if len(words):
        rows[words, 0] = hashed(annotation.upos)
        rows[words, 1] = hashed(annotation.xpos)
        rows[words, 2] = hashed(annotation.lemmas)
        rows[words, 3] = hashed(annotation.deprels)
        heads[words] = words[np.array(annotation.heads)]
        if annotation.feats:
            feats = {f: doc.vocab.morphology.add(f) for f in sorted(set(annotation.feats))}
            rows[words, 7] = [feats[f] for f in annotation.feats]
    rows[:, 4] = (heads - np.arange(n)).astype(np.int64).view(np.uint64)
    rows[:, 5] = 2
    for start, end, label in annotation.names:
        inside = slice(int(words[start]), int(words[end - 1]) + 1)
        rows[inside, 5] = 1
        rows[inside.start, 5] = 3
        rows[inside, 6] = strings.add(ENTITY_LABELS[label])
    doc.from_array(columns, cast(Any, rows))
    write_mentions(doc, annotation, words)
    doc._.predicates = predicate_rows(annotation, words)
    doc._.coreference = [list(chain) for chain in annotation.chains]
    doc._.antecedents = [[list(pair) for pair in found] for found in annotation.antecedents]
    certain = np.ones(n)
    certain[words] = annotation.arc_scores
    doc._.arc_scores = certain.tolist()


def predicate_rows(annotation: Annotation, words: NDArray[np.int64]) -> list[dict[str, Any]]:
    """Rows of plain values for `doc._.predicates`; tokens are the Doc's."""
    return [
        {
            "token": int(words[p.word]),
            "lemma": annotation.lemmas[p.word],
            "sense": p.sense,
            "factuality": p.factuality,
            "realis": p.realis,
            "roles": [{"role": r.role, "token": int(words[r.word]), "score": r.score} for r in p.roles],
        }
        for p in annotation.predicates
    ]


def _spread(n: int, words: NDArray[np.int64]) -> NDArray[np.int64]:
    result = np.full(n, -1, dtype=np.int64)
    result[words] = words
    return result


def write_mentions(doc: Doc, annotation: Annotation, words: NDArray[np.int64]) -> None:
    """Sets `doc._.mentions`, rows of plain values, and `doc.spans["mentions"]`, the same for spaCy's users."""
    rows: list[dict[str, Any]] = []
    for mention in annotation.mentions:
        head = head_of(annotation.heads, mention.start, mention.end)
        kind = kind_of(mention, head, annotation.upos)
        rows.append(
            {
                "start": int(words[mention.start]),
                "end": int(words[mention.end - 1]) + 1,
                "type": mention.type,
                "kind": kind,
                "head": int(words[head]),
                "score": mention.score,
            }
        )
    doc._.mentions = rows
    spans = [Span(doc, r["start"], r["end"], label=r["type"]) for r in rows]
    doc.spans["mentions"] = SpanGroup(doc, name="mentions", spans=spans)
