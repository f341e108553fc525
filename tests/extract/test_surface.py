"""Extractions in the words of the sentence, as `kgbuild extract --sentences` prints them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kgbuild.extract import extractor_of, record_of
from kgbuild.extract.surface import surface_rows
from kgbuild.settings import Settings
from kgbuild.types import Article
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "surface_trees.txt")


def rows_of(text: str) -> list[dict[str, Any]]:
    extractor = extractor_of(DOCS[text], Article(text), Settings())
    return surface_rows(extractor, record_of(extractor), 0)


ROWS = [
    (
        "Lavrov and Blinken met in Geneva and continued to talk on Friday.",
        [
            "Lavrov; met in; Geneva",
            "Blinken; met in; Geneva",
            "Lavrov; continued to talk on; Friday",
            "Blinken; continued to talk on; Friday",
        ],
    ),
    (
        "The president did not sign the treaty.",
        [
            "The president; did not sign; the treaty",
        ],
    ),
    (
        "He never apologised to the families.",
        [
            "He; never apologised to; the families",
        ],
    ),
    (
        "The minister was said to have visited the base.",
        [
            "The minister; was said to have visited; the base",
        ],
    ),
    (
        "The company is expected to open a plant in Texas.",
        [
            "The company; is expected to open; a plant; in Texas",
        ],
    ),
    (
        "The army was able to retake the town and free several prisoners that night.",
        [
            "The army; was able to retake; the town",
            "The army; was able to free; several prisoners; that night",
        ],
    ),
    (
        "In 2014, the bank hired a former minister as an adviser.",
        [
            "the bank; hired; a former minister; In 2014; as an adviser",
        ],
    ),
    (
        "The museum opened in 1999 with a show of paintings from Spain and Italy.",
        [
            "The museum; opened in; 1999; with a show of paintings",
            "The museum; opened with a show of; paintings",
            "The museum; opened with a show from; Spain",
            "The museum; opened with a show from; Italy",
        ],
    ),
    (
        "The court is a member of the network.",
        [
            "The court; is; a member of the network",
            "The court; is a member of; the network",
        ],
    ),
    (
        "She became very ill with malaria.",
        [
            "She; became; very ill; with malaria",
        ],
    ),
    (
        "The convoy that crossed the border carried food and medicine.",
        [
            "The convoy; carried; food",
            "The convoy; carried; medicine",
            "The convoy; crossed; the border",
        ],
    ),
    (
        "Officials said the dam had failed.",
        [
            "Officials; said; the dam had failed",
        ],
    ),
    (
        "A group of lawyers drafted a plan for reform of the courts.",
        [
            "A group of lawyers; drafted; a plan; for reform of the courts",
            "A group of lawyers; drafted a plan for reform of; the courts",
        ],
    ),
    (
        "The storm was followed by a series of floods in the valley.",
        [
            "The storm; was followed by; a series of floods",
            "The storm; was followed by a series of; floods",
            "The storm; was followed by a series of floods in; the valley",
        ],
    ),
    (
        "The mayor asked residents to leave the city.",
        [
            "The mayor; asked; residents; to leave the city",
            "residents; to leave; the city",
        ],
    ),
    (
        "The problem is that the bank lost the money.",
        [
            "The problem; is; that the bank lost the money",
            "the bank; lost; the money",
        ],
    ),
    (
        "Their claim is that the minister took bribes.",
        [
            "Their claim; is; that the minister took bribes",
            "the minister; took; bribes",
        ],
    ),
    (
        "The aim is to reduce emissions by 2030.",
        [
            "The aim; is; to reduce emissions by 2030",
        ],
    ),
    (
        "They sold the house to pay the debts.",
        [
            "They; sold; the house",
            "They; sold the house to pay; the debts",
        ],
    ),
    (
        "The union said that prices fell and that wages rose.",
        [
            "The union; said; that prices fell",
            "The union; said; that wages rose",
        ],
    ),
    (
        "He found a cave where smugglers had hidden gold.",
        [
            "He; found; a cave",
            "smugglers; had; hidden gold; in a cave",
        ],
    ),
    (
        "The firm, now a giant, spent $30 million a year on research.",
        [
            "The firm; spent; $30 million a year; on research",
        ],
    ),
    (
        "She might become unable to lead the party.",
        [
            "She; might become unable to lead; the party",
        ],
    ),
    (
        "St. Mary was born in Galilee.",
        [
            "St. Mary; was born in; Galilee",
        ],
    ),
    (
        "The deal opened the way for building a bridge over the river.",
        [
            "The deal; opened; the way; for building a bridge over the river",
        ],
    ),
    (
        "Critics accused the mayor of hiding the report.",
        [
            "Critics; accused; the mayor; of hiding the report",
        ],
    ),
    (
        "Their fear was that the dam would burst.",
        [
            "Their fear; was; that the dam would burst",
        ],
    ),
    (
        "The hope of the rescuers is that the climbers found a hut.",
        [
            "The hope of the rescuers; is; that the climbers found a hut",
            "the climbers; found; a hut",
        ],
    ),
    (
        "Police prevented the protesters from entering the square.",
        [
            "Police; prevented; the protesters; from entering the square",
        ],
    ),
    (
        "The judge thanked the witness for telling the truth.",
        [
            "The judge; thanked; the witness; for telling the truth",
        ],
    ),
    (
        "The bank used the money for buying bonds.",
        [
            "The bank; used; the money; for buying bonds",
        ],
    ),
    (
        "The old mill was home to over 1,000 workers.",
        [
            "The old mill; was; home; to over 1,000 workers",
        ],
    ),
    (
        "The treaty is a threat to peace.",
        [
            "The treaty; is; a threat; to peace",
        ],
    ),
    (
        "Her injuries were not life-threatening.",
        [
            "Her injuries; were not; life-threatening",
        ],
    ),
    (
        "The actress talked of being cast in a film.",
        [
            "The actress; talked; of being cast in a film",
        ],
    ),
    (
        "The bank was saved by selling land.",
        [
            "The bank; was saved by; selling land",
        ],
    ),
    (
        "The deadline currently stands at October 31, 2019.",
        [
            "The deadline; currently stands at; October 31, 2019",
        ],
    ),
    (
        "They are to pay a fine.",
        [
            "They; are to pay; a fine",
        ],
    ),
    (
        "The bridge was closed two years ago.",
        [
            "The bridge; was closed; two years ago",
        ],
    ),
    (
        "Several countries, including Peru and Chile, signed the pact.",
        [
            "Several countries; signed; the pact",
            "Several countries; including; Peru",
            "Several countries; including; Chile",
        ],
    ),
    (
        "He said three people, including a child, died in the fire.",
        [
            "He; said; three people, including a child, died in the fire",
            "three people; died in; the fire",
            "three people; including; a child",
        ],
    ),
    (
        "The firm makes products such as tyres and hoses.",
        [
            "The firm; makes; products",
            "products; such as; tyres",
            "products; such as; hoses",
        ],
    ),
    (
        "The ministry plans to close offices in cities including Lyon.",
        [
            "The ministry; plans to close; offices; in cities",
            "cities; including; Lyon",
        ],
    ),
    (
        "Murray's wife left the house.",
        [
            "Murray's wife; left; the house",
            "Murray; has; Murray's wife",
        ],
    ),
    (
        "The party's leader resigned.",
        [
            "The party; has; The party's leader",
        ],
    ),
    (
        "The army, whose soldiers fled, lost the town.",
        [
            "The army; lost; the town",
            "The army; has; soldiers",
        ],
    ),
    (
        "Nadia's attacker raised his hand.",
        [
            "Nadia's attacker; raised; his hand",
        ],
    ),
    (
        "Women's clubs met in Oslo.",
        [
            "Women's clubs; met in; Oslo",
        ],
    ),
    (
        "The government denied that soldiers had fired on protesters.",
        [
            "The government; denied; that soldiers had fired on protesters",
            "soldiers; had fired on; protesters",
        ],
    ),
    (
        "On Monday, Musk sold shares worth $4 billion and bought a house in Texas.",
        [
            "Musk; sold; shares; On Monday; worth $4 billion",
            "Musk; bought; a house; in Texas",
        ],
    ),
    (
        "Party leader and Prime Minister Erik Solberg spoke in Oslo.",
        [
            "Prime Minister Erik Solberg; spoke in; Oslo",
            "Erik Solberg; is; Party leader",
            "Erik Solberg; is; Minister",
        ],
    ),
    (
        "Singer and actress Maria Lind sang in Bergen.",
        [
            "Singer; sang in; Bergen",
            "Maria Lind; is; Singer",
            "Maria Lind; is; actress",
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_rows(text: str, expected: list[str]) -> None:
    rows = rows_of(text)
    read = ["; ".join([r["subject"], r["relation"], r["object"], *r["extra_args"]]) for r in rows]
    assert read == expected


def test_rows_carry_what_their_statement_commits_to() -> None:
    (row,) = rows_of("The president did not sign the treaty.")
    assert (row["polarity"], row["modality"], row["attribution"]) == ("negative", "actual", None)
    (row,) = rows_of("The company is expected to open a plant in Texas.")
    assert row["modality"] == "future"


def test_a_reading_through_a_noun_is_less_sure() -> None:
    plain, through = rows_of("The court is a member of the network.")
    assert float(str(plain["confidence"])) > float(str(through["confidence"]))
