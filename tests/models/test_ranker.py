"""Chains and their scores: textbook values, candidates and links."""

import numpy as np
import pytest

from kgbuild.evaluate.assignment import best_total
from kgbuild.evaluate.coreference import Conll
from kgbuild.models.coreference import NO_ANTECEDENT, SIZES, best_antecedents, likely, link, pair_up
from kgbuild.models.decode import Annotation, Mention

GOLD = [frozenset({"a", "b", "c"}), frozenset({"d", "e", "f", "g"})]
SYSTEM = [frozenset({"a", "b"}), frozenset({"c", "d"}), frozenset({"f", "g", "h", "i"})]


def test_conll_scores_of_the_reference_example() -> None:
    """The example of Pradhan et al. (ACL 2014): MUC 2/5 and 2/5, B³ recall .5 - singletons left out as there."""
    conll = Conll()
    conll.add_chains(GOLD, SYSTEM)
    scores = conll.scores()
    assert scores["muc"] == pytest.approx(40.0)
    recall, precision = (2 / 3 + 2 / 3 + 1 / 3 + 1 / 4 + 2 / 4 + 2 / 4) / 7, (1 + 1 + 0.5 + 0.5 + 0.5 + 0.5) / 8
    assert scores["b3"] == pytest.approx(200 * recall * precision / (recall + precision), abs=0.01)
    similar = 2 * 2 / 5 + 2 * 2 / 8
    recall, precision = similar / 2, similar / 3
    assert scores["ceafe"] == pytest.approx(200 * recall * precision / (recall + precision), abs=0.01)


def test_a_perfect_answer_is_100_and_none_is_0() -> None:
    for predicted, expected in ((GOLD, 100.0), ([], 0.0)):
        conll = Conll()
        conll.add_chains(GOLD, predicted)
        assert conll.scores()["conll"] == expected


@pytest.mark.parametrize(
    ("gains", "total"),
    [([[1, 2], [3, 1]], 5), ([[1, 2, 9], [9, 1, 8]], 18), ([[4], [5], [1]], 5), ([[0, 0], [0, 0]], 0)],
)
def test_the_best_assignment(gains: list[list[float]], total: float) -> None:
    assert best_total(np.array(gains, dtype=np.float64)) == pytest.approx(total)


def test_the_best_assignment_of_nothing() -> None:
    assert best_total(np.zeros((0, 3))) == 0.0


def test_links_make_chains_of_two_and_more() -> None:
    assert link([-1, -1, 0, 2, 1, -1]) == [[0, 2, 3], [1, 4]]
    assert link([]) == []


def test_scores_are_probabilities_beside_that_of_no_antecedent() -> None:
    scores = np.log(np.array([3.0, 4.0, 0.01], dtype=np.float32))
    found = likely(np.array([[1, 0], [2, 1], [2, 0]]), scores, 3)
    assert found[0] == []
    assert found[1] == [(0, pytest.approx(3 / 4, abs=1e-3))]
    assert found[2] == [(1, pytest.approx(4 / 5.01, abs=1e-3))]  # what is unlikely is left out


def test_the_first_of_the_best_antecedents_is_taken() -> None:
    pairs = np.array([[1, 0], [2, 0], [2, 1], [3, 0], [3, 1], [3, 2], [4, 3], [3, 0]])
    scores = np.array([NO_ANTECEDENT, 0.5, 0.5, 0.1, 0.3, 0.2, -2.0, 0.3], dtype=np.float32)
    assert best_antecedents(5, pairs, scores) == [-1, -1, 0, 1, -1]
    assert best_antecedents(2, pairs[:0], scores[:0]) == [-1, -1]


def test_pairs_are_described_within_their_ranges() -> None:
    words = ["Ada", "Lovelace", "said", "she", "left", "."]
    annotation = Annotation(
        upos=["PROPN", "PROPN", "VERB", "PRON", "VERB", "PUNCT"],
        xpos=["NNP", "NNP", "VBD", "PRP", "VBD", "."],
        lemmas=["Ada", "Lovelace", "say", "she", "leave", "."],
        heads=[2, 0, 2, 4, 2, 2],
        deprels=["nsubj", "flat", "root", "nsubj", "ccomp", "punct"],
        starts=[True, False, False, False, False, False],
        mentions=[Mention(0, 2, "person", True, 0.9), Mention(3, 4, "person", False, 0.9)],
        vectors=[np.zeros(4, dtype=np.float32)] * 2,
    )
    feed = pair_up(words, annotation, ["event", "person"])
    assert feed["pairs"].tolist() == [[1, 0]]
    ends = np.cumsum(SIZES)
    assert ((feed["features"] < ends) & (feed["features"] >= ends - np.array(SIZES))).all()
    assert feed["classes"].tolist() == [3, 5]
