"""The model's flat names with the slips of its cuts mended: split at hyphens, storms without their kind, verbs and
plain nouns at their ends, two bodies taken for one, weekdays and fragments taken for names."""

from __future__ import annotations

import re

from kgbuild import gazetteer
from kgbuild.extract.trees import Tree
from kgbuild.extract.word_lists import lemmas

Name = tuple[int, int, str]
"""Half-open token interval and label."""

_NO_NAME = re.compile(r"\d+(?:st|nd|rd|th)|.*[()\[\]].*|\W+", re.IGNORECASE)
_PLAIN = frozenset({"NOUN", "VERB", "ADJ", "ADP", "ADV"})
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_PRONOMINAL = frozenset({"majesty", "highness", "hm", "hrh", "excellency"})


SHIPS = frozenset("MV MS MT SS RMS HMS HMCS HMAS HMNZS USS USCGC USNS RV INS ORP RRS FV SV MY SY".split())
"""Letters before the names of ships: of navies, and of the kinds of civil ships."""


def read_names(tree: Tree) -> list[Name]:
    """The names of a text, sorted, without overlaps."""
    names: list[Name] = []
    for start, end, label in ((e.start, e.end, e.label_) for e in tree.doc.ents):
        if names and _goes_on(tree, names[-1], start):
            start, _, label = names.pop()
        names.append((start, end, label))
    inside = {k for start, end, _ in names for k in range(start, end)}
    whole = (_as_body(tree, _as_whole(tree, _with_prefix(tree, name), inside)) for name in names)
    mended = (_trim(tree, *_with_storm(tree, part)) for name in whole for part in _parts(tree, name))
    kept = [name for name in mended if name[0] < name[1] and not is_no_name(tree, name)]
    return _apart(_with_campus(tree, kept))


def _apart(names: list[Name]) -> list[Name]:
    """The names without those that another one, mended to the left, has taken in."""
    kept: list[Name] = []
    for name in names:
        while kept and kept[-1][1] > name[0]:
            name = min(name, kept.pop(), key=lambda n: (n[0], -n[1]))
        kept.append(name)
    return kept


def _goes_on(tree: Tree, before: Name, start: int) -> bool:
    """Whether a name is the rest of the one before: "Jean" + "-Jacques Muyembe", "United" + "-States", "Jean-Yves" +
    "Le Drian", but not "Russia" + "-Ukraine"."""
    between = range(before[1], start)
    hyphen = len(between) == 1 and tree.texts[before[1]] in ("-", "‑") and _is_tight(tree, before[1])
    if not hyphen and len(between):
        return False
    flat = tree.relation(start) == "flat" and before[0] <= tree.heads[start] < before[1]
    if flat and before[2] == "PERSON":
        return True
    return hyphen and bool(gazetteer.named(f"{tree.texts[before[1] - 1]} {tree.texts[start]}"))


def _is_tight(tree: Tree, hyphen: int) -> bool:
    return not tree.doc[hyphen].whitespace_ and not tree.doc[hyphen - 1].whitespace_


def _parts(tree: Tree, name: Name) -> list[Name]:
    """Two bodies joined by "and" that each begin with a noun for bodies: "Center for Biology and Center for Food"."""
    start, end, label = name
    bodies = lemmas("organizations.nouns") | lemmas("organizations.government") | {"center", "centre"}
    for k in range(start + 2, end - 1):
        if tree.texts[k].lower() == "and" and label == "ORG":
            left = {tree.lemmas[i] for i in range(start, k)}
            if tree.lemmas[k + 1] in bodies and left & bodies and tree.relation(k + 1) == "conj":
                return [(start, k, label), (k + 1, end, label)]
    return [name]


def _with_storm(tree: Tree, name: Name) -> Name:
    """ "Hurricane" + "Maria", "Tropical Storm" + "Barry"."""
    start, end, label = name
    if start and tree.lemmas[start - 1] in lemmas("events.storms") and tree.texts[start - 1][:1].isupper():
        start, label = start - 1, "MISC"
    storm = tree.texts[start].lower() in lemmas("events.storms")
    if storm and start and tree.texts[start - 1][:1].isupper() and tree.tags[start - 1] == "JJ":
        start -= 1 if tree.heads[start - 1] in range(start, end) else 0
    return start, end, label


def _with_prefix(tree: Tree, name: Name) -> Name:
    """ "MV" + "Albrecht Penck": a ship, whatever its name is of."""
    for k in range(max(0, name[0] - 3), name[1] - 1):
        if tree.texts[k] in SHIPS and all(tree.heads[m] in range(k, name[1]) for m in range(k, name[0])):
            return k, name[1], "MISC"
    return name


def _as_whole(tree: Tree, name: Name, inside: set[int]) -> Name:
    """A name with what a hyphen ties to it: "Sea-" + "Eye", "K2" + "-18b"; not "Russia-Ukraine"."""
    start, end, label = name
    if start > 1 and tree.texts[start - 1] == "-" and start - 2 not in inside and _is_tight(tree, start - 1):
        word = tree.texts[start - 2]
        proper = tree.tags[start - 2].startswith("NNP") and word[:1].isupper() and start <= tree.heads[start - 2] < end
        if proper and tree.relation(start - 2) in ("compound", "flat") and not _is_known(word):
            start -= 2
    if end + 1 < len(tree.texts) and tree.texts[end] == "-" and _is_tight(tree, end):
        word = tree.texts[end + 1]
        tied = start <= tree.heads[end + 1] < end and tree.relation(end + 1) in ("flat", "nummod", "compound")
        proper = tree.tags[end + 1] == "NNP" and end + 1 not in inside and not _is_known(word)
        lettered = word[:1].isdigit() and word[-1:].isalpha()  # "18b", wherever the tree has it hang
        if lettered or (tied and (proper or word[:1].isdigit())):
            end += 2
    return start, end, label


def _is_known(word: str) -> bool:
    return bool(gazetteer.named(word)) or gazetteer.demonym(word) is not None


def _as_body(tree: Tree, name: Name) -> Name:
    """ "the Legislative" + "Yuan": no person has both an article and a capital adjective before one bare name."""
    start, end, label = name
    if end - start == 1 and start > 1 and label == "PERSON" and tree.texts[start - 2].lower() == "the":
        adjective = tree.tags[start - 1] == "JJ" and tree.texts[start - 1][:1].isupper()
        if adjective and tree.heads[start - 1] == start and not _is_known(tree.texts[start - 1]):
            return start - 1, end, "ORG"
    return name


def _trim(tree: Tree, start: int, end: int, label: str) -> Name:
    """Without a verb before ("Remarked Center for …") or plain nouns behind ("Rutgers University women")."""
    if label == "MISC":  # "Ebola virus disease", "Make Poverty History"
        return start, end, label
    while (
        end - start > 1 and tree.pos[end - 1] in ("NOUN", "VERB", "ADJ", "ADP", "ADV") and tree.texts[end - 1].islower()
    ):
        end -= 1
    titled = end < len(tree.texts) and tree.lemmas[end] in lemmas("persons.titles") and label == "ORG"
    if end - start > 1 and titled and tree.lemmas[end - 1] in lemmas("persons.title_modifiers"):
        end -= 1
    first = tree.texts[start]
    verb = tree.tags[start].startswith("VB") and first[:1].isupper()
    if end - start > 1 and (verb or first.lower() == "fellow") and not gazetteer.named(tree.doc[start:end].text):
        start += 1
    return start, end, label


def is_no_name(tree: Tree, name: Name) -> bool:
    """Whether words are only written like a name: "Wednesday", "Her Majesty", "115th", "Co" of "Co-operative"."""
    texts = tree.texts[name[0] : name[1]]
    lower = [t.lower() for t in texts]
    if all(t in _DAYS for t in lower) or lower[-1] in _PRONOMINAL:
        return True
    if len(texts) > 1:
        return False
    cut_off = name[1] < len(tree.texts) - 1 and tree.texts[name[1]] == "-" and _is_tight(tree, name[1])
    return bool(_NO_NAME.fullmatch(texts[0])) or (cut_off and len(texts[0]) < 3 and not texts[0].isupper())


def _with_campus(tree: Tree, names: list[Name]) -> list[Name]:
    """A state's university with the city of its campus: "University of California, Berkeley"."""
    found: list[Name] = []
    for name in names:
        if found and name[2] == "LOC" and name[0] == found[-1][1] + 1 and tree.texts[found[-1][1]] == ",":
            start, end, label = found[-1]
            of = {e.type for e in gazetteer.named(tree.doc[start + 2 : end].text)} if end - start > 2 else set()
            if label == "ORG" and tree.lemmas[start] == "university" and "Region" in of:
                found[-1] = (start, name[1], label)
                continue
        found.append(name)
    return found
