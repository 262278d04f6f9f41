"""The common form of what is scored: gold labels, predicted records and corrected records all become `ScoredEvent`.

A label carries no `text` and `name` of its own, so its first mention is the text and its longest mention that is no
pronoun the name; that lets one labeller be scored against another as if one of them were the program.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from extract.errors import FormatError, LabelError
from extract.schema import edtf
from extract.schema.event import Event
from extract.schema.label import LabelDate, LabelEvent, Labelled, LabelSpan
from extract.schema.ontology import FILLER_SLOTS, STATUSES, TYPES

PRONOUNS: Final = frozenset(
    "i me my mine you your yours he him his she her hers it its we us our ours they them their theirs himself herself "
    "itself themselves who whom whose which that this these those one".split()
)


@dataclass(frozen=True, slots=True)
class ScoredSpan:
    """Where words stand: code points into the text, or with `title` into the title; end exclusive."""

    start: int
    end: int
    title: bool = False

    def overlaps(self, other: "ScoredSpan") -> bool:
        """Return whether the two share a code point."""
        return self.title == other.title and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class ScoredDate:
    """A date expression, its EDTF value and the inclusive days it covers; all three `None` when unresolved."""

    text: str
    span: ScoredSpan
    value: str | None
    earliest: str | None
    latest: str | None


@dataclass(frozen=True, slots=True)
class ScoredFiller:
    """One filler: the words it is known by and what normalisation found; `days` is (low, high)."""

    text: str
    name: str
    mentions: tuple[str, ...]
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    iccs: str | None = None
    days: tuple[int, int] | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """Return the words a predicted filler is held to: its text and its name."""
        return (self.text, self.name)

    @property
    def accepts(self) -> tuple[str, ...]:
        """Return the words by which a gold filler may be named: every mention."""
        return (*self.mentions, self.text, self.name)


@dataclass(frozen=True, slots=True)
class ScoredEvent:
    """One event as the scorer sees it; `confidence` is `None` for a label."""

    type: str
    status: str
    triggers: frozenset[ScoredSpan]
    dates: tuple[ScoredDate, ...] = ()
    slots: Mapping[str, tuple[ScoredFiller, ...]] = field(default_factory=dict)
    confidence: float | None = None

    def fillers(self, slot: str) -> tuple[ScoredFiller, ...]:
        """Return the fillers of a slot, empty when it has none."""
        return self.slots.get(slot, ())


def from_labelled(labelled: Labelled) -> tuple[ScoredEvent, ...]:
    """Return the events of one article's labels; raises `LabelError` for a type or date no record could have."""
    return tuple(_from_label(event, labelled.id) for event in labelled.events)


def from_event(event: Event) -> ScoredEvent:
    """Return a record the pipeline holds in memory, exactly as its line of JSONL would be scored."""
    return from_record(event.to_json())


def from_record(raw: Mapping[str, Any]) -> ScoredEvent:
    """Return one parsed line of RECORD.md's JSONL; raises `FormatError` naming the document and the field."""
    try:
        event = ScoredEvent(
            type=raw["type"],
            status=raw["status"],
            triggers=frozenset(_record_span(one) for one in raw["triggers"]),
            dates=tuple(_record_date(one) for one in raw.get("date", ())),
            slots={slot: tuple(_record_filler(one) for one in raw.get(slot, ())) for slot in FILLER_SLOTS},
            confidence=None if raw.get("confidence") is None else float(raw["confidence"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(
            f"{raw.get('doc_id', '?')}: a record as RECORD.md gives it is needed; {error!r} is off"
        ) from error
    if event.confidence is not None and not 0 <= event.confidence <= 1:
        raise FormatError(f"{raw.get('doc_id', '?')}: confidence {event.confidence} is not between 0 and 1")
    if wrong := _unknown(event):
        raise FormatError(f"{raw.get('doc_id', '?')}: {wrong}")
    return event


def _unknown(event: ScoredEvent) -> str:
    if event.type not in TYPES:
        return f"unknown type {event.type!r}; allowed: {', '.join(TYPES)}"
    if event.status not in STATUSES:
        return f"unknown status {event.status!r}; allowed: {', '.join(STATUSES)}"
    return ""


def _from_label(event: LabelEvent, doc_id: str) -> ScoredEvent:
    try:
        dates = tuple(_label_date(one) for one in event.date)
    except ValueError as error:
        raise LabelError(f"{doc_id}: {error}") from error
    slots = {slot: tuple(_label_filler(one) for one in event.slots.get(slot, ()) if one) for slot in FILLER_SLOTS}
    scored = ScoredEvent(event.type, event.status, frozenset(map(_label_span, event.triggers)), dates, slots)
    if wrong := _unknown(scored):
        raise LabelError(f"{doc_id}: {wrong}")
    return scored


def _label_span(span: LabelSpan) -> ScoredSpan:
    return ScoredSpan(span.start, span.end, span.title)


def _label_date(one: LabelDate) -> ScoredDate:
    days = edtf.Bounds(None, None) if one.value is None else edtf.bounds(one.value)
    return ScoredDate(one.span.text, _label_span(one.span), one.value, days.earliest, days.latest)


def _label_filler(mentions: Sequence[LabelSpan]) -> ScoredFiller:
    texts = tuple(one.text for one in mentions)
    named = [text for text in texts if text.casefold() not in PRONOUNS]
    return ScoredFiller(texts[0], max(named, key=len, default=texts[0]), texts)


def _record_span(raw: Mapping[str, Any]) -> ScoredSpan:
    return ScoredSpan(int(raw["start"]), int(raw["end"]), bool(raw.get("title", False)))


def _record_date(raw: Mapping[str, Any]) -> ScoredDate:
    value, earliest, latest = raw.get("value"), raw.get("earliest"), raw.get("latest")
    if value is not None and earliest is latest is None:
        earliest, latest = edtf.bounds(value)
    return ScoredDate(str(raw["text"]), _record_span(raw), value, earliest, latest)


def _record_filler(raw: Mapping[str, Any]) -> ScoredFiller:
    text, days = str(raw["text"]), raw.get("days")
    low, high = days if isinstance(days, list | tuple) else (days, days)
    return ScoredFiller(
        text=text,
        name=str(raw.get("name") or text),
        mentions=tuple(str(one["text"]) for one in raw.get("mentions", ())),
        country=raw.get("country"),
        lat=_degrees(raw.get("lat")),
        lon=_degrees(raw.get("lon")),
        iccs=raw.get("iccs"),
        days=None if low is None else (int(low), int(high)),
    )


def _degrees(raw: Any) -> float | None:
    return None if raw is None else float(raw)
