"""Analysed sentences for tests: spaCy Docs from trees written out word by word."""

from __future__ import annotations

from pathlib import Path

import spacy
from spacy.tokens import Doc

COLUMNS = ("text", "space", "pos", "tag", "lemma", "head", "dep", "name")


def read_trees(path: Path) -> dict[str, Doc]:
    """The Docs of a file by their text.

    A block is one text; a line is a word with its columns, parted by tabs: text, "_" if a space follows, UPOS, XPOS,
    lemma, index of the head from 1 within the sentence (0: root), UD relation, and name type in BIO form ("B-PERSON");
    a line of "--" ends a sentence within a text.
    """
    docs = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        if block.strip() and not block.startswith("#"):
            doc = to_doc(block)
            docs[doc.text] = doc
    return docs


def to_doc(block: str) -> Doc:
    """The Doc of one block of a tree file."""
    for extension in ("mentions", "predicates"):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, default=[])
    rows: list[list[str]] = []
    heads: list[int] = []
    starts: list[bool] = []
    first = 0
    for line in block.strip("\n").split("\n"):
        if line == "--":
            first = len(rows)
            continue
        row = line.split("\t")
        starts.append(len(rows) == first)
        rows.append(row)
        heads.append(first + int(row[5]) - 1 if row[5] != "0" else len(rows) - 1)
    return Doc(
        spacy.blank("en").vocab,
        words=[row[0] for row in rows],
        spaces=[row[1] == "_" for row in rows],
        pos=[row[2] for row in rows],
        tags=[row[3] for row in rows],
        lemmas=[row[4] for row in rows],
        heads=heads,
        deps=[row[6] for row in rows],
        sent_starts=starts,
        ents=[row[7] for row in rows],
    )


def from_doc(doc: Doc) -> str:
    """The block of a Doc, to write a tree file from a parse that has been checked by eye."""
    lines = []
    for sentence in doc.sents:
        if sentence.start:
            lines.append("--")
        for token in sentence:
            head = 0 if token.head.i == token.i else token.head.i - sentence.start + 1
            name = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
            space = "_" if token.whitespace_ else "."
            lines.append(
                "\t".join([token.text, space, token.pos_, token.tag_, token.lemma_, str(head), token.dep_, name])
            )
    return "\n".join(lines)
