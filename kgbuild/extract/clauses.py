"""Clauses of a dependency tree: predicates with their arguments as the grammar gives them.

Works on Universal Dependencies. What a tree leaves implicit is filled in: subjects shared by coordination, control and
participles, the antecedents of relative clauses, the auxiliaries that later conjuncts share, the voice. Coordinated
arguments are spread.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

from kgbuild.extract.cues.tables import embedding_classes, governing_verbs, word_set, words
from kgbuild.extract.questions import mark_questions
from kgbuild.extract.verb_words import lemma_of, particles_of, prefix_of, set_nouns
from kgbuild.extract.word_lists import lemmas
from kgbuild.types import PredicateKind

CLAUSAL = frozenset(
    "root ccomp xcomp advcl advcl:relcl acl acl:relcl parataxis csubj csubj:pass csubj:outer dep appos list".split()
)
SUBJECTS = frozenset("nsubj nsubj:pass nsubj:outer csubj csubj:pass csubj:outer".split())
NOMINAL = frozenset("NOUN PROPN PRON NUM SYM X".split())
ABOUT_MARKS = word_set("about_marks")
"""Prepositions before a gerund that say what a verb is about ("accused of triggering"), not when or how."""
RELATIVE_TAGS = frozenset("WDT WP WP$ WRB".split())


@dataclass
class Dependent:
    """A filler in the tree: ``relation`` is object, recipient, agent, oblique, attribute, content or adverb."""

    token: Token
    relation: str
    marker: str | None = None
    alternative: bool = False


@dataclass
class Clause:
    """A predicate with its dependents. ``link`` says how it hangs from ``parent``, ``mark`` is what joins it."""

    head: Token
    kind: PredicateKind
    lemma: str
    words: list[Token]
    auxiliaries: list[Token]
    passive: bool
    link: str
    mark: str | None
    parent: Clause | None = None
    anchor: Token | None = None
    subjects: list[Dependent] = field(default_factory=list)
    dependents: list[Dependent] = field(default_factory=list)
    existential: bool = False
    shares_subject: bool = False
    question: bool = False
    lent_from: Token | None = None
    """The object of the reporting verb that is this clause's subject."""
    reduced: bool = False
    """Whether it is a participle without subject or auxiliary, also where the tagger took it for a past tense."""

    @property
    def speaks(self) -> bool:
        """Whether the verb reports words, so that it says little without them."""
        return not self.passive and "say" in embedding_classes("verb", self.lemma)

    @property
    def finite(self) -> bool:
        """Whether the verb, or its first auxiliary or copula, is finite."""
        if self.reduced:
            return False
        first = min([self.head, *self.auxiliaries, *copulas(self.head)], key=lambda t: t.i)
        return first.tag_ in ("VBD", "VBZ", "VBP", "MD")


def base(dep: str) -> str:
    """A relation before its subtype."""
    return dep.partition(":")[0]


def children(token: Token, *deps: str) -> list[Token]:
    """The dependents with one of the relations, in order."""
    return [child for child in token.children if child.dep_ in deps]


def copulas(token: Token) -> list[Token]:
    """The copulas of a predicate, without that of a clause around it ("the problem is that they left")."""
    found = children(token, "cop")
    outer = any(c.dep_.endswith(":outer") and c.i < found[0].i for c in token.children) if found else False
    return found[1:] if outer else found


def own_subtree(token: Token) -> list[Token]:
    """All words of a clause, without the subject and copula of a clause around it."""
    outer = next((c for c in token.children if c.dep_.endswith(":outer")), None)
    first = next((c.i + 1 for c in children(token, "cop") if outer is not None and c.i > outer.i), 0)
    return [t for t in token.subtree if t.i >= first]


def case_of(token: Token) -> str | None:
    """The preposition of a noun, with its fixed parts ("because of"), lower-cased; None where there is none."""
    # a parser may hang the preposition of a name on the name's last word
    nodes = [token, *children(token, "flat")]
    cases = [child for node in nodes for child in node.children if child.dep_ == "case" and child.tag_ != "POS"]
    parts: list[str] = []
    for case in cases:
        parts += [case.lower_, *(part.lower_ for part in children(case, "fixed"))]
    return " ".join(parts) or None


def mark_of(token: Token) -> str | None:
    """The word that subordinates a clause ("if", "that", "to"), with its fixed parts; the last one but "to" wins."""
    marks = [child for child in token.children if child.dep_ in ("mark", "case")]
    texts = [" ".join([mark.lower_, *(part.lower_ for part in children(mark, "fixed"))]) for mark in marks]
    told = [text for text in texts if text != "to"]
    wh = [child.lower_ for child in token.children if child.dep_ == "advmod" and child.tag_ == "WRB"]
    return told[0] if told else (texts[0] if texts else (wh[0] if wh else None))


def spread(token: Token) -> Iterator[tuple[Token, bool]]:
    """A nominal and its conjuncts, each with whether it is one of alternatives; those denied ("not X") are left out."""
    rest = [child for child in token.children if child.dep_ == "conj" and is_filler(child)]
    alternatives = any(cc.lower_ in ("or", "nor") for child in rest for cc in children(child, "cc"))
    titles = {title.i for title, _ in joined_titles(token)}
    rest = [child for child in rest if child.i not in titles]
    if token.lower_ in word_set("wholes") and any(cc.lower_ == "but" for child in rest for cc in children(child, "cc")):
        return  # "all but one of the sixteen died": neither all did nor the one
    if token.i not in titles:
        yield token, alternatives
    for child in rest:
        negated = any(word.lower_ in ("not", "n't", "without") for word in children(child, "advmod", "cc", "case"))
        if not negated:
            yield from ((inner, alternatives or other) for inner, other in spread(child))


def joined_titles(token: Token) -> list[tuple[Token, Token]]:
    """The titles that "and" joins before one name, which are no further persons, each with the name's head: "party
    leader and Prime Minister Boris Johnson", "singer and actress Maria Lind"."""
    bare = not children(token, "det", "nmod:poss", "nummod") and token.tag_ == "NN"
    joined = children(token, "conj")
    behind = [child.i for child in children(token, "flat", "appos") if child.pos_ == "PROPN"]
    found = [(c, token) for c in joined if c.tag_ == "NN" and bare and behind and c.i < max(behind)]
    first = joined[0] if joined else None
    if first is not None and first.pos_ == "PROPN" and bare and token.lemma_.lower() in lemmas("persons.titles"):
        found += [(token, first)] if any(t.i < first.i for t in children(first, "nmod:desc")) else []
    return found


def is_filler(token: Token) -> bool:
    """Whether a word can head the filler of an argument rather than a clause."""
    return token.pos_ in NOMINAL or (token.pos_ in ("ADJ", "DET", "ADV", "VERB") and not is_predicate(token))


def is_predicate(token: Token) -> bool:
    """Whether a word carries a clause: a verb in a clausal place, or anything with a copula."""
    if children(token, "cop"):
        return True
    dep = token.dep_
    if token.tag_ == "VBG" and token.lower_ in word_set("prepositional_participles") and dep in ("acl", "advcl"):
        return False  # "owing to their jobs"
    if token.pos_ == "ADJ" and dep in CLAUSAL and children(token, "aux:pass"):  # "was disappointed"
        return True
    if token.pos_ == "AUX":
        return (
            dep in CLAUSAL and token.lemma_ in ("be", "have", "do") and any(c.dep_ in SUBJECTS for c in token.children)
        )
    if dep == "conj":
        if token.pos_ != "VERB":
            return token.pos_ == "ADJ" and bool(children(token, *SUBJECTS, "aux", "aux:pass"))
        return is_predicate(token.head) or token.head.pos_ == "VERB"
    return token.pos_ == "VERB" and dep in CLAUSAL


def relative_pronoun(head: Token) -> Token | None:
    """The relative word inside a relative clause, if it has one."""
    reach = [head, *(child for child in head.children)]
    for token in (t for node in reach for t in node.children):
        if token.tag_ in RELATIVE_TAGS and token.lower_ in ("who", "whom", "which", "that", "where", "when", "whose"):
            return token
    return next((t for t in head.children if t.lower_ == "that" and base(t.dep_) in ("nsubj", "obj", "obl")), None)


def kind_of(token: Token) -> PredicateKind:
    if token.tag_ == "VB" and copulas(token):  # "he is to leave"
        return PredicateKind.VERB
    if copulas(token) or (token.pos_ == "AUX" and token.lemma_ == "be"):
        return PredicateKind.ADJECTIVE if token.pos_ == "ADJ" else PredicateKind.COPULA
    return PredicateKind.ADJECTIVE if token.pos_ == "ADJ" else PredicateKind.VERB


def find_clauses(doc: Doc) -> dict[int, Clause]:
    """All clauses by the index of their predicate, parents before children, arguments filled in."""
    clauses: dict[int, Clause] = {}
    for sentence in doc.sents:
        order = [sentence.root]
        for token in order:
            order.extend(token.children)
        for token in order:
            if is_predicate(token):
                clause = make_clause(token, clauses)
                outer = outer_clause(clause)
                for found in (outer, clause) if outer is not None else (clause,):
                    clauses[found.head.i] = found
        inside = range(sentence.start, sentence.end)
        mark_questions(sentence.text, [clause for i, clause in clauses.items() if i in inside])
    return clauses


def outer_clause(clause: Clause) -> Clause | None:
    """The copular clause whose complement a clause is, put between it and the clause above: "the problem is that they
    left", "the aim is to win". The tree hangs the outer subject and copula from the inner predicate."""
    head = clause.head
    subjects = [c for c in head.children if c.dep_ in ("nsubj:outer", "csubj:outer")]
    copula = next((c for c in children(head, "cop") if subjects and c.i > subjects[0].i), None)
    if copula is None:
        return None
    outer = Clause(copula, PredicateKind.COPULA, "be", [copula], [], False, clause.link, clause.mark, clause.parent)
    outer.anchor, outer.shares_subject = clause.anchor, False
    outer.subjects = [Dependent(t, "subject", None, alternative) for t, alternative in spread(subjects[0])]
    outer.dependents = [Dependent(head, "content")]
    clause.parent, clause.link, clause.anchor = outer, "ccomp", subjects[0]
    clause.mark, clause.shares_subject = mark_of(head), False
    return outer


def make_clause(token: Token, clauses: dict[int, Clause]) -> Clause:
    anchor = token.head if token.head.i != token.i else None
    owner: Token | None = anchor
    below: Token | None = token
    while owner is not None and owner.i not in clauses:
        owner, below = owner.head if owner.head.i != owner.i else None, owner
    parent = clauses[owner.i] if owner is not None else None
    if parent is not None and below is not None and below.dep_.endswith(":outer"):
        parent = parent.parent or parent
    complementizer = any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children)
    link = "relcl" if token.dep_ == "acl:relcl" and not complementizer else base(token.dep_)
    auxiliaries = children(token, "aux", "aux:pass")
    passive = is_passive(token, auxiliaries)
    own_subject = any(child.dep_ in SUBJECTS for child in token.children)
    if (
        link == "advcl"
        and parent is not None
        and anchor is not None
        and anchor.i == parent.head.i
        and opens_complement(token, parent)
    ):
        link = "xcomp"
    shared = link == "conj" and parent is not None and anchor is not None and anchor.i == parent.head.i
    if shared and parent is not None and not own_subject and not auxiliaries and not copulas(token):
        same_form = token.tag_ == parent.head.tag_ or (token.tag_ == "VB" and parent.head.tag_ in ("VB", "VBP"))
        if same_form and token.tag_ in ("VB", "VBN", "VBG"):
            auxiliaries = parent.auxiliaries
            passive = passive or (token.tag_ == "VBN" and parent.passive)
    bare = not auxiliaries and not own_subject and not copulas(token) and not children(token, "mark", "advmod:wh")
    reduced = link in ("acl", "advcl") and bare and token.tag_ in ("VBN", "VBD", "VBG")
    if (
        link in ("acl", "advcl")
        and not auxiliaries
        and not own_subject
        and (token.tag_ == "VBN" or (reduced and token.tag_ == "VBD"))
    ):
        passive = True
    clause = Clause(
        head=token,
        kind=kind_of(token),
        lemma=lemma_of(token),
        words=sorted([token, *prefix_of(token), *particles_of(token), *set_nouns(token)], key=lambda t: t.i),
        auxiliaries=auxiliaries,
        passive=passive,
        link=link if token.dep_ != "root" else "root",
        mark=mark_of(token) if not copulas(token) or token.pos_ not in NOMINAL else plain_mark(token),
        parent=parent,
        anchor=anchor,
        existential=any(c.dep_ == "expl" and c.lower_ == "there" for c in token.children),
        shares_subject=shared and not own_subject,
        reduced=reduced,
    )
    clause.dependents = list(find_dependents(clause))
    return clause


def is_passive(token: Token, auxiliaries: list[Token]) -> bool:
    """Whether a verb has the auxiliary or the subject of a passive; "had fired" is active, whatever its subject's
    label."""
    if children(token, "aux:pass"):
        return True
    perfect = bool(auxiliaries) and auxiliaries[-1].lemma_ == "have"
    return not perfect and any(c.dep_ in ("nsubj:pass", "csubj:pass") for c in token.children)


def plain_mark(token: Token) -> str | None:
    """The subordinator of a copular clause whose complement may have a preposition of its own."""
    marks = [child.lower_ for child in children(token, "mark") if child.lower_ != "to"]
    return marks[0] if marks else None


def find_dependents(clause: Clause) -> Iterator[Dependent]:
    """The fillers in the clause itself, subjects apart."""
    relative = relative_pronoun(clause.head) if clause.link == "relcl" else None
    antecedent = clause.anchor
    for child in clause.head.children:
        dep = child.dep_
        # spaCy makes a new Token object at every access, so words are compared by their index
        if child.i == clause.head.i - 2 and prefix_of(clause.head):
            continue  # "life-threatening"
        if relative is not None and (child.i == relative.i or (relative.head.i == child.i and relative.tag_ == "WP$")):
            continue
        if dep == "obj" and child in clause.words:
            for inner in children(child, "nmod"):
                yield from (Dependent(t, "oblique", case_of(t) or case_of(inner), alt) for t, alt in spread(inner))
        elif dep == "obj" and case_of(child) and any(c.i < child.i for c in children(clause.head, "obj")):
            yield Dependent(child, "oblique", case_of(child))  # "shares worth $4 billion"
        elif dep in ("obj", "iobj"):
            label = "object" if dep == "obj" else "recipient"
            yield from (Dependent(t, label, None, alt) for t, alt in spread(child) if not is_predicate(t))
        elif base(dep) == "obl" or (dep in ("nmod", "nmod:unmarked") and (clause.kind is not PredicateKind.VERB)):
            inner, marker = through_complex(child)
            label = "agent" if dep == "obl:agent" and marker == "by" else "oblique"
            for token, alternative in spread(inner):
                own = case_of(token) if token.i != inner.i else None
                yield Dependent(token, label, own or marker, alternative)
        elif dep == "xcomp" and not is_predicate(child):
            yield Dependent(child, "attribute", case_of(child))
        elif dep in ("ccomp", "xcomp") or (base(dep) == "csubj" and is_predicate(child)):
            asked = dep == "ccomp" and any(c.lower_ == "for" for c in children(child, "mark"))
            yield Dependent(child, "content", "for" if asked else None)  # "called for the bill to be dropped"
        elif dep == "advcl" and is_gerund(child) and (mark_of(child) or "") in ABOUT_MARKS:
            yield Dependent(child, "content", mark_of(child))
        elif dep == "advcl" and opens_complement(child, clause):
            yield Dependent(child, "content")
        elif dep == "advmod" and child.pos_ == "ADV":
            yield Dependent(child, "adverb")
    if relative is not None and antecedent is not None:
        yield from relative_dependent(clause, relative, antecedent)
    elif clause.link == "relcl" and antecedent is not None and not gap_is_subject(clause):
        stranded = [
            c
            for c in clause.head.children
            if c.dep_ in ("case", "obl", "advmod", "compound:prt") and c.tag_ in ("IN", "RP")
        ]
        has_object = any(child.dep_ == "obj" for child in clause.head.children)
        if stranded:
            yield Dependent(antecedent, "oblique", stranded[-1].lower_)
        elif not has_object and not clause.passive and clause.kind is PredicateKind.VERB:
            yield Dependent(antecedent, "object")


def is_gerund(token: Token) -> bool:
    """Whether a verb is a gerund, or the first word of its group is ("being cast")."""
    return token.tag_ == "VBG" or any(c.tag_ == "VBG" and c.i < token.i for c in children(token, "aux", "aux:pass"))


def through_complex(token: Token) -> tuple[Token, str | None]:
    """An oblique and its marker; "in front of the house" is the house, marked "in front of"."""
    marker = case_of(token)
    if marker is not None:
        for child in children(token, "nmod"):
            after = case_of(child)
            if f"{marker}_{token.lower_}_{after}" in words("complex_prepositions.txt"):
                return child, f"{marker} {token.lower_} {after}"
    return token, marker


def opens_complement(child: Token, clause: Clause) -> bool:
    """Whether an infinitive that the tree calls adverbial is what a passive is about ("was designed to convince")."""
    governed = clause.passive and clause.head.lemma_.lower() in governing_verbs()
    return governed and child.tag_ == "VB" and mark_of(child) == "to"


def gap_is_subject(clause: Clause) -> bool:
    return not any(child.dep_ in SUBJECTS for child in clause.head.children)


def relative_dependent(clause: Clause, relative: Token, antecedent: Token) -> Iterator[Dependent]:
    """The antecedent in the place of its relative pronoun, unless that is the subject's place."""
    place = base(relative.dep_)
    if relative.head.i != clause.head.i:
        return
    if place == "obj":
        yield Dependent(antecedent, "object")
    elif place == "obl" and relative.lower_ not in ("where", "when"):
        yield Dependent(antecedent, "oblique", case_of(relative))
    elif relative.lower_ == "where":
        yield Dependent(antecedent, "oblique", "in")
