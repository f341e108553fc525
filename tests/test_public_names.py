"""The names that users may rely on, and that importing the package costs nothing."""

import subprocess
import sys

import pytest

import kgbuild

PUBLIC = {
    "AmbiguousNameError", "Article", "Entity", "InputError", "KgbuildError", "KnowledgeGraph", "MissingError",
    "QueryError", "Settings", "Statement", "UsageError", "__version__", "build", "extract", "load", "nlp",
}  # fmt: skip


def test_the_names_are_these() -> None:
    assert set(kgbuild.__all__) == PUBLIC
    assert set(dir(kgbuild)) >= PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_each_is_there_and_documented(name: str) -> None:
    value = getattr(kgbuild, name)
    assert isinstance(value, str) or value.__doc__


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        kgbuild.nothing  # noqa: B018


def test_importing_it_loads_nothing_else() -> None:
    code = "import sys, kgbuild; print(sorted(m for m in sys.modules if m.startswith('kgbuild')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "['kgbuild']\n"


def test_extract_is_a_function_and_a_package() -> None:
    code = (
        "import kgbuild.extract.furniture as furniture; import kgbuild; from kgbuild.extract import extract\n"
        "print(callable(kgbuild.extract), kgbuild.extract.extract is extract, furniture.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout == "True True kgbuild.extract.furniture\n"
    (statement,) = [s for s in kgbuild.extract("Blinken met Lavrov in Geneva.") if s.predicate.lemma == "meet"]
    assert [argument.text for argument in statement.arguments] == ["Blinken", "Lavrov", "Geneva"]


def test_the_version_is_that_of_the_project() -> None:
    import tomllib
    from pathlib import Path

    project = tomllib.loads((Path(kgbuild.__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert kgbuild.__version__ == project["project"]["version"]
