"""Tag probabilities become spans."""

import numpy as np

from extract.annotate.spans import candidates


def test_a_span_goes_on_while_inside_is_likeliest() -> None:
    tags = np.array([[0.9, 0.1, 0], [0.1, 0.9, 0], [0.1, 0, 0.9], [0.8, 0.1, 0.1]], np.float32)
    assert [span[:2] for span in candidates(tags, begin=0.5)] == [(1, 3)]


def test_two_spans_side_by_side_stay_apart() -> None:
    tags = np.array([[0, 1, 0], [0, 1, 0], [0, 0, 1]], np.float32)
    assert [span[:2] for span in candidates(tags, begin=0.5)] == [(0, 1), (1, 3)]


def test_a_lower_threshold_finds_doubtful_spans_with_their_score() -> None:
    tags = np.array([[0.6, 0.4, 0]], np.float32)
    assert candidates(tags, begin=0.5) == []
    assert round(candidates(tags, begin=0.3)[0][2], 3) == 0.4
