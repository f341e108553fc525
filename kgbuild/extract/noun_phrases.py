"""Noun phrases of a parsed article: which words name something or refer to it, and where the phrase begins and ends.

Reads the UD tree, the flat names (``doc.ents``) and the model's mentions (``doc._.mentions``); decides nothing about
what a phrase refers to. All intervals are half-open token intervals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kgbuild import gazetteer
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import MentionKind, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

_LEFT = frozenset("det amod compound nummod nmod flat fixed goeswith nmod:poss acl".split())
_RIGHT = frozenset("flat fixed goeswith compound nummod".split())
_WHOLE = frozenset("nmod acl appos flat fixed goeswith compound nummod amod advmod obl dep".split())
_NO_ARGUMENT = frozenset("compound flat fixed goeswith amod det case punct expl nummod cc mark advmod aux cop".split())
_IDENTIFYING = frozenset({"of", "between"})
_COMPLEMENTS = {
    "event": frozenset("on against between with to into about over for".split()),
    "abstract": frozenset("on against between with to into about over for in".split()),
}
_QUOTES = ('"', "“", "”", "``", "''")
_QUANTITY_HEADS = frozenset(
    "hundred thousand million billion dozen score lot number majority handful couple plenty variety series bit range "
    "array host multitude scores dozens tens ten rest part half third quarter amount group pair".split()
)
_PURE_QUANTITIES = _QUANTITY_HEADS - frozenset("group pair series range array rest part half third quarter amount".split())


@dataclass(frozen=True, slots=True)
class Tree:
    """A Doc as plain lists by token, so that the rules read it cheaply."""

    doc: Doc
    texts: list[str]
    lemmas: list[str]
    pos: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    left: list[int]
    right: list[int]
    sentence: list[int]

    def relation(self, i: int) -> str:
        """The relation of a word to its head without its subtype."""
        return self.deps[i].partition(":")[0]


def read_tree(doc: Doc) -> Tree:
    """The lists of a Doc; ``left``/``right`` are the edges of each word's subtree, right exclusive."""
    n = len(doc)
    heads = [t.head.i for t in doc]
    children: list[list[int]] = [[] for _ in range(n)]
    sentence = [0] * n
    for number, sent in enumerate(doc.sents):
        for i in range(sent.start, sent.end):
            sentence[i] = number
    for i, h in enumerate(heads):
        if h != i:
            children[h].append(i)
    left, right = list(range(n)), list(range(1, n + 1))
    for i in _bottom_up(heads, children):
        for c in children[i]:
            left[i], right[i] = min(left[i], left[c]), max(right[i], right[c])
    return Tree(
        doc,
        [t.text for t in doc],
        [t.lemma_.lower() or t.lower_ for t in doc],
        [t.pos_ for t in doc],
        [t.tag_ for t in doc],
        [t.dep_ for t in doc],
        heads,
        children,
        left,
        right,
        sentence,
    )


def _bottom_up(heads: list[int], children: list[list[int]]) -> Iterator[int]:
    order = [i for i, h in enumerate(heads) if h == i]
    for i in order:
        order.extend(children[i])
    return reversed(order)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    ``head`` is the word through which it hangs in the tree, ``core`` the last word of the name or the noun that is
    referred by; they differ where a title heads a name ("spokesman" of "spokesman Dmitry Peskov") or a quantity a noun
    ("dozens of people"). ``titles`` are the role nouns of a name, without determiner and comma. ``label`` is the
    model's type, ``name_label`` that of the flat name, "" where there is none.
    """

    head: int
    core: int
    start: int
    end: int
    full_start: int
    full_end: int
    kind: MentionKind
    label: str
    name_label: str
    titles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Layers:
    tree: Tree
    names: list[tuple[int, int, str]]
    name_at: dict[int, int]
    rows: dict[int, dict[str, Any]]
    things: frozenset[str]


def find_phrases(tree: Tree, furniture: Sequence[Span] = ()) -> list[Phrase]:
    """All phrases in text order; no two share a head or the same words. ``furniture`` are character spans to leave out."""
    layers = _read_layers(tree)
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


def _read_layers(tree: Tree) -> _Layers:
    doc = tree.doc
    names = [(e.start, e.end, e.label_) for e in doc.ents]
    name_at = {i: k for k, (start, end, _) in enumerate(names) for i in range(start, end)}
    rows: dict[int, dict[str, Any]] = {}
    for row in doc._.mentions if doc.has_extension("mentions") else ():
        known = rows.get(row["head"])
        if known is None or row["end"] - row["start"] > known["end"] - known["start"]:
            rows[row["head"]] = row
    things = frozenset(e.text for e in doc.ents if e.label_ != "MISC")
    return _Layers(tree, names, name_at, rows, things)


def _blocked(tree: Tree, furniture: Sequence[Span]) -> set[int]:
    if not furniture:
        return set()
    return {t.i for t in tree.doc if any(start <= t.idx < end for start, end in furniture)}


def _phrase_at(layers: _Layers, i: int) -> Phrase | None:
    tree = layers.tree
    pos, relation = tree.pos[i], tree.relation(i)
    if pos == "PRON":
        return _pronoun(layers, i)
    if tree.deps[i] == "nmod:desc" and i not in layers.name_at:
        return None
    if relation in _NO_ARGUMENT:
        return _inner_name(layers, i)
    name = _name(layers, i)
    if name is not None:
        return name
    if pos in ("NOUN", "PROPN"):
        return None if _is_value(layers, i) else _nominal(layers, i)
    if pos in ("ADJ", "DET", "VERB", "X", "NUM") and _stands_alone(layers, i):
        return _nominal(layers, i)
    return None


def _stands_alone(layers: _Layers, i: int) -> bool:
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

_PERSONAL = ("PRP", "PRP$")


def _pronoun(layers: _Layers, i: int) -> Phrase | None:
    tree = layers.tree
    word, tag = tree.texts[i].lower(), tree.tags[i]
    if tree.relation(i) in ("expl", "fixed", "cc", "mark", "advmod", "discourse") or word == "there":
        return None
    if tag in ("WP", "WDT", "WP$", "WRB"):
        if relative_antecedent(tree, i) is None:
            return None
    elif word in lemmas("pronouns.reciprocal") and not _is_personal(tree, i):
        return None
    elif tree.relation(i) == "det":
        return None
    if word in lemmas("pronouns.quantifiers"):
        return _nominal(layers, i)
    label = layers.rows[i]["type"] if i in layers.rows else ""
    return Phrase(i, i, i, i + 1, i, i + 1, MentionKind.PRONOUN, label, "")


def _is_personal(tree: Tree, i: int) -> bool:
    return tree.tags[i] in _PERSONAL


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


# --- Names ---


def _name(layers: _Layers, i: int) -> Phrase | None:
    tree = layers.tree
    if i in layers.name_at and not is_title_name(tree, *layers.names[layers.name_at[i]][:2]):
        start, end, label = layers.names[layers.name_at[i]]
        start = _skip_titles(tree, start, end) if label == "PERSON" else start
        start, end = _widen(layers, *_trim(tree, start, end), label)
        if i < start and any(tree.heads[k] == i for k in range(start, end)):
            return _named_phrase(layers, i, start, end, label, (i,))
        if start < end and start <= i < end:
            return _named_phrase(layers, i, start, end, label, _descriptions(tree, i))
    child = _titled_name(layers, i)
    if child is not None:
        start, end, label = child
        start, end = _trim(tree, _skip_titles(tree, start, end), end)
        return _named_phrase(layers, i, start, end, label, (i,))
    if tree.pos[i] == "PROPN":
        start, end = _proper_run(tree, i)
        if not is_title_name(tree, start, end) and not _is_value(layers, i):
            return _named_phrase(layers, i, start, end, "", _descriptions(tree, i))
    return None


def _widen(layers: _Layers, start: int, end: int, label: str) -> tuple[int, int]:
    """A flat name with the proper nouns and directions that the tree joins to it: "OT Southern Star 7", "eastern Pacific"."""
    tree = layers.tree
    while start > 0 and start - 1 not in layers.name_at and start <= tree.heads[start - 1] < end:
        relation = tree.relation(start - 1)
        proper = tree.pos[start - 1] == "PROPN" and relation in ("flat", "compound") and label != "PERSON"
        year = label in ("MISC", "") and tree.tags[start - 1] == "CD" and len(tree.texts[start - 1]) == 4
        direction = label == "LOC" and relation == "amod" and tree.lemmas[start - 1] in lemmas("places.directions")
        if not (proper or direction or year):
            break
        start -= 1
    while (
        end < len(tree.pos)
        and end not in layers.name_at
        and tree.pos[end] in ("PROPN", "NUM")
        and tree.relation(end) in ("flat", "compound", "nummod")
        and start <= tree.heads[end] < end
    ):
        end += 1
    return start, end


def _named_phrase(layers: _Layers, i: int, start: int, end: int, label: str, titles: tuple[int, ...]) -> Phrase:
    tree = layers.tree
    full_start, full_end = _full(tree, i)
    row = layers.rows.get(i)
    return Phrase(
        i,
        i if start <= i < end else end - 1,
        start,
        end,
        min(start, full_start),
        max(end, full_end),
        MentionKind.NAME,
        row["type"] if row else "",
        label,
        titles,
    )


def is_title_name(tree: Tree, start: int, end: int) -> bool:
    """Whether words that look like a name are an office alone: "President", "Prime Minister", "Secretary of State"."""
    titles = lemmas("persons.titles")
    heads = [k for k in range(start, end) if not start <= tree.heads[k] < end] or [end - 1]
    if tree.lemmas[heads[0]] not in titles and tree.lemmas[end - 1] not in titles:
        return False
    return end - start == 1 or not any(tree.relation(k) == "flat" for k in range(start, end))


def _skip_titles(tree: Tree, start: int, end: int) -> int:
    titles = lemmas("persons.titles")
    while start < end - 1 and (
        tree.lemmas[start].rstrip(".") in titles or tree.texts[start].lower().rstrip(".") in titles or tree.pos[start] == "DET"
    ):
        start += 1
    return start


def _trim(tree: Tree, start: int, end: int) -> tuple[int, int]:
    while start < end and (tree.pos[start] in ("DET", "PUNCT", "ADP", "SPACE") or tree.tags[start] == "POS"):
        start += 1
    while start < end and (tree.pos[end - 1] in ("PUNCT", "SPACE") or tree.tags[end - 1] == "POS"):
        end -= 1
    return start, end


def _descriptions(tree: Tree, i: int) -> tuple[int, ...]:
    return tuple(c for c in tree.children[i] if tree.deps[c] == "nmod:desc" and c < i)


def _titled_name(layers: _Layers, i: int) -> tuple[int, int, str] | None:
    """The person's name after a role noun that heads it, without comma or determiner between them."""
    tree = layers.tree
    if tree.pos[i] not in ("NOUN", "PROPN", "ADJ"):
        return None
    for c in tree.children[i]:
        if c < i or tree.relation(c) not in ("flat", "appos") or c not in layers.name_at:
            continue
        start, end, label = layers.names[layers.name_at[c]]
        start = _trim(tree, start, end)[0]
        between = range(i + 1, start)
        if any(tree.texts[k] in (",", "(", "-", "–", "—", ":", '"', "“") for k in between):
            continue
        if tree.relation(c) == "flat" and label != "PERSON" and tree.pos[i] == "PROPN":
            continue
        if not any(tree.relation(k) == "det" and k >= i for k in tree.children[c]):
            return start, end, label
    return None


def _proper_run(tree: Tree, i: int) -> tuple[int, int]:
    """The proper nouns that stand together with a head: compounds before it, flat parts and "of" names after it."""
    start, end = i, i + 1
    while start > 0 and tree.pos[start - 1] in ("PROPN",) and _belongs(tree, start - 1, i):
        start -= 1
    while end < len(tree.pos) and tree.pos[end] in ("PROPN", "NUM") and _belongs(tree, end, i):
        end += 1
    of = end
    if of + 1 < len(tree.pos) and tree.texts[of] == "of" and tree.heads[of] > of and tree.pos[tree.heads[of]] == "PROPN":
        inner = tree.heads[of]
        if tree.heads[inner] == i and tree.lemmas[i] not in lemmas("persons.titles"):
            end = max(_proper_run(tree, inner)[1], inner + 1)
    return start, end


def _belongs(tree: Tree, k: int, i: int) -> bool:
    at = k
    for _ in range(6):
        if tree.relation(at) not in ("compound", "flat", "nummod", "amod", "goeswith", "fixed"):
            return False
        at = tree.heads[at]
        if at == i:
            return True
    return False


def _inner_name(layers: _Layers, i: int) -> Phrase | None:
    """A name inside a phrase ("Kremlin" of "Kremlin spokesman"), at its own topmost word."""
    tree = layers.tree
    if i in layers.name_at:
        start, end, label = layers.names[layers.name_at[i]]
        start, end = _trim(tree, start, end)
        if not start <= i < end or start <= tree.heads[i] < end or is_title_name(tree, start, end):
            return None
        if label == "MISC" and tree.pos[i] == "ADJ" and tree.doc[start:end].text not in layers.things:
            return None
        if tree.relation(i) == "amod" and gazetteer.demonym(tree.doc[start:end].text):
            return None
        start, end = _widen(layers, start, end, label)
    elif tree.pos[i] == "PROPN" and tree.relation(i) in ("compound", "amod") and not _inside_proper(tree, i):
        start, end = _proper_run(tree, i)
        label = ""
        if is_title_name(tree, start, end) or _is_value(layers, i) or gazetteer.demonym(tree.doc[start:end].text):
            return None
    else:
        return None
    row = layers.rows.get(i)
    return Phrase(i, i, start, end, start, end, MentionKind.NAME, row["type"] if row else "", label)


def _inside_proper(tree: Tree, i: int) -> bool:
    """Whether a proper noun is part of a longer one: "Mexico" of "New Mexico"."""
    return tree.pos[tree.heads[i]] == "PROPN" and tree.relation(i) in ("compound", "flat")


# --- Nominals ---


def _nominal(layers: _Layers, i: int) -> Phrase:
    tree = layers.tree
    core = _counted(tree, i)
    row = layers.rows.get(core) or layers.rows.get(i)
    label = row["type"] if row else ""
    start, end = minimal(tree, i, label)
    full_start, full_end = _full(tree, i)
    return Phrase(i, core, start, end, min(start, full_start), max(end, full_end), MentionKind.NOMINAL, label, "")


def _counted(tree: Tree, i: int) -> int:
    """The noun that a quantity noun counts: "people" of "dozens of people"."""
    if tree.lemmas[i] in _PURE_QUANTITIES:
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
        if c < i and (tree.relation(c) in _LEFT or tree.deps[c] in _LEFT) and not _is_clause(tree, c):
            start = min(start, tree.left[c])
    start = _cut(tree, start, i)
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
        elif relation != "punct" or tree.texts[c] not in ("-", "'", '"', "”", "“"):
            break
    return start, end


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


def _is_clause(tree: Tree, c: int) -> bool:
    return tree.relation(c) == "acl" and any(tree.relation(k) in ("nsubj", "mark", "obj") for k in tree.children[c])


def _marker(tree: Tree, c: int) -> str:
    return next((tree.texts[k].lower() for k in tree.children[c] if tree.relation(k) == "case"), "")


def _full(tree: Tree, i: int) -> tuple[int, int]:
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


# --- Values ---


def _is_value(layers: _Layers, i: int) -> bool:
    """Whether a noun is a time, a number or a quantity of something measured."""
    tree = layers.tree
    lemma = tree.lemmas[i]
    if tree.pos[i] in ("NUM", "SYM") or tree.tags[i] in ("CD", "$"):
        return True
    row = layers.rows.get(i)
    if (row is not None and row["type"] == "time") or (row is None and lemma in lemmas("values.times")):
        return True
    counted = any(tree.relation(c) == "nummod" or tree.pos[c] == "SYM" for c in tree.children[i])
    if counted and lemma in lemmas("values.times") and lemma not in ("time", "moment"):
        return True
    if lemma in lemmas("values.units") and (counted or lemma in ("percent", "%", "$")):
        return _counted(tree, i) == i
    return False
