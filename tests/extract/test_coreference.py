"""What within an article refers to the same thing, and what must never be taken for the same."""

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kgbuild.extract.mentions import find_mentions
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "mention_trees.txt")


def doc_of(beginning: str) -> Doc:
    return next(doc for text, doc in DOCS.items() if text.startswith(beginning))


def chains_of(beginning: str, likely: Mapping[str, Mapping[str, float]] | None = None) -> set[tuple[str, ...]]:
    """The chains of a text as the words of their mentions. ``likely`` is what a model would say: for the text of a
    mention the texts of its antecedents with their probabilities."""
    doc = doc_of(beginning)
    if likely:
        doc = rank(doc.copy(), likely)
    chains = defaultdict(list)
    for mention in find_mentions(doc):
        chains[mention.chain].append(mention.text)
    return {tuple(texts) for texts in chains.values()}


def rank(doc: Doc, likely: Mapping[str, Mapping[str, float]]) -> Doc:
    """Adds the model's mentions with their antecedents; a text stands for its last mention."""
    if not Doc.has_extension("antecedents"):
        Doc.set_extension("antecedents", default=[])
    token_at = {token.idx: token.i for token in doc}
    mentions = find_mentions(doc)
    at = {m.text: i for i, m in enumerate(mentions)}
    doc._.mentions = [
        {"head": h, "start": h, "end": h + 1, "type": ""} for h in (token_at[m.head[0]] for m in mentions)
    ]
    pairs: list[list[list[float]]] = [[] for _ in mentions]
    for text, chances in likely.items():
        pairs[at[text]] = [[at[antecedent], p] for antecedent, p in chances.items()]
    doc._.antecedents = pairs
    return doc


@pytest.mark.parametrize(
    ("beginning", "likely", "chain"),
    [
        (
            "Antony",
            {"he": {"Blinken": 0.9, "Sergei Lavrov": 0.1}},
            ("Antony Blinken", "the US secretary of state", "Blinken", "he"),
        ),
        # mentions of one thing share their chances
        (
            "Antony",
            {"he": {"Blinken": 0.4, "Antony Blinken": 0.3, "Sergei Lavrov": 0.2}},
            ("Antony Blinken", "the US secretary of state", "Blinken", "he"),
        ),
        ("The International", {"its": {"IPC": 0.8}}, ("International Paralympic Committee", "IPC", "IPC", "its")),
        ("The Supreme", {"it": {"The court": 0.6}}, ("Supreme Court", "The court", "it")),
        # a description that no rule links
        ("General", {"The company": {"General Motors": 0.8}}, ("General Motors", "The company")),
        # doubt, and what does not agree, stay apart
        ("Antony", {"he": {"Blinken": 0.5, "Sergei Lavrov": 0.4}}, ("he",)),
        ("Antony", {"he": {"Geneva": 0.9}}, ("he",)),
        ("The first", {"The second bus": {"The first bus": 0.9}}, ("The second bus",)),
    ],
)
def test_the_model_chooses_among_what_agrees(
    beginning: str, likely: Mapping[str, Mapping[str, float]], chain: tuple[str, ...]
) -> None:
    assert chain in chains_of(beginning, likely)


@pytest.mark.parametrize(
    ("beginning", "chain"),
    [
        # apposition, family name
        ("Antony", ("Antony Blinken", "the US secretary of state", "Blinken")),
        # a bracketed acronym
        ("The International", ("International Paralympic Committee", "IPC", "IPC")),
        # a noun said again
        ("The first", ("a truck", "the truck")),
        ("Russian", ("Ukrainian troops", "The Ukrainian troops")),
        ("Dozens", ("Dozens of people", "The people")),
        # a title, and the noun of a name
        ("Chancellor", ("Olaf Scholz", "The chancellor")),
        ("The Supreme", ("Supreme Court", "The court")),
        # what kind of thing a name is
        ("General", ("General Motors", "The company")),
        # agreement in gender
        ("General", ("Mary Barra", "her")),
        ("Joe", ("Joe Biden", "his")),
        # spelling
        ("Volodymyr", ("Volodymyr Zelensky", "Volodymyr Zelenskyy")),
        # the bearer whom the article calls by his family name, not the namesake
        ("Usman", ("Usman Khan", "Khan", "Khan")),
        # the noun of a longer name
        ("The Winter", ("Winter Games", "Games")),
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
