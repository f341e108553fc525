"""Trees in spaCy's English scheme (ClearNLP) → Universal Dependencies, and its entity labels → ours.

ClearNLP lets function words govern: prepositions their objects, copulas their predicates, each conjunct the next. Here
the content words do, as UD has it. Only heads and labels change; what such a pipeline lacks (mentions, roles,
coreference) stays absent.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kgbuild.errors import UsageError

NAME = "kgbuild_clearnlp"

ENTITIES = {
    "PERSON": "PERSON",
    "ORG": "ORG",
    **dict.fromkeys(("GPE", "LOC", "FAC"), "LOC"),
    **dict.fromkeys(("NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"), "MISC"),
}
"""OntoNotes kinds of names; its times, amounts and numbers are no names of ours."""

LABELS = {
    "ROOT": "root",
    "acomp": "xcomp",
    "agent": "obl:agent",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "dep",
    "neg": "advmod",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
"""Labels that change whatever the words are; those not here and not below are the same in both."""

_CLAUSAL = ("VERB", "AUX", "ADJ", "ADV")
_MONTHS = set(
    "January February March April May June July August September October November December "
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
_LEADING = {"here", "there", "where", "when", "how"}
_BRACKETS = {"(": ")", "[": "]", "{": "}", "“": "”", "``": "''", "-LRB-": "-RRB-"}
_PREDICATE_ADVERBS = {"here", "there", "home", "away", "back", "out", "over", "up", "down", "off", "abroad", "ahead"}


def scheme(labels: Iterable[str], name: str) -> str:
    """ "clearnlp" or "ud", by the labels of the parser of the pipeline `name`; raises UsageError for any other."""
    known = set(labels)
    if {"dobj", "pobj", "nsubjpass"} <= known:
        return "clearnlp"
    if {"obj", "obl", "nsubj:pass"} <= known:
        return "ud"
    shown = ", ".join(sorted(known)[:6]) or "no labels"
    raise UsageError(f"{name}: its trees have {shown}, neither ClearNLP nor UD; use default or another pipeline")


@Language.component(NAME, assigns=["token.dep", "token.head", "doc.ents"], requires=["token.dep", "token.head"])
def to_universal(doc: Doc) -> Doc:
    """Rewrites the trees and entity labels of a Doc in place."""
    tree = Tree.of(doc)
    for sentence in doc.sents:
        tree.convert(list(sentence))
    rows = np.zeros((len(doc), 2), dtype=np.uint64)
    rows[:, 0] = (np.array(tree.heads, dtype=np.int64) - np.arange(len(doc))).view(np.uint64)
    rows[:, 1] = [doc.vocab.strings.add(label) for label in tree.labels]
    doc.ents = [_bare(doc, e.start, e.end, ENTITIES[e.label_]) for e in doc.ents if e.label_ in ENTITIES]
    doc.from_array(["HEAD", "DEP"], cast(Any, rows))
    return doc


def _bare(doc: Doc, start: int, end: int, label: str) -> Span:
    """A name without a small "the" before it and an "'s" after it, which OntoNotes takes in and our corpora do not."""
    start += end - start > 1 and doc[start].text == "the"
    end -= end - start > 1 and doc[end - 1].text in ("'s", "’s")
    return Span(doc, start, end, label)


@dataclass
class Tree:
    """Heads (a root is its own) and labels of a Doc's tokens while they change."""

    tokens: list[Token]
    heads: list[int]
    labels: list[str]

    @classmethod
    def of(cls, doc: Doc) -> "Tree":
        return cls(list(doc), [t.head.i for t in doc], [t.dep_ or "dep" for t in doc])

    def convert(self, sentence: list[Token]) -> None:
        """The order matters: each step reads the labels that the later ones replace."""
        words = [t.i for t in sentence if not t.is_space]
        self._coordination(words)
        for step in (self._currency, self._date, self._preposition, self._copula):
            for word in self._deepest_first(words):
                step(word, words)
        self._flat_names(sentence)
        for word in words:
            self._hang_on_first_conjunct(word)
        for word in words:
            self.labels[word] = self._label(word)
        self._punctuation(words)
        self._white_space(sentence, words)

    def children(self, word: int, words: list[int], *labels: str) -> list[int]:
        return [w for w in words if self.heads[w] == word != w and (not labels or self.labels[w] in labels)]

    def swap(self, governor: int, word: int, label: str, words: list[int]) -> None:
        """`word` takes the place of `governor` and all it governs; `governor` hangs on `word` with `label`."""
        above = self.heads[governor]
        for child in self.children(governor, words):
            self.heads[child] = word
        self.heads[word] = word if above == governor else above
        self.labels[word] = self.labels[governor]
        self.heads[governor], self.labels[governor] = word, label

    def _deepest_first(self, words: list[int]) -> list[int]:
        return sorted(words, key=lambda w: -self._depth(w))

    def _depth(self, word: int) -> int:
        depth = 0
        while self.heads[word] != word:
            word, depth = self.heads[word], depth + 1
        return depth

    def _coordination(self, words: list[int]) -> None:
        """Conjunctions and the commas between conjuncts hang on the conjunct after them."""
        for word in words:
            if self.labels[word] not in ("cc", "punct"):
                continue
            governor = self.heads[word]
            following = [c for c in self.children(governor, words, "conj") if c > word]
            if following and governor < word:
                self.heads[word] = following[0]

    def _currency(self, word: int, words: list[int]) -> None:
        signs = [c for c in self.children(word, words) if self.tokens[c].tag_ == "$"]
        if signs and self.tokens[word].tag_ == "CD":
            numbers = self.children(word, words, "compound", "nummod", "quantmod")
            self.swap(word, signs[0], "nummod", words)
            for number in numbers:
                if number != signs[0]:
                    self.heads[number] = word

    def _date(self, word: int, words: list[int]) -> None:
        """January 8, 1880: the day governs."""
        days = [c for c in self.children(word, words, "nummod") if abs(c - word) == 1 and self._is_day(c)]
        if days and self.tokens[word].text.rstrip(".") in _MONTHS:
            self.swap(word, days[0], "compound", words)

    def _is_day(self, word: int) -> bool:
        return self.tokens[word].text.isdigit() and len(self.tokens[word].text) < 3

    def _preposition(self, word: int, words: list[int]) -> None:
        if self.labels[word] not in ("prep", "agent", "dative", "pcomp", "conj", "mark") and word != self.heads[word]:
            return
        objects = self.children(word, words, "pobj")
        clauses = self.children(word, words, "pcomp") if self.tokens[word].tag_ in ("IN", "TO", "VBG") else []
        if objects:
            self.swap(word, objects[0], "case", words)
            for other in self.children(objects[0], words, "pcomp"):
                if self.tokens[other].tag_ in ("IN", "TO") and other < objects[0]:
                    self.heads[other], self.labels[other] = word, "fixed"
        elif clauses:
            is_clause = self.tokens[clauses[0]].pos_ in ("VERB", "AUX")
            self.swap(word, clauses[0], "mark" if is_clause else "case", words)

    def _copula(self, word: int, words: list[int]) -> None:
        if self.tokens[word].lemma_ != "be" or self.labels[word].startswith("aux"):
            return
        if self.labels[word] in ("cop", "case", "mark"):
            return
        if self.children(word, words, "expl"):
            for subject in self.children(word, words, "attr"):
                self.labels[subject] = "nsubj"
            return
        subjects = self.children(word, words, "nsubj", "csubj", "nsubjpass")
        predicates = self.children(word, words, "attr", "acomp")
        if not predicates and subjects:
            every = self.children(word, words, "advmod")
            after = [c for c in self.children(word, words) if c > max(word, subjects[0])]
            predicates = [c for c in every if c < word < subjects[0] and self.tokens[c].lower_ in _LEADING]
            predicates = (
                predicates
                or [c for c in after if self._is_phrase(c, words)][:1]
                or [c for c in after if self.labels[c] in ("ccomp", "xcomp", "advcl")][:1]
            )
        if predicates:
            self.swap(word, predicates[0], "cop", words)

    def _is_phrase(self, word: int, words: list[int]) -> bool:
        """Whether a word under "be" is its predicate although spaCy calls it a modifier: in Paris, here."""
        prepositional = self.labels[word] == "prep" and bool(self.children(word, words, "case"))
        return prepositional or (self.labels[word] == "advmod" and self.tokens[word].lower_ in _PREDICATE_ADVERBS)

    def _flat_names(self, sentence: list[Token]) -> None:
        """In the name of a person or place the first word governs, in other names the last."""
        for entity in sentence[0].doc[sentence[0].i : sentence[-1].i + 1].ents:
            inside = list(range(entity.start, entity.end))
            if entity.label_ not in ("PERSON", "GPE") or len(inside) < 2:
                continue
            last = next((w for w in inside if self.heads[w] not in inside or self.heads[w] == w), inside[-1])
            rest = [w for w in inside if w != last]
            first = inside[0]
            if last == first or any(self.labels[w] != "compound" or self.heads[w] not in inside for w in rest):
                continue
            self.swap(last, first, "flat", [t.i for t in sentence])
            for word in inside[1:]:
                self.heads[word], self.labels[word] = first, "flat"

    def _hang_on_first_conjunct(self, word: int) -> None:
        top = word
        while self.labels[top] == "conj" and self.heads[top] != top:
            top = self.heads[top]
        if top != word:
            self.heads[word] = top

    def _label(self, word: int) -> str:
        label, token = self.labels[word], self.tokens[word]
        if self.heads[word] == word:
            return "root"
        above = self.tokens[self.heads[word]]
        clausal = above.pos_ in _CLAUSAL
        if label in ("prep", "pobj", "dative", "agent") and token.tag_ in ("IN", "RP", "RB", "TO"):
            return "case" if above.pos_ in ("NOUN", "PROPN", "PRON") and word < above.i else "advmod"
        if label in ("prep", "pobj") or (label == "dative" and self._has_case(word)):
            if token.pos_ in ("VERB", "AUX"):
                return "advcl" if clausal else "acl"
            return "obl" if clausal or self._has_copula(above.i) else "nmod"
        if label in ("pcomp",):
            return "advcl" if clausal else "acl"
        if label == "npadvmod":
            return "obl:unmarked" if clausal else "nmod:unmarked"
        if label == "aux" and token.tag_ == "TO":
            return "mark"
        if label == "nmod":
            return "compound" if word < above.i else "nmod"
        return LABELS.get(label, label)

    def _punctuation(self, words: list[int]) -> None:
        """A mark hangs on the highest word of the phrase that it closes or opens (after Udapi's FixPunct)."""
        governing = {self.heads[w] for w in words}
        marks = [w for w in words if self.labels[w] == "punct" and w not in governing]
        others = [w for w in words if w not in set(marks)]
        pairs = self._pairs(marks)
        for mark in marks:
            low, high = pairs.get(mark, (-1, len(self.tokens)))
            left = [w for w in others if low < w < mark]
            right = [w for w in others if mark < w < high]
            before = self._climb(left[-1], range(low + 1, mark)) if left else None
            after = self._climb(right[0], range(mark + 1, high)) if right else None
            if mark in pairs:
                best = after if low == mark else before
            elif before is None or (after is not None and not self.heads[before] > mark):
                best = after
            else:
                best = before
            if best is not None:
                self.heads[mark] = best

    def _pairs(self, marks: list[int]) -> dict[int, tuple[int, int]]:
        """Opening and closing marks, each with the places of both."""
        result: dict[int, tuple[int, int]] = {}
        waiting: list[int] = []
        for mark in marks:
            text = self.tokens[mark].text
            if waiting and _BRACKETS.get(self.tokens[waiting[-1]].text, '"') == text:
                opening = waiting.pop()
                result[opening] = result[mark] = (opening, mark)
            elif text in _BRACKETS or text == '"':
                waiting.append(mark)
        return result

    def _climb(self, word: int, within: range) -> int:
        while self.heads[word] != word and self.heads[word] in within:
            word = self.heads[word]
        return word

    def _has_case(self, word: int) -> bool:
        return any(self.heads[w] == word and self.labels[w] == "case" for w in range(max(0, word - 8), word))

    def _has_copula(self, word: int) -> bool:
        return any(self.heads[w] == word and self.labels[w] == "cop" for w in range(max(0, word - 8), word))

    def _white_space(self, sentence: list[Token], words: list[int]) -> None:
        before = words[0] if words else sentence[0].i
        for token in sentence:
            if not token.is_space:
                before = token.i
            else:
                self.heads[token.i], self.labels[token.i] = before, "dep" if words else "root"
