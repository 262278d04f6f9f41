"""Words a person selects resolve as the model's do."""

from extract.review.resolved import value_of
from extract.schema.event import Span
from tests.review.conftest import DOCUMENT, span, started


def _value(slot: str, words: str) -> dict[str, object]:
    events = [one.event for one in started().state.records]
    return value_of(DOCUMENT, events, slot, Span(**span(words)))


def test_a_date_counts_from_publication_and_a_place_is_found() -> None:
    assert _value("date", "Wednesday")["value"] == "2021-12-15"
    assert _value("location", "Lagos")["country"] == "NGA"


def test_what_resolves_to_nothing_says_why_or_is_silent() -> None:
    assert "reason" in _value("location", "officers said")
    assert _value("instrument", "fraud") == {}
