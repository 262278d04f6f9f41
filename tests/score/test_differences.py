"""Every wrong or missing slot is one line, and a right reading has none."""

from extract.score.differences import differences
from extract.score.scored import ScoredEvent, from_record


def _event(kind: str, start: int, **slots: str) -> ScoredEvent:
    span = {"text": "x", "start": start, "end": start + 1}
    fillers = {slot: [{**span, "text": words, "name": words, "mentions": []}] for slot, words in slots.items()}
    return from_record({"type": kind, "status": "asserted", "triggers": [span], "confidence": 0.5, **fillers})


def _found(gold: list[ScoredEvent], predicted: list[ScoredEvent]) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.kind, one.slot, one.gold, one.predicted) for one in differences({"d": gold}, {"d": predicted})]


def test_a_right_reading_has_no_differences() -> None:
    gold = [_event("arrest", 0, target="Ana Ruiz")]
    assert _found(gold, gold) == []


def test_missing_extra_and_other_fillers_are_told_apart() -> None:
    gold = [_event("arrest", 0, target="Ana Ruiz", location="Lagos", charge="fraud")]
    ours = [_event("arrest", 0, target="Kim", actor="police", charge="fraud")]
    assert _found(gold, ours) == [
        ("extra", "actor", None, "police"),
        ("other", "target", "Ana Ruiz", "Kim"),
        ("missing", "location", "Lagos", None),
    ]


def test_a_record_never_proposed_costs_its_type_and_slots() -> None:
    assert _found([_event("trial", 0, target="Kim")], [_event("arrest", 5)]) == [
        ("no record", "type", "trial", None),
        ("no record", "target", "Kim", None),
        ("extra record", "type", None, "arrest"),
    ]
