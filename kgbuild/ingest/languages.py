"""Which language an article is in."""

from __future__ import annotations

import re

ENGLISH = "en"
MIN_EVIDENCE = 30.0
"""Log odds (in nats) against English that another language must reach. Of 4,698 sentences, captions and headings of
English Wikinews that are in English, one (with three foreign names) is above it, and of 282 whole articles none; one
sentence in French, Italian, Spanish, German or Russian gives 70 to 700."""
MAX_CHARACTERS = 20_000
"""As much of a text as is looked at: the decision does not change after a page."""
_NEAR_ENGLISH = frozenset(("en", "pcm", "sco"))


def detect(text: str, declared: str | None = None) -> str:
    """The language code of ``text``, by py3langid (Lui and Baldwin 2012) with a strong prior for English.

    A text too short to tell is in the language that its source ``declared``, else in English.
    """
    import py3langid

    scores = {code: float(score) for code, score in py3langid.rank(text[:MAX_CHARACTERS])}
    best: str = max(scores, key=lambda code: (scores[code], code))
    if best in _NEAR_ENGLISH:
        return ENGLISH
    if scores[best] - scores[ENGLISH] >= MIN_EVIDENCE:
        return best
    return base(declared) or ENGLISH


def base(code: str | None) -> str | None:
    """The language of a code such as "en-GB" or "EN_us", or of the word "English"; None where it is no such code."""
    found = re.match(r"\s*([A-Za-z]{2,3})(?![A-Za-z])", code or "")
    if found:
        return found[1].lower()
    return ENGLISH if (code or "").strip().lower() == "english" else None
