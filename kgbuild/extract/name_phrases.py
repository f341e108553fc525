"""Proper names as phrases: their exact words, without titles and determiner."""

from __future__ import annotations

from kgbuild import gazetteer
from kgbuild.extract.name_spans import SHIPS, is_no_name
from kgbuild.extract.phrase_spans import full, is_value
from kgbuild.extract.phrases import Layers, Phrase
from kgbuild.extract.trees import Tree
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import MentionKind


def name_phrase(layers: Layers, i: int) -> Phrase | None:
    """The phrase of the name that a word heads, or whose title it is; None if there is none."""
    phrase = _outer_name(layers, i)
    return phrase if phrase and _looks_like_name(layers.tree, phrase) else None


def inner_name(layers: Layers, i: int) -> Phrase | None:
    """A name inside a phrase ("Kremlin" of "Kremlin spokesman"), at its own topmost word."""
    phrase = _modifying_name(layers, i)
    return phrase if phrase and _looks_like_name(layers.tree, phrase) else None


def _looks_like_name(tree: Tree, phrase: Phrase) -> bool:
    texts = tree.texts[phrase.start : phrase.end]
    if not phrase.name_label and not any(c.isalpha() for text in texts for c in text):
        return False
    if is_no_name(tree, (phrase.start, phrase.end, phrase.name_label)) or _is_part_of_title(tree, phrase.start):
        return False
    if phrase.end - phrase.start == 1 and _is_a_national(tree, phrase.start):
        return False
    return any(c.isupper() or c.isdigit() for text in texts for c in text) and len("".join(texts)) > 1


def _is_a_national(tree: Tree, i: int) -> bool:
    """ "Swede" of "the young Swede": a description of a person."""
    described = any(tree.relation(c) in ("det", "amod", "nummod") for c in tree.children[i])
    return described and tree.tags[i] in ("NN", "NNP") and _is_demonym_alone(tree.texts[i])


def _is_demonym_alone(word: str) -> bool:
    return gazetteer.demonym(word) is not None and gazetteer.country(word) is None


def _is_part_of_title(tree: Tree, i: int) -> bool:
    """ "Prime" of "Prime Minister", "State" of "Secretary of State"."""
    head = tree.lemmas[tree.heads[i]]
    if tree.lemmas[i] in lemmas("persons.title_openers"):
        return tree.relation(i) in ("amod", "compound", "flat") and head in lemmas("persons.titles")
    return tree.lemmas[i] in lemmas("persons.portfolios") and head in lemmas("persons.departments")


def _outer_name(layers: Layers, i: int) -> Phrase | None:
    tree = layers.tree
    child = _titled_name(layers, i)
    own = i in layers.name_at and not _is_title(tree, layers.names[layers.name_at[i]])
    if own and not (child is not None and gazetteer.demonym(tree.texts[i])):
        start, end, label = layers.names[layers.name_at[i]]
        start = _skip_titles(tree, start, end) if label == "PERSON" else start
        start, end = _widen(layers, *_trim(tree, start, end), label)
        start = _royal_start(tree, start, end)
        if i < start and any(tree.heads[k] == i for k in range(start, end)):
            return _named_phrase(layers, i, start, end, label, (i,))
        if start < end and start <= i < end:
            return _named_phrase(layers, i, start, end, label, _descriptions(tree, i))
    if child is not None:
        start, end, label = child
        start, end = _trim(tree, _skip_titles(tree, start, end), end)
        return _named_phrase(layers, i, start, end, label, (i,))
    if tree.pos[i] == "PROPN":
        start, end = _proper_run(tree, i)
        if not is_title_name(tree, start, end) and not is_value(layers, i):
            return _named_phrase(layers, i, start, end, "", _descriptions(tree, i))
    return None


def _widen(layers: Layers, start: int, end: int, label: str) -> tuple[int, int]:
    """A flat name with the proper nouns, years and directions that the tree joins to it.

    "OT Southern Star 7", "2015 General Election", "eastern Pacific".
    """
    tree = layers.tree
    while (
        start > 0
        and start - 1 not in layers.name_at
        and start <= tree.heads[start - 1] < end
        and not _begins_no_name(tree, start - 1)
    ):
        relation = tree.relation(start - 1)
        written = tree.texts[start - 1][:1].isupper() and not gazetteer.demonym(tree.texts[start - 1])
        written = written and tree.lemmas[start - 1] != "fellow" and not tree.tags[start - 1].startswith("VB")
        proper = written and relation in ("flat", "compound", "amod") and label != "PERSON"
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


def _named_phrase(layers: Layers, i: int, start: int, end: int, label: str, titles: tuple[int, ...]) -> Phrase:
    tree = layers.tree
    full_start, full_end = full(tree, i)
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
    if tree.lemmas[heads[0]] not in titles:
        return False
    return end - start == 1 or not any(tree.relation(k) == "flat" for k in range(start, end))


def _royal_start(tree: Tree, start: int, end: int) -> int:
    """Where a name begins to which its title belongs: "Pope Francis"."""
    royal = end - start == 1 and start > 0 and tree.lemmas[start - 1] in lemmas("persons.royal")
    return start - 1 if royal and tree.texts[start - 1][:1].isupper() and tree.heads[start - 1] == start else start


def _is_title(tree: Tree, name: tuple[int, int, str]) -> bool:
    start, end, label = name
    return label not in ("ORG", "LOC") and is_title_name(tree, start, end)


def _skip_titles(tree: Tree, start: int, end: int) -> int:
    titles = lemmas("persons.titles")
    while start < end - 1:
        said = {tree.lemmas[start].rstrip("."), tree.texts[start].lower().rstrip(".")}
        if not said & titles and tree.pos[start] != "DET":
            break
        if said & lemmas("persons.royal") and end - start == 2:
            break
        start += 1
    return start


def _trim(tree: Tree, start: int, end: int) -> tuple[int, int]:
    while start < end and _begins_no_name(tree, start):
        start += 1
    while start < end and (tree.pos[end - 1] in ("PUNCT", "SPACE", "ADP", "DET") or tree.tags[end - 1] == "POS"):
        end -= 1
    for k in range(end - 1, start, -1):
        if tree.texts[k] in (")", "]") and not any(tree.texts[m] in ("(", "[") for m in range(start, k)):
            return k + 1, end
    return start, end


def _begins_no_name(tree: Tree, i: int) -> bool:
    """Whether a word is none to begin a name with: "the", a mark, "T]he" of a quotation mended by its editor."""
    bracket = "]" in tree.texts[i][1:] and "[" not in tree.texts[i]
    other = tree.pos[i] in ("DET", "PUNCT", "ADP", "SPACE") or tree.tags[i] == "POS"
    return bracket or (other and tree.texts[i] not in SHIPS)


def _descriptions(tree: Tree, i: int) -> tuple[int, ...]:
    return tuple(c for c in tree.children[i] if tree.deps[c] == "nmod:desc" and c < i)


def _titled_name(layers: Layers, i: int) -> tuple[int, int, str] | None:
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
    if end + 1 < len(tree.pos) and tree.texts[end] == "of" and tree.heads[end] > end:
        inner = tree.heads[end]
        proper = tree.pos[inner] == "PROPN" and tree.heads[inner] == i
        if proper and tree.lemmas[i] not in lemmas("persons.titles"):
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


def _modifying_name(layers: Layers, i: int) -> Phrase | None:
    tree = layers.tree
    if i in layers.name_at:
        start, end, label = layers.names[layers.name_at[i]]
        start, end = _trim(tree, start, end)
        if not start <= i < end or start <= tree.heads[i] < end or _is_title(tree, (start, end, label)):
            return None
        if label == "MISC" and tree.pos[i] == "ADJ" and tree.doc[start:end].text not in layers.things:
            return None
        if tree.relation(i) == "amod" and gazetteer.demonym(tree.doc[start:end].text):
            return None
        start, end = _widen(layers, start, end, label)
    elif tree.pos[i] == "PROPN" and tree.relation(i) in ("compound", "amod") and not _inside_proper(tree, i):
        start, end = _proper_run(tree, i)
        label = ""
        if is_title_name(tree, start, end) or is_value(layers, i) or gazetteer.demonym(tree.doc[start:end].text):
            return None
    else:
        return None
    row = layers.rows.get(i)
    return Phrase(i, i, start, end, start, end, MentionKind.NAME, row["type"] if row else "", label)


def _inside_proper(tree: Tree, i: int) -> bool:
    """Whether a proper noun is part of a longer one: "Mexico" of "New Mexico"."""
    return tree.pos[tree.heads[i]] == "PROPN" and tree.relation(i) in ("compound", "flat")
