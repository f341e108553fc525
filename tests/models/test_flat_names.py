"""Names as the other layers see them."""

import pytest

from kgbuild.models.decode import Mention, agree, without_verb

WORDS = ["Ada", "met", "Bob", "Bring", "It", "On"]
XPOS = ["NNP", "VBD", "NNP", "VBP", "PRP", "RP"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [((0, 2, "PER"), (0, 1, "PER")), ((0, 3, "PER"), (0, 3, "PER")), ((3, 6, "MISC"), (3, 6, "MISC")),
     ((1, 2, "PER"), (1, 1, "PER")), ((3, 4, "ORG"), (3, 4, "ORG"))],
)  # fmt: skip
def test_a_small_finite_verb_ends_no_name(name: tuple[int, int, str], expected: tuple[int, int, str]) -> None:
    assert without_verb(name, WORDS, XPOS) == expected


def test_a_persons_name_is_a_person() -> None:
    mention = Mention(0, 1, "event", False, 0.4)
    assert agree(mention, [(0, 1, "PER")]) == Mention(0, 1, "person", True, 0.4)
    assert agree(mention, [(0, 2, "PER"), (0, 1, "ORG")]) == mention
