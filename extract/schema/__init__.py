"""What the stages hand to each other; imports nothing of ours but `errors`."""

from extract.schema.annotation import Annotated, Link, Mention, Trigger
from extract.schema.document import Document
from extract.schema.event import Event, EventDate, Filler, Span
from extract.schema.label import LabelDate, LabelEvent, Labelled, LabelSpan, read_labelled

__all__ = [
    "Annotated",
    "Document",
    "Event",
    "EventDate",
    "Filler",
    "LabelDate",
    "LabelEvent",
    "LabelSpan",
    "Labelled",
    "Link",
    "Mention",
    "Span",
    "Trigger",
    "read_labelled",
]
