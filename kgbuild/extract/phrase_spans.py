"""Where a noun phrase begins and ends, and whether it is a value rather than a thing."""

from __future__ import annotations

from kgbuild.extract.phrases import Layers
from kgbuild.extract.trees import Tree, hyphened_end
from kgbuild.extract.word_lists import lemmas

_LEFT = frozenset("det amod compound nummod nmod flat fixed goeswith nmod:poss acl".split())
_RIGHT = frozenset("flat fixed goeswith compound nummod".split())
_WHOLE = frozenset("nmod acl appos flat fixed goeswith compound nummod amod advmod obl dep".split())
_IDENTIFYING = frozenset({"of", "between"})
_COMPLEMENTS = {
    "event": frozenset("on against between with to into about over for".split()),
    "abstract": frozenset("on against between with to into about over for in".split()),
}
_QUOTES = ('"', "“", "”", "``", "''")
_QUANTITY_HEADS = frozenset(
    "hundred thousand million billion dozen score lot number majority handful couple plenty variety bit host "
    "multitude ten".split()
)


def counted(tree: Tree, i: int) -> int:
    """The noun that a quantity noun counts: "people" of "dozens of people"."""
    if tree.lemmas[i] in _QUANTITY_HEADS:
        for c in tree.children[i]:
            if c > i and tree.relation(c) == "nmod" and any(tree.texts[k].lower() == "of" for k in tree.children[c]):
                return c
    return i


def minimal(tree: Tree, i: int, label: str = "") -> tuple[int, int]:
    """The head with what identifies it: modifiers before it, "of" phrases after it; no clauses, no appositions.

    What happens or is abstract is also told by its other complements: "a ban on water traffic".
    """
    start = i
    for c in tree.children[i]:
        before_case = any(tree.relation(k) in ("case", "cop") and c < k < i for k in tree.children[i])
        if before_case and tree.deps[c] == "nmod:unmarked":
            continue  # "one week after an attack"
        limits = tree.relation(c) == "advmod" and tree.texts[c].lower() in lemmas("values.limits") and not before_case
        if c < i and (limits or tree.relation(c) in _LEFT or tree.deps[c] in _LEFT) and not _is_clause(tree, c):
            start = min(start, tree.left[c])
    start = _cut(tree, _unbroken(tree, start, i), i)
    if tree.texts[start].lower() == "no" and start < i:  # the statement is negative, not the thing
        start += 1
    end = i + 1
    markers = _IDENTIFYING | _COMPLEMENTS.get(label, frozenset())
    for c in tree.children[i]:
        if c < i:
            continue
        relation = tree.relation(c)
        if relation in _RIGHT and not any(tree.texts[k] in (",", "(") for k in range(end, c)):
            end = max(end, tree.right[c])
        elif relation == "nmod" and _marker(tree, c) in markers and tree.left[c] == end:
            end = minimal(tree, c)[1]
            for other in tree.children[c]:  # "between Biden and Putin" is cut nowhere
                if tree.relation(other) == "conj" and tree.pos[other] in ("NOUN", "PROPN", "PRON"):
                    end = max(end, minimal(tree, other)[1])
        elif relation != "punct" or tree.texts[c] not in ("-", "'", '"', "”", "“"):
            break
    return start, max(end, hyphened_end(tree.doc, i))


def _unbroken(tree: Tree, start: int, i: int) -> int:
    """Where the words before a head begin that all hang from it: crossing arcs would draw its governor in."""
    for k in range(i - 1, start - 1, -1):
        above = k
        while start <= above < i and tree.heads[above] != above:
            above = tree.heads[above]
        if above != i and tree.pos[k] != "PUNCT":
            return k + 1
    return start


def _cut(tree: Tree, start: int, i: int) -> int:
    """Where a phrase begins that would hold a list, half a quotation or half a bracket before its head."""
    for k in range(i - 1, start - 1, -1):
        text = tree.texts[k]
        if text in (",", ";", ":") and not (tree.pos[k - 1] == "ADJ" and tree.pos[k + 1] in ("ADJ", "VERB", "NOUN")):
            return k + 1
        if text in _QUOTES and sum(tree.texts[m] in _QUOTES for m in range(k, i)) % 2:
            return k + 1
        if text in (")", "]") and not any(tree.texts[m] in ("(", "[") for m in range(start, k)):
            return k + 1
        if text in ("(", "[") and not any(tree.texts[m] in (")", "]") for m in range(k, i)):
            return k + 1
    while start < i and tree.pos[start] in ("PUNCT", "CCONJ", "SPACE"):
        start += 1
    return start


LONGEST_MODIFIER = 8
"""Words from which a modifier before a noun is taken for a misparsed clause."""


def _is_clause(tree: Tree, c: int) -> bool:
    if tree.relation(c) not in ("acl", "amod"):
        return False
    parts = {tree.relation(k) for k in tree.children[c]}
    return bool(parts & {"nsubj", "mark", "obj", "cop"}) or tree.right[c] - tree.left[c] > LONGEST_MODIFIER


def _marker(tree: Tree, c: int) -> str:
    return next((tree.texts[k].lower() for k in tree.children[c] if tree.relation(k) == "case"), "")


def full(tree: Tree, i: int) -> tuple[int, int]:
    """The whole noun phrase: without its preposition, its conjuncts and, for a predicate noun, its clause."""
    start = minimal(tree, i)[0]
    end = i + 1
    predicate = any(tree.relation(c) in ("cop", "nsubj") for c in tree.children[i])
    for c in tree.children[i]:
        if c < i:
            continue
        relation = tree.relation(c)
        if relation in ("conj", "cc", "parataxis") or (relation in ("obl", "advmod", "dep") and predicate):
            break
        if relation in _WHOLE:
            end = max(end, tree.right[c])
    while end > i + 1 and tree.pos[end - 1] in ("PUNCT", "SPACE"):
        end -= 1
    return start, end


def is_value(layers: Layers, i: int) -> bool:
    """Whether a noun is a time, a number or a quantity of something measured."""
    tree = layers.tree
    lemma = tree.lemmas[i]
    if tree.pos[i] in ("NUM", "SYM") or tree.tags[i] in ("CD", "$"):
        return True
    row = layers.rows.get(i)
    if (row is not None and row["type"] == "time") or (row is None and lemma in lemmas("values.times")):
        return True
    numbered = any(tree.relation(c) == "nummod" or tree.pos[c] == "SYM" for c in tree.children[i])
    if numbered and lemma in lemmas("values.times") and lemma not in ("time", "moment"):
        return True
    if lemma in lemmas("values.units") and (numbered or lemma in ("percent", "%", "$")):
        return counted(tree, i) == i
    return False
