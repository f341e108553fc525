"""The whole training path on a few sentences: corpora → prepared files → one narrow layer → ONNX → a Doc."""

import json
from pathlib import Path

import pytest
from spacy.tokens import Doc

from kgbuild.models.sessions import HERE

pytest.importorskip("torch")
pytest.importorskip("onnx")

pytestmark = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

TREE = """# newdoc id = {id}
# newpar
# sent_id = {id}-1
1\tBlinken\tBlinken\tPROPN\tNNP\t_\t2\tnsubj\t_\t{entity_a}
2\tmet\tmeet\tVERB\tVBD\t_\t0\troot\t_\t_
3\tthe\tthe\tDET\tDT\t_\t4\tdet\t_\t{entity_b}
4\tministers\tminister\tNOUN\tNNS\t_\t2\tobj\t_\t{entity_c}
5\tin\tin\tADP\tIN\t_\t6\tcase\t_\t_
6\t{place}\t{place}\tPROPN\tNNP\t_\t2\tobl\t_\tSpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# sent_id = {id}-2
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\tagreed\tagree\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


def _tree(name: str, place: str, *, entities: bool = False) -> str:
    values = ["Entity=(1-person-new)", "Entity=(2-person-new", "Entity=2)"] if entities else ["_"] * 3
    return TREE.format(id=name, place=place, **dict(zip(("entity_a", "entity_b", "entity_c"), values, strict=True)))


def _uner(name: str, place: str) -> str:
    words = ["Blinken", "met", "the", "ministers", "in", place, "."]
    rows = [f"{i}\t{w}\t{'B-PER' if i == 1 else 'O'}\t-\t-" for i, w in enumerate(words, 1)]
    rest = [f"{i}\t{w}\tO\t-\t-" for i, w in enumerate(["They", "agreed", "."], 1)]
    return f"# newdoc id = {name}\n" + "\n".join(rows) + "\n\n" + "\n".join(rest) + "\n\n"


def _sentence(name: str, place: str, predicates: list[dict[str, object]]) -> str:
    words = ["Blinken", "met", "the", "ministers", "in", place, "."]
    return json.dumps({"sent_id": f"{name}-1", "tokens": words, "predicates": predicates}) + "\n"


def _roles(name: str, place: str) -> str:
    arguments = [("ARG0", 1, 1), ("ARG1", 3, 4), ("ARGM-LOC", 5, 6), ("R-ARG0", 1, 1)]
    rows = [{"role": r, "start": s, "end": e, "head": s} for r, s, e in arguments]
    auxiliary = {"id": 3, "roleset": "have.01", "args": []}
    return _sentence(name, place, [{"id": 2, "roleset": "meet.03", "args": rows}, auxiliary])


def _factuality(name: str, place: str) -> str:
    return _sentence(name, place, [{"id": 2, "factuality": 1.5, "confidence": 0.8}])


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few documents a corpus, in the folders and under the names that `prepare` expects."""
    data = tmp_path_factory.mktemp("corpora")
    redocred = [
        {
            "title": "Geneva",
            "sents": [["Swiss", "officials", "met", "Ada", "Lovelace", "."]],
            "vertexSet": [
                [{"type": "PER", "pos": [3, 5], "sent_id": 0, "name": "Ada Lovelace"}],
                [{"type": "TIME", "pos": [1, 2], "sent_id": 0, "name": "officials"}],
            ],
        }
    ]
    files = {"redocred/dev_revised.json": json.dumps(redocred)}
    for part in ("train", "dev", "test"):
        files[f"ud_ewt/en_ewt-ud-{part}.conllu"] = _tree(f"ewt-{part}", f"{part.title()}burg")
        files[f"ud_gum/en_gum-{part}.conllu"] = _tree(f"GUM_news_{part}", "Geneva", entities=True) + _tree(
            f"GUM_fiction_{part}", "Narnia", entities=True
        )
        if part == "train":
            files["ud_gum/en_gum-train.conllu"] += _tree("GUM_news_other", "Vienna", entities=True)
        suffix = "train.cleaned" if part == "train" else part
        files[f"uner_ewt/en_ewt-ud-{suffix}.iob2"] = _uner(f"ewt-{part}", f"{part.title()}burg")
        files[f"srl_ewt/srl_ewt_{part}.jsonl"] = _roles(f"ewt-{part}", f"{part.title()}burg")
        files[f"uds_factuality/{part}.jsonl"] = _factuality(f"ewt-{part}", f"{part.title()}burg")
    gold = "-DOCSTART- O\n\nAda I-PER\nLovelace I-PER\nwas O\nBritish I-MISC\n. O\n\n"
    files["ner_small/wikigold/CONLL-format/data/wikigold.conll.txt"] = gold
    files["ner_small/WNUT17/CONLL-format/data/train/wnut17train.conll"] = "@ada\tO\nin\tO\nParis\tB-location\n\n"
    fact = {"property": "EMPLOYEE_OR_MEMBER_OF", "s_start": 0, "s_end": 12, "o_start": 30, "o_end": 40}
    passage = {"text": "Ada Lovelace was hired by the Royal Bank in 2001.", "facts": [fact]}
    files["knowledgenet/train_facts_from_html.jsonl"] = json.dumps(passage) + "\n"
    for i in range(6):
        story = "She\tO\nleft\tEVENT\n.\tO\n\nHe\tO\nmay\tO\nreturn\tO\n.\tO\n"
        files[f"litbank/events/tsv/{i}_story_brat.tsv"] = story
    text = "Ada met Mary in Geneva. Mary left because she had spoken."
    columns = ["ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref", "URL"]
    cells = ["1", text, "she", "42", "Ada", "0", "FALSE", "Mary", "24", "TRUE", "-"]
    for part in ("development", "validation"):
        files[f"gap/gap-{part}.tsv"] = "\t".join(columns) + "\n" + "\t".join(cells) + "\n"
    for name, text in files.items():
        path = data / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return data


@pytest.fixture(scope="module")
def prepared(corpora: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    from kgbuild.train.prepare import prepare

    out = tmp_path_factory.mktemp("prepared")
    prepare(corpora, out)
    return out


def _rows(prepared: Path) -> dict[str, list[dict[str, list[str]]]]:
    lines = (prepared / "train.jsonl").read_text(encoding="utf-8").splitlines()
    return {d["id"]: d["rows"] for d in map(json.loads, lines)}


def test_held_out_sentences_and_fiction_never_train(prepared: Path) -> None:
    rows = _rows(prepared)
    assert "GUM_fiction_train" not in rows
    assert [r["words"][0] for r in rows["GUM_news_train"]] == ["They"]  # its first sentence is also one of dev and test
    assert [r["words"][0] for r in rows["ewt-train"]] == ["Blinken", "They"]
    report = json.loads((prepared / "report.json").read_text(encoding="utf-8"))
    others = dict.fromkeys(("ewt", "wikigold", "redocred", "wnut17", "knowledgenet", "litbank"), 0)
    assert report["dropped"] == {"short_kept": 3, "gum": 1} | others


def test_a_document_in_two_parts_stops_preparation(corpora: Path, tmp_path: Path) -> None:
    import shutil

    from kgbuild.train.prepare import prepare

    data = tmp_path / "data"
    shutil.copytree(corpora, data)
    shutil.copyfile(data / "ud_ewt/en_ewt-ud-train.conllu", data / "ud_ewt/en_ewt-ud-test.conllu")
    with pytest.raises(ValueError, match="ewt-train"):
        prepare(data, tmp_path / "out")


def test_names_of_every_source_become_bio_tags(prepared: Path) -> None:
    rows = _rows(prepared)
    assert rows["ewt-train"][0]["names"] == ["B-PER", "O", "O", "O", "O", "O", "O"]
    assert rows["wikigold-1"][0]["names"] == ["B-PER", "I-PER", "O", "B-MISC", "O"]
    assert rows["redocred-Geneva"][0]["names"] == ["O", "O", "O", "B-PER", "I-PER", "O"]
    assert rows["wnut17-0"][0]["names"] == ["O", "O", "B-LOC"]
    # What is written like a name and stands in no fact is left open.
    marked = ["B-PER", "I-PER", "O", "O", "O", "O", "B-ORG", "I-ORG", "O", "O", "O"]
    assert rows["knowledgenet-0"][0]["names"] == marked
    assert rows["GUM_news_other"][0]["names"] == ["B-PER", "O", "O", "O", "O", "?", "O"]


def test_names_that_mentions_imply() -> None:
    from kgbuild.train.corpora import Row
    from kgbuild.train.names import gum_names

    words = ["President", "Ada", "Byron", "left", "the", "Royal", "Bank", "of", "Kenya", "on", "Monday", ",", "Bob"]
    tags = ["PROPN", "PROPN", "PROPN", "VERB", "DET", "ADJ", "PROPN", "ADP", "PROPN", "ADP", "PROPN", "PUNCT", "PROPN"]
    xpos = ["NNP", "NNP", "NNP", "VBD", "DT", "NNP", "NNP", "IN", "NNP", "IN", "NNP", ",", "NNP"]
    mentions = [(0, 3, "person", 1), (4, 9, "organization", 1), (8, 9, "place", 1), (10, 11, "time", 1)]
    row = Row(words, [], upos=tags, xpos=xpos, mentions=mentions)
    company = ["B-ORG", "I-ORG", "I-ORG", "I-ORG"]
    assert gum_names(row, {"president"}) == ["O", "B-PER", "I-PER", "O", "O", *company, "O", "O", "O", "?"]


def test_events_of_stories(prepared: Path) -> None:
    rows = _rows(prepared)
    assert [r["realis"] for r in rows["1_story_brat"]] == [[0, 1, 0], [0, 0, 0, 0]]
    held_out = (prepared / "dev_litbank.jsonl").read_text(encoding="utf-8")
    assert "0_story_brat" in held_out
    assert "0_story_brat" not in rows


def test_roles_and_factuality_lie_on_their_words(prepared: Path) -> None:
    first, second = _rows(prepared)["ewt-train"]
    assert first["senses"] == ["_", "meet.03", "_", "_", "_", "_", "_"]
    assert first["roles"] == [[1, 0, "ARG0"], [1, 3, "ARG1"], [1, 5, "ARGM-LOC"]]
    assert first["factuality"] == [[1, 1.5, 0.8]]
    assert second["senses"] == second["roles"] == second["factuality"] == []


def test_roles_on_other_words_stop_preparation(corpora: Path, tmp_path: Path) -> None:
    import shutil

    from kgbuild.train.prepare import prepare

    data = tmp_path / "data"
    shutil.copytree(corpora, data)
    path = data / "srl_ewt/srl_ewt_train.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace("ministers", "people"), encoding="utf-8")
    with pytest.raises(ValueError, match="ewt-train-1"):
        prepare(data, tmp_path / "out")


def test_training_makes_a_model_that_annotates(corpora: Path, prepared: Path, tmp_path: Path) -> None:
    from kgbuild.analyse import nlp
    from kgbuild.train.export_onnx import export
    from kgbuild.train.fit import fit, read_preset

    tokenizer = HERE / "weights" / "tokenizer.json"
    preset = read_preset("tiny")
    fit(prepared, tmp_path / "run", preset, tokenizer, None)
    manifest = export(tmp_path / "run" / "epoch_1.pt", prepared, tmp_path / "model" / "weights", tokenizer, "0")
    assert set(manifest["files"]) == {
        "words.onnx",
        "labels.onnx",
        "roles.onnx",
        "tokenizer.json",
        "lemmas.json",
        "rolesets.json",
    }
    model = tmp_path / "model"
    doc: Doc = nlp(str(model))("Blinken met the ministers. They agreed.")
    assert all(t.pos_ and t.dep_ for t in doc)
    from kgbuild.train.coreference import fit_chains

    scores = fit_chains(corpora, model, epochs=1)
    assert set(scores) == {"muc", "b3", "ceafe", "conll", "gap"}
    assert "coreference.onnx" in json.loads((model / "manifest.json").read_text(encoding="utf-8"))["files"]
    nlp.cache_clear()
    again: Doc = nlp(str(model))("Blinken met Blinken. They agreed.")
    assert isinstance(again._.coreference, list)
    assert all(0 <= row["realis"] <= 1 for row in again._.predicates)


def test_a_pronoun_is_paired_with_the_two_names_of_its_passage() -> None:
    import numpy as np
    import torch

    from kgbuild.models.decode import Annotation, Mention
    from kgbuild.train.gap import _mentions, _passage, accuracy, passage_loss

    words = ["Ada", "met", "Mary", "because", "she", "left"]
    n = len(words)
    mentions = [Mention(i, i + 1, "person", i < 4, 0.9) for i in (0, 2, 4)]
    places = [(0, 3), (4, 7), (8, 12), (13, 20), (21, 24), (25, 29)]
    tags = ["PROPN", "VERB", "PROPN", "SCONJ", "PRON", "VERB"]
    tree = {"heads": [1, 1, 1, 5, 5, 1], "deprels": ["nsubj", "root", "obj", "mark", "nsubj", "advcl"]}
    vectors = [np.zeros(4, dtype=np.float32)] * 3
    annotation = Annotation(
        upos=tags,
        xpos=["NN"] * n,
        lemmas=words,
        starts=[True] + [False] * 5,
        mentions=mentions,
        vectors=vectors,
        **tree,
    )
    assert [_mentions(annotation, places, at, size) for at, size in ((0, 3), (8, 4), (21, 3))] == [[0], [1], [2]]
    passage = _passage(words, annotation, ["person"], 2, {0}, {1})
    assert passage.feed["pairs"].tolist() == [[2, 0], [2, 1]]
    assert (passage.right.tolist(), passage.wrong.tolist()) == ([True, False], [False, True])
    good, bad = torch.tensor([3.0, -1.0]), torch.tensor([-1.0, 3.0])
    assert passage_loss(good, passage) < passage_loss(bad, passage)
    assert accuracy([(good, passage), (bad, passage)]) == 50


def test_a_mean_keeps_what_another_run_added_out(tmp_path: Path) -> None:
    import torch

    from kgbuild.train.average import average

    def checkpoint(name: str, **weights: float) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        torch.save({"network": {k: torch.tensor([v]) for k, v in weights.items()}, "labels": {}}, path)
        return path

    base = checkpoint("begin/0.pt", encoder=0.0)
    one, two = checkpoint("a/1.pt", encoder=1.0, head=4.0), checkpoint("a/2.pt", encoder=3.0, head=8.0)
    other = checkpoint("b/1.pt", encoder=8.0, head=100.0)
    average(base, [(one, 1.0), (two, 1.0), (other, 2.0)], tmp_path / "mean.pt")
    mean = torch.load(tmp_path / "mean.pt", weights_only=True)
    assert {k: float(v) for k, v in mean["network"].items()} == {"encoder": 5.0, "head": 6.0}
    assert mean["labels"] == {}


def test_a_stopped_run_goes_on(prepared: Path, tmp_path: Path) -> None:
    import torch

    from kgbuild.train.fit import fit, read_preset

    tokenizer = HERE / "weights" / "tokenizer.json"
    preset = {**read_preset("tiny"), "epochs": 2}
    fit(prepared, tmp_path / "whole", preset, tokenizer, None)
    fit(prepared, tmp_path / "parts", preset, tokenizer, None, stop_after=1)
    assert not (tmp_path / "parts" / "epoch_2.pt").exists()
    fit(prepared, tmp_path / "parts", preset, tokenizer, None)
    whole, parts = (torch.load(tmp_path / k / "epoch_2.pt", weights_only=True) for k in ("whole", "parts"))
    assert all(torch.equal(value, parts["network"][key]) for key, value in whole["network"].items())
