"""Wire copies: which articles of a run are near-duplicates, by MinHash over runs of words (Broder 1997).

Two articles are copies when about four fifths of their runs of three words are the same. Every article is still read;
who counts sources counts a group of copies as one.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from extract.schema.document import Document

ALIKE: Final = 0.8
"""Share of the runs of words of both that both have (Jaccard) from which two articles are copies."""
_RUN: Final = 3
_BANDS, _ROWS = 16, 8
"""128 hashes; a pair of likeness 0.8 meets in one of the bands with probability 0.95, one of 0.5 with 0.06."""
_PRIME: Final = np.uint64((1 << 31) - 1)
_LEAST: Final = 20
"""Runs of words below which nothing is said: two short notices are alike by their form."""
_WORDS: Final = re.compile(r"\w+")


def _factors() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    draw = np.random.default_rng(1)
    count = _BANDS * _ROWS
    return draw.integers(1, 2**31 - 1, count).astype(np.uint64), draw.integers(0, 2**31 - 1, count).astype(np.uint64)


_A, _B = _factors()


def signature(text: str) -> NDArray[np.uint64] | None:
    """Return the 128 least hashes of the text's runs of words, `None` for a text too short to say."""
    words = _WORDS.findall(text.lower())
    runs = {zlib.crc32(" ".join(words[n : n + _RUN]).encode("utf-8", "replace")) for n in range(len(words) - _RUN + 1)}
    if len(runs) < _LEAST:
        return None
    hashes = np.fromiter(runs, np.uint64, len(runs)) % _PRIME
    least = np.full(len(_A), _PRIME, np.uint64)
    for first in range(0, len(hashes), 4096):  # a long article's table would take a gigabyte
        part = (hashes[first : first + 4096, None] * _A + _B) % _PRIME
        least = np.minimum(least, part.min(axis=0))
    return least


class Copies:
    """Collects articles and groups the copies; what it says does not depend on their order."""

    def __init__(self) -> None:
        self._signatures: dict[str, NDArray[np.uint64]] = {}
        self._bands: dict[tuple[int, bytes], str] = {}
        self._parent: dict[str, str] = {}

    def add(self, document: Document) -> None:
        """Take an article in."""
        found = signature(document.text)
        if found is None or document.id in self._signatures:
            return
        self._signatures[document.id] = found
        for band in range(_BANDS):
            key = (band, found[band * _ROWS : (band + 1) * _ROWS].tobytes())
            other = self._bands.setdefault(key, document.id)
            if other != document.id and self._alike(document.id, other):
                self._join(document.id, other)

    def _alike(self, one: str, other: str) -> bool:
        return float((self._signatures[one] == self._signatures[other]).mean()) >= ALIKE

    def _root(self, name: str) -> str:
        while (above := self._parent.get(name, name)) != name:
            name = above
        return name

    def _join(self, one: str, other: str) -> None:
        low, high = sorted((self._root(one), self._root(other)))
        if low != high:
            self._parent[high] = low

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield (id, id of the group's first by name) for each copy, by id."""
        for name in sorted(self._parent):
            yield name, self._root(name)
