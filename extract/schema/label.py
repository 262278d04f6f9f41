"""Stand-off labels: what people read in an article, as offsets into a text that is kept elsewhere.

One JSON object an article: `id`, `sha256` of the text (UTF-8), `published`, `events`; each event has `type`,
`status`, `triggers`, `date` (spans with an EDTF `value` or null) and the filler slots, each a list of
`{"mentions": [span, …]}` with the best mention first. A span in the title instead of the text carries
`"title": true`.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.errors import LabelError
from extract.schema import edtf
from extract.schema.ontology import FILLER_SLOTS, STATUSES, TYPES


@dataclass(frozen=True, slots=True)
class LabelSpan:
    """Words of the text (or, with `title`, of the title): code points, end exclusive."""

    text: str
    start: int
    end: int
    title: bool = False


@dataclass(frozen=True, slots=True)
class LabelDate:
    """A date expression and its value; `None` when nothing anchors it."""

    span: LabelSpan
    value: str | None


@dataclass(frozen=True, slots=True)
class LabelEvent:
    """One event as a labeller read it; `slots[name]` lists fillers, each a tuple of coreferent spans."""

    type: str
    status: str
    triggers: tuple[LabelSpan, ...]
    date: tuple[LabelDate, ...] = ()
    slots: Mapping[str, tuple[tuple[LabelSpan, ...], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article's labels; `text` and `title` only where the project carries the article itself."""

    id: str
    sha256: str
    published: str | None
    events: tuple[LabelEvent, ...]
    title: str | None = None
    text: str | None = None
    origin: str | None = None


def sha256_of(text: str) -> str:
    """Return the hex SHA-256 of the text's UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _span(raw: Mapping[str, Any]) -> LabelSpan:
    return LabelSpan(raw["text"], raw["start"], raw["end"], bool(raw.get("title", False)))


def _event(raw: Mapping[str, Any]) -> LabelEvent:
    return LabelEvent(
        type=raw["type"],
        status=raw["status"],
        triggers=tuple(_span(one) for one in raw["triggers"]),
        date=tuple(LabelDate(_span(one), one.get("value")) for one in raw.get("date", ())),
        slots={
            slot: tuple(tuple(_span(one) for one in filler["mentions"]) for filler in raw.get(slot, ()))
            for slot in FILLER_SLOTS
        },
    )


def read_labelled(raw: Mapping[str, Any]) -> Labelled:
    """Return the labels in a parsed JSON object; raises `LabelError` naming the article and the field."""
    try:
        return Labelled(
            id=raw["id"],
            sha256=raw["sha256"],
            published=raw.get("published"),
            events=tuple(_event(one) for one in raw["events"]),
            title=raw.get("title"),
            text=raw.get("text"),
            origin=raw.get("origin"),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise LabelError(f"{raw.get('id', '?')}: a label needs id, sha256, events; {error!r} is off") from error


def _span_json(span: LabelSpan) -> dict[str, Any]:
    raw: dict[str, Any] = {"text": span.text, "start": span.start, "end": span.end}
    return {**raw, "title": True} if span.title else raw


def labelled_json(labelled: Labelled) -> dict[str, Any]:
    """Return the JSON object of the label form: the inverse of `read_labelled`."""
    events = [
        {
            "type": event.type,
            "status": event.status,
            "triggers": [_span_json(one) for one in event.triggers],
            "date": [{**_span_json(one.span), "value": one.value} for one in event.date],
            **{
                slot: [{"mentions": [_span_json(one) for one in filler]} for filler in event.slots.get(slot, ())]
                for slot in FILLER_SLOTS
            },
        }
        for event in labelled.events
    ]
    own = {"title": labelled.title, "text": labelled.text} if labelled.text is not None else {}
    origin = {"origin": labelled.origin} if labelled.origin else {}
    head = {"id": labelled.id, "sha256": labelled.sha256, "published": labelled.published}
    return {**head, **origin, **own, "events": events}


def _check_span(span: LabelSpan, text: str, title: str) -> list[str]:
    home = title if span.title else text
    if not 0 <= span.start < span.end <= len(home):
        return [
            f"span {span.start}–{span.end} is outside the {'title' if span.title else 'text'} ({len(home)} characters)"
        ]
    if home[span.start : span.end] != span.text:
        return [f"span {span.start}–{span.end} reads {home[span.start : span.end]!r}, the label says {span.text!r}"]
    return []


def _overlap(spans: Sequence[LabelSpan]) -> list[str]:
    ordered = sorted({(one.title, one.start, one.end) for one in spans})
    if len(ordered) < len(spans):
        return ["the same span stands twice among one filler's mentions"]
    return []


def problems(labelled: Labelled, *, text: str, title: str | None) -> list[str]:
    """Return everything that is wrong with the labels of this text, one sentence each; empty when they fit."""
    if labelled.sha256 != sha256_of(text):
        return ["the text is another version than the one labelled (SHA-256 differs)"]
    found: list[str] = []
    for number, event in enumerate(labelled.events, start=1):
        for line in _event_problems(event, text, title or ""):
            found.append(f"event {number} ({event.type}): {line}")
    return found


def _event_problems(event: LabelEvent, text: str, title: str) -> list[str]:
    found: list[str] = []
    if event.type not in TYPES:
        found.append(f"unknown type {event.type!r}; allowed: {', '.join(TYPES)}")
    if event.status not in STATUSES:
        found.append(f"unknown status {event.status!r}; allowed: {', '.join(STATUSES)}")
    if not event.triggers:
        found.append("no trigger")
    found += _overlap(event.triggers)
    spans = [*event.triggers, *(one.span for one in event.date)]
    for slot, fillers in event.slots.items():
        if slot not in FILLER_SLOTS:
            found.append(f"unknown slot {slot!r}; allowed: date, {', '.join(FILLER_SLOTS)}")
        for filler in fillers:
            if not filler:
                found.append(f"{slot}: a filler without a mention")
            found += [f"{slot}: {line}" for line in _overlap(filler)]
            spans += filler
    for span in spans:
        found += _check_span(span, text, title)
    for one in event.date:
        if one.value is not None and not edtf.is_edtf(one.value):
            found.append(f"date {one.span.text!r}: {one.value!r} is not EDTF level 0/1")
    return found
