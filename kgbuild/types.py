"""The records that the stages hand to each other. Frozen, without behaviour beyond their ids.

All offsets are half-open character intervals ``[start, end)`` of ``Article.text``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import escape

Span = tuple[int, int]


class Role(StrEnum):
    """What an argument is to its predicate."""

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    CONTENT = "content"
    TOPIC = "topic"
    INSTRUMENT = "instrument"
    BENEFICIARY = "beneficiary"
    SOURCE = "source"
    DESTINATION = "destination"
    PLACE = "place"
    TIME = "time"
    QUANTITY = "quantity"
    MANNER = "manner"
    PURPOSE = "purpose"
    CAUSE = "cause"
    ATTRIBUTE = "attribute"
    COMITATIVE = "comitative"
    OTHER = "other"


class PredicateKind(StrEnum):
    """The word class, or the construction, that carries a predicate."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    COPULA = "copula"
    APPOSITION = "apposition"
    POSSESSIVE = "possessive"


class Polarity(StrEnum):
    """Whether a statement affirms or denies its proposition."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How the proposition stands to what happened, at the statement's own level of attribution."""

    ACTUAL = "actual"
    POSSIBLE = "possible"
    FUTURE = "future"
    INTENDED = "intended"
    REQUIRED = "required"
    REQUESTED = "requested"
    CONDITIONAL = "conditional"


class AttributionKind(StrEnum):
    """How a speaker's words came into the article."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    ACCORDING_TO = "according_to"
    HEARSAY = "hearsay"


class MentionKind(StrEnum):
    """By what kind of phrase a mention refers."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


def content_id(*parts: object, length: int = 16) -> str:
    """Hexadecimal hash of the parts, equal wherever they are equal; None and "" differ."""
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:length]


@dataclass(frozen=True, slots=True)
class Article:
    """A news item as read. The text is cleaned once, by ingest, and never changed afterwards.

    ``title`` is the title of the metadata and no part of ``text``; ``date`` is ISO (YYYY-MM-DD); ``path`` is
    relative to the path that the user named, with forward slashes.
    """

    text: str
    title: str | None = None
    date: str | None = None
    outlet: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    path: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", content_id(self.text, self.title, self.date, self.outlet, self.url))


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names something or refers to it.

    ``start``/``end`` hold the head with what identifies it ("Dmitry Peskov", "the Ukrainian border");
    ``full`` the whole noun phrase. ``head`` is the span of the head word. Mentions of one article with the same
    ``chain`` refer to the same thing (coreference within the article). ``type`` is an ontology class name
    (Person, Organization, Country, City, Place, Event, ...).
    """

    start: int
    end: int
    text: str
    type: str
    kind: MentionKind
    chain: int
    head: Span
    full: Span

    @property
    def span(self) -> Span:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant or circumstance of a predicate: a mention, a literal, or another statement.

    ``mention`` is the span of the filling mention, ``entity`` the id of what it refers to (known after
    resolution), ``statement`` the id of a nested statement. ``value`` holds ``{"date"}``, ISO 8601 as short as it goes
    ("2019-03", "2019", "2019-03-05/2019-03-07"), or ``{"number", "unit"}`` and more where the words say so: ``upper``,
    ``comparison``, ``approximate``, ``of``, ``currency`` (see `kgbuild.extract.quantities`).
    """

    role: Role
    text: str
    start: int
    end: int
    marker: str | None = None
    mention: Span | None = None
    entity: str | None = None
    value: Mapping[str, object] | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Predicate:
    """The word, or words, that say what relates the arguments; ``lemma`` includes particles ("carry out")."""

    lemma: str
    text: str
    start: int
    end: int
    kind: PredicateKind
    sense: str | None = None
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says so. ``mention`` is the span of the source's mention; ``cue`` the word that attributes ("said")."""

    text: str
    start: int
    end: int
    cue: str
    kind: AttributionKind
    mention: Span | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """Words of time and the days they denote, as ISO dates, both inclusive.

    Both are None where the words cannot be resolved ("recently"), one where that side is open: "since 2007" has no end,
    "before Friday" no start.
    """

    text: str
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Triple:
    """One binary reading of a statement. Mentions and entities are None where an end is no entity."""

    subject_text: str
    relation: str
    object_text: str
    subject_mention: Span | None = None
    object_mention: Span | None = None
    subject: str | None = None
    object: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and its place: ``article.text[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One predicate occurrence with its arguments, and what the passage commits to.

    ``attribution`` lists the sources, outermost speaker last. ``asserted`` is the truth gate: true only if the
    statement is positive, actual, unattributed and not ended. ``confidence`` is the probability that every part is
    right.
    """

    id: str
    article: str
    sentence: Sentence
    predicate: Predicate
    arguments: tuple[Argument, ...]
    polarity: Polarity
    modality: Modality
    attribution: tuple[Attribution, ...]
    time: TimeSpan | None
    place_mention: Span | None
    ended: bool
    asserted: bool
    confidence: float
    triples: tuple[Triple, ...]
    place: str | None = None

    def _repr_html_(self) -> str:
        """For Jupyter: the sentence with its predicate and arguments marked, and what the statement commits to."""
        marks = [(self.predicate.start, self.predicate.end, "predicate", "#fde68a")]
        marks += [(a.start, a.end, a.role.value, "#bfdbfe") for a in self.arguments]
        marks += [(a.start, a.end, "speaker", "#ddd6fe") for a in self.attribution]
        html, at = "", self.sentence.start
        for start, end, name, colour in sorted(marks, key=lambda mark: (mark[0], -mark[1])):
            if at <= start < end <= self.sentence.end:
                html += escape(self.sentence.text[at - self.sentence.start : start - self.sentence.start])
                words = escape(self.sentence.text[start - self.sentence.start : end - self.sentence.start])
                html += f'<mark style="background:{colour}" title="{name}">{words}</mark>'
                at = end
        html += escape(self.sentence.text[at - self.sentence.start :])
        badges = [self.polarity.value, self.modality.value, "asserted" if self.asserted else "not asserted"]
        badges += [f"says {source.text or 'somebody'}" for source in self.attribution]
        shown = " ".join(f"<small><b>[{escape(badge)}]</b></small>" for badge in badges)
        return f"<p>{shown}<br>{html}</p>"


@dataclass(frozen=True, slots=True)
class Skipped:
    """An input that was not read, and why, in one line."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """All that one article contributes: a pure function of the article, the model and the settings."""

    article: Article
    n_sentences: int
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class EntityMention:
    """Where an entity is mentioned."""

    article: str
    start: int
    end: int
    text: str
    kind: MentionKind


@dataclass(frozen=True, slots=True)
class Entity:
    """What a set of mentions refers to. ``name`` is the fullest proper name seen, in its English form."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...]
    identifiers: Mapping[str, str]
    mentions: tuple[EntityMention, ...]

    @property
    def named(self) -> bool:
        """Whether any mention is a proper name."""
        return any(m.kind is MentionKind.NAME for m in self.mentions)
