from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from extract.score import compare, score
from extract.score.scored import ScoredEvent

Build = Callable[..., ScoredEvent]


def corpus(build: Build, *, found: int) -> dict[str, list[ScoredEvent]]:
    """Twenty documents of two arrests, of which each second document has `found` found."""
    events = [build("arrest", triggers=[(n, n + 1)], target=[f"person {n}"]) for n in range(2)]
    return {str(n): events[:found] if n % 2 else events for n in range(20)}


def test_the_better_system_is_surely_better(build: Build) -> None:
    gold, worse = corpus(build, found=2), corpus(build, found=1)
    card = compare(gold, worse, gold).lenient["card"]
    scores = [score(gold, one, resamples=10).lenient.figures["card"].f1 for one in (worse, gold)]
    assert [card.a, card.b] == scores
    assert card.difference == pytest.approx(1 - 30 / 35)
    assert card.interval is not None
    assert card.interval[0] > 0
    assert card.p is not None
    assert card.p < 0.01


def test_a_system_is_no_better_than_itself(build: Build) -> None:
    one = corpus(build, found=1)
    card = compare(corpus(build, found=2), one, one).lenient["card"]
    assert (card.difference, card.interval, card.p) == (0, (0, 0), 1)


def test_swapping_the_systems_turns_the_sign(build: Build) -> None:
    gold, worse = corpus(build, found=2), corpus(build, found=1)
    there, back = compare(gold, worse, gold).strict["card"], compare(gold, gold, worse).strict["card"]
    assert there.difference is not None
    assert back.difference == -there.difference
    assert there.p == back.p


def test_figures_that_nobody_states_have_no_difference_and_no_row(build: Build) -> None:
    comparison = compare(corpus(build, found=2), corpus(build, found=1), corpus(build, found=0), resamples=20)
    assert comparison.lenient["types/killing/card"].difference is None
    assert "types/killing/card" not in {row[0] for row in comparison.table()}
    assert {len(row) for row in comparison.table()} == {8}
    assert json.loads(json.dumps(comparison.to_json())) == comparison.to_json()
