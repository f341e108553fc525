"""Who speaks where a clause stands: quotations joined with reporting clauses, "I" and "we" resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from kgbuild.extract.arguments import Filler, Reader
from kgbuild.extract.attribution import Voices, holder_of
from kgbuild.extract.cues.tables import word_set
from kgbuild.extract.embedding import Context, Source
from kgbuild.extract.nominals import Nominal
from kgbuild.extract.reasons import noted
from kgbuild.types import Attribution, AttributionKind, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

COLLECTIVE = frozenset("Organization GovernmentBody MediaOrganization Group Country".split())

EMPLOYERS = frozenset("Organization GovernmentBody MediaOrganization".split())
"""What somebody with a title in it speaks for as "we"; a country or a town is wider than its office."""


def find_employers(nominals: Iterable[Nominal]) -> dict[int, Filler]:
    """The institution that a person speaks for, by the person's chain: the owner of the first title seen."""
    found: dict[int, Filler] = {}
    for nominal in nominals:
        mention = nominal.subject.mention
        if nominal.predicate.lemma_.lower() in word_set("one_of_many"):
            continue
        for _, filler in nominal.readings:
            owner = filler.mention
            if mention and owner and owner.kind is MentionKind.NAME and owner.type in EMPLOYERS:
                found.setdefault(mention.chain, filler)
    return found


class Speakers:
    """Looks up, for one article, whose words a clause is and what pronouns of the first person stand for."""

    def __init__(self, reader: Reader, voices: Voices, nominals: Iterable[Nominal]) -> None:
        self._reader = reader
        self._voices = voices
        self._employers = find_employers(nominals)

    @noted("quotation marks")
    def quoted(self, token: Token, context: Context) -> Context:
        """The context of a clause that stands inside quotation marks: the speaker is a source too, outside the sources
        that the quotation itself names."""
        context = self._on_the_floor(token, context)
        quote = self._voices.quote_at(token.idx)
        if quote is None:
            return context
        speaker = self._voices.speakers.get(quote)
        inner = [s for s in context.sources if quote.start <= s.at < quote.end]
        outer = [s for s in context.sources if not quote.start <= s.at < quote.end]
        if speaker is None and not outer:
            outer = [Source(None, self._reader.text[quote.start], AttributionKind.DIRECT, quote.start)]
        elif speaker is not None and not any(self._same(s.holder, speaker.holder) for s in outer):
            outer = [speaker, *outer]
        outer = [replace(s, kind=AttributionKind.DIRECT) if i == 0 else s for i, s in enumerate(outer)]
        return replace(context, sources=(*inner, *outer))

    def _on_the_floor(self, token: Token, context: Context) -> Context:
        """The context with the speaker of a transcript as the outermost source."""
        turn = self._voices.turn_at(token.idx)
        if turn is None or turn.source in context.sources:
            return context
        if any(self._same(s.holder, turn.source.holder) for s in context.sources):
            return context
        return replace(context, sources=(*context.sources, turn.source))

    def _same(self, one: Token | None, other: Token | None) -> bool:
        if one is None or other is None or one.i == other.i:
            return one is not None and other is not None
        a, b = self._reader.mention_at(one), self._reader.mention_at(other)
        return a is not None and b is not None and a.chain == b.chain

    def filler(self, token: Token, context: Context) -> Filler:
        """A filler; "I" in a quotation is its speaker, "we" the institution that the speaker holds a title of."""
        filler = self._reader.filler(token)
        singular, plural = token.lower_ in word_set("self"), token.lower_ in word_set("selves")
        if not singular and not plural:
            return filler
        holders = [s.holder for s in context.sources if s.kind is AttributionKind.DIRECT and s.holder is not None]
        speaker = self._reader.mention_at(holders[0]) if holders else None
        if speaker is None or speaker.chain not in self._reader.known:
            return replace(filler, resolved=False)
        named = speaker.chain in self._reader.named
        if singular or speaker.type in COLLECTIVE:
            return replace(filler, mention=speaker, named=named, shown=speaker.text, resolved=True)
        employer = self._employers.get(speaker.chain)
        if employer is not None:
            return replace(filler, mention=employer.mention, named=True, shown=employer.text, resolved=True)
        return replace(filler, resolved=False)

    def attributions(self, context: Context) -> tuple[Attribution, ...]:
        """The records of a context's sources, innermost first, each holder once."""
        found: dict[object, Attribution] = {}
        for source in context.sources:
            if source.holder is None:
                hearsay = source.kind is AttributionKind.HEARSAY
                end = source.at + len(source.cue)
                record = Attribution(source.cue if hearsay else "", source.at, end, source.cue, source.kind)
            else:
                others = replace(context, sources=tuple(s for s in context.sources if s is not source))
                filler = self.filler(holder_of(source.holder, self._reader), others)
                mention = filler.mention.span if filler.mention else None
                record = Attribution(filler.text, filler.start, filler.end, source.cue, source.kind, mention)
            found.setdefault(record.mention or (record.start, record.end), record)
        return tuple(found.values())
