"""Graphs built by hand for the tests of the page."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

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
    Role,
    Sentence,
    Statement,
    TimeSpan,
    Triple,
    content_id,
)


@dataclass(frozen=True)
class Drawn:
    """What the page asks of a knowledge graph."""

    articles: tuple[Article, ...] = ()
    statements: tuple[Statement, ...] = ()
    entities: tuple[Entity, ...] = ()


@dataclass
class Told:
    """A graph that grows sentence by sentence; every sentence becomes a paragraph of the one article."""

    date: str | None = "2022-01-21"
    outlet: str | None = "Corriere"
    title: str | None = "Geneva talks"
    url: str | None = None
    text: str = ""
    types: dict[str, str] = field(default_factory=dict)
    unnamed: set[str] = field(default_factory=set)
    said: list[dict[str, object]] = field(default_factory=list)

    def say(self, sentence: str, subject: str, relation: str, object_: str, **more: object) -> Told:
        start = len(self.text)
        self.text += sentence + "\n\n"
        self.said.append({"start": start, "sentence": sentence, "triple": (subject, relation, object_), **more})
        return self

    def build(self) -> Drawn:
        article = Article(text=self.text, title=self.title, date=self.date, outlet=self.outlet, url=self.url)
        names = {n for s in self.said for n in (*s["triple"][::2], s.get("speaker")) if n}
        known = {name: entity_id(name) for name in sorted(names) if name not in self.unnamed or name in self.types}
        return Drawn(
            (article,),
            tuple(_statement(article, k, told, known) for k, told in enumerate(self.said)),
            tuple(self._entity(article, name, known[name]) for name in sorted(known)),
        )

    def _entity(self, article: Article, name: str, entity: str) -> Entity:
        kind = MentionKind.NOMINAL if name in self.unnamed else MentionKind.NAME
        found = [m.span() for m in re.finditer(re.escape(name), article.text)]
        mentions = tuple(EntityMention(article.id, start, end, name, kind) for start, end in found)
        return Entity(entity, name, self.types.get(name, "Thing"), (name,), {}, mentions)


def entity_id(name: str) -> str:
    return content_id("entity", name)


def _statement(article: Article, k: int, told: dict, known: dict[str, str]) -> Statement:
    start, sentence = told["start"], told["sentence"]
    subject, relation, object_ = told["triple"]

    def span(words: str) -> tuple[int, int]:
        at = max(sentence.find(words), 0)
        return (start + at, start + at + len(words))

    word = told.get("word", relation.split()[0])
    speaker = told.get("speaker")
    said = ()
    if speaker:
        said = (Attribution(speaker, *span(speaker), "said", AttributionKind.INDIRECT, entity=known.get(speaker)),)
    polarity = Polarity.NEGATIVE if told.get("denied") else Polarity.POSITIVE
    modality = told.get("modality", Modality.ACTUAL)
    asserted = polarity is Polarity.POSITIVE and modality is Modality.ACTUAL and not said and not told.get("ended")
    time = told.get("time")
    return Statement(
        id=content_id(article.id, k),
        article=article.id,
        sentence=Sentence(start, start + len(sentence), sentence),
        predicate=Predicate(relation.split()[0], word, *span(word), PredicateKind.VERB),
        arguments=(
            Argument(Role.AGENT, subject, *span(subject), entity=known.get(subject)),
            Argument(Role.PATIENT, object_, *span(object_), entity=known.get(object_)),
        ),
        polarity=polarity,
        modality=modality,
        attribution=said,
        time=TimeSpan(time, "2022-02-16", "2022-02-16") if time else None,
        place_mention=None,
        ended=bool(told.get("ended")),
        asserted=asserted,
        confidence=0.9,
        triples=(Triple(subject, relation, object_, subject=known.get(subject), object=known.get(object_)),),
    )


TYPES = {
    "Russia": "Country",
    "Ukraine": "Country",
    "Geneva": "City",
    "Belarus": "Country",
    "Washington": "City",
    "Sergey Lavrov": "Person",
    "Antony Blinken": "Person",
    "Joe Biden": "Person",
    "Vladimir Putin": "Person",
    "NATO": "Organization",
    "Kremlin": "Organization",
    "Dmitry Peskov": "Person",
}


def small() -> Drawn:
    """Every way of drawing an edge once, one pair with edges in both directions, one unnamed participant."""
    told = Told(types=TYPES, unnamed={"troops", "100,000 soldiers"})
    told.say("Antony Blinken met Sergey Lavrov in Geneva.", "Antony Blinken", "meet", "Sergey Lavrov", word="met")
    told.say("Sergey Lavrov thanked Antony Blinken.", "Sergey Lavrov", "thank", "Antony Blinken", word="thanked")
    told.say(
        "Sergey Lavrov said Russia does not intend to attack Ukraine.",
        "Russia",
        "attack",
        "Ukraine",
        denied=True,
        modality=Modality.INTENDED,
        speaker="Sergey Lavrov",
    )
    told.say("Russia did not attack Ukraine.", "Russia", "attack", "Ukraine", denied=True)
    told.say(
        "Russia threatens Ukraine, Joe Biden said.",
        "Russia",
        "threaten",
        "Ukraine",
        word="threatens",
        speaker="Joe Biden",
    )
    told.say(
        "Joe Biden may meet Vladimir Putin on Wednesday.",
        "Joe Biden",
        "meet",
        "Vladimir Putin",
        modality=Modality.POSSIBLE,
        time="Wednesday",
    )
    told.say("Russia moved troops towards Belarus.", "Russia", "move troops towards", "Belarus", word="moved")
    told.say("Dmitry Peskov once led the Kremlin.", "Dmitry Peskov", "lead", "Kremlin", word="led", ended=True)
    told.say("Russia has 100,000 soldiers.", "Russia", "have", "100,000 soldiers", word="has")
    return told.build()


HOSTILE = (
    "</script><script>window.hacked=1</script>",
    "<img src=x onerror=window.hacked=1>",
    "<!--<script>",
    "line\u2028para\u2029end \U0001f600 javascript:window.hacked=1 & {{ 7*7 }} {% raw %}",
)


def hostile() -> Drawn:
    """Every text that an article brings is an attack."""
    told = Told(title=HOSTILE[0], outlet=HOSTILE[1], date="<b>2022", url="javascript:window.hacked=1")
    for k, text in enumerate(HOSTILE):
        other = HOSTILE[(k + 1) % len(HOSTILE)]
        told.types |= {text: text}
        told.say(f"{text} met {other}", text, "met", other, speaker=HOSTILE[k - 1], time=text)
    return told.build()


def large(n_nodes: int, n_edges: int, seed: int = 1) -> Drawn:
    """Names in neighbourhoods of about 25, with a few links between those."""
    chance = random.Random(seed)
    told = Told()
    names = [f"Name {k} of Place {k // 25}" for k in range(n_nodes)]
    kinds = ["Person", "Organization", "Country", "Event", "Thing"]
    told.types = {name: chance.choice(kinds) for name in names}
    for _ in range(n_edges):
        a = min(int(chance.paretovariate(0.4)) - 1, n_nodes - 1) if chance.random() < 0.1 else chance.randrange(n_nodes)
        near = [k for k in range(a // 25 * 25, min(a // 25 * 25 + 25, n_nodes)) if k != a]
        b = chance.choice(near) if chance.random() < 0.85 else chance.randrange(n_nodes)
        told.say(
            f"{names[a]} met {names[b]} yesterday.",
            names[a],
            chance.choice(["meet", "visit", "call on", "write to"]),
            names[b],
            word="met",
            denied=chance.random() < 0.1,
            speaker=names[chance.randrange(n_nodes)] if chance.random() < 0.3 else None,
            modality=Modality.FUTURE if chance.random() < 0.1 else Modality.ACTUAL,
        )
    return told.build()
