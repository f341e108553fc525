"""``kgbuild build``: files, messages, exit codes."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import ARTICLE, Run

FILES = ["articles.jsonl", "entities.jsonl", "graph.graphml", "graph.html", "graph.ttl", "run.json", "statements.jsonl"]
CLOSING = (
    r"kgbuild: \d+ articles?, \d+ statements? \(\d+ asserted, \d+ claimed, \d+ denied, \d+ planned\), "
    r"\d+ entit(?:y|ies) in .*"
)


def test_all_files_and_one_line(run: Run, articles: Path, tmp_path: Path) -> None:
    done = run("build", articles, "-o", tmp_path / "out")
    assert (done.code, done.out) == (0, "")
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == FILES
    assert len(done.lines) == 1
    assert re.fullmatch(CLOSING, done.lines[0])
    (article,) = map(json.loads, (tmp_path / "out/articles.jsonl").read_text(encoding="utf-8").splitlines())
    assert (article["path"], article["date"], article["text"]) == ("a.txt", "2022-01-21", ARTICLE)


def test_without_arguments_it_reads_seeds_and_writes_output(
    run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles.rename(tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    assert run("build").code == 0
    assert (tmp_path / "output/graph.ttl").exists()


def test_what_cannot_be_read_costs_a_line_and_no_other(run: Run, articles: Path, tmp_path: Path) -> None:
    (articles / "b.txt").write_bytes(b"")
    (articles / "c.txt").write_bytes(bytes(range(256)))
    (articles / "d.txt").write_text(
        "Il presidente russo ha detto che non intende attaccare l'Ucraina.", encoding="utf-8"
    )
    (articles / "e.txt").write_text(ARTICLE, encoding="utf-8")
    (articles / "f.jsonl").write_text('{"text": "cut', encoding="utf-8")
    done = run("build", articles, "-o", tmp_path / "out")
    assert done.code == 0
    assert done.lines[:3] == [
        "kgbuild: b.txt: skipped, empty",
        "kgbuild: c.txt: skipped, binary, not text",
        "kgbuild: f.jsonl:1: skipped, broken JSON (Unterminated string starting at line 1, column 10)",
    ]
    assert done.lines[3].startswith("kgbuild: 1 article is not in English and skipped")
    assert "no date" in done.lines[4]
    assert "--date" in done.lines[4]
    assert re.fullmatch(CLOSING + "; skipped 4: 1 binary, 1 broken JSON, 1 empty, 1 not in English", done.lines[5])
    assert len(done.lines) == 6


def test_undated_articles_get_one_hint(run: Run, tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARTICLE + name, encoding="utf-8")
    done = run("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "out")
    hints = [line for line in done.lines if "no date" in line]
    assert len(hints) == 1
    assert "--date" in hints[0]
    assert "sources.tsv" in hints[0]
    assert not any(
        "no date" in line for line in run("build", tmp_path, "--date", "2022-01-21", "-o", tmp_path / "o").lines
    )


def test_quiet_says_nothing(run: Run, articles: Path, tmp_path: Path) -> None:
    (articles / "b.txt").write_bytes(b"")
    done = run("build", articles, "-q", "-o", tmp_path / "out")
    assert (done.code, done.out, done.err) == (0, "", "")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["missing"], "missing: no such file or folder"),
        (["news", "missing/*.txt"], "no file matches"),
        (["news", "--date", "soon"], "'soon' names no day"),
        (["news", "--language", "it"], "'it' cannot be read"),
        (["news", "--field", "text"], "--field text: give a field and a key"),
        (["news", "--field", "x=y"], "no field 'x'"),
        (["news", "--workers", "0"], "0 is not in the range"),
        (["news", "--assert", "all"], "'all' is not one of"),
        (["news", "--what"], "No such option"),
        (["empty"], "there is nothing to read"),
        (["bad"], "nothing could be read (1 skipped)"),
        (["news", "-o", "news/a.txt"], "is a file"),
        (["news", "-o", "taken", "--model", "no_such_model"], "was not written by kgbuild"),
    ],
)
def test_wrong_use_is_one_line_and_leaves_nothing(
    run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad/a.txt").touch()
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/graph.ttl").write_text("mine", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    done = run("build", *args)
    assert (done.code, done.out) == (2, "")
    assert message in done.lines[-1]
    assert done.lines[-1].startswith("kgbuild: ")
    assert "Traceback" not in done.err
    assert not (tmp_path / "output").exists()
    assert (tmp_path / "taken/graph.ttl").read_text(encoding="utf-8") == "mine"


def test_a_missing_model_is_exit_code_3(run: Run, articles: Path, tmp_path: Path) -> None:
    done = run("build", articles, "--model", "no_such_model", "-o", tmp_path / "out")
    assert done.code == 3
    assert len(done.lines) == 1
    assert done.lines[0].startswith("kgbuild: no_such_model")


def test_own_event_classes_reach_statements_and_turtle(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Blinken met Lavrov in Geneva.", encoding="utf-8")
    (tmp_path / "mine.tsv").write_text("Negotiation\tverb\tmeet\n", encoding="utf-8")
    assert run("build", tmp_path / "a.txt", "-o", tmp_path / "one", "-q").code == 0
    assert "a kg:Contact , kg:Meeting , sem:Event" in written(tmp_path / "one")
    assert run("build", tmp_path / "a.txt", "-o", tmp_path / "two", "-q", "--events", tmp_path / "mine.tsv").code == 0
    assert "a kg:Contact , kg:Negotiation , sem:Event" in written(tmp_path / "two")


def written(folder: Path) -> str:
    return " ".join((folder / "graph.ttl").read_text(encoding="utf-8").split())


def test_a_malformed_table_of_event_classes_is_named_by_line(run: Run, articles: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.tsv").write_text("Meeting\tverb\tmeet\nMeting\tverb\tsee\n", encoding="utf-8")
    done = run("build", articles, "-o", tmp_path / "out", "--events", tmp_path / "mine.tsv")
    assert (done.code, len(done.lines)) == (2, 1)
    assert "mine.tsv line 2: no event class 'Meting'" in done.lines[0]
    assert not (tmp_path / "out").exists()


def test_statements_less_sure_than_asked_for_are_no_part_of_the_graph(run: Run, articles: Path, tmp_path: Path) -> None:
    counts = []
    for n, least in enumerate(["0", "1"]):
        assert run("build", articles, "-o", tmp_path / f"out{n}", "--min-confidence", least).code == 0
        counts.append(len((tmp_path / f"out{n}" / "statements.jsonl").read_text(encoding="utf-8").splitlines()))
    assert counts[0] > counts[1] == 0
    assert run("build", articles, "--min-confidence", "80").code == 2


def test_claims_are_asserted_only_on_demand(run: Run, articles: Path, tmp_path: Path) -> None:
    (articles / "a.txt").write_text("Lavrov said Russia attacked Ukraine.", encoding="utf-8")
    asserted = []
    for n, options in enumerate([[], ["--assert", "attributed"]]):
        out = tmp_path / f"out{n}"
        run("build", articles, "-o", out, *options)
        rows = map(json.loads, (out / "statements.jsonl").read_text(encoding="utf-8").splitlines())
        asserted.append({row["predicate"]["lemma"] for row in rows if row["asserted"]})
    assert "attack" not in asserted[0]
    assert "attack" in asserted[1]


def test_a_defect_in_one_article_costs_no_other(
    run: Run, articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import kgbuild.extract

    (articles / "b.txt").write_text("Poison. " + ARTICLE, encoding="utf-8")
    sound = kgbuild.extract.extract

    def broken(doc, article, settings):  # type: ignore[no-untyped-def]
        if article.text.startswith("Poison"):
            raise IndexError("list index\nout of range")
        return sound(doc, article, settings)

    monkeypatch.setattr(kgbuild.extract, "extract", broken)
    done = run("build", articles, "--date", "2022-01-21", "-o", tmp_path / "out")
    assert done.code == 0
    assert done.lines[0].startswith(
        "kgbuild: b.txt: skipped, the analysis failed (IndexError: list index out of range)"
    )
    assert "; skipped 1: 1 the analysis failed" in done.lines[1]
    assert "Traceback" not in done.err
    assert "Traceback" in run("build", articles, "--verbose", "-o", tmp_path / "out").err
