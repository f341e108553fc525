"""Comparing names: spelling variants, nicknames, initials, acronyms.

Shared by the two places that compare names: chains within an article and entities across articles. Nothing here looks
at anything but the names themselves.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kgbuild.tables import gazetteer_folder, rows

STRAIGHT = str.maketrans("“”„«»‘’‚ʼ`–—\u00a0\u2011", "\"\"\"\"\"'''''-- -")
DETERMINERS = frozenset("the a an this that these those his her its their our my your some any every each no".split())
HONORIFICS = frozenset(
    "mr mrs ms miss mx dr sir dame lord lady madam madame monsieur prof rev fr sr st hon mme mlle herr frau "
    "senor senora signor signora gen col lt maj capt cpt sgt adm cmdr sen rep gov".split()
)
SUFFIXES = frozenset("jr sr ii iii iv phd md mp mep obe cbe qc kc".split())
PARTICLES = frozenset(
    "de da di del della der den van von zu zum al el ibn bin ben bint abu le la du dos das ter ten".split()
)
ORGANISATION_SUFFIXES = frozenset(
    "inc incorporated corp corporation co company ltd limited llc plc ag sa spa gmbh nv bv oyj ab group "
    "holdings".split()
)
"""Legal forms and what companies put after their name; the lists are ours, after common usage."""

_WORD = re.compile(r"\w+(?:[.'&]\w+)*\.?")
_LETTERS = re.compile(r"(?<=\w)\.(?=\w)|\.$|'")
_SMALL = frozenset("of the and for in on at de la et des du und für y e &".split())


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in lower case, without accents, dots, possessive 's and a leading determiner.

    Hyphens part words ("Jean-Pierre" has two), so that both spellings of "Al-Hadi" are one.
    """
    text = unicodedata.normalize("NFKD", text.translate(STRAIGHT).casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    found = [_LETTERS.sub("", w.removesuffix("'s")) for w in _WORD.findall(text.replace("-", " ").replace("_", " "))]
    found = [w for w in found if w]
    while len(found) > 1 and found[0] in DETERMINERS:
        found.pop(0)
    return tuple(found)


@lru_cache(maxsize=65536)
def person_words(text: str) -> tuple[str, ...]:
    """The words of a person's name without honorifics and suffixes, unless nothing else is left."""
    found = words(text)
    kept = tuple(w for w in found if w not in HONORIFICS and w not in SUFFIXES)
    return kept or found


_SOUNDS = tuple(
    (re.compile(pattern), repl)
    for pattern, repl in (
        (r"(?:iy|ij|yj|yy|ii|yi|y|j(?=$))$", "i"),
        (r"sch|sz", "sh"),
        (r"tch|tsch|cz", "ch"),
        (r"kh|ch(?=[aou])", "h"),
        (r"ph", "f"),
        (r"ou|oo", "u"),
        (r"ck|q", "k"),
        (r"c(?=[aoukrlt]|$)", "k"),
        (r"w", "v"),
        (r"y|j", "i"),
        (r"ks", "x"),
        (r"(?<=[aeou])i(?=[aeou])", ""),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """A key that spellings of one name in the Latin alphabet share: Zelenskij, Zelensky and Zelenskyy; Liqya and Likya.

    Folds what romanisations of Cyrillic and Arabic vary in; vowels otherwise stay, so that Ivan is not Ivanov.
    """
    for pattern, repl in _SOUNDS:
        word = pattern.sub(repl, word)
    return word


def is_one_edit_apart(a: str, b: str) -> bool:
    """Whether one insertion, deletion, substitution or swap of neighbours turns one word into the other."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    i = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) == len(b):
        swapped = a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
        return a[i + 1 :] == b[i + 1 :] or swapped
    longer, shorter = (a, b) if len(a) > len(b) else (b, a)
    return longer[i + 1 :] == shorter[i:]


LONG_NAME = 6
"""Letters from which a name that is one edit away counts as a misspelling, where something else supports it."""


def same_word(a: str, b: str, *, misspelt: bool = False) -> bool:
    """Whether two name words are spellings of one; with ``misspelt`` also one typing error apart, in long words."""
    if a == b or sound(a) == sound(b):
        return True
    return misspelt and min(len(a), len(b)) >= LONG_NAME and a[0] == b[0] and is_one_edit_apart(a, b)


@lru_cache(maxsize=1)
def _nicknames() -> dict[str, frozenset[str]]:
    path = gazetteer_folder() / "nicknames.tsv"
    pairs: dict[str, set[str]] = {}
    for row in rows(path) if path.is_file() else ():
        name = _given_key(row["name"])
        for nickname in map(_given_key, row["nicknames"].split("|")):
            pairs.setdefault(name, set()).add(nickname)
            pairs.setdefault(nickname, set()).add(name)
    return {name: frozenset(found) for name, found in pairs.items()}


def same_given(a: str, b: str) -> bool:
    """Whether two given names can be one person's: equal, an initial, a nickname or another spelling."""
    if same_word(a, b) or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    if min(len(a), len(b)) >= LONG_NAME and is_one_edit_apart(a, b):
        return True
    return _given_key(b) in _nicknames().get(_given_key(a), ())


def _given_key(name: str) -> str:
    """A key for given names under which Anthony and Antony are one."""
    return sound(name.replace("th", "t"))


def given_initials(given: str) -> frozenset[str]:
    """The first letters that spellings and nicknames of a given name begin with, as a key for blocking."""
    return frozenset(name[0] for name in (given, *_nicknames().get(_given_key(given), ())))


def surname(found: tuple[str, ...]) -> tuple[str, ...]:
    """The family name of a person's words: the last word with the particles before it ("van der bellen")."""
    at = len(found) - 1
    while at > 1 and found[at - 1] in PARTICLES:
        at -= 1
    return found[at:]


def is_family_only(name: str) -> bool:
    """Whether a name is a family or given name alone: one word, perhaps with hyphens or particles before it."""
    parts = [w for w in words(name.replace("-", "").replace("’", "'")) if w not in HONORIFICS and w not in SUFFIXES]
    while len(parts) > 1 and parts[0] in PARTICLES:
        parts.pop(0)
    return len(parts) <= 1


def same_family(part: str, full: str, *, misspelt: bool = False) -> bool:
    """Whether a family name alone is how a full name ends."""
    a, b = person_words(part), person_words(full)
    tail = b[-len(a) :] if len(a) < len(b) else ()
    return bool(tail) and all(same_word(x, y, misspelt=misspelt) for x, y in zip(a, tail, strict=True))


def same_surname(a: tuple[str, ...], b: tuple[str, ...], *, misspelt: bool = False) -> bool:
    """Whether two family names agree, with or without their particles."""
    if len(a) != len(b):
        a, b = a[-1:], b[-1:]
    return all(same_word(x, y, misspelt=misspelt) for x, y in zip(a, b, strict=True))


def same_person(one: str, other: str, *, misspelt: bool = True) -> bool:
    """Whether two full names (given and family name each) can be one person's.

    Family names agree, first given names agree or are nicknames or initials, and middle names that both have agree.
    A name of one word is no full name: False.
    """
    a, b = person_words(one), person_words(other)
    if len(a) < 2 or len(b) < 2:
        return False
    if a == b:
        return True
    last_a, last_b = surname(a), surname(b)
    given_a, given_b = a[: len(a) - len(last_a)], b[: len(b) - len(last_b)]
    if not given_a or not given_b:
        return False
    alike = same_word(given_a[0], given_b[0])
    if not same_surname(last_a, last_b, misspelt=misspelt and (alike or same_given(given_a[0], given_b[0]))):
        return _has_two_surnames(a, b)
    if not same_given(given_a[0], given_b[0]):
        return False
    middle_a, middle_b = given_a[1:], given_b[1:]
    if middle_a and middle_b:
        return all(same_given(x, y) for x, y in zip(middle_a, middle_b, strict=False))
    return True


def _has_two_surnames(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """ "Andrés Manuel López" and "Andrés Manuel López Obrador": one holds the other from its beginning, by two words
    at least."""
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) >= 3 and longer[: len(shorter)] == shorter


def initials(text: str) -> frozenset[str]:
    """What the capital letters of a name may be abbreviated to, in lower case: with and without its small words."""
    tokens = [t for t in re.findall(r"[\w&]+(?:'\w+)?", text.translate(STRAIGHT).replace("-", " ")) if t]
    big = [t for t in tokens if t.casefold() not in _SMALL]
    if len(big) < 2 or any(t.islower() for t in big):
        return frozenset()
    every = "".join(t[0] for t in tokens if t.casefold() != "the").casefold()
    return frozenset({"".join(t[0] for t in big).casefold(), every, *_without_form(big)})


def _without_form(big: list[str]) -> set[str]:
    if len(big) > 2 and words(big[-1])[:1] and words(big[-1])[0] in ORGANISATION_SUFFIXES:
        return {"".join(t[0] for t in big[:-1]).casefold()}
    return set()


def is_acronym(text: str) -> bool:
    """Whether a name is written as an acronym: two to eight letters, mostly capitals, perhaps with dots or digits."""
    letters = text.replace(".", "").replace("&", "")
    return 2 <= len(letters) <= 8 and letters.isalnum() and sum(c.isupper() for c in letters) * 2 > len(letters)


def abbreviates(short: str, full: str) -> bool:
    """Whether an acronym is made of the initials of a full name."""
    return is_acronym(short) and short.replace(".", "").casefold() in initials(full)


def without_legal_form(found: tuple[str, ...]) -> tuple[str, ...]:
    """An organisation's words without "Inc", "Group" and the like at the end, if anything is left."""
    at = len(found)
    while at > 1 and found[at - 1] in ORGANISATION_SUFFIXES:
        at -= 1
    return found[:at]
