"""The training corpora as documents of annotated sentences.

Annotation is partial: a document says which layers it carries (`tree`, `mentions`, `names`), and the loss of a layer
is taken over those documents only; a name tag `?` is none. `names` is `full` where an O means "no name", and `no_misc`
where a name of another kind than PER, LOC and ORG is left O, as in Universal NER.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kgbuild.models.conllu import Sentence, read_conllu
from kgbuild.models.lemmas import lemma_script


@dataclass
class Row:
    """One training sentence; lists have one entry per word. `heads`: 0 is the root, i + 1 is word i. `chains` has one
    entry per mention; `roles` and `factuality` are described in `semantics`; `realis` is 1 on a word that names an
    event told to have happened."""

    words: list[str]
    spacings: list[int]
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    mentions: list[tuple[int, int, str, int]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    id: str = ""
    feats: list[str] = field(default_factory=list)
    chains: list[str] = field(default_factory=list)
    senses: list[str] = field(default_factory=list)
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    factuality: list[tuple[int, float, float]] = field(default_factory=list)
    realis: list[int] = field(default_factory=list)


@dataclass
class Document:
    id: str
    source: str
    tree: bool
    mentions: bool
    names: str
    rows: list[Row]

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, line: str) -> "Document":
        record = json.loads(line)
        record["rows"] = [Row(**row) for row in record["rows"]]
        return cls(**record)


def treebank(path: Path, source: str, *, mentions: bool, without: Iterable[str] = ()) -> Iterator[Document]:
    """Documents of a CoNLL-U file. A mention is a name where its head word is a proper noun."""
    document: Document | None = None
    for sentence in read_conllu(path, without):
        if document is None or document.id != sentence.document:
            if document is not None:
                yield document
            document = Document(sentence.document, source, True, mentions, "", [])
        document.rows.append(_treebank_row(sentence))
    if document is not None:
        yield document


def _treebank_row(sentence: Sentence) -> Row:
    spacings = [3 if sentence.new_paragraph else 2] + [2 if s else 1 for s in sentence.space_after[:-1]]
    mentions = []
    chains = []
    taken: set[tuple[int, int]] = set()
    for (start, end, kind), chain in zip(sentence.mentions, sentence.chains, strict=True):
        if (start, end) not in taken:
            taken.add((start, end))
            head = head_word(sentence.heads, start, end)
            mentions.append((start, end, kind, int(sentence.upos[head] == "PROPN")))
            chains.append(chain)
    return Row(
        sentence.words,
        spacings,
        sentence.upos,
        sentence.xpos,
        [lemma_script(w, lemma) for w, lemma in zip(sentence.words, sentence.lemmas, strict=True)],
        [h + 1 for h in sentence.heads],
        sentence.deprels,
        mentions,
        id=sentence.id,
        feats=[keep_feats(f) for f in sentence.feats],
        chains=chains,
    )


FEATS = ("Mood", "Number", "Tense", "VerbForm", "Voice")
"""Morphological features that extraction uses."""


def keep_feats(feats: str) -> str:
    """Of CoNLL-U features, those of `FEATS`: `Mood=Ind|Number=Sing|Person=3` → `Mood=Ind|Number=Sing`."""
    return "|".join(f for f in feats.split("|") if f.partition("=")[0] in FEATS)


def head_word(heads: list[int], start: int, end: int) -> int:
    """The first word of [start, end) whose head (0-based, -1 for the root) lies outside."""
    return next((i for i in range(start, end) if not start <= heads[i] < end), start)


def add_uner(documents: Iterable[Document], path: Path) -> Iterator[Document]:
    """Gives EWT documents the flat names of the Universal NER file of the same split. It orders documents otherwise
    and cuts some sentences and words of train otherwise, so names are carried over by the characters of a document.
    Raises ValueError if the texts differ."""
    tagged = read_uner(path)
    for document in documents:
        text, tags = tagged.get(document.id, ("", []))
        words = [w for row in document.rows for w in row.words]
        if text != "".join(words):
            raise ValueError(f"{path}: another text than EWT has for document {document.id!r}")
        at = 0
        for row in document.rows:
            for word in row.words:
                row.names.append(tags[at] if row.names or tags[at] == "O" else "B" + tags[at][1:])
                at += len(word)
        document.names = "no_misc"
        yield document


def read_uner(path: Path) -> dict[str, tuple[str, list[str]]]:
    """Document id → characters of its words, and the BIO tag of each: PER, LOC and ORG only, B on a name's first."""
    texts: dict[str, tuple[list[str], list[str]]] = {}
    words, tags = texts.setdefault("", ([], []))
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc id = "):
            words, tags = texts.setdefault(line.removeprefix("# newdoc id = ").strip(), ([], []))
        columns = line.split("\t")
        if len(columns) > 2:
            tag = columns[2] if columns[2][2:] in ("PER", "LOC", "ORG") else "O"
            words.append(columns[1])
            tags += [tag] + [tag.replace("B-", "I-")] * (len(columns[1]) - 1)
    return {key: ("".join(w), t) for key, (w, t) in texts.items()}


def wikigold(path: Path) -> Iterator[Document]:
    """Wikigold as documents of full names; IOB1 becomes IOB2. `-DOCSTART-` lines end a document."""
    document = Document("wikigold-0", "wikigold", False, False, "full", [])
    count = 0
    for words, tags in _columns(path, tag_column=-1, word_column=0, separator=" "):
        if words[0] == "-DOCSTART-":
            if document.rows:
                yield document
            count += 1
            document = Document(f"wikigold-{count}", "wikigold", False, False, "full", [])
            continue
        names = []
        for i, tag in enumerate(tags):
            inside = i > 0 and tags[i - 1][2:] == tag[2:] and tag.startswith("I-")
            names.append(tag if tag == "O" else ("I-" if inside else "B-") + tag[2:])
        document.rows.append(Row(words, [0] * len(words), names=names))
    if document.rows:
        yield document


def wnut(path: Path) -> Iterator[Document]:
    """WNUT17 tweets as one-sentence documents: person, location, corporation and group become PER, LOC, ORG; products
    and works are MISC here; its O on a nationality is not to be trusted, so O means O or MISC."""
    kinds = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
    for i, (words, tags) in enumerate(_columns(path, tag_column=-1, word_column=0)):
        names = [t if t == "O" else t[:2] + kinds.get(t[2:], "MISC") for t in tags]
        yield Document(f"wnut17-{i}", "wnut17", False, False, "no_misc", [Row(words, [0] * len(words), names=names)])


def redocred(path: Path, demonyms: set[str]) -> Iterator[Document]:
    """The name mentions of a Re-DocRED file. It types nationalities as places, all others as MISC or not at all: a
    place mention that is a demonym becomes MISC."""
    for article in json.loads(path.read_text(encoding="utf-8")):
        rows = [Row(words, [0] * len(words), names=["O"] * len(words)) for words in article["sents"]]
        mentions = [m for vertex in article["vertexSet"] for m in vertex if m["type"] in ("PER", "LOC", "ORG", "MISC")]
        for mention in sorted(mentions, key=lambda m: m["pos"][0] - m["pos"][1]):
            start, end = mention["pos"]
            names = rows[mention["sent_id"]].names
            if any(n != "O" for n in names[start:end]):
                continue
            words = rows[mention["sent_id"]].words[start:end]
            kind = "MISC" if mention["type"] == "LOC" and words and words[-1] in demonyms else mention["type"]
            names[start:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - start - 1)
        yield Document(f"redocred-{article['title']}", "redocred", False, False, "full", [r for r in rows if r.words])


def demonyms(documents: Iterable[Document]) -> set[str]:
    """Capitalised words that the treebanks mostly tag as adjectives and that end like demonyms: American, Sunni."""
    counts: dict[str, list[int]] = {}
    for document in documents:
        for row in document.rows:
            for word, upos in zip(row.words[1:], row.upos[1:], strict=True):
                if word[:1].isupper() and word[1:].islower():
                    counts.setdefault(word, [0, 0])[upos == "ADJ"] += 1
    return {w for w, (other, adjective) in counts.items() if adjective > other and w.endswith(_DEMONYM_ENDINGS)}


_DEMONYM_ENDINGS = ("an", "ish", "ese", "ch", "sh", "i", "ic", "ek", "ss", "al")


def _columns(
    path: Path, *, tag_column: int, word_column: int, separator: str = "\t"
) -> Iterator[tuple[list[str], list[str]]]:
    words: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("# ") and "\t" not in line:
            continue
        columns = line.split(separator)
        if line.strip() and len(columns) > 1:
            words.append(columns[word_column])
            tags.append(columns[tag_column].strip())
        elif words:
            yield words, tags
            words, tags = [], []
