"""Who speaks in a transcript."""

from __future__ import annotations

import spacy

from kgbuild.extract.arguments import Reader
from kgbuild.extract.turns import find_turns
from kgbuild.types import Mention, MentionKind


def turns(text: str, *people: str) -> list[tuple[str, str | None]]:
    """The words of every turn, and the word that stands for its speaker."""
    doc = spacy.blank("en")(text)
    for i, token in enumerate(doc):
        token.is_sent_start = i == 0
    mentions = []
    for chain, name in enumerate(people):
        start, last = text.index(name), text.index(name) + name.rfind(" ") + 1
        end = start + len(name)
        mentions.append(Mention(start, end, name, "Person", MentionKind.NAME, chain, (last, end), (start, end)))
    found = find_turns(doc, Reader(doc, tuple(mentions), []))
    return [(text[t.start : t.end].strip(), t.source.holder.text if t.source.holder else None) for t in found]


INTERVIEW = """Wikis spoke with a teacher.

((WN)) What did the school buy?

Mary Jones I teach here. The school bought a bus.

((WN)) Who paid?

MJ The mayor did.

She likes buses.

((WN)) Thank you.

We thank you.

The bus came in May."""


def test_answers_and_questions_of_an_interview_have_speakers() -> None:
    assert turns(INTERVIEW, "Mary Jones") == [
        ("((WN)) What did the school buy?", None),
        ("I teach here. The school bought a bus.", "Jones"),
        ("((WN)) Who paid?", None),
        ("The mayor did.", "Jones"),
        ("She likes buses.", "Jones"),
        ("((WN)) Thank you.", None),
        ("We thank you.", None),
    ]


def test_q_and_a() -> None:
    assert turns("Q: Did the mayor pay?\n\nA: The mayor paid for it.\n\nThe bus came.") == [
        ("Q: Did the mayor pay?", None),
        ("A: The mayor paid for it.", None),
    ]


def test_a_name_with_a_colon_has_the_floor() -> None:
    assert turns("Mary Jones: The bus is late.\n\nIt came in May.", "Mary Jones") == [("The bus is late.", "Jones")]


def test_an_article_without_speakers_has_no_turns() -> None:
    assert turns("The bus is late.\n\nMary Jones was sad.", "Mary Jones") == []
