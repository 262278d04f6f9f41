"""Tag logits to candidate spans."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def softmax(logits: Array) -> Array:
    """Return probabilities over the last axis."""
    raised = np.exp(logits - logits.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


def candidates(tags: Array, *, begin: float, longest: int = 40) -> list[tuple[int, int, float]]:
    """Return (start, end, score) of spans in tag probabilities (tokens, O/B/I), end exclusive.

    A span begins where B reaches `begin` and is no mere continuation, and goes on while I is likelier than O and no
    other span begins. The score is the geometric mean of its tokens' probabilities.
    """
    outside, first, inside = tags[:, 0], tags[:, 1], tags[:, 2]
    goes_on = (inside > outside) & (inside >= first)
    found: list[tuple[int, int, float]] = []
    taken = 0
    for start in np.flatnonzero(first >= begin).tolist():
        if start < taken and first[start] < inside[start]:
            continue
        end = start + 1
        while end < len(tags) and goes_on[end] and end - start < longest:
            end += 1
        score = float(np.exp(np.log(np.concatenate([first[start : start + 1], inside[start + 1 : end]])).mean()))
        found.append((start, end, score))
        taken = end
    return found


def whole_words(start: int, end: int, words: NDArray[np.int32]) -> tuple[int, int]:
    """Return the span widened to whole words, given each token's word number."""
    first = int(np.searchsorted(words, words[start], side="left"))
    last = int(np.searchsorted(words, words[end - 1], side="right"))
    return first, last
