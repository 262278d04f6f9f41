"""Calibration: confidence means what it says, whatever the outcomes."""

import numpy as np

from extract.assemble import Settings
from extract.train.tune import fit_logistic


def test_a_calibrated_score_is_the_share_that_is_right() -> None:
    x = np.random.default_rng(0).normal(size=4000)
    y = (np.random.default_rng(1).random(4000) < 1 / (1 + np.exp(-(0.5 * x - 1)))).astype(float)
    slope, offset = fit_logistic(x, y)
    assert abs(slope - 0.5) < 0.1
    assert abs(offset + 1) < 0.1


def test_outcomes_that_separate_do_not_run_away() -> None:
    x = np.array([-2.0, -1.0, 1.0, 9.0])
    for y in (np.array([0.0, 0, 1, 1]), np.ones(4), np.zeros(4)):
        slope, offset = fit_logistic(x, y)
        assert abs(slope) < 20
        assert abs(offset) < 20


def test_confidence_keeps_the_order_of_scores() -> None:
    settings = Settings(calibration=(0.7, -0.3))
    found = [settings.confidence(score) for score in (0.0, 0.2, 0.5, 0.9, 1.0)]
    assert found == sorted(found)
    assert all(0 <= one <= 1 for one in found)
