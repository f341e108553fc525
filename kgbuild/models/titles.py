"""What stands before a name as its description, where the arcs make it a second phrase beside the name.

"Company meteorologist Evan Duffey said" has one subject, and so has "co-author and astronomer Angelos Tsiaras said":
two nominals that touch, with no comma, conjunction or determiner between them, hang from one word by one relation only
where the first is the title of the second. Said of any two words of a tree by their tags and relations alone.
"""

from collections.abc import Sequence

ONCE = frozenset("nsubj nsubj:pass obj obl obl:agent iobj root".split())
"""Relations that a word has one of, or whose second is marked by a preposition of its own."""

DESCRIPTION = "nmod:desc"
LONGEST = 12
"""Words before a title among which its preposition is looked for."""


def join_titles(
    heads: list[int], deprels: list[str], xpos: Sequence[str], names: Sequence[tuple[int, int, str]], first: int = 0
) -> None:
    """Hangs titles from names in place, from word ``first`` on; ``heads`` are word indices, the root's its own."""
    for start, end, _ in names:
        if start <= first:
            continue
        above = [k for k in range(start, end) if not start <= heads[k] < end]
        if len(above) != 1 or not xpos[above[0]].startswith("NNP"):
            continue
        name = above[0]
        if any(heads[k] == name and k < start and deprels[k] != "case" for k in range(first, start)):
            continue
        title = _title_before(name, start, first, heads, deprels, xpos)
        if title is not None:
            _hang(title, name, heads, deprels)


def _title_before(
    name: int, start: int, first: int, heads: Sequence[int], deprels: Sequence[str], xpos: Sequence[str]
) -> int | None:
    """The noun that ends where the name begins and stands in the same place of the tree."""
    noun = start - 1
    cases = {heads[k] for k in range(max(first, noun - LONGEST), noun) if deprels[k] == "case"}
    if not xpos[noun].startswith("NN") or {noun, name} <= cases:
        return None
    if heads[noun] == heads[name] and deprels[noun] == deprels[name] and deprels[name] in ONCE:
        return noun
    conjunct = deprels[name] == "conj" and noun != heads[name]
    if conjunct and deprels[noun] == "conj" and heads[noun] == heads[name] and xpos[heads[name]].startswith("NN"):
        return heads[name]
    return None


def _hang(title: int, name: int, heads: list[int], deprels: list[str]) -> None:
    """The name takes the place of its title, with what hangs from that place by right of the whole phrase."""
    if deprels[name] == "conj":
        heads[name], deprels[name] = heads[title], deprels[title]
    heads[title], deprels[title] = name, DESCRIPTION
