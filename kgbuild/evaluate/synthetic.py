"""A graph of any size with the shape of one built from news, to measure on: not from articles, but as regular as one.

Proportions are those of the graph of 171 Wikinews articles of 2019: 20 sentences an article, three statements a
sentence, half of the subjects and a sixth of the objects named, a third of the objects no entity, names mentioned
unequally often, four statements in ten attributed, one in eighteen denied, one in eleven planned, one in ten dated.
"""

from __future__ import annotations

import random
from datetime import date, timedelta

from kgbuild.graph import KnowledgeGraph, assemble
from kgbuild.settings import Settings
from kgbuild.types import (
    Argument,
    Article,
    Attribution,
    AttributionKind,
    Entity,
    EntityMention,
    MentionKind,
    Modality,
    Polarity,
    Predicate,
    PredicateKind,
    Record,
    Role,
    Sentence,
    Span,
    Statement,
    TimeSpan,
    Triple,
    content_id,
)

STATEMENTS_PER_SENTENCE = 3
SENTENCES_PER_ARTICLE = 20
_VERBS = ("meet", "attack", "support", "visit", "accuse", "call", "send", "win", "join", "leave", "buy", "arrest")
_OBJECTS = ("troops", "workers", "a plan", "the bill", "talks", "weapons", "a deal", "the ceasefire", "voters")
_TYPES = ("Person", "Organization", "Country", "City", "GovernmentBody")
_FIRST_DAY = date(2019, 1, 1)


def synthetic_graph(n_statements: int, seed: int = 0) -> KnowledgeGraph:
    """A graph of about so many statements; the same for the same number and seed. Its offsets lead to its words."""
    made = _Maker(random.Random(seed), max(10, n_statements // 5))
    n_articles = max(1, round(n_statements / (STATEMENTS_PER_SENTENCE * SENTENCES_PER_ARTICLE)))
    records = [made.record(n) for n in range(n_articles)]
    return assemble(records, made.entities(), made.entity_of, Settings())


class _Maker:
    def __init__(self, random_: random.Random, n_names: int) -> None:
        self.random = random_
        self.names = [
            f"{random_.choice('ABCDEFGHKLMNPRSTVW')}{content_id(n, length=5)} Name{n}" for n in range(n_names)
        ]
        self.weights = [1 / (n + 1) for n in range(n_names)]
        self.mentions: dict[tuple[str, str], list[EntityMention]] = {}
        self.entity_of: dict[tuple[str, Span], str] = {}

    def entities(self) -> list[Entity]:
        return [
            Entity(content_id(key, kind), key.partition("/")[0], kind, (), {}, tuple(mentions))
            for (key, kind), mentions in self.mentions.items()
        ]

    def record(self, number: int) -> Record:
        text, plans = "", []
        chosen = self.random.choices(range(len(self.names)), self.weights, k=30)
        for _ in range(SENTENCES_PER_ARTICLE):
            start = len(text)
            clauses = []
            for n in range(STATEMENTS_PER_SENTENCE):
                text += ", and " if n else ""
                clauses.append(self._clause(len(text), chosen))
                text += clauses[-1][0]
            text += ". "
            plans.append((start, len(text) - 1, clauses))
        article = Article(
            text=text.rstrip(),
            title=f"Article {number}",
            date=(_FIRST_DAY + timedelta(days=number % 365)).isoformat(),
            outlet=f"Outlet {number % 9}",
            language="en",
            path=f"{number}.txt",
        )
        statements = [
            self._statement(article, Sentence(start, end, article.text[start:end]), clause)
            for start, end, clauses in plans
            for clause in clauses
        ]
        return Record(article, SENTENCES_PER_ARTICLE, (), tuple(statements))

    def _clause(self, start: int, chosen: list[int]) -> tuple[str, list[tuple[str, Span]], int]:
        """Words, the parts with their spans (speaker or "", subject, verb, object, place or ""), the verb's number."""
        verb = self.random.randrange(len(_VERBS))
        subject = self.names[self.random.choice(chosen)] if self.random.random() < 0.5 else "officials"
        chance = self.random.random()
        object_ = self.names[self.random.choice(chosen)] if chance < 0.17 else self.random.choice(_OBJECTS)
        object_ = f"{self.random.randrange(2, 1000)} percent" if chance > 0.67 else object_
        speaker = self.names[self.random.choice(chosen)] if self.random.random() < 0.37 else ""
        place = self.names[self.random.choice(chosen)] if self.random.random() < 0.04 else ""
        words, parts = "", []
        for lead, part in (
            ("", speaker),
            (" says " if speaker else "", subject),
            (" ", _VERBS[verb]),
            (" ", object_),
            (" in " if place else "", place),
        ):
            words += lead
            parts.append((part, (start + len(words), start + len(words) + len(part))))
            words += part
        return words, parts, verb

    def _statement(
        self, article: Article, sentence: Sentence, clause: tuple[str, list[tuple[str, Span]], int]
    ) -> Statement:
        _, ((speaker, speaker_at), (subject, at), (verb, verb_at), (object_, object_at), (place, place_at)), _ = clause
        number = object_.removesuffix(" percent")
        literal = number != object_
        for words, span in ((speaker, speaker_at), (subject, at), (object_, object_at), (place, place_at)):
            if words and (words != object_ or not literal):
                self._mention(article.id, words, span)
        chance = self.random.random()
        polarity = Polarity.NEGATIVE if chance < 0.055 else Polarity.POSITIVE
        modality = Modality.FUTURE if 0.055 <= chance < 0.145 else Modality.ACTUAL
        day = (_FIRST_DAY + timedelta(days=self.random.randrange(365))).isoformat()
        arguments = [
            Argument(Role.AGENT, subject, *at, mention=at),
            Argument(Role.QUANTITY, object_, *object_at, value={"number": int(number), "unit": "percent"})
            if literal
            else Argument(Role.PATIENT, object_, *object_at, mention=object_at),
        ]
        triples = [Triple(subject, verb, object_, at, None if literal else object_at)]
        if place:
            arguments.append(Argument(Role.PLACE, place, *place_at, marker="in", mention=place_at))
            triples.append(Triple(subject, f"{verb} {object_} in"[:40], place, at, place_at))
        return Statement(
            id=content_id(article.id, verb_at),
            article=article.id,
            sentence=sentence,
            predicate=Predicate(verb, verb, *verb_at, PredicateKind.VERB, f"{verb}.01"),
            arguments=tuple(arguments),
            polarity=polarity,
            modality=modality,
            attribution=(
                (Attribution(speaker, *speaker_at, "says", AttributionKind.INDIRECT, speaker_at),) if speaker else ()
            ),
            time=TimeSpan(day, day, day) if self.random.random() < 0.1 else None,
            place_mention=place_at if place else None,
            ended=False,
            asserted=True,
            confidence=round(self.random.uniform(0.4, 1), 2),
            triples=tuple(triples),
        )

    def _mention(self, article: str, words: str, span: Span) -> None:
        named = "Name" in words
        key = words if named else f"{words}/{article}/{span[0]}"
        kind = _TYPES[len(words) % len(_TYPES)] if named else "Thing"
        mention = EntityMention(article, *span, words, MentionKind.NAME if named else MentionKind.NOMINAL)
        self.mentions.setdefault((key, kind), []).append(mention)
        self.entity_of[article, span] = content_id(key, kind)
