"""What is wrong, one line a slot: the list to read before anything is changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from extract.schema.ontology import SLOTS
from extract.score.align import Aligned, align
from extract.score.scored import ScoredEvent


@dataclass(frozen=True, slots=True)
class Difference:
    """One wrong or missing slot.

    kind: "no record" (gold's record was never proposed: `slot` is "type" once, then each filled slot),
    "extra record", "missing", "extra", or "other" (both have the slot, with different words or values).
    """

    doc_id: str
    kind: str
    type: str
    slot: str
    gold: str | None
    predicted: str | None
    confidence: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the line as a JSON object."""
        return asdict(self)


def differences(
    gold: Mapping[str, Sequence[ScoredEvent]], predicted: Mapping[str, Sequence[ScoredEvent]], *, strict: bool = False
) -> Iterator[Difference]:
    """Yield every difference, document by document in gold's order; documents without gold are left out."""
    for name, events in gold.items():
        found = list(predicted.get(name, ()))
        aligned = align(events, found, strict=strict)
        for pair in aligned:
            yield from _between(name, pair)
        seen = {id(pair.gold) for pair in aligned}, {id(pair.predicted) for pair in aligned}
        for one in events:
            if id(one) not in seen[0]:
                yield from _alone(name, one, "no record")
        for one in found:
            if id(one) not in seen[1]:
                yield from _alone(name, one, "extra record")


def _words(event: ScoredEvent, slot: str) -> list[str]:
    if slot == "date":
        return [f"{one.text} = {one.value}" for one in event.dates]
    return [one.name for one in event.fillers(slot)]


def _alone(name: str, event: ScoredEvent, kind: str) -> Iterator[Difference]:
    ours = kind == "extra record"
    for slot, words in (("type", [event.type]), *((slot, _words(event, slot)) for slot in SLOTS)):
        for one in words:
            gold, predicted = (None, one) if ours else (one, None)
            yield Difference(name, kind, event.type, slot, gold, predicted, event.confidence)


def _between(name: str, pair: Aligned) -> Iterator[Difference]:
    sure = pair.predicted.confidence
    if pair.gold.status != pair.predicted.status:
        yield Difference(name, "other", pair.gold.type, "status", pair.gold.status, pair.predicted.status, sure)
    for slot in SLOTS:
        golds, ours = _words(pair.gold, slot), _words(pair.predicted, slot)
        matched = pair.pairs[slot]
        left = [one for number, one in enumerate(golds) if number not in {row for row, _ in matched}]
        extra = [one for number, one in enumerate(ours) if number not in {column for _, column in matched}]
        for number in range(max(len(left), len(extra))):
            one = left[number] if number < len(left) else None
            other = extra[number] if number < len(extra) else None
            kind = "other" if one and other else "missing" if one else "extra"
            yield Difference(name, kind, pair.gold.type, slot, one, other, sure)
