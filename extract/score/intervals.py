"""Bootstrap over documents: how far a figure would move had other articles of the same kind been scored."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

RESAMPLES: Final = 2000
_BLOCK: Final = 250  # resamples drawn at once: bounds memory at 250 rows of documents

Interval = tuple[float, float]
Array = NDArray[np.float64]


def resample_totals(counts: list[Array], *, seed: int, resamples: int = RESAMPLES) -> list[Array]:
    """Return the totals of each resample, (resamples, …), for every array of counts, (documents, …).

    Documents are drawn with replacement, as many as there are; Efron 1979. All arrays see the same draws, so two
    systems counted on the same documents are compared in pairs.
    """
    documents = len(counts[0])
    if documents == 0:
        return [np.zeros((resamples, *one.shape[1:])) for one in counts]
    random = np.random.default_rng(seed)
    flat = [one.reshape(documents, -1) for one in counts]
    parts: list[list[Array]] = [[] for _ in counts]
    for start in range(0, resamples, _BLOCK):
        size = min(_BLOCK, resamples - start)
        drawn = random.multinomial(documents, np.full(documents, 1 / documents), size=size).astype(np.float64)
        for part, one in zip(parts, flat, strict=True):
            part.append(drawn @ one)
    return [np.concatenate(part).reshape(resamples, *one.shape[1:]) for part, one in zip(parts, counts, strict=True)]


def ratio(numerator: Array, denominator: Array) -> Array:
    """Return the quotient, NaN where the denominator is empty."""
    quotient: Array = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=quotient, where=denominator > 0)
    return quotient


def f1(figures: Array) -> Array:
    """Return F1 from (…, [matched, predicted, gold]); NaN where neither side states anything."""
    return ratio(2 * figures[..., 0], figures[..., 1] + figures[..., 2])


def calibration_error(bins: Array) -> Array:
    """Return the expected calibration error from (…, bins, [right, confidence, of]); Naeini et al. 2015.

    The gap between mean confidence and share right, bins weighted by their records.
    """
    gaps = np.abs(bins[..., 0] - bins[..., 1]).sum(axis=-1)
    return ratio(gaps, bins[..., 2].sum(axis=-1))


def percentiles(values: Array) -> list[Interval | None]:
    """Return the middle 95 % of each column of (resamples, columns); resamples without the figure are left out."""
    return [_middle(column[~np.isnan(column)]) for column in values.T]


def _middle(values: Array) -> Interval | None:
    if not len(values):
        return None
    low, high = np.percentile(values, (2.5, 97.5))
    return float(low), float(high)


def p_value(differences: Array) -> float | None:
    """Return the two-sided paired bootstrap p: twice the share of resamples on the other side of 0, at most 1.

    One resample is added to either count, so that p is never 0 on a finite bootstrap; Efron & Tibshirani 1993.
    """
    known = differences[~np.isnan(differences)]
    if not len(known):
        return None
    tail = min(int((known <= 0).sum()), int((known >= 0).sum()))
    return min(1.0, 2 * (tail + 1) / (len(known) + 1))
