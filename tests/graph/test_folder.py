import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kgbuild.errors import InputError, UsageError
from kgbuild.graph import KnowledgeGraph, load, save
from kgbuild.graph.files import OURS, RUN
from kgbuild.settings import Settings
from kgbuild.types import Article
from tests.graph.small import Said, graph_of
from tests.sample import sample_graph

ALL = {*OURS, RUN}


def page(kg: KnowledgeGraph) -> str:
    return f"<!doctype html><p>{len(kg.statements)} statements"


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n")[:-1]]


def test_a_saved_graph_loads_as_an_equal_one(tmp_path: Path) -> None:
    kg = sample_graph(Settings(language="en", assert_attributed=True))
    assert set(save(kg, tmp_path / "new" / "folder", page=page)) == ALL
    assert load(tmp_path / "new" / "folder") == kg
    assert {path.name for path in (tmp_path / "new" / "folder").iterdir()} == ALL


def test_hostile_text_survives(tmp_path: Path) -> None:
    text = "lone \ud800 surrogate, \u2028 \x85 \x0c \x00 and\rreturns\r\n"
    kg = replace(sample_graph(), articles=(Article(text=text),), statements=(), entities=(), n_sentences={})
    save(kg, tmp_path)
    assert load(tmp_path).articles[0].text == text


def test_two_runs_write_the_same_bytes_but_for_run_json(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(sample_graph(), tmp_path / name, page=page)
    for name in OURS:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_run_json_comes_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placed = []
    monkeypatch.setattr(os, "replace", lambda _, target: placed.append(target.name))
    save(sample_graph(), tmp_path, page=page)
    assert placed[-1] == RUN


def test_rows_have_the_keys_that_other_programs_read(tmp_path: Path) -> None:
    save(sample_graph(), tmp_path)
    met = next(row for row in rows(tmp_path / "statements.jsonl") if row["predicate"]["text"] == "met")
    assert met.keys() >= {
        "id", "article", "sentence", "predicate", "arguments", "polarity", "modality", "attribution", "time", "place",
        "asserted", "confidence", "triples",
    }  # fmt: skip
    assert met["sentence"].keys() == {"start", "end", "text"}
    assert met["predicate"].keys() == {"lemma", "text", "start", "end", "kind", "sense", "event"}
    assert met["arguments"][0].keys() >= {"role", "marker", "text", "start", "end", "entity", "value", "statement"}
    assert met["attribution"][0].keys() >= {"text", "start", "end", "entity", "cue", "kind"}
    assert met["time"].keys() == {"text", "start", "end"}
    assert met["triples"][0].keys() >= {"subject", "subject_text", "relation", "object", "object_text"}
    (entity, *_) = rows(tmp_path / "entities.jsonl")
    assert entity.keys() >= {"id", "name", "type", "aliases", "identifiers", "mentions"}
    assert entity["mentions"][0].keys() == {"article", "start", "end", "text", "kind"}
    (article, *_) = rows(tmp_path / "articles.jsonl")
    assert article.keys() >= {
        "id", "path", "title", "date", "outlet", "url", "language", "characters", "sentences", "text",
    }  # fmt: skip


def test_run_json_says_what_was_run_and_skipped(tmp_path: Path) -> None:
    save(sample_graph(), tmp_path)
    run = json.loads((tmp_path / RUN).read_text(encoding="utf-8"))
    assert run["counts"]["statements"] == 11
    assert run["skipped"] == [{"path": "empty.txt", "reason": "the file is empty"}]
    assert set(run["files"]) == ALL - {RUN, "graph.html"}
    assert run["settings"]["assert_attributed"] is False


@pytest.mark.parametrize("name", OURS)
def test_a_changed_file_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    save(sample_graph(), tmp_path, page=page)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + b"\n")
    with pytest.raises(InputError, match=name) as refused:
        load(tmp_path)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", OURS)
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    save(sample_graph(), tmp_path, page=page)
    (tmp_path / name).unlink()
    with pytest.raises(InputError, match=name):
        load(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no run.json"),
        ("{", "not written by kgbuild"),
        ("[]", "not written by kgbuild"),
        ('{"files": {}}', "not written by kgbuild"),
        ('{"kgbuild": "9", "format": 99, "files": {}}', "layout 99"),
        ('{"kgbuild": "1", "format": 1, "files": {}}', "is not what"),
    ],
)
def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path, text: str | None, message: str) -> None:
    if text is not None:
        (tmp_path / RUN).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load(tmp_path)


def test_run_json_without_what_we_write_is_refused(tmp_path: Path) -> None:
    save(sample_graph(), tmp_path)
    run = json.loads((tmp_path / RUN).read_text(encoding="utf-8"))
    del run["settings"]
    (tmp_path / RUN).write_text(json.dumps(run), encoding="utf-8")
    with pytest.raises(InputError, match="settings"):
        load(tmp_path)


@pytest.mark.parametrize("n_replaced", range(7))
def test_a_run_killed_while_it_puts_files_in_place_leaves_old_or_new_or_a_refusal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, n_replaced: int
) -> None:
    old, new = graph_of(Said("Russia", "attack", "Ukraine")), sample_graph()
    save(old, tmp_path, page=page)
    done = []

    def replace_some(source: Path, target: Path) -> None:
        if len(done) == n_replaced:
            raise KeyboardInterrupt
        done.append(target)
        Path(source).rename(target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace_some)
        with pytest.raises(KeyboardInterrupt):
            save(new, tmp_path, page=page)
    if n_replaced:
        with pytest.raises(InputError):
            load(tmp_path)
    else:
        assert load(tmp_path) == old
    save(new, tmp_path, page=page)
    assert load(tmp_path) == new
    assert {path.name for path in tmp_path.iterdir()} == ALL


def test_a_first_run_that_was_killed_can_be_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def replace_turtle(source: Path, target: Path) -> None:
        if target.name != "graph.ttl":
            raise KeyboardInterrupt
        Path(source).rename(target)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", replace_turtle)
        with pytest.raises(KeyboardInterrupt):
            save(sample_graph(), tmp_path)
    save(sample_graph(), tmp_path)
    assert load(tmp_path) == sample_graph()


def test_a_failure_before_all_is_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(number: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(InputError, match="No space left on device"):
        save(sample_graph(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", sorted(ALL))
def test_a_file_that_kgbuild_did_not_write_is_never_overwritten(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=name):
        save(sample_graph(), tmp_path, page=page)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "mine"


def test_other_files_in_the_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    save(sample_graph(), tmp_path)
    save(sample_graph(), tmp_path)
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="is a file"):
        save(sample_graph(), tmp_path / "file")
