from __future__ import annotations

from collections.abc import Callable

from extract.score.align import align, compare_events
from extract.score.scored import ScoredEvent

Build = Callable[..., ScoredEvent]


def test_weight_is_type_plus_slots_plus_half_a_trigger(build: Build) -> None:
    gold = build("arrest", date="2021-12-15", actor=["police"], target=["Ana", "Ben"])
    aligned = compare_events(gold, build("arrest", date="2021-12-15", target=["Ben", "Cy"]), strict=True)
    assert aligned.weight == 1 + 1 + 1 + 0.5


def test_a_trigger_matches_only_as_the_exact_span(build: Build) -> None:
    gold = build("arrest", triggers=[(0, 8), (20, 26)])
    assert compare_events(gold, build("arrest", triggers=[(20, 26)]), strict=True).trigger
    assert not compare_events(gold, build("arrest", triggers=[(20, 25)]), strict=True).trigger


def test_records_are_aligned_by_what_they_share_and_not_by_order(build: Build) -> None:
    ana, ben = (build("arrest", triggers=[(n, n + 1)], target=[name]) for n, name in enumerate(("Ana", "Ben")))
    assert [(one.gold, one.predicted) for one in align([ana, ben], [ben, ana], strict=True)] == [(ana, ana), (ben, ben)]


def test_records_of_other_types_are_never_aligned(build: Build) -> None:
    assert align([build("arrest", target=["Ana"])], [build("charge", target=["Ana"])], strict=True) == ()


def test_records_of_one_type_are_aligned_even_when_they_share_nothing(build: Build) -> None:
    (one,) = align([build("arrest", triggers=[(0, 1)])], [build("arrest", triggers=[(5, 6)])], strict=True)
    assert one.weight == 1
    assert not one.right


def test_the_total_counts_more_than_the_best_pair(build: Build) -> None:
    gold = [
        build("attack", triggers=[(0, 1)], actor=["Ana"], target=["Ben"]),
        build("attack", triggers=[(2, 3)], target=["Ben"]),
    ]
    predicted = [build("attack", triggers=[(4, 5)], target=["Ben"]), build("attack", triggers=[(6, 7)], actor=["Ana"])]
    assert sum(one.weight for one in align(gold, predicted, strict=True)) == 4


def test_a_tie_goes_to_the_card(build: Build) -> None:
    gold = [build("arrest", triggers=[(0, 1)], location=["Lagos"], target=["Ana"])]
    by_target, by_place = (
        build("arrest", triggers=[(5, 6)], target=["Ana"]),
        build("arrest", triggers=[(7, 8)], location=["Lagos"]),
    )
    for predicted in ([by_target, by_place], [by_place, by_target]):
        (one,) = align(gold, predicted, strict=True)
        assert one.predicted is by_place


def test_a_shared_day_alone_does_not_make_it_the_same_event(build: Build) -> None:
    one, other = (build("arrest", triggers=[(n, n + 1)], date="2021-12-15") for n in (0, 5))
    assert not compare_events(one, other, strict=True).right
