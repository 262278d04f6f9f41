"""Builders of small events: `build("arrest", triggers=[(0, 8)], actor=["police"], date="2021-12-15")`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from extract.schema.edtf import bounds
from extract.score.scored import ScoredDate, ScoredEvent, ScoredFiller, ScoredSpan

Build = Callable[..., ScoredEvent]


def _filler(words: str | ScoredFiller) -> ScoredFiller:
    """ "John Smith|Smith|he" is a filler with three mentions, the first its text and the longest its name."""
    if isinstance(words, ScoredFiller):
        return words
    mentions = tuple(words.split("|"))
    return ScoredFiller(mentions[0], max(mentions, key=len), mentions)


def _build(
    kind: str,
    *,
    triggers: Sequence[tuple[int, int]] = ((0, 1),),
    date: str | None = None,
    status: str = "asserted",
    confidence: float | None = None,
    **slots: Sequence[str | ScoredFiller],
) -> ScoredEvent:
    dates = () if date is None else (ScoredDate(date, ScoredSpan(900, 910), date, *bounds(date)),)
    fillers = {slot: tuple(_filler(one) for one in words) for slot, words in slots.items()}
    return ScoredEvent(kind, status, frozenset(ScoredSpan(*one) for one in triggers), dates, fillers, confidence)


@pytest.fixture(scope="session")
def build() -> Build:
    return _build
