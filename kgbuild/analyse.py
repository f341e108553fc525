"""Text → spaCy Doc with tokens, sentences, tags, lemmas, a UD tree, names, mentions, predicates and chains."""

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kgbuild.errors import MissingError

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc


@lru_cache(maxsize=4)
def nlp(name: str = "default", threads: int = 1) -> "Language":
    """A spaCy pipeline: "default" is the shipped model; any other name is a pipeline that spaCy can load, or a folder
    with `manifest.json` and `weights/`. `threads` work on an article each in its `pipe`. Trees of spaCy's English
    scheme become UD. Raises MissingError if there is no such pipeline, UsageError if its trees are of another scheme.
    """
    import spacy

    from kgbuild.models.components import NAME

    if name == "default" or (Path(name) / "manifest.json").exists():
        pipeline = spacy.blank("en")
        pipeline.add_pipe(NAME, config={"model": name, "threads": threads})
        # The model reads windows of its own, so the length of a text costs time only.
        pipeline.max_length = 100_000_000
        return pipeline
    try:
        pipeline = spacy.load(name)
    except OSError as error:
        raise MissingError(f"{name}: no spaCy pipeline of this name is installed; install it or use default") from error
    return _with_universal_trees(pipeline, name)


def _with_universal_trees(pipeline: "Language", name: str) -> "Language":
    """Adds what turns ClearNLP trees into UD ones. Raises UsageError if the pipeline's trees are neither."""
    from kgbuild.models.clearnlp import NAME, scheme

    if scheme(pipeline.pipe_labels.get("parser", []), name) == "clearnlp":
        pipeline.add_pipe(NAME)
    return pipeline


def analyse(nlp: "Language", text: str) -> "Doc":
    """The annotated Doc of one text. Tokens are characters of `text` unchanged: `doc.text == text`."""
    return nlp(text)
