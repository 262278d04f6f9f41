"""What must hold for any gold and any prediction."""

from __future__ import annotations

import itertools
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.schema.edtf import bounds
from extract.schema.ontology import FILLER_SLOTS
from extract.score import agree, score
from extract.score.align import Aligned, align, compare_events
from extract.score.report import Reading, Report
from extract.score.scored import ScoredDate, ScoredEvent, ScoredFiller, ScoredSpan

NAMES = ("Ana Ruiz", "Ana Lopez", "Ruiz", "police", "the city police", "he", "Ben", "theft", "armed theft")


def filler(name: str) -> ScoredFiller:
    return ScoredFiller(name, name, (name,))


def dated(value: str) -> tuple[ScoredDate, ...]:
    return (ScoredDate(value, ScoredSpan(90, 99), value, *bounds(value)),)


slots = st.dictionaries(
    st.sampled_from(FILLER_SLOTS[:4]), st.lists(st.sampled_from(NAMES).map(filler), max_size=3).map(tuple)
)
dates = st.just(()) | st.sampled_from(("2021-12-15", "2021-12", "2020")).map(dated)
triggers = st.frozensets(st.integers(0, 6).map(lambda at: ScoredSpan(at, at + 3)), min_size=1, max_size=2)
events = st.builds(
    ScoredEvent,
    st.sampled_from(("arrest", "killing")),
    st.sampled_from(("asserted", "alleged")),
    triggers,
    dates,
    slots,
)
documents = st.lists(events, max_size=5)
corpora = st.dictionaries(st.sampled_from("abc"), documents, min_size=1)
both = st.booleans()


def quick(gold: dict[str, list[ScoredEvent]], predicted: dict[str, list[ScoredEvent]]) -> Report:
    return score(gold, predicted, resamples=2)


def f1s(reading: Reading) -> dict[str, float | None]:
    return {name: figure.f1 for name, figure in reading.figures.items()}


@given(corpora)
def test_anything_scored_against_itself_is_perfect(gold: dict[str, list[ScoredEvent]]) -> None:
    report = quick(gold, gold)
    for reading in (report.lenient, report.strict):
        assert set(f1s(reading).values()) <= {1.0, None}
        assert {share.share for share in reading.shares.values()} <= {1.0, None}


@given(documents, documents)
def test_f1_is_symmetric(a: list[ScoredEvent], b: list[ScoredEvent]) -> None:
    there, back = quick({"a": a}, {"a": b}), quick({"a": b}, {"a": a})
    assert f1s(there.lenient) == f1s(back.lenient)
    assert f1s(there.strict) == f1s(back.strict)


@given(documents, documents)
def test_agreement_of_single_mentions_is_the_scores_f1(a: list[ScoredEvent], b: list[ScoredEvent]) -> None:
    assert f1s(agree({"a": a}, {"a": b}).lenient) == f1s(quick({"a": a}, {"a": b}).lenient)


@given(documents, documents, st.randoms())
def test_order_of_records_changes_no_figure(
    gold: list[ScoredEvent], predicted: list[ScoredEvent], random: Random
) -> None:
    shuffled = list(predicted)
    random.shuffle(shuffled)
    assert f1s(quick({"a": gold}, {"a": predicted}).lenient) == f1s(quick({"a": gold}, {"a": shuffled}).lenient)


@given(documents, documents, both)
def test_removing_a_record_that_answers_no_gold_never_lowers_f1(
    gold: list[ScoredEvent], predicted: list[ScoredEvent], strict: bool
) -> None:
    used = {id(one.predicted) for one in align(gold, predicted, strict=strict)}
    kept = [event for event in predicted if id(event) in used]
    before, after = (f1s(_side(quick({"a": gold}, {"a": one}), strict)) for one in (predicted, kept))
    for name in ("card", "all", "event", "type", *(f"slots/{slot}" for slot in FILLER_SLOTS)):
        assert (after[name] is None and not before[name]) or after[name] >= before[name]  # type: ignore[operator]


def _side(report: Report, strict: bool) -> Reading:
    return report.strict if strict else report.lenient


@given(documents, documents)
def test_no_count_is_matched_that_is_not_stated_on_both_sides(a: list[ScoredEvent], b: list[ScoredEvent]) -> None:
    for figure in quick({"a": a}, {"a": b}).lenient.figures.values():
        assert 0 <= figure.matched <= min(figure.predicted, figure.gold)


@settings(deadline=None)
@given(st.lists(events, max_size=4), st.lists(events, max_size=4), both)
def test_alignment_has_the_largest_total_weight(a: list[ScoredEvent], b: list[ScoredEvent], strict: bool) -> None:
    found = sum(one.weight for one in align(a, b, strict=strict))
    assert found == max((sum(one.weight for one in _in_turn(a, way, strict)) for way in _ways(len(a), b)), default=0)


def _ways(rows: int, b: list[ScoredEvent]) -> list[tuple[ScoredEvent | None, ...]]:
    """Return every way to give each of `rows` one of `b` or nobody."""
    return list(itertools.permutations([*b, *([None] * rows)], rows))


def _in_turn(a: list[ScoredEvent], way: tuple[ScoredEvent | None, ...], strict: bool) -> list[Aligned]:
    pairs = [(one, other) for one, other in zip(a, way, strict=True) if other is not None and one.type == other.type]
    return [compare_events(one, other, strict=strict) for one, other in pairs]
