"""The ontology class of a mention, from the model's types, the gazetteer and the words themselves."""

from __future__ import annotations

from collections import Counter

from kgbuild import gazetteer
from kgbuild.extract.name_spans import SHIPS
from kgbuild.extract.phrases import Phrase
from kgbuild.extract.trees import Tree
from kgbuild.extract.word_lists import lemmas
from kgbuild.names import is_family_only
from kgbuild.types import MentionKind

_OF_MODEL = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "event": "Event",
    "object": "Product",
    "substance": "Product",
    "animal": "Thing",
    "plant": "Thing",
    "abstract": "Thing",
    "time": "Thing",
}
_OF_NAME = {
    "PERSON": "Person",
    "ORG": "Organization",
    "LOC": "Place",
    "GPE": "Place",
    "FAC": "Facility",
    "NORP": "Group",
}


_BODIES = frozenset({"Organization", "GovernmentBody", "MediaOrganization", "MilitaryUnit"})


def type_of(tree: Tree, phrase: Phrase) -> str:
    """The class of a phrase; "Thing" where nothing says more."""
    if phrase.kind is MentionKind.NAME:
        return _type_of_name(tree, phrase)
    if phrase.kind is MentionKind.PRONOUN:
        return _type_of_pronoun(tree, phrase)
    return _type_of_nominal(tree, phrase)


def settle_types(tree: Tree, phrases: list[Phrase], types: list[str]) -> list[str]:
    """Types with the slips of single names set right by the rest of the article.

    A name of one word that is the family name of a person named in full is that person's, unless the gazetteer knows it
    or it has its own kind of noun beside it; words that are nearly always of one type are so everywhere. A capital that
    acts is its country.
    """
    texts = [tree.doc[p.start : p.end].text if p.kind is MentionKind.NAME else "" for p in phrases]
    full = [t for t, kind in zip(texts, types, strict=True) if kind == "Person" and not is_family_only(t)]
    surnames = {t.rpartition(" ")[2] for t in full}
    parts = {part for t in full for part in t.split(" ")}
    storms = {t.rpartition(" ")[2] for t in texts if is_storm(t)}
    votes: dict[str, Counter[str]] = {}
    for text, kind in zip(texts, types, strict=True):
        votes.setdefault(text, Counter())[kind] += 1
    settled = []
    for text, kind, phrase in zip(texts, types, phrases, strict=True):
        place = kind in ("City", "Place") or (kind == "Person" and not phrase.titles and text not in parts)
        if text in storms and text not in surnames and not phrase.titles:
            kind = "Event"
        elif text and place and gazetteer.governed_from(text) and _acts(tree, phrase.head):
            kind = "Country"
        elif text and kind != "Country" and not phrase.titles:
            common, count = min(votes[text].items(), key=lambda v: (-v[1], v[0]))
            if text in surnames and not gazetteer.named(text):
                kind = "Person"
            elif common != kind and count >= 2 and count >= 2 * votes[text][kind]:
                kind = common
        settled.append(kind)
    return settled


def is_storm(text: str) -> bool:
    """Whether a name is a storm's with its kind: "Typhoon Mangkhut", "Tropical Storm Ana"."""
    found = text.casefold().split(" ")
    adjectives = lemmas("places.directions") | {"severe", "super"}
    return len(found) > 1 and found[-2] in lemmas("events.storms") and set(found[:-2]) <= adjectives


def _acts(tree: Tree, head: int) -> bool:
    """Whether a capital stands for its government: "Moscow denied it", "talks between Moscow and Kyiv"."""
    at = head
    while tree.relation(at) == "conj" and tree.pos[tree.heads[at]] == "PROPN":
        at = tree.heads[at]
    governor = tree.heads[at]
    if tree.deps[at] in ("nsubj", "obl:agent"):
        return tree.lemmas[governor] in lemmas("places.acting") | lemmas("speech.verbs")
    between = any(tree.relation(c) == "case" and tree.lemmas[c] == "between" for c in tree.children[at])
    return between and tree.lemmas[governor] in lemmas("places.relations")


def _type_of_pronoun(tree: Tree, phrase: Phrase) -> str:
    word = tree.texts[phrase.core].lower()
    if word in lemmas("pronouns.masculine") | lemmas("pronouns.feminine") | {"who", "whom", "i", "me"}:
        return "Person"
    return _OF_MODEL.get(phrase.label, "Thing")


def _type_of_name(tree: Tree, phrase: Phrase) -> str:
    text = tree.doc[phrase.start : phrase.end].text
    found = [w.casefold() for w in tree.texts[phrase.start : phrase.end]]
    broad = _OF_NAME.get(phrase.name_label) or _OF_MODEL.get(phrase.label, "Thing")
    before = tree.texts[phrase.start - 1].casefold() if phrase.start else ""
    if {found[0], before} & lemmas("events.storms") or is_storm(text):
        return "Event"
    if found[0].upper() in SHIPS and len(found) > 1 and tree.texts[phrase.start].isupper():
        return "Product"
    if broad in ("Person", "Thing") and len(found) == 1 and found[0] in lemmas("persons.members"):
        return "Group" if is_plural(tree, phrase) else broad
    if broad == "Person" and len(found) == 1 and tree.tags[phrase.core] == "NNPS":
        return "Group"
    if len(found) < 3 and gazetteer.demonym(text) and not gazetteer.country(text):
        plural = tree.tags[phrase.core] in ("NNPS", "NNS") or tree.texts[phrase.core].endswith("s")
        return "Group" if plural or broad != "Person" else "Person"
    if broad != "Organization" and any(tree.lemmas[t] in lemmas("persons.titles") for t in phrase.titles):
        return "Person"
    if "_".join(found) in lemmas("organizations.seats"):
        return "GovernmentBody"
    known = {e.type for e in gazetteer.named(text)}
    if broad == "Person" and not (len(found) > 1 and known and known <= _BODIES):
        return "Person"
    for kind in ("Country", "City", "Region", "Organization", "GovernmentBody", "MediaOrganization", "MilitaryUnit"):
        place = kind in ("Country", "City", "Region")
        agrees = broad == ("Place" if place else "Organization")
        if kind in known and (agrees or kind == "Country" or len(found) > 1 or text in gazetteer.PLAIN_ACRONYMS):
            return kind
    if broad == "Organization":
        return _organization(found)
    if broad == "Place":
        return _place(found)
    last = found[-1]
    if broad == "Event" or last in lemmas("things.event"):
        return "Event"
    return "Law" if last in lemmas("things.law") and len(found) > 1 else broad


def _organization(found: list[str]) -> str:
    ends = {found[-1], found[0], found[-1].removesuffix("s")}
    if ends & lemmas("organizations.military") and "police" not in found:
        return "MilitaryUnit"
    if found[0] in lemmas("organizations.government") - {"agency", "council", "commission"} or (
        found[-1] in lemmas("organizations.government") - {"agency", "council", "commission"}
    ):
        return "GovernmentBody"
    if found[-1] in lemmas("organizations.media") - {"network", "press", "house"} and len(found) > 1:
        return "MediaOrganization"
    return "Organization"


def _place(found: list[str]) -> str:
    if found[-1] in lemmas("places.facility"):
        return "Facility"
    if found[-1] in lemmas("places.natural") or found[-1] in lemmas("places.region") or found[0] in ("mount", "lake"):
        return "Region"
    return "Place"


def _type_of_nominal(tree: Tree, phrase: Phrase) -> str:
    lemma = tree.lemmas[phrase.core]
    plural = is_plural(tree, phrase)
    broad = _OF_MODEL.get(phrase.label, "")
    listed = _by_list(lemma)
    certain = listed == "Person" and lemma not in lemmas("persons.ambiguous")
    if not broad or certain or (broad in ("Thing", "Product") and listed in ("Organization", "Event")):
        broad = listed
    if lemma == "authority" and plural:
        return "GovernmentBody"
    if broad == "Person":
        return "Group" if plural else "Person"
    if broad == "Organization":
        if lemma in lemmas("organizations.military"):
            return "MilitaryUnit"
        return "GovernmentBody" if lemma in lemmas("organizations.government") else "Organization"
    if broad == "Place":
        if lemma in lemmas("places.country"):
            return "Country" if not plural else "Place"
        if lemma in lemmas("places.city"):
            return "City" if not plural else "Place"
        if lemma in lemmas("places.facility"):
            return "Facility"
        return "Region" if lemma in lemmas("places.region") else "Place"
    if broad == "Thing" and lemma in lemmas("things.law"):
        return "Law"
    return broad or "Thing"


def _by_list(lemma: str) -> str:
    for kind, lists in (
        ("Person", ("persons.titles", "persons.masculine", "persons.feminine", "persons.nouns", "persons.groups")),
        ("Organization", ("organizations.nouns", "organizations.government", "organizations.military")),
        ("Place", ("places.country", "places.city", "places.region", "places.facility")),
        ("Event", ("things.event",)),
        ("Product", ("things.product",)),
        ("Law", ("things.law",)),
    ):
        if any(lemma in lemmas(name) for name in lists):
            return kind
    return ""


def is_plural(tree: Tree, phrase: Phrase) -> bool:
    """Whether a phrase speaks of several: by its tag, or because its noun names a group."""
    return (
        tree.tags[phrase.core] in ("NNS", "NNPS")
        or tree.lemmas[phrase.core] in lemmas("persons.groups")
        or tree.texts[phrase.core].lower() in ("many", "several", "few", "some", "both", "others")
    )
