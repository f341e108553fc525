"""GAP: Wikipedia passages with a pronoun and two names, one of which it may stand for (Webster et al. 2018).

Nothing else is annotated in a passage, so the ranker learns from the pronoun's pairs with the two names only.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import torch
from spacy.lang.en import English
from torch import Tensor

from kgbuild.models.breaks import layout
from kgbuild.models.coreference import pair_up
from kgbuild.models.decode import Annotation, Decoder


@dataclass
class Passage:
    """What the ranker reads of the pronoun's pairs, which of them are with mentions of the name it stands for, and
    which with mentions of the other one."""

    feed: dict[str, Tensor]
    right: Tensor
    wrong: Tensor


def read_passages(path: Path, decoder: Decoder, limit: int | None = None) -> list[Passage]:
    """The passages whose pronoun stands for one of its two names, where the model finds all three."""
    tokenizer = English().tokenizer
    passages = []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[:limit]
    for row in rows:
        answers = {k: row[f"{k}-coref"] == "TRUE" for k in "AB"}
        if not any(answers.values()):
            continue
        doc = tokenizer(row["Text"])
        tokens = [t.text for t in doc]
        kept, spacings, ends = layout(tokens, [bool(t.whitespace_) for t in doc])
        words = [tokens[i] for i in kept]
        places = [(doc[i].idx, doc[i].idx + len(doc[i])) for i in kept]
        annotation = decoder.annotate(words, spacings, ends)
        pronoun = _mentions(annotation, places, int(row["Pronoun-offset"]), len(row["Pronoun"]))
        names = {k: _mentions(annotation, places, int(row[f"{k}-offset"]), len(row[k])) for k in "AB"}
        if pronoun and all(names.values()):
            right = {m for k, true in answers.items() if true for m in names[k]}
            wrong = {m for k, true in answers.items() if not true for m in names[k]} - right
            passages.append(_passage(words, annotation, decoder.model.labels["mentions"], pronoun[-1], right, wrong))
    return [p for p in passages if p.right.any()]


def _mentions(annotation: Annotation, places: list[tuple[int, int]], begin: int, length: int) -> list[int]:
    """The mentions that are these characters, or else the smallest that hold them at their beginning."""
    inside = [i for i, (b, e) in enumerate(places) if b < begin + length and e > begin]
    if not inside:
        return []
    start, end = inside[0], inside[-1] + 1
    around = [(m.end - m.start, i) for i, m in enumerate(annotation.mentions) if m.start <= start and end <= m.end]
    around = [(n, i) for n, i in around if n <= end - start + 2]
    return [i for n, i in around if n == min(around)[0]]


def _passage(
    words: list[str],
    annotation: Annotation,
    types: list[str],
    pronoun: int,
    right: set[int],
    wrong: set[int],
) -> Passage:
    """Names come before the pronoun or after it: the pair belongs to the later mention of the two."""
    feed = pair_up(words, annotation, types)
    pairs = feed["pairs"].tolist()
    chosen = [n for n, (i, j) in enumerate(pairs) if pronoun in (i, j) and {i, j} & (right | wrong)]
    other = [sum(pairs[n]) - pronoun for n in chosen]
    feed = feed | {"pairs": feed["pairs"][chosen], "features": feed["features"][chosen]}
    return Passage(
        {k: torch.from_numpy(v) for k, v in feed.items()},
        torch.tensor([m in right for m in other], dtype=torch.bool),
        torch.tensor([m in wrong for m in other], dtype=torch.bool),
    )


def passage_loss(scores: Tensor, passage: Passage) -> Tensor:
    """What the right name lacks against the wrong one and none (score 0)."""
    none = torch.zeros(1)
    return torch.logsumexp(torch.cat([none, scores]), 0) - torch.logsumexp(scores[passage.right], 0)


def accuracy(scored: Iterable[tuple[Tensor, Passage]]) -> float:
    """Percent of the passages in which a mention of the right name scores above those of the wrong one."""
    rights = [float(s[p.right].max()) > float(s.masked_fill(~p.wrong, -1e9).max()) for s, p in scored]
    return round(100 * sum(rights) / max(1, len(rights)), 2)
