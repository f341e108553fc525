"""`kgbuild.evaluate.model` on small files whose scores are known."""

from pathlib import Path

import pytest

from kgbuild.errors import InputError
from kgbuild.evaluate.model import annotate_documents, bio_spans, load_decoder, score_conllu, score_names
from kgbuild.models.conllu import Sentence, entity_spans, read_conllu

WORDS = [["Blinken", "met", "Lavrov", "in", "Geneva", "."], ["They", "did", "n't", "agree", "."]]

TREE = """# newdoc id = {document}
# sent_id = 1
# text = Doesn't he?
1-2\tDoesn't\t_\t_\t_\t_\t_\t_\t_\t_
1\tDoes\tdo\tAUX\tVBZ\t_\t0\troot\t_\t_
2\tn't\tnot\tPART\tRB\t_\t1\tadvmod\t_\t_
3\the\the\tPRON\tPRP\t_\t1\tnsubj\t_\tEntity=(1-person-giv)|SpaceAfter=No
3.1\tgo\tgo\tVERB\tVB\t_\t_\t_\t_\t_
4\t?\t?\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""


def _write(path: Path, spoil: int = 0) -> Path:
    """A CoNLL-U file of what the model itself says; the heads and tags of the first `spoil` words are wrong."""
    sentences = [Sentence("doc", str(i), i == 0, words=w, space_after=[True] * len(w)) for i, w in enumerate(WORDS)]
    predicted = next(annotate_documents(sentences, load_decoder())).predicted
    lines = ["# newdoc id = doc"]
    at = 0
    for words in WORDS:
        for i, word in enumerate(words):
            k = at + i
            head = 0 if predicted.heads[k] == k else predicted.heads[k] - at + 1
            tag, subtype = predicted.upos[k], ":x"
            if k < spoil:
                head, tag = 99, "X"
            columns = [str(i + 1), word, predicted.lemmas[k], tag, predicted.xpos[k], "_", str(head)]
            lines.append("\t".join([*columns, predicted.deprels[k] + subtype, "_", "_"]))
        lines.append("")
        at += len(words)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_the_model_says_scores_100(tmp_path: Path) -> None:
    scores = score_conllu(_write(tmp_path / "a.conllu"))
    assert scores == dict.fromkeys(("upos", "xpos", "lemma", "uas", "las"), 100.0)


def test_each_wrong_word_costs_its_share(tmp_path: Path) -> None:
    scores = score_conllu(_write(tmp_path / "a.conllu", spoil=2))
    assert (scores["upos"], scores["uas"], scores["las"], scores["lemma"]) == (81.82, 81.82, 81.82, 100.0)


def test_multiword_tokens_empty_nodes_and_documents_are_read_as_told(tmp_path: Path) -> None:
    path = tmp_path / "b.conllu"
    path.write_text(TREE.format(document="GUM_fiction_a") + TREE.format(document="GUM_news_b"), encoding="utf-8")
    (sentence,) = read_conllu(path, ["GUM_fiction_"])
    assert sentence.document == "GUM_news_b"
    assert sentence.words == ["Does", "n't", "he", "?"]
    assert sentence.heads == [-1, 0, 0, 0]
    assert sentence.space_after == [False, True, False, True]
    assert sentence.mentions == [(2, 3, "person")]


def test_entity_brackets_nest_and_share_words() -> None:
    brackets = ["(1-person-new", "", "(2-place-new(3-abstract-new)", "2)1)", "9)"]
    assert list(entity_spans(brackets).items()) == [
        ((0, 4, "person"), "1"),
        ((2, 4, "place"), "2"),
        ((2, 3, "abstract"), "3"),
    ]


@pytest.mark.parametrize("text", ["", "# newdoc id = GUM_whow_x\n", "1\ttoo\tfew\n\n"])
def test_a_file_without_words_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "c.conllu"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"c\.conllu"):
        score_conllu(path)


def test_names_are_scored_by_span_and_kind(tmp_path: Path) -> None:
    path = tmp_path / "d.iob2"
    rows = ["Angela\tB-PER", "Merkel\tI-PER", "visited\tO", "Moscow\tB-ORG", ".\tO"]
    text = "# newdoc id = d\n# text = Angela Merkel visited Moscow.\n" + "".join(
        f"{i}\t{row}\t-\t-\n" for i, row in enumerate(rows, 1)
    )
    path.write_text(text + "\n", encoding="utf-8")
    assert score_names(path) == {"precision": 50.0, "recall": 50.0, "f1": 50.0}


def test_bio_spans() -> None:
    assert bio_spans(["I-PER", "B-PER", "I-PER", "I-LOC", "O", "B-ORG"]) == [
        (0, 1, "PER"),
        (1, 3, "PER"),
        (3, 4, "LOC"),
        (5, 6, "ORG"),
    ]
