"""Reading CoNLL-U treebanks: words, trees and, where a file has them, GUM's entity brackets."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

_BRACKET = re.compile(r"\([^()]+\)?|[^()]+\)")


@dataclass
class Sentence:
    """One sentence of a treebank. `heads` are 0-based word indices, -1 for the root; `mentions` are half-open
    (start, end, type) in words, `chains` the coreference chain of each, unique in the document; `feats` are the
    morphological features as the file has them, "" for none; `space_after` is False where it says `SpaceAfter=No`;
    `contractions` are half-open (start, end, form) of tokens of several words."""

    document: str
    id: str
    new_paragraph: bool
    words: list[str] = field(default_factory=list)
    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    space_after: list[bool] = field(default_factory=list)
    mentions: list[tuple[int, int, str]] = field(default_factory=list)
    chains: list[str] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    contractions: list[tuple[int, int, str]] = field(default_factory=list)


def read_conllu(path: Path, without: Iterable[str] = ()) -> Iterator[Sentence]:
    """Sentences of a file in order; multiword-token and empty-node lines are skipped.

    Documents whose id starts with one of `without` are left out. A file without `# newdoc` is one document.
    Raises ValueError on a line that is no CoNLL-U, naming file and line.
    """
    prefixes = tuple(without)
    document, sentence_id, paragraph = "", "", True
    rows: list[list[str]] = []
    glued: list[tuple[int, int, str, bool]] = []
    with path.open(encoding="utf-8") as lines:
        for number, raw in enumerate(chain(lines, ["\n"]), 1):
            line = raw.rstrip("\r\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                if key.strip().startswith("newdoc"):
                    document, paragraph = value.strip(), True
                elif key.strip().startswith("newpar") and "block" not in key:
                    paragraph = True
                elif key.strip() == "sent_id":
                    sentence_id = value.strip()
                continue
            if line:
                columns = line.split("\t")
                wrong = _wrong(columns, len(rows))
                if wrong:
                    raise ValueError(f"{path}:{number}: {wrong}")
                if "-" in columns[0]:
                    begin, end = map(int, columns[0].split("-"))
                    glued.append((begin - 1, end, columns[1], "SpaceAfter=No" not in columns[9]))
                elif "." not in columns[0]:
                    rows.append(columns)
            elif rows:
                if any(end > len(rows) for _, end, _, _ in glued):
                    raise ValueError(f"{path}:{number}: the sentence before ends within a token of several words")
                if not (prefixes and document.startswith(prefixes)):
                    yield _sentence(document, sentence_id, paragraph, rows, glued)
                rows, glued, paragraph = [], [], False


_ID = re.compile(r"(\d+)(?:([-.])(\d+))?")


def _wrong(columns: list[str], n_words: int) -> str:
    """What is no CoNLL-U about a line that follows `n_words` words of its sentence; "" if nothing is."""
    if len(columns) != 10:
        return f"{len(columns)} columns where CoNLL-U has 10"
    number = _ID.fullmatch(columns[0])
    if number is None:
        return f"{columns[0]!r} where CoNLL-U has the number of a word"
    first, kind, last = number.groups()
    if kind == ".":
        return ""
    if int(first) != n_words + 1 or (kind and int(last) < int(first)):
        return f"word {columns[0]} where {n_words + 1} would follow"
    if not columns[1].strip():
        return "a word without a form"
    if not kind and not columns[6].isdecimal():
        return f"{columns[6]!r} where CoNLL-U has the number of the head"
    return ""


def _sentence(
    document: str,
    sentence_id: str,
    paragraph: bool,
    rows: list[list[str]],
    glued: list[tuple[int, int, str, bool]],
) -> Sentence:
    sentence = Sentence(document, sentence_id, paragraph)
    brackets: list[str] = []
    for _, form, lemma, upos, xpos, feats, head, deprel, _, misc in rows:
        sentence.words.append(form)
        sentence.lemmas.append(form if lemma == "_" and form != "_" else lemma)
        sentence.upos.append(upos)
        sentence.xpos.append(xpos)
        sentence.feats.append("" if feats == "_" else feats)
        sentence.heads.append(int(head) - 1)
        sentence.deprels.append(deprel)
        sentence.space_after.append("SpaceAfter=No" not in misc)
        brackets.append(next((f[7:] for f in misc.split("|") if f.startswith("Entity=")), ""))
    for begin, end, form, space in glued:
        sentence.space_after[begin:end] = [False] * (end - begin - 1) + [space]
        sentence.contractions.append((begin, end, form))
    spans = entity_spans(brackets)
    sentence.mentions = list(spans)
    sentence.chains = list(spans.values())
    return sentence


def entity_spans(brackets: list[str]) -> dict[tuple[int, int, str], str]:
    """Half-open (start, end, type) spans of the `Entity=` values of a sentence's words, in order of start, longest
    first, with the chain each belongs to; brackets that never close are dropped."""
    open_spans: list[tuple[str, int, str]] = []
    spans: dict[tuple[int, int, str], str] = {}
    for i, value in enumerate(brackets):
        for bracket in _BRACKET.findall(value):
            key, _, rest = bracket.strip("()").partition("-")
            kind = rest.partition("-")[0]
            if bracket.startswith("("):
                if bracket.endswith(")"):
                    spans[i, i + 1, kind] = _chain(key)
                else:
                    open_spans.append((key, i, kind))
                continue
            at = next((k for k in range(len(open_spans) - 1, -1, -1) if open_spans[k][0] == key), None)
            if at is not None:
                _, start, kind = open_spans.pop(at)
                spans[start, i + 1, kind] = _chain(key)
    return dict(sorted(spans.items(), key=lambda s: (s[0][0], -s[0][1], s[0][2])))


def _chain(key: str) -> str:
    """The chain of a bracket's key; the parts of a discontinuous mention are written `12[1/2]`."""
    return key.partition("[")[0]
