"""A small knowledge graph, built by hand, with one of each thing that a view of a graph has to cope with.

Two articles. The first is ordinary news; the second is hostile: its text holds quotes, line separators, emoji,
right-to-left script, ``</script>`` and control characters, and so do the names and values taken from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kgbuild.graph import KnowledgeGraph, assemble
from kgbuild.settings import Settings
from kgbuild.types import (
    Argument,
    Article,
    Attribution,
    AttributionKind,
    Entity,
    EntityMention,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Predicate,
    PredicateKind,
    Record,
    Role,
    Sentence,
    Skipped,
    Span,
    Statement,
    TimeSpan,
    Triple,
    content_id,
)

PLAIN = Article(
    text=(
        "Blinken meets Lavrov\n"
        "\n"
        "Antony Blinken met Sergey Lavrov in Geneva on Friday. "
        "Lavrov said Russia does not intend to attack Ukraine. "
        "Russia deployed 130,000 troops near Ukraine. "
        "NATO will send weapons to Ukraine, officials said. "
        "According to Lavrov, NATO armed Ukraine. "
        "Inflation reached 7 percent."
    ),
    title="Blinken meets Lavrov",
    date="2022-01-21",
    outlet="Example Times",
    author="A. Reporter",
    url="https://example.com/news?id=1&x=<y>",
    language="en",
    path="plain.txt",
)

HOSTILE_NAME = 'Olaf "The \u202eLion\u202c" O\'Scholz </script><b>&amp; محمد 😀'
HOSTILE = Article(
    text=(
        f"{HOSTILE_NAME} deployed troops near Ukraine.\u2028"
        "Sergey Lavrov denied that Antony Blinken met him on January 21.\x85"
        "Russia deployed\ttroops\x07 near \\Ukraine\\.\x1b[31m\x7f\ufeff"
    ),
    title='"""\n</script><script>alert("title")</script>',
    date="2022-02-15",
    outlet="The “Hostile” <Post>\n\x01",
    language="en",
    path="folder/hostile 'file'.txt",
)

_TYPES = {
    "blinken": ("Antony Blinken", "Person", ("Blinken",), {"wikidata": "Q7747"}),
    "lavrov": ("Sergey Lavrov", "Person", ("Lavrov",), {"wikidata": "Q58217"}),
    "geneva": ("Geneva", "City", (), {}),
    "russia": ("Russia", "Country", (), {"wikidata": "Q159"}),
    "ukraine": ("Ukraine", "Country", (), {"wikidata": "Q212"}),
    "nato": ("NATO", "Organization", (), {}),
    "troops": ("130,000 troops", "MilitaryUnit", (), {}),
    "weapons": ("weapons", "Product", (), {}),
    "officials": ("officials", "Group", (), {}),
    "inflation": ("Inflation", "Thing", (), {}),
    "scholz": (HOSTILE_NAME, "Person", (), {}),
    "troops of scholz": ("troops", "MilitaryUnit", (), {}),
    "troops of russia": ("troops", "MilitaryUnit", (), {}),
}

_MENTIONS: tuple[tuple[str, Article, str, int, MentionKind], ...] = (
    ("blinken", PLAIN, "Blinken", 0, MentionKind.NAME),
    ("lavrov", PLAIN, "Lavrov", 0, MentionKind.NAME),
    ("blinken", PLAIN, "Antony Blinken", 0, MentionKind.NAME),
    ("lavrov", PLAIN, "Sergey Lavrov", 0, MentionKind.NAME),
    ("geneva", PLAIN, "Geneva", 0, MentionKind.NAME),
    ("lavrov", PLAIN, "Lavrov", 2, MentionKind.NAME),
    ("russia", PLAIN, "Russia", 0, MentionKind.NAME),
    ("ukraine", PLAIN, "Ukraine", 0, MentionKind.NAME),
    ("russia", PLAIN, "Russia", 1, MentionKind.NAME),
    ("troops", PLAIN, "130,000 troops", 0, MentionKind.NOMINAL),
    ("ukraine", PLAIN, "Ukraine", 1, MentionKind.NAME),
    ("nato", PLAIN, "NATO", 0, MentionKind.NAME),
    ("weapons", PLAIN, "weapons", 0, MentionKind.NOMINAL),
    ("ukraine", PLAIN, "Ukraine", 2, MentionKind.NAME),
    ("officials", PLAIN, "officials", 0, MentionKind.NOMINAL),
    ("lavrov", PLAIN, "Lavrov", 3, MentionKind.NAME),
    ("nato", PLAIN, "NATO", 1, MentionKind.NAME),
    ("ukraine", PLAIN, "Ukraine", 3, MentionKind.NAME),
    ("inflation", PLAIN, "Inflation", 0, MentionKind.NOMINAL),
    ("scholz", HOSTILE, HOSTILE_NAME, 0, MentionKind.NAME),
    ("troops of scholz", HOSTILE, "troops", 0, MentionKind.NOMINAL),
    ("ukraine", HOSTILE, "Ukraine", 0, MentionKind.NAME),
    ("lavrov", HOSTILE, "Sergey Lavrov", 0, MentionKind.NAME),
    ("blinken", HOSTILE, "Antony Blinken", 0, MentionKind.NAME),
    ("lavrov", HOSTILE, "him", 0, MentionKind.PRONOUN),
    ("russia", HOSTILE, "Russia", 0, MentionKind.NAME),
    ("troops of russia", HOSTILE, "troops", 1, MentionKind.NOMINAL),
    ("ukraine", HOSTILE, "Ukraine", 1, MentionKind.NAME),
)


def find(article: Article, words: str, nth: int = 0) -> Span:
    """The nth place (from 0) of some words in an article."""
    start = -1
    for _ in range(nth + 1):
        start = article.text.index(words, start + 1)
    return start, start + len(words)


def sample_graph(settings: Settings | None = None) -> KnowledgeGraph:
    """The graph of both articles."""
    entities, entity_of = sample_entities()
    skipped = [Skipped("empty.txt", "the file is empty")]
    return assemble(sample_records(), entities, entity_of, settings or Settings(), skipped=skipped)


def sample_entities() -> tuple[tuple[Entity, ...], Mapping[tuple[str, Span], str]]:
    """The entities, and (article id, mention span) → entity id."""
    ids = {key: content_id("sample", key) for key in _TYPES}
    entities = tuple(
        Entity(
            id=ids[key],
            name=name,
            type=type_,
            aliases=aliases,
            identifiers=identifiers,
            mentions=tuple(
                EntityMention(article.id, *find(article, words, nth), words, kind)
                for owner, article, words, nth, kind in _MENTIONS
                if owner == key
            ),
        )
        for key, (name, type_, aliases, identifiers) in _TYPES.items()
    )
    return entities, {(article.id, find(article, words, n)): ids[key] for key, article, words, n, _ in _MENTIONS}


def sample_records() -> tuple[Record, Record]:
    """What each article contributes: statements that are asserted, denied, planned, claimed and nested."""
    return _record(PLAIN, 7, _plain_statements()), _record(HOSTILE, 3, _hostile_statements())


def _record(article: Article, n_sentences: int, statements: tuple[Statement, ...]) -> Record:
    mentions = []
    for key, where, words, nth, kind in _MENTIONS:
        if where is article:
            span = find(article, words, nth)
            mentions.append(Mention(*span, words, _TYPES[key][1], kind, list(_TYPES).index(key), span, span))
    return Record(article, n_sentences, tuple(sorted(mentions, key=lambda m: m.span)), statements)


class _Passage:
    """A sentence of an article, from which the parts of statements are cut by their words."""

    def __init__(self, article: Article, sentence: str) -> None:
        self.article = article
        start, end = find(article, sentence)
        self.sentence = Sentence(start, end, sentence)
        self._mentions = {find(where, words, nth) for _, where, words, nth, _ in _MENTIONS if where is article}

    def span(self, words: str) -> Span:
        start = self.article.text.index(words, self.sentence.start)
        assert start + len(words) <= self.sentence.end
        return start, start + len(words)

    def mention(self, words: str) -> Span | None:
        span = self.span(words)
        return span if span in self._mentions else None

    def argument(self, role: Role, words: str, marker: str | None = None, **more: object) -> Argument:
        return Argument(role, words, *self.span(words), marker, self.mention(words), **more)  # type: ignore[arg-type]

    def source(self, words: str, cue: str, kind: AttributionKind) -> Attribution:
        return Attribution(words, *self.span(words), cue, kind, self.mention(words))

    def triple(self, subject: str, relation: str, object_: str) -> Triple:
        return Triple(subject, relation, object_, self.mention(subject), self.mention(object_))

    def statement(
        self,
        lemma: str,
        words: str,
        arguments: Sequence[Argument],
        triples: Sequence[Triple],
        *,
        polarity: Polarity = Polarity.POSITIVE,
        modality: Modality = Modality.ACTUAL,
        attribution: Sequence[Attribution] = (),
        time: TimeSpan | None = None,
        confidence: float = 0.93,
    ) -> Statement:
        places = [a.mention for a in arguments if a.role is Role.PLACE and a.marker == "in"]
        plain = polarity is Polarity.POSITIVE and modality is Modality.ACTUAL
        return Statement(
            id=content_id(self.article.id, self.sentence.start, lemma),
            article=self.article.id,
            sentence=self.sentence,
            predicate=Predicate(lemma, words, *self.span(words), PredicateKind.VERB),
            arguments=tuple(arguments),
            polarity=polarity,
            modality=modality,
            attribution=tuple(attribution),
            time=time,
            place_mention=places[0] if places else None,
            ended=False,
            asserted=plain,
            confidence=confidence,
            triples=tuple(triples),
        )


def _plain_statements() -> tuple[Statement, ...]:
    met = _Passage(PLAIN, "Antony Blinken met Sergey Lavrov in Geneva on Friday.")
    said = _Passage(PLAIN, "Lavrov said Russia does not intend to attack Ukraine.")
    deployed = _Passage(PLAIN, "Russia deployed 130,000 troops near Ukraine.")
    will = _Passage(PLAIN, "NATO will send weapons to Ukraine, officials said.")
    armed = _Passage(PLAIN, "According to Lavrov, NATO armed Ukraine.")
    reached = _Passage(PLAIN, "Inflation reached 7 percent.")
    attack = said.statement(
        "attack",
        "attack",
        [said.argument(Role.AGENT, "Russia"), said.argument(Role.PATIENT, "Ukraine")],
        [said.triple("Russia", "attack", "Ukraine")],
        polarity=Polarity.NEGATIVE,
        modality=Modality.INTENDED,
        attribution=[said.source("Lavrov", "said", AttributionKind.INDIRECT)],
    )
    content = "Russia does not intend to attack Ukraine"
    return (
        met.statement(
            "meet",
            "met",
            [
                met.argument(Role.AGENT, "Antony Blinken"),
                met.argument(Role.PATIENT, "Sergey Lavrov"),
                met.argument(Role.PLACE, "Geneva", "in"),
                met.argument(Role.TIME, "on Friday", value={"date": "2022-01-21"}),
            ],
            [
                met.triple("Antony Blinken", "meet", "Sergey Lavrov"),
                met.triple("Antony Blinken", "meet Sergey Lavrov in", "Geneva"),
            ],
            time=TimeSpan("on Friday", "2022-01-21", "2022-01-21"),
        ),
        attack,
        said.statement(
            "say",
            "said",
            [said.argument(Role.AGENT, "Lavrov"), said.argument(Role.CONTENT, content, statement=attack.id)],
            [said.triple("Lavrov", "say", content)],
        ),
        deployed.statement(
            "deploy",
            "deployed",
            [
                deployed.argument(Role.AGENT, "Russia"),
                deployed.argument(Role.PATIENT, "130,000 troops", value={"number": 130000, "unit": "troops"}),
                deployed.argument(Role.PLACE, "Ukraine", "near"),
            ],
            [
                deployed.triple("Russia", "deploy", "130,000 troops"),
                deployed.triple("Russia", "deploy troops near", "Ukraine"),
            ],
        ),
        will.statement(
            "send",
            "send",
            [
                will.argument(Role.AGENT, "NATO"),
                will.argument(Role.PATIENT, "weapons"),
                will.argument(Role.RECIPIENT, "Ukraine", "to"),
            ],
            [will.triple("NATO", "send", "weapons"), will.triple("NATO", "send weapons to", "Ukraine")],
            modality=Modality.FUTURE,
            attribution=[will.source("officials", "said", AttributionKind.INDIRECT)],
        ),
        armed.statement(
            "arm",
            "armed",
            [armed.argument(Role.AGENT, "NATO"), armed.argument(Role.PATIENT, "Ukraine")],
            [armed.triple("NATO", "arm", "Ukraine")],
            attribution=[armed.source("Lavrov", "According to", AttributionKind.ACCORDING_TO)],
            confidence=0.61,
        ),
        reached.statement(
            "reach",
            "reached",
            [
                reached.argument(Role.AGENT, "Inflation"),
                reached.argument(Role.QUANTITY, "7 percent", value={"number": 7.0, "unit": "percent"}),
            ],
            [reached.triple("Inflation", "reach", "7 percent")],
            confidence=1.0,
        ),
    )


def _hostile_statements() -> tuple[Statement, ...]:
    first = _Passage(HOSTILE, f"{HOSTILE_NAME} deployed troops near Ukraine.")
    denied = _Passage(HOSTILE, "Sergey Lavrov denied that Antony Blinken met him on January 21.")
    third = _Passage(HOSTILE, "Russia deployed\ttroops\x07 near \\Ukraine\\.\x1b[31m\x7f\ufeff")
    met = denied.statement(
        "meet",
        "met",
        [
            denied.argument(Role.AGENT, "Antony Blinken"),
            denied.argument(Role.PATIENT, "him"),
            denied.argument(Role.TIME, "on January 21", value={"date": "2022-01-21"}),
        ],
        [denied.triple("Antony Blinken", "meet", "him")],
        polarity=Polarity.NEGATIVE,
        attribution=[denied.source("Sergey Lavrov", "denied", AttributionKind.INDIRECT)],
        time=TimeSpan("on January 21", "2022-01-21", "2022-01-21"),
        confidence=0.8,
    )
    return (
        first.statement(
            "deploy",
            "deployed",
            [first.argument(Role.AGENT, HOSTILE_NAME), first.argument(Role.PATIENT, "troops")],
            [
                first.triple(HOSTILE_NAME, "deploy", "troops"),
                first.triple(HOSTILE_NAME, "deploy troops near", "Ukraine"),
            ],
        ),
        met,
        denied.statement(
            "deny",
            "denied",
            [
                denied.argument(Role.AGENT, "Sergey Lavrov"),
                denied.argument(Role.CONTENT, "Antony Blinken met him on January 21", statement=met.id),
            ],
            [denied.triple("Sergey Lavrov", "deny", "Antony Blinken met him on January 21")],
        ),
        third.statement(
            "deploy",
            "deployed",
            [third.argument(Role.AGENT, "Russia"), third.argument(Role.PATIENT, "troops")],
            [
                third.triple("Russia", "deploy", "troops"),
                third.triple("Russia", "deploy troops near", "Ukraine"),
                third.triple("Russia", 'reach "quoted"\n</script>\x00 level', "\\Ukraine\\.\x1b[31m\x7f\ufeff"),
            ],
            confidence=0.7,
        ),
    )
