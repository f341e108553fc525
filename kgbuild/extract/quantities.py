"""Numbers with their units: "some 130,000 troops", "$200 million", "10 to 15 villages", "one in five voters"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kgbuild.extract.cues.tables import read_rows, word_set

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Token

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
UNITS = {word: number for number, word in enumerate(SMALL)}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
ABBREVIATED = {"m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "k": 10**3}
PLURALS = {name + "s": value for name, value in SCALES.items()} | {"tens": 10, "scores": 20}
CURRENCIES = frozenset("$ € £ ¥ US$ A$ C$ R$ AU$ CA$ NZ$ HK$ S$ ₹ ₽ ₪ ₩ ₴".split())
BEFORE_UNIT = frozenset("square cubic nautical percentage metric per light".split())
BEFORE_MONEY = frozenset("us u.s. american canadian australian".split())
"""Words before a unit that belong to it ("square miles", "US dollars")."""
YEARS = range(1500, 2100)
"""Numbers that name the year of a single thing: "her 1976 autobiography"."""
LONGEST_CUE = 4
"""Words of the longest cue beside a number."""
_NUMERAL = re.compile(r"-?\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?|\.\d+")
_ABBREVIATED = re.compile(rf"({_NUMERAL.pattern})({'|'.join(ABBREVIATED)})", re.IGNORECASE)
_DASHES = ("-", "–", "—", "‑")

Value = dict[str, object]


def parse_number(words: list[str]) -> float | int | None:
    """The number that words such as ``["200", "million"]`` or ``["twenty", "-", "five"]`` spell; None if none."""
    total, current, seen = 0.0, 0.0, False
    half = 0.0
    lowered = [word.lower().strip("~") for word in words]
    for i, word in enumerate(lowered):
        if match := _ABBREVIATED.fullmatch(word):
            current += _plain(match[1]) * ABBREVIATED[match[2].lower()]
        elif _NUMERAL.fullmatch(word):
            current += _plain(word)
        elif word in UNITS:
            current += UNITS[word]
        elif word in TENS:
            current += TENS[word]
        elif word in ("half", "quarter"):
            half = 0.5 if word == "half" else 0.25
            continue
        elif word in SCALES or word.rstrip(".") in ABBREVIATED:
            scale = SCALES.get(word) or ABBREVIATED[word.rstrip(".")]
            current = (current + half or 1) * scale
            half = 0.0
            if scale >= 1000:
                total, current = total + current, 0.0
        elif word in ("and", "a", "an") or (word in _DASHES and i):
            continue
        else:
            return None
        seen = True
    value = total + current + half
    return (int(value) if value == int(value) else round(value, 6)) if seen or half else None


def _plain(numeral: str) -> float:
    return float(re.sub(r"[,\u00a0 ]", "", numeral))


@cache
def _cues(kind: str) -> dict[str, str]:
    return {
        word: value for name, words, value in read_rows("quantities.tsv") if name == kind for word in words.split("|")
    }


def quantity_of(head: Token) -> Value | None:
    """What a noun with a numeral, or a numeral alone, counts; None where there is no number.

    Keys: ``number`` and ``unit``; where the words say so, ``upper`` (of a range), ``comparison`` ("more than", "at
    least", "less than", "at most"), ``approximate`` (true), ``of`` (what a share is a share of), ``currency`` (ISO
    4217). A share is a number between 0 and 1 with the unit "share".
    """
    many = _indefinite(head)
    if many is not None:
        return many
    if head.lower_ in _cues("fraction") and head.pos_ in ("NOUN", "NUM", "DET"):
        return _fraction(head)
    if head.pos_ == "NUM" or head.like_num:
        return _bare(head)
    numerals = [child for child in head.children if child.dep_ == "nummod" and _counts(child, head)]
    if not numerals:
        return _measure(head)
    return _counted(numerals[0], head)


def _counts(numeral: Token, head: Token) -> bool:
    """Whether a numeral counts the noun, and does not name it ("Flight 14", "the 10 percentage-point lead")."""
    if head.text in CURRENCIES or head.lower_ in _cues("currency"):
        return True
    end = max([numeral.i, *(t.i for t in numeral.subtree if t.dep_ in ("compound", "punct"))])
    joined = end + 1 < len(head.doc) and end + 1 < head.i and head.doc[end + 1].text in _DASHES
    return numeral.i < head.i and not joined


def _bare(head: Token) -> Value | None:
    """A number without a noun: "killed at least 20"; "three of the men" counts men."""
    shared = _one_in(head)
    if shared is not None:
        return shared
    words = _numeral_words(head)
    number = parse_number([t.text for t in words])
    owner = _of(head)
    if number is None or (head.lower_ == "one" and not owner):
        return None
    return {"number": number, "unit": owner} | _context(words)


def _counted(numeral: Token, head: Token) -> Value | None:
    words = _lower_end(_numeral_words(numeral))
    number = parse_number([t.text for t in words])
    if number is None or (head.tag_ in ("NN", "NNP") and number in YEARS and len(words) == 1):
        return None
    between = [
        t for t in head.doc[words[-1].i + 1 : head.i] if t.head.i == head.i and t.dep_ == "compound" and t.tag_ == "NN"
    ]
    measured = head.tag_ == "NN" and number != 1 and between and head.lower_ not in ("%", "percent", "cent")
    unit = " ".join(_lower(t) for t in between) if measured else _unit(head, numeral)
    value: Value = {"number": number, "unit": unit} | _context(words)
    code = _cues("currency").get(unit.lower())
    if code:
        value["currency"] = code
    if unit in ("%", "percent", "per cent") and _of(head):
        value["of"] = _of(head)
    return value


def _unit(head: Token, numeral: Token) -> str:
    """The noun that is counted, with what makes another unit of it: "square miles", "miles per hour"."""
    if head.text in CURRENCIES:
        return head.text
    own = BEFORE_UNIT | (BEFORE_MONEY if head.lower_.rstrip("s") in ("dollar", "pound") else frozenset())
    before = [t for t in head.children if numeral.i < t.i < head.i and t.lower_ in own]
    after = [
        t for t in head.children if t.i == head.i + 2 and t.dep_ == "nmod" and head.doc[head.i + 1].lower_ == "per"
    ]
    per = [head.doc[head.i + 1], after[0]] if after else []
    name = " ".join(_lower(t) for t in [*before, head, *per])
    if before and head.nbor(-1).text in _DASHES:  # "light-years"
        return name.replace(f"{_lower(before[-1])} ", f"{_lower(before[-1])}-", 1)
    joined = (
        head.i - 2 > numeral.i
        and head.nbor(-2) not in before
        and head.nbor(-1).text in _DASHES
        and not head.nbor(-1).whitespace_
    )
    return f"{head.nbor(-2).lower_}-{name}" if joined else name  # "light-years"


def _lower(token: Token) -> str:
    """Lower case, but for names and where capitals stand within the word ("MPs")."""
    return token.text if token.pos_ == "PROPN" or any(c.isupper() for c in token.text[1:]) else token.lower_


def _numeral_words(numeral: Token) -> list[Token]:
    """The words of a number around one of them: "two and a half million"."""
    doc = numeral.doc
    first = last = numeral.i
    while first > numeral.sent.start and _goes_on(doc[first - 1], doc[first]):
        first -= 1
    while last + 1 < numeral.sent.end and _goes_on(doc[last + 1], doc[last]):
        last += 1
    while first < last and doc[first].lower_ in ("and", "a", "an", *_DASHES):
        first += 1
    while last > first and doc[last].lower_ in ("and", "a", "an", *_DASHES):
        last -= 1
    return list(doc[first : last + 1])


def _goes_on(token: Token, beside: Token) -> bool:
    """Whether a word can be part of the same number as the one beside it."""
    word, other = token.lower_, beside.lower_
    digits = bool(_NUMERAL.fullmatch(word)), bool(_NUMERAL.fullmatch(other))
    if word in SCALES or word.rstrip(".") in ("m", "bn", "mn", "tn"):
        return other not in _DASHES and (
            other in SCALES or other in UNITS or other in TENS or digits[1] or other in ("a", "half")
        )
    if word in UNITS or word in TENS:
        return not digits[1] and (other in SCALES or other in UNITS or other in TENS or other in ("and", *_DASHES))
    if digits[0]:
        return other in SCALES or other.rstrip(".") in ("m", "bn", "mn", "tn")
    if word == "quarter":
        return other in SCALES and beside.i > token.i
    if word in ("and", "a", "half"):
        return other in ("and", "a", "half", "quarter") or other in SCALES or (word != "a" and other in UNITS)
    return word in _DASHES and (other in TENS or (other in UNITS and token.nbor(-1).lower_ in TENS))


def _context(words: list[Token]) -> Value:
    """What the words beside a number make of it: a range, a comparison, an approximation."""
    doc, sentence = words[0].doc, words[0].sent
    value: Value = {}
    first, last = words[0].i, words[-1].i
    if first > sentence.start and doc[first - 1].text in CURRENCIES:
        first -= 1
    other = _range_end(words)
    if other is not None:
        value["upper"], last = other
        scale = _shared_scale(words, last)
        if scale > 1:
            value["number"] = (parse_number([t.text for t in words]) or 0) * scale
    before = [t.lower_ for t in doc[max(sentence.start, first - LONGEST_CUE) : first]]
    if before and before[-1] in ("the", "a", "an", "his", "her", "its", "their"):
        before.pop()
    for n in range(min(LONGEST_CUE, len(before)), 0, -1):
        cue = _cues("before").get(" ".join(before[-n:]))
        if cue and n == 1 and _is_preposition(doc[first - 1], words[-1]):
            continue
        if cue == "several":
            return value | {"approximate": True, "comparison": "at least"}
        if cue:
            value |= {"approximate": True} if cue == "approximate" else {"comparison": cue}
            break
    for at in (last + 1, last + 2):  # right behind the number, or behind its noun
        words_behind = [t.lower_ for t in doc[at : min(sentence.end, at + 2)]]
        cue = _cues("after").get(" ".join(words_behind)) or (
            _cues("after").get(words_behind[0]) if words_behind else None
        )
        joined = at == last + 1 or words_behind[:1] == ["or"]
        if cue and joined:
            return value | ({"approximate": True} if cue == "approximate" else {"comparison": cue})
    return value


def _is_preposition(cue: Token, numeral: Token) -> bool:
    """Whether a word before a number is a preposition of its own: "talked about two men", "over three days"."""
    counted = numeral if numeral.dep_ != "nummod" else numeral.head
    if cue.dep_ != "case":
        return False
    return cue.lower_ == "about" or counted.lemma_.lower() in word_set("moments")


def _lower_end(words: list[Token]) -> list[Token]:
    """The words of the lower end where a noun hangs on the upper one: "12,000 to 15,000 soldiers"."""
    doc, first = words[0].doc, words[0].i
    if first - 2 < words[0].sent.start or doc[first - 1].lower_ not in ("to", *_DASHES):
        return words
    lower = doc[first - 2]
    return _numeral_words(lower) if parse_number([lower.text]) is not None else words


def _range_end(words: list[Token]) -> tuple[float | int, int] | None:
    """The upper end of a range, and its last word: "10 to 15", "between 2 and 3"."""
    doc, sentence = words[0].doc, words[0].sent
    at = words[-1].i + 1
    if at >= sentence.end:
        return None
    if doc[at].text == "%" and at + 1 < sentence.end:
        at += 1
    before = [t.lower_ for t in doc[max(sentence.start, words[0].i - 2) : words[0].i]]
    between = "between" in before and doc[at].lower_ == "and"
    if not (doc[at].lower_ in ("to", *_DASHES) or between):
        return None
    at += 1
    if at < sentence.end and doc[at].text in CURRENCIES:
        at += 1
    if at >= sentence.end or parse_number([doc[at].text]) is None:
        return None
    upper_words = _numeral_words(doc[at])
    lower, upper = parse_number([t.text for t in words]), parse_number([t.text for t in upper_words])
    return (upper, upper_words[-1].i) if lower is not None and upper is not None and lower < upper else None


def _shared_scale(words: list[Token], last: int) -> int:
    """What the scale behind the upper end does to the lower one: "$2 to $3 billion"."""
    scale = words[0].doc[last].lower_
    return SCALES.get(scale, 1) if not any(t.lower_ in SCALES for t in words) else 1


def _indefinite(head: Token) -> Value | None:
    """ "Hundreds of people", "tens of thousands of soldiers": at least so many."""
    if head.lower_ not in PLURALS or any(child.dep_ == "nummod" for child in head.children):
        return None
    number, last, doc = PLURALS[head.lower_], head, head.doc
    while last.i + 2 < head.sent.end and doc[last.i + 1].lower_ == "of" and doc[last.i + 2].lower_ in PLURALS:
        last = doc[last.i + 2]
        number *= PLURALS[last.lower_]
    if head.lower_ in ("tens", "scores") and last.i == head.i and not _of(head):
        return None
    counted = [_of(last), *(_lower(c) for c in head.children if c.dep_ == "nmod" and c.i > last.i and _marked_of(c))]
    unit = next(filter(None, counted), "")
    return {"number": number, "unit": unit, "approximate": True, "comparison": "at least"}


def _fraction(head: Token) -> Value | None:
    """ "A third of voters", "two-thirds", "half of the residents"."""
    parts = int(_cues("fraction")[head.lower_])
    over = [c for c in head.children if c.dep_ in ("nummod", "compound") and parse_number([c.text]) is not None]
    determined = any(c.lower_ in ("a", "one") for c in head.children)
    count = parse_number([over[0].text]) if over else (1 if determined or parts == 2 else None)
    owner = _of(head)
    scale = _scale_of(head)
    if scale and count is not None and count < parts:
        return {"number": int(count * scale / parts), "unit": owner, **_context([over[0] if over else head])}
    if count is None or not owner or count >= parts:
        return None
    return {"number": round(count / parts, 4), "unit": "share", "of": owner, **_context([over[0] if over else head])}


def _scale_of(head: Token) -> int:
    """What a fraction is a fraction of where that is only a number: "a quarter of a million dollars"; else 0."""
    for noun in (c for c in _right(head) if c.dep_ == "nmod" and _marked_of(c)):
        numerals = [c for c in noun.children if c.dep_ == "nummod"]
        definite = any(c.dep_ in ("det", "nmod:poss") and c.lower_ not in ("a", "an") for c in noun.children)
        if len(numerals) == 1 and not definite:
            words = [t.lower_ for t in _numeral_words(numerals[0]) if t.lower_ not in ("a", "an")]
            return SCALES.get(words[0], 0) if len(words) == 1 else 0
    return 0


def _one_in(head: Token) -> Value | None:
    """ "One in five people"."""
    of = [c for c in head.children if c.dep_ in ("nmod", "obl") and any(k.lower_ == "in" for k in c.children)]
    if not of or of[0].i > head.i + 4:
        return None
    inside = of[0]
    numeral = inside if inside.pos_ == "NUM" else next((c for c in inside.children if c.dep_ == "nummod"), None)
    above = parse_number([head.text])
    below = parse_number([numeral.text]) if numeral is not None else None
    if not above or not below or above >= below or numeral is None or numeral.i != head.i + 2:
        return None
    share: Value = {"number": round(above / below, 4), "unit": "share"}
    return share | ({"of": _lower(inside)} if inside.i != numeral.i else {}) | _context([head])


def _measure(head: Token) -> Value | None:
    """What a measure before a noun says of it: "a 5.3-magnitude quake", "seven-year terms"; ages are none."""
    for child in head.children:
        if child.dep_ != "compound" or child.i > head.i:
            continue
        for numeral in child.children:
            words = _numeral_words(numeral) if numeral.dep_ == "nummod" and numeral.i < child.i else []
            number = parse_number([t.text for t in words])
            if number is None:
                continue
            if child.lower_ in _cues("fraction"):  # "a two-thirds majority"
                return {"number": round(number / int(_cues("fraction")[child.lower_]), 4), "unit": "share"}
            unit = [t for t in head.doc[words[-1].i + 1 : child.i + 1] if t.text not in _DASHES and t.is_alpha]
            return {"number": number, "unit": " ".join(_lower(t) for t in unit)} | _context(words)
    return None


def _marked_of(token: Token) -> bool:
    return any(c.dep_ == "case" and c.lower_ == "of" for c in token.children)


def _of(head: Token) -> str:
    """The noun behind "of" ("vote" of "46.5% of the vote"), "" where there is none."""
    nouns = (c for c in _right(head) if c.dep_ == "nmod" and c.pos_ in ("NOUN", "PROPN") and _marked_of(c))
    return next(map(_lower, nouns), "")


def _right(token: Token) -> Iterable[Token]:
    return (c for c in token.children if c.i > token.i)
