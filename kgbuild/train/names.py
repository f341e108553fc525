"""Flat names that corpora without flat names imply. What they leave open carries the tag `?`, which no loss reads."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy

from kgbuild.train.corpora import Document, Row

UNKNOWN = "?"

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
"""GUM's entity types that are kinds of flat names; names of other types may or may not be."""

WITHIN = {
    "person": ("de", "von", "van", "der", "bin", "al", "el", "-", "."),
    "organization": ("of", "the", "and", "&", "'s", "-", "for", "de", "/"),
    "place": ("of", "the", "and", "'s", "-", "de"),
    "time": ("of", "-"),
}
"""Words that stand inside names of a type, between proper nouns."""


def add_gum(documents: Iterable[Document]) -> Iterator[Document]:
    """Gives GUM documents the names that their mentions imply: the widest mention with a proper noun as head that is
    made of proper nouns and what stands between them. Other proper nouns are left open."""
    documents = list(documents)
    rows = [row for document in documents for row in document.rows]
    common = {w for row in rows for w, tag in zip(row.words, row.upos, strict=True) if tag == "NOUN"}
    for document in documents:
        for row in document.rows:
            row.names = gum_names(row, common)
        document.names = "no_misc"
        yield document


def gum_names(row: Row, common: set[str]) -> list[str]:
    """A title before a person's name is no part of it, as in Universal NER. What is a title shows from `common`, the
    forms of common nouns; a name of one or two such words (the Chief Justice) is left open."""
    proper = [u == "PROPN" or x in ("NNP", "NNPS") for u, x in zip(row.upos, row.xpos, strict=True)]
    names = [UNKNOWN if p else "O" for p in proper]
    taken = [False] * len(names)
    for start, end, kind, is_name in sorted(row.mentions, key=lambda m: m[0] - m[1]):
        while start < end and not proper[start]:
            start += 1
        while end > start and not proper[end - 1]:
            end -= 1
        inside = range(start, end)
        if not is_name or start == end or any(taken[start:end]):
            continue
        if not all(proper[i] or row.words[i].lower() in WITHIN.get(kind, ()) for i in inside):
            continue
        if kind == "person":
            while start < end - 1 and is_title(row.words[start], common):
                names[start] = "O"
                start += 1
        alone = end - start == 1 and row.xpos[start] == "NNPS"
        if alone or (end - start <= 2 and all(is_title(w, common) for w in row.words[start:end])):
            continue
        if kind in KINDS:
            names[start:end] = [f"B-{KINDS[kind]}"] + [f"I-{KINDS[kind]}"] * (end - start - 1)
        elif kind == "time":
            names[start:end] = ["O"] * (end - start)
        taken[start:end] = [True] * (end - start)
    return names


TITLES = {
    "mr.", "mr", "mrs.", "mrs", "ms.", "ms", "dr.", "dr", "president", "senator", "sen.", "governor", "gov.", "prime",
    "sir", "madam", "lord", "lady", "miss", "professor", "prof.", "general", "gen.", "rep.", "vice", "chancellor",
    "minister", "secretary", "congressman", "pope", "reverend", "rev.", "emperor", "speaker",
}  # fmt: skip


def is_title(word: str, common: set[str]) -> bool:
    return word.lower() in common or word.lower() in TITLES


PROPERTY_KINDS = {
    "EMPLOYEE_OR_MEMBER_OF": ("PER", "ORG"),
    "PLACE_OF_RESIDENCE": ("PER", "LOC"),
    "SPOUSE": ("PER", "PER"),
    "PLACE_OF_BIRTH": ("PER", "LOC"),
    "EDUCATED_AT": ("PER", "ORG"),
    "HEADQUARTERS": ("ORG", "LOC"),
    "CHILD_OF": ("PER", "PER"),
    "DATE_OF_BIRTH": ("PER", ""),
    "FOUNDED_BY": ("ORG", "PER"),
    "CEO": ("ORG", "PER"),
    "NATIONALITY": ("PER", ""),
    "POLITICAL_AFFILIATION": ("PER", "ORG"),
    "DATE_OF_DEATH": ("PER", ""),
    "SUBSIDIARY_OF": ("ORG", "ORG"),
    "DATE_FOUNDED": ("ORG", ""),
}
"""The kinds of the names that KnowledgeNet's properties relate."""


def knowledgenet(path: Path) -> Iterator[Document]:
    """Passages with relations: their arguments are names where they are written as names. Only what a relation needs is
    marked, so other words are open unless their spelling says that they are no names."""
    tokenizer = spacy.blank("en").tokenizer
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            found: dict[tuple[int, int], str] = {}
            for relation in record["facts"]:
                for side, kind in zip("so", PROPERTY_KINDS[relation["property"]], strict=True):
                    if kind:
                        found[relation[f"{side}_start"], relation[f"{side}_end"]] = kind
            if found:
                doc = tokenizer(" ".join(record["text"].split("\n")))
                words = [t.text for t in doc if not t.is_space]
                names = [UNKNOWN if w[:1].isupper() else "O" for w in words]
                for i, word in enumerate(words):
                    around = words[max(0, i - 1) : i] + words[i + 1 : i + 2]
                    if word[:1].islower() and len(around) == 2 and all(w[:1].isupper() for w in around):
                        names[i] = UNKNOWN
                at = [(t.idx, t.idx + len(t.text)) for t in doc if not t.is_space]
                spaces = [t.whitespace_ != "" for t in doc if not t.is_space]
                for (begin, end), kind in sorted(found.items(), key=lambda f: f[0][0] - f[0][1]):
                    _mark(names, words, at, begin, end, kind)
                spacings = [2] + [2 if s else 1 for s in spaces[:-1]]
                row = Row(words, spacings, names=names)
                if any(n[0] in "BI" for n in names):
                    yield Document(f"knowledgenet-{number}", "knowledgenet", False, False, "no_misc", [row])


def _mark(names: list[str], words: list[str], at: list[tuple[int, int]], begin: int, end: int, kind: str) -> None:
    inside = [i for i, (b, e) in enumerate(at) if b < end and e > begin]
    if inside and words[inside[0]].lower() == "the":
        inside = inside[1:]
    if not inside or at[inside[-1]][1] < end or not words[inside[0]][:1].isupper():
        return
    if any(names[i][0] in "BI" for i in inside) or words[inside[0]].lower() in PRONOUNS:
        return
    if kind == "PER":
        while len(inside) > 1 and words[inside[0]].lower() in TITLES:
            inside = inside[1:]
    if not words[inside[-1]][:1].isupper() and words[inside[-1]] not in (".", ")"):
        return
    names[inside[0]] = f"B-{kind}"
    for i in inside[1:]:
        names[i] = f"I-{kind}"


PRONOUNS = {"he", "she", "his", "her", "it", "its", "they", "their", "who", "which", "i", "we", "this", "that", "these"}
