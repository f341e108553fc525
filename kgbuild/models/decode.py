"""Words of one article → tags, lemmas, sentences, trees, names, mentions, predicates and chains.

The article goes through the network window by window. A window begins where a sentence begins; the sentence that its
end cuts off is read again as the first of the next window, so no annotation crosses a seam. Windows depend on the
article alone and each runs by itself, so an article's annotation never depends on its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from kgbuild.models.coreference import Antecedents, find_chains
from kgbuild.models.lemmas import apply_script, likeliest
from kgbuild.models.pieces import Encoded
from kgbuild.models.predicates import THRESHOLD, Predicate, choose_roles
from kgbuild.models.relations import tree_relations
from kgbuild.models.sessions import Model, Scores
from kgbuild.models.spans import CANDIDATE
from kgbuild.models.titles import join_titles
from kgbuild.models.tree import greedy_heads, tree_heads

WINDOW = 240
"""Word pieces a window holds: the longest that training shows often."""

LONGEST = 500
"""Word pieces the encoder can hold at all (512 places); a sentence of more is cut."""

END_THRESHOLD = 0.0
"""Score (logit) from which a word ends a sentence."""

MENTION_THRESHOLD = 0.0
"""Score (logit) from which a span is a mention."""


@dataclass(frozen=True)
class Mention:
    """A span of words [start, end) that refers to something: GUM type, name or not, probability."""

    start: int
    end: int
    type: str
    is_name: bool
    score: float


@dataclass
class Annotation:
    """Annotation of n words, filled window by window. `heads` are word indices, the root's its own; `names` are flat
    half-open (start, end, label) of PER, ORG, LOC, MISC; `starts` is True on the first word of a sentence; `vectors`
    and `types` (log probabilities) have one entry per mention; `chains` are of two and more mentions (their indices).
    `feats`, `predicates` and `chains` stay empty with a model that lacks them. `arc_scores` are the probabilities of
    the heads."""

    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deprels: list[str] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)
    names: list[tuple[int, int, str]] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    feats: list[str] = field(default_factory=list)
    predicates: list[Predicate] = field(default_factory=list)
    chains: list[list[int]] = field(default_factory=list)
    antecedents: Antecedents = field(default_factory=list)
    vectors: list[NDArray[np.float32]] = field(default_factory=list)
    types: list[NDArray[np.float32]] = field(default_factory=list)
    arc_scores: list[float] = field(default_factory=list)


class Decoder:
    """Annotates words with a model. Remembers lemmas it has made, nothing else."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._given: NDArray[np.bool_] | None = None
        self._lemmas: dict[tuple[str, str, int], str] = {}
        names = model.labels["names"]
        self._kinds = sorted({n[2:] for n in names if n != "O"})
        self._begins = np.array([n.startswith("B-") for n in names])
        # Column k sums what B-k and I-k say for kind k.
        self._kind_of = np.array([[n[2:] == k for k in self._kinds] for n in names], dtype=np.float32)

    def annotate(
        self,
        words: Sequence[str],
        spacings: NDArray[np.int64],
        forced_ends: NDArray[np.bool_],
        *,
        decide_ends: bool = True,
        predicates: NDArray[np.bool_] | None = None,
    ) -> Annotation:
        """Annotates the words of one article. `forced_ends` is True on words that certainly end a sentence; with
        `decide_ends` false no other word does, and `predicates` says which words are (evaluation on gold)."""
        result = Annotation()
        self._given = predicates
        encoded = self.model.pieces.encode(words)
        at = 0
        while at < len(words):
            at = self._window(at, words, encoded, spacings, forced_ends, decide_ends, result)
        if self.model.has_coreference:
            result.chains, result.antecedents = find_chains(words, result, self.model)
            share_types(result, self.model.labels["mentions"])
        return result

    def _window(
        self,
        at: int,
        words: Sequence[str],
        encoded: Encoded,
        spacings: NDArray[np.int64],
        forced_ends: NDArray[np.bool_],
        decide_ends: bool,
        result: Annotation,
    ) -> int:
        """Annotates the whole sentences of the window that begins at word `at`; returns where the next begins."""
        n = len(words)
        offset = int(encoded.first[at])
        for size in (WINDOW, LONGEST):
            stop = max(at + 1, int(np.searchsorted(encoded.last, offset + size)))
            if stop < n:
                # A window that ends with a paragraph needs nothing read twice.
                known = np.flatnonzero(forced_ends[at:stop])
                if len(known) and (not decide_ends or encoded.last[at + known[-1]] - offset > size * 0.6):
                    stop = at + int(known[-1]) + 1
            part = slice(offset, int(encoded.last[stop - 1]) + 1)
            window = Encoded(
                encoded.pieces[part],
                encoded.casings[part],
                encoded.first[at:stop] - offset,
                encoded.last[at:stop] - offset,
            )
            if not decide_ends and stop < n and not forced_ends[at:stop].any() and size < LONGEST:
                continue
            scores = self.model.score(window, spacings[at:stop])
            ends = forced_ends[at:stop].copy()
            if decide_ends:
                ends[:-1] |= scores.sentence_ends[:-1] > END_THRESHOLD
            if stop == n:
                ends[-1] = True
            if ends.any():
                break
        else:
            ends[-1] = True
        count = int(np.flatnonzero(ends)[-1]) + 1
        self._decode(at, words, scores, ends, count, result)
        return at + count

    def _decode(
        self, at: int, words: Sequence[str], scores: Scores, ends: NDArray[np.bool_], count: int, result: Annotation
    ) -> None:
        """Adds the first `count` words of a window, which are whole sentences, to `result`."""
        ends = ends[:count]
        starts = np.concatenate([[True], ends[:-1]])
        sentences = np.cumsum(starts) - 1
        arcs = scores.arcs[:count, : count + 1]
        heads, is_tree = greedy_heads(arcs, sentences)
        for number in np.unique(sentences[~is_tree]):
            begin, end = (int(i) for i in np.flatnonzero(sentences == number)[[0, -1]])
            block = np.concatenate([arcs[begin : end + 1, :1], arcs[begin : end + 1, begin + 1 : end + 2]], axis=1)
            solved = tree_heads(block)
            heads[begin : end + 1] = np.where(solved == 0, 0, solved + begin)
        spans = scores.spans[:count, :count]
        bound = CANDIDATE if self.model.second_look else MENTION_THRESHOLD
        firsts, lasts = np.nonzero((spans > bound) & (sentences[:, None] == sentences[None, :]))
        ordered = firsts <= lasts
        firsts, lasts = firsts[ordered], lasts[ordered]
        deprels, classes, vectors, added = self.model.label(scores.words[:count], heads, firsts, lasts + 1)
        self._add_words(at, words, scores, heads, deprels, starts, result)
        result.arc_scores += arc_probabilities(arcs, heads, sentences).tolist()
        sums = spans[firsts, lasts] + added
        chosen = np.flatnonzero(sums > MENTION_THRESHOLD)
        vectors, classes = vectors[chosen], classes[chosen]
        mentions = self._mentions(at, firsts[chosen], lasts[chosen] + 1, sums[chosen], classes)
        found = self._names(at, words, scores.names[:count], starts)
        names = [n for n in (without_verb(n, words, result.xpos) for n in found) if n[0] < n[1]]
        result.mentions += [agree(m, names) for m, _ in mentions]
        result.vectors += [vectors[i] for _, i in mentions]
        logs = np.log(classes[:, 0::2] + classes[:, 1::2] + 1e-3)
        result.types += [logs[i] for _, i in mentions]
        if scores.predicates is not None:
            self._add_predicates(at, scores, heads, deprels, sentences, result)
        result.names += names
        join_titles(result.heads, result.deprels, result.xpos, names, at)

    def _add_words(
        self,
        at: int,
        words: Sequence[str],
        scores: Scores,
        heads: NDArray[np.int64],
        deprels: NDArray[np.int64],
        starts: NDArray[np.bool_],
        result: Annotation,
    ) -> None:
        labels = self.model.labels
        count = len(heads)
        tags = scores.upos[:count].tolist()
        result.upos += [labels["upos"][i] for i in tags]
        xpos = [labels["xpos"][i] for i in scores.xpos[:count].tolist()]
        result.xpos += xpos
        result.lemmas += map(self._lemma, words[at : at + count], xpos, scores.scripts[:count].tolist())
        result.heads += (np.where(heads == 0, np.arange(count), heads - 1) + at).tolist()
        result.deprels += [labels["deprels"][i] for i in deprels.tolist()]
        result.starts += starts.tolist()

    def _add_predicates(
        self,
        at: int,
        scores: Scores,
        heads: NDArray[np.int64],
        deprels: NDArray[np.int64],
        sentences: NDArray[np.int64],
        result: Annotation,
    ) -> None:
        labels = self.model.labels
        count = len(heads)
        assert scores.feats is not None
        assert scores.predicates is not None
        result.feats += [labels["feats"][i] for i in scores.feats[:count].tolist()]
        is_one = scores.predicates[:count] > THRESHOLD if self._given is None else self._given[at : at + count]
        chosen = np.flatnonzero(is_one)
        if not len(chosen):
            return
        relations = tree_relations(heads, deprels, chosen, len(labels["deprels"]))
        said = self.model.describe(scores.words[:count], chosen, relations)
        for row, word in enumerate(chosen.tolist()):
            numbers = dict(zip(labels["senses"], said.senses[row].tolist(), strict=True))
            result.predicates.append(
                Predicate(
                    at + word,
                    self.model.rolesets.choose(result.lemmas[at + word], numbers),
                    round(float(said.factuality[row]), 3),
                    None if said.realis is None else round(float(said.realis[row]), 3),
                    choose_roles(at, said.roles[row], sentences == sentences[word], labels["roles"]),
                )
            )

    def _lemma(self, word: str, tag: str, script: int) -> str:
        key = (word, tag, script)
        lemma = self._lemmas.get(key)
        if lemma is None:
            lemma = self.model.lemmas.find(word, tag)
            verb = tag.startswith("V")
            if lemma is None or (verb and lemma not in self.model.verbs):  # the treebanks have "flead" for "fled"
                scripted = lemma or apply_script(word, self.model.labels["scripts"][script])
                known = self.model.verbs if verb else self.model.words
                lemma = self.model.lexicon.find(word, tag) or likeliest(scripted, word, tag, known)
            if len(self._lemmas) < 200_000:
                self._lemmas[key] = lemma
        return lemma

    def _names(
        self, at: int, words: Sequence[str], scores: NDArray[np.float32], starts: NDArray[np.bool_]
    ) -> list[tuple[int, int, str]]:
        """Flat names: runs of words whose best tag is no O, cut at B tags and sentence starts; a run's kind is the one
        that its words favour together. A small "the" is no part of a name: the corpora disagree, most leave it out.
        """
        best = scores.argmax(axis=1)
        inside = best != 0
        if not inside.any():
            return []
        before = np.concatenate([[False], inside[:-1]])
        begins = np.flatnonzero(inside & (~before | self._begins[best] | starts))
        after = np.concatenate([inside[1:], [False]])
        next_begins = np.zeros(len(best) + 1, dtype=bool)
        next_begins[begins] = True
        ends = np.flatnonzero(inside & (~after | next_begins[1:])) + 1
        exponents = np.exp(scores - scores.max(axis=1, keepdims=True))
        logs = np.log(exponents @ self._kind_of / exponents.sum(axis=1, keepdims=True) + 1e-9)
        result = []
        for begin, end in zip(begins.tolist(), ends.tolist(), strict=True):
            kind = int(logs[begin:end].sum(axis=0).argmax())
            begin += words[at + begin] == "the"
            if begin == end:
                continue
            result.append((at + begin, at + end, self._kinds[kind]))
        return result

    def _mentions(
        self,
        at: int,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        scores: NDArray[np.float32],
        classes: NDArray[np.float32],
    ) -> list[tuple[Mention, int]]:
        """Mentions and their indices among the spans, in order of start, longest first; of two that cross, the one of
        lower score is left out."""
        kept = keep_nested(starts, ends, scores)
        types = self.model.labels["mentions"]
        by_type = classes[:, 0::2] + classes[:, 1::2]
        type_ids = by_type.argmax(axis=1)
        is_name = classes[:, 1::2].sum(axis=1) > 0.5
        probabilities = by_type.max(axis=1) / (1.0 + np.exp(-scores))
        found = [
            (Mention(at + int(s), at + int(e), types[t], bool(n), round(float(p), 3)), i)
            for i, (s, e, t, n, p) in enumerate(zip(starts, ends, type_ids, is_name, probabilities, strict=True))
            if kept[i]
        ]
        return sorted(found, key=lambda m: (m[0].start, -m[0].end))


FINITE = ("MD", "VBD", "VBP", "VBZ")


def without_verb(name: tuple[int, int, str], words: Sequence[str], xpos: Sequence[str]) -> tuple[int, int, str]:
    """The name without a small finite verb at its end, which is the clause's: "Blinken met"."""
    start, end, kind = name
    while end > start and xpos[end - 1] in FINITE and words[end - 1].islower():
        end -= 1
    return start, end, kind


def agree(mention: Mention, names: list[tuple[int, int, str]]) -> Mention:
    """The mention, or where its words are just a person's name, a person's: training had more names."""
    if (mention.start, mention.end, "PER") in names:
        return replace(mention, type="person", is_name=True)
    return mention


def share_types(annotation: Annotation, types: Sequence[str]) -> None:
    """Gives the mentions of a chain the type that they favour together: what is one thing is of one type. Persons'
    names (`agree`) keep theirs."""
    for chain in annotation.chains:
        members = [annotation.mentions[i] for i in chain]
        logs = np.sum([annotation.types[i] for i in chain], axis=0)
        best = types[int(logs.argmax())]
        for i, mention in zip(chain, members, strict=True):
            if mention.type != best and not (mention.type == "person" and mention.is_name):
                annotation.mentions[i] = replace(mention, type=best)


def keep_nested(starts: NDArray[np.int64], ends: NDArray[np.int64], scores: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which of the spans [starts, ends) to keep so that none cross, best scores first."""
    kept = np.ones(len(starts), dtype=bool)
    crosses = (starts[:, None] < starts) & (starts < ends[:, None]) & (ends[:, None] < ends)
    crosses |= crosses.T
    if crosses.any():
        kept[:] = False
        for i in np.lexsort((ends, starts, -scores)):
            kept[i] = not (crosses[i] & kept).any()
    return kept


def arc_probabilities(
    arcs: NDArray[np.float32], heads: NDArray[np.int64], sentences: NDArray[np.int64]
) -> NDArray[np.float32]:
    """The probability of each word's head (0: the root, else a word from 1) among the words of its sentence."""
    allowed = np.concatenate([np.ones((len(heads), 1), dtype=bool), sentences[:, None] == sentences[None, :]], axis=1)
    scores = np.where(allowed, arcs, -np.inf)
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    chosen: NDArray[np.float32] = scores[np.arange(len(heads)), heads] / scores.sum(axis=1)
    return np.round(chosen, 3)
