"""Overlapping windows over a document of any length, each opened by the title.

Every token is read in the window where it stands farthest from a cut edge.
"""

from dataclasses import dataclass

import numpy as np

from extract.annotate.tokens import Ints, Tokens, WordPieces

LENGTH = 512
OVERLAP = 128
TITLE = 32


@dataclass(frozen=True, slots=True)
class Windows:
    """rows: one id array a window; window, place: (tokens,) say in which row and where each token is read.

    cases: beside each row, how its tokens' words are written.
    """

    rows: list[Ints]
    window: Ints
    place: Ints
    cases: list[Ints]


def part(whole: Windows, first: int, last: int) -> Windows:
    """Return the windows in which tokens `first` to `last` (end exclusive) are read, and those tokens' places."""
    used, window = np.unique(whole.window[first:last], return_inverse=True)
    return Windows(
        [whole.rows[number] for number in used],
        window.astype(np.int32),
        whole.place[first:last],
        [whole.cases[number] for number in used],
    )


def spread(tokens: int, room: int, overlap: int) -> list[tuple[int, int]]:
    """Return (start, end) of as few windows of at most `room` tokens as overlap by `overlap`, as short as that allows.

    >>> spread(10, 6, 2), spread(8, 7, 2)
    ([(0, 6), (4, 10)], [(0, 5), (3, 8)])
    """
    if tokens <= room:
        return [(0, tokens)]
    count = 1 + -(-(tokens - room) // (room - overlap))
    room = -(-(tokens + (count - 1) * overlap) // count)
    firsts = np.linspace(0, tokens - room, count).round().astype(int)
    return [(int(first), int(first) + room) for first in firsts]


def windows(tokens: Tokens, title: Tokens | None, pieces: WordPieces, *, length: int = LENGTH) -> Windows:
    """Return the windows of a document: `[CLS] title [SEP] text [SEP]`, the title cut at TITLE tokens."""
    head = [pieces.cls, *(title.ids[:TITLE].tolist() if title is not None else ()), pieces.sep]
    head_cases = [0, *(title.cases[:TITLE].tolist() if title is not None else ()), 0]
    room = length - len(head) - 1
    rows: list[Ints] = []
    cases: list[Ints] = []
    window = np.zeros(len(tokens), np.int32)
    place = np.zeros(len(tokens), np.int32)
    best = np.full(len(tokens), -1, np.int64)
    for start, end in spread(len(tokens), room, min(OVERLAP, room // 2)):
        rows.append(np.array([*head, *tokens.ids[start:end].tolist(), pieces.sep], np.int32))
        cases.append(np.array([*head_cases, *tokens.cases[start:end].tolist(), 0], np.int32))
        inside = np.arange(end - start)
        left = inside if start else np.full(end - start, len(tokens))
        right = inside[::-1] if end < len(tokens) else np.full(end - start, len(tokens))
        margin = np.minimum(left, right)
        better = margin > best[start:end]
        window[start:end][better] = len(rows) - 1
        place[start:end][better] = inside[better] + len(head)
        best[start:end] = np.maximum(best[start:end], margin)
    return Windows(rows, window, place, cases)
