import random

import pytest

from kgbuild.graph.sources import copies
from kgbuild.types import Article
from kgbuild.vocabulary import KG
from tests.graph.small import Said, graph_of

WORDS = "the a of minister president said told in on talks border troops bank court vote law people city".split()


def news(seed: int, n_words: int = 300) -> list[str]:
    random_ = random.Random(seed)
    return [f"{random_.choice(WORDS)}{random_.randrange(30)}" for _ in range(n_words)]


def n_sources(*texts: list[str]) -> int:
    articles = [Article(text=" ".join(words), title=str(n)) for n, words in enumerate(texts)]
    found = copies(articles)
    assert found == copies(articles[::-1])
    return len(set(found.values()))


WIRE = news(1)
EDITED = [word if n % 12 else "another" for n, word in enumerate(WIRE)]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (WIRE, 1),
        (WIRE[:150], 1),
        (EDITED, 1),
        (["Updated:", *WIRE, *news(3, 40)], 1),
        ([*WIRE[:30], *news(4)], 2),
        (news(2), 2),
        (WIRE[:6], 2),
    ],
    ids="same cut edited framed quoted other fragment".split(),
)
def test_a_copy_is_no_source_of_its_own(other: list[str], expected: int) -> None:
    assert n_sources(WIRE, other) == expected


def test_case_and_punctuation_do_not_make_another_source() -> None:
    assert n_sources(["Russia", "attacked."], ["russia,", "attacked"]) == 1
    assert n_sources(["Russia", "attacked."], ["Russia", "retreated."]) == 2


def test_copies_of_copies_are_copies() -> None:
    assert n_sources(WIRE[:200], WIRE, WIRE[100:]) == 1


def test_statements_count_independent_sources_and_say_which_are_copies() -> None:
    texts = {"one": WIRE, "two": EDITED, "three": news(5)}
    rows = [Said("Russia", "attack", "Ukraine", article=a, text=" ".join(words)) for a, words in texts.items()]
    kg = graph_of(*rows)
    assert kg.sparql("SELECT ?n { ?st kg:sourceCount ?n }")["n"].tolist() == [2]
    assert len(kg.sparql(f"SELECT * {{ ?a <{KG.copyOf}> ?b }}")) == 1
