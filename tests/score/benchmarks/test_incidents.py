"""An incident counts when the record named most often has its day and its city."""

import datetime as dt
import json
from pathlib import Path

from extract.schema.annotation import PlaceValue
from extract.schema.document import Document
from extract.schema.event import Event, EventDate, Filler, Span
from extract.score.benchmarks.incidents import Incident, incident_figures, main_event, read_incidents

DAY = dt.date(2017, 4, 7)
PEKIN = (40.57, -89.64)


def _event(kind: str, triggers: int, day: str, lat: float) -> Event:
    place = PlaceValue("USA", "Illinois", lat, PEKIN[1], 1, "city")
    return Event(
        "d",
        "e",
        kind,
        "asserted",
        tuple(Span("shot", n, n + 1) for n in range(triggers)),
        (EventDate("Friday", 0, 6, day, day, day, "relative", 0.9),),
        {"location": (Filler("Pekin", 0, 5, (), "Pekin", 0.9, place),)},
    )


def test_the_record_named_most_often_is_the_incident() -> None:
    arrest, once, twice = _event("arrest", 9, "x", 0), _event("killing", 1, "x", 0), _event("attack", 2, "x", 0)
    assert main_event([arrest, once, twice]) is twice
    assert main_event([arrest]) is None


def test_days_and_cities_are_counted_over_all_articles() -> None:
    article = (Document("d", ""), Incident(DAY, "Pekin, Illinois"))
    near, far = _event("killing", 1, "2017-04-07", PEKIN[0] + 0.1), _event("killing", 1, "2017-04-08", PEKIN[0] + 1)
    answers = iter([[near], [far], []])
    found = incident_figures([article] * 3, lambda _: next(answers), lambda _: PEKIN).to_json()
    assert (found["found"], found["day_right"], found["city_right"]) == (2, 1, 1)
    assert found["day_accuracy"] == found["city_accuracy"] == 0.3333


def test_incidents_are_read_by_number(tmp_path: Path) -> None:
    raw = {"incident_uri": "7", "date": "April 7, 2017", "state": "Illinois", "city_or_county": "Pekin (South)"}
    (tmp_path / "i.jsonl").write_text(json.dumps(raw) + "\n")
    assert read_incidents(tmp_path / "i.jsonl") == {"7": Incident(DAY, "Pekin, Illinois")}
