"""The best one-to-one assignment (Kuhn and Munkres), for scores that align clusters."""

import numpy as np
from numpy.typing import NDArray


def best_total(gains: NDArray[np.float64]) -> float:
    """The largest sum of `gains` (rows, columns; none negative) with at most one cell a row and a column."""
    if not gains.size:
        return 0.0
    costs = -(gains if gains.shape[0] <= gains.shape[1] else gains.T)
    n, m = costs.shape
    rows, columns = np.zeros(n + 1), np.zeros(m + 1)
    row_of = np.zeros(m + 1, dtype=np.int64)
    for row in range(1, n + 1):
        row_of[0], at = row, 0
        slack, before = np.full(m + 1, np.inf), np.zeros(m + 1, dtype=np.int64)
        used = np.zeros(m + 1, dtype=bool)
        while row_of[at]:
            used[at] = True
            free = ~used[1:]
            reduced = costs[row_of[at] - 1] - rows[row_of[at]] - columns[1:]
            better = free & (reduced < slack[1:])
            slack[1:][better] = reduced[better]
            before[1:][better] = at
            following = int(np.where(free, slack[1:], np.inf).argmin()) + 1
            delta = slack[following]
            rows[row_of[used]] += delta
            columns[used] -= delta
            slack[1:][free] -= delta
            at = following
        while at:
            row_of[at] = row_of[before[at]]
            at = int(before[at])
    return float(sum(-costs[row_of[c] - 1, c - 1] for c in range(1, m + 1) if row_of[c]))
