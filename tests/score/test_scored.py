from __future__ import annotations

from extract.schema.annotation import ChargeValue, PenaltyValue, PlaceValue
from extract.schema.event import Event, EventDate, Filler, Span
from extract.schema.label import LabelDate, LabelEvent, Labelled, LabelSpan
from extract.score import from_event, from_labelled, from_record, score
from extract.score.scored import ScoredSpan


def span(text: str, start: int = 0, *, title: bool = False) -> LabelSpan:
    return LabelSpan(text, start, start + len(text), title)


def record() -> Event:
    def filler(text: str, value: PlaceValue | ChargeValue | PenaltyValue | None) -> tuple[Filler, ...]:
        return (Filler(text, 0, len(text), (Span(text, 0, len(text)),), text, 0.9, value),)

    return Event(
        doc_id="a",
        event_id="1",
        type="sentence",
        status="asserted",
        triggers=(Span("jailed", 10, 16),),
        date=(EventDate("Monday", 20, 26, "2021-12-13", "2021-12-13", "2021-12-13", "relative", 0.8),),
        slots={
            "location": filler("Lagos", PlaceValue("NGA", "Lagos", 6.45, 3.39, 2332459, "city")),
            "charge": filler("theft", ChargeValue("0502", "Theft")),
            "penalty": filler("1 to 2 years", PenaltyValue("imprisonment", (365, 730))),
        },
        confidence=0.7,
    )


def test_a_record_in_memory_and_its_json_are_the_same_event() -> None:
    event = from_event(record())
    assert event == from_record(record().to_json())
    (place,), (charge,), (penalty,) = (event.fillers(slot) for slot in ("location", "charge", "penalty"))
    assert (place.country, place.lat, place.lon) == ("NGA", 6.45, 3.39)
    assert charge.iccs == "0502"
    assert penalty.days == (365, 730)
    assert event.confidence == 0.7


def test_a_record_scored_against_itself_is_right_in_every_value() -> None:
    event = from_event(record())
    shares = score({"a": [event]}, {"a": [event]}, resamples=10).lenient.shares
    assert {name: share.of for name, share in shares.items() if share.of} == {
        "status": 1,
        "values/date": 1,
        "values/country": 1,
        "values/coordinates": 1,
        "values/iccs": 1,
        "values/days": 1,
    }
    assert {share.share for share in shares.values() if share.of} == {1.0}


def test_one_number_of_days_is_a_range_of_one() -> None:
    raw = {**record().to_json(), "penalty": [{"text": "30 days", "days": 30}]}
    assert from_record(raw).fillers("penalty")[0].days == (30, 30)


def test_a_labels_text_is_its_first_mention_and_its_name_the_longest_that_is_no_pronoun() -> None:
    slots = {"target": ((span("he"), span("Ana Ruiz"), span("Ruiz")), (span("himself"), span("he")))}
    (event,) = from_labelled(Labelled("a", "", None, (LabelEvent("arrest", "asserted", (span("held"),), (), slots),)))
    assert [(one.text, one.name) for one in event.fillers("target")] == [("he", "Ana Ruiz"), ("himself", "himself")]


def test_a_labels_date_covers_the_days_of_its_value_and_null_covers_none() -> None:
    dates = (LabelDate(span("December"), "2021-12"), LabelDate(span("one Friday"), None))
    (event,) = from_labelled(Labelled("a", "", None, (LabelEvent("arrest", "asserted", (span("held"),), dates),)))
    assert [(one.earliest, one.latest) for one in event.dates] == [("2021-12-01", "2021-12-31"), (None, None)]


def test_spans_of_title_and_text_never_overlap() -> None:
    assert not ScoredSpan(0, 9, title=True).overlaps(ScoredSpan(0, 9))
    assert ScoredSpan(0, 9).overlaps(ScoredSpan(8, 12))
    assert not ScoredSpan(0, 9).overlaps(ScoredSpan(9, 12))
