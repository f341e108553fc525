"""The README's commands and Python are run as they stand."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")
INSTALLS = re.compile(r"^(pip|uv) ")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


COMMANDS = [line for block in blocks("sh") for line in block.splitlines() if not INSTALLS.match(line)]
MAIN_JOB = re.search(r"^pip install -e \. && (kgbuild .*)$", TEXT, re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands read, with the main job done in it."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    assert MAIN_JOB
    run(MAIN_JOB[1], folder)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A line of shell, with this Python's kgbuild."""
    script = f'kgbuild() {{ "{sys.executable}" -m kgbuild "$@"; }}\nset -eo pipefail\n{command}\n'
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        timeout=300,
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path},
    )
    assert done.returncode == 0, (command, done.stderr)
    return done


def test_there_are_the_commands_that_a_fresh_machine_needs() -> None:
    assert "pip install -e . && kgbuild build seeds -o output" in TEXT
    assert "pip install -e '.[test]' && pytest" in TEXT
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("command", COMMANDS)
def test_commands(command: str, folder: Path) -> None:
    done = run(command, folder)
    assert done.stdout or "kgbuild: " in done.stderr


@pytest.mark.parametrize("code", blocks("python"))
def test_python(code: str, folder: Path) -> None:
    run(f"exec {sys.executable} - <<'EOF'\n{code}\nEOF", folder)


def test_links_lead_somewhere() -> None:
    paths = re.findall(r"\]\((?!https?:)([^)#]+)\)", TEXT) + re.findall(r"`([\w./]+/[\w.]+\.(?:py|md|ipynb))`", TEXT)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_all_commands_are_named() -> None:
    from kgbuild.cli import main

    section = TEXT.split("## Commands")[1].split("\n## ")[0]
    assert [name for name in main.commands if f"`{name}" not in section and f"`kgbuild {name}" not in section] == []
