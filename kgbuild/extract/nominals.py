"""What noun phrases say by the way: titles ("Kremlin spokesman Dmitry Peskov"), appositions, ages, places in places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import AGENTS, PLACES, Filler, Reader, phrase_span
from kgbuild.extract.clauses import base, case_of, children, joined_titles, spread
from kgbuild.extract.cues.tables import classes, word_set
from kgbuild.extract.trees import hyphened_end
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import Mention, MentionKind, PredicateKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

INSTITUTIONS = AGENTS - {"Person", "Group"}


@dataclass(frozen=True, slots=True)
class Role:
    """A role noun with its words ("deputy foreign minister") and the institutions or places it is held in."""

    noun: Token
    words: str
    owners: tuple[tuple[Filler, str], ...]
    ended: bool
    possible: bool
    last: Token
    """The word that ends it: "Judge" of "District Judge"."""


@dataclass(frozen=True, slots=True)
class Nominal:
    """A statement that a noun phrase makes: ``subject`` is ``relation`` (to) ``object``."""

    kind: PredicateKind
    predicate: Token
    subject: Filler
    readings: tuple[tuple[str, Filler], ...]
    ended: bool
    possible: bool


def value_of(word: str) -> frozenset[str]:
    return classes("factuality.tsv").get(("adjective", word), frozenset())


def role_of_noun(noun: Token, reader: Reader) -> Role:
    """The role that a noun phrase names, split from the names of those it is held for."""
    owners: list[tuple[Filler, str]] = []
    kept = [noun]
    ended = possible = False
    for child in noun.children:
        mention = reader.mention_at(child)
        part_of_role = child.lower_ in word_set("role_modifiers")
        institution = mention is not None and mention.type in INSTITUTIONS and child.dep_ != "amod"
        named = mention is not None and not part_of_role and (mention.kind is MentionKind.NAME or institution)
        dep = base(child.dep_)
        if dep in ("compound", "amod", "nmod") or (dep == "advmod" and child.i < noun.i):
            values = value_of(child.lower_)
            ended, possible = ended or "ended" in values, possible or "possible" in values
            marker = case_of(child) or "of"
            left = child.i < noun.i
            if dep == "nmod" and child.dep_ == "nmod:poss":
                if mention is not None:
                    owners.append((reader.filler(child), "of"))
            elif named and (left or marker in ("of", "for", "at", "in", "with", "from", "to")):
                owners += [(reader.filler(token), "of" if left else marker) for token, _ in spread(child)]
            elif left:
                inside = [f for f, _ in owners if f.start <= child.idx < f.end]  # "Red" of "Philippine Red Cross"
                kept += [t for t in child.subtree if not inside and (t.dep_ != "punct" or t.text == "-")]
            elif dep == "nmod" and marker in ("of", "for", "at"):
                inner = [t for t in child.subtree if is_named(reader.filler(t)) and case_of(t)][:1]
                owned = {t.i for owner in inner for t in owner.subtree}  # "a metaphor for the destruction of Mosul"
                kept += [t for t in child.subtree if t.dep_ not in ("acl:relcl", "punct") and t.i not in owned]
                owners += [(reader.filler(t), case_of(t) or "of") for t in inner]
    kept += list(noun.doc[noun.i + 1 : hyphened_end(noun.doc, noun.i)])  # "-in-law"
    values = value_of(word_before(min(kept, key=lambda t: t.i)))  # "Ex-Prime Minister", whose "Ex" hangs from the name
    ended, possible = ended or "ended" in values, possible or "possible" in values
    following = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun
    while noun.dep_ == "nmod:desc" and goes_on_title(following) and following.i > noun.i:
        kept.append(following)
        following = following.nbor(1)
    kept = sorted({t.i: t for t in kept}.values(), key=lambda t: t.i)
    spoken = [t.lemma_.lower() if t.i == noun.i else t.lower_ for t in kept if t.dep_ != "det"]
    last = max([noun, *(t for t in kept if t.i > noun.i and goes_on_title(t))], key=lambda t: t.i)
    return Role(noun, " ".join(spoken).replace(" - ", "-"), tuple(owners), ended, possible, last)


def word_before(token: Token) -> str:
    """The word that stands right before, or before a hyphen; "" at the beginning of a sentence."""
    before = [t for t in token.doc[max(token.sent.start, token.i - 2) : token.i] if t.text != "-"]
    return before[-1].lower_ if before else ""


def find_nominals(doc: Doc, reader: Reader) -> Iterator[Nominal]:
    """All statements that noun phrases make, in the order of their predicates."""
    for mention in reader.mentions:
        if mention.kind is MentionKind.NAME and not mention.start <= mention.head[0] < mention.end:
            yield from headed_title(mention, doc, reader)
    for token in doc:
        dep = token.dep_
        if dep == "nmod:desc" and token.head.pos_ == "PROPN":
            yield from title(token, reader)
        elif dep == "appos":
            yield from apposition(token.head, token, reader)
        elif dep in ("nmod", "nmod:unmarked", "list", "dep") and token.pos_ == "PROPN" and token.i > token.head.i:
            yield from affiliation(token, reader)
        elif token.pos_ == "NOUN":
            for noun, name in joined_titles(token):
                if (subject := reader.filler(name)).mention is not None:
                    yield role_statement(subject, role_of_noun(noun, reader), reader, noun)


def title(noun: Token, reader: Reader) -> Iterator[Nominal]:
    """A description before a name: "President Michel Martelly", "the OT Southern Star 7 tanker"."""
    subject = reader.filler(noun.head)
    if subject.mention is None or noun.lower_ in word_set("honorifics") or noun.pos_ not in ("NOUN", "PROPN"):
        return
    if subject.start <= noun.idx < subject.end or not fits(subject, noun) or goes_on_title(noun):
        return
    for token, _ in spread(noun):
        yield role_statement(subject, role_of_noun(token, reader), reader, token)


def headed_title(mention: Mention, doc: Doc, reader: Reader) -> Iterator[Nominal]:
    """A title that the tree makes the head of the name: "spokesman Dmitry Peskov"."""
    span = doc.char_span(*mention.head)
    if span is None or span[0].pos_ not in ("NOUN", "PROPN") or span[0].lower_ in word_set("honorifics"):
        return
    subject = Filler(mention.text, mention.start, mention.end, mention, span[0], True)
    if not fits(subject, span[0]):
        return
    yield role_statement(subject, role_of_noun(span[0], reader), reader, span[0])


def goes_on_title(noun: Token) -> bool:
    """Whether a word is the rest of a title of several capitalised words ("General" of "Attorney General Becerra")."""
    if noun.i == 0 or not noun.tag_.startswith("NNP"):
        return False
    before = noun.nbor(-1)
    capital = before.tag_.startswith("NN") and before.text[:1].isupper()
    return before.dep_ == "nmod:desc" and capital and before.head.i == noun.head.i


def fits(subject: Filler, noun: Token) -> bool:
    """Whether a description can be of its subject: no person is an album, and nothing with a name is so many miles."""
    person = subject.mention is not None and subject.mention.type == "Person"
    letters = noun.text.isupper() and len(noun) <= 4 and noun.text not in word_set("lettered_titles")  # "USS"
    part_of_name = noun.tag_ in ("NNP", "NNPS") and not person  # "Crew Dragon"
    counted = any(child.dep_ == "nummod" and child.i < noun.i for child in noun.children)
    lemma = noun.lemma_.lower()
    body = person and lemma in lemmas("organizations.nouns") and not is_of_persons(lemma)
    return not (counted or letters or part_of_name or body or (person and lemma in word_set("works")))


def is_of_persons(lemma: str) -> bool:
    """Whether a noun for bodies also says what somebody is: "a publisher", "an operator", "the authority on"."""
    return lemma.endswith(("er", "or")) or lemma in ("authority", "giant")


def role_statement(subject: Filler, role: Role, reader: Reader, noun: Token) -> Nominal:
    readings: list[tuple[str, Filler]] = []
    for owner, marker in role.owners:
        if owner.resolved and owner.start != subject.start:
            readings.append((f"be {role.words} {marker}", owner))
    if not readings:
        start, end = phrase_span(noun, reader.text)
        cut = any(c.dep_ == "cc" and c.idx <= start for c in noun.subtree)  # "rail and shipping tycoon"
        if start < subject.start < end and not cut:
            end = max(noun.idx + len(noun), start + len(reader.text[start : subject.start].rstrip()))
        elif subject.start < end and start < subject.end:
            start, end = noun.idx, noun.idx + len(noun)
        end = max(end, role.last.idx + len(role.last))
        words = Filler(reader.text[start:end], start, end, None, noun)
        readings.append(("be", words))
    return Nominal(PredicateKind.APPOSITION, role.last, subject, tuple(readings), role.ended, role.possible)


def is_named(filler: Filler) -> bool:
    return filler.mention is not None and filler.mention.kind is MentionKind.NAME


def apposition(head: Token, other: Token, reader: Reader) -> Iterator[Nominal]:
    """Two noun phrases side by side for one thing, or an age, or a place and what it lies in."""
    subject = reader.filler(head)
    if other.pos_ == "NOUN" and is_named(subject) and not is_named(reader.filler(other)):
        subject = described(subject, other, reader)
    if subject.mention is None or subject.start <= other.idx < subject.end or not fits(subject, other):
        return
    if other.pos_ == "NUM" and not other.text.endswith("%"):
        if subject.mention.type == "Person" and other.text.isdigit() and 0 < int(other.text) < 120:
            words = Filler(other.text, other.idx, other.idx + len(other), None, other)
            yield Nominal(PredicateKind.APPOSITION, other, subject, (("be aged", words),), False, False)
        return
    filler = reader.filler(other)
    if is_named(subject) and is_named(filler):
        yield from two_names(subject, filler, other, reader)
    elif other.pos_ in ("NOUN", "PROPN") and is_named(subject) and not is_named(filler):
        yield role_statement(subject, role_of_noun(other, reader), reader, other)
        first = role_of_noun(other, reader)
        for child in children(other, "conj"):
            if child.pos_ in ("NOUN", "PROPN") and not is_named(reader.filler(child)):
                role = role_of_noun(child, reader)
                if not children(child, "det"):  # "a former boyfriend and employee"
                    role = replace(role, ended=role.ended or first.ended, possible=role.possible or first.possible)
                yield role_statement(subject, role, reader, child)
    elif is_named(filler) and head.pos_ == "NOUN":
        role = role_of_noun(head, reader)
        yield role_statement(filler, role, reader, head)


def described(subject: Filler, noun: Token, reader: Reader) -> Filler:
    """What an apposition describes: "Dan Reed of Delta Tours, a company" describes the company, which is named last."""
    lemma = noun.lemma_.lower()
    body = lemma in lemmas("organizations.nouns") and not is_of_persons(lemma)
    if not body or subject.mention is None or subject.mention.type != "Person":
        return subject
    before = [m for m in reader.mentions if m.kind is MentionKind.NAME and m.end <= noun.idx]
    nearest = max(before, key=lambda m: m.end, default=None)
    if nearest is None or nearest.type not in INSTITUTIONS or nearest.start < subject.end:
        return subject
    head = noun.doc.char_span(*nearest.head)
    return reader.filler(head[0]) if head is not None and reader.mention_at(head[0]) is nearest else subject


def two_names(subject: Filler, other: Filler, token: Token, reader: Reader) -> Iterator[Nominal]:
    """ "Johannesburg, South Africa" and "Matthew England, University of New South Wales"."""
    one, two = subject.mention, other.mention
    if one is None or two is None or one.chain == two.chain:
        return
    relation = relation_of_types(one, two, reader.text)
    if relation:
        yield Nominal(PredicateKind.APPOSITION, token, subject, ((relation, other),), False, False)
    elif token.pos_ == "PROPN" and one.type == "Person" and reader.text[two.end : two.end + 1] != ")":
        yield role_statement(subject, role_of_noun(token, reader), reader, token)


def relation_of_types(one: Mention, two: Mention, text: str) -> str | None:
    """What two names side by side say: a place lies in the region or country after the comma, a person belongs to an
    institution."""
    if one.type in PLACES:
        return "be in" if lies_in(one, two, text) else None
    if one.type == "Person" and two.type in AGENTS - {"Person", "Group"}:
        return "be of"
    return None


def lies_in(one: Mention, two: Mention, text: str) -> bool:
    """Whether "Johannesburg, South Africa" or "Paris in France" stands there, and not a list or a new clause."""
    between = text[one.end : two.start]
    return two.type in ("Country", "Region") and one.type != "Country" and between in (", ", " in ", ", in ", " (")


def affiliation(token: Token, reader: Reader) -> Iterator[Nominal]:
    """A name after a name: "Nuttapong Boontob of the Thailand Accident Research Center", "Badalona, Catalonia"."""
    head = token.head
    while head.dep_ == "flat":
        head = head.head
    subject, other = reader.filler(head), reader.filler(token)
    if not (is_named(subject) and is_named(other)) or subject.mention is None or other.mention is None:
        return
    if subject.mention.chain == other.mention.chain or head.pos_ != "PROPN":
        return
    marker = case_of(token)
    if marker is None and token.dep_ != "nmod":
        if lies_in(subject.mention, other.mention, reader.text):
            yield Nominal(PredicateKind.APPOSITION, token, subject, (("be in", other),), False, False)
    elif marker in ("of", "from", "at", "with") and subject.mention.type == "Person":
        # "Scholz from Kiev said" tells where he stood, so only "of" counts with a place
        if (other.mention.type in AGENTS - {"Person"}) or (marker == "of" and other.mention.type in PLACES):
            relation = "be from" if other.mention.type in PLACES else "be of"
            yield Nominal(PredicateKind.APPOSITION, token, subject, ((relation, other),), False, False)
    elif marker == "in" and lies_in(subject.mention, other.mention, reader.text):
        yield Nominal(PredicateKind.APPOSITION, token, subject, (("be in", other),), False, False)
