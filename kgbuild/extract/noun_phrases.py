"""Noun phrases of a parsed article: which words name something or refer to it, and where the phrase begins and ends.

Reads the UD tree, the flat names (``doc.ents``) and the model's mentions (``doc._.mentions``); decides nothing about
what a phrase refers to. All intervals are half-open token intervals.
"""

from __future__ import annotations

from collections.abc import Sequence

from kgbuild.extract.name_phrases import inner_name, name_phrase
from kgbuild.extract.name_spans import is_no_name
from kgbuild.extract.phrase_spans import counted, full, is_value, minimal
from kgbuild.extract.phrases import Layers, Phrase, read_layers
from kgbuild.extract.trees import Tree
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import MentionKind, Span

_NO_ARGUMENT = frozenset("compound flat fixed goeswith amod det case punct expl nummod cc mark advmod aux cop".split())


def find_phrases(tree: Tree, furniture: Sequence[Span] = ()) -> list[Phrase]:
    """All phrases in text order; no two share a head or the same words.

    ``furniture`` are character spans to leave out.
    """
    layers = read_layers(tree)
    blocked = _blocked(tree, furniture)
    found: list[Phrase] = []
    taken = set(blocked)
    for i in sorted(range(len(tree.texts)), key=lambda i: (_depth_class(tree, i), i)):
        if i in taken:
            continue
        phrase = _phrase_at(layers, i)
        if phrase is None or phrase.core in taken:
            continue
        found.append(phrase)
        taken.add(phrase.head)
        taken.add(phrase.core)
        if phrase.kind is MentionKind.NAME:
            taken.update(range(phrase.start, phrase.end))
            taken.update(phrase.titles)
        elif phrase.core != phrase.head:
            taken.update((phrase.head, phrase.core))
    found.sort(key=lambda p: (p.start, p.end, p.head))
    unique = {(p.start, p.end): p for p in reversed(found)}
    return sorted(unique.values(), key=lambda p: (p.start, p.end))


def _depth_class(tree: Tree, i: int) -> int:
    """Heads of phrases before the names inside them."""
    return 1 if tree.relation(i) in _NO_ARGUMENT else 0


def _blocked(tree: Tree, furniture: Sequence[Span]) -> set[int]:
    if not furniture:
        return set()
    return {t.i for t in tree.doc if any(start <= t.idx < end for start, end in furniture)}


def _phrase_at(layers: Layers, i: int) -> Phrase | None:
    tree = layers.tree
    pos, relation = tree.pos[i], tree.relation(i)
    if pos == "PRON":
        return _pronoun(layers, i)
    if tree.deps[i] == "nmod:desc":
        inside = i in layers.name_at and layers.name_at.get(tree.heads[i]) == layers.name_at[i]  # "Hurricane Lorenzo"
        if inside or i not in layers.name_at or tree.lemmas[i] in lemmas("persons.titles"):
            return None
    if relation in _NO_ARGUMENT:
        return inner_name(layers, i)
    name = name_phrase(layers, i)
    if name is not None:
        return name
    if pos in ("NOUN", "PROPN"):
        written = tree.pos[i] == "PROPN" and is_no_name(tree, (i, i + 1, ""))
        return (
            None
            if written or is_value(layers, i) or _names_office(tree, i) or _is_et_al(tree, i)
            else _nominal(layers, i)
        )
    if pos in ("ADJ", "DET", "VERB", "X", "NUM") and _stands_alone(layers, i):
        return _nominal(layers, i)
    return None


def _names_office(tree: Tree, i: int) -> bool:
    """Whether a bare noun only says which office: "state" of "secretary of state"."""
    parts = [tree.relation(c) for c in tree.children[i]]
    office = tree.lemmas[tree.heads[i]] in lemmas("persons.departments")
    return office and tree.relation(i) == "nmod" and parts == ["case"]


def _is_et_al(tree: Tree, i: int) -> bool:
    return i > 0 and tree.texts[i].rstrip(".").lower() == "al" and tree.texts[i - 1].lower() == "et"


def _stands_alone(layers: Layers, i: int) -> bool:
    """Whether a word that is no noun heads an argument: "many blame", "the wounded"."""
    tree = layers.tree
    argument = tree.relation(i) in ("nsubj", "obj", "iobj") or (
        tree.relation(i) in ("obl", "nmod") and any(tree.deps[c] == "case" for c in tree.children[i])
    )
    if not argument or tree.pos[i] == "NUM":
        return False
    if tree.lemmas[i] in lemmas("pronouns.quantifiers"):
        return True
    return i in layers.rows and any(tree.relation(c) == "det" for c in tree.children[i])


# --- Pronouns ---


def _pronoun(layers: Layers, i: int) -> Phrase | None:
    tree = layers.tree
    word, tag = tree.texts[i].lower(), tree.tags[i]
    if tree.relation(i) in ("expl", "fixed", "cc", "mark", "advmod", "discourse") or word == "there":
        return None
    if tag in ("WP", "WDT", "WP$", "WRB"):
        if relative_antecedent(tree, i) is None:
            return None
    elif word in lemmas("pronouns.reciprocal") or tree.relation(i) == "det":
        return None
    if word in lemmas("pronouns.quantifiers"):
        return _nominal(layers, i)
    label = layers.rows[i]["type"] if i in layers.rows else ""
    return Phrase(i, i, i, i + 1, i, i + 1, MentionKind.PRONOUN, label, "")


def relative_antecedent(tree: Tree, i: int) -> int | None:
    """The noun that a relative pronoun stands for: the head of the relative clause it belongs to; None if there is none
    or the word asks a question."""
    if tree.texts[i].lower() not in lemmas("pronouns.relative") or tree.tags[i] not in ("WP", "WDT", "WP$"):
        return None
    at = i
    for _ in range(8):
        if tree.deps[at].startswith("acl:relcl"):
            antecedent = tree.heads[at]
            return antecedent if antecedent < i and tree.pos[antecedent] in ("NOUN", "PROPN", "PRON", "NUM") else None
        if tree.heads[at] == at or tree.relation(at) in ("ccomp", "advcl", "csubj"):
            return None
        at = tree.heads[at]
    return None


# --- Nominals ---


def _nominal(layers: Layers, i: int) -> Phrase:
    tree = layers.tree
    core = counted(tree, i)
    row = layers.rows.get(core) or layers.rows.get(i)
    label = row["type"] if row else ""
    start, end = minimal(tree, i, label)
    full_start, full_end = full(tree, i)
    return Phrase(i, core, start, end, min(start, full_start), max(end, full_end), MentionKind.NOMINAL, label, "")


# --- Values ---
