"""The ONNX sessions of a model folder, its labels and its tokenizer."""

import json
import os
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from kgbuild.errors import MissingError
from kgbuild.models.lemmas import LemmaTable, Lexicon
from kgbuild.models.pieces import Encoded, WordPieces, piece_spacings
from kgbuild.models.predicates import Rolesets
from kgbuild.models.spans import describe_spans

HERE = Path(__file__).parent
DEFAULT = "default"


class Scores(NamedTuple):
    """What the first graph says of the W words of a window: ids for tags, scores (logits) for the rest.

    `arcs` is (W, W + 1) by dependent and head, 0 being the root; `spans` is (W, W) by first and last word. A model
    without roles has no `feats` and `predicates`.
    """

    words: NDArray[np.float32]
    upos: NDArray[np.int64]
    xpos: NDArray[np.int64]
    scripts: NDArray[np.int64]
    names: NDArray[np.float32]
    sentence_ends: NDArray[np.float32]
    arcs: NDArray[np.float32]
    spans: NDArray[np.float32]
    feats: NDArray[np.int64] | None = None
    predicates: NDArray[np.float32] | None = None


class Labelled(NamedTuple):
    """What the second graph says: label ids of W arcs; of S spans the probabilities of class `2 · type + is_name`,
    vectors of span and head word, and what is to be added to their scores."""

    deprels: NDArray[np.int64]
    classes: NDArray[np.float32]
    vectors: NDArray[np.float32]
    kept: NDArray[np.float32]


class Described(NamedTuple):
    """What the third graph says of P predicates: scores of senses, factuality, probabilities (P, roles, W) of each word
    as head of an argument, and the probability of being told to have happened, which models of version 2 lack."""

    senses: NDArray[np.float32]
    factuality: NDArray[np.float32]
    roles: NDArray[np.float32]
    realis: NDArray[np.float32] | None


class Model:
    """A model folder: `manifest.json` and `weights/`. Sessions open on first use, once per process: neither a fork nor
    a pickle can carry them. Each run of one takes one thread; several threads may run one at once. Raises MissingError
    if files are missing."""

    def __init__(self, folder: Path = HERE) -> None:
        manifest_path, self.weights = folder / "manifest.json", folder / "weights"
        if not manifest_path.exists():
            raise MissingError(f"{manifest_path}: the language model is missing; reinstall kgbuild from a wheel")
        self.folder = folder
        self.manifest: dict[str, Any] = json.loads(manifest_path.read_text(encoding="utf-8"))
        for name, entry in self.manifest["files"].items():
            path = self.weights / name
            if not path.exists() or path.stat().st_size != entry["bytes"]:
                raise MissingError(f"{path}: missing or not the file of the manifest; reinstall kgbuild from a wheel")
        self.labels: dict[str, list[str]] = self.manifest["labels"]
        self.pieces = WordPieces(self.weights / "tokenizer.json")
        self.lemmas = LemmaTable.read(self.weights / "lemmas.json")
        files = self.manifest["files"]
        self.has_roles, self.has_coreference = ("roles.onnx" in files, "coreference.onnx" in files)
        self.rolesets = Rolesets.read(self.weights / "rolesets.json") if self.has_roles else Rolesets({})
        self.lexicon = Lexicon.read(HERE / "lexicon.tsv")
        self.words = self.lemmas.words() | self.pieces.whole_words() | self.lexicon.bases
        self.verbs = self.lexicon.bases | self.lemmas.frequent_verbs()
        self._sessions: dict[str, onnxruntime.InferenceSession] = {}
        self._process = os.getpid()
        self._opening = Lock()

    def __reduce__(self) -> tuple[type["Model"], tuple[Path]]:
        return type(self), (self.folder,)

    def score(self, encoded: Encoded, spacings: NDArray[np.int64]) -> Scores:
        """Runs one window of words; `spacings` has one id a word."""
        n = len(encoded.pieces) + 2
        pieces, casings, spaces = (np.zeros((1, n), dtype=np.int64) for _ in range(3))
        pieces[0, 0], pieces[0, -1] = self.pieces.cls, self.pieces.sep
        pieces[0, 1:-1] = encoded.pieces
        casings[0, 1:-1] = encoded.casings
        spaces[0, 1:-1] = piece_spacings(encoded, spacings)
        feed = {
            "pieces": pieces,
            "casings": casings,
            "spacings": spaces,
            "first": encoded.first[None] + 1,
            "last": encoded.last[None] + 1,
        }
        return Scores(*self._session("words.onnx").run(None, feed))

    def label(
        self,
        words: NDArray[np.float32],
        heads: NDArray[np.int64],
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
    ) -> Labelled:
        """Names the arcs to `heads` (0 root, i + 1 word i) and looks at the spans [starts, ends) in that tree, unless
        the model has no second look: then nothing is added to their scores."""
        feed = {"words": words, "heads": heads, "starts": starts, "ends": ends}
        if self.second_look:
            tops, shapes = describe_spans(heads, starts, ends)
            feed |= {"tops": tops, "shapes": shapes}
        deprels, classes, vectors, *kept = self._session("labels.onnx").run(None, feed)
        return Labelled(deprels, classes, vectors, kept[0] if kept else np.zeros(len(starts), dtype=np.float32))

    def describe(
        self, words: NDArray[np.float32], predicates: NDArray[np.int64], relations: NDArray[np.int64]
    ) -> Described:
        """Describes P predicates (word indices); `relations` (P, W) as `tree_relations` gives them."""
        feed = {"words": words, "predicates": predicates, "relations": relations}
        senses, factuality, roles, *realis = self._session("roles.onnx").run(None, feed)
        return Described(senses, factuality, roles, realis[0] if realis else None)

    @property
    def second_look(self) -> bool:
        """Whether the second graph looks at spans again, with their place in the tree."""
        return len(self._session("labels.onnx").get_inputs()) > 4

    def rank(self, feed: dict[str, NDArray[Any]]) -> NDArray[np.float32]:
        """Scores of mention pairs; `coreference.pair_up` makes the feed."""
        (scores,) = self._session("coreference.onnx").run(None, feed)
        return scores  # type: ignore[no-any-return]

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        if self._process != os.getpid():
            self._sessions, self._process, self._opening = {}, os.getpid(), Lock()
        session = self._sessions.get(name)
        if session is None:
            with self._opening:
                session = self._sessions.get(name) or self._open(name)
                self._sessions[name] = session
        return session

    def _open(self, name: str) -> onnxruntime.InferenceSession:
        """A session of one thread. Its graphs are too small for more: cutting each operation in two takes longer than
        the half that is saved (measured: two threads 0 to 10 % slower), and sums that are cut change their last bits.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        return onnxruntime.InferenceSession(str(self.weights / name), options, providers=["CPUExecutionProvider"])
