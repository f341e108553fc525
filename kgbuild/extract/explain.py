"""Why a statement is as it is: for each of its parts, the rule and the words that gave it.

Everything here is asked of the extractor that made the statements: the steps noted on a clause's context, the reading
of its time, its place, the arc that its confidence hangs on. Nothing is decided a second time by other rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.extract.clauses import Clause, Dependent
from kgbuild.extract.confidence import WORTH_ASSERTING, Weighing, weigh
from kgbuild.extract.statements import statement_id
from kgbuild.types import Argument, Mention, Modality, Polarity, Statement

if TYPE_CHECKING:
    from kgbuild.extract.statements import Extractor

LINKS = {
    "root": "the main clause",
    "ccomp": "a complement of “{}”",
    "xcomp": "an infinitive or gerund of “{}”",
    "csubj": "the subject of “{}”",
    "advcl": "an adverbial clause of “{}”",
    "acl": "a clause that modifies a noun under “{}”",
    "relcl": "a relative clause under “{}”",
    "conj": "a clause joined to “{}”",
    "parataxis": "a clause beside “{}”",
}
"""How a clause hangs in its sentence, in words."""
MOST_NAMES = 5
"""Mentions of a chain that an explanation shows."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one part of a statement is what it is: ``part`` names it, ``value`` is what it is, ``because`` says why."""

    part: str
    value: str
    because: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement with the reasons for its parts."""

    statement: Statement
    reasons: tuple[Reason, ...]


def explain(extractor: Extractor) -> list[Explanation]:
    """The statements of an extractor, in the order of the text, each explained."""
    clauses = {statement_id(extractor.article, "clause", c.head): c for c in extractor.clauses.values()}
    return [
        Explanation(statement, tuple(_reasons(statement, clauses.get(statement.id), extractor)))
        for statement in extractor.run()
    ]


def _reasons(statement: Statement, clause: Clause | None, extractor: Extractor) -> Iterator[Reason]:
    predicate = statement.predicate
    yield Reason("predicate", predicate.lemma, _of_predicate(statement, clause))
    for argument in statement.arguments:
        role = f"{argument.role}{f' ({argument.marker})' if argument.marker else ''}"
        yield Reason(role, argument.text, _of_argument(argument, clause, extractor))
    if clause is not None:
        context = extractor.speakers.quoted(clause.head, extractor.contexts[clause.head.i])
        for step in context.because:
            yield Reason("commitment", step.change, f"{step.rule}: “{step.cue}”")
        if statement.modality is not context.modality:
            yield Reason("commitment", str(statement.modality), "one of alternatives (“or”)")
    for source in statement.attribution:
        yield Reason("attribution", source.text or "unknown", f"{source.kind.replace('_', ' ')} speech: “{source.cue}”")
    if statement.time is not None:
        days = " to ".join(dict.fromkeys(day or "…" for day in (statement.time.start, statement.time.end)))
        shown = "days not known" if days == "…" else days
        yield Reason("time", f"{statement.time.text}: {shown}", _of_time(statement, clause, extractor))
    place = extractor.places.of(clause) if clause is not None else None
    if statement.place_mention is not None:
        text = extractor.reader.text[slice(*statement.place_mention)]
        yield Reason("place", text, place.rule if place else "inside the noun phrase")
    weighing = weigh(clause, extractor.arcs, bool(statement.triples)) if clause is not None else None
    yield Reason("confidence", f"{statement.confidence:.2f}", _of_confidence(weighing))
    yield Reason("asserted", "yes" if statement.asserted else "no", _of_assertion(statement))


def _of_predicate(statement: Statement, clause: Clause | None) -> str:
    kind = str(statement.predicate.kind)
    if clause is None:
        return f"{kind}: a noun phrase says it"
    how = LINKS.get(clause.link, "a clause under “{}”")
    above = clause.parent.head.text if clause.parent is not None else ""
    voice = ", passive" if clause.passive else ""
    return f"{kind}{voice}: {how.format(above)} ({clause.head.dep_})"


def _of_argument(argument: Argument, clause: Clause | None, extractor: Extractor) -> str:
    """The grammatical relation, the model's label, and what the words refer to."""
    words = []
    dependent = _dependent(argument, clause, extractor) if clause is not None else None
    if clause is not None and dependent is not None:
        words.append(f"{dependent.relation} ({dependent.token.dep_})")
        label = extractor.frames.label(clause.head, dependent.token)
        words += [f"PropBank {label}"] if label else []
        if dependent.token.head.i != clause.head.i and dependent.relation == "subject":
            words.append(f"shared or lent by “{dependent.token.head.text}”")
    mention = next((m for m in extractor.reader.mentions if m.span == argument.mention), None)
    if mention is not None:
        words.append(_of_mention(mention, extractor))
    if argument.value is not None:
        words.append(", ".join(f"{key} {value}" for key, value in argument.value.items() if value != ""))
    return "; ".join(words) or "part of the noun phrase"


def _dependent(argument: Argument, clause: Clause, extractor: Extractor) -> Dependent | None:
    """The filler in the tree that an argument was made from."""
    subjects = [Dependent(d.token, "subject", d.marker) for d in clause.subjects]
    for dependent in [*subjects, *clause.dependents]:
        filler = extractor.reader.filler(dependent.token)
        inside = argument.start <= dependent.token.idx < argument.end
        if (filler.start, filler.end) == (argument.start, argument.end) or inside:
            return dependent
    return None


def _of_mention(mention: Mention, extractor: Extractor) -> str:
    """The type of a mention, and the other mentions of its chain."""
    chain = (m.text for m in extractor.reader.mentions if m.chain == mention.chain and m.span != mention.span)
    others = [text for text in dict.fromkeys(chain) if text != mention.text]
    same = f", the same as {', '.join(f'“{text}”' for text in others[:MOST_NAMES])}" if others else ""
    return f"{mention.kind} of a {mention.type}{same}"


def _of_time(statement: Statement, clause: Clause | None, extractor: Extractor) -> str:
    found = extractor.times.read(clause, statement.modality) if clause is not None else None
    if found is None:
        return "a time inside the noun phrase"
    words = [f"{found.expression.form} “{found.expression.text}”"]
    words += [f"“{found.expression.bound}”"] if found.expression.bound else []
    words += [f"shared with “{found.shared}”"] if found.shared else []
    if found.expression.past != found.expression.future:
        words.append("read ahead" if found.ahead else "read as behind")
    date = extractor.article.date
    return ", ".join([*words, f"seen from {date}" if date else "the article has no date"])


def _of_confidence(weighing: Weighing | None) -> str:
    if weighing is None:
        return "the share of right statements of its kind"
    kind = "a clause that hangs from another" if weighing.lent else "a clause of its own"
    weakest = f"“{weighing.weakest.text}” as {weighing.weakest.dep_} of “{weighing.weakest.head.text}”"
    return f"{kind}; its weakest arc is {weakest}, {weighing.probability:.2f}"


def _of_assertion(statement: Statement) -> str:
    """What keeps a statement from being plain, or that nothing does."""
    kept = ["it is negative"] if statement.polarity is Polarity.NEGATIVE else []
    kept += [f"it is {statement.modality}"] if statement.modality is not Modality.ACTUAL else []
    kept += ["it is over"] if statement.ended else []
    kept += ["somebody says so"] if statement.attribution and not statement.asserted else []
    kept += ["it may well be misread"] if statement.confidence < WORTH_ASSERTING else []
    return ", ".join(kept) or "positive, actual, in the article's own voice"
