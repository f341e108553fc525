"""The shape of the code: who may import whom, nothing heavy at the top, no file too long."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "kgbuild"
SHARED = {"errors", "gazetteer", "names", "settings", "status", "tables", "types", "vocabulary"}
STAGES = {
    "ingest": set(),
    "analyse": {"models"},
    "models": set(),
    "extract": set(),
    "resolve": set(),
    "graph": {"query", "show"},
    "export": {"graph"},
    "query": set(),
    "show": set(),
}
"""Each stage with the others that it may import. The graph offers its views as methods, so it reaches them."""
HEAVY = {
    "loky", "networkx", "numpy", "onnxruntime", "pandas", "py3langid", "pyarrow", "pyoxigraph", "pyshacl", "pyvis",
    "rdflib", "spacy",
    "tokenizers", "torch", "trafilatura",
}  # fmt: skip
MAX_LINES = 400


def files(*parts: str) -> list[Path]:
    return (
        sorted(PACKAGE.joinpath(*parts).rglob("*.py"))
        if PACKAGE.joinpath(*parts).is_dir()
        else [PACKAGE.joinpath(*parts).with_suffix(".py")]
    )


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of all modules that a tree imports; of ``from a import b`` both ``a`` and ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def parts_of_kgbuild(tree: ast.AST) -> set[str]:
    """The modules and packages directly under kgbuild that a tree imports."""
    known = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    names = {name.split(".")[1] for name in imported(tree) if name.startswith("kgbuild.")}
    return names & known


def without_type_checking(tree: ast.Module) -> ast.Module:
    class Drop(ast.NodeTransformer):
        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if "TYPE_CHECKING" in ast.dump(node.test) else self.generic_visit(node)

    return ast.fix_missing_locations(Drop().visit(tree))


def parse(path: Path) -> ast.Module:
    return without_type_checking(ast.parse(path.read_text(encoding="utf-8"), str(path)))


@pytest.mark.parametrize("stage", STAGES)
def test_stages_do_not_import_each_other(stage: str) -> None:
    allowed = SHARED | STAGES[stage] | {stage}
    wrong = {str(path.relative_to(PACKAGE)): parts_of_kgbuild(parse(path)) - allowed for path in files(stage)}
    assert {path: names for path, names in wrong.items() if names} == {}


@pytest.mark.parametrize("module", ["types", "errors"])
def test_the_ground_imports_nothing_of_ours(module: str) -> None:
    assert parts_of_kgbuild(parse(PACKAGE / f"{module}.py")) == set()


def test_only_the_pipeline_and_the_command_line_join_stages() -> None:
    joiners = set()
    for path in files():
        top = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if top not in STAGES and len(parts_of_kgbuild(parse(path)) & (STAGES.keys() - {"models"})) > 1:
            joiners.add(top)
    assert joiners <= {"pipeline", "workers", "cli", "evaluate"}


def test_training_is_never_imported_at_run_time() -> None:
    """But by the steps of `kgbuild train`, which import it when they run."""
    outside = [path for path in files() if path.relative_to(PACKAGE).parts[0] != "train"]
    wrong = [path for path in outside if "train" in parts_of_kgbuild(parse(path))]
    assert wrong == [PACKAGE / "cli" / "train.py"]
    top = ast.Module([node for node in parse(wrong[0]).body if not isinstance(node, ast.FunctionDef)], [])
    assert "train" not in parts_of_kgbuild(top)


@pytest.mark.parametrize("place", ["__init__", "cli", "errors", "ingest", "pipeline", "settings", "types", "workers"])
def test_what_the_command_line_loads_imports_nothing_heavy_at_the_top(place: str) -> None:
    for path in files(place):
        top = ast.Module(
            [node for node in parse(path).body if not isinstance(node, ast.FunctionDef | ast.ClassDef)], []
        )
        assert {name.split(".")[0] for name in imported(top)} & HEAVY == set(), path


def test_the_package_depends_on_what_it_declares() -> None:
    import tomllib

    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=~! \[]", need)[0].replace("-", "_").lower() for need in project["dependencies"]}
    train = {re.split(r"[<>=~! \[]", need)[0].lower() for need in project["optional-dependencies"]["train"]}
    found = {
        name.split(".")[0]
        for path in files()
        if "train" not in path.parts and path not in (PACKAGE / "cli" / "train.py", PACKAGE / "export" / "parquet.py")
        for name in imported(parse(path))
        if not name.startswith("kgbuild")
    }
    assert {name for name in found if name not in sys.stdlib_module_names} <= declared
    assert not found & train


def test_files_are_short() -> None:
    n_lines = {str(path.relative_to(PACKAGE)): len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    assert {name: n for name, n in n_lines.items() if n > MAX_LINES} == {}


def test_no_print_below_the_command_line() -> None:
    calls = {
        str(path.relative_to(PACKAGE))
        for path in files()
        if not {"cli", "train"} & set(path.parts)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.exit", "exit")
    }
    assert calls == set()


def test_the_word_that_claims_too_much_does_not_occur() -> None:
    word = re.compile(r"""(?<![a-z"'])facts?(?![a-z"'])""", re.IGNORECASE)  # as a word of a cue list it may
    assert [str(path.relative_to(PACKAGE)) for path in files() if word.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "core", "base", "manager"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert not [path for path in files() if path.stem == name or name in path.parts]
