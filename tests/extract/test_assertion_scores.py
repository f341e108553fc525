"""Statements against annotated factuality."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kgbuild import workers
from kgbuild.errors import InputError
from kgbuild.evaluate.factuality import score_assertions
from kgbuild.extract import extract
from tests.extract.test_commitments import DOCS

ASKED = "Protesters called on the mayor to resign."
TOLD = "The union hired a lawyer who sued the port."


def row(text: str, **factuality: float) -> str:
    tokens = [token.text for token in DOCS[text]]
    predicates = [{"id": tokens.index(word) + 1, "factuality": value} for word, value in factuality.items()]
    return json.dumps({"text": text, "tokens": tokens, "predicates": predicates})


def test_statements_are_compared_with_the_sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "record_of", lambda article, settings: extract(DOCS[article.text], article, settings))
    path = tmp_path / "annotated.jsonl"
    path.write_text("\n".join([row(ASKED, called=1.0, resign=1.2, mayor=-1.0), row(TOLD, hired=1.0, sued=0.3)]))
    assert score_assertions(path) == {
        "verbs": 4,
        "accuracy": 66.67,  # "resign" is only asked for
        "accuracy_all": 75.0,  # "mayor" has no statement
        "gate": 66.67,
        "covered": 75.0,
        "always": 75.0,
    }


@pytest.mark.parametrize("text", ["{}", "no json", '{"text": "", "tokens": [], "predicates": []}'])
def test_what_cannot_be_scored_is_said(tmp_path: Path, text: str) -> None:
    path = tmp_path / "annotated.jsonl"
    path.write_text(text)
    with pytest.raises(InputError):
        score_assertions(path)
