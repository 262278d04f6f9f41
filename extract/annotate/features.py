"""What two spans' words say about being the same thing, before any vector is compared."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

PRONOUNS = frozenset(
    "he him his she her hers they them their theirs it its who whom whose we us our i me my you your himself herself "
    "themselves itself this that these those".split()
)
_IGNORED = frozenset("the a an of in on at to and for 's ’s mr mrs ms dr".split())


def content(text: str) -> list[str]:
    """Return the words that carry a name: lower-cased, without articles, titles and possessives."""
    words = [word.strip(".,;:’'\"“”()") for word in text.lower().replace("’s", "").replace("'s", "").split()]
    return [word for word in words if word and word not in _IGNORED]


def pair_features(lefts: Sequence[str]) -> Floats:
    """Return (spans, spans, PAIR_FEATURES): equal, subset, share of words, same last word, pronouns, plural clash."""
    words = [content(text) for text in lefts]
    index = {word: number for number, word in enumerate(sorted({word for one in words for word in one}))}
    bags = np.zeros((len(words), max(1, len(index))), np.float32)
    for row, one in enumerate(words):
        for word in one:
            bags[row, index[word]] = 1.0
    sizes = np.maximum(bags.sum(1), 1.0)
    shared = bags @ bags.T
    known: dict[str, int] = {}
    joined = np.array([known.setdefault(" ".join(one) or f" {row}", len(known)) for row, one in enumerate(words)])
    last = np.array([index[one[-1]] if one else -1 - row for row, one in enumerate(words)])
    pronoun = np.array([float(text.lower() in PRONOUNS) for text in lefts], np.float32)
    found = np.zeros((len(words), len(words), 8), np.float32)
    found[..., 0] = joined[:, None] == joined[None]
    found[..., 1] = shared == np.minimum(sizes[:, None], sizes[None])
    found[..., 2] = shared / np.minimum(sizes[:, None], sizes[None])
    found[..., 3] = last[:, None] == last[None]
    found[..., 4] = pronoun[:, None] * pronoun[None]
    found[..., 5] = np.abs(pronoun[:, None] - pronoun[None])
    found[..., 6] = (shared == 0) & (pronoun[:, None] + pronoun[None] == 0)
    found[..., 7] = shared / np.maximum(sizes[:, None], sizes[None])
    return found
