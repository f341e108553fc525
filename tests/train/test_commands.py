"""The whole training path by its commands, on the corpora of a few sentences."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kgbuild.models.sessions import HERE
from tests.train.test_training import corpora, pytestmark  # noqa: F401 - the fixture of small corpora

pytest.importorskip("torch")
pytest.importorskip("onnx")


@pytest.fixture
def train(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    """Runs a step; what it printed, as JSON."""
    from kgbuild.cli import main

    def train(*args: object) -> Any:
        with pytest.raises(SystemExit) as left:
            main(["train", *map(str, args), "-q"])
        out, err = capsys.readouterr()
        assert (left.value.code, err) == (0, ""), args
        start = out.find("{")
        return json.loads(out[start:]) if start >= 0 else None

    return train


def test_from_corpora_to_a_measured_model(
    train: Callable[..., Any],
    corpora: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    second = {"sent_id": "ewt-test-2", "tokens": ["They", "agreed", "."]}
    rated = second | {"predicates": [{"id": 2, "factuality": -1.0, "confidence": 0.5}]}
    with (corpora / "uds_factuality/test.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(rated) + "\n")
    tokenizer = HERE / "weights"
    settings = tmp_path / "two.toml"
    settings.write_text("epochs = 2\n", encoding="utf-8")
    prepared, run, model = (tmp_path / name for name in ("prepared", "run", "model"))
    assert train("prepare", corpora, prepared)["words"]["ewt"] == 10
    train("fit", prepared, run, "--preset", "tiny", "--config", settings, "--encoder", tokenizer)
    assert sorted(path.name for path in run.glob("epoch_*")) == ["epoch_1.pt", "epoch_2.pt"]
    train("average", run / "epoch_1.pt", run / "epoch_1.pt", run / "epoch_2.pt", "-o", run / "mean.pt")
    train("export", run / "mean.pt", prepared, model / "weights", "--version", "7", "--encoder", tokenizer)
    assert json.loads((model / "manifest.json").read_text(encoding="utf-8"))["version"] == "7"
    assert "conll" in train("chains", corpora, model)
    scores = train("measure", corpora, model)
    assert set(scores["ewt"]) >= {"upos", "las"}
    assert json.loads((model / "manifest.json").read_text(encoding="utf-8"))["scores"] == scores
