"""Average linkage groups what agrees on the whole."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extract.annotate.cluster import clusters


def test_a_chain_of_single_links_is_not_joined() -> None:
    same = np.array([[1, 0.9, 0.1], [0.9, 1, 0.6], [0.1, 0.6, 1]], np.float32)
    assert clusters(same).tolist() == [0, 0, 1]


def test_numbers_follow_first_appearance() -> None:
    same = np.array([[1, 0, 0.9], [0, 1, 0], [0.9, 0, 1]], np.float32)
    assert clusters(same).tolist() == [0, 1, 0]


@given(st.integers(1, 12), st.integers(0, 99))
def test_perfect_pairs_give_back_the_groups(count: int, seed: int) -> None:
    groups = np.random.default_rng(seed).integers(0, 4, count)
    found = clusters((groups[:, None] == groups[None]).astype(np.float32))
    assert np.array_equal(found[:, None] == found[None], groups[:, None] == groups[None])
