"""Every figure of SCORING.md section 5, lenient and strict side by side, as JSON and as rows of a table."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from extract.errors import UsageError
from extract.score.counts import FIGURES, SHARES, Counts, count
from extract.score.intervals import (
    RESAMPLES,
    Array,
    Interval,
    calibration_error,
    f1,
    percentiles,
    ratio,
    resample_totals,
)
from extract.score.scored import ScoredEvent

Scored = Mapping[str, Sequence[ScoredEvent]]
"""Events by document id; an event-free document has an empty sequence."""

Row = tuple[str, ...]

_HEADING: Final[Row] = ("figure", "precision", "recall", "F1", "95 %", "strict F1", "predicted", "gold")
NO_FIGURE: Final = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision, recall and F1 with the bootstrap interval of F1; `None` where the denominator is empty."""

    matched: int
    predicted: int
    gold: int
    precision: float | None
    recall: float | None
    f1: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many are right of how many, with the bootstrap interval of the share."""

    right: int
    of: int
    share: float | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """The expected calibration error over the predicted records that carry a confidence."""

    error: float | None
    of: int
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All figures under one rule of filler match: `figures` by FIGURES, `shares` by SHARES."""

    figures: Mapping[str, Figure]
    shares: Mapping[str, Share]
    calibration: Calibration

    def to_json(self) -> dict[str, Any]:
        """Return the figures nested as their names say: `slots/actor` lies under `slots`."""
        flat: dict[str, Any] = {name: _plain(one) for name, one in self.figures.items()}
        flat |= {name: _plain(one) for name, one in self.shares.items()}
        return {**_nested(flat), "calibration": _plain(self.calibration)}


@dataclass(frozen=True, slots=True)
class Report:
    """The score of one set of documents: `lenient` is the headline, `strict` stands beside it."""

    documents: int
    seed: int
    resamples: int
    lenient: Reading
    strict: Reading

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain JSON values; an empty denominator is `None`."""
        head = {"documents": self.documents, "seed": self.seed, "resamples": self.resamples}
        return {**head, "lenient": self.lenient.to_json(), "strict": self.strict.to_json()}

    def table(self) -> list[Row]:
        """Return the heading and one row a figure, in percent; types that nobody states are left out.

        A share has its value under F1 and its two counts at the end: how many are right, of how many.
        """
        rows = [_HEADING]
        for name, one in self.lenient.figures.items():
            if one.predicted or one.gold or not name.startswith("types/"):
                beside = self.strict.figures[name].f1
                value = (percent(one.precision), percent(one.recall), percent(one.f1), percents(one.interval))
                rows.append((name, *value, percent(beside), str(one.predicted), str(one.gold)))
        for name, share in self.lenient.shares.items():
            value = (NO_FIGURE, NO_FIGURE, percent(share.share), percents(share.interval))
            rows.append((name, *value, percent(self.strict.shares[name].share), str(share.right), str(share.of)))
        off, strict_off = self.lenient.calibration, self.strict.calibration
        value = (NO_FIGURE, NO_FIGURE, percent(off.error), percents(off.interval))
        rows.append(("calibration error", *value, percent(strict_off.error), str(off.of), NO_FIGURE))
        return rows


def percent(share: float | None) -> str:
    """Return a share in percent with one decimal, or a dash.

    >>> percent(0.911), percent(None)
    ('91.1', '–')
    """
    return NO_FIGURE if share is None else f"{100 * share:.1f}"


def percents(interval: Interval | None) -> str:
    """Return an interval in percent, or a dash.

    >>> percents((0.5, 0.75))
    '50.0 to 75.0'
    """
    return NO_FIGURE if interval is None else f"{percent(interval[0])} to {percent(interval[1])}"


def score(
    gold: Scored, predicted: Scored, *, seed: int = 0, resamples: int = RESAMPLES, ignore_unknown: bool = False
) -> Report:
    """Return every figure of `predicted` against `gold`; a gold document without predicted records counts as empty.

    Raises `UsageError` for predicted documents that gold does not hold, unless `ignore_unknown` leaves them out.
    """
    pairs = paired_documents(gold, predicted, ignore_unknown=ignore_unknown)
    lenient, strict = count(pairs, strict=False), count(pairs, strict=True)
    return report_on(lenient, strict, seed=seed, resamples=resamples)


def paired_documents(
    gold: Scored, predicted: Scored, *, ignore_unknown: bool
) -> list[tuple[Sequence[ScoredEvent], Sequence[ScoredEvent]]]:
    """Return (gold, predicted) of each gold document, by id, so that a seed draws the same documents every time."""
    unknown = sorted(predicted.keys() - gold.keys())
    if unknown and not ignore_unknown:
        raise UsageError(
            f"{len(unknown)} predicted documents are not in gold: {listed(unknown)}. "
            "Score the documents that gold holds, or leave the others out with ignore_unknown."
        )
    return [(gold[doc_id], predicted.get(doc_id, ())) for doc_id in sorted(gold)]


def listed(names: Sequence[str]) -> str:
    """Return the names for an error, the first ten of them.

    >>> listed(["a", "b"])
    'a, b'
    """
    more = f" and {len(names) - 10} more" if len(names) > 10 else ""
    return ", ".join(names[:10]) + more


def report_on(lenient: Counts, strict: Counts, *, seed: int, resamples: int = RESAMPLES) -> Report:
    """Return the report of counted documents: sums over documents first, ratios last."""
    readings = [_reading(one, seed=seed, resamples=resamples) for one in (lenient, strict)]
    return Report(len(lenient.figures), seed, resamples, *readings)


def _reading(counts: Counts, *, seed: int, resamples: int) -> Reading:
    drawn = resample_totals([counts.figures, counts.shares, counts.bins], seed=seed, resamples=resamples)
    figures, shares, bins = drawn
    return Reading(
        figures=dict(zip(FIGURES, _figures(counts.figures.sum(axis=0), percentiles(f1(figures))), strict=True)),
        shares=dict(
            zip(
                SHARES,
                _shares(counts.shares.sum(axis=0), percentiles(ratio(shares[..., 0], shares[..., 1]))),
                strict=True,
            )
        ),
        calibration=_calibration(counts.bins.sum(axis=0), calibration_error(bins)),
    )


def _figures(totals: Array, intervals: list[Interval | None]) -> Iterable[Figure]:
    precision, recall, both = ratio(totals[:, 0], totals[:, 1]), ratio(totals[:, 0], totals[:, 2]), f1(totals)
    for total, *values, interval in zip(totals, precision, recall, both, intervals, strict=True):
        matched, predicted, gold = (int(one) for one in total)
        p, r, f = (known(one) for one in values)
        yield Figure(matched, predicted, gold, precision=p, recall=r, f1=f, interval=interval)


def _shares(totals: Array, intervals: list[Interval | None]) -> Iterable[Share]:
    for (right, of), share, interval in zip(totals, ratio(totals[:, 0], totals[:, 1]), intervals, strict=True):
        yield Share(int(right), int(of), known(share), interval)


def _calibration(total: Array, drawn: Array) -> Calibration:
    (interval,) = percentiles(drawn[:, np.newaxis])
    return Calibration(known(calibration_error(total)), int(total[:, 2].sum()), interval)


def known(value: Any) -> float | None:
    """Return the number, or `None` for the NaN of an empty denominator."""
    return None if np.isnan(value) else float(value)


def _plain(one: Figure | Share | Calibration) -> dict[str, Any]:
    return {
        name: list(value) if isinstance(value := getattr(one, name), tuple) else value for name in type(one).__slots__
    }


def _nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """Return a tree of a flat mapping whose names are paths.

    >>> _nested({"a": 1, "b/c": 2, "b/d": 3})
    {'a': 1, 'b': {'c': 2, 'd': 3}}
    """
    tree: dict[str, Any] = {}
    for path, value in flat.items():
        *folders, name = path.split("/")
        home = tree
        for folder in folders:
            home = home.setdefault(folder, {})
        home[name] = value
    return tree
