import numpy as np
import pytest

from kgbuild.models.pieces import (
    LOWER,
    MAX_PIECES_PER_WORD,
    MIXED,
    NO_SPACE,
    SINGLE,
    SPACE,
    TITLE,
    UNKNOWN_CASE,
    UPPER,
    WordPieces,
    casing,
    normalise,
    piece_spacings,
)
from kgbuild.models.sessions import HERE


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces(HERE / "weights" / "tokenizer.json")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("war", LOWER),
        ("War", TITLE),
        ("NATO", UPPER),
        ("U.S.", UPPER),
        ("McDonald", MIXED),
        ("iPhone", MIXED),
        ("I", SINGLE),
        ("a", LOWER),
        ("130,000", UNKNOWN_CASE),
        ("中文", UNKNOWN_CASE),
        ("", UNKNOWN_CASE),
    ],
)
def test_casing(word: str, expected: int) -> None:
    assert casing(word) == expected


@pytest.mark.parametrize(("text", "plain"), [("“n’t”", '"n\'t"'), ("„ja“", '"ja"'), ("«a» – b—c", '"a" – b—c')])
def test_normalise_keeps_the_length(text: str, plain: str) -> None:
    assert normalise(text) == plain
    assert len(plain) == len(text)


@pytest.mark.parametrize("word", ["", "\u200b", "\x00", "😀", "a" * 10_000, "a-" * 5_000])
def test_every_word_has_one_to_sixteen_pieces(pieces: WordPieces, word: str) -> None:
    ids, _ = pieces.word(word)
    assert 1 <= len(ids) <= MAX_PIECES_PER_WORD


def test_first_and_last_point_at_a_words_pieces(pieces: WordPieces) -> None:
    encoded = pieces.encode(["Peskov", "said", "Kremlin"])
    assert encoded.first[0] == 0
    assert (encoded.first[1:] == encoded.last[:-1] + 1).all()
    assert encoded.last[-1] == len(encoded.pieces) - 1
    assert encoded.last[0] > 0  # a rare name is cut up


def test_inner_pieces_have_no_space_before(pieces: WordPieces) -> None:
    encoded = pieces.encode(["Peskov", "said"])
    spread = piece_spacings(encoded, np.array([SPACE, SPACE]))
    assert spread[encoded.first].tolist() == [SPACE, SPACE]
    assert spread[1] == NO_SPACE
    assert piece_spacings(encoded, np.array([0, 0])).sum() == 0
