import numpy as np
import pytest

from extract.score.intervals import calibration_error, f1, p_value, percentiles, ratio, resample_totals


def test_a_seed_draws_the_same_resamples_and_another_seed_others() -> None:
    counts = [np.arange(40.0).reshape(10, 4)]
    (one,), (same,), (other,) = (resample_totals(counts, seed=seed, resamples=30) for seed in (3, 3, 4))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_each_resample_draws_as_many_documents_as_there_are() -> None:
    (totals,) = resample_totals([np.ones((7, 1))], seed=0, resamples=600)  # over two blocks
    assert totals.shape == (600, 1)
    assert (totals == 7).all()


def test_all_arrays_see_the_same_draws() -> None:
    counts = np.random.default_rng(0).integers(0, 9, (12, 2, 3)).astype(float)
    one, other = resample_totals([counts, counts * 2], seed=1, resamples=40)
    assert np.array_equal(one * 2, other)


def test_interval_of_a_mean_is_near_the_textbook_one() -> None:
    sample = np.random.default_rng(0).binomial(1, 0.5, 400).astype(float)
    (totals,) = resample_totals([np.stack([sample, np.ones(400)], axis=1)], seed=0)
    (interval,) = percentiles(ratio(totals[:, 0], totals[:, 1])[:, np.newaxis])
    assert interval == pytest.approx((sample.mean() - 0.049, sample.mean() + 0.049), abs=0.006)


def test_ratio_of_an_empty_denominator_is_nan_and_leaves_no_interval() -> None:
    assert np.isnan(f1(np.zeros((5, 1, 3)))).all()
    assert percentiles(np.full((5, 1), np.nan)) == [None]


def test_calibration_error_weighs_bins_by_their_records() -> None:
    bins = np.array([[1.0, 1.0, 5.0], [9.0, 8.0, 10.0], [0.0, 0.0, 0.0]])
    assert calibration_error(bins) == pytest.approx(1 / 15)


def test_p_is_1_without_a_difference_small_with_a_sure_one_and_never_0() -> None:
    assert p_value(np.zeros(99)) == 1
    assert p_value(np.full(99, 0.1)) == p_value(np.full(99, -0.1)) == pytest.approx(0.02)
    assert p_value(np.array([np.nan])) is None
