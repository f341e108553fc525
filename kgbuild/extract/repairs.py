"""Frequent mistakes of parsers about who does what, put right in the tree before anything is read from it.

Every repair goes by syntax, agreement, punctuation and closed word classes, and leaves a tree that it has put right
alone, so that reading an article twice gives the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgbuild.extract.clauses import SUBJECTS, base, case_of, children
from kgbuild.extract.cues.tables import embedding_classes, word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

COMMAS = frozenset(",–—-")
CLOSING = frozenset("\"”»''")
FINITE = frozenset(["VBD", "VBZ", "VBP"])
ARGUMENTS = frozenset(["nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod"])


def repair(doc: Doc) -> None:
    """Puts the dependency tree of an article right, in place."""
    for i in range(len(doc)):
        token = doc[i]
        if token.text == "-":
            join_hyphened(token)
        elif token.dep_ == "obl:agent" and is_means(token):
            token.dep_ = "obl"
        elif token.dep_ == "obj" and is_distance(token) and token.head.lemma_.lower() in word_set("motion"):
            token.dep_ = "obl:unmarked"
        elif token.dep_ == "appos":
            read_apposition(token)
        elif token.dep_ == "xcomp" and token.pos_ == "NUM" and is_counted_result(token):
            token.dep_ = "obj"
        elif token.dep_ == "conj":
            part_gapped(token)
        elif token.dep_ == "advcl":
            leave_quotation(token)
        elif base(token.dep_) == "obl" and case_of(token) == "for":
            make_subject_of_infinitive(token)
        elif base(token.dep_) == "nsubj":
            join_exception(token)
            give_to_report(token)
            take_from_quotation(token)


def join_hyphened(hyphen: Token) -> None:
    """Makes the first half of a word that a hyphen joins a part of the second: "e" of "e-mail" is no object."""
    doc, i = hyphen.doc, hyphen.i
    if not 0 < i < len(doc) - 1 or doc[i - 1].whitespace_ or hyphen.whitespace_:
        return
    first, second = doc[i - 1], doc[i + 1]
    twice = first.dep_ == second.dep_ and first.head.i == second.head.i and first.dep_ in ARGUMENTS
    if twice and second.pos_ in ("NOUN", "PROPN"):
        first.dep_, first.head = "compound", second


def is_means(noun: Token) -> bool:
    """Whether "by" and a bare noun tell how something went, not who did it: "by air", "by live television"."""
    bare = not children(noun, "det", "nummod", "nmod:poss", "nmod")
    return noun.tag_ == "NN" and bare and case_of(noun) == "by" and noun.lemma_.lower() in word_set("means")


def is_counted_result(number: Token) -> bool:
    """Whether a number behind an adjective is who became so: "left dead five"."""
    before = [c for c in children(number.head, "xcomp") if c.pos_ == "ADJ" and c.i == number.i - 1]
    return bool(before) and not children(number.head, "obj")


def is_distance(noun: Token) -> bool:
    """Whether a noun is so many units of length: "a few blocks", "hundreds of miles"."""
    amount = noun.lemma_.lower() in ("hundred", "thousand", "dozen", "ten", "score", "couple")
    measured = [noun, *(child for child in children(noun, "nmod") if amount and case_of(child) == "of")]
    counted = children(noun, "nummod", "det", "amod") or len(measured) > 1
    return bool(counted) and any(word.lemma_.lower() in word_set("lengths") for word in measured)


def last_of(token: Token, *without: str) -> int:
    """The index of the last word of a phrase, without the children of some relations."""
    ends = [token.i]
    ends += [max(t.i for t in child.subtree) for child in token.children if child.dep_ not in without]
    return max(ends)


def after(doc: Doc, index: int) -> Token | None:
    """The word behind an index, if there is one."""
    return doc[index + 1] if index + 1 < len(doc) else None


def read_apposition(token: Token) -> None:
    """An apposition that is none: a conjunct, the second object of giving, or the subject of the clause around it."""
    head = token.head
    if head.i > token.i:
        return
    start = min(t.i for t in token.subtree)
    between = [t for t in token.doc[head.i + 1 : start + 1] if t.is_punct or t.text in COMMAS]
    if head.dep_ == "iobj" and not between and not children(head.head, "obj"):
        token.dep_, token.head = "obj", head.head  # "offer couples all the rights"
    elif not between:
        return
    elif is_coordinated(token):
        token.dep_ = "conj"
    elif (second := second_role(token)) is not None:
        second.head = token
    elif (verb := bereft_verb(token)) is not None:
        name = next((c for c in children(token, "appos") if c.pos_ == "PROPN" and c.i > token.i), token)
        name.dep_, name.head = "nsubj", verb  # "Speaking to Reuters, the head of the league, Jamal Sall, said"
        if name.i != token.i:
            token.dep_, token.head = "appos", name


def is_coordinated(token: Token) -> bool:
    """Whether "Marten, his brother and two friends" lists persons: no comma stands before "and", and the verb is a
    plural, or the one in the middle belongs to the first and no comma closes the list."""
    head, doc = token.head, token.doc
    joiner = after(doc, last_of(token, "conj", "cc"))
    if joiner is None or joiner.lower_ != "and" or joiner.dep_ != "cc":
        return False
    other = joiner.head
    if other.dep_ != "conj" or other.head.i not in (head.i, token.i):
        return False
    follower = after(doc, last_of(other))
    closed = follower is not None and follower.text in COMMAS
    number = number_of_verb(head)
    if number and head.tag_ in ("NN", "NNP"):  # "his parents, Ann and Ted, were" and "the couple, Ann and Ted, were"
        return number == "plural" and not closed
    owned = any(c.tag_ == "PRP$" for c in children(token, "nmod:poss"))
    counted = other.pos_ == "PROPN" or bool(children(other, "det", "nummod", "nmod:poss"))
    return owned and counted and not closed


def second_role(token: Token) -> Token | None:
    """What "and" adds to an apposition without an article of its own is the same person's: "a judge and former
    minister"."""
    joiner = after(token.doc, last_of(token, "conj", "cc"))
    other = joiner.head if joiner is not None and joiner.dep_ == "cc" else None
    if other is None or other.dep_ != "conj" or other.head.i != token.head.i or other.i < token.i:
        return None
    bare = other.tag_ == "NN" and not children(other, "det", "nummod", "nmod:poss", "flat", "appos")
    return other if bare and children(token, "det") and number_of_verb(token.head) != "plural" else None


def number_of_verb(subject: Token) -> str:
    """ "plural" or "singular" where the finite verb tells the number of its subject, else ""."""
    if base(subject.dep_) != "nsubj":
        return ""
    verbs = [*children(subject.head, "aux", "aux:pass", "cop"), subject.head]
    first = min(verbs, key=lambda t: t.i)
    if first.tag_ == "VBZ" or first.lower_ == "was":
        return "singular"
    return "plural" if first.tag_ == "VBP" or first.lower_ == "were" else ""


def bereft_verb(token: Token) -> Token | None:
    """The finite verb without a subject that comes right behind an apposition at the end of an adverbial clause or
    phrase before it."""
    top = token.head
    while top.head.i != top.i and not (top.dep_ == "advcl" and top.head.i > token.i):
        top = top.head
    verb = top.head
    if top.i == verb.i or verb.tag_ not in FINITE or any(c.dep_ in SUBJECTS or c.dep_ == "expl" for c in verb.children):
        return None
    follower = after(token.doc, last_of(token))
    while follower is not None and (follower.text == "," or follower.pos_ == "ADV"):
        follower = after(token.doc, follower.i)
    return verb if follower is not None and follower.i == verb.i else None


def part_gapped(token: Token) -> None:
    """What is left of a clause without its verb is no further argument of the clause before: "…, and Johnson in 1868"
    after "Clinton was impeached in 1998"."""
    head = token.head
    if token.pos_ not in ("PROPN", "NOUN", "PRON") or head.pos_ not in ("PROPN", "NOUN", "PRON", "NUM"):
        return
    own = {case_of(c) for c in children(token, "nmod", "obl")} - {None, "of"}
    across = base(head.dep_) == "nsubj" and head.i < head.head.i < token.i and head.head.pos_ == "VERB"
    other = token.pos_ == "PROPN" and token.ent_type_ != head.ent_type_
    beside = other and case_of(head) in own and case_of(token) is None
    if (across and own) or beside:
        token.dep_ = "orphan"


def leave_quotation(token: Token) -> None:
    """A time clause behind the reporting verb says when somebody spoke: "“It is over”, said Holm as she left"."""
    content, doc = token.head, token.doc
    report = content.head
    first = min(t.i for t in token.subtree)
    marks = {c.lower_ for c in children(token, "mark", "advmod")}
    if content.dep_ != "ccomp" or not content.i < report.i < first or not marks & word_set("accompanying"):
        return
    closed = any(t.text in CLOSING for t in doc[content.i + 1 : report.i])
    again = any(t.is_quote for t in doc[report.i : last_of(token) + 1])
    if closed and not again and doc[first - 1].text != ",":
        token.head = report


def make_subject_of_infinitive(token: Token) -> None:
    """ "Groups called for the bill to be dropped": the bill is what shall be dropped."""
    verb, doc = token.head, token.doc
    follower = after(doc, last_of(token))
    bare = token.pos_ == "NOUN" and not children(token, "det", "nmod:poss", "nummod") and token.tag_ == "NN"
    if follower is None or follower.tag_ != "TO" or bare:  # "called for action to stop the fires"
        return
    inner = follower.head
    asks = "requested" in embedding_classes("verb", verb.lemma_.lower())
    if inner.head.i != verb.i or inner.dep_ not in ("xcomp", "advcl") or not (inner.dep_ == "xcomp" or asks):
        return
    if any(child.dep_ in SUBJECTS for child in inner.children):
        return
    for case in children(token, "case"):
        case.dep_ = "mark"
        case.head = inner
    token.dep_ = "nsubj:pass" if children(inner, "aux:pass") else "nsubj"
    token.head = inner
    inner.dep_ = "ccomp"


def is_reporting(verb: Token) -> bool:
    return verb.pos_ == "VERB" and bool(embedding_classes("verb", verb.lemma_.lower()) & {"say", "utter"})


def join_exception(token: Token) -> None:
    """ "All but one of them died" has one subject, whose exception did not."""
    whole = next((c for c in token.head.children if base(c.dep_) == "nsubj" and c.i < token.i), None)
    if whole is not None and whole.lower_ in word_set("wholes") and any(c.lower_ == "but" for c in token.children):
        token.dep_, token.head = "conj", whole


def give_to_report(token: Token) -> None:
    """The second of two subjects goes to the reporting verb behind it: "…, Reuters reported the governor said"."""
    verb = token.head
    follower = after(token.doc, last_of(token))
    if follower is None or not verb.i < token.i or not is_reporting(follower) or follower.tag_ not in FINITE:
        return
    first = [c for c in verb.children if base(c.dep_) == "nsubj" and c.i < verb.i]
    if first and not any(child.dep_ in SUBJECTS for child in follower.children):
        token.head = follower
        if verb.head.head.i == follower.i and follower.head.i == follower.i:
            verb.dep_, verb.head = follower.dep_, verb
            follower.dep_, follower.head = "ccomp", verb


def take_from_quotation(token: Token) -> None:
    """A subject before the reporting verb is not that of the quotation behind it, which has its own: "A member of the
    council, Omar Dill said, “The town is …”"."""
    content = token.head
    report = content.head
    if content.dep_ != "ccomp" or not token.i < report.i < content.i or not is_reporting(report):
        return
    if not any(base(c.dep_) == "nsubj" and c.i > report.i for c in content.children):
        return
    speaker = next((c for c in report.children if base(c.dep_) == "nsubj" and token.i < c.i < report.i), None)
    if speaker is not None:
        token.dep_, token.head = "appos", speaker
    else:
        token.dep_, token.head = "nsubj", report
