"""Makes ``cues/event_nouns.tsv`` from WordNet: ``python -m kgbuild.extract.make_event_nouns FOLDER``.

For maintainers; not used at run time. FOLDER holds WordNet 3.0's ``data.noun``, ``data.verb``, ``index.noun`` and
``cntlist.rev``, as Debian's package wordnet-base has them in /usr/share/wordnet.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

HAPPENING = frozenset(["04", "11", "22"])
"""Lexicographer files whose nouns are acts, events and processes."""
SAYING = "10"
"""The file of communication: acts of saying and what is written; only nouns made from a verb count."""
WORTH_LISTING = 0.2
WORTH_LISTING_OF_VERB = 0.05
"""Share of a noun's uses as an event from which it is listed, and from which one made from a verb is."""
MOSTLY = 0.5
"""Share from which a noun is "mostly" an event, acts of saying not counted; below it is one only "sometimes"."""
UNSEEN = 0.5
"""Occurrences that a sense counts for which WordNet's texts do not show."""
WORD = re.compile(r"[a-z]+(-[a-z]+)*")
HEAD = """\
# Nouns that name what happens, and the verb they are made from. Source: WordNet 3.0 (LICENSE-WordNet.txt in
# kgbuild/models): nouns of the files noun.act, noun.event and noun.process, and those of noun.communication that are
# made from a verb, by the counts of their senses. Made by python -m kgbuild.extract.make_event_nouns; do not edit.
# Columns: noun, how often it is an event (mostly, sometimes), verb or "-".
"""


def synsets(path: Path) -> Iterator[tuple[str, str, list[str], list[tuple[str, str, str, int, int]]]]:
    """Offset, lexicographer file, words and pointers (symbol, offset, class, source and target word) of a data file."""
    for line in path.read_text(encoding="latin-1").splitlines():
        if line.startswith(" "):
            continue
        parts = line.partition(" | ")[0].split(" ")
        n_words = int(parts[3], 16)
        words = [parts[4 + 2 * k].lower() for k in range(n_words)]
        rest = parts[5 + 2 * n_words :]
        pointers = [
            (rest[k], rest[k + 1], rest[k + 2], int(rest[k + 3][:2], 16), int(rest[k + 3][2:4], 16))
            for k in range(0, 4 * int(parts[4 + 2 * n_words]), 4)
        ]
        yield parts[0], parts[1], words, pointers


def counts(path: Path) -> dict[tuple[str, str, int], float]:
    """(word, class of word, sense number) → how often WordNet's texts show the sense."""
    found = {}
    for line in path.read_text(encoding="latin-1").splitlines():
        key, number, count = line.split()
        word, _, rest = key.partition("%")
        found[word, rest[0], int(number)] = float(count)
    return found


def rows(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Noun, how often it is an event, and its verb, sorted."""
    verbs = {offset: words for offset, _, words, _ in synsets(folder / "data.verb")}
    nouns = {offset: (file, words, pointers) for offset, file, words, pointers in synsets(folder / "data.noun")}
    seen = counts(folder / "cntlist.rev")
    for line in (folder / "index.noun").read_text(encoding="latin-1").splitlines():
        if line.startswith(" "):
            continue
        parts = line.split()
        noun, offsets = parts[0], parts[-int(parts[2]) :]
        if not WORD.fullmatch(noun) or len(noun) < 3:
            continue
        total = happening = saying = 0.0
        bases: dict[str, float] = defaultdict(float)
        for number, offset in enumerate(offsets, 1):
            file, words, pointers = nouns[offset]
            weight = seen.get((noun, "1", number), 0.0) + UNSEEN
            total += weight
            at = words.index(noun) + 1
            made = [
                verbs[target][there - 1]
                for symbol, target, kind, here, there in pointers
                if symbol == "+" and kind == "v" and here == at
            ]
            happening += weight * (file in HAPPENING)
            saying += weight * (file == SAYING and bool(made))
            for verb in made:
                if WORD.fullmatch(verb):
                    bases[verb] += weight
        share = (happening + saying) / total
        if share >= (WORTH_LISTING_OF_VERB if bases else WORTH_LISTING):
            verb = min(bases, key=lambda v: (-bases[v], -len(_common(v, noun)), v)) if bases else "-"
            yield noun, "mostly" if happening / total >= MOSTLY else "sometimes", verb


def _common(one: str, two: str) -> str:
    return next((one[:k] for k in range(len(one), 0, -1) if two.startswith(one[:k])), "")


def main(folder: str) -> None:
    target = Path(__file__).parent / "cues" / "event_nouns.tsv"
    target.write_text(HEAD + "".join("\t".join(row) + "\n" for row in sorted(rows(Path(folder)))), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
