"""Binary extractions with the words of the sentence, as Open IE tools print them.

They are read from the clauses that the statements are read from, so that both say the same; only the words differ:
pronouns stay, phrases are cut as they stand, auxiliaries, negation and the verbs above an infinitive are part of the
relation ("did not attack", "continue to reside in").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kgbuild.extract.clauses import ABOUT_MARKS, Clause, children, copulas
from kgbuild.extract.complements import joined_before
from kgbuild.extract.confidence import SURENESS_OF_NOMINAL, sureness_of
from kgbuild.extract.own_words import is_infinitive
from kgbuild.extract.statements import Extractor, statement_id
from kgbuild.extract.surface_parts import NOUNS, Part, clause_parts, complement_parts, inner_parts
from kgbuild.extract.surface_phrases import chain, continues, phrase, spoken
from kgbuild.types import PredicateKind, Record, Statement

NESTED = 0.4
FURTHER = 0.8
"""How much less often, where annotators write down what a sentence says, they write a reading through a phrase inside
an argument, or for a later conjunct of the object, than the first reading of its clause (half of CaRB's dev part)."""
WITH_NOUN = ("object", "complement", "attribute")
"""Arguments whose own prepositional phrases may as well belong to the verb."""


@dataclass(frozen=True, slots=True)
class Row:
    """One extraction: subject, relation and arguments as words, and how much less sure it is than its statement."""

    subject: str
    relation: str
    arguments: tuple[str, ...]
    share: float = 1.0


def surface_rows(extractor: Extractor, record: Record, sentence_id: int) -> list[dict[str, object]]:
    """The rows of a sentence, each with the polarity, modality and speaker of its statement.

    ``record`` is what ``extractor`` read.
    """
    statements = {statement.id: statement for statement in record.statements}
    rows: list[tuple[Row, Statement, float]] = []
    for clause in extractor.clauses.values():
        statement = statements.pop(statement_id(record.article, "clause", clause.head), None)
        if statement is not None:
            sureness = sureness_of(clause, extractor.arcs, statement.modality)
            rows += [(row, statement, sureness) for row in clause_rows(clause, extractor)]
    for statement in statements.values():
        for reading in statement.triples:
            verb = statement.predicate.kind is PredicateKind.VERB  # "including"
            relation = (
                statement.predicate.text if verb else re.sub(r"^have$", "has", re.sub(r"^be\b", "is", reading.relation))
            )
            rows.append((Row(reading.subject_text, relation, (reading.object_text,)), statement, SURENESS_OF_NOMINAL))
    found: dict[tuple[str, ...], dict[str, object]] = {}
    for row, statement, sureness in rows:
        if sureness * row.share < extractor.settings.min_confidence:
            continue
        key = (row.subject, row.relation, *row.arguments)
        found.setdefault(key, to_json(row, statement, sureness, record, sentence_id))
    return list(found.values())


def to_json(row: Row, statement: Statement, sureness: float, record: Record, sentence_id: int) -> dict[str, object]:
    return {
        "sentence_id": sentence_id,
        "sentence": record.article.text,
        "subject": row.subject,
        "relation": row.relation,
        "object": row.arguments[0],
        "extra_args": list(row.arguments[1:]),
        "confidence": round(sureness * row.share, 3),
        "polarity": str(statement.polarity),
        "modality": str(statement.modality),
        "attribution": statement.attribution[0].text if statement.attribution else None,
    }


def clause_rows(clause: Clause, extractor: Extractor) -> Iterator[Row]:
    """The extractions of one clause, one per subject and object, with what else it says as further arguments."""
    if is_completed(clause, extractor) or (continues(clause) and not clause.dependents):
        return
    if clause.link == "advcl" and clause.mark in ABOUT_MARKS and not clause.finite:
        return  # "accused him of lying": an argument of the verb, whose subject may be another
    relation = spoken(chain(clause))
    parts = clause_parts(clause, extractor)
    copular = clause.kind in (PredicateKind.COPULA, PredicateKind.ADJECTIVE) and bool(copulas(clause.head))
    for subject in clause.subjects:
        if subject.token.dep_ == "nmod:poss":
            continue  # "her hope is to win"
        name = spoken(phrase(subject.token, wide=True))
        if copular and clause.head.pos_ in NOUNS:
            leads = complement_parts(clause)
        elif copular:
            yield from adjective_rows(clause, name, relation, parts)
            continue
        else:
            leads = leading_parts(parts)
        rest = [p for p in parts if p not in leads]
        yield from argument_rows(name, relation, leads, rest)
        through = f"{relation} {leads[0].text}" if leads and leads[0].relation in WITH_NOUN else relation
        for part in leads:
            yield from through_clause(name, relation, part, extractor)
        for part in rest:
            yield from through_clause(name, through, part, extractor)


def through_clause(subject: str, verb: str, part: Part, extractor: Extractor) -> Iterator[Row]:
    """The extractions through the infinitive or gerund that says what an argument is for: "the duty of guarding"."""
    for child in children(part.head, "acl"):
        inner = extractor.clauses.get(child.i)
        marks = [t for t in child.children if t.dep_ in ("mark", "case") and t.lower_ != "to"]
        if inner is None or child.i < part.head.i or not (marks or is_infinitive(inner)):
            continue
        shown = " ".join(filter(None, (verb, part.text, spoken([*marks, *chain(inner)]))))
        parts = clause_parts(inner, extractor)
        leads = leading_parts(parts)
        for row in argument_rows(subject, shown, leads, [p for p in parts if p not in leads]):
            yield replace(row, share=NESTED)


def is_completed(clause: Clause, extractor: Extractor) -> bool:
    """Whether an infinitive says all that a clause does: "was able to reinforce the hotel"."""
    opened = [d.token for d in clause.dependents if d.relation == "content"]
    described = [d.token for d in clause.dependents if d.relation == "attribute" and d.token.pos_ == "ADJ"]
    heads = [*opened, *(t for adjective in described for t in children(adjective, "xcomp"))]
    inner_clauses = [extractor.clauses.get(t.i) for t in heads]
    return any(inner is not None and continues(inner) and inner.dependents for inner in inner_clauses)


def leading_parts(parts: list[Part]) -> list[Part]:
    """The arguments that rows begin with: the objects, else what the subject becomes, else what stands first behind
    the verb, with its conjuncts."""
    for relation in ("object", "attribute"):
        if found := [p for p in parts if p.relation == relation]:
            return found
    first = next((p for p in parts if p.relation != "adverb"), parts[0] if parts else None)
    return [p for p in parts if first is not None and p.first == first.first]


def argument_rows(subject: str, verb: str, leads: list[Part], rest: list[Part]) -> Iterator[Row]:
    """One row per leading argument, with the others behind it; then those through the nouns of the arguments."""
    for k, lead in enumerate(leads):
        inner = inner_parts(lead, of=False) if lead.relation in WITH_NOUN else ()
        others = sorted([*rest, *inner], key=lambda p: p.head.i)
        yield lead_row(subject, verb, lead, [p.text for p in others], FURTHER if k else 1.0)
    for lead in leads:
        yield from nested_rows(subject, verb, lead)
    shown = f"{verb} {leads[0].text}" if leads and leads[0].relation in WITH_NOUN else verb
    for part in rest:
        yield from nested_rows(subject, shown, part)


def lead_row(subject: str, verb: str, lead: Part, rest: list[str], share: float) -> Row:
    """The row of an argument; a preposition goes with the verb."""
    return Row(subject, f"{verb} {lead.marker}".rstrip(), (spoken(lead.words), *rest), share)


def nested_rows(subject: str, verb: str, part: Part) -> Iterator[Row]:
    """The extractions through an argument to what the prepositional phrases of its noun name."""
    if part.head.pos_ not in NOUNS or part.relation in ("content", "adverbial"):
        return
    shown = " ".join(filter(None, (verb, part.marker, spoken(phrase(part.head, of=False)))))
    for inner in inner_parts(part, of=True):
        if part.relation not in WITH_NOUN or inner.marker.lower() == "of":
            yield Row(subject, f"{shown} {inner.marker}", (spoken(inner.words),), NESTED)
        yield from nested_rows(subject, shown, inner)


def adjective_rows(clause: Clause, subject: str, verb: str, parts: list[Part]) -> Iterator[Row]:
    """ "remains high", "was ill with a cold": the adjective belongs to the relation where it has a complement."""
    own = [t for t in clause.head.children if t.dep_ == "advmod" and t.i < clause.head.i and t.text not in verb.split()]
    words = [*(t for word in own for t in word.subtree), *reversed(joined_before(clause.head)), clause.head]
    lead = next((p for p in parts if p.relation != "adverbial" and (p.marker or p.relation == "content")), None)
    if lead is not None:
        leads = [p for p in parts if p.first == lead.first]
        yield from argument_rows(subject, f"{verb} {spoken(words)}", leads, [p for p in parts if p not in leads])
    else:
        yield Row(subject, verb, (spoken(words), *(p.text for p in parts)))
