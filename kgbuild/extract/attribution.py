"""Who is quoted, reported or named as a source, for every clause of an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import AGENTS, Reader
from kgbuild.extract.clauses import Clause, Dependent, base, case_of
from kgbuild.extract.cues.tables import embedding_classes, word_set
from kgbuild.extract.embedding import Source, source_of, speaker_of
from kgbuild.extract.quotes import Quote, find_quotes, paragraphs
from kgbuild.extract.turns import Turn, find_turns
from kgbuild.types import AttributionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

ACCORDING = word_set("according")

PARTICIPLE_PENALTY = 40
"""Characters by which a reporting participle ("adding") counts as further away than a clause with its own subject."""


ACCORDING_STARTS = frozenset(phrase.partition(" ")[0] for phrase in ACCORDING)
MAX_INVERTED_WORDS = 8
"""How far behind its verb a speaker may begin: a few adverbs and titles."""
SIGNATURE = re.compile(r"[.,]?\s?(?:[―—–]|--?)\s?(?P<who>[A-Z][^\n;:?!]{2,60})")
"""A dash behind a quotation and whose it is, up to 60 characters: "“We will win.” — Mary Jones"."""
ASIDE = re.compile(r"(?<=[–—-]\s)([^–—\n]{3,80}?)(?=\s?[–—-]\s)")
"""Up to 80 characters between dashes; longer asides are part of what is said."""


@dataclass
class Voices:
    """What attribution found: sources beside a clause, the reporting clauses, and the speaker of each quote."""

    reporters: dict[int, list[Source]] = field(default_factory=lambda: defaultdict(list))
    hidden: set[int] = field(default_factory=set)
    quotes: list[Quote] = field(default_factory=list)
    speakers: dict[Quote, Source | None] = field(default_factory=dict)
    asides: list[tuple[int, int]] = field(default_factory=list)
    """Characters of reporting clauses inside a quotation's marks: "First of all – Peskov said – …"."""
    turns: list[Turn] = field(default_factory=list)
    """What the speakers of a transcript say, in order."""
    _starts: list[int] = field(default_factory=list)

    def turn_at(self, offset: int) -> Turn | None:
        """The turn of a transcript around a character, or None."""
        return next((turn for turn in self.turns if turn.start <= offset < turn.end), None)

    def quote_at(self, offset: int) -> Quote | None:
        """The quote around a character, or None; an aside that names the speaker is not quoted."""
        if any(start <= offset < end for start, end in self.asides):
            return None
        if not self._starts:
            self._starts = [quote.start for quote in self.quotes]
        i = bisect_right(self._starts, offset) - 1
        return self.quotes[i] if i >= 0 and offset < self.quotes[i].end else None


def is_speech(lemma: str) -> bool:
    """Whether a verb can stand beside a quotation: verbs of saying, and a few of asking and thinking."""
    return bool(embedding_classes("verb", lemma) & {"say", "utter"}) or lemma in word_set("quoting")


def find_voices(doc: Doc, clauses: dict[int, Clause], reader: Reader) -> Voices:
    """Sources for every clause and speakers for every quote of an article."""
    voices = Voices(quotes=find_quotes(reader.text))
    for clause in clauses.values():
        turn_inverted(clause, voices)
    find_asides(clauses, voices, reader)
    for clause in clauses.values():
        reporting_beside(clause, clauses, voices)
    for token in doc:
        if token.lower_ in ACCORDING_STARTS and token.dep_ == "case" and (case := case_of(token.head)) in ACCORDING:
            owner = clause_above(token.head, clauses)
            holder = holder_of(token.head, reader)
            speaks = is_agent(holder, reader) or holder.lower_ in word_set("reports")
            if owner is not None and (case != "per" or speaks):
                source = Source(holder, case or "", AttributionKind.ACCORDING_TO, token.head.idx)
                voices.reporters[scope_of(owner, token.head).head.i].append(source)
        if token.lemma_.lower() in word_set("judgement", "commitment.tsv") and case_of(token) in ("in", "by", "on"):
            owner, holder = clause_above(token, clauses), holder_of(token, reader)
            own = holder.i != token.i or (case_of(token) == "by" and token.lemma_.lower() == "estimate")
            if owner is not None and base(token.dep_) in ("obl", "nmod") and own:
                source = Source(holder, token.text, AttributionKind.ACCORDING_TO, token.idx)
                voices.reporters[scope_of(owner, token).head.i].append(source)
    for clause in clauses.values():
        above = split_from(clause, clauses)
        if above is not None:
            voices.reporters[clause.head.i].append(source_of(above))
    voices.turns = find_turns(doc, reader)
    for turn in voices.turns:
        for i, clause in clauses.items():
            if turn.start <= clause.head.idx < turn.end and clause.parent is None:
                voices.reporters[i].append(turn.source)
    assign_speakers(doc, clauses, voices, reader)
    return voices


def split_from(clause: Clause, clauses: dict[int, Clause]) -> Clause | None:
    """The reporting clause that a parser took for a sentence of its own, though no punctuation ends it ("The mayor said
    Monday" and "the bridge is unsafe")."""
    sentence = clause.head.sent
    if clause.parent is not None or sentence.start == 0:
        return None
    before = sentence[0].nbor(-1)
    if before.is_punct or before.is_space or sentence[0].is_space:
        return None
    above = clauses.get(before.sent.root.i)
    return above if above is not None and above.speaks and speaker_of(above) is not None else None


def find_asides(clauses: dict[int, Clause], voices: Voices, reader: Reader) -> None:
    """Reporting clauses between dashes inside quotation marks, as continental papers set them."""
    for clause in clauses.values():
        speaker = speaker_of(clause)
        quote = voices.quote_at(clause.head.idx)
        if quote is None or speaker is None or not is_speech(clause.lemma) or not has_subject(clause):
            continue
        for match in ASIDE.finditer(reader.text, quote.start, quote.end):
            start, end = match.span(1)
            if start <= clause.head.idx < end and start <= speaker.idx < end:
                voices.asides.append((start, end))


def is_according(dependent: Dependent) -> bool:
    """Whether an oblique names a source rather than a circumstance."""
    return dependent.relation == "oblique" and (dependent.marker or "") in ACCORDING


def turn_inverted(clause: Clause, voices: Voices) -> None:
    """The speaker behind the verb ("…", said Dr. Livermore) where the tree took words of the quotation for one."""
    head = clause.head
    if not is_speech(clause.lemma) or voices.quote_at(head.idx) is not None:
        return
    turn_object(clause, voices)
    if not any(voices.quote_at(d.token.idx) for d in clause.subjects):
        return
    clause.subjects = []
    for token in head.doc[head.i + 1 : head.i + MAX_INVERTED_WORDS]:
        if token.is_punct or token.pos_ in ("VERB", "SPACE"):
            return
        if token.pos_ in ("PROPN", "NOUN", "PRON"):
            top = token
            while top.head.i > head.i and top.head.i != top.i and top.head.pos_ in ("PROPN", "NOUN"):
                top = top.head
            clause.subjects = [Dependent(top, "subject")]
            return


def turn_object(clause: Clause, voices: Voices) -> None:
    """The document behind the verb ("…", reads the statement) where the tree took it for what is read."""
    head = clause.head
    before = head.doc[head.i - 2 : head.i] if head.i > 1 else ()
    behind = any(voices.quote_at(t.idx) is not None and t.is_punct for t in before)
    if not behind or clause.passive or has_subject(clause):
        return
    found = [d for d in clause.dependents if d.relation == "object" and d.token.i > head.i]
    if len(found) == 1 and head.tag_ in ("VBZ", "VBD", "VBP") and voices.quote_at(found[0].token.idx) is None:
        clause.dependents = [d for d in clause.dependents if d is not found[0]]
        clause.subjects = [Dependent(found[0].token, "subject")]


def clause_above(token: Token, clauses: dict[int, Clause]) -> Clause | None:
    """The clause that a word belongs to."""
    while token.i not in clauses:
        if token.head.i == token.i:
            return None
        token = token.head
    return clauses[token.i]


def is_agent(token: Token, reader: Reader) -> bool:
    mention = reader.mention_at(token)
    return mention is not None and mention.type in AGENTS


def scope_of(clause: Clause, source: Token) -> Clause:
    """The clause that "according to X" speaks of: behind a comma the whole sentence, however low a parser hangs it."""
    first = min(source.subtree, key=lambda t: t.i)
    if first.text != "," and (first.i == 0 or first.nbor(-1).text != ","):
        return clause
    last = max(source.subtree, key=lambda t: t.i)
    at_end = last.i + 1 >= len(source.doc) or last.nbor(1).is_punct
    whole = ("relcl", "acl", "advcl", "conj", "ccomp", "xcomp") if at_end else ("relcl", "acl", "advcl", "conj")
    while clause.parent is not None and clause.link in whole:
        clause = clause.parent
    return clause


def holder_of(token: Token, reader: Reader) -> Token:
    """Who holds what a noun says: "the analysis of Pentagon spokesman John Kirby" is Kirby's."""
    mention = reader.mention_at(token)
    if (mention is not None and mention.type in AGENTS) or token.pos_ not in ("NOUN", "PROPN"):
        return token  # "one of the children" is not the children
    for child in token.children:
        own = child.dep_ == "nmod:poss" or (child.dep_ == "nmod" and case_of(child) in ("of", "by", "from"))
        owner = reader.mention_at(child) if own else None
        if owner is not None and owner.type in AGENTS:
            return child
    return token


def reporting_beside(clause: Clause, clauses: dict[int, Clause], voices: Voices) -> None:
    """A reporting clause that stands beside what it reports ("…, he said", "as officials put it")."""
    parent = clause.parent
    if parent is None or not is_speech(clause.lemma) or clause.mark not in (None, "as"):
        return
    if clause.link not in ("parataxis", "advcl", "dep") or (clause.link == "advcl" and clause.mark != "as"):
        return
    if any(d.relation in ("content",) for d in clause.dependents) and clause.mark != "as":
        return
    if clause.passive or (any(d.relation == "object" for d in clause.dependents) and clause.lemma not in ("tell",)):
        return
    speaker = speaker_of(clause) if any(c.dep_.startswith("nsubj") for c in clause.head.children) else None
    if speaker is not None:
        voices.reporters[parent.head.i].append(
            Source(speaker, clause.head.text, AttributionKind.INDIRECT, clause.head.idx)
        )
        voices.hidden.add(clause.head.i)


def assign_speakers(doc: Doc, clauses: dict[int, Clause], voices: Voices, reader: Reader) -> None:
    """The speaker of each quotation: by syntax, by nearness within its sentences, else by what stands around it."""
    if not voices.quotes:
        return
    bounds = [sentence.start_char for sentence in doc.sents]
    sentences = list(doc.sents)
    cues = [c for c in clauses.values() if is_speech(c.lemma) and voices.quote_at(c.head.idx) is None]
    blocks = paragraphs(reader.text)
    previous: Quote | None = None
    for quote in voices.quotes:
        first = max(bisect_right(bounds, quote.start) - 1, 0)
        last = max(bisect_right(bounds, max(quote.end - 1, 0)) - 1, first)
        found = nearest_cue(quote, sentences[first].start_char, sentences[last].end_char, cues)
        if found is None:
            found = according_to(quote, sentences[first].start, sentences[last].end, doc, reader)
        found = signed(quote, doc, reader) or found
        if found is None:
            found = introduced(quote, sentences[first], clauses, reader)
        block = next((b for b in blocks if b[0] <= quote.start < b[1]), (0, 0))
        if found is None and previous is not None:
            same_block = block[0] <= previous.start
            between = reader.text[previous.end : quote.start]
            alone = not re.search(r"\w", between)
            whole = sentence_is_quoted(reader.text, sentences[first].start_char, quote)
            if (same_block and (whole or alone)) or quote.continues:
                found = voices.speakers.get(previous)
        if found is None and last + 1 < len(sentences):
            found = announced_after(sentences[last + 1], clauses, block)
        if found is None and first > 0 and sentence_is_quoted(reader.text, sentences[first].start_char, quote):
            found = announced_before(reader.text, sentences[first - 1], clauses, block)
        voices.speakers[quote] = found
        previous = quote


def signed(quote: Quote, doc: Doc, reader: Reader) -> Source | None:
    """The name behind a dash at the end of a quotation that stands in a line of its own."""
    match = SIGNATURE.match(reader.text, quote.end)
    line = reader.text.rfind("\n", 0, quote.start) + 1
    if match is None or reader.text[line : quote.start].strip() or reader.text[match.end() : match.end() + 1].strip():
        return None
    start = match.start("who")
    span = doc.char_span(start, match.end(), alignment_mode="contract")
    names = [t for t in span or () if t.pos_ == "PROPN"]
    if not names or names[0].idx > start or any(t.pos_ in ("VERB", "AUX") for t in span or ()):
        return None
    mention = next((m for m in reader.mentions if start <= m.start < match.end() and m.type in AGENTS), None)
    holder = next((t for t in names if mention is not None and t.idx == mention.head[0]), names[0])
    return Source(holder, "—", AttributionKind.DIRECT, quote.end)


def sentence_is_quoted(text: str, sentence_start: int, quote: Quote) -> bool:
    """Whether nothing but the quotation stands at the beginning of its sentence."""
    return quote.start <= sentence_start or not re.search(r"\w", text[sentence_start : quote.start])


def nearest_cue(quote: Quote, start: int, end: int, cues: list[Clause]) -> Source | None:
    """The reporting clause, outside any quotation, nearest to the quote within its sentences."""
    best: tuple[int, Clause] | None = None
    for clause in cues:
        at = clause.head.idx
        if not start <= at < end:
            continue
        governs = any(
            quote.start <= d.token.idx < quote.end for d in clause.dependents if d.relation in ("content", "object")
        )
        inside = clause.anchor is not None and quote.start <= clause.anchor.idx < quote.end
        gap = quote.start - at - len(clause.head) if at < quote.start else at - quote.end
        distance = -1 if governs or inside else gap + (0 if has_subject(clause) else PARTICIPLE_PENALTY)
        if speaker_of(clause) is not None and (best is None or distance < best[0]):
            best = (distance, clause)
    if best is None:
        return None
    speaker = speaker_of(best[1])
    return Source(speaker, best[1].head.text, AttributionKind.DIRECT, best[1].head.idx)


def introduced(quote: Quote, sentence: Span, clauses: dict[int, Clause], reader: Reader) -> Source | None:
    """The subject of a clause that leads up to a quotation with a comma or colon, whatever its verb ("Trump defended
    his decision, "…"", "She disagreed: "…"")."""
    before = reader.text[sentence.start_char : quote.start]
    if not re.search(r"\w.*[:,]\s*$", before, re.DOTALL):
        return None
    for token in reversed(sentence.doc[sentence.start : sentence.end]):
        clause = clauses.get(token.i)
        if token.idx < quote.start and clause is not None and has_subject(clause):
            speaker = speaker_of(clause)
            if speaker is not None and is_agent(speaker, reader):
                return Source(speaker, token.text, AttributionKind.DIRECT, token.idx)
    return None


def has_subject(clause: Clause) -> bool:
    return any(child.dep_.startswith("nsubj") for child in clause.head.children)


def according_to(quote: Quote, first: int, last: int, doc: Doc, reader: Reader) -> Source | None:
    for token in doc[first:last]:
        if base(token.dep_) == "obl" and (case_of(token) or "") in ACCORDING:
            return Source(holder_of(token, reader), case_of(token) or "", AttributionKind.DIRECT, token.idx)
    return None


def announced_after(sentence: Span, clauses: dict[int, Clause], block: tuple[int, int]) -> Source | None:
    """ "This was stated by Kremlin spokesman Dmitry Peskov": a sentence that only says whose words came before."""
    clause = clauses.get(sentence.root.i)
    if clause is None or not (block[0] <= clause.head.idx < block[1]) or not is_speech(clause.lemma):
        return None
    subjects = [d.token.lower_ for d in clause.subjects]
    speaker = speaker_of(clause)
    if clause.passive and speaker is not None and subjects and subjects[0] in ("this", "that", "it", "these", "so"):
        return Source(speaker, clause.head.text, AttributionKind.DIRECT, clause.head.idx)
    return None


def announced_before(text: str, sentence: Span, clauses: dict[int, Clause], block: tuple[int, int]) -> Source | None:
    """The speaker of the sentence before a quotation that stands alone, if that sentence reports somebody's words."""
    clause = clauses.get(sentence.root.i)
    if clause is None or not (block[0] <= clause.head.idx < block[1]):
        return None
    colon = text[sentence.end_char - 1] == ":"
    speaker = speaker_of(clause)
    if speaker is not None and (is_speech(clause.lemma) or colon):
        return Source(speaker, clause.head.text, AttributionKind.DIRECT, clause.head.idx)
    return None
