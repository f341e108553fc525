"""What sentences say and commit to: the readings of checked trees."""

from __future__ import annotations

from pathlib import Path

import pytest

from kgbuild.extract import extract
from kgbuild.settings import Settings
from kgbuild.types import Article, Modality, Polarity, PredicateKind, Record, Role, Statement
from tests.trees import read_trees

DOCS = read_trees(Path(__file__).parent / "sentence_trees.txt")
DATE = "2022-02-15"  # a Tuesday


def read(text: str, settings: Settings | None = None) -> Record:
    return extract(DOCS[text], Article(text, date=DATE), settings or Settings())


def commitment(statement: Statement) -> str:
    """In words, what keeps a statement from being plain: "not, future, by Lavrov"; "" if nothing does."""
    parts = ["not"] if statement.polarity is Polarity.NEGATIVE else []
    parts += [str(statement.modality)] if statement.modality is not Modality.ACTUAL else []
    parts += ["ended"] if statement.ended else []
    return ", ".join(parts + [f"by {source.text or '?'}" for source in statement.attribution])


READINGS = [
    (  # a title is said in all its words
        "Senior District Judge Carla Munro dismissed the case.",
        [("Carla Munro", "be", "Senior District Judge", ""), ("Carla Munro", "dismiss", "the case", "")],
    ),
    (  # the women have a hall, but no group
        "The women's choir group has left the women's hall.",
        [
            ("The women's choir group", "leave", "the women's hall", ""),
            ("the women", "have", "the women's hall", ""),
        ],
    ),
    (  # two weeks are no part of the landing
        "About two weeks after the landing, the army withdrew.",
        [("the army", "withdraw after", "the landing", "")],
    ),
    ("Jonas spoke at a press conference.", [("Jonas", "speak at", "a press conference", "")]),
    (
        "Blinken met Lavrov in Geneva on Friday.",
        [
            ("Blinken", "meet", "Lavrov", ""),
            ("Blinken", "meet in", "Geneva", ""),
            ("Lavrov", "be met in", "Geneva", ""),
        ],
    ),
    (
        "Russia deployed troops near Ukraine.",
        [
            ("Russia", "deploy", "troops", ""),
            ("Russia", "deploy troops near", "Ukraine", ""),
        ],
    ),
    (
        "The troops were deployed by Russia.",
        [
            ("Russia", "deploy", "The troops", ""),
        ],
    ),
    (
        "The embassy was evacuated.",
        [
            ("The embassy", "be evacuated", "evacuated", ""),
        ],
    ),
    (
        "Rescuers reached Springfield, 70 km north of Shelbyville.",
        [
            ("Rescuers", "reach", "Springfield", ""),
        ],
    ),
    (
        "Ex-Prime Minister Donald Berg criticised the law.",
        [
            ("Donald Berg", "be", "Prime Minister", "ended"),
            ("Donald Berg", "criticise", "the law", ""),
        ],
    ),
    (
        "Russia did not attack Ukraine.",
        [
            ("Russia", "attack", "Ukraine", "not"),
        ],
    ),
    (
        "The police failed to find the suspect.",
        [
            ("The police", "fail", "to find the suspect", ""),
            ("The police", "fail to find", "the suspect", ""),
            ("The police", "find", "the suspect", "not"),
        ],
    ),
    (
        "Macron refused to sign the treaty.",
        [
            ("Macron", "refuse", "to sign the treaty", ""),
            ("Macron", "refuse to sign", "the treaty", ""),
            ("Macron", "sign", "the treaty", "not"),
        ],
    ),
    (
        "The minister denied that Russia is planning an attack.",
        [
            ("The minister", "deny", "Russia is planning an attack", ""),
            ("Russia", "plan", "an attack", "not, by The minister"),
        ],
    ),
    (
        "Lavrov said Russia does not intend to attack Ukraine.",
        [
            ("Lavrov", "say", "Russia does not intend to attack Ukraine", ""),
            ("Russia", "intend", "to attack Ukraine", "not, by Lavrov"),
            ("Russia", "intend to attack", "Ukraine", "not, by Lavrov"),
            ("Russia", "attack", "Ukraine", "not, intended, by Lavrov"),
        ],
    ),
    (
        '"We will leave Kiev," said Lavrov.',
        [
            ("Lavrov", "say", "We will leave Kiev", ""),
        ],
    ),
    (
        "Scholz plans to visit Moscow.",
        [
            ("Scholz", "plan", "to visit Moscow", ""),
            ("Scholz", "plan to visit", "Moscow", ""),
            ("Scholz", "visit", "Moscow", "intended"),
        ],
    ),
    (
        "Draghi will fly to Paris tomorrow.",
        [
            ("Draghi", "fly to", "Paris", "future"),
        ],
    ),
    (
        "The court may suspend the law.",
        [
            ("The court", "suspend", "the law", "possible"),
        ],
    ),
    (
        "If the treaty fails, Russia could invade Ukraine.",
        [
            ("the treaty", "fail", "fails", "conditional"),
            ("Russia", "invade", "Ukraine", "possible"),
        ],
    ),
    (
        "The mayor urged residents to leave the city.",
        [
            ("The mayor", "urge", "residents", ""),
            ("The mayor", "urge residents", "to leave the city", ""),
            ("residents", "leave", "the city", "requested, by The mayor"),
        ],
    ),
    (
        "Scholz, the chancellor of Germany, visited Kiev.",
        [
            ("Scholz", "be chancellor of", "Germany", ""),
            ("Scholz", "visit", "Kiev", ""),
        ],
    ),
    (
        "Kremlin spokesman Dmitry Peskov praised the talks.",
        [
            ("Dmitry Peskov", "be spokesman of", "Kremlin", ""),
            ("Dmitry Peskov", "praise", "the talks", ""),
        ],
    ),
    (
        "Former CIA director James Woolsey criticised Putin.",
        [
            ("James Woolsey", "be former director of", "CIA", "ended"),
            ("James Woolsey", "criticise", "Putin", ""),
        ],
    ),
    (
        "The man who shot the mayor fled.",
        [
            ("The man", "shoot", "the mayor", ""),
            ("The man", "flee", "fled", ""),
        ],
    ),
    (
        "The bus that the driver stole was found.",
        [
            ("the driver", "steal", "The bus", ""),
            ("The bus", "be found", "found", ""),
        ],
    ),
    (
        "Police arrested two men and questioned a woman.",
        [
            ("Police", "arrest", "two men", ""),
            ("Police", "question", "a woman", ""),
        ],
    ),
    (
        "The firm sold cars and trucks to Italy.",
        [
            ("The firm", "sell", "cars", ""),
            ("The firm", "sell", "trucks", ""),
            ("The firm", "sell cars to", "Italy", ""),
        ],
    ),
    (
        "According to the UN, 300 people died in the flood.",
        [
            ("300 people", "die in", "the flood", "by UN"),
        ],
    ),
    (
        "The suspect is accused of stealing the car.",
        [
            ("The suspect", "be accused of", "stealing the car", ""),
            ("The suspect", "steal", "the car", "possible"),
        ],
    ),
    (
        "The storm killed 29 people in Haiti.",
        [
            ("The storm", "kill", "29 people", ""),
            ("The storm", "kill people in", "Haiti", ""),
        ],
    ),
    (
        "The president has never visited Iran.",
        [
            ("The president", "visit", "Iran", "not"),
        ],
    ),
    (
        "Did Russia attack Ukraine?",
        [
            ("Russia", "attack", "Ukraine", "possible"),
        ],
    ),
    (
        "The company continues to build cars.",
        [
            ("The company", "continue to build", "cars", ""),
        ],
    ),
    (
        "Officials believe the fire was started by children.",
        [
            ("Officials", "believe", "the fire was started by children", ""),
            ("children", "start", "the fire", "by Officials"),
        ],
    ),
    (
        "The Bbc reports that US officials say Russia moved troops.",
        [
            ("Bbc", "report", "US officials say Russia moved troops", ""),
            ("US officials", "say", "Russia moved troops", "by Bbc"),
            ("Russia", "move", "troops", "by US officials, by Bbc"),
        ],
    ),
    (
        "The senator promised to support the bill.",
        [
            ("The senator", "promise", "to support the bill", ""),
            ("The senator", "promise to support", "the bill", ""),
            ("The senator", "support", "the bill", "intended, by The senator"),
        ],
    ),
    (
        "The prime minister was asked to resign.",
        [
            ("The prime minister", "be asked to resign", "resign", "requested"),
        ],
    ),
    (
        "Johnson is willing to negotiate.",
        [
            ("Johnson", "be", "willing to negotiate", ""),
            ("Johnson", "be willing to negotiate", "negotiate", "intended"),
        ],
    ),
    (
        "The road is in a national park.",
        [
            ("The road", "be in", "a national park", ""),
        ],
    ),
    (
        "The soldiers were ordered to withdraw.",
        [
            ("The soldiers", "be ordered to withdraw", "withdraw", "requested"),
        ],
    ),
    (
        "The attack was designed to kill soldiers.",
        [
            ("The attack", "be designed to kill", "soldiers", "intended"),
        ],
    ),
    (
        "Tesla, founded in 2003, opened a plant in Berlin.",
        [
            ("Tesla", "be founded in", "2003", ""),
            ("Tesla", "open", "a plant", ""),
            ("Tesla", "open plant in", "Berlin", ""),
        ],
    ),
    (
        "The bank closed before the robbers arrived.",
        [
            ("The bank", "close", "closed", ""),
            ("the robbers", "arrive", "arrived", ""),
        ],
    ),
    (
        "The judge stopped the sale.",
        [
            ("The judge", "stop", "the sale", ""),
        ],
    ),
    (
        "Mary and John married in Paris.",
        [
            ("Mary", "marry", "John", ""),
            ("Mary", "marry in", "Paris", ""),
        ],
    ),
    (
        '"The path of diplomacy remains open," the minister added.',
        [
            ("The path of diplomacy", "remain", "open", "by the minister"),
            ("the minister", "add", "The path of diplomacy remains open", ""),
        ],
    ),
    (
        "The team lost because the goalkeeper was injured.",
        [
            ("The team", "lose", "lost", ""),
            ("the goalkeeper", "be injured", "injured", ""),
        ],
    ),
    (
        "According to a survey published in 2017 by the Royal Society, 84% of Britons did not wash their hands.",
        [
            ("Royal Society", "publish", "a survey", ""),
            ("84% of Britons", "wash", "their hands", "not, by a survey"),
        ],
    ),
    (
        "Protesters sent messages using Telegram.",
        [
            ("Protesters", "send", "messages", ""),
            ("Protesters", "use", "Telegram", ""),
        ],
    ),
    (
        "The crash took place on a bendy road.",
        [
            ("The crash", "take place on", "a bendy road", ""),
        ],
    ),
    (
        "Foreign nationals were from France, Mexico and Canada.",
        [
            ("Foreign nationals", "be from", "France", ""),
            ("Foreign nationals", "be from", "Mexico", ""),
            ("Foreign nationals", "be from", "Canada", ""),
        ],
    ),
    (
        "The judge determined Manafort had lied.",
        [
            ("The judge", "determine", "Manafort had lied", ""),
            ("Manafort", "lie", "lied", "by The judge"),
        ],
    ),
    (
        "The minister has two choices, Blinken later tweeted.",
        [
            ("The minister", "have", "two choices", "by Blinken"),
        ],
    ),
    (
        "The company said profits rose, but the board is worried about debt.",
        [
            ("The company", "say", "profits rose, but the board is worried about debt", ""),
            ("profits", "rise", "rose", "by The company"),
            ("the board", "be worried about", "debt", "by The company"),
        ],
    ),
    (
        "Mohammad bin Salman is the de facto Saudi ruler.",
        [
            ("Mohammad bin Salman", "be", "the de facto Saudi ruler", ""),
        ],
    ),
    (
        "It is false that the bank closed.",
        [
            ("the bank closed", "be", "false", ""),
            ("the bank", "close", "closed", "not"),
        ],
    ),
    (
        "The pilot almost hit the tower.",
        [
            ("The pilot", "hit", "the tower", "possible"),
        ],
    ),
    (
        "The bank helped rescue the firm.",
        [
            ("The bank", "help to rescue", "the firm", ""),
        ],
    ),
    (
        "Demonstrators demanded that the president resign.",
        [
            ("Demonstrators", "demand", "the president resign", ""),
            ("the president", "resign", "resign", "requested, by Demonstrators"),
        ],
    ),
    (
        "The president said it is unlikely that the talks will succeed.",
        [
            ("The president", "say", "it is unlikely that the talks will succeed", ""),
            ("the talks will succeed", "be", "unlikely", "by The president"),
            ("the talks", "succeed", "succeed", "future, by The president"),
        ],
    ),
    (
        "Reports that the plane crashed are false.",
        [
            ("the plane", "crash", "crashed", "by Reports"),
            ("Reports", "be", "false", ""),
        ],
    ),
    (
        "Amid fears that the dam could burst, residents fled.",
        [
            ("the dam", "burst", "burst", "possible, by fears"),
            ("residents", "flee amid", "fears", ""),
        ],
    ),
    (
        "Smith, who allegedly shot the guard, was arrested.",
        [
            ("Smith", "shoot", "the guard", "by allegedly"),
            ("Smith", "be arrested", "arrested", ""),
        ],
    ),
    (
        "He said the world is aware of the problem, but the bank needs to stay true to its mission.",
        [
            ("the world", "be aware of", "the problem", "by He"),
            ("the bank", "need", "to stay true to its mission", "by He"),
            ("the bank", "need to stay", "true to its mission", "required, by He"),
        ],
    ),
    (
        "Manafort agreed to help with the investigation.",
        [
            ("Manafort", "agree", "to help with the investigation", ""),
            ("Manafort", "help with", "the investigation", "intended"),
        ],
    ),
    (
        '"I ordered these measures," Blinken added.',
        [
            ("Blinken", "order", "these measures", "by Blinken"),
            ("Blinken", "add", "I ordered these measures", ""),
        ],
    ),
    (
        "The defendant was shot dead by police.",
        [
            ("police", "shoot dead", "The defendant", ""),
        ],
    ),
    (
        "Johnson was appointed chief executive of the company.",
        [
            ("Johnson", "be appointed", "chief executive of the company", ""),
            ("Johnson", "be appointed chief executive of", "the company", ""),
        ],
    ),
    (
        "Martelly appointed Evans Paul as prime minister.",
        [
            ("Martelly", "appoint", "Evans Paul", ""),
            ("Martelly", "appoint as", "prime minister", ""),
            ("Evans Paul", "be appointed as", "prime minister", ""),
        ],
    ),
    (
        "The minister said he was sad because the leaders were leaving.",
        [
            ("The minister", "say", "he was sad because the leaders were leaving", ""),
            ("The minister", "be", "sad because the leaders were leaving", "by The minister"),
            ("the leaders", "leave", "leaving", "by The minister"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), READINGS, ids=[text for text, _ in READINGS])
def test_readings(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    found = [
        (t.subject_text, t.relation, t.object_text, commitment(statement))
        for statement in read(text).statements
        for t in statement.triples
    ]
    assert found == expected


@pytest.mark.parametrize("text", sorted(DOCS))
def test_the_truth_gate_lets_only_plain_statements_through(text: str) -> None:
    for statement in read(text).statements:
        plain = commitment(statement) == ""
        assert plain or not statement.asserted
        assert statement.asserted or not plain or statement.predicate.kind is PredicateKind.NOUN


def test_a_user_may_let_claims_through_but_no_denials() -> None:
    text = "Officials believe the fire was started by children."
    claim = next(s for s in read(text, Settings(assert_attributed=True)).statements if s.predicate.lemma == "start")
    assert claim.asserted
    text = "The minister denied that Russia is planning an attack."
    denial = next(s for s in read(text, Settings(assert_attributed=True)).statements if s.predicate.lemma == "plan")
    assert not denial.asserted


@pytest.mark.parametrize(
    ("text", "lemma", "days"),
    [
        ("Blinken met Lavrov in Geneva on Friday.", "meet", ("2022-02-11", "2022-02-11")),
        ("Draghi will fly to Paris tomorrow.", "fly", ("2022-02-16", "2022-02-16")),
        ("He is to leave office next month.", "leave", ("2022-03-01", "2022-03-31")),
        ("Tesla, founded in 2003, opened a plant in Berlin.", "found", ("2003-01-01", "2003-12-31")),
        ("Tesla, founded in 2003, opened a plant in Berlin.", "open", None),
    ],
)
def test_times_belong_to_their_own_clause(text: str, lemma: str, days: tuple[str, str] | None) -> None:
    statement = next(s for s in read(text).statements if s.predicate.lemma == lemma)
    assert (statement.time and (statement.time.start, statement.time.end)) == days


@pytest.mark.parametrize(
    ("text", "lemma", "roles"),
    [
        ("The troops were deployed by Russia.", "deploy", {"The troops": Role.PATIENT, "Russia": Role.AGENT}),
        ("Blinken met Lavrov in Geneva on Friday.", "meet", {"Geneva": Role.PLACE, "Friday": Role.TIME}),
        ("Draghi will fly to Paris tomorrow.", "fly", {"Paris": Role.DESTINATION, "tomorrow": Role.TIME}),
        ("The mayor urged residents to leave the city.", "urge", {"to leave the city": Role.CONTENT}),
    ],
)
def test_roles(text: str, lemma: str, roles: dict[str, Role]) -> None:
    statement = next(s for s in read(text).statements if s.predicate.lemma == lemma)
    assert roles.items() <= {a.text: a.role for a in statement.arguments}.items()


def test_a_complement_is_the_statement_it_makes() -> None:
    statements = read("The minister denied that Russia is planning an attack.").statements
    denial = next(s for s in statements if s.predicate.lemma == "deny")
    content = next(a for a in denial.arguments if a.role is Role.CONTENT)
    assert content.statement == next(s.id for s in statements if s.predicate.lemma == "plan")


def test_quantities_have_number_and_unit() -> None:
    (statement,) = read("The storm killed 29 people in Haiti.").statements
    values = [dict(a.value) for a in statement.arguments if a.value]
    assert values == [{"number": 29, "unit": "people"}]


def test_statements_less_sure_than_asked_for_are_left_out() -> None:
    text = "Macron refused to sign the treaty."
    everything = read(text).statements
    least = max(s.confidence for s in everything)
    kept = read(text, Settings(min_confidence=least)).statements
    assert kept == tuple(s for s in everything if s.confidence == least)
    assert read(text, Settings(min_confidence=1.0)).statements == ()
