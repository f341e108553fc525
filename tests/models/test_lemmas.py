import pytest

from kgbuild.models.lemmas import KEEP, LemmaTable, apply_script, lemma_script, likeliest, regular_lemmas


@pytest.mark.parametrize(
    ("form", "lemma", "script"),
    [
        ("troops", "troop", "l|1|"),
        ("Troops", "troop", "l|1|"),
        ("the", "the", "l|0|"),
        ("The", "the", "l|0|"),
        ("went", "go", "l|4|go"),
        ("n't", "not", "l|2|ot"),
        ("Russia", "Russia", KEEP),
        ("MOSCOW", "Moscow", "t|0|"),
        ("Jan.", "January", "k|1|uary"),
    ],
)
def test_a_script_turns_its_form_into_its_lemma(form: str, lemma: str, script: str) -> None:
    assert lemma_script(form, lemma) == script
    assert apply_script(form, script) == lemma


@pytest.mark.parametrize(("form", "script"), [("a", "l|3|go"), ("ab", "l|2|")])
def test_a_script_that_does_not_fit_leaves_the_form(form: str, script: str) -> None:
    assert apply_script(form, script) == form


def test_the_table_knows_forms_by_tag_whatever_their_case_and_apostrophe() -> None:
    table = LemmaTable({"VBD": {"told": "tell", "put": ""}, "RB": {"n't": "not"}})
    assert table.find("Told", "VBD") == "tell"
    assert table.find("PUT", "VBD") == "put"
    assert table.find("n’t", "RB") == "not"
    assert table.find("told", "NN") is None
    assert table.find("unseen", "VBD") is None


@pytest.mark.parametrize(
    ("form", "tag", "scripted", "lemma"),
    [
        ("denies", "VBZ", "denie", "deny"),
        ("Planned", "VBD", "plann", "plan"),
        ("moved", "VBN", "mov", "move"),
        ("abducted", "VBN", "abducte", "abduct"),
        ("hoping", "VBG", "hope", "hope"),  # "hop" is a word too: the script decides
        ("lobbies", "NNS", "lobbie", "lobby"),  # unknown
        ("zonked", "VBN", "zonk", "zonk"),  # unknown
        ("worsen", "VB", "worse", "worsen"),
        ("Reuters", "NNP", "Reuters", "Reuters"),
    ],
)
def test_a_script_that_makes_no_word_gives_way_to_a_regular_one(form: str, tag: str, scripted: str, lemma: str) -> None:
    assert likeliest(scripted, form, tag, {"deny", "plan", "move", "abduct", "hope", "hop", "worse", "worsen"}) == lemma


def test_tags_without_inflection_have_no_regular_lemmas() -> None:
    assert regular_lemmas("times", "NN") == []
