"""Writing an export: the same bytes every time, whole or not at all, never over somebody's file."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kgbuild.errors import InputError, MissingError, UsageError
from kgbuild.export import FORMATS, export
from kgbuild.graph import load, save
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.graph.small import graph_of
from tests.sample import sample_graph

ROOT = Path(__file__).parents[2]
HERE = sorted(FORMATS)


def contents(path: Path) -> dict[str, bytes]:
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return {str(file.relative_to(path)): file.read_bytes() for file in files}


@pytest.mark.parametrize("form", HERE)
def test_bytes_depend_on_the_graph_alone(tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    save(sample_graph(), tmp_path / "out")
    code = (
        "import sys; from kgbuild.export import export; from kgbuild.graph import load\n"
        "export(load(sys.argv[1]), sys.argv[2], sys.argv[3])"
    )
    for seed in ("1", "2"):
        env = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code, str(tmp_path / "out"), form, str(tmp_path / seed)]
        subprocess.run(command, check=True, env=env)
    assert contents(tmp_path / "1") == contents(tmp_path / "2") != {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2", "out"]


@pytest.mark.parametrize("form", [form for form in HERE if form != "parquet"])
def test_an_empty_graph_can_be_written(tmp_path: Path, form: str) -> None:
    assert export(graph_of(), form, tmp_path / "x").exists()


@pytest.mark.parametrize("form", ["gexf", "csv"])
def test_what_is_there_is_not_overwritten_unless_asked(tmp_path: Path, form: str) -> None:
    target = tmp_path / "mine"
    if form == "csv":
        target.mkdir()
        (target / "notes.txt").write_text("mine")
    else:
        target.write_text("mine")
    before = contents(target)
    with pytest.raises(UsageError, match=r"exists.*--force"):
        export(sample_graph(), form, target)
    assert contents(target) == before
    export(sample_graph(), form, target, replace=True)
    assert contents(target) != before
    assert form != "csv" or (target / "notes.txt").read_text() == "mine"


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_space)
    with pytest.raises(InputError, match="No space left on device"):
        export(sample_graph(), "csv", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gexf"):
        export(sample_graph(), "visio", tmp_path / "x")


def test_parquet_without_pyarrow_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingError, match=r"kgbuild\[parquet\]"):
        export(sample_graph(), "parquet", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_saved_graph_is_exported_equal_to_the_one_in_memory(tmp_path: Path) -> None:
    save(sample_graph(), tmp_path / "out")
    one = export(load(tmp_path / "out"), "turtle", tmp_path / "a.ttl")
    assert one.read_bytes() == (tmp_path / "out" / "graph.ttl").read_bytes()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    save(sample_graph(), tmp_path / "out")
    return tmp_path / "out"


def test_the_command_writes_and_says_where(run: Run, folder: Path) -> None:  # noqa: F811
    done = run("export", folder, "--format", "gexf")
    assert (done.code, done.out) == (0, f"{folder / 'export' / 'graph.gexf'}\n")
    assert load(folder) == sample_graph()
    assert run("export", folder, "--format", "gexf").code == 2
    assert run("export", folder, "--format", "gexf", "--force", "-q").out == ""


def test_the_command_writes_to_the_standard_output(run: Run, folder: Path) -> None:  # noqa: F811
    assert "@prefix" in run("export", folder, "--format", "trig", "-o", "-").out


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--format", "visio"], "--format visio: unknown"),
        ([], "no format"),
        (["--format", "sqlite", "-o", "-"], "is no text"),
    ],
)
def test_wrong_use_is_one_line(run: Run, folder: Path, args: list[str], message: str) -> None:  # noqa: F811
    done = run("export", folder, *args)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1)
    assert message in done.err


def test_the_formats_are_listed(run: Run) -> None:  # noqa: F811
    assert [line.split()[0] for line in run("export", "--list").out.splitlines()] == HERE
