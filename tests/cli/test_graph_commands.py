"""``check``, ``describe``, ``diff`` and ``contradictions``."""

import json
from pathlib import Path

import pytest

from kgbuild.graph import save
from tests.cli.conftest import Run
from tests.graph.small import Said, graph_of
from tests.sample import sample_graph


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    save(sample_graph(), folder)
    return folder


def test_check_says_yes(run: Run, sample: Path) -> None:
    done = run("check", sample)
    assert (done.code, done.out) == (0, f"{sample}: all is as it should be\n")
    assert run("check", sample, "-q").out == ""


def test_check_says_what_is_wrong_and_where(run: Run, tmp_path: Path) -> None:
    save(sample_graph(), tmp_path)
    with (tmp_path / "graph.ttl").open("a", encoding="utf-8") as file:
        file.write("\ne:Russia r:attack e:Ukraine .\n")
    done = run("check", tmp_path)
    assert done.code == 1
    assert "gate: edge https://w3id.org/kgbuild/data/entity/Russia" in done.out
    assert done.lines == [f"kgbuild: {tmp_path}: 3 things are not as they should be"]
    rows = [json.loads(line) for line in run("check", tmp_path, "--json").out.splitlines()]
    assert {row["kind"] for row in rows} == {"file", "gate"}


def test_describe(run: Run, sample: Path) -> None:
    assert run("describe", "Lavrov", "-g", sample).out.startswith("Sergey Lavrov (Person)")
    assert json.loads(run("describe", "Lavrov", "-g", sample, "--json").out)["entity"]["name"] == "Sergey Lavrov"
    done = run("describe", "Lavrof", "-g", sample)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)


def test_contradictions(run: Run, sample: Path) -> None:
    assert run("contradictions", "-g", sample).out.startswith("contradiction: Antony Blinken")
    assert json.loads(run("contradictions", "-g", sample, "--json", "--certain").out)["certain"] is True
    assert run("contradictions", "-g", sample).code == 0
    assert run("contradictions", "-g", sample, "--fail").code == 1


def test_no_contradictions(run: Run, tmp_path: Path) -> None:
    save(graph_of(Said("Russia", "attack", "Ukraine")), tmp_path)
    done = run("contradictions", "-g", tmp_path, "--fail")
    assert (done.code, done.out) == (0, "no contradictions\n")
    assert run("contradictions", "-g", tmp_path, "--json").out == ""


def test_diff(run: Run, sample: Path, tmp_path: Path) -> None:
    save(graph_of(Said("Russia", "attack", "Ukraine")), tmp_path)
    assert run("diff", sample, sample, "--fail").code == 0
    done = run("diff", sample, tmp_path, "--fail", "--limit", "1")
    assert done.code == 1
    assert "- … and" in done.out
    assert json.loads(run("diff", sample, tmp_path, "--json").out)["articles"]["appeared"] == ["one.txt"]
