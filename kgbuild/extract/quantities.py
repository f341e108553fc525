"""Numbers with their units: "some 130,000 troops", "$200 million", "14.4 percentage points"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
UNITS = {word: number for number, word in enumerate(SMALL)}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "dozen": 12}
SCALES |= {name + "s": value for name, value in SCALES.items()} | {"m": 10**6, "bn": 10**9, "k": 10**3}
CURRENCIES = frozenset("$ € £ ¥ US$ A$ C$ R$ ₹ ₽ ₪".split())


def parse_number(words: list[str]) -> float | int | None:
    """The number that words such as ``["200", "million"]`` or ``["twenty", "-", "five"]`` spell; None if none."""
    total, current, seen = 0.0, 0.0, False
    for word in words:
        word = word.lower().strip("~")
        if re.fullmatch(r"\d{1,3}(?:[,\u00a0 ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?", word):
            current += float(re.sub(r"[,\u00a0 ]", "", word))
        elif word in UNITS:
            current += UNITS[word]
        elif word in TENS:
            current += TENS[word]
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
            if SCALES[word] >= 1000:
                total, current = total + current, 0.0
        elif word in ("-", "and", "a", "–"):
            continue
        else:
            return None
        seen = True
    value = total + current
    return (int(value) if value == int(value) else value) if seen else None


def quantity_of(head: Token) -> dict[str, object] | None:
    """``{"number", "unit"}`` of a noun with a numeral, or of a bare numeral; None where there is no plain number."""
    numerals = [child for child in head.children if child.dep_ == "nummod"]
    if head.pos_ == "NUM" or head.like_num:
        number = parse_number(_words(head))
        return None if number is None else {"number": number, "unit": ""}
    if not numerals:
        return None
    number = parse_number(_words(numerals[0]))
    if number is None:
        return None
    unit = head.text if head.text in CURRENCIES else head.lower_
    return {"number": number, "unit": unit}


def _words(numeral: Token) -> list[str]:
    parts = [
        t for t in numeral.subtree if t.dep_ in ("compound", "nummod", "punct", "flat", "fixed") or t.i == numeral.i
    ]
    return [t.text for t in parts]
