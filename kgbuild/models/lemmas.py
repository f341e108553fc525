"""Lemma edit scripts: how a lemma is made from its word form.

A script is `case|cut|tail`: change the case of the form (`l` lower, `t` title, `k` keep), cut `cut` characters off its
end, append `tail`. The method is that of UDPipe and of spaCy's edit-tree lemmatizer, suffix edits only: English has no
inflection at the front of a word, and whole-word replacements (went → go) are a cut of everything.

Beside the scripts, which generalise, stands a table of the forms seen in training (`LemmaTable`): told → tell.
"""

import json
from collections import Counter
from pathlib import Path

from kgbuild.models.pieces import normalise

KEEP = "k|0|"
VERB_TAGS = ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ")


def lemma_script(form: str, lemma: str) -> str:
    """The script that turns `form` into `lemma`; among the cases that fit, the one that keeps most of the form."""
    best = ""
    best_gain = -1.0
    for case in "klt":
        cased = _change_case(form, case)
        kept = 0
        while kept < min(len(cased), len(lemma)) and cased[kept] == lemma[kept]:
            kept += 1
        # A lower-cased form must win ties: "The" → "the" and "the" → "the" are then one script, learnt once.
        gain = kept + (0.5 if case == "l" and lemma == lemma.lower() else 0)
        if gain > best_gain:
            best, best_gain = f"{case}|{len(cased) - kept}|{lemma[kept:]}", gain
    return best


def apply_script(form: str, script: str) -> str:
    """The lemma `script` gives for `form`; `form` itself where the script cuts more than there is."""
    case, cut, tail = script.split("|", 2)
    cased = _change_case(form, case)
    if int(cut) > len(cased):
        return form
    return (cased[: len(cased) - int(cut)] + tail) or form


class LemmaTable:
    """Lemmas of word forms by tag: `{tag: {lower-cased form: lemma}}`, "" where the lemma is the lower-cased form.

    Fine-grained tags decide nearly every English lemma; proper names and other classes that keep their case are left
    to the scripts.
    """

    def __init__(self, lemmas: dict[str, dict[str, str]]) -> None:
        self.lemmas = lemmas

    @classmethod
    def read(cls, path: Path) -> "LemmaTable":
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def words(self) -> set[str]:
        """All lemmas of the table."""
        return {lemma or form for forms in self.lemmas.values() for form, lemma in forms.items()}

    def frequent_verbs(self) -> set[str]:
        """Lemmas of verbs of which the table knows two forms: one alone may be a slip of the annotation."""
        seen = Counter(lemma or form for tag in VERB_TAGS for form, lemma in self.lemmas.get(tag, {}).items())
        return {lemma for lemma, count in seen.items() if count > 1}

    def find(self, form: str, tag: str) -> str | None:
        forms = self.lemmas.get(tag)
        if forms is None:
            return None
        lower = normalise(form).lower()
        lemma = forms.get(lower)
        return lower if lemma == "" else lemma


class Lexicon:
    """Base forms of verbs, and irregular forms by class, for words that training did not show."""

    def __init__(self, bases: set[str], irregular: dict[tuple[str, str], str]) -> None:
        self.bases = bases
        self.irregular = irregular

    @classmethod
    def read(cls, path: Path) -> "Lexicon":
        bases, irregular = set(), {}
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            form, *rest = line.split("\t")
            if rest:
                irregular[rest[0], form] = rest[1]
            else:
                bases.add(form)
        return cls(bases, irregular)

    def find(self, form: str, tag: str) -> str | None:
        """The base form of an irregular form under a Penn tag."""
        word_class = "verb" if tag in ("VBD", "VBN", "VBZ", "VBG") else "noun" if tag == "NNS" else ""
        return self.irregular.get((word_class, form.lower()))


_ENDINGS = {
    "s": (("VBZ", "NNS"), (("ies", "y"), ("ves", "f"), ("es", ""), ("s", ""), ("men", "man"))),
    "ed": (("VBD", "VBN"), (("ied", "y"), ("ed", "e"), ("ed", ""))),
    "ing": (("VBG",), (("ying", "ie"), ("ing", "e"), ("ing", ""))),
    "er": (("JJR", "RBR"), (("ier", "y"), ("er", "e"), ("er", ""))),
    "est": (("JJS", "RBS"), (("iest", "y"), ("est", "e"), ("est", ""))),
}
_BY_TAG = {tag: endings for tags, endings in _ENDINGS.values() for tag in tags}


def likeliest(lemma: str, form: str, tag: str, words: set[str]) -> str:
    """`lemma` if it is one of `words`, else the first regular lemma of the form that is one; of an unknown word in
    -ies the one in -y, and of other unknown words `lemma` itself. A script may fit badly (denies → denie); spelling
    allows few others, and the vocabulary knows most. A verb without inflection is its own lemma where the vocabulary
    knows it (worsen, not worse)."""
    if tag in ("VB", "VBP") and form.lower() in words:
        return form.lower()
    if lemma in words:
        return lemma
    regular = regular_lemmas(form, tag)
    fallback = regular[0] if form.lower().endswith("ies") and regular else lemma
    return next((r for r in regular if r in words), fallback)


def regular_lemmas(form: str, tag: str) -> list[str]:
    """Lemmas that English spelling allows a regularly inflected form under a Penn tag, likeliest first; [] for tags
    without inflection."""
    form = form.lower()
    stems = []
    for ending, lemma_ending in _BY_TAG.get(tag, ()):
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            stems.append(stem + lemma_ending)
            if not lemma_ending and len(stem) > 3 and stem[-1] == stem[-2] and ending not in ("s", "es"):
                stems.append(stem[:-1])
    return stems


def _change_case(form: str, case: str) -> str:
    if case == "l":
        return form.lower()
    if case == "t":
        return form[:1].upper() + form[1:].lower()
    return form
