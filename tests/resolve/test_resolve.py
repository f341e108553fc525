"""Which chains of different articles are one entity, what it is called, and what must stay apart."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import pytest

from kgbuild.resolve import Resolution, resolve
from kgbuild.settings import Settings
from kgbuild.types import Article, Mention, MentionKind, Record

Chain = tuple[str, Iterable[str]]


def record(text: str, *chains: Chain, date: str | None = None) -> Record:
    """An article with chains, each a type and the words of its mentions in text order; capitals make a name."""
    mentions: list[Mention] = []
    for number, (type_, texts) in enumerate(chains):
        at = 0
        for words in texts:
            start = text.index(words, at)
            at = end = start + len(words)
            kind = MentionKind.NAME if words[0].isupper() and not words.startswith("The ") else MentionKind.NOMINAL
            kind = MentionKind.PRONOUN if words in ("he", "she", "it") else kind
            mentions.append(Mention(start, end, words, type_, kind, number, (start, end), (start, end)))
    return Record(Article(text, date=date), 1, tuple(sorted(mentions, key=lambda m: m.span)), ())


def names(resolution: Resolution) -> list[str]:
    return sorted(e.name for e in resolution.entities)


def resolved(*records: Record) -> Resolution:
    return resolve(records, Settings())


@pytest.mark.parametrize(
    ("type_", "one", "other", "name"),
    [
        ("Person", "Jane Doe", "Jane Doe", "Jane Doe"),
        ("Person", "Volodimir Zelenskij", "Volodymyr Zelensky", "Volodimir Zelenskij"),
        ("Person", "Robert Example", "Bob Example", "Bob Example"),
        ("Organization", "Example Group", "Example", "Example Group"),
        ("Place", "Beit Liqya", "Beit Likya", "Beit Likya"),
        ("Country", "Ukraine", "Ukrainian", "Ukraine"),
        ("City", "Kiev", "Kyiv", "Kiev"),
        ("City", "Moscow", "Mosca", "Moscow"),
        ("Organization", "NATO", "North Atlantic Treaty Organisation", "North Atlantic Treaty Organisation"),
    ],
)
def test_names_of_one_thing_merge_across_articles(type_: str, one: str, other: str, name: str) -> None:
    found = resolved(record(f"{one} was there.", (type_, [one])), record(f"{other} was not.", (type_, [other])))
    assert names(found) == [name]
    assert len(found.entities[0].mentions) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Person", "Joe Biden"), ("Person", "Hunter Biden")),
        (("Person", "Biden"), ("Person", "Joe Biden")),  # the family name of another article
        (("Person", "Biden"), ("Person", "Biden")),
        (("Person", "Paris Hilton"), ("City", "Paris")),
        (("City", "Kyiv"), ("City", "Minsk")),
        (("GovernmentBody", "Supreme Court"), ("GovernmentBody", "Supreme Court")),  # of no stated country
        (("Group", "130,000 troops"), ("Group", "130,000 troops")),
        (("Organization", "US"), ("Organization", "Us")),
    ],
)
def test_what_may_be_two_things_stays_two(one: tuple[str, str], other: tuple[str, str]) -> None:
    found = resolved(
        record(f"{one[1]} was there.", (one[0], [one[1]])), record(f"{other[1]} left.", (other[0], [other[1]]))
    )
    assert len(found.entities) == 2
    assert len({e.id for e in found.entities}) == 2


def test_generic_names_merge_where_their_articles_are_about_one_country() -> None:
    text = "The Supreme Court of Haiti met in Haiti."
    one = record(text, ("GovernmentBody", ["Supreme Court"]), ("Country", ["Haiti"]))
    other = record("Haiti has a Supreme Court.", ("Country", ["Haiti"]), ("GovernmentBody", ["Supreme Court"]))
    third = record("Kenya has a Supreme Court.", ("Country", ["Kenya"]), ("GovernmentBody", ["Supreme Court"]))
    assert names(resolved(one, other, third)).count("Supreme Court") == 2


def test_the_noun_of_a_longer_name_merges_nothing() -> None:
    one = record("Court of Trade met. Court rose.", ("GovernmentBody", ["Court of Trade", "Court"]))
    other = record("Court of Peace met. Court rose.", ("GovernmentBody", ["Court of Peace", "Court"]))
    assert names(resolved(one, other)) == ["Court of Peace", "Court of Trade"]


def test_a_name_between_two_that_exclude_each_other_does_not_join_them() -> None:
    found = resolved(*(record(f"{n} left.", ("Person", [n])) for n in ("John A. Doe", "John Doe", "John B. Doe")))
    assert len(found.entities) == 2
    together = [{m.text for m in e.mentions} for e in found.entities]
    assert not any({"John A. Doe", "John B. Doe"} <= texts for texts in together)


def test_a_chain_carries_its_descriptions_and_pronouns_with_it() -> None:
    text = "Jane Doe left. the health minister said she was ill. the minister slept."
    one = record(text, ("Person", ["Jane Doe", "the health minister", "she", "the minister"]))
    entity = resolved(one).entities[0]
    assert (entity.name, len(entity.mentions)) == ("Jane Doe", 4)
    assert entity.aliases == ("the health minister",)  # "the minister" is what many are called


def test_what_has_no_name_is_called_by_what_says_most_of_it() -> None:
    one = record(
        "the troops left. the 130,000 Russian troops left.", ("Group", ["the troops", "the 130,000 Russian troops"])
    )
    assert names(resolved(one)) == ["130,000 Russian troops"]


@pytest.mark.parametrize(
    ("text", "chain", "wikidata"),
    [
        ("Germany won.", ("Country", ["Germany"]), "Q183"),
        ("The German team won.", ("Country", ["German"]), "Q183"),
        ("The UN met.", ("Organization", ["UN"]), "Q1065"),
        ("Berlin slept.", ("City", ["Berlin"]), "Q64"),
        ("Berlin denied it.", ("Country", ["Berlin"]), "Q183"),  # its government
        ("Chancellor Olaf Scholz left.", ("Person", ["Chancellor Olaf Scholz"]), None),  # the name has a title in it
        ("Olaf Scholz left.", ("Person", ["Olaf Scholz"]), None),  # neither office nor country beside it
        ("Georgia voted.", ("Region", ["Georgia"]), None),  # the state or the country
        ("WHO knows.", ("Person", ["WHO"]), None),
        ("Springfield burned.", ("City", ["Springfield"]), None),
    ],
)
def test_links_are_sure_or_none(text: str, chain: Chain, wikidata: str | None) -> None:
    assert resolved(record(text, chain)).entities[0].identifiers.get("wikidata") == wikidata


def test_an_office_holder_is_linked_beside_the_country() -> None:
    one = record(
        "Olaf Scholz spoke for Germany.", ("Person", ["Olaf Scholz"]), ("Country", ["Germany"]), date="2022-02-15"
    )
    assert {e.name: e.identifiers.get("wikidata") for e in resolved(one).entities} == {
        "Olaf Scholz": "Q61053",
        "Germany": "Q183",
    }


def records() -> list[Record]:
    return [
        record("Antony Blinken met Lavrov.", ("Person", ["Antony Blinken"]), ("Person", ["Lavrov"])),
        record("Tony Blinken left. he was glad.", ("Person", ["Tony Blinken", "he"])),
        record("Sergey Lavrov left Kyiv. Kiev slept.", ("Person", ["Sergey Lavrov"]), ("City", ["Kyiv", "Kiev"])),
        record("Parliament met 15 people.", ("GovernmentBody", ["Parliament"]), ("Group", ["15 people"])),
    ]


def test_the_order_of_the_articles_does_not_matter() -> None:
    expected = resolved(*records())
    assert all(resolved(*order) == expected for order in permutations(records()))


def test_an_article_more_changes_no_id_of_the_others() -> None:
    before = {e.id for e in resolved(*records()).entities}
    more = record("Jane Doe slept.", ("Person", ["Jane Doe"]))
    assert before < {e.id for e in resolved(*records(), more).entities}


def test_every_mention_has_an_entity_that_lists_it() -> None:
    found = resolved(*records())
    of = {e.id: e for e in found.entities}
    spans = {(r.article.id, m.span) for r in records() for m in r.mentions}
    assert spans == set(found.entity_of)
    for (article, span), key in found.entity_of.items():
        assert any((m.article, (m.start, m.end)) == (article, span) for m in of[key].mentions)


def test_ids_are_readable_and_fit_an_iri() -> None:
    entity = resolved(record("Élise N’Diaye (Ltd.) left.", ("Person", ["Élise N’Diaye (Ltd.)"]))).entities[0]
    assert entity.id.startswith("Elise_N_Diaye_Ltd_")
    assert entity.id.replace("_", "").isalnum()
    assert entity.id.isascii()


def test_nothing_resolves_to_nothing() -> None:
    assert resolved() == Resolution((), {})


def people(*texts: tuple[str, ...]) -> list[Record]:
    """Articles of one sentence, each of whose words in capitals is a name: persons, or places after "in"."""
    found = []
    for full, *others in texts:
        name = full.rpartition("|")[2]
        mentions = [
            Mention(full.index("|"), len(full) - 1, name, "Person", MentionKind.NAME, 0, (0, 1), (0, len(full)))
        ]
        text = full.replace("|", "") + "".join(f" {o}" for o in others)
        mentions = [replace(m, end=m.start + len(name)) for m in mentions]
        for number, other in enumerate(others, 1):
            start = text.index(other)
            span = (start, start + len(other))
            mentions.append(Mention(*span, other, "Place", MentionKind.NAME, number, span, span))
        found.append(Record(Article(text), 1, tuple(mentions), ()))
    return found


@pytest.mark.parametrize(
    "texts",
    [
        # one title, and one thing in common
        [("Minister |Anna Kowalczyk", "Plock"), ("Minister |Kowalczyk", "Plock")],
        # no title, two things in common
        [("|Anna Kowalczyk", "Plock", "Radom"), ("|Kowalczyk", "Plock", "Radom")],
        # a slip of the pen
        [("Minister |Anna Kowalczyk", "Plock"), ("Minister |Kowalzyk", "Plock")],
        # the title chooses
        [("Minister |Anna Kowalczyk", "Plock"), ("Coach |Ewa Kowalczyk", "Radom"), ("Minister |Kowalczyk", "Plock")],
    ],
)
def test_a_family_name_alone_joins_its_only_bearer_in_other_articles(texts: list[tuple[str, ...]]) -> None:
    found = resolved(*people(*texts))
    anna = next(e for e in found.entities if e.name == "Anna Kowalczyk")
    assert len(anna.mentions) == 2


@pytest.mark.parametrize(
    "texts",
    [
        # nothing in common, or too little
        [("Minister |Anna Kowalczyk", "Plock"), ("Minister |Kowalczyk", "Radom")],
        [("|Anna Kowalczyk", "Plock"), ("|Kowalczyk", "Plock")],
        # another title
        [("Minister |Anna Kowalczyk", "Plock", "Radom"), ("Coach |Kowalczyk", "Plock", "Radom")],
        # two bearers
        [("|Anna Kowalczyk", "Plock"), ("|Ewa Kowalczyk", "Radom"), ("|Kowalczyk", "Plock", "Radom")],
    ],
)
def test_a_family_name_alone_joins_nobody_in_doubt(texts: list[tuple[str, ...]]) -> None:
    found = resolved(*people(*texts))
    assert all(len(e.mentions) == 1 for e in found.entities if e.type == "Person")


@pytest.mark.parametrize(
    ("others", "wikidata"),
    [(["Atlanta"], "Q1428"), (["Florida", "Utah"], "Q1428"), (["Tbilisi"], "Q230"), ([], None), (["Paris"], None)],
)
def test_georgia_is_told_by_what_stands_beside_it(others: list[str], wikidata: str | None) -> None:
    text = " ".join(["Georgia", *others])
    one = record(text, ("Country", ["Georgia"]), *(("Place", [other]) for other in others))
    found = next(e for e in resolved(one).entities if e.name == "Georgia")
    assert found.identifiers.get("wikidata") == wikidata
