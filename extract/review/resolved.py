"""What words of an article mean in a slot, by the same resolvers that read the model's mentions."""

import dataclasses
from collections.abc import Iterable
from typing import Any, Final

from extract.resolve import resolve
from extract.schema.annotation import SLOT_LABEL, Annotated, DateValue, Mention, Unresolved
from extract.schema.document import Document
from extract.schema.event import Event, Span, value_json

MOST_AROUND: Final = 60
"""Other dates or places of the article that a new one is read beside: "two days later" needs them, 500 take long."""


def value_of(document: Document, events: Iterable[Event], slot: str, span: Span) -> dict[str, Any]:
    """Return what the words resolve to in the slot, as a record's keys; `{"reason": …}` where to nothing."""
    label = SLOT_LABEL[slot]
    around = dict.fromkeys(one for event in events for one in _spans(event, label) if one != span)
    near = sorted(around, key=lambda one: abs(one.start - span.start))[:MOST_AROUND]
    mentions = (Mention(one.text, one.start, one.end, label, 1.0, n) for n, one in enumerate((span, *near)))
    value = resolve(Annotated(document, tuple(mentions))).values.get(0)
    match value:
        case None:
            return {}
        case Unresolved(reason=reason):
            return {"reason": reason}
        case DateValue():
            return dataclasses.asdict(value)
        case _:
            return value_json(value)


def _spans(event: Event, label: str) -> list[Span]:
    if label == "date":
        return [Span(one.text, one.start, one.end) for one in event.date]
    if label != "place":
        return []
    return [Span(one.text, one.start, one.end) for one in event.slots.get("location", ())]
