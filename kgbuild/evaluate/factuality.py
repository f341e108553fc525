"""Whether statements are asserted where annotators hold that what a verb says happened.

The annotation (UDS-IH2) gives verbs of single sentences a number, above 0 for what happened. A statement counts as
asserted if it is positive and actual; who says so is left aside, as the annotators were asked of the event alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from kgbuild.errors import InputError
from kgbuild.settings import Settings
from kgbuild.types import Article, Modality, Polarity, PredicateKind, Statement

CLEAR = 0.8
"""Size of the annotated number from which annotators were clearly of one mind."""
KINDS = (PredicateKind.VERB, PredicateKind.ADJECTIVE, PredicateKind.COPULA)


@dataclass(frozen=True, slots=True)
class Verb:
    """An annotated verb: what annotators hold, and its statement if there is one."""

    happened: bool
    statement: Statement | None

    @property
    def affirmed(self) -> bool:
        """Whether its statement is positive and actual."""
        s = self.statement
        return s is not None and s.polarity is Polarity.POSITIVE and s.modality is Modality.ACTUAL


def score_assertions(path: Path, settings: Settings | None = None, *, least: float = CLEAR) -> dict[str, float]:
    """Percentages over the verbs of a file whose number is at least ``least`` in size.

    ``accuracy``: verbs with a statement whose being positive and actual agrees with the sign; ``accuracy_all``: all
    verbs, those without a statement counting as not asserted; ``gate``: verbs with a statement, by ``asserted``, which
    attribution and doubt forbid too; ``covered``: verbs with a statement; ``always``: what asserting everything
    reaches. ``path`` holds JSON lines with text, tokens, and predicates with id (from 1) and factuality. Raises
    InputError if it cannot be read or holds no such verb.
    """
    verbs = [verb for record in _records(path) for verb in _verbs(record, settings or Settings(), least)]
    if not verbs:
        raise InputError(f"{path}: no verb with a factuality of {least} or more in size")
    covered = [verb for verb in verbs if verb.statement is not None]
    found = {
        "accuracy": _share([v.affirmed == v.happened for v in covered]),
        "accuracy_all": _share([v.affirmed == v.happened for v in verbs]),
        "gate": _share([(v.statement is not None and v.statement.asserted) == v.happened for v in covered]),
        "covered": _share([v.statement is not None for v in verbs]),
        "always": _share([v.happened for v in verbs]),
    }
    return {"verbs": len(verbs)} | found


def _share(found: list[bool]) -> float:
    return round(100 * sum(found) / len(found), 2) if found else 0.0


def _verbs(record: dict[str, object], settings: Settings, least: float) -> list[Verb]:
    """The annotated verbs of one sentence, each with the statement whose predicate holds it."""
    from kgbuild.workers import record_of

    text, tokens, predicates = str(record["text"]), record["tokens"], record["predicates"]
    if not isinstance(tokens, list) or not isinstance(predicates, list):
        raise InputError(f"tokens and predicates of {text!r} are to be lists")
    clear = [p for p in predicates if abs(float(p["factuality"])) >= least]
    if not clear:
        return []
    places = _places(text, tokens)
    statements = [s for s in record_of(Article(text), settings).statements if s.predicate.kind in KINDS]
    by_place: dict[int, Statement] = {}
    for statement in statements:
        for at in range(statement.predicate.start, statement.predicate.end):
            by_place.setdefault(at, statement)
    return [Verb(float(p["factuality"]) > 0, by_place.get(places[int(p["id"]) - 1])) for p in clear]


def _places(text: str, tokens: list[str]) -> list[int]:
    """Where each token begins in the text."""
    places, at = [], 0
    for token in tokens:
        found = text.find(token, at)
        places.append(found if found >= 0 else at)
        at = found + len(token) if found >= 0 else at
    return places


def _records(path: Path) -> list[dict[str, object]]:
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    except ValueError as error:
        raise InputError(f"{path}: give JSON lines") from error
    if not all(isinstance(record, dict) and {"text", "tokens", "predicates"} <= record.keys() for record in records):
        raise InputError(f"{path}: give JSON lines with the keys text, tokens and predicates")
    return records
