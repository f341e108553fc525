"""Binary extractions with the words of the sentence, as Open IE tools print them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.types import PredicateKind, Record, Statement, Triple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

VERB_GROUP = frozenset(["aux", "aux:pass", "cop", "compound:prt"])
NEGATIONS = frozenset(["not", "n't", "n’t", "never", "no", "longer"])


def surface_rows(doc: Doc, record: Record, sentence_id: int, sentence: str) -> list[dict[str, object]]:
    """One row per binary reading; negation and auxiliaries stay in the relation ("did not attack")."""
    by_start = {token.idx: token for token in doc}
    rows: list[dict[str, object]] = []
    for statement in record.statements:
        for reading in statement.triples:
            others = [
                t.object_text for t in statement.triples if t.subject_text == reading.subject_text and t != reading
            ]
            rows.append(
                {
                    "sentence_id": sentence_id,
                    "sentence": sentence,
                    "subject": reading.subject_text,
                    "relation": surface_relation(statement, reading, by_start),
                    "object": reading.object_text,
                    "extra_args": others,
                    "confidence": statement.confidence,
                    "polarity": str(statement.polarity),
                    "modality": str(statement.modality),
                    "attribution": statement.attribution[0].text if statement.attribution else None,
                }
            )
    return rows


def surface_relation(statement: Statement, reading: Triple, by_start: dict[int, Token]) -> str:
    """The words of the verb group, with what the reading adds after the verb ("troops near")."""
    predicate = statement.predicate
    head = by_start.get(predicate.start)
    if head is None or predicate.kind in (PredicateKind.APPOSITION, PredicateKind.POSSESSIVE):
        return reading.relation.replace("be ", "is ", 1) if reading.relation.startswith("be") else reading.relation
    if head.dep_ == "cop":
        head = head.head
    group = [t for t in head.children if t.dep_ in VERB_GROUP or (t.dep_ == "advmod" and t.lower_ in NEGATIONS)]
    copular = any(t.dep_ == "cop" for t in group)
    passive = any(t.dep_ == "aux:pass" for t in group)
    if passive and not reading.relation.startswith("be "):  # turned round: the agent is the subject
        group = [t for t in group if t.dep_ == "compound:prt"]
    if not copular:
        group.append(head)
    said = " ".join(t.text for t in sorted(group, key=lambda t: t.i))
    lemma_words = predicate.lemma.split(" ")
    words = reading.relation.split(" ")
    if words[: len(lemma_words)] == lemma_words:
        rest = words[len(lemma_words) :]
    elif words[0] == "be" and len(words) > 1 and words[1] == head.lower_:
        rest = words[len(lemma_words) + 1 :]
    elif words[0] == "be":
        rest = words[1:]
    else:
        return reading.relation
    return " ".join([said, *rest])
