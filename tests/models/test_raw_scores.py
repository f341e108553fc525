"""Scores from raw text: alignment by characters as in the CoNLL 2018 shared task, on tables made by hand."""

from collections import Counter
from pathlib import Path

import pytest

from kgbuild.evaluate.raw import Word, align, common_subsequence, count_document, gold_words, score_raw, text_of
from kgbuild.models.conllu import Sentence
from kgbuild.models.decode import Annotation


def places(forms: str) -> list[Word]:
    """Words after one another; `a+b` is a contraction of the words a and b."""
    words: list[Word] = []
    at = 0
    for form in forms.split():
        end = at + len(form.replace("+", ""))
        words += [Word(at, end, part, "+" in form) for part in form.split("+")]
        at = end
    return words


@pytest.mark.parametrize(
    ("gold", "system", "pairs"),
    [
        ("a b c", "a b c", "aa bb cc"),
        ("ab c", "a b c", "cc"),
        ("a b c", "a bc", "aa"),
        ("a bc d", "ab c d", "dd"),
        ("do+n't go", "do n't go", "dodo n'tn't gogo"),
        ("do+n't go", "don't go", "gogo"),
        ("do+n't go", "d on't go", "gogo"),
        ("can+not b", "can not b", "cancan notnot bb"),
        ("a wan+na b", "aw an na b", "nana bb"),
        ("DO+N'T", "do n't", "DOdo N'Tn't"),
        ("", "", ""),
    ],
)
def test_words_are_aligned_by_their_characters(gold: str, system: str, pairs: str) -> None:
    a, b = places(gold), places(system)
    assert [a[i].form + b[k].form for i, k in align(a, b)] == pairs.split()


def test_each_word_has_one_partner() -> None:
    found = align(places("a a+a a"), places("a a a a"))
    assert found == [(0, 0), (1, 1), (2, 2), (3, 3)]


@pytest.mark.parametrize(
    ("a", "b", "length"), [("abcbdab", "bdcaba", 4), ("ab", "ba", 1), ("", "ab", 0), ("aaa", "aa", 2)]
)
def test_the_longest_common_subsequence(a: str, b: str, length: int) -> None:
    pairs = common_subsequence(a, b)
    assert len(pairs) == length
    assert all(a[i] == b[k] for i, k in pairs)
    assert pairs == sorted(set(pairs))


def sentence(forms: str, heads: str, *, paragraph: bool = False, no_space: tuple[int, ...] = ()) -> Sentence:
    words = forms.split()
    n = len(words)
    spaces = [i not in no_space for i in range(n)]
    tags = ["X"] * n
    return Sentence(
        "d", "1", paragraph, words, tags, tags, words, list(map(int, heads.split())), ["dep"] * n, space_after=spaces
    )


def test_text_is_what_it_was_before_it_was_cut() -> None:
    first = sentence("I ca n't go .", "3 3 3 -1 3", no_space=(1, 3))
    first.contractions = [(1, 3, "can't")]
    second = sentence("No", "-1", no_space=(0,))
    third = sentence("Why ?", "-1 0", paragraph=True, no_space=(0,))
    assert text_of([first, second, third]) == "I can't go. No\n\nWhy?"
    words = [(w.start, w.end, w.form) for w in gold_words([first, second])]
    assert words == [(0, 1, "I"), (1, 6, "ca"), (1, 6, "n't"), (6, 8, "go"), (8, 9, "."), (9, 11, "No")]


def test_scores_of_a_wrong_cut() -> None:
    """Gold: `a b c` and `d`. Predicted: `a bc d` in one sentence; a and d are right words, and a's head is lost."""
    document = [sentence("a b c", "1 -1 1"), sentence("d", "-1")]
    predicted = Annotation(
        upos=["X", "X", "Y"],
        xpos=["X"] * 3,
        lemmas=["a", "bc", "e"],
        heads=[1, 1, 2],
        deprels=["dep", "root", "dep:x"],
        starts=[True, False, False],
    )
    counts: Counter[str] = Counter()
    count_document(document, ["a", "bc", "d"], predicted, counts)
    assert counts == {
        "tokens_gold": 4, "tokens_predicted": 3, "tokens": 2, "sentences_gold": 2, "sentences_predicted": 1,
        "sentences": 0, "upos": 1, "xpos": 2, "lemma": 1, "uas": 1, "las": 1,
    }  # fmt: skip


def test_a_sentence_counts_by_its_characters_whatever_its_tokens() -> None:
    document = [sentence("ab c", "-1 0"), sentence("d", "-1")]
    predicted = Annotation(["X"] * 4, ["X"] * 4, list("abcd"), [0, 0, 0, 3], ["dep"] * 4, [True, False, False, True])
    counts: Counter[str] = Counter()
    count_document(document, list("abcd"), predicted, counts)
    assert (counts["sentences"], counts["tokens"], counts["uas"]) == (2, 2, 1)


def test_a_file_is_scored_from_its_text(tmp_path: Path) -> None:
    rows = ["1\tHe\the\tPRON\tPRP\t_\t2\tnsubj\t_\t_", "2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No",
            "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_"]  # fmt: skip
    (tmp_path / "a.conllu").write_text("# newdoc id = a\n" + "\n".join(rows) + "\n\n", encoding="utf-8")
    assert set(score_raw(tmp_path / "a.conllu").values()) == {100.0}
