"""Slots as short words."""

from extract.review.words import date_words, slot_words
from extract.schema.annotation import CountValue, PenaltyValue, PlaceValue
from extract.schema.event import Event, EventDate, Filler


def _filler(text: str, value: object = None) -> Filler:
    return Filler(text, 0, len(text), (), text, 0.9, value)  # type: ignore[arg-type]


def test_a_date_without_a_value_is_its_words_alone() -> None:
    assert date_words(EventDate("Monday", 0, 6, None, None, None, None, 0.5)) == "“Monday”"


def test_values_stand_in_brackets_after_the_name() -> None:
    slots = {
        "location": (_filler("Paris", PlaceValue("USA", "Texas", 33.0, -95.0, 1, "city")),),
        "penalty": (_filler("two years", PenaltyValue("imprisonment", 730)),),
        "count": (_filler("dozens", CountValue((24, None))),),
    }
    event = Event("d", "e", "sentence", "asserted", (), slots=slots)  # type: ignore[arg-type]
    assert slot_words(event, "location") == ["Paris (Texas, USA)"]
    assert slot_words(event, "penalty") == ["two years (730 days)"]
    assert slot_words(event, "count") == ["dozens (24–)"]
