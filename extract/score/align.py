"""Which predicted record answers which gold record: the one-to-one alignment of SCORING.md section 1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.schema.ontology import CARD_SLOTS, FILLER_SLOTS, SLOTS
from extract.score.assign import assign
from extract.score.scored import ScoredEvent
from extract.score.slots import Pairs, pair_slots

_DIGIT = 20  # bits: a digit of the ranking sums over a document's records, and none has a million


@dataclass(frozen=True, slots=True)
class Aligned:
    """A gold and a predicted record of one type held against each other, and what matches between them."""

    gold: ScoredEvent
    predicted: ScoredEvent
    pairs: Mapping[str, Pairs]
    trigger: bool

    @property
    def right(self) -> bool:
        """Return whether it is the same event: a trigger or any filler shared. A date alone is not enough."""
        return self.trigger or any(self.pairs[slot] for slot in FILLER_SLOTS)

    @property
    def weight(self) -> float:
        """Return 1 for the type, 1 for each match in the nine slots, 0.5 for a trigger."""
        return 1 + sum(map(len, self.pairs.values())) + 0.5 * self.trigger

    @property
    def rank(self) -> int:
        """Return the weight, then what decides a tie: the figures in order of note, so that all counts are unique.

        Alignments of equal weight may differ in what they match; without this the counts would depend on the order
        of the records and on which side is called gold.
        """
        matched = {slot: len(self.pairs[slot]) for slot in SLOTS}
        status = self.gold.status == self.predicted.status
        card = sum(matched[slot] for slot in CARD_SLOTS)
        digits = (int(2 * self.weight), card, self.right, self.trigger, *matched.values(), status)
        rank = 0
        for digit in digits:
            rank = (rank << _DIGIT) + digit
        return rank


def compare_events(gold: ScoredEvent, predicted: ScoredEvent, *, strict: bool) -> Aligned:
    """Return two events of one type held against each other."""
    shared = not gold.triggers.isdisjoint(predicted.triggers)
    return Aligned(gold, predicted, pair_slots(gold, predicted, strict=strict), shared)


def align(gold: Sequence[ScoredEvent], predicted: Sequence[ScoredEvent], *, strict: bool) -> tuple[Aligned, ...]:
    """Return one document's aligned records, type by type: the pairing with the largest total weight.

    Every record weighs at least 1 against any other of its type, so as many are aligned as the rarer side has.
    """
    aligned: list[Aligned] = []
    for kind in dict.fromkeys(event.type for event in gold):
        table = [
            [compare_events(one, other, strict=strict) for other in predicted if other.type == kind]
            for one in gold
            if one.type == kind
        ]
        pairs = assign([[cell.rank for cell in row] for row in table])
        aligned += [table[row][column] for row, column in pairs]
    return tuple(aligned)
