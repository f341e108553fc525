"""Properties of any text at all: nothing crashes, and every offset is where it says."""

import itertools

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kgbuild import ingest
from kgbuild.errors import InputError
from kgbuild.extract.furniture import furniture_spans, headline_spans
from kgbuild.ingest.dates import to_iso
from kgbuild.ingest.formats import fields_of_markdown, rows_of_json
from kgbuild.ingest.html import text_of_markup
from kgbuild.ingest.text import NotTextError, clean, decode
from kgbuild.settings import Settings
from kgbuild.types import Article, Skipped, Span, Statement
from kgbuild.workers import record_of

WORDS = (
    "Blinken Lavrov Putin he who said that not will may met deploy troops the of in to and but if . , “ ” \" ' – —"
    " : ; ( ) \n \n\n Friday yesterday 130,000 Kremlin spokesman is was Ukraine’s to denied “We president"
).split(" ")
prose = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
anything = st.text(max_size=300)
quick = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
"""The same examples every time: a run must not fail for luck. Raise ``max_examples`` to look for more."""


def spans(statement: Statement) -> list[tuple[Span, str]]:
    """All the spans of a statement with the text that each should have."""
    parts = [statement.sentence, statement.predicate, *statement.arguments, *statement.attribution]
    return [((part.start, part.end), part.text) for part in parts]


@quick
@given(st.one_of(prose, anything))
@example("")
@example("\ud800")
@example("“")
@example("By")
@example("Not.\n\nNot.")
@example("He said he said he said that he said.")
@example("deploy deploy Ukraine’s Friday Friday")
def test_every_span_is_where_it_says(raw: str) -> None:
    article = Article(clean(raw), date="2022-01-21")
    record = record_of(article, Settings())
    for mention in record.mentions:
        assert article.text[mention.start : mention.end] == mention.text
        assert mention.full[0] <= mention.start < mention.end <= mention.full[1]
        assert mention.full[0] <= mention.head[0] < mention.head[1] <= mention.full[1]
    known = {mention.span for mention in record.mentions}
    ids = [statement.id for statement in record.statements]
    assert len(set(ids)) == len(ids)
    for statement in record.statements:
        for (start, end), text in spans(statement):
            assert 0 <= start <= end <= len(article.text)
            assert not text or article.text[start:end] == text
        assert statement.article == article.id
        sentence, predicate = statement.sentence, statement.predicate
        assert sentence.start <= predicate.start <= predicate.end <= sentence.end
        ends = [span for t in statement.triples for span in (t.subject_mention, t.object_mention) if span]
        assert {*ends, *(a.mention for a in statement.arguments if a.mention)} <= known
        assert {a.statement for a in statement.arguments if a.statement} <= set(ids)


@quick
@given(prose)
def test_nothing_with_a_speaker_or_a_denial_is_asserted(raw: str) -> None:
    for statement in record_of(Article(clean(raw)), Settings()).statements:
        gate = statement.polarity == "positive" and statement.modality == "actual" and not statement.attribution
        assert not statement.asserted or (gate and not statement.ended)


@given(st.one_of(prose, anything))
def test_furniture_is_sorted_and_inside(text: str) -> None:
    for found in (furniture_spans(text), headline_spans(text)):
        assert found == sorted(found)
        assert all(0 <= start < end <= len(text) for start, end in found)
        assert all(before[1] <= after[0] for before, after in itertools.pairwise(found))


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_not(data: bytes) -> None:
    try:
        text, _ = decode(data)
    except NotTextError as error:
        text = str(error)
    assert isinstance(text, str)


@given(st.text(max_size=40))
def test_any_date_is_a_day_or_refused(text: str) -> None:
    try:
        day = to_iso(text)
    except InputError:
        return
    assert day is None or len(day) == 10


@given(anything)
def test_parsers_never_crash(text: str) -> None:
    list(rows_of_json(text))
    fields_of_markdown(text)
    text_of_markup(text)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.text(max_size=30)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=8,
)


@quick
@given(st.dictionaries(st.sampled_from(["text", "title", "date", "source", "url", "x"]), json_values))
def test_any_row_is_an_article_or_skipped(row: dict[str, object]) -> None:
    (item,) = ingest.read_any(row)
    assert isinstance(item, Article | Skipped)
