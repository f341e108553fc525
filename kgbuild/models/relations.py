"""How each word stands to a predicate in the tree: what semantic roles are read from beside the word vectors."""

import numpy as np
from numpy.typing import NDArray

N_KINDS = 5
"""Child, parent, sibling, grandchild, child of the grandparent; each with the label of the arc that it names."""

OTHER = 0


def n_relations(n_deprels: int) -> int:
    return 2 + N_KINDS * n_deprels


def tree_relations(
    heads: NDArray[np.int64], deprels: NDArray[np.int64], predicates: NDArray[np.int64], n_deprels: int
) -> NDArray[np.int64]:
    """(P, W) relation ids of all W words to the P `predicates` (word indices).

    `heads` are 0 for the root, i + 1 for word i; `deprels` label ids. Ids are `OTHER`, then one block of label ids for
    each kind, then one id for the predicate itself. Of several kinds the first of the list counts.
    """
    words = np.arange(len(heads))
    parents = heads - 1
    above = np.where(parents >= 0, parents[parents], -1)
    of_predicate = predicates[:, None]
    its_parent, its_above = parents[of_predicate], above[of_predicate]
    same_as = [
        (parents[None, :] == of_predicate, deprels[None, :]),
        (its_parent == words[None, :], deprels[of_predicate]),
        ((its_parent == parents[None, :]) & (its_parent >= 0), deprels[None, :]),
        (above[None, :] == of_predicate, deprels[None, :]),
        ((its_above == parents[None, :]) & (its_above >= 0), deprels[None, :]),
    ]
    result = np.full((len(predicates), len(heads)), OTHER, dtype=np.int64)
    for kind in reversed(range(N_KINDS)):
        holds, label = same_as[kind]
        result = np.where(holds, 1 + kind * n_deprels + label, result)
    return np.where(words[None, :] == of_predicate, 1 + N_KINDS * n_deprels, result)
