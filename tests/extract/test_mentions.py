"""Which words are mentions, where they begin and end, and of what type and kind they are."""

from pathlib import Path

import pytest
from spacy.tokens import Doc

from kgbuild.extract.mentions import find_mentions
from kgbuild.types import Mention, MentionKind
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "mention_trees.txt")


def doc_of(beginning: str) -> Doc:
    return next(doc for text, doc in DOCS.items() if text.startswith(beginning))


def mention_of(beginning: str, text: str) -> Mention:
    return next(m for m in find_mentions(doc_of(beginning)) if m.text == text)


@pytest.mark.parametrize(
    ("beginning", "text", "type_", "kind"),
    [
        ("Kremlin", "Dmitry Peskov", "Person", "name"),
        ("Kremlin", "Vladimir Putin", "Person", "name"),
        ("Kremlin", "Russian", "Country", "name"),
        ("Kremlin", "15 people", "Group", "nominal"),
        ("Antony", "the US secretary of state", "Person", "nominal"),
        ("Antony", "US", "Country", "name"),
        ("Antony", "Geneva", "City", "name"),
        ("Antony", "he", "Person", "pronoun"),
        ("The International", "International Paralympic Committee", "Organization", "name"),
        ("The first", "The driver of the truck", "Person", "nominal"),
        ("The officials", "many", "Thing", "nominal"),
        ("The withdrawal", "The withdrawal of the troops", "Event", "nominal"),
        ("The withdrawal", "eastern Ukraine", "Place", "name"),
        ("Dozens", "Dozens of people", "Group", "nominal"),
        ("The Supreme", "Supreme Court", "GovernmentBody", "name"),
        ("His son", "His son-in-law", "Person", "nominal"),
        ("The governor", "residents of Toledo", "Group", "nominal"),  # not "advised residents": arcs cross
    ],
)
def test_a_mention_has_its_words_type_and_kind(beginning: str, text: str, type_: str, kind: str) -> None:
    mention = mention_of(beginning, text)
    assert (mention.type, mention.kind) == (type_, MentionKind(kind))


@pytest.mark.parametrize(
    ("beginning", "words"),
    [
        ("Kremlin", "Friday"),  # times are values
        ("Kremlin", "spokesman"),  # a title belongs to its name
        ("Kremlin", "President"),
        ("Antony", "state"),  # part of an office
        ("General", "2014"),
        ("The officials", "30 percent"),
        ("Dozens", "people"),  # counted by "dozens"
    ],
)
def test_what_is_no_thing_of_its_own_is_no_mention(beginning: str, words: str) -> None:
    assert words not in {m.text for m in find_mentions(doc_of(beginning))}


def test_a_titled_name_hangs_in_the_tree_by_its_title() -> None:
    text = doc_of("Kremlin").text
    peskov = mention_of("Kremlin", "Dmitry Peskov")
    assert text[slice(*peskov.head)] == "spokesman"
    assert text[slice(*peskov.full)] == "Kremlin spokesman Dmitry Peskov"


def test_the_whole_phrase_holds_what_the_mention_leaves_out() -> None:
    officials = mention_of("The officials", "The officials")
    assert doc_of("The officials").text[slice(*officials.full)] == "The officials who fled"


@pytest.mark.parametrize("doc", DOCS.values(), ids=lambda doc: doc.text[:20])
def test_offsets_are_exact_and_no_place_or_head_is_used_twice(doc: Doc) -> None:
    mentions = find_mentions(doc)
    assert [m.span for m in mentions] == sorted({m.span for m in mentions})
    assert len({m.head for m in mentions}) == len(mentions)
    for m in mentions:
        assert doc.text[m.start : m.end] == m.text
        assert m.full[0] <= m.start
        assert m.end <= m.full[1]
        assert m.full[0] <= m.head[0] < m.full[1]


def test_furniture_holds_no_mentions() -> None:
    doc = doc_of("Joe Biden")
    end = doc.text.index("Hunter")
    assert {m.text for m in find_mentions(doc, [(0, end)])} == {"Hunter Biden", "her"}


def test_a_doc_without_the_models_mentions_is_enough() -> None:
    assert not doc_of("Kremlin")._.mentions
    assert find_mentions(doc_of("Kremlin"))


NAMES = read_trees(Path(__file__).parent / "name_trees.txt")


@pytest.mark.parametrize(
    ("beginning", "names"),
    [
        # parted by a hyphen, or from the kind of storm
        ("A United", ["United-States/Country", "Hurricane Lena/Event"]),
        # a plain noun behind, a campus behind a comma
        ("The Bradford", ["Bradford University/Organization", "University of Texas, Austin/Organization"]),
        # two bodies taken for one
        ("The Center", ["Center for Rural Health/Organization", "Center for Clean Water/Organization"]),
        # a fragment; a form of address
        ("The Co", ["Farmers Federation/Organization"]),
        # members and inhabitants are groups; a single one is described, not named
        ("Fellow", ["Democrats/Group", "Germans/Group"]),
        # parts of titles
        ("Prime", ["Ann Hill/Person", "Philippines/Country"]),
        # weekdays and ordinals, but a magazine
        ("Wednesday", ["Time/Organization", "Congress/GovernmentBody"]),
        # a capital that acts is its country, one that things happen in a city
        ("Moscow", ["Moscow/Country", "Moscow/City"]),
        # a title's own modifier
        ("Talks", ["Tehran/Country", "Ankara/Country", "ABC/Organization", "Ann Hill/Person"]),
        # one word with a hyphen in it
        ("The charity", ["Sea-Watch/Organization", "K2-44c/Thing"]),
        # a storm is one by its bare name too
        ("Hurricane", ["Hurricane Lorenzo/Event", "Lorenzo/Event", "Azores/Region"]),
        # a ship is no captain; a bracket is no word; a body's adjective
        ("The crew", ["MV Captain Anna Holm/Product"]),
        ('"[T]he', ["House/GovernmentBody"]),
        ("The Legislative", ["Legislative Yuan/Organization"]),
        ("The Pacific", ["Pacific Hurricane Office/Organization"]),
    ],
)
def test_slips_of_the_cuts_of_names_are_mended(beginning: str, names: list[str]) -> None:
    doc = next(doc for text, doc in NAMES.items() if text.startswith(beginning))
    assert [f"{m.text}/{m.type}" for m in find_mentions(doc) if m.kind is MentionKind.NAME] == names
