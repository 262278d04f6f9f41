"""Whether one system is better than another on the same gold: differences of F1 and how sure they are."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from extract.score.counts import FIGURES, Counts, count
from extract.score.intervals import RESAMPLES, Interval, f1, p_value, percentiles, resample_totals
from extract.score.report import Row, Scored, known, paired_documents, percent, percents

_HEADING: Final[Row] = ("figure", "F1 of a", "F1 of b", "b − a", "95 %", "p", "strict b − a", "strict p")


@dataclass(frozen=True, slots=True)
class Difference:
    """F1 of two systems, b minus a, its 95 % interval and the two-sided p of the paired bootstrap."""

    a: float | None
    b: float | None
    difference: float | None
    interval: Interval | None
    p: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems on one gold: `lenient` and `strict` hold a difference for each of FIGURES."""

    documents: int
    seed: int
    resamples: int
    lenient: Mapping[str, Difference]
    strict: Mapping[str, Difference]

    def to_json(self) -> dict[str, Any]:
        """Return the comparison as plain JSON values; figures by their names."""
        head = {"documents": self.documents, "seed": self.seed, "resamples": self.resamples}
        sides = {"lenient": self.lenient, "strict": self.strict}
        return {**head, **{side: {name: _plain(one) for name, one in found.items()} for side, found in sides.items()}}

    def table(self) -> list[Row]:
        """Return the heading and one row a figure that both systems have, in percent."""
        rows = [_HEADING]
        for name, one in self.lenient.items():
            if one.difference is not None:
                strict = self.strict[name]
                values = (percent(one.a), percent(one.b), percent(one.difference), percents(one.interval))
                rows.append((name, *values, _odds(one.p), percent(strict.difference), _odds(strict.p)))
        return rows


def compare(
    gold: Scored, a: Scored, b: Scored, *, seed: int = 0, resamples: int = RESAMPLES, ignore_unknown: bool = False
) -> Comparison:
    """Return how much better `b` is than `a` on every figure; both are resampled over the same documents.

    Paired bootstrap, Koehn 2004, "Statistical Significance Tests for Machine Translation Evaluation".
    """
    sides = [paired_documents(gold, one, ignore_unknown=ignore_unknown) for one in (a, b)]
    lenient, strict = (
        _differences(*(count(side, strict=strict) for side in sides), seed=seed, resamples=resamples)
        for strict in (False, True)
    )
    return Comparison(len(gold), seed, resamples, lenient, strict)


def _differences(a: Counts, b: Counts, *, seed: int, resamples: int) -> dict[str, Difference]:
    drawn_a, drawn_b = (f1(one) for one in resample_totals([a.figures, b.figures], seed=seed, resamples=resamples))
    drawn = drawn_b - drawn_a
    of_a, of_b = f1(a.figures.sum(axis=0)), f1(b.figures.sum(axis=0))
    rows = zip(FIGURES, of_a, of_b, percentiles(drawn), drawn.T, strict=True)
    return {
        name: Difference(known(one), known(other), known(other - one), interval, p_value(column))
        for name, one, other, interval, column in rows
    }


def _odds(p: float | None) -> str:
    return "–" if p is None else f"{p:.3f}"


def _plain(one: Difference) -> dict[str, Any]:
    return {**asdict(one), "interval": None if one.interval is None else list(one.interval)}
