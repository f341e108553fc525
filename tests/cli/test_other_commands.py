"""``extract``, ``query``, ``show``, ``evaluate``, ``version``, and what all commands have in common."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import kgbuild
from kgbuild.cli import main
from tests.cli.conftest import ARTICLE, Run

COMMANDS = sorted(main.commands)


def test_the_commands() -> None:
    names = "build check contradictions describe diff evaluate export extract query show train version"
    assert names.split() == COMMANDS


@pytest.mark.parametrize(
    "command",
    [[], *([name] for name in COMMANDS), *(["evaluate", name] for name in ("model", "speed", "times"))],
    ids=" ".join,
)
def test_help_has_examples(run: Run, command: list[str]) -> None:
    done = run(*command, "--help")
    assert done.code == 0
    assert "Usage: kgbuild" in done.out
    if command not in (["evaluate"], ["version"], ["show"]):
        assert "Example" in done.out


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\ntry: import kgbuild.cli as c; c.main(['build', '--help'])\nexcept SystemExit: pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & set("
        "'numpy spacy onnxruntime pandas networkx rdflib pyoxigraph pyvis trafilatura loky py3langid'.split())))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.endswith("[]\n")


def test_help_is_quick() -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "kgbuild", "--help"], capture_output=True, check=True, timeout=60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Processor time, since a busy machine makes every clock slow.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.3


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["bild"], "No such command 'bild'"),
        (["query"], "nothing to ask"),
        (["query", "SELECT", "-g", "x"], "no query is called 'SELECT'"),
        (["query", "ASK { ?s ?p ?o }", "-g", "x"], "x: no such file"),
        (["show", "x"], "x: no run.json there"),
        (["evaluate", "model"], "--conllu"),
        (["evaluate", "model", "--conllu", "x"], "'x' does not exist"),
        (["extract", "x"], "x: no such file"),
        (["extract", "--sentences", "x"], "x: no such file"),
    ],
)
def test_wrong_use_is_one_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*args)
    assert (done.code, done.out, len(done.lines)) == (2, "", 1), done
    assert done.err.startswith("kgbuild: ")
    assert message in done.err


def test_extract_writes_statements(run: Run, articles: Path) -> None:
    done = run("extract", articles)
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert (done.code, done.err) == (0, "")
    for row in rows:
        assert row["sentence"]["text"] == ARTICLE[row["sentence"]["start"] : row["sentence"]["end"]]
        assert row["predicate"]["text"] == ARTICLE[row["predicate"]["start"] : row["predicate"]["end"]]
    by_lemma = {row["predicate"]["lemma"]: row for row in rows}
    assert by_lemma["meet"]["asserted"]
    assert by_lemma["meet"]["time"]["start"] == "2022-01-21"
    assert not by_lemma["attack"]["asserted"]
    assert by_lemma["attack"]["attribution"][0]["text"] == "Lavrov"


def test_extract_reads_the_standard_input(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "x"
    file.write_text(ARTICLE, encoding="utf-8")
    with file.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert run("extract").out.count('"lemma": "meet"') == 1


def test_extract_of_nothing_readable(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    done = run("extract", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert done.lines == ["kgbuild: a.txt: skipped, empty", "kgbuild: nothing could be read (1 skipped)"]


def test_extract_explains(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Russia did not attack Ukraine, Lavrov said.")
    done = run("extract", "--explain", tmp_path / "a.txt")
    assert "← own words: “did not attack”" in done.out
    rows = [json.loads(line) for line in run("extract", "--explain", "--json", tmp_path / "a.txt").out.splitlines()]
    attack = next(row for row in rows if row["predicate"]["lemma"] == "attack")
    assert {"part": "asserted", "value": "no", "because": "it is negative, somebody says so"} in attack["reasons"]
    assert run("extract", "--explain", "--sentences", tmp_path / "a.txt").code == 2


def test_extract_sentences(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Blinken met Lavrov.\r\n\nRussia did not attack Ukraine, Lavrov said.\n\xff\n")
    done = run("extract", "--sentences", tmp_path / "a.txt")
    assert done.code == 0
    rows = [json.loads(line) for line in done.out.splitlines()]
    keys = [
        "sentence_id",
        "sentence",
        "subject",
        "relation",
        "object",
        "extra_args",
        "confidence",
        "polarity",
        "modality",
        "attribution",
    ]
    assert [list(row) for row in rows] == [keys] * len(rows)
    readings = {(r["sentence_id"], r["subject"], r["relation"], r["object"]): r for r in rows}
    assert readings[0, "Blinken", "met", "Lavrov"]["sentence"] == "Blinken met Lavrov."
    denial = readings[2, "Russia", "did not attack", "Ukraine"]
    assert (denial["polarity"], denial["modality"], denial["attribution"]) == ("negative", "actual", "Lavrov")


@pytest.mark.parametrize("form", [[], ["--format", "csv"], ["--format", "json"], ["--format", "markdown"]], ids=str)
def test_query_formats(run: Run, graph: Path, form: list[str]) -> None:
    done = run("query", "SELECT ?o WHERE { e:Antony_Blinken r:meet ?o }", "-g", graph, *form)
    assert (done.code, done.err) == (0, "")
    assert "Lavrov" in done.out


def test_query_by_file_name_and_form(run: Run, graph: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_text("ASK { e:Antony_Blinken r:meet e:Sergey_Lavrov }", encoding="utf-8")
    assert run("query", tmp_path / "q.rq", "-g", graph).out == "yes\n"
    assert "who-denies-what" in run("query", "--list").out
    assert run("query", "who-denies-what", "-g", graph).code == 0
    triples = run("query", "CONSTRUCT WHERE { ?s r:meet ?o }", "-g", graph).out
    assert "e:Antony_Blinken r:meet e:Sergey_Lavrov" in triples


def test_query_takes_parameters(run: Run, graph: Path) -> None:
    assert (
        "Lavrov" in run("query", "who-met-whom", "-g", graph, "-p", "who=Antony Blinken", "-p", "since=2022-01-01").out
    )
    done = run("query", "who-met-whom", "-g", graph, "-p", "whom=Blinken")
    assert (done.code, len(done.lines)) == (2, 1)
    assert "it has who, since, until" in done.err
    assert run("query", "who-met-whom", "-g", graph, "-p", "who").code == 2
    assert run("query", "who-met-whom", "--text").out.startswith("# Who met whom")


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("ASK { e:Antony_Blinken r:meet e:Sergey_Lavrov }", 0),
        ("ASK { e:Russia r:attack e:Ukraine }", 1),
        ("SELECT * { e:Russia r:attack ?x }", 1),
        ("SELECT * { e:Antony_Blinken r:meet ?x }", 0),
    ],
)
def test_query_answers_with_its_exit_code(run: Run, graph: Path, question: str, code: int) -> None:
    assert run("query", question, "-g", graph).code == 0
    assert run("query", question, "-g", graph, "--fail").code == code


def test_query_refuses_the_network(run: Run, graph: Path) -> None:
    done = run("query", "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "-g", graph)
    assert done.code == 2
    assert "SERVICE" in done.err


def test_show(run: Run, graph: Path, tmp_path: Path) -> None:
    assert run("show", graph).out == f"{graph / 'graph.html'}\n"
    run("show", graph, "-o", tmp_path / "page.html")
    assert (tmp_path / "page.html").read_bytes() == (graph / "graph.html").read_bytes()


def test_version(run: Run) -> None:
    assert run("--version").out == f"kgbuild {kgbuild.__version__}\n"
    assert run("version").out.startswith(f"kgbuild {kgbuild.__version__}\n")
    assert json.loads(run("version", "--json").out)["kgbuild"] == kgbuild.__version__


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text((ARTICLE + "\n\n") * 150, encoding="utf-8")
    extract = f"'{sys.executable}' -m kgbuild extract '{tmp_path / 'a.txt'}' --date 2022-01-21"
    command = f"{extract} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=120, check=False)
    assert done.stdout.count("\n") == 1
    assert (done.returncode, done.stderr) == (141, "")
