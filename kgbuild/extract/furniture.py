"""The parts of an article that are no prose: bylines, datelines, captions, notices, link lists. They hold no statement.

Rules for the form of a line, and the words of ``cues/furniture.tsv``. A subheading that is a sentence of its own ("The
invasion could start at any time") is none of these but a headline.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from kgbuild.tables import rows
from kgbuild.types import Span

FILE = Path(__file__).parent / "cues" / "furniture.tsv"
MAX_NOTICE = 200
"""Longest line, in characters, that a notice inside it makes furniture: a longer one is an article about notices."""
MAX_HEADLINE = 120
"""Longest headline, in characters; newspapers' run to about 100."""
MAX_CAPTION = 300
"""Longest caption, in characters; agencies' run to two sentences."""

_Line = tuple[int, str]
_LINE = re.compile(r"[^\n]+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs|r|nes)?\.?"
_DATE_WORD = re.compile(
    rf"published|updated|posted|first|last|modified|on|at|the|of|ago|hours?|minutes?|days?|am|pm|a\.m\.|p\.m\.|{_MONTH}"
    rf"|{_WEEKDAY}|[ap]\.?m\.?|(?-i:[A-Z]{{2,4}})|\d{{1,4}}(?:st|nd|rd|th)?|\d{{1,2}}[:.]\d\d(?:[ap]\.?m\.?)?",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b(?:{_MONTH}\b|{_WEEKDAY}|ago)(?!\w)|\d{{1,4}}[-/.]\d{{1,2}}[-/.]\d{{1,4}}", re.IGNORECASE)
_BETWEEN_DATE_WORDS = re.compile(r"[\s,|:•·()–—/-]+")
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĽĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŸŹŻŽȘȚ"
_NAME = rf"(?:[{_UPPER}][\w.’'-]*|al-\w+|de|del|della|di|da|van|von|der|den|la|le|bin|ibn|el)"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY|[Ff]rom|[Bb]y our correspondent|[Ff]rom our correspondent),?:?\s+{_NAME}(?:\s+{_NAME}){{0,3}}"
    rf"(?:(?:,|\s+and|\s+in|\s+for|\s+of|\s+at|\s*[|•·/–—-])\s*(?:the\s+)?{_NAME}(?:\s+{_NAME}){{0,4}}){{0,4}}"
)
_NOT_A_PERSON = re.compile(
    rf"(?:[Bb]y|BY|[Ff]rom)\s+(?:{_MONTH}|{_WEEKDAY}|[Tt]he|[Aa]n?|[Tt]his|[Tt]hat|[Nn]ow|[Tt]hen)\b"
)
_SIGNATURE = re.compile(rf"\s*[—–―]\s?(?=[{_UPPER}]).{{1,90}}")
_CREDIT_AT_END = re.compile(
    r"[(\[]\s*(?:image|photo|picture|photograph|credit|source|video)s?(?:\s+by|\s+credit|:)[^()\[\]]*[)\]]\W*"
    r"|\b(?:Image|Photo|Picture|Photograph|Photo credit|Credit)s?(?::| by) [^.:;]{2,60}\W*",
    re.IGNORECASE,
)
_AGENCY_AT_END = re.compile(r"(?:[(\[](?P<bracket>[^()\[\]]{2,60})[)\]]|(?<=[\s/])(?P<slash>[\w ]+(?:/[\w ]+)+))[\s.]*")
_WIRE = r"\s*\((?:[A-Z]{2,}|Reuters|Bloomberg|IANS|Xinhua|[A-Z]\w+(?:\s[A-Z]\w+)?)\)"
_DAY = rf",\s*(?i:{_MONTH})\s+\d{{1,2}}"
_PLACED = rf"[^\W\d_][\w.’'-]*(?:\s[{_UPPER}][\w.’'-]*){{0,3}}"
_PLACE = rf"{_PLACED}(?:[,/]\s?{_PLACED}){{0,2}}"
_DATELINE = re.compile(
    rf"\s*(?P<place>{_PLACE})??(?P<day>{_DAY})?(?P<wire>{_WIRE})?\s*(?P<dash>--|[–—―-])\s+(?=[\"“‘'(\[]?[{_UPPER}\d])"
)
_OPENERS = re.compile(
    r"(?:The|An?|In|On|At|After|As|With|For|When|While|Some|More|Two|Three|Four|Five|Hundreds|Thousands|He|She|It|They"
    r"|There|This|These|Police|Officials|Authorities)\b"
)
_FINAL = re.compile(r"[.!?…:;,][\"”’'»)\]]*\s*$")


def furniture_spans(text: str) -> list[Span]:
    """Spans of ``text`` that are furniture, sorted, without overlaps: whole lines, and datelines before a paragraph."""
    spans: list[Span] = []
    lines = [(match.start(), match.group()) for match in _LINE.finditer(text) if match.group().strip()]
    in_section = False
    for i, (start, line) in enumerate(lines):
        before = lines[i - 1] if i else None
        after = lines[i + 1] if i + 1 < len(lines) else None
        alone = _stands_alone(text, before, start, line, after)
        words = line.strip().strip(".:|•·*-–—[]()# \u00a0").lower()
        in_section = (alone and words in _cues("section")) or (in_section and not _is_prose(line))
        if in_section or (alone and _is_furniture(line, words)):
            spans.append(_trimmed(start, line))
        elif (end := _dateline_end(line, first=i < 3)) and _begins_paragraph(text, before, start):
            spans.append((start, start + end))
    return spans


def headline_spans(text: str) -> list[Span]:
    """Paragraphs of one short line without final punctuation, less the furniture: titles and subheadings."""
    taken = set(furniture_spans(text))
    found = []
    for match in re.finditer(r"(?:\A|(?<=\n\n))[^\n]+(?=\s*\n\s*\n|\s*\Z)", text):
        span = _trimmed(match.start(), match.group())
        if span[0] < span[1] <= span[0] + MAX_HEADLINE and span not in taken and not _FINAL.search(match.group()[-20:]):
            found.append(span)
    return found


def _trimmed(start: int, line: str) -> Span:
    start += len(line) - len(line.lstrip())
    return start, start + len(line.strip())


def _stands_alone(
    text: str, before: tuple[int, str] | None, start: int, line: str, after: tuple[int, str] | None
) -> bool:
    """Whether a line is no part of a sentence that goes on over hard line breaks."""
    if after and text.count("\n", start + len(line), after[0]) == 1 and after[1].lstrip()[:1].islower():
        return False
    return _begins_paragraph(text, before, start)


def _begins_paragraph(text: str, before: _Line | None, start: int) -> bool:
    """Whether a blank line, the end of a sentence or a short line stands before ``start``."""
    if before is None:
        return True
    end = before[0] + len(before[1])
    return text.count("\n", end, start) > 1 or bool(_FINAL.search(before[1][-20:])) or len(before[1]) < 60


def _is_prose(line: str) -> bool:
    """Whether a line under a heading such as "Sources" is a paragraph again, and no link."""
    return len(line) > MAX_NOTICE and bool(_FINAL.search(line[-20:])) and bool(re.search(r"[.!?]\s", line))


def _is_furniture(line: str, words: str) -> bool:
    stripped = line.strip()
    if words in _cues("whole") or _is_date(stripped):
        return True
    if _BYLINE.fullmatch(stripped.rstrip(".")) and not _NOT_A_PERSON.match(stripped):
        return True
    if _SIGNATURE.fullmatch(line.rstrip()) and not _FINAL.search(line):
        return True
    if len(stripped) <= MAX_NOTICE and (
        any(_begins(stripped.lower(), cue) for cue in _cues("start")) or any(cue in words for cue in _cues("within"))
    ):
        return True
    return len(stripped) <= MAX_CAPTION and _is_caption(stripped)


def _is_date(line: str) -> bool:
    """Whether all words of a line belong to a date, with or without a time."""
    if len(line) > MAX_HEADLINE or not re.search(r"\d", line) or not _DATE.search(line):
        return False
    return all(_DATE_WORD.fullmatch(word) for word in _BETWEEN_DATE_WORDS.split(line.strip("., ")) if word)


def _begins(line: str, cue: str) -> bool:
    line = line.lstrip("•·*-–—>»[( ") if not cue.startswith("(") else line
    return line.startswith(cue) and not line[len(cue) : len(cue) + 1].isalnum()


def _is_caption(line: str) -> bool:
    """Whether a line ends in a credit: "(Image: CDCR)", "Photo: AP", "Jane Doe/Reuters"."""
    credit = next((match for match in _CREDIT_AT_END.finditer(line) if match.end() == len(line)), None)
    if credit:
        return True
    agency = next((match for match in _AGENCY_AT_END.finditer(line) if match.end() == len(line)), None)
    if agency is None or (_FINAL.search(line[: agency.start()]) and not agency["bracket"]):
        return False
    parts = re.split(r"/|,|\bvia\b", (agency["bracket"] or agency["slash"]).lower())
    return any(part.strip() in _cues("credit") for part in parts)


def _dateline_end(line: str, first: bool) -> int:
    """Where the prose begins after a dateline ("GENEVA (AP) — "); 0 where there is none.

    A place in capitals, a wire's name or a day makes one. A place as it is usually written does so only in the first
    lines, with a region after it ("Sochi, Russia — At …") or before the opening of a sentence, and only if no second
    dash follows that would make it a word before a parenthesis ("Putin – Russia's president – said").
    """
    match = _DATELINE.match(line)
    if match is None or not (match["place"] or match["wire"]):
        return 0
    place = match["place"] or ""
    if match["dash"] == "-" and not line[match.start("dash") - 1].isspace():
        return 0
    if match["wire"] or match["day"] or (len(place) > 2 and re.split(r"[,/]", place)[0].isupper()):
        return match.end()
    sentence = re.split(r"(?<=[.!?])\s", line[match.end() :], maxsplit=1)[0]
    if not first or match["dash"] == "-" or re.search(r"\s(?:--|[–—])\s", sentence) or not place[:1].isupper():
        return 0
    return match.end() if "," in place or _OPENERS.match(line, match.end()) else 0


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    cues: dict[str, set[str]] = {}
    for row in rows(FILE):
        cues.setdefault(row["kind"], set()).add(row["cue"])
    return {kind: frozenset(found) for kind, found in cues.items()}


def _cues(kind: str) -> frozenset[str]:
    return _table()[kind]
