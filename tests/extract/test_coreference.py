"""What within an article refers to the same thing, and what must never be taken for the same."""

from collections import defaultdict
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kgbuild.extract.mentions import find_mentions
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "mention_trees.txt")


def doc_of(beginning: str) -> Doc:
    return next(doc for text, doc in DOCS.items() if text.startswith(beginning))


def chains_of(beginning: str) -> set[tuple[str, ...]]:
    chains = defaultdict(list)
    for mention in find_mentions(doc_of(beginning)):
        chains[mention.chain].append(mention.text)
    return {tuple(texts) for texts in chains.values()}


@pytest.mark.parametrize(
    ("beginning", "chain"),
    [
        # apposition, family name, pronoun
        ("Antony", ("Antony Blinken", "the US secretary of state", "Blinken", "he")),
        # a bracketed acronym, and "its"
        ("The International", ("International Paralympic Committee", "IPC", "IPC", "its")),
        # a noun said again
        ("The first", ("a truck", "the truck")),
        ("Russian", ("Ukrainian troops", "The Ukrainian troops")),
        ("Dozens", ("Dozens of people", "The people")),
        # a title, and the noun of a name
        ("Chancellor", ("Olaf Scholz", "The chancellor")),
        ("The Supreme", ("Supreme Court", "The court", "it")),
        # what kind of thing a name is
        ("General", ("General Motors", "The company")),
        # agreement in gender
        ("General", ("Mary Barra", "her")),
        ("Joe", ("Joe Biden", "his")),
        # spelling
        ("Volodymyr", ("Volodymyr Zelensky", "Volodymyr Zelenskyy")),
        # the bearer whom the article calls by his family name, not the namesake
        ("Usman", ("Usman Khan", "Khan", "Khan")),
        # a relative and a reflexive pronoun
        ("The officials", ("The officials", "who")),
        ("Johnson", ("Johnson", "himself", "he")),
    ],
)
def test_one_thing_is_one_chain(beginning: str, chain: tuple[str, ...]) -> None:
    assert chain in chains_of(beginning)


@pytest.mark.parametrize(
    ("beginning", "one", "other"),
    [
        ("Joe", "Joe Biden", "Hunter Biden"),
        ("Joe", "Joe Biden", "Jill Biden"),
        ("Joe", "Hunter Biden", "her"),  # an object is no plain pronoun for its subject
        ("The first", "The first bus", "The second bus"),
        ("Russian", "Russian troops", "Ukrainian troops"),
        ("Usman", "Sadiq Khan", "Khan"),
        ("The officials", "The officials", "15 people"),
        ("The withdrawal", "the troops", "The withdrawal of the troops"),
    ],
)
def test_different_things_stay_apart(beginning: str, one: str, other: str) -> None:
    assert not any({one, other} <= set(chain) for chain in chains_of(beginning))


def test_chains_are_numbered_in_the_order_of_their_first_mention() -> None:
    for doc in DOCS.values():
        first = list(dict.fromkeys(m.chain for m in find_mentions(doc)))
        assert sorted(first) == list(range(len(first)))
