"""Who has the floor in a transcript: paragraphs that begin with their speaker's name, initials, or "Q" and "A"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import AGENTS, Reader
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.embedding import Source
from kgbuild.extract.quotes import BLANK_LINE
from kgbuild.types import AttributionKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.tokens import Doc, Token

    from kgbuild.types import Mention

LINE = re.compile(r"[^\n]*\S[^\n]*")
NAMED = re.compile(r"\s*[\"“]?([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}):\s+(?=\S+ \S)")
"""A name of up to four capitalised words and a colon, with at least two words to follow."""
ASKING = re.compile(r"\s*\(\(\s*([A-Z][\w .'’-]{0,40}?)\s*\)\)\s*:?\s*")
"""The interviewer between double brackets, as archives of wikis set it: "((WN))"."""
INITIALS = re.compile(r"\s*\(?([A-Z][A-Z]{1,3})\)?(?:\s*[:–—]|\.)?\s+(?=[\"“]?[A-Z])")
"""Initials before a sentence: "MS We did not", "MS: We did not"."""
SHORT = re.compile(r"\s*([A-Z][a-z]*|[A-Z]{1,4})\s*[:.]\s+(?=\S+ \S)")
"""A letter, initials or a word with a colon or full stop, as "Q:" and "A."."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says without being interrupted: characters ``[start, end)`` behind the speaker's label."""

    start: int
    end: int
    source: Source


def find_turns(doc: Doc, reader: Reader) -> list[Turn]:
    """The turns of an article, in their order.

    A name with a colon makes a turn of its line. Where an interviewer asks, every line up to the next question and the
    first one behind the last question is an answer; whose it is, is said only where a name or initials tell.
    """
    lines = [match.span() for match in LINE.finditer(reader.text)]
    asked = [i for i, (start, end) in enumerate(lines) if is_question(reader.text, start, end)]
    last = asked[-1] + 1 if asked else -1
    turns: list[Turn] = []
    for i, (start, end) in enumerate(lines):
        if i in asked:
            turns.append(Turn(start, end, unknown(start, end)))
        elif asked and asked[0] < i <= last:
            turns.append(answer(doc, reader, turns, start, end))
        elif i == 0 or BLANK_LINE.search(reader.text, lines[i - 1][1], start):
            turns += named(doc, reader, start, end)
    return turns


def is_question(text: str, start: int, end: int) -> bool:
    """Whether a line begins with the label of an interviewer."""
    short = SHORT.match(text, start, end)
    return bool(ASKING.match(text, start, end)) or bool(short and short[1].lower() in word_set("asking_labels"))


def unknown(start: int, end: int) -> Source:
    return Source(None, ":", AttributionKind.DIRECT, min(start, end))


def answer(doc: Doc, reader: Reader, turns: list[Turn], start: int, end: int) -> Turn:
    """The turn that a line within an interview is."""
    for turn in named(doc, reader, start, end):
        return turn
    initials = INITIALS.match(reader.text, start, end)
    if initials is not None:
        return Turn(initials.end(), end, by_initials(initials, doc, reader, turns))
    first = next((m for m in reader.mentions if start <= m.start < start + 3 and m.type == "Person"), None)
    if first is not None and re.match(r"\s+[A-Z]", reader.text[first.end : first.end + 2]):  # "Mary Jones I am"
        holder = head_of(first, doc)
        if holder is not None:
            return Turn(first.end, end, Source(holder, ":", AttributionKind.DIRECT, first.end))
    before = turns[-1].source.holder if turns and not is_question(reader.text, turns[-1].start, end) else None
    return Turn(start, end, Source(before, ":", AttributionKind.DIRECT, start))


def by_initials(label: re.Match[str], doc: Doc, reader: Reader, turns: list[Turn]) -> Source:
    """The person whose names begin with the letters of a label, if the article names just one."""
    for turn in turns:
        mention = reader.mention_at(turn.source.holder) if turn.source.holder is not None else None
        if mention is not None and initials_of(mention.text) == label[1]:
            return Source(turn.source.holder, ":", AttributionKind.DIRECT, label.end(1))
    fitting = [m for m in reader.mentions if m.type == "Person" and initials_of(m.text) == label[1]]
    holder = head_of(fitting[0], doc) if len({m.chain for m in fitting}) == 1 else None
    return Source(holder, ":", AttributionKind.DIRECT, label.end(1))


def initials_of(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def named(doc: Doc, reader: Reader, start: int, end: int) -> Iterator[Turn]:
    """A line that begins with its speaker and a colon ("PENCE: Well, look", "Poll: Voters Abandon Party")."""
    match = NAMED.match(reader.text, start, end)
    if match is None:
        return
    mention = next((m for m in reader.mentions if match.start(1) <= m.start and m.end <= match.end(1)), None)
    speaks = mention is not None and (mention.type in AGENTS or mention.text.lower() in word_set("reports"))
    holder = head_of(mention, doc) if mention is not None and speaks else None
    if holder is not None:
        yield Turn(match.end(), end, Source(holder, ":", AttributionKind.DIRECT, match.end(1)))


def head_of(mention: Mention, doc: Doc) -> Token | None:
    """The head word of a mention."""
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return next((t for t in span or () if t.idx == mention.head[0]), None)
