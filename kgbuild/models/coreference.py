"""Chains within an article: each mention and the mentions before it as pairs, described by features and ranked by a
small network (`coreference.onnx`); a mention joins the chain of its best antecedent if that scores above having none.

Mention ranking after Clark and Manning (EMNLP 2016), with the mention vectors of the shared encoder. Singletons make no
chains.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kgbuild.models.tree import head_of

if TYPE_CHECKING:
    from kgbuild.models.decode import Annotation, Mention
    from kgbuild.models.sessions import Model

NEAR = 40
"""Mentions before one that are its candidates in any case."""

FAR_ALIKE = 20
"""Farther mentions with the same head or last word that are, too."""

NO_ANTECEDENT = -0.7
"""Score (logit) that an antecedent must exceed; chosen on GUM dev (CoNLL F1 58.0 at 0, 58.4 at -0.6, 58.5 at -1)."""

CHUNK = 8192
"""Pairs that are ranked at once: bounds the memory of a long article."""

LEAST = 0.02
"""Probability from which an antecedent is reported."""

KINDS = ("name", "nominal", "pronoun")
PRONOUNS = (
    {"i", "me", "my", "mine", "myself"},
    {"we", "us", "our", "ours", "ourselves"},
    {"you", "your", "yours", "yourself", "yourselves"},
    {"he", "him", "his", "himself"},
    {"she", "her", "hers", "herself"},
    {"it", "its", "itself"},
    {"they", "them", "their", "theirs", "themselves"},
    {"who", "whom", "whose"},
    {"which", "that"},
    {"this", "these", "those"},
)
_PRONOUN = {w: i + 1 for i, words in enumerate(PRONOUNS) for w in words}
_DETERMINERS = {"the": 1, "a": 2, "an": 2, "this": 3, "that": 3, "these": 3, "those": 3}
_FUNCTION = {"DET", "PUNCT", "ADP", "PART", "CCONJ", "AUX"}
_SUBJECTS, _OBJECTS = ("nsubj", "csubj"), ("obj", "iobj", "obl")
_OUTERMOST = 6
_COPULA_WINDOW = 6

SIZES = (8, 8, 2, 2, 9, 100, 8, 121, 3, 4, 5, 9, 15, 16, 2)
"""Values of each pair feature, in the order of `_describe`."""


def kind_of(mention: Mention, head: int, upos: Sequence[str]) -> str:
    if upos[head] == "PRON" and mention.end - mention.start == 1:
        return "pronoun"
    return "name" if mention.is_name else "nominal"


Antecedents = list[list[tuple[int, float]]]
"""For each mention its likely antecedents, earlier mentions, with their probabilities; the rest is having none."""


def find_chains(words: Sequence[str], annotation: Annotation, model: Model) -> tuple[list[list[int]], Antecedents]:
    """Chains of two and more mentions as indices of `annotation.mentions`, in order of their first, and what they were
    chosen from."""
    n = len(annotation.mentions)
    if n < 2:
        return [], [[] for _ in range(n)]
    feed = pair_up(words, annotation, model.labels["mentions"])
    pairs = feed["pairs"]
    parts = [slice(at, at + CHUNK) for at in range(0, len(pairs), CHUNK)]
    ranked = [model.rank(feed | {"pairs": pairs[part], "features": feed["features"][part]}) for part in parts]
    scores = np.concatenate(ranked)
    return link(best_antecedents(n, pairs, scores)), likely(pairs, scores, n)


def best_antecedents(n: int, pairs: NDArray[np.int64], scores: NDArray[np.float32]) -> list[int]:
    """For each of `n` mentions the earlier one of its best pair, the first of equals, or -1 where none scores more
    than `NO_ANTECEDENT`."""
    later, earlier = pairs.T
    best = np.full(n, NO_ANTECEDENT, dtype=np.float32)
    np.maximum.at(best, later, scores)
    chosen = np.flatnonzero((scores == best[later]) & (scores > np.float32(NO_ANTECEDENT)))[::-1]
    antecedents = np.full(n, -1, dtype=np.int64)
    antecedents[later[chosen]] = earlier[chosen]  # of several the last is kept: the first of the pairs
    result: list[int] = antecedents.tolist()
    return result


def likely(pairs: NDArray[np.int64], scores: NDArray[np.float32], n: int) -> Antecedents:
    """The ranker was trained to make the exponentials of the scores, with 1 for none, proportional to probabilities."""
    top = np.zeros(n, dtype=np.float64)
    np.maximum.at(top, pairs[:, 0], scores)
    weights = np.exp(scores - top[pairs[:, 0]])
    sums = np.exp(-top) + np.bincount(pairs[:, 0], weights, minlength=n)
    shares = weights / sums[pairs[:, 0]]
    found: Antecedents = [[] for _ in range(n)]
    for at in np.flatnonzero(shares >= LEAST):
        found[pairs[at, 0]].append((int(pairs[at, 1]), round(float(shares[at]), 4)))
    return [sorted(one, key=lambda pair: (-pair[1], -pair[0])) for one in found]


def link(antecedents: Sequence[int]) -> list[list[int]]:
    """Chains from each mention's antecedent, an earlier mention or -1."""
    chain_of: list[int] = []
    chains: list[list[int]] = []
    for i, j in enumerate(antecedents):
        if j < 0:
            chain_of.append(len(chains))
            chains.append([i])
        else:
            chain_of.append(chain_of[j])
            chains[chain_of[j]].append(i)
    return [c for c in chains if len(c) > 1]


def pair_up(words: Sequence[str], annotation: Annotation, types: Sequence[str]) -> dict[str, NDArray[Any]]:
    """What the ranker reads: `vectors` (M, D), `classes` (M) of type and kind, `pairs` (N, 2) of a mention and an
    earlier one, and `features` (N, F) with ids of one range of values after the other. There must
    be mentions."""
    traits = _traits(words, annotation, types)
    pairs = _candidates(traits)
    features = np.stack(_describe(traits, pairs[:, 0], pairs[:, 1]), axis=1)
    offsets = np.cumsum((0, *SIZES[:-1]))
    return {
        "vectors": np.array(annotation.vectors, dtype=np.float32).reshape(len(annotation.mentions), -1),
        "classes": traits["type"] * len(KINDS) + traits["kind"],
        "pairs": pairs,
        "features": features + offsets,
    }


def _traits(words: Sequence[str], annotation: Annotation, types: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    """One array a trait, one entry a mention."""
    sentence_of = np.cumsum(annotation.starts)
    in_quotes = _quoted(words, annotation.starts)
    lower = [w.lower() for w in words]
    copulas = enumerate(zip(annotation.deprels, annotation.heads, strict=True))
    with_copula = {head for i, (label, head) in copulas if label == "cop" and head - _COPULA_WINDOW <= i <= head}
    strings: dict[Any, int] = {}
    columns: dict[str, list[Any]] = {}
    for mention in annotation.mentions:
        head = head_of(annotation.heads, mention.start, mention.end)
        kind = kind_of(mention, head, annotation.upos)
        inside = range(mention.start, mention.end)
        content = [i for i in inside if annotation.upos[i] not in _FUNCTION] or list(inside)
        ids = [strings.setdefault(lower[i], len(strings)) for i in content]
        string = strings.setdefault(tuple(ids), len(strings))
        last = ids[-1] if kind == "name" else strings.setdefault(annotation.lemmas[head].lower(), len(strings))
        letters = "".join(words[i][0] for i in content if words[i][0].isupper()).lower()
        row = {
            "start": mention.start,
            "end": mention.end,
            "head": head,
            "parent": annotation.heads[head],
            "sentence": int(sentence_of[head]),
            "type": types.index(mention.type),
            "kind": KINDS.index(kind),
            "string": string,
            "lemma": last,
            "first": ids[0],
            "tokens": (ids + [-1] * _OUTERMOST)[:_OUTERMOST],
            "n_tokens": min(len(ids), _OUTERMOST),
            "initials": strings.setdefault(letters if len(letters) > 1 else ("", mention.start), len(strings)),
            "quoted": int(in_quotes[head]),
            "pronoun": _PRONOUN.get(lower[head], 0) if kind == "pronoun" else 0,
            "number": _number(annotation.xpos[head], lower[head]),
            "determiner": _determiner(lower[mention.start], annotation.deprels[mention.start]),
            "place": _place(annotation.deprels[head]),
            "appos": int(annotation.deprels[head].startswith("appos")),
            "cop_parent": int(annotation.heads[head] in with_copula),
        }
        for key, value in row.items():
            columns.setdefault(key, []).append(value)
    return {k: np.array(v, dtype=np.int64) for k, v in columns.items()}


def _quoted(words: Sequence[str], starts: Sequence[bool]) -> NDArray[np.bool_]:
    """Words between quotation marks; a quotation that never closes ends after 20 sentences at most."""
    inside, since = False, 0
    result = np.zeros(len(words), dtype=bool)
    for i, word in enumerate(words):
        since += starts[i]
        if word in ("“", "``") or (word == '"' and not inside):
            inside, since = True, 0
        elif word in ("”", "''", '"') or since > 20:
            inside = False
        result[i] = inside
    return result


def _number(xpos: str, word: str) -> int:
    if xpos in ("NNS", "NNPS") or word in ("they", "them", "their", "we", "us", "our", "these", "those"):
        return 2
    return int(xpos in ("NN", "NNP") or word in ("he", "she", "it", "him", "her", "his", "its", "this", "that", "i"))


def _determiner(word: str, deprel: str) -> int:
    return 4 if deprel == "nmod:poss" else _DETERMINERS.get(word, 0)


def _place(deprel: str) -> int:
    label = deprel.partition(":")[0]
    return 1 if label in _SUBJECTS else 2 if label in _OBJECTS else 3 if deprel == "nmod:poss" else 0


def _candidates(traits: dict[str, NDArray[np.int64]]) -> NDArray[np.int64]:
    numbers = np.arange(len(traits["type"]))
    counts = np.minimum(numbers, NEAR)
    later = np.repeat(numbers, counts)
    within = np.arange(len(later)) - np.repeat(np.cumsum(counts) - counts, counts)
    near = np.stack([later, np.repeat(numbers - counts, counts) + within], axis=1)
    alike: dict[int, list[int]] = {}
    far: list[tuple[int, int]] = []
    pronoun = traits["kind"] == KINDS.index("pronoun")
    for i in np.flatnonzero(~pronoun).tolist():
        earlier = alike.setdefault(int(traits["lemma"][i]), [])
        far += [(i, j) for j in earlier[-FAR_ALIKE - NEAR :] if j < i - NEAR]
        earlier.append(i)
    return np.concatenate([near, np.array(far, dtype=np.int64).reshape(-1, 2)])


def _describe(
    traits: dict[str, NDArray[np.int64]], i: NDArray[np.int64], j: NDArray[np.int64]
) -> list[NDArray[np.int64]]:
    """The features of pairs (mention i, earlier mention j), each from 0 to its size in `SIZES`."""
    if not len(i):
        return [np.zeros(0, dtype=np.int64) for _ in SIZES]
    f = traits

    def both(key: str, size: int) -> NDArray[np.int64]:
        result: NDArray[np.int64] = f[key][i] * size + f[key][j]
        return result

    def same(key: str) -> NDArray[np.int64]:
        result: NDArray[np.int64] = (f[key][i] == f[key][j]).astype(np.int64)
        return result

    shared = ((f["tokens"][i][:, :, None] == f["tokens"][j][:, None, :]) & (f["tokens"][i] >= 0)[:, :, None]).any(2)
    n_shared = shared.sum(1)
    fewest, most = np.minimum(f["n_tokens"][i], f["n_tokens"][j]), np.maximum(f["n_tokens"][i], f["n_tokens"][j])
    overlap = np.where(n_shared == 0, 0, np.where(n_shared < fewest, 1, np.where(n_shared < most, 2, 3)))
    names = (f["kind"][i] == 0) & (f["kind"][j] == 0)
    nested = np.where(f["end"][i] <= f["end"][j], 1, 0)
    appos = ((f["parent"][i] == f["head"][j]) & (f["appos"][i] == 1)) | (
        (f["parent"][j] == f["head"][i]) & (f["appos"][j] == 1)
    )
    copula = (f["parent"][j] == f["head"][i]) & (f["place"][j] == 1) & (f["cop_parent"][j] == 1)
    governs = (f["parent"][i] == f["head"][j]) | (f["parent"][j] == f["head"][i])
    sisters = f["parent"][i] == f["parent"][j]
    acronym = (f["initials"][i] == f["initials"][j]) & (f["n_tokens"][i] != f["n_tokens"][j])
    return [
        _bucket(f["sentence"][i] - f["sentence"][j]),
        _bucket(i - j - 1),
        same("string"),
        same("lemma"),
        both("kind", 3),
        both("type", 10),
        overlap * 2 + names,
        both("pronoun", 11),
        nested + (f["head"][i] == f["head"][j]),
        both("quoted", 2),
        np.where(appos, 1, np.where(copula, 2, np.where(governs, 3, np.where(sisters, 4, 0)))),
        both("number", 3),
        f["determiner"][i] * 3 + f["kind"][j],
        both("place", 4),
        acronym.astype(np.int64),
    ]


def _bucket(distance: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, 2, 3–4, 5–8, 9–16, 17–32, more."""
    result: NDArray[np.int64] = np.searchsorted([0, 1, 2, 4, 8, 16, 32], distance)
    return result
