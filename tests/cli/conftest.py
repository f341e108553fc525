"""Running commands in this process, and a graph for the commands that read one."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kgbuild.cli import main

ARTICLE = (
    "Antony Blinken met Sergey Lavrov in Geneva on Friday. Lavrov said Russia does not intend to attack Ukraine.\n"
)


@dataclass(frozen=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines of stderr."""
        return self.err.splitlines()


Run = Callable[..., Done]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*args: str | Path) -> Done:
        with pytest.raises(SystemExit) as left:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        assert isinstance(left.value.code, int)
        return Done(left.value.code, out, err)

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with one dated article."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "sources.tsv").write_text("file\tdate\na.txt\t2022-01-21\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that build wrote."""
    folder = tmp_path_factory.mktemp("graph")
    (folder / "a.txt").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(SystemExit, match="0"):
        main(["build", "-q", str(folder / "a.txt"), "--date", "2022-01-21", "-o", str(folder / "output")])
    return folder / "output"
