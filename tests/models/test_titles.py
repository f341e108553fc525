"""Titles hang from the names they stand before."""

from kgbuild.models.titles import join_titles


def joined(rows: list[tuple[str, str, int, str]], names: list[tuple[int, int, str]]) -> list[tuple[int, str]]:
    """Heads and relations after joining; a row is a word, its tag, its head and its relation."""
    heads, deprels = [row[2] for row in rows], [row[3] for row in rows]
    join_titles(heads, deprels, [row[1] for row in rows], names)
    return list(zip(heads, deprels, strict=True))


def test_a_title_and_a_name_are_one_subject() -> None:
    rows = [
        ("Company", "NN", 1, "compound"),
        ("chemist", "NN", 4, "nsubj"),
        ("Ada", "NNP", 4, "nsubj"),
        ("Holm", "NNP", 2, "flat"),
        ("spoke", "VBD", 4, "root"),
    ]
    assert joined(rows, [(2, 4, "PER")])[1:3] == [(2, "nmod:desc"), (4, "nsubj")]


def test_joined_titles_hang_from_the_name_together() -> None:
    rows = [
        ("author", "NN", 5, "nsubj"),
        ("and", "CC", 2, "cc"),
        ("chemist", "NN", 0, "conj"),
        ("Ada", "NNP", 0, "conj"),
        ("Holm", "NNP", 3, "flat"),
        ("spoke", "VBD", 5, "root"),
    ]
    assert joined(rows, [(3, 5, "PER")])[:4] == [(3, "nmod:desc"), (2, "cc"), (0, "conj"), (5, "nsubj")]


def test_the_name_keeps_the_preposition_of_both() -> None:
    rows = [
        ("with", "IN", 2, "case"),
        ("Attorney", "NNP", 4, "obl"),
        ("Ada", "NNP", 4, "obl"),
        ("Holm", "NNP", 2, "flat"),
        ("spoke", "VBD", 4, "root"),
    ]
    assert joined(rows, [(2, 4, "PER")])[1:3] == [(2, "nmod:desc"), (4, "obl")]


def test_two_phrases_with_prepositions_of_their_own_stay_two() -> None:
    rows = [
        ("in", "IN", 1, "case"),
        ("April", "NNP", 5, "obl"),
        ("with", "IN", 3, "case"),
        ("Ada", "NNP", 5, "obl"),
        ("Holm", "NNP", 3, "flat"),
        ("spoke", "VBD", 5, "root"),
    ]
    assert joined(rows, [(3, 5, "PER")]) == [(row[2], row[3]) for row in rows]
