"""Annotated documents beside what a model says of their words: ours, or any spaCy pipeline that speaks UD.

Ours runs as in a build, in windows of consecutive sentences; a spaCy pipeline gets a Doc for each sentence or, where it
splits them itself, each paragraph. Both keep the tokens of the file, and its sentences where they are given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kgbuild.analyse import nlp
from kgbuild.errors import InputError
from kgbuild.models.conllu import Sentence, read_conllu
from kgbuild.models.decode import Annotation, Decoder
from kgbuild.models.pieces import NO_SPACE, PARAGRAPH, SPACE
from kgbuild.models.sessions import DEFAULT, HERE, Model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

KINDS_OF_NAMES = {"PERSON": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC"}
"""Entity labels of a Doc as the files of names have them."""


@dataclass(frozen=True)
class Document:
    """Consecutive sentences and what the model says of their words, laid end to end."""

    sentences: list[Sentence]
    predicted: Annotation


@dataclass(frozen=True)
class Pipeline:
    """A spaCy pipeline, its trees turned into UD."""

    nlp: Language

    def annotate(self, document: list[Sentence], *, gold_sentences: bool) -> Annotation:
        """Given sentences are read one by one, which such pipelines do better; else paragraphs are."""
        parts: list[list[Sentence]] = []
        for sentence in document:
            if gold_sentences or sentence.new_paragraph or not parts:
                parts.append([])
            parts[-1].append(sentence)
        result = Annotation()
        for doc in self.nlp.pipe(self._doc(part, gold_sentences) for part in parts):
            append(result, annotation_of(doc))
        return result

    def _doc(self, sentences: list[Sentence], is_one: bool) -> Doc:
        from spacy.tokens import Doc

        words = [w for s in sentences for w in s.words]
        spaces = [space for s in sentences for space in s.space_after]
        starts: list[bool | int | None] | None = [i == 0 for i in range(len(words))] if is_one else None
        return Doc(self.nlp.vocab, words=words, spaces=spaces, sent_starts=starts)


def load_decoder(model: str = DEFAULT) -> Decoder:
    """A decoder of the shipped model or of a folder with `manifest.json` and `weights/`."""
    return Decoder(Model(HERE if model == DEFAULT else Path(model)))


def load_annotator(model: str = DEFAULT) -> Decoder | Pipeline:
    """A decoder of ours, or a spaCy pipeline by its name. Raises MissingError if there is none, UsageError if its trees
    are of a scheme that is not known."""
    if model == DEFAULT or (Path(model) / "manifest.json").exists():
        return load_decoder(model)
    return Pipeline(nlp(model))


def annotate_documents(
    sentences: Iterable[Sentence],
    annotator: Decoder | Pipeline,
    *,
    gold_sentences: bool = True,
    predicates: Mapping[str, Collection[int]] | None = None,
) -> Iterator[Document]:
    """Runs the model over each document; with `gold_sentences` false, sentence ends are its own but for paragraphs.
    `predicates` are given words by sentence id; without them the model chooses its own."""
    for _, group in groupby(sentences, key=lambda s: s.document):
        document = list(group)
        if isinstance(annotator, Pipeline):
            yield Document(document, annotator.annotate(document, gold_sentences=gold_sentences))
            continue
        ends: list[bool] = []
        for i, sentence in enumerate(document):
            paragraph_ends = i + 1 == len(document) or document[i + 1].new_paragraph
            ends += [False] * (len(sentence.words) - 1) + [gold_sentences or paragraph_ends]
        given = None
        if predicates is not None:
            given = np.array([i in predicates.get(s.id, ()) for s in document for i in range(len(s.words))], dtype=bool)
        annotation = annotator.annotate(
            [w for s in document for w in s.words],
            np.array(_spacings(document)),
            np.array(ends),
            decide_ends=not gold_sentences,
            predicates=given,
        )
        yield Document(document, annotation)


def _spacings(document: list[Sentence]) -> list[int]:
    spacings: list[int] = []
    for i, sentence in enumerate(document):
        after = SPACE if not document[i - 1].space_after or document[i - 1].space_after[-1] else NO_SPACE
        first = PARAGRAPH if sentence.new_paragraph or i == 0 else after
        spacings += [first, *(SPACE if s else NO_SPACE for s in sentence.space_after[:-1])]
    return spacings


def annotation_of(doc: Doc) -> Annotation:
    """The layers of a Doc that every pipeline has: tags, lemmas, tree, sentences, names. White space is left out."""
    words = [t for t in doc if not t.is_space]
    place = {t.i: k for k, t in enumerate(words)}
    starts = [k == 0 or t.sent.start != words[k - 1].sent.start for k, t in enumerate(words)]
    names = []
    for entity in doc.ents:
        inside = [place[t.i] for t in entity if t.i in place]
        if inside and entity.label_ in KINDS_OF_NAMES:
            names.append((inside[0], inside[-1] + 1, KINDS_OF_NAMES[entity.label_]))
    return Annotation(
        upos=[t.pos_ for t in words],
        xpos=[t.tag_ for t in words],
        lemmas=[t.lemma_ for t in words],
        heads=[place.get(t.head.i, k) for k, t in enumerate(words)],
        deprels=[t.dep_ for t in words],
        starts=starts,
        names=names,
    )


def append(result: Annotation, part: Annotation) -> None:
    """Adds the words of `part`, its tree and names, after those of `result`."""
    at = len(result.upos)
    for layer in ("upos", "xpos", "lemmas", "deprels", "starts"):
        getattr(result, layer).extend(getattr(part, layer))
    result.heads += [at + head for head in part.heads]
    result.names += [(at + start, at + end, kind) for start, end, kind in part.names]


def read_sentences(path: Path, without: Iterable[str]) -> Iterator[Sentence]:
    """Sentences of a CoNLL-U file. Raises InputError if it cannot be read."""
    try:
        yield from read_conllu(path, without)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    except ValueError as error:
        raise InputError(str(error)) from error
