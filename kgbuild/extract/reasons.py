"""Why a clause is committed to what it is: the rules that changed its context note themselves on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps
from typing import Any

from spacy.tokens import Token

from kgbuild.extract.clauses import Clause, mark_of
from kgbuild.extract.cues.tables import embedding_classes
from kgbuild.extract.embedding import Context


@dataclass(frozen=True, slots=True)
class Step:
    """A rule that changed what a clause is committed to: its name, the words that it went by, and what it changed."""

    rule: str
    cue: str
    change: str


def noted(rule: str) -> Callable[[Callable[..., Context]], Callable[..., Context]]:
    """Marks a function as a rule. Its last argument is the context before, its result the one after; one of the other
    arguments is the clause. What rules inside of it noted is kept as it is."""

    def decorate(function: Callable[..., Context]) -> Callable[..., Context]:
        @wraps(function)
        def applied(*arguments: Any) -> Context:
            before: Context = arguments[-1]
            after = function(*arguments)
            if after is before or len(after.because) > len(before.because):
                return after
            change = _change(before, after)
            steps = (*before.because, Step(rule, _cue(rule, arguments), change)) if change else before.because
            return after if steps == after.because else replace(after, because=steps)

        return applied

    return decorate


def _change(before: Context, after: Context) -> str:
    """What differs between two contexts, in words; "" where nothing does."""
    words = []
    if before.negative != after.negative:
        words.append("negative" if after.negative else "positive")
    if before.modality is not after.modality:
        words.append(str(after.modality))
    if before.ended != after.ended:
        words.append("ended" if after.ended else "not ended")
    new = [s.holder.text if s.holder else s.cue for s in after.sources if s not in before.sources]
    if new:
        words.append("said by " + ", ".join(new))
    if [s for s in before.sources if s not in after.sources] and not new:
        words.append("without a speaker")
    return ", ".join(words)


def _cue(rule: str, arguments: tuple[Any, ...]) -> str:
    """The words that a rule went by: the word above, the joining word, or the clause's own verb and its modifiers."""
    clauses = [a for a in arguments if isinstance(a, Clause)]
    words = [a for a in arguments if isinstance(a, Token)]
    if rule in ("word above", "noun above") and (words or len(clauses) > 1):
        above = words[0] if words else clauses[1].head
        kind = {"ADJ": "adjective", "NOUN": "noun"}.get(above.pos_, "verb")
        classes = embedding_classes(kind, above.lemma_.lower() if words else clauses[1].lemma)
        return f"{above.text} ({', '.join(sorted(classes)) or 'not listed'})"
    if rule == "joining word" and clauses:
        return mark_of(clauses[0].head) or clauses[0].head.text
    if not clauses:
        return str(words[0].text) if words else ""
    head = clauses[0].head
    own = [t for t in head.children if t.dep_ in ("aux", "aux:pass", "advmod", "cop") and t.i < head.i + 2]
    return " ".join(t.text for t in sorted([*own, head], key=lambda t: t.i))
