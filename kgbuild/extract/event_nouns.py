"""Nouns that name events, with their arguments: "Russia's invasion of Ukraine", "talks between Blinken and Lavrov"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import AGENTS, PLACES, Filler, Reader, argument
from kgbuild.extract.clauses import Clause, base, case_of, children, spread
from kgbuild.extract.cues.tables import EventNoun, event_lemma, event_nouns, preposition_roles, word_set, words
from kgbuild.extract.embedding import Context
from kgbuild.extract.frames import OF_MODIFIER, Frames
from kgbuild.extract.noun_commitment import Commitment, listed
from kgbuild.extract.quantities import quantity_of
from kgbuild.extract.semantic_roles import by_label, type_of
from kgbuild.extract.times import TimeExpression
from kgbuild.extract.triples import participle_of, triple
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import Argument, MentionKind, Predicate, PredicateKind, Role, Span, Triple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUFFIXES = ("ion", "ment", "al", "ance", "ence", "ure", "ing", "ery", "age", "ade")
"""Endings of nouns that are made from a verb and mean what it means."""
PLAIN_MARKERS = frozenset("in at to into from with".split())
"""Prepositions that say much the same behind a noun as behind its verb."""
TOLD_WITH_PREPOSITION = (Role.PLACE, Role.DESTINATION, Role.SOURCE, Role.RECIPIENT, Role.COMITATIVE)
NOT_EVENTS = AGENTS | PLACES | {"Product", "Law"}


@dataclass(frozen=True, slots=True)
class Participant:
    """An argument of an event noun. ``own`` is False for one that stands with the verb above."""

    role: Role
    marker: str | None
    filler: Filler
    time: TimeExpression | None = None
    own: bool = True
    near: bool = True
    """Whether nothing but other modifiers of its kind stands between the noun and it."""

    @property
    def is_place(self) -> bool:
        """Whether the event happens there, and not only near to it."""
        return self.role is Role.PLACE and self.marker in word_set("at_places")

    @property
    def is_thing(self) -> bool:
        """Whether it is an entity that a reading may begin or end with."""
        unnamed = self.filler.head.pos_ == "PRON" and not self.filler.named
        return self.own and self.near and self.filler.mention is not None and self.filler.resolved and not unnamed

    @property
    def is_named(self) -> bool:
        return self.filler.named


@dataclass(frozen=True, slots=True)
class EventReading:
    """What an event noun says, before it is known who speaks."""

    predicate: Predicate
    context: Context
    sure: bool
    arguments: list[Argument]
    triples: list[Triple]
    time: TimeExpression | None
    place: Span | None


def find_event_nouns(doc: Doc, clauses: dict[int, Clause], frames: Frames, reader: Reader) -> Iterator[Token]:
    """The common nouns that name events, in order; parts of names and of set phrases ("took place") left out."""
    within = {word.i for clause in clauses.values() for word in clause.words}
    named = [False] * len(doc)
    for mention in reader.mentions:
        if mention.kind is MentionKind.NAME:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            for token in span or ():
                named[token.i] = True
    for token in doc:
        if token.pos_ != "NOUN" or token.i in within or named[token.i] or base(token.dep_) == "compound":
            continue
        if in_preposition(token):
            continue
        known = event_nouns().get(event_lemma(token))
        if known is None or not (token in frames or (known.mostly and (known.verb or known.own))):
            continue
        at = reader.mention_at(token)
        if (at is None or at.type not in NOT_EVENTS or token in frames) and reader.time_of(token) is None:
            yield token


def in_preposition(noun: Token) -> bool:
    """Whether a noun is the middle of a preposition ("in relation to")."""
    entries = words("complex_prepositions.txt")
    return any(f"{case_of(noun)}_{noun.lower_}_{case_of(child)}" in entries for child in children(noun, "nmod"))


def participants(noun: Token, commitment: Commitment, frames: Frames, reader: Reader) -> list[Participant]:
    """Who and what takes part, when and where, by the noun phrase; and by the verb that only says it takes place."""
    found = [p for p in _own(noun, frames, reader) if p.filler.head.i != noun.i]
    clause = commitment.shared
    if clause is not None:
        found += _shared(noun, clause, found, frames, reader)
    kept: list[Participant] = []
    for participant in found:
        if not any(p.filler.start <= participant.filler.start < p.filler.end for p in kept):
            kept.append(participant)
    return kept


def _own(noun: Token, frames: Frames, reader: Reader) -> Iterator[Participant]:
    """The participants inside the noun phrase."""
    of = any(case_of(child) == "of" for child in children(noun, "nmod"))
    for child in noun.children:
        dep = base(child.dep_)
        time = reader.time_of(child)
        if time is not None and dep in ("nmod", "compound", "obl", "amod", "nummod"):
            filler = Filler(time.text, time.start, time.end, None, child)
            yield Participant(Role.TIME, case_of(child), filler, time)
        elif child.dep_ == "nmod:poss":
            yield from _each(child, _role_of_possessor(noun, child, of, frames, reader), None, reader)
        elif dep in ("nmod", "obl") and child.i > noun.i:
            marker = case_of(child)
            if marker is None or child.pos_ == "PRON":
                continue
            near = follows(noun, child)
            for token, _ in spread(child):
                filler = reader.filler(token)
                yield Participant(role_of(noun, token, marker, filler, frames), marker, filler, near=near)
        elif dep == "compound":
            label = frames.label(noun, child)
            role = {"ARG0": Role.AGENT, "ARG1": Role.PATIENT}.get(label) or OF_MODIFIER.get(label)
            filler = reader.filler(child)
            counted = quantity_of(child) is not None or child.tag_ in ("CD", "$")
            if filler.mention is None and is_one_word(noun, child, role):
                continue
            if role is not None and (filler.mention is not None or role in (Role.AGENT, Role.PATIENT)):
                yield Participant(Role.QUANTITY if counted else role, None, filler)


def is_one_word(noun: Token, modifier: Token, role: Role | None) -> bool:
    """Whether a compound names no participant: what acts is nobody ("press conference"), or an adjective of place
    before it is the noun's or the modifier's ("European migrant crisis")."""
    before = [a for a in noun.children if a.i == modifier.i - 1 and a.dep_ == "amod"]
    split = any(a.text[:1].isupper() and not a.is_sent_start for a in before)
    lists = ("persons.nouns", "persons.titles", "persons.groups", "organizations.nouns", "organizations.government")
    somebody = any(modifier.lemma_.lower() in lemmas(name) for name in lists)
    return (role is Role.AGENT and not somebody) or (role is Role.PATIENT and split)


def follows(noun: Token, modifier: Token) -> bool:
    """Whether a modifier follows its noun with nothing but prepositional modifiers between them, so that a parser can
    hardly have meant another noun."""
    start = min(t.i for t in modifier.subtree)
    between = {
        t.i for child in noun.children if base(child.dep_) in ("nmod", "obl") and child.i < start for t in child.subtree
    }
    return all(i in between for i in range(noun.i + 1, start))


def _each(token: Token, role: Role, marker: str | None, reader: Reader, *, own: bool = True) -> Iterator[Participant]:
    for one, _ in spread(token):
        yield Participant(role, marker, reader.filler(one), own=own)


def _role_of_possessor(noun: Token, owner: Token, of: bool, frames: Frames, reader: Reader) -> Role:
    lemma = event_lemma(noun)
    mention = reader.mention_at(owner)
    if mention is not None and mention.type == "Product" and not of:  # "the plane's delivery"
        return Role.PATIENT
    if lemma in listed("undergone") or lemma in listed("acting"):
        return Role.PATIENT if lemma in listed("undergone") and not of else Role.AGENT
    return Role.PATIENT if frames.label(noun, owner) == "ARG1" and not of else Role.AGENT


def role_of(noun: Token, token: Token, marker: str | None, filler: Filler, frames: Frames) -> Role:
    """The role of a noun's prepositional modifier: by the preposition, and by the model's label where that is open."""
    label = frames.label(noun, token)
    kind = type_of(filler)
    if marker == "by":
        return Role.AGENT
    if marker == "between":
        return Role.AGENT if event_lemma(noun) in listed("two_sided") else Role.OTHER
    if marker == "of":
        return Role.AGENT if label == "ARG0" or event_lemma(noun) in listed("acting") else Role.PATIENT
    if marker == "among":
        return Role.AGENT if label == "ARG0" else Role.OTHER
    if f"{event_lemma(noun)}_{marker}" in listed("object_marker"):
        return Role.PATIENT
    role = Role(preposition_roles().get(marker or "", "other"))
    if label in OF_MODIFIER:
        labelled = OF_MODIFIER[label]
        return labelled if labelled is not Role.PLACE or kind in PLACES else Role.OTHER
    if role is Role.PLACE and kind not in PLACES:
        return Role.PATIENT if label == "ARG1" else Role.OTHER
    if role is Role.COMITATIVE and kind not in AGENTS | {"Country"}:
        return Role.INSTRUMENT
    if role is Role.DESTINATION and kind in AGENTS:
        return Role.RECIPIENT
    if quantity_of(token) and kind not in AGENTS and role in (Role.OTHER, Role.BENEFICIARY):
        return Role.QUANTITY
    return by_label(role, label)


def _shared(
    noun: Token, clause: Clause, found: list[Participant], frames: Frames, reader: Reader
) -> Iterator[Participant]:
    """What the verb that only says it takes place gives: its subject for "held talks", its place and time."""
    roles = {p.role for p in found}
    is_object = noun.dep_ == "obj"
    owner = next((p for p in found if p.filler.head.dep_ == "nmod:poss"), None)
    if is_object and not clause.passive and owner is not None:
        if owner.filler.head.pos_ == "PRON":  # "the plane made its maiden flight"
            yield from (Participant(owner.role, None, reader.filler(s.token), own=False) for s in clause.subjects)
    elif is_object and not clause.passive and Role.AGENT not in roles:
        undergone = clause.lemma in listed("undergoing")
        label = "" if undergone else _label_of_subject(noun, clause, frames)
        for subject in clause.subjects:
            filler = reader.filler(subject.token)
            moved = (label == "ARG1" or type_of(filler) == "Product") and Role.PATIENT not in roles
            role = Role.PATIENT if undergone or moved else Role.AGENT
            yield Participant(role, None, filler, own=False)
    for dependent in clause.dependents:
        token = dependent.token
        if dependent.relation != "oblique" or token.i == noun.i:
            continue
        time = reader.time_of(token)
        filler = reader.filler(token)
        if time is not None:
            words = Filler(time.text, time.start, time.end, None, token)
            yield Participant(Role.TIME, dependent.marker, words, time, own=False)
        elif filler.mention is not None and not dependent.alternative:
            role = role_of(noun, token, dependent.marker, filler, frames)
            if role in (Role.PLACE, Role.COMITATIVE, Role.TOPIC, Role.RECIPIENT):
                yield Participant(role, dependent.marker, filler, own=False)


def _label_of_subject(noun: Token, clause: Clause, frames: Frames) -> str:
    return next((label for d in clause.subjects if (label := frames.label(noun, d.token))), "")


def read_event_noun(noun: Token, commitment: Commitment, frames: Frames, reader: Reader) -> EventReading:
    """What one event noun says."""
    found = participants(noun, commitment, frames, reader)
    return EventReading(
        Predicate(event_lemma(noun), noun.text, noun.idx, noun.idx + len(noun), PredicateKind.NOUN,
                  frames.of(noun).sense),
        commitment.context,
        commitment.sure,
        [argument(p.role, p.filler, marker=p.marker, days=p.time.past if p.time else None) for p in found],
        readings_of(noun, found, frames.of(noun).sense),
        next((p.time for p in found if p.time is not None), None),
        next((p.filler.mention.span for p in found if p.is_place and p.filler.mention is not None), None),
    )  # fmt: skip


def readings_of(noun: Token, found: list[Participant], sense: str | None = None) -> list[Triple]:
    """The readings of an event noun between the entities of its own phrase: "Russia — invade → Ukraine". What is not
    made from a verb reads as itself ("talks with") if it is a listed event; "disrespect for" is rather an opinion."""
    things = [p for p in found if p.is_thing]
    agents = [p for p in things if p.role is Role.AGENT]
    patients = [p for p in things if p.role is Role.PATIENT and p.marker in (None, "of", *_object_markers(noun))]
    others = [p for p in things if p.role in TOLD_WITH_PREPOSITION and p.is_named]
    known = event_nouns().get(event_lemma(noun), EventNoun(True, ""))
    verb = known.verb if reads_as_verb(noun, known) else ""
    if not verb and sense and event_lemma(noun).endswith(SUFFIXES) and event_lemma(noun) not in listed("told_as_noun"):
        verb = sense.rpartition(".")[0].replace("_", " ")
    if not verb and event_lemma(noun) not in listed("told_as_noun") | listed("two_sided") | listed("event"):
        return []
    told: list[Triple] = []
    between = [p for p in agents if p.marker == "between"]
    if len(between) > 1:
        told += [triple(between[0].filler, f"{verb or noun.lower_} with", p.filler) for p in between[1:]]
        agents = between[:1]
    for agent in agents:
        for patient in patients:
            told.append(triple(agent.filler, verb or f"{noun.lower_} {patient.marker or 'of'}", patient.filler))
        done = [p.filler.head for p in patients if verb]  # "withhold aid to": what is done belongs to the words
        what = f" {done[0].lower_}" if len(done) == 1 and done[0].pos_ == "NOUN" else ""
        for other in others if not done or what else []:
            told += _with_marker(agent.filler, (verb or noun.lower_) + what, other)
    if not agents and verb:
        for patient in patients:
            for other in others:
                told += _with_marker(patient.filler, f"be {participle_of(verb)}", other)
    return [t for t in dict.fromkeys(told) if t.subject_mention != t.object_mention]


def _object_markers(noun: Token) -> list[str]:
    lemma = event_lemma(noun)
    return [entry.partition("_")[2] for entry in listed("object_marker") if entry.partition("_")[0] == lemma]


def _with_marker(subject: Filler, words: str, other: Participant) -> Iterator[Triple]:
    if other.marker in PLAIN_MARKERS and other.filler.start != subject.start:
        yield triple(subject, f"{words} {other.marker}", other.filler)


def reads_as_verb(noun: Token, known: EventNoun) -> bool:
    """Whether the noun's verb says the same ("invasion": invade), as against "agreement" and "deal"."""
    lemma = event_lemma(noun)
    if not known.verb or lemma in listed("told_as_noun"):
        return False
    return known.verb != lemma and lemma.endswith(SUFFIXES) if lemma not in listed("verb_of_same_form") else True
