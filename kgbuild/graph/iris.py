"""Readable, safe last parts of IRIs, and the keys by which statements of different passages are the same claim."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kgbuild.types import Entity, content_id

MAX_LENGTH = 80
"""Characters of a readable IRI part; longer ones are cut and end in a hash."""

_UNSAFE = re.compile(
    "[^0-9A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u037d\u037f-\u1fff\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff-]"
)
"""What Turtle and SPARQL do not allow within a prefixed name (PN_CHARS of their grammars, less joiners and dots)."""
_AFTER_HEAD = re.compile(
    r",\s|\s(?:about|above|after|against|along|among|around|as|at|before|behind|below|beneath|beside|between|beyond|by|"
    r"despite|during|except|for|from|in|inside|into|like|near|of|off|on|onto|outside|over|past|since|than|that|through|to|"
    r"towards?|under|until|up|upon|via|which|who|with|within|without)\s"
)


@lru_cache(maxsize=65536)
def slug(text: str) -> str:
    """The text as part of a prefixed name: letters, digits, ``_`` and ``-`` of any script; "" if nothing is left.

    Apostrophes and the dots of initials vanish (O'Brien → OBrien, U.S. → US), all else becomes ``_``. Different
    texts may share a slug.
    """
    if text.isascii() and text.isalnum() and len(text) <= MAX_LENGTH:
        return text
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"['’‘ʼ`]|(?<=\b[^\W\d_])\.", "", text)
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in "_-" else " " for c in text)
    joined = re.sub(r"[\s_]+", "_", _UNSAFE.sub(" ", kept)).strip("_-")
    if len(joined) > MAX_LENGTH:
        joined = f"{joined[:MAX_LENGTH]}_{content_id(text, length=8)}"
    return f"_{joined}" if joined and unicodedata.category(joined[0]) == "Mn" else joined


def relation_name(relation: str) -> str:
    """The last part of the IRI of a relation: ``deploy troops near`` → ``deploy_troops_near``."""
    return slug(relation) or f"relation_{content_id(relation, length=8)}"


def local_names(entities: Iterable[Entity]) -> dict[str, str]:
    """Entity id → last part of its IRI.

    A named entity has its name (``Antony_Blinken``); an unnamed one its head word, its article and the place of its
    first mention there. Entities that would share one all carry a hash of their id, so that an IRI never changes what
    it denotes because a namesake turned up.
    """
    wanted: dict[str, list[str]] = {}
    for entity in entities:
        wanted.setdefault(_local_name(entity), []).append(entity.id)
    return {
        entity: name if len(sharing) == 1 else f"{name}_{content_id(entity)}"
        for name, sharing in sorted(wanted.items())
        for entity in sharing
    }


def _local_name(entity: Entity) -> str:
    if entity.named:
        return slug(entity.name) or f"entity_{content_id(entity.id)}"
    word = slug(head_word(entity.name)) or "entity"
    if not entity.mentions:
        return f"{word}_{content_id(entity.id)}"
    first = min(entity.mentions, key=lambda m: (m.article, m.start, m.end))
    return f"{word}_{slug(first.article)}_{first.start}_{first.end}"


@lru_cache(maxsize=65536)
def head_word(text: str) -> str:
    """The head of an unnamed phrase: its last word before the first preposition, relative pronoun or comma."""
    words = _AFTER_HEAD.split(text.casefold(), maxsplit=1)[0].split() or text.casefold().split()
    return words[-1] if words else ""


def end_key(entity: Entity | None, local_name: str, text: str) -> tuple[str, ...]:
    """What identifies one end of a triple, or a speaker, across articles.

    A named entity is its IRI; an unnamed one its head word and type, so that "Russia deployed troops" of two articles
    is one claim; a literal is its words.
    """
    if entity is None:
        return ("text", " ".join(text.casefold().split()))
    if entity.named:
        return ("name", local_name)
    return ("unnamed", head_word(entity.name), entity.type)
