"""A record's JSON back to an `Event`: the inverse of `Event.to_json`."""

from collections.abc import Mapping
from typing import Any

from extract.errors import FormatError
from extract.schema.annotation import ActorValue, ChargeValue, CountValue, PenaltyValue, PlaceValue
from extract.schema.event import Event, EventDate, Filler, FillerValue, Span
from extract.schema.ontology import FILLER_SLOTS, STATUSES, TYPES

_KNOWN = {"schema", "doc_id", "event_id", "type", "triggers", "date", *FILLER_SLOTS, "status", "confidence", "nulls"}


def read_record(raw: Mapping[str, Any]) -> Event:
    """Return the event; raises `FormatError` naming the record and what is off."""
    try:
        if raw["type"] not in TYPES or raw["status"] not in STATUSES:
            raise TypeError(f"type {raw['type']!r} or status {raw['status']!r}")
        return Event(
            doc_id=raw["doc_id"],
            event_id=raw["event_id"],
            type=raw["type"],
            status=raw["status"],
            triggers=tuple(_span(one) for one in raw["triggers"]),
            date=tuple(read_date(one) for one in raw["date"]),
            slots={slot: tuple(read_filler(slot, one) for one in raw[slot]) for slot in FILLER_SLOTS},
            nulls=dict(raw.get("nulls", {})),
            confidence=raw["confidence"],
            meta={key: value for key, value in raw.items() if key not in _KNOWN},
        )
    except (KeyError, TypeError, AttributeError) as error:
        name = raw.get("event_id", "?") if isinstance(raw, Mapping) else "?"
        raise FormatError(f"record {name}: {error!r} is off; chargesheet schema prints the form") from error


def _span(raw: Mapping[str, Any]) -> Span:
    return Span(raw["text"], *_place(raw))


def _place(raw: Mapping[str, Any]) -> tuple[int, int]:
    """Return where the words stand; offsets go into pages as they are, so that nothing but numbers may pass."""
    start, end = raw["start"], raw["end"]
    if type(start) is not int or type(end) is not int:
        raise TypeError(f"offsets {start!r} and {end!r} are no whole numbers")
    return start, end


def read_date(raw: Mapping[str, Any]) -> EventDate:
    """Return the date slot's one entry."""
    start, end = _place(raw)
    return EventDate(
        text=raw["text"],
        start=start,
        end=end,
        value=raw.get("value"),
        earliest=raw.get("earliest"),
        latest=raw.get("latest"),
        basis=raw.get("basis"),
        confidence=raw["confidence"],
    )


def read_filler(slot: str, raw: Mapping[str, Any]) -> Filler:
    """Return a filler; what it resolved to is read by the slot's own keys."""
    mentions = tuple(_span(one) for one in raw["mentions"])
    return Filler(raw["text"], *_place(raw), mentions, raw["name"], raw["confidence"], _value(slot, raw))


def _value(slot: str, raw: Mapping[str, Any]) -> FillerValue | None:
    match slot:
        case "actor" | "target" | "source" if "kind" in raw:
            return ActorValue(raw["kind"], raw.get("country"))
        case "location" if "precision" in raw:
            country, admin1, lat, lon, number = map(raw.get, ("country", "admin1", "lat", "lon", "geonameid"))
            return PlaceValue(country, admin1, lat, lon, number, raw["precision"])
        case "charge" if "iccs" in raw:
            return ChargeValue(raw["iccs"], raw["iccs_label"])
        case "penalty" if "kind" in raw:
            return PenaltyValue(raw["kind"], _range(raw.get("days")), raw.get("amount"), raw.get("currency"))
        case "count" if "value" in raw:
            return CountValue(_range(raw["value"]), raw.get("of"))
    return None


def _range(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
