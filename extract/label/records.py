"""A labelled article as the records a person labelled in it, to be shown where predicted ones are shown."""

from dataclasses import replace

from extract.schema.document import Document
from extract.schema.event import Event, EventDate, Filler, Span
from extract.schema.label import LabelDate, LabelEvent, Labelled, LabelSpan

GAP = "\n\n"
"""What parts the title from the text."""


def as_records(labelled: Labelled, document: Document) -> tuple[Document, tuple[Event, ...]]:
    """Return the article with its title, if any, as its first line, and its labels as records of confidence 1.

    Labels may lie in the title, records only in the text: so that nothing labelled is left out, the two become one.
    """
    head = document.title + GAP if document.title else ""
    whole = replace(document, text=head + document.text, title=None)
    events = (_event(one, number, labelled.id, len(head)) for number, one in enumerate(labelled.events, start=1))
    return whole, tuple(events)


def _span(span: LabelSpan, shift: int) -> Span:
    return (
        Span(span.text, span.start, span.end) if span.title else Span(span.text, span.start + shift, span.end + shift)
    )


def _event(event: LabelEvent, number: int, doc_id: str, shift: int) -> Event:
    return Event(
        doc_id=doc_id,
        event_id=str(number),
        type=event.type,
        status=event.status,
        triggers=tuple(_span(one, shift) for one in event.triggers),
        date=tuple(_date(one, shift) for one in event.date),
        slots={slot: tuple(_filler(one, shift) for one in fillers) for slot, fillers in event.slots.items()},
        confidence=1.0,
    )


def _date(date: LabelDate, shift: int) -> EventDate:
    span = _span(date.span, shift)
    return EventDate(span.text, span.start, span.end, date.value, None, None, None, 1.0)


def _filler(mentions: tuple[LabelSpan, ...], shift: int) -> Filler:
    spans = tuple(_span(one, shift) for one in mentions)
    return Filler(spans[0].text, spans[0].start, spans[0].end, spans, spans[0].text, 1.0)
