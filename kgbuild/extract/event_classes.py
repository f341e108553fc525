"""Which class of event a predicate names: by its sense, its words, and what its arguments are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kgbuild.errors import InputError
from kgbuild.extract.clauses import children
from kgbuild.extract.cues.tables import event_lemma, event_nouns, word_set
from kgbuild.extract.event_nouns import reads_as_verb
from kgbuild.types import Argument, Mention, Predicate, PredicateKind, Role, Span
from kgbuild.vocabulary import ENTITY_CLASSES, EVENT_CLASSES, ontology_folder, superclasses

if TYPE_CHECKING:
    from spacy.tokens import Token

KINDS = ("verb", "noun", "sense")
GROUPS = {
    "Agent": frozenset("Person Group Organization GovernmentBody MediaOrganization MilitaryUnit Country".split()),
    "Place": frozenset(name for name in ENTITY_CLASSES if "Place" in superclasses(name)),
}
"""Names in conditions that stand for several types."""
NONE = "-"
ANY = "*"


@dataclass(frozen=True, slots=True)
class Condition:
    """What an argument must be: ``name`` is a role or "marker", ``allowed`` the types or prepositions, "-" for no such
    argument, or "*" for any."""

    name: str
    allowed: frozenset[str]

    def holds(self, arguments: Sequence[Argument], types: Mapping[Span, str]) -> bool:
        if self.name == "marker":
            markers = {a.marker for a in arguments if a.marker}
            return not markers if NONE in self.allowed else bool(markers & self.allowed)
        found = [a for a in arguments if a.role == self.name]
        if NONE in self.allowed:
            return not found
        return any(ANY in self.allowed or (a.mention and types.get(a.mention) in self.allowed) for a in found)


@dataclass(frozen=True, slots=True)
class Rule:
    """One word or sense of a line: its class, None for "-", and the conditions."""

    event: str | None
    conditions: tuple[Condition, ...]

    def fits(self, arguments: Sequence[Argument], types: Mapping[Span, str]) -> bool:
        return all(condition.holds(arguments, types) for condition in self.conditions)


class EventRules:
    """The rules of one or more files, the later ones asked only where no rule of the earlier fits."""

    def __init__(self, *files: Iterable[tuple[str, str, Rule]]) -> None:
        self._rules: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        for rows in files:
            ordered = sorted(rows, key=lambda row: not row[2].conditions)  # stable: else the order of the file
            for kind, word, rule in ordered:
                self._rules[kind, word].append(rule)

    def __contains__(self, key: tuple[str, str]) -> bool:
        return key in self._rules

    def find(
        self, keys: Sequence[tuple[str, str]], arguments: Sequence[Argument], types: Mapping[Span, str]
    ) -> str | None:
        """The class of the first rule that fits, the keys (kind, word) tried in order."""
        rules = (rule for key in keys for rule in self._rules.get(key, ()))
        return next((rule.event for rule in rules if rule.fits(arguments, types)), None)


def parse_rules(text: str, name: str) -> Iterator[tuple[str, str, Rule]]:
    """The rules of a file's text as (kind, word, rule). Raises `InputError` that names file and line."""
    for number, line in enumerate(text.splitlines(), 1):
        columns = [column.strip() for column in line.split("\t")]
        if not line.strip() or line.startswith("#") or columns[:2] == ["class", "kind"]:
            continue
        where = f"{name} line {number}"
        if len(columns) not in (3, 4):
            raise InputError(f"{where}: {len(columns)} columns; give class, kind, words and maybe when, parted by tabs")
        event, kind, words, when = [*columns, ""][:4]
        if event != NONE and event not in EVENT_CLASSES:
            raise InputError(f"{where}: no event class {event!r}; the classes are {', '.join(sorted(EVENT_CLASSES))}")
        if kind not in KINDS:
            raise InputError(f"{where}: no kind {kind!r}; give one of {', '.join(KINDS)}")
        if not words:
            raise InputError(f"{where}: no words in the third column")
        rule = Rule(None if event == NONE else event, tuple(_condition(part, where) for part in when.split()))
        yield from ((kind, word.replace("+", " "), rule) for word in words.split())


def _condition(text: str, where: str) -> Condition:
    name, colon, allowed = text.partition(":")
    values = frozenset(filter(None, allowed.split(",")))
    if not colon or not values or name not in {*Role, "marker"}:
        raise InputError(f"{where}: no condition {text!r}; give a role or marker, a colon, and types or prepositions")
    types = frozenset(one for value in values for one in GROUPS.get(value, {value}))
    wrong = sorted(types - ENTITY_CLASSES.keys() - {NONE, ANY}) if name != "marker" else []
    if wrong:
        raise InputError(f"{where}: no type {wrong[0]!r}; the types are {', '.join(sorted(ENTITY_CLASSES))}, Agent")
    return Condition(name, types)


@lru_cache(maxsize=4)
def event_rules(own: str = "") -> EventRules:
    """The shipped rules, after those of the text ``own``."""
    path = ontology_folder() / "events.tsv"
    return EventRules(parse_rules(own, "--events"), parse_rules(path.read_text(encoding="utf-8"), path.name))


class EventClasses:
    """Classifies the predicates of one article."""

    def __init__(self, mentions: Iterable[Mention], own: str) -> None:
        self._rules = event_rules(own)
        self._types = {mention.span: mention.type for mention in mentions}

    def classed(self, predicate: Predicate, arguments: Sequence[Argument], head: Token) -> Predicate:
        """The predicate with its class. A verb that only says that its object takes place ("launched an attack") has
        the object's class."""
        keys: list[tuple[str, str]] = []
        if predicate.kind is PredicateKind.NOUN:
            keys = self._keys_of_noun(head)
        elif predicate.kind is PredicateKind.VERB:
            if predicate.lemma in word_set("holding", "nominal_events.tsv"):
                keys = [key for noun in children(head, "obj", "nsubj:pass") for key in self._keys_of_noun(noun)]
            keys.append(("verb", predicate.lemma))
        if predicate.sense is not None:
            keys.insert(0, ("sense", predicate.sense))
        event = self._rules.find(keys, arguments, self._types)
        return predicate if event is None else replace(predicate, event=event)

    def _keys_of_noun(self, noun: Token) -> list[tuple[str, str]]:
        """A noun, and where no line has it the verb that it is made from."""
        lemma = event_lemma(noun)
        known = event_nouns().get(lemma)
        if known is None or ("noun", lemma) in self._rules or not reads_as_verb(noun, known):
            return [("noun", lemma)]
        return [("verb", known.verb)]
