"""Spans that mean the same thing, gathered by average linkage over pair probabilities."""

import numpy as np
from numpy.typing import NDArray

from extract.annotate.features import Floats


def clusters(same: Floats, *, threshold: float = 0.5) -> NDArray[np.int64]:
    """Return a cluster number for each of n spans from pair probabilities (n, n), numbered by first appearance.

    Average linkage (Sokal & Michener 1958): the two groups whose pairs agree most are joined first, until no mean
    reaches the threshold; a chain of single doubtful links joins nothing.
    """
    count = len(same)
    mean = np.array(same, np.float64)
    np.fill_diagonal(mean, -1.0)
    size = np.ones(count)
    group = np.arange(count)
    for _ in range(count - 1):
        best = int(mean.argmax())
        one, two = divmod(best, count)
        if mean[one, two] < threshold:
            break
        joined = (mean[one] * size[one] + mean[two] * size[two]) / (size[one] + size[two])
        joined[[one, two]] = -1.0
        mean[one], mean[:, one] = joined, joined
        mean[two], mean[:, two] = -1.0, -1.0
        size[one] += size[two]
        group[group == two] = one
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(int(one), len(numbers)) for one in group], np.int64)
