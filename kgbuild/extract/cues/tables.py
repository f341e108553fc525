"""Reading of the tab-separated cue files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def read_rows(name: str) -> list[list[str]]:
    """The tab-separated columns of every line of a cue file; comment lines and empty lines left out."""
    text = files("kgbuild.extract.cues").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@cache
def words(name: str) -> frozenset[str]:
    """All words of a cue file that is a plain list."""
    return frozenset(word for row in read_rows(name) for column in row for word in column.split())


@cache
def word_set(name: str, file: str = "grammar.tsv") -> frozenset[str]:
    """The words of one class in ``grammar.tsv`` or another file with the columns name and words."""
    listed = (row[1] for row in read_rows(file) if row[0] == name)
    return frozenset(word.replace("+", " ") for words_ in listed for word in words_.split())


@cache
def classes(name: str) -> dict[tuple[str, str], frozenset[str]]:
    """``(kind, word) → values`` of a cue file with the columns kind, words, value; "+" joins words of one entry."""
    found: dict[tuple[str, str], set[str]] = {}
    for kind, listed, value in read_rows(name):
        for word in listed.split():
            found.setdefault((kind, word.replace("+", " ")), set()).add(value)
    return {key: frozenset(values) for key, values in found.items()}


@cache
def preposition_roles() -> dict[str, str]:
    """The usual role of an oblique by its preposition; the first line of the file that lists it decides."""
    roles: dict[str, str] = {}
    for listed, role in read_rows("roles.tsv"):
        for word in listed.split():
            roles.setdefault(word.replace("+", " "), role)
    return roles


def embedding_classes(kind: str, lemma: str) -> frozenset[str]:
    """What a word says of the clause under it; the classes of the verb alone where its particle is not listed."""
    listed = classes("embedding.tsv")
    return listed.get((kind, lemma)) or listed.get((kind, lemma.partition(" ")[0]), frozenset())


@cache
def irregular_participles() -> dict[str, str]:
    """Lemma → past participle of the verbs whose participle does not simply end in -ed."""
    return {lemma: form for lemma, _, form in (pair.partition("/") for pair in words("participles.txt"))}


@cache
def governing_verbs() -> frozenset[str]:
    """Verbs whose passive takes an infinitive that says what is intended, asked, planned or possible."""
    wanted = {"intended", "future", "requested", "required", "possible"}
    return frozenset(
        word for (kind, word), found in classes("embedding.tsv").items() if kind == "verb" and found & wanted
    )


@dataclass(frozen=True, slots=True)
class EventNoun:
    """Whether a noun mostly names what happens, the verb it is made from, "" if there is none, and whether the list is
    our own."""

    mostly: bool
    verb: str
    own: bool = False


def event_lemma(noun: Token) -> str:
    """The dictionary form of an event noun; a gerund's is itself ("stabbing"), whatever a lemmatizer makes of it."""
    return noun.lower_ if noun.tag_ == "NN" and noun.lower_ in event_nouns() else noun.lemma_.lower()


@cache
def event_nouns() -> dict[str, EventNoun]:
    """Nouns that name events, from ``event_nouns.tsv`` and the classes event and no_event of ``nominal_events.tsv``."""
    own, never = word_set("event", "nominal_events.tsv"), word_set("no_event", "nominal_events.tsv")
    found = {
        noun: EventNoun(often == "mostly" or noun in own, "" if verb == "-" else verb, noun in own)
        for noun, often, verb in read_rows("event_nouns.tsv")
        if noun not in never
    }
    return {noun: EventNoun(True, "", True) for noun in own} | found
