"""Scores of exported weights on the test files, written into their manifest."""

import json
from pathlib import Path

from kgbuild.evaluate.coreference import score_coreference
from kgbuild.evaluate.events import score_events
from kgbuild.evaluate.model import load_decoder, score_conllu, score_names
from kgbuild.evaluate.roles import score_factuality, score_roles
from kgbuild.train.prepare import FILES, WITHOUT


def measure(data: Path, model: Path, part: str = "test") -> dict[str, dict[str, float]]:
    """Scores the model folder (`manifest.json` and `weights/`) on the EWT, GUM, Universal NER, role and
    factuality files of `data`; those of the test part go into the manifest."""
    ewt, gum, uner = (data / FILES[k].format(part) for k in ("ewt", "gum", "uner"))
    name = str(model)
    ends = {
        "ewt": score_conllu(ewt, model=name, gold_sentences=False),
        "gum": score_conllu(gum, without=WITHOUT, model=name, gold_sentences=False),
    }
    scores = {
        "ewt": score_conllu(ewt, model=name),
        "gum": score_conllu(gum, without=WITHOUT, model=name),
        "gum_whole": score_conllu(gum, model=name),
        "uner_ewt": score_names(uner, model=name),
        "sentences": {key: value["sentences"] for key, value in ends.items()},
        "las_own_sentences": {key: value["las"] for key, value in ends.items()},
    }
    roles, factuality = (data / FILES[k].format(part) for k in ("roles", "factuality"))
    if load_decoder(name).model.has_roles:
        scores["roles"] = score_roles(ewt, roles, model=name)
        scores["factuality"] = score_factuality(ewt, factuality, model=name)
        scores["events"] = score_events(data / FILES["realis"], model=name)
    if load_decoder(name).model.has_coreference:
        scores["coreference"] = score_coreference(gum, without=WITHOUT, model=name)
        scores["coreference_whole"] = score_coreference(gum, model=name)
    if part == "test":
        path = model / "manifest.json"
        manifest = json.loads(path.read_text(encoding="utf-8")) | {"scores": scores}
        path.write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return scores
