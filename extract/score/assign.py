"""The one-to-one pairing of largest total weight, in exact integers so that no rounding decides a tie."""

from collections.abc import Sequence


def assign(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return (row, column) pairs, as many as the shorter side has, with the largest total weight.

    Hungarian method with potentials, O(rows² · columns): Kuhn 1955; shortest augmenting paths, Jonker & Volgenant
    1987. `weights`: (rows, columns); Python integers of any size.

    >>> assign([[4, 3], [3, 0], [0, 0]])
    [(0, 1), (1, 0)]
    """
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        turned = assign([list(column) for column in zip(*weights, strict=True)])
        return sorted((row, column) for column, row in turned)
    return _assign_wide(weights)


def _assign_wide(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the pairing for no more rows than columns: each row in turn takes its cheapest augmenting path."""
    columns = len(weights[0])
    row_price = [0] * (len(weights) + 1)
    column_price = [0] * (columns + 1)
    owner = [0] * (columns + 1)  # the row, from 1, that holds a column; 0 is free; column 0 stands for the new row
    for row in range(1, len(weights) + 1):
        owner[0] = row
        column, back = _augment(weights, row_price, column_price, owner)
        while column:
            owner[column] = owner[back[column]]
            column = back[column]
    return sorted((owner[column] - 1, column - 1) for column in range(1, columns + 1) if owner[column])


def _augment(
    weights: Sequence[Sequence[int]], row_price: list[int], column_price: list[int], owner: list[int]
) -> tuple[int, list[int]]:
    """Return a free column and the way back from it to column 0; moves the prices so that the way costs nothing."""
    back = [0] * len(owner)
    slack: list[int | None] = [None] * len(owner)  # None: not reached yet
    seen: list[int] = []
    unseen = list(range(1, len(owner)))
    here = 0
    while owner[here]:
        seen.append(here)
        row = owner[here]
        for column in unseen:
            cost = -weights[row - 1][column - 1] - row_price[row] - column_price[column]
            known = slack[column]
            if known is None or cost < known:
                slack[column], back[column] = cost, here
        step, following = min((known, column) for column in unseen if (known := slack[column]) is not None)
        for column in seen:
            row_price[owner[column]] += step
            column_price[column] -= step
        for column in unseen:
            slack[column] = (slack[column] or 0) - step
        unseen.remove(following)
        here = following
    return here, back
