"""The same input gives the same bytes: whatever the hash seed, the number of workers, or the company."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kgbuild.settings import Settings
from kgbuild.types import Article, Skipped
from kgbuild.workers import record_of, records_of

SEEDS = Path(__file__).parent.parent / "seeds"
SENTENCES = (
    "Antony Blinken met Sergey Lavrov in Geneva on Friday.",
    "Lavrov said Russia does not intend to attack Ukraine.",
    "The Kremlin spokesman, Dmitry Peskov, denied that 130,000 troops were deployed near the border.",
    "According to the BBC, President Vladimir Putin may withdraw them next week.",
    "“We are ready to negotiate,” he told reporters, but the chancellor refused to sign the agreement.",
    "NATO rejected the request, and the United States will close its embassy in Kyiv.",
)


def articles(n: int) -> list[Article]:
    """Different articles made of the same sentences in other orders and lengths."""
    texts = (" ".join(SENTENCES[i % 6 :] + SENTENCES[: i % 6 + i % 3]) + f" It was number {i}." for i in range(n))
    return [Article(text, date="2022-01-21", path=f"{i}.txt") for i, text in enumerate(texts)]


def test_an_article_alone_and_among_others_gives_the_same_record() -> None:
    several = articles(12)
    among_others = list(records_of(several, Settings(), 1, strict=True))
    backwards = list(records_of(several[::-1], Settings(), 1, strict=True))[::-1]
    assert among_others == backwards == [record_of(article, Settings()) for article in several]


def test_two_workers_give_the_records_of_one_in_the_same_order() -> None:
    several = articles(7)
    one, two = (list(records_of(several, Settings(), workers, strict=True)) for workers in (1, 2))
    assert one == two


def build(folder: Path, hash_seed: int, workers: int) -> dict[str, bytes]:
    out = folder / f"{hash_seed}-{workers}"
    command = [sys.executable, "-m", "kgbuild", "build", str(SEEDS), "-q", "-o", str(out), "--workers", str(workers)]
    subprocess.run(command, check=True, timeout=300, env=os.environ | {"PYTHONHASHSEED": str(hash_seed)})
    return {file.name: file.read_bytes() for file in out.iterdir() if file.name != "run.json"}


def test_bytes_do_not_depend_on_hash_seed_or_workers(tmp_path: Path) -> None:
    first = build(tmp_path, 1, 1)
    assert len(first) == 6
    for other in (build(tmp_path, 2, 2), build(tmp_path, 3, 1)):
        assert [name for name in first if first[name] != other[name]] == []


def test_workers_need_no_guard_in_the_script(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import kgbuild\n"
        "kg = kgbuild.build(['Blinken met Lavrov in Geneva.', 'Putin met Macron in Moscow.'], workers=2)\n"
        "print(len(kg.articles))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=120, check=True, cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(SEEDS.parent)},
    )  # fmt: skip
    assert done.stdout == "2\n"


def test_an_error_in_one_article_is_raised_where_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    import kgbuild.extract

    def broken(*args: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr(kgbuild.extract, "extract", broken)
    (skipped,) = records_of(articles(1), Settings(), 1)
    assert isinstance(skipped, Skipped)
    with pytest.raises(IndexError):
        list(records_of(articles(1), Settings(), 1, strict=True))


def test_a_missing_model_is_an_error_of_the_run() -> None:
    from kgbuild.errors import MissingError

    with pytest.raises(MissingError, match="no_such_model"):
        list(records_of(articles(3), Settings(model="no_such_model"), 2))
