"""Windows cover every token, each read away from the edges."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.annotate.tokens import Tokens, WordPieces
from extract.annotate.windows import part, spread, windows


@given(st.integers(0, 5000), st.integers(20, 512), st.integers(0, 9))
def test_windows_cover_all_and_overlap(tokens: int, room: int, overlap: int) -> None:
    found = spread(tokens, room, overlap)
    assert found[0][0] == 0
    assert found[-1][1] == tokens
    assert all(two[0] <= one[1] - overlap for one, two in itertools.pairwise(found))
    assert all(end - start <= room for start, end in found)


def _tokens(count: int) -> Tokens:
    numbers = np.arange(count, dtype=np.int32)
    return Tokens(numbers + 10, numbers, numbers + 1, np.zeros(count, np.int32), numbers, numbers % 5)


@given(st.integers(0, 700), st.integers(0, 60))
def test_each_token_is_found_at_its_place(tiny_pieces: WordPieces, count: int, title: int) -> None:
    tokens = _tokens(count)
    cut = windows(tokens, _tokens(title), tiny_pieces, length=128)
    read = [cut.rows[row][place] for row, place in zip(cut.window, cut.place, strict=True)]
    assert read == tokens.ids.tolist()
    written = [cut.cases[row][place] for row, place in zip(cut.window, cut.place, strict=True)]
    assert written == tokens.cases.tolist()
    assert all(len(row) <= 128 for row in cut.rows)
    assert np.all(np.diff(cut.window) >= 0)


def test_a_part_reads_the_same_tokens_in_the_windows_it_needs(tiny_pieces: WordPieces) -> None:
    tokens = tiny_pieces("police arrested two men in lagos on monday . " * 40)
    whole = windows(tokens, None, tiny_pieces, length=64)
    parts = [(first, part(whole, first, first + 100)) for first in range(0, len(tokens), 100)]
    read = [int(one.rows[row][place]) for _, one in parts for row, place in zip(one.window, one.place, strict=True)]
    assert read == tokens.ids.tolist()
    written = [one.cases[row][place] for _, one in parts for row, place in zip(one.window, one.place, strict=True)]
    assert written == tokens.cases.tolist()
    assert all(len(one.rows) < len(whole.rows) for _, one in parts)
    assert all(set(one.window.tolist()) == set(range(len(one.rows))) for _, one in parts)
