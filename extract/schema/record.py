"""The JSON Schema (2020-12) of a record, for machines: the same contract as docs/RECORD.md."""

from typing import Any

from extract.schema.event import SCHEMA_VERSION
from extract.schema.ontology import FILLER_SLOTS, SLOTS, STATUSES, TYPES

_OFFSETS: dict[str, Any] = {
    "text": {"type": "string"},
    "start": {"type": "integer", "minimum": 0, "description": "Unicode code points into the document's text"},
    "end": {"type": "integer", "minimum": 1, "description": "exclusive"},
}
_SPAN: dict[str, Any] = {"type": "object", "properties": _OFFSETS, "required": ["text", "start", "end"]}
_CONFIDENCE: dict[str, Any] = {"type": "number", "minimum": 0, "maximum": 1}
_COUNTRY: dict[str, Any] = {"type": "string", "pattern": "^[A-Z]{3}$"}
_DAY: dict[str, Any] = {"type": ["string", "null"], "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_DAYS: dict[str, Any] = {"type": ["integer", "array"], "items": {"type": "integer"}}

_ACTOR: dict[str, Any] = {
    "kind": {"enum": ["person", "group", "organisation", "state"]},
    "country": _COUNTRY,
}

_VALUES: dict[str, dict[str, Any]] = {
    "actor": _ACTOR,
    "target": _ACTOR,
    "source": _ACTOR,
    "charge": {"iccs": {"type": "string", "pattern": r"^\d{2}(\d{2})?$"}, "iccs_label": {"type": "string"}},
    "location": {
        "country": _COUNTRY,
        "admin1": {"type": "string"},
        "lat": {"type": "number", "minimum": -90, "maximum": 90},
        "lon": {"type": "number", "minimum": -180, "maximum": 180},
        "geonameid": {"type": "integer"},
        "precision": {"enum": ["point", "city", "region", "country"]},
    },
    "penalty": {
        "kind": {"enum": ["death", "imprisonment", "fine", "probation", "community", "other"]},
        "days": _DAYS,
        "amount": {"type": "number"},
        "currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
    },
    "instrument": {},
    "count": {
        "value": {"type": ["integer", "array"], "items": {"type": ["integer", "null"]}},
        "of": {"enum": ["targets", "actors", "events"]},
    },
}


def _filler(slot: str) -> dict[str, Any]:
    own = {"mentions": {"type": "array", "items": _SPAN}, "name": {"type": "string"}, "confidence": _CONFIDENCE}
    return {
        "type": "object",
        "properties": {**_OFFSETS, **own, **_VALUES[slot]},
        "required": ["text", "start", "end", "mentions", "name", "confidence"],
    }


def _date() -> dict[str, Any]:
    own = {
        "value": {"type": ["string", "null"], "description": "EDTF level 0/1"},
        "earliest": _DAY,
        "latest": _DAY,
        "basis": {"enum": ["stated", "relative"]},
        "confidence": _CONFIDENCE,
    }
    return {"type": "object", "properties": {**_OFFSETS, **own}, "required": ["text", "start", "end", "value"]}


def json_schema() -> dict[str, Any]:
    """Return the schema of one JSONL line that `run` writes."""
    fillers = {slot: {"type": "array", "items": _filler(slot)} for slot in FILLER_SLOTS}
    reasons = {"enum": ["not_stated", "unresolved", "low_confidence"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "chargesheet event record",
        "type": "object",
        "properties": {
            "schema": {"const": SCHEMA_VERSION},
            "doc_id": {"type": "string"},
            "event_id": {"type": "string"},
            "type": {"enum": list(TYPES)},
            "triggers": {"type": "array", "items": _SPAN, "minItems": 1},
            "date": {"type": "array", "items": _date(), "maxItems": 1},
            **fillers,
            "status": {"enum": list(STATUSES)},
            "confidence": _CONFIDENCE,
            "page": {"type": "integer", "minimum": 1, "description": "of a report, where its best trigger stands"},
            "story_id": {"type": "string", "description": "`link`: the same for one event in several articles"},
            "review": {
                "type": "object",
                "description": "of a record that people saw: accepted, corrected or seen, and by whom",
                "properties": {
                    "state": {"enum": ["accepted", "corrected", "seen"]},
                    "by": {"type": "array", "items": {"type": "string"}},
                    "note": {"type": "string"},
                },
            },
            "nulls": {"type": "object", "properties": dict.fromkeys(SLOTS, reasons), "additionalProperties": False},
        },
        "required": ["schema", "doc_id", "event_id", "type", "triggers", "date", *FILLER_SLOTS, "status", "confidence"],
    }
