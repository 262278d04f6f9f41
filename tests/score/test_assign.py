from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from extract.score.assign import assign

tables = st.tuples(st.integers(1, 8), st.integers(1, 8)).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(-30, 60), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
    )
)


@given(tables)
def test_total_weight_equals_scipys(weights: list[list[int]]) -> None:
    rows, columns = linear_sum_assignment(np.array(weights), maximize=True)
    assert sum(weights[row][column] for row, column in assign(weights)) == np.array(weights)[rows, columns].sum()


@given(tables)
def test_each_row_and_column_is_used_once_and_the_shorter_side_in_full(weights: list[list[int]]) -> None:
    pairs = assign(weights)
    assert len(pairs) == min(len(weights), len(weights[0]))
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def test_integers_beyond_a_float_are_told_apart() -> None:
    big = 2**200
    assert assign([[big, big + 1], [0, 0]]) == [(0, 1), (1, 0)]


def test_three_by_three_agrees_with_trying_everything() -> None:
    weights = [[7, 5, 11], [5, 4, 1], [9, 3, 2]]
    best = max(sum(weights[row][column] for row, column in enumerate(way)) for way in permutations(range(3)))
    assert sum(weights[row][column] for row, column in assign(weights)) == best


def test_nothing_is_assigned_without_rows_or_columns() -> None:
    assert assign([]) == assign([[]]) == assign([[], []]) == []
