import pytest
import spacy

from kgbuild.models.breaks import layout
from kgbuild.models.pieces import NO_SPACE, PARAGRAPH, SPACE

WRAPPED = """The minister told reporters on Monday that the government had
no intention of leaving the treaty, which was signed by all
parties in Geneva two years ago and which remains in force,
according to officials.
A second paragraph begins here."""


def _ends(text: str) -> list[str]:
    doc = spacy.blank("en")(text)
    words, _, ends = layout([t.text for t in doc], [bool(t.whitespace_) for t in doc])
    return [doc[w].text for w, end in zip(words, ends, strict=True) if end]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Talks fail\n\nThe talks failed on Monday.", ["fail"]),
        ("Talks fail\nThe talks failed on Monday.", ["fail"]),
        ("Talks fail\r\n\r\nThe talks failed.", ["fail"]),
        ("Talks fail\n \nThe talks failed.", ["fail"]),
        ("Talks fail \u2028 \u2029 The talks failed.", ["fail"]),
        ("A headline of an article that is much longer than sixty characters in all\nThe talks failed.", ["all"]),
        ("One sentence on one line. Two sentences on one line.", []),
        ("\n\nTalks failed\n\n", []),
        ("", []),
        (" \n\n ", []),
        (WRAPPED, ["."]),
    ],
)
def test_where_layout_ends_a_sentence(text: str, ends: list[str]) -> None:
    assert _ends(text) == ends


def test_spacing_of_words() -> None:
    words, spacings, _ = layout(["Hi", ",", "you", "\n\n", "Bye"], [False, True, False, False, False])
    assert words == [0, 1, 2, 4]
    assert spacings.tolist() == [PARAGRAPH, NO_SPACE, SPACE, PARAGRAPH]
