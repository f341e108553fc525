"""Which class of event a predicate names."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.errors import InputError
from kgbuild.extract import extract
from kgbuild.extract.event_classes import EventRules, parse_rules
from kgbuild.settings import Settings
from kgbuild.types import Argument, Article, Role
from kgbuild.vocabulary import EVENT_CLASSES, ontology_folder
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "event_trees.txt")
SHIPPED = ontology_folder() / "events.tsv"


def classes(text: str, own: str = "") -> dict[str, str | None]:
    doc = DOCS[text]
    doc._.predicates = []
    found = extract(doc, Article(text, date="2022-02-15"), Settings(events=own)).statements
    return {s.predicate.lemma: s.predicate.event for s in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia's invasion of Ukraine began in February.", {"invasion": "Attack", "begin": None}),
        ("The army launched an attack on the town.", {"launch": "Attack", "attack": "Attack"}),
        ("Zelensky held talks with Macron in Paris on Monday.", {"hold talks": "Meeting"}),
        ("Macron called for talks with Putin.", {"call": "Demand"}),
        ("The plane landed in Lima.", {"land": "Arrival"}),
        ("The killing of civilians is a crime.", {"killing": "Killing", "be": None}),
    ],
)
def test_predicates_have_the_class_of_their_words_and_arguments(text: str, expected: dict[str, str | None]) -> None:
    assert classes(text) == expected


def test_rules_of_the_user_come_first() -> None:
    own = "Conflict\tnoun\tinvasion\nContact\tverb\tbegin\tpatient:*\n-\tverb\tland\n"
    assert classes("Russia's invasion of Ukraine began in February.", own) == {"invasion": "Conflict", "begin": None}
    assert classes("The plane landed in Lima.", own) == {"land": None}


def argument(role: Role, span: tuple[int, int] | None = None, marker: str | None = None) -> Argument:
    return Argument(role, "x", 0, 1, marker=marker, mention=span)


RULES = """\
# a comment
class\tkind\twords\twhen
Dismissal\tverb\tfire\tpatient:Person,Group marker:-
Attack\tverb\tfire\tmarker:at,on
Fire\tsense\tfire.07
Meeting\tverb\tmeet
Visit\tverb\tmeet\tpatient:Place
Payment\tverb\tpay\tquantity:*
Attack\tverb\tshoot+down
"""
PERSON, CITY = (0, 1), (2, 3)


@pytest.mark.parametrize(
    ("key", "arguments", "expected"),
    [
        (("verb", "fire"), [argument(Role.PATIENT, PERSON)], "Dismissal"),
        (("verb", "fire"), [argument(Role.PATIENT, CITY)], None),
        (("verb", "fire"), [argument(Role.PATIENT)], None),
        (("verb", "fire"), [argument(Role.PATIENT, PERSON), argument(Role.OTHER, CITY, "at")], "Attack"),
        (("sense", "fire.07"), [], "Fire"),
        (("verb", "meet"), [], "Meeting"),
        (("verb", "meet"), [argument(Role.PATIENT, CITY)], "Visit"),
        (("verb", "pay"), [argument(Role.QUANTITY)], "Payment"),
        (("verb", "pay"), [], None),
        (("verb", "shoot down"), [], "Attack"),
        (("noun", "meet"), [], None),
    ],
)
def test_conditions_choose_between_rules(key: tuple[str, str], arguments: list[Argument], expected: str | None) -> None:
    rules = EventRules(parse_rules(RULES, "rules"))
    assert rules.find([key], arguments, {PERSON: "Person", CITY: "City"}) == expected


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Meeting\tverb", "my.tsv line 2: 2 columns"),
        ("Meeting verb meet", "my.tsv line 2: 1 columns"),
        ("Meting\tverb\tmeet", "my.tsv line 2: no event class 'Meting'.*Meeting"),
        ("Meeting\tverbs\tmeet", "my.tsv line 2: no kind 'verbs'.*verb, noun, sense"),
        ("Meeting\tverb\t ", "my.tsv line 2: no words"),
        ("Meeting\tverb\tmeet\tpatient", "my.tsv line 2: no condition 'patient'"),
        ("Meeting\tverb\tmeet\tobject:Person", "my.tsv line 2: no condition 'object:Person'"),
        ("Meeting\tverb\tmeet\tpatient:Persons", "my.tsv line 2: no type 'Persons'"),
    ],
)
def test_a_malformed_line_is_named(line: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        list(parse_rules(f"# mine\n{line}\n", "my.tsv"))


def test_the_shipped_rules_are_well_formed_and_use_every_class_of_the_lower_level() -> None:
    found = {rule.event for _, _, rule in parse_rules(SHIPPED.read_text(encoding="utf-8"), SHIPPED.name)}
    assert found == {name for name, above in EVENT_CLASSES.items() if above}
