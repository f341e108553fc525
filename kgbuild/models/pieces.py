"""Words → word pieces and their side features: all that the network reads.

The encoder is uncased and knows nothing of white space, so each piece carries a casing id and a spacing id beside its
vocabulary id. Training and run time share this file; a change here needs new weights.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

UNKNOWN_CASE, LOWER, TITLE, UPPER, MIXED, SINGLE = range(6)
UNKNOWN_SPACE, NO_SPACE, SPACE, PARAGRAPH = range(4)
N_CASINGS, N_SPACINGS = 6, 4

MAX_PIECES_PER_WORD = 16
"""A word of more pieces (a URL, a line of base64) keeps its first and last eight: it needs no more to be tagged."""

# The treebanks write straight quotes (EWT 1,296 against 30 curly), so curly and angled ones are read as straight.
# En and em dashes stay: GUM has 600 of them and the vocabulary holds both.
_NORMAL = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´ʼ＇", "'"),
        **dict.fromkeys("‐‑", "-"),
        **dict.fromkeys("‒", "–"),
        **dict.fromkeys("―", "—"),
        **dict.fromkeys("\u00a0\u2007\u202f", " "),
    }
)


def normalise(text: str) -> str:
    """`text` with quotes, hyphens and no-break spaces as the treebanks write them; the length never changes."""
    return text.translate(_NORMAL)


def casing(word: str) -> int:
    """Casing id of a word: what an uncased vocabulary forgets."""
    letters = [c for c in word if c.isalpha() and c.lower() != c.upper()]
    if not letters:
        return UNKNOWN_CASE
    if all(c.islower() for c in letters):
        return LOWER
    if len(letters) == 1:
        return SINGLE if letters[0].isupper() else UNKNOWN_CASE
    if all(c.isupper() for c in letters):
        return UPPER
    if letters[0].isupper() and all(not c.isupper() for c in letters[1:]):
        return TITLE
    return MIXED


@dataclass(frozen=True)
class Encoded:
    """A run of words as the network reads it, without [CLS] and [SEP].

    `pieces` and `casings` have one entry per word piece; `first` and `last` are the piece indices of each word.
    """

    pieces: NDArray[np.int64]
    casings: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


class WordPieces:
    """Encodes words one by one with a WordPiece vocabulary; remembers the words it has seen."""

    def __init__(self, tokenizer_json: Path) -> None:
        self._tokenizer = Tokenizer.from_file(str(tokenizer_json))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        ids: dict[str, int] = self._tokenizer.get_vocab()
        self.cls, self.sep, self.pad, self.unknown = (ids[t] for t in ("[CLS]", "[SEP]", "[PAD]", "[UNK]"))
        self.size = len(ids)
        self._seen: dict[str, tuple[list[int], int]] = {}

    def whole_words(self) -> set[str]:
        """The vocabulary's words: about 20,000 common English words and names, lower-cased."""
        return {piece for piece in self._tokenizer.get_vocab() if piece.isalpha() and len(piece) > 1}

    def word(self, word: str) -> tuple[list[int], int]:
        """Piece ids (at least one, at most `MAX_PIECES_PER_WORD`) and casing id of one word."""
        known = self._seen.get(word)
        if known is None:
            plain = normalise(word[:400])
            ids: list[int] = self._tokenizer.encode(plain, add_special_tokens=False).ids or [self.unknown]
            if len(ids) > MAX_PIECES_PER_WORD:
                half = MAX_PIECES_PER_WORD // 2
                ids = ids[:half] + ids[-half:]
            known = (ids, casing(plain))
            if len(self._seen) < 200_000:
                self._seen[word] = known
        return known

    def encode(self, words: Sequence[str]) -> Encoded:
        pieces: list[int] = []
        casings: list[int] = []
        first = np.empty(len(words), dtype=np.int64)
        last = np.empty(len(words), dtype=np.int64)
        for i, word in enumerate(words):
            ids, case = self.word(word)
            first[i] = len(pieces)
            pieces += ids
            casings += [case] * len(ids)
            last[i] = len(pieces) - 1
        return Encoded(np.array(pieces, dtype=np.int64), np.array(casings, dtype=np.int64), first, last)


def piece_spacings(encoded: Encoded, word_spacings: NDArray[np.int64]) -> NDArray[np.int64]:
    """Spacing ids per piece: a word's own on its first piece, `NO_SPACE` on the others (0 if the word's is unknown)."""
    counts = encoded.last - encoded.first + 1
    spread = np.repeat(word_spacings, counts)
    inner = np.ones(len(spread), dtype=bool)
    inner[encoded.first] = False
    spread[inner & (spread != UNKNOWN_SPACE)] = NO_SPACE
    return spread
