"""The event record, as RECORD.md gives it and as JSONL holds it."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extract.schema.annotation import (
    ActorValue,
    ChargeValue,
    CountValue,
    PenaltyValue,
    PlaceValue,
)
from extract.schema.ontology import FILLER_SLOTS

SCHEMA_VERSION = "1"
FillerValue = PlaceValue | ActorValue | ChargeValue | PenaltyValue | CountValue


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the document: `text == document.text[start:end]`, code points, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class EventDate:
    """The date slot: a span and its EDTF value, or `value` None when nothing anchors the expression."""

    text: str
    start: int
    end: int
    value: str | None
    earliest: str | None
    latest: str | None
    basis: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Filler:
    """One filler of a slot: the best mention's span, all mentions, the fullest name, and what it resolved to."""

    text: str
    start: int
    end: int
    mentions: tuple[Span, ...]
    name: str
    confidence: float
    value: FillerValue | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One event record. `slots` holds the filler slots by name; `nulls` says why a slot is empty."""

    doc_id: str
    event_id: str
    type: str
    status: str
    triggers: tuple[Span, ...]
    date: tuple[EventDate, ...] = ()
    slots: Mapping[str, tuple[Filler, ...]] = field(default_factory=dict)
    nulls: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 0.0
    meta: Mapping[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> tuple[Filler, ...]:
        """Return a filler slot by its name: `event.actor`."""
        if name in FILLER_SLOTS:
            return tuple(self.slots.get(name, ()))
        raise AttributeError(name)

    def to_json(self) -> dict[str, Any]:
        """Return the record as RECORD.md's JSON object, keys in its order."""
        return {
            "schema": SCHEMA_VERSION,
            "doc_id": self.doc_id,
            "event_id": self.event_id,
            "type": self.type,
            "triggers": [dataclasses.asdict(one) for one in self.triggers],
            "date": [_clean(dataclasses.asdict(one), keep=("value", "earliest", "latest")) for one in self.date],
            **{slot: [_filler_json(one) for one in self.slots.get(slot, ())] for slot in FILLER_SLOTS},
            "status": self.status,
            "confidence": round(self.confidence, 4),
            "nulls": dict(self.nulls),
            **dict(self.meta),
        }


def _clean(raw: dict[str, Any], *, keep: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        key: round(value, 4) if key == "confidence" else list(value) if isinstance(value, tuple) else value
        for key, value in raw.items()
        if value is not None or key in keep
    }


def _filler_json(filler: Filler) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "text": filler.text,
        "start": filler.start,
        "end": filler.end,
        "mentions": [dataclasses.asdict(one) for one in filler.mentions],
        "name": filler.name,
        "confidence": round(filler.confidence, 4),
    }
    return raw if filler.value is None else {**raw, **value_json(filler.value)}


def value_json(value: FillerValue) -> dict[str, Any]:
    """Return what a filler resolved to, as the keys that stand beside its span."""
    if isinstance(value, ChargeValue):
        return {"iccs": value.iccs, "iccs_label": value.label}
    return _clean(dataclasses.asdict(value))
