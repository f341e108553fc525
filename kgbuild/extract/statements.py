"""From clauses and noun phrases to statements, with the truth gate applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import Filler, Reader, argument, phrase_span, role_of
from kgbuild.extract.attribution import find_voices, is_according
from kgbuild.extract.catenatives import catenative, matrix_words
from kgbuild.extract.clause_times import ClauseTimes, dates_source, real_times, span_of_noun, tells_when_said
from kgbuild.extract.clauses import Clause, Dependent, case_of, children, copulas, find_clauses
from kgbuild.extract.complements import complement_words, complements, is_said_of_role, modifiers_of
from kgbuild.extract.confidence import OF_EVENT_NOUN, OF_NOMINAL, UNSURE, WORTH_ASSERTING, weigh
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.embedding import Context, embedding_class
from kgbuild.extract.event_classes import EventClasses
from kgbuild.extract.event_nouns import find_event_nouns, read_event_noun
from kgbuild.extract.factuality import contexts, sets_condition
from kgbuild.extract.frames import Frames
from kgbuild.extract.furniture import headline_spans
from kgbuild.extract.inclusions import Inclusion, can_include, commitment, find_inclusions, own_clause
from kgbuild.extract.nominals import Nominal, find_nominals, role_of_noun
from kgbuild.extract.noun_commitment import Commitments
from kgbuild.extract.own_words import is_infinitive, value_of
from kgbuild.extract.places import ClausePlaces
from kgbuild.extract.possessions import Possession, find_possessions
from kgbuild.extract.second_opinion import SecondOpinion
from kgbuild.extract.semantic_roles import refined
from kgbuild.extract.speakers import Speakers
from kgbuild.extract.subjects import fill_subjects, lend_object
from kgbuild.extract.times import anchor_of, find_times
from kgbuild.extract.triples import Part, readings, triple
from kgbuild.types import (
    Argument,
    Article,
    Mention,
    Modality,
    Polarity,
    Predicate,
    PredicateKind,
    Role,
    Sentence,
    Span,
    Statement,
    TimeSpan,
    Triple,
    content_id,
)  # fmt: skip

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from kgbuild.settings import Settings


def tells_manner(adverb: Token) -> bool:
    """Whether an adverb says how, and not how sure or how often."""
    return adverb.lower_.endswith("ly") and not value_of("adverb", adverb.lower_)


def is_auxiliary(clause: Clause) -> bool:
    """Whether "go" is a form of words and nobody goes: "are going to win", "went so far as to say"."""
    opened = [d.token for d in clause.dependents if d.relation == "content" and d.token.dep_ == "xcomp"]
    if clause.lemma != "go":
        return False
    far = next((c for c in children(clause.head, "advmod") if c.lower_ == "far"), None)
    told = far is not None and any(c.lower_ in ("so", "as") for c in [*far.children, *children(clause.head, "advmod")])
    clauses = [c for c in (*clause.head.children, *(far.children if far else ())) if c.dep_ in ("advcl", "xcomp")]
    return (clause.head.tag_ == "VBG" and bool(opened)) or (told and any(c.tag_ == "VB" for c in clauses))


def is_discourse(dependent: Dependent) -> bool:
    """Whether an adverbial only joins sentences ("for example")."""
    return f"{dependent.marker or ''} {dependent.token.lower_}".strip() in word_set("discourse")


def statement_id(article: Article, kind: str, head: Token) -> str:
    return content_id(article.id, kind, head.idx)


def without_dangling(statement: Statement, ids: set[str]) -> Statement:
    """The statement without references to clauses that made no statement."""
    if all(a.statement is None or a.statement in ids for a in statement.arguments):
        return statement
    arguments = tuple(a if a.statement in ids else replace(a, statement=None) for a in statement.arguments)
    return replace(statement, arguments=arguments)


class Extractor:
    """The statements of one article; holds what is looked up again and again."""

    def __init__(
        self, doc: Doc, article: Article, mentions: tuple[Mention, ...], skip: list[Span], settings: Settings
    ) -> None:
        self.doc, self.article, self.settings, self.skip = doc, article, settings, skip
        times = real_times(doc, find_times(doc.text, anchor_of(article), skip))
        self.reader = Reader(doc, mentions, times)
        self.clauses = find_clauses(doc)
        for clause in self.clauses.values():
            fill_subjects(clause)
        for clause in self.clauses.values():
            lend_object(clause, self.clauses)
        self.arcs: list[float] = doc._.arc_scores if doc.has_extension("arc_scores") else []
        self.free_times_of_subject()
        self.free_times_of_saying()
        voices = find_voices(doc, self.clauses, self.reader)
        self.hidden = voices.hidden
        self.frames = Frames(doc)
        opinion = SecondOpinion(self.frames.factuality(), settings)
        self.contexts = contexts(self.clauses, voices.reporters, voices.hidden, opinion)
        self.nominals = list(find_nominals(doc, self.reader))
        self.speakers = Speakers(self.reader, voices, self.nominals)
        self.places = ClausePlaces(self.reader, self.frames)
        self.times = ClauseTimes(doc, self.clauses, times, headline_spans(doc.text))
        self.classes = EventClasses(mentions, settings.events)
        self.commitments = Commitments(self.clauses, self.contexts, self.frames)

    def free_times_of_saying(self) -> None:
        """Gives verbs of saying the times right behind them ("said on Friday he may go")."""
        for clause in self.clauses.values():
            for dependent in [d for d in clause.dependents if self.reader.time_of(d.token) is not None]:
                speaking = tells_when_said(dependent.token, clause)
                if speaking is not None:
                    clause.dependents = [d for d in clause.dependents if d is not dependent]
                    speaking.dependents.append(dependent)

    def free_times_of_subject(self) -> None:
        """Takes times out of the place of subjects ("today will begin to return"); the clause above lends its own."""
        for clause in self.clauses.values():
            kept = [d for d in clause.subjects if self.reader.time_of(d.token) is None]
            if len(kept) < len(clause.subjects):
                clause.dependents += [Dependent(d.token, "oblique") for d in clause.subjects if d not in kept]
                shared = clause.parent.subjects if clause.link == "conj" and clause.parent is not None else []
                clause.subjects = kept or [d for d in shared if self.reader.time_of(d.token) is None]

    def run(self) -> list[Statement]:
        """The statements that are sure enough, in the order of the text; every nested one that an argument names is
        among them."""
        least = self.settings.min_confidence
        found = sorted(
            (s for s in self.find() if s.confidence >= least), key=lambda s: (s.predicate.start, s.predicate.end, s.id)
        )
        ids = {statement.id for statement in found}
        return [without_dangling(statement, ids) for statement in found]

    def find(self) -> Iterator[Statement]:
        for clause in self.clauses.values():
            if not self.is_skipped(clause.head):
                yield from self.from_clause(clause)
        for nominal in self.nominals:
            if not self.is_skipped(nominal.predicate):
                yield self.from_nominal(nominal)
        for inclusion in find_inclusions(self.clauses):
            if not self.is_skipped(inclusion.cue):
                yield from self.from_inclusion(inclusion)
        for possession in find_possessions(self.doc, self.reader):
            if not self.is_skipped(possession.noun):
                yield self.from_possession(possession)
        for noun in find_event_nouns(self.doc, self.clauses, self.frames, self.reader):
            if not self.is_skipped(noun):
                yield self.from_event_noun(noun)

    def is_skipped(self, token: Token) -> bool:
        return any(start <= token.idx < end for start, end in self.skip)

    # --- clauses ---

    def from_clause(self, clause: Clause) -> Iterator[Statement]:
        context = self.speakers.quoted(clause.head, self.contexts[clause.head.i])
        subjects = [self.speakers.filler(d.token, context) for d in clause.subjects]
        parts, arguments = self.parts(clause, context)
        if self.is_light(clause) or sets_condition(clause) or is_auxiliary(clause):
            return
        arguments = [
            argument(self.role(Dependent(d.token, "subject"), clause, f), f)
            for d, f in zip(clause.subjects, subjects, strict=True)
        ] + arguments
        if any(d.alternative for d in [*clause.subjects, *clause.dependents]) and not context.negative:
            context = replace(
                context, modality=Modality.POSSIBLE if context.modality is Modality.ACTUAL else context.modality
            )
        told = [f for f in subjects if f.resolved and (f.mention is not None or f.head.pos_ != "PROPN")]
        if not clause.subjects:  # "predicting it is difficult": the clause itself is the subject
            told = [self.reader.clause_filler(c) for c in children(clause.head, "csubj") if c.i in self.clauses]
        triples = list(readings(clause, matrix_words(clause), told, parts))
        triples += catenative(clause, told, self.clauses, lambda t, i: self.speakers.filler(t, self.contexts[i]))
        if not arguments:
            return
        time = self.times.of(clause, context.modality)
        place = self.places.of(clause)
        start = clause.words[0].idx
        end = clause.words[-1].idx + len(clause.words[-1])
        copula = copulas(clause.head)
        if clause.kind is PredicateKind.COPULA and copula:
            start, end = copula[-1].idx, copula[-1].idx + len(copula[-1])
        lemma = "be" if clause.kind is PredicateKind.COPULA else clause.lemma
        sense = self.frames.of(clause.head).sense if clause.kind is PredicateKind.VERB else None
        predicate = Predicate(lemma, self.reader.text[start:end], start, end, clause.kind, sense)
        yield self.statement(
            "clause", clause.head, predicate, arguments, context, time, place.mention.span if place else None, triples
        )

    def is_light(self, clause: Clause) -> bool:
        """Whether a verb only tells how the action of its complement goes on ("continues to add")."""
        opened = [d.token for d in clause.dependents if d.relation == "content" and d.token.dep_ == "xcomp"]
        if clause.head.i in self.hidden:
            return False
        if opened and clause.lemma == "go" and clause.head.tag_ == "VBG":
            return any(is_infinitive(self.clauses[t.i]) for t in opened if t.i in self.clauses)  # "is going to leave"
        return (
            bool(opened)
            and not clause.passive
            and clause.kind is PredicateKind.VERB
            and (
                embedding_class("verb", clause.lemma, "open") == "actual"
                and not any(d.relation == "object" for d in clause.dependents)
            )
        )

    def parts(self, clause: Clause, context: Context) -> tuple[list[Part], list[Argument]]:
        """The arguments other than subjects, as the readings see them and as records."""
        parts: list[Part] = []
        arguments = []
        if clause.kind in (PredicateKind.COPULA, PredicateKind.ADJECTIVE) and (
            copulas(clause.head) or children(clause.head, "aux:pass")
        ):
            for token in complements(clause):
                filler = self.complement(token, context)
                named = role_of_noun(token, self.reader) if token.pos_ in ("NOUN", "PROPN") else None
                marker = case_of(token) or case_of(clause.head)
                parts.append(
                    Part(
                        "complement", marker, filler, False, named.words if named else "", named.owners if named else ()
                    )
                )
                is_place = marker is not None and filler.mention is not None
                place = (
                    role_of(Dependent(token, "oblique", marker), clause, filler, self.reader)
                    if is_place
                    else Role.ATTRIBUTE
                )
                time = self.reader.time_of(token)
                days = self.times.days(time, clause, context.modality) if time is not None else None
                arguments.append(argument(place, filler, marker=marker, days=days))
        for dependent in clause.dependents:
            token = dependent.token
            if is_according(dependent) or is_discourse(dependent):
                continue
            if is_said_of_role(dependent, clause, self.reader):
                continue
            content = dependent.relation == "content"
            inner = self.clauses.get(token.i) if content else None
            lent = inner.lent_from if inner is not None else None
            filler = (
                self.reader.clause_filler(token, lent, clause.head) if content else self.speakers.filler(token, context)
            )
            if dependent.relation == "attribute" and clause.lemma in word_set("naming"):
                start, end = phrase_span(token, self.reader.text)
                filler = Filler(self.reader.text[start:end], start, end, None, token)
            time = self.reader.time_of(token)
            if time is not None and dates_source(token):
                continue
            if time is not None and any(a.role is Role.TIME and a.start == time.start for a in arguments):
                continue  # "at 4:42 local time" is one
            if time is not None:
                filler = Filler(time.text, time.start, time.end, None, token)
            days = self.times.days(time, clause, context.modality) if time is not None else None
            nested = self.nested(token) if content else None
            role = self.role(dependent, clause, filler)
            if dependent.relation == "adverb" and time is None and not tells_manner(token):
                continue
            bare = dependent.marker is None  # "join one day", and "was mugged moments before"
            lasting = bare and (dependent.relation == "oblique" or (dependent.relation == "object" and clause.passive))
            is_time = time is not None or role is Role.TIME or (lasting and token.lemma_ in word_set("moments"))
            named = (
                role_of_noun(token, self.reader) if dependent.relation == "attribute" and token.pos_ == "NOUN" else None
            )
            completes = content and clause.kind is PredicateKind.COPULA and not copulas(clause.head)
            parts.append(
                Part(
                    "complement" if completes else dependent.relation,
                    dependent.marker,
                    filler,
                    is_time,
                    *((named.words, named.owners) if named else ()),
                )
            )
            arguments.append(argument(role, filler, marker=dependent.marker, statement=nested, days=days))
            if dependent.relation == "object":
                parts += [
                    Part("through", f"{token.lower_} {marker}", inner)
                    for marker, inner in modifiers_of(token, self.reader)
                ]
        return parts, arguments

    def role(self, dependent: Dependent, clause: Clause, filler: Filler) -> Role:
        """The role by grammar, and by the model's label where grammar leaves it open."""
        return refined(role_of(dependent, clause, filler, self.reader), dependent, clause, filler, self.frames)

    def nested(self, token: Token) -> str | None:
        """The id of the statement that a complement clause makes, seen through verbs that say nothing of their own."""
        clause = self.clauses.get(token.i)
        while clause is not None and self.is_light(clause):
            inner = [d.token.i for d in clause.dependents if d.relation == "content" and d.token.dep_ == "xcomp"]
            clause = self.clauses.get(inner[0])
        return statement_id(self.article, "clause", clause.head) if clause is not None else None

    def complement(self, token: Token, context: Context) -> Filler:
        """The words after the copula, by the mention that they are where they are one."""
        noun = token.pos_ in ("NOUN", "PROPN", "PRON", "NUM")
        if noun and self.reader.mention_at(token):
            return self.speakers.filler(token, context)
        return complement_words(token, self.reader)

    # --- records ---

    def from_nominal(self, nominal: Nominal) -> Statement:
        noun = nominal.predicate
        context = Context(modality=Modality.POSSIBLE if nominal.possible else Modality.ACTUAL, ended=nominal.ended)
        context = self.speakers.quoted(noun, context)
        arguments = [argument(Role.PATIENT, nominal.subject)]
        seen = {nominal.subject.start}
        for relation, filler in nominal.readings:
            if filler.start not in seen:
                seen.add(filler.start)
                role = Role.ATTRIBUTE if relation in ("be", "be aged") else Role.OTHER
                if relation == "be in":
                    role = Role.PLACE
                arguments.append(
                    argument(role, filler, marker=relation.rpartition(" ")[2] if role is not Role.ATTRIBUTE else None)
                )
        triples = [triple(nominal.subject, relation, filler) for relation, filler in nominal.readings]
        predicate = Predicate(noun.lemma_.lower(), noun.text, noun.idx, noun.idx + len(noun), nominal.kind)
        subject_head = nominal.subject.head
        return self.statement("nominal", noun, predicate, arguments, context, None, None, triples, subject_head)

    def from_possession(self, possession: Possession) -> Statement:
        noun = possession.noun
        clause = own_clause(noun, self.clauses)
        context = commitment(self.contexts[clause.head.i]) if clause is not None else Context()
        if possession.taken_for_granted:
            context = replace(context, modality=Modality.ACTUAL)
        if possession.possible:
            context = replace(context, modality=Modality.POSSIBLE)
        context = self.speakers.quoted(noun, replace(context, ended=possession.ended))
        arguments = [argument(Role.AGENT, possession.owner), argument(Role.PATIENT, possession.had)]
        triples = [triple(possession.owner, "have", possession.had)]
        predicate = Predicate("have", noun.text, noun.idx, noun.idx + len(noun), PredicateKind.POSSESSIVE)
        return self.statement("possession", noun, predicate, arguments, context, None, None, triples)

    def from_inclusion(self, inclusion: Inclusion) -> Iterator[Statement]:
        cue = inclusion.cue
        context = self.speakers.quoted(cue, commitment(self.contexts[inclusion.clause.head.i]))
        group = self.speakers.filler(inclusion.group, context)
        members = [self.speakers.filler(token, context) for token in inclusion.members]
        if not can_include(group, members):
            return
        arguments = [argument(Role.AGENT, group), *(argument(Role.PATIENT, member) for member in members)]
        triples = [triple(group, "include", member) for member in members if member.resolved]
        end = max(t.idx + len(t) for t in [cue, *children(cue, "fixed")])
        predicate = Predicate("include", self.reader.text[cue.idx : end], cue.idx, end, PredicateKind.VERB)
        yield self.statement("inclusion", cue, predicate, arguments, context, None, None, triples)

    def from_event_noun(self, noun: Token) -> Statement:
        event = read_event_noun(noun, self.commitments.of(noun), self.frames, self.reader)
        others = tuple(s for s in event.context.sources if s.holder is None or s.holder.i != noun.i)
        context = self.speakers.quoted(noun, replace(event.context, sources=others))
        time = span_of_noun(event.time, context.modality) if event.time is not None else None
        return self.statement(
            "event", noun, event.predicate, event.arguments, context, time, event.place, event.triples,
            confidence=OF_EVENT_NOUN if event.sure else UNSURE,
        )  # fmt: skip

    def statement(
        self, kind: str, head: Token, predicate: Predicate, arguments: list[Argument], context: Context,
        time: TimeSpan | None, place: Span | None, triples: list[Triple], other: Token | None = None,
        confidence: float = OF_NOMINAL,
    ) -> Statement:  # fmt: skip
        attribution = self.speakers.attributions(context)
        start, end = self.reader.sentence_of(head)
        sentence = Sentence(start, end, self.reader.text[start:end])
        plain = not context.negative and context.modality is Modality.ACTUAL and not context.ended
        clause = self.clauses.get(head.i) if kind == "clause" else None
        confidence = weigh(clause, self.arcs, bool(triples)).value if clause is not None else confidence
        sure = confidence >= WORTH_ASSERTING
        asserted = plain and sure and (not attribution or self.settings.assert_attributed)
        identity = (
            statement_id(self.article, kind, head)
            if other is None
            else content_id(self.article.id, kind, head.idx, other.idx)
        )
        predicate = self.classes.classed(predicate, arguments, head)
        unique = list(dict.fromkeys(triples))
        return Statement(
            identity, self.article.id, sentence, predicate, tuple(arguments),
            Polarity.NEGATIVE if context.negative else Polarity.POSITIVE, context.modality, attribution, time, place,
            context.ended, asserted, confidence, tuple(unique),
        )  # fmt: skip
