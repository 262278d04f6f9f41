"""What is counted in each document: arrays with one row a document, so that any resample of documents is a sum."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from extract.schema.ontology import CARD_SLOTS, SLOTS, TYPES
from extract.score.align import Aligned, align
from extract.score.scored import ScoredEvent, ScoredFiller

FIGURES: Final[tuple[str, ...]] = (
    "card",
    "all",
    "event",
    "type",
    "trigger",
    *(f"slots/{slot}" for slot in SLOTS),
    *(f"types/{kind}/{figure}" for kind in TYPES for figure in ("card", "event")),
)
"""Figures with precision, recall and F1, the headline first."""

SHARES: Final[tuple[str, ...]] = (
    "status",
    "values/date",
    "values/country",
    "values/coordinates",
    "values/iccs",
    "values/days",
    "event_free",
)
"""Figures that are a share of what could be right: aligned records, aligned fillers, event-free documents."""

BINS: Final = 10
"""Bins of equal width over the confidence."""

NEAR_KM: Final = 161.0
"""Coordinates this near are right: 100 miles, the usual accuracy@161 of geoparsing."""

_EARTH_KM: Final = 6371.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by document, in the order of FIGURES and SHARES.

    figures: (documents, figures, [matched, predicted, gold]); shares: (documents, shares, [right, of]);
    bins: (documents, BINS, [right, confidence, of]).
    """

    figures: NDArray[np.float64]
    shares: NDArray[np.float64]
    bins: NDArray[np.float64]

    def both_ways(self, other: "Counts") -> "Counts":
        """Return the counts of A scored against B and of B against A in one, document by document."""
        return Counts(self.figures + other.figures, self.shares + other.shares, self.bins + other.bins)


def count(
    documents: Sequence[tuple[Sequence[ScoredEvent], Sequence[ScoredEvent]]],  # (gold, predicted) of each
    *,
    strict: bool,
) -> Counts:
    """Return the counts of each document; a record that stands alone counts with all its slots."""
    figures = np.zeros((len(documents), len(FIGURES), 3))
    shares = np.zeros((len(documents), len(SHARES), 2))
    bins = np.zeros((len(documents), BINS, 3))
    for number, (gold, predicted) in enumerate(documents):
        aligned = align(gold, predicted, strict=strict)
        sides = (_matched(aligned, gold, predicted), _stated(predicted), _stated(gold))
        figures[number] = [[side[name] for side in sides] for name in FIGURES]
        right, of = _shares(aligned)
        right["event_free"], of["event_free"] = int(not gold and not predicted), int(not gold)
        shares[number] = [(right[name], of[name]) for name in SHARES]
        bins[number] = _bins(aligned, predicted)
    return Counts(figures, shares, bins)


def _trigger_spans(events: Sequence[ScoredEvent]) -> set[tuple[str, int, int]]:
    """Return typed trigger spans of the text; those of the title are left out, since a record cannot hold them."""
    return {(event.type, one.start, one.end) for event in events for one in event.triggers if not one.title}


def _summed(records: Sequence[tuple[str, Mapping[str, int]]]) -> Counter[str]:
    """Return the slot counts of typed records added up into slots, `card`, `all` and each type's card."""
    total: Counter[str] = Counter()
    for kind, slots in records:
        card = 1 + sum(slots[slot] for slot in CARD_SLOTS)
        total.update({"card": card, "all": 1 + sum(slots.values()), "type": 1, f"types/{kind}/card": card})
        total.update({f"slots/{slot}": number for slot, number in slots.items()})
    return total


def _stated(events: Sequence[ScoredEvent]) -> Counter[str]:
    """Return how much one side states of each figure: the denominators."""
    total = _summed([(event.type, _sizes(event)) for event in events])
    total.update({"event": len(events), "trigger": len(_trigger_spans(events))})
    total.update(f"types/{event.type}/event" for event in events)
    return total


def _sizes(event: ScoredEvent) -> dict[str, int]:
    return {slot: len(event.dates) if slot == "date" else len(event.fillers(slot)) for slot in SLOTS}


def _matched(aligned: Sequence[Aligned], gold: Sequence[ScoredEvent], predicted: Sequence[ScoredEvent]) -> Counter[str]:
    """Return how much of each figure the two sides have in common: the numerators."""
    total = _summed([(one.gold.type, {slot: len(one.pairs[slot]) for slot in SLOTS}) for one in aligned])
    right = [one for one in aligned if one.right]
    total.update({"event": len(right), "trigger": len(_trigger_spans(gold) & _trigger_spans(predicted))})
    total.update(f"types/{one.gold.type}/event" for one in right)
    return total


def _shares(aligned: Sequence[Aligned]) -> tuple[Counter[str], Counter[str]]:
    """Return for status and values how many are right, and of how many; a value that gold lacks asks nothing."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for one in aligned:
        for name, is_right in _judged(one):
            right[name] += is_right
            of[name] += 1
    return right, of


def _judged(one: Aligned) -> Iterator[tuple[str, bool]]:
    """Yield each value that gold gives in an aligned record, and whether the record has the same.

    A date is aligned where the expressions overlap, so that this tells reading a date from finding it; a filler is
    aligned where it matched by its words.
    """
    yield "status", one.gold.status == one.predicted.status
    for date in one.gold.dates:
        values = {other.value for other in one.predicted.dates if other.span.overlaps(date.span)}
        if date.value is not None and values:
            yield "values/date", date.value in values
    for slot, name, given, same in _VALUES:
        for row, column in one.pairs[slot]:
            gold, predicted = one.gold.fillers(slot)[row], one.predicted.fillers(slot)[column]
            if given(gold):
                yield name, same(gold, predicted)


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance between two points in WGS84 degrees, on a sphere.

    >>> round(kilometres(52.52, 13.405, 48.857, 2.352))
    877
    """
    up, down = math.radians(lat), math.radians(other_lat)
    across = math.radians(other_lon - lon)
    chord = math.sin((down - up) / 2) ** 2 + math.cos(up) * math.cos(down) * math.sin(across / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def _has_point(gold: ScoredFiller) -> bool:
    return gold.lat is not None and gold.lon is not None


def _near(gold: ScoredFiller, predicted: ScoredFiller) -> bool:
    ends = (gold.lat, gold.lon, predicted.lat, predicted.lon)
    known = [one for one in ends if one is not None]
    return len(known) == 4 and kilometres(*known) <= NEAR_KM


def _has_country(gold: ScoredFiller) -> bool:
    return gold.country is not None


def _same_country(gold: ScoredFiller, predicted: ScoredFiller) -> bool:
    return gold.country == predicted.country


_VALUES: Final[
    tuple[tuple[str, str, Callable[[ScoredFiller], bool], Callable[[ScoredFiller, ScoredFiller], bool]], ...]
] = (
    *((slot, "values/country", _has_country, _same_country) for slot in ("actor", "target", "source", "location")),
    ("location", "values/coordinates", _has_point, _near),
    ("charge", "values/iccs", lambda gold: gold.iccs is not None, lambda gold, predicted: gold.iccs == predicted.iccs),
    ("penalty", "values/days", lambda gold: gold.days is not None, lambda gold, predicted: gold.days == predicted.days),
)
"""(slot, share, whether gold asks for it, whether the answer is right)."""


def _bins(aligned: Sequence[Aligned], predicted: Sequence[ScoredEvent]) -> NDArray[np.float64]:
    """Return the document's predicted records by confidence; one is right in the sense of the figure `event`."""
    bins = np.zeros((BINS, 3))
    right = Counter(id(one.predicted) for one in aligned if one.right)
    for event in predicted:
        if event.confidence is not None:
            row = min(int(event.confidence * BINS), BINS - 1)
            bins[row] += (right[id(event)] > 0, event.confidence, 1)
            right[id(event)] -= 1  # one object given twice is two records, and one of them stands alone
    return bins
