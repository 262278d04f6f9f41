"""From mentions, triggers and links with their values to event records."""

import hashlib
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extract.assemble.names import best, fullest
from extract.schema.annotation import Annotated, DateValue, Mention, Trigger, Unresolved
from extract.schema.document import Document
from extract.schema.event import SCHEMA_VERSION, Event, EventDate, Filler, FillerValue, Span
from extract.schema.ontology import SLOTS, slots_of


@dataclass(frozen=True, slots=True)
class Settings:
    """How sure is sure enough: an event by its confidence, a slot by its link; chosen on dev.

    `article` is asked of an article's surest record: where none reaches it the article is left alone, since a few
    doubtful records and no sure one are what articles without any event look like. `calibration` is the
    (slope, offset) of the logistic map from the best trigger's score to a record's confidence.
    """

    event: float = 0.35
    article: float = 0.0
    slots: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(SLOTS, 0.5))
    most_dates: int = 1
    calibration: tuple[float, float] = (1.0, 0.0)

    def confidence(self, score: float) -> float:
        """Return the calibrated confidence of a record whose best trigger has this score."""
        bounded = min(max(score, 1e-4), 1 - 1e-4)
        slope, offset = self.calibration
        return 1 / (1 + math.exp(-(slope * math.log(bounded / (1 - bounded)) + offset)))


def assemble(annotated: Annotated, settings: Settings) -> tuple[Event, ...]:
    """Return the document's records in the order of their first trigger."""
    triggers: dict[int, list[Trigger]] = defaultdict(list)
    for trigger in annotated.triggers:
        triggers[trigger.event].append(trigger)
    mentions: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(annotated.mentions):
        mentions[mention.entity].append(number)
    links: dict[int, dict[str, list[tuple[float, int]]]] = defaultdict(lambda: defaultdict(list))
    for link in annotated.links:
        links[link.event][link.slot].append((link.score, link.entity))
    events = [
        _event(annotated, group, mentions, links[number], settings)
        for number, group in triggers.items()
        if settings.confidence(max(one.score for one in group)) >= settings.event
    ]
    if max((event.confidence for event in events), default=0.0) < settings.article:
        return ()
    return tuple(
        sorted(events, key=lambda event: (min(one.start for one in event.triggers), event.type, event.event_id))
    )


def _event(
    annotated: Annotated,
    triggers: Sequence[Trigger],
    mentions: Mapping[int, Sequence[int]],
    links: Mapping[str, Sequence[tuple[float, int]]],
    settings: Settings,
) -> Event:
    document = annotated.document
    kind, status = triggers[0].type, triggers[0].status
    ordered = sorted(triggers, key=lambda one: (-one.score, one.start))
    slots: dict[str, tuple[Filler, ...]] = {}
    dates: tuple[EventDate, ...] = ()
    nulls: dict[str, str] = {}
    for slot in SLOTS:
        if slot not in slots_of(kind):
            continue
        ranked = sorted(links.get(slot, ()), key=lambda pair: (-pair[0], pair[1]))
        chosen = [pair for pair in ranked if pair[0] >= settings.slots[slot]]
        if slot == "date":
            dates = _dates(annotated, chosen[: settings.most_dates], mentions)
        else:
            slots[slot] = _fillers(annotated, chosen, mentions)
        if not chosen:
            nulls[slot] = "low_confidence" if ranked else "not_stated"
    return Event(
        doc_id=document.id,
        event_id=_identity(document.id, kind, ordered),
        type=kind,
        status=status,
        triggers=tuple(Span(one.text, one.start, one.end) for one in ordered),
        date=dates,
        slots=slots,
        nulls=nulls,
        confidence=settings.confidence(ordered[0].score),
        meta=_page(document, ordered[0].start),
    )


def _page(document: Document, start: int) -> dict[str, int]:
    """Return the page (from 1) of a report on which the best trigger stands, nothing for a document without pages."""
    pages = document.meta.get("pages")
    if not isinstance(pages, list) or not all(isinstance(one, int) for one in pages):
        return {}
    return {"page": bisect_right(pages, start)}


def _identity(doc_id: str, kind: str, triggers: Sequence[Trigger]) -> str:
    """Return a name that depends on nothing but document, type, trigger offsets and schema."""
    offsets = ",".join(f"{start}-{end}" for start, end in sorted((one.start, one.end) for one in triggers))
    return hashlib.sha256(f"{SCHEMA_VERSION}\0{doc_id}\0{kind}\0{offsets}".encode()).hexdigest()[:16]


def _fillers(
    annotated: Annotated, chosen: Sequence[tuple[float, int]], mentions: Mapping[int, Sequence[int]]
) -> tuple[Filler, ...]:
    return tuple(_filler(annotated, score, mentions[entity]) for score, entity in chosen)


def _filler(annotated: Annotated, score: float, numbers: Sequence[int]) -> Filler:
    group = [annotated.mentions[number] for number in numbers]
    shown = best(group)
    others = sorted(group, key=lambda one: (one != shown, one.start))
    return Filler(
        text=shown.text,
        start=shown.start,
        end=shown.end,
        mentions=tuple(Span(one.text, one.start, one.end) for one in others),
        name=fullest(group),
        confidence=score,
        value=_value(annotated, shown, numbers),
    )


def _value(annotated: Annotated, shown: Mention, numbers: Sequence[int]) -> FillerValue | None:
    """Return the shown mention's value, or the first that any other mention of the entity resolved to."""
    ordered = sorted(numbers, key=lambda number: annotated.mentions[number] != shown)
    values = (annotated.values.get(number) for number in ordered)
    return next((one for one in values if one is not None and not isinstance(one, Unresolved | DateValue)), None)


def _dates(
    annotated: Annotated, chosen: Sequence[tuple[float, int]], mentions: Mapping[int, Sequence[int]]
) -> tuple[EventDate, ...]:
    found = []
    for score, entity in chosen:
        numbers = mentions[entity]
        resolved = [n for n in numbers if isinstance(annotated.values.get(n), DateValue)]
        number = max(resolved or numbers, key=lambda n: (annotated.mentions[n].score, -annotated.mentions[n].start))
        mention, value = annotated.mentions[number], annotated.values.get(number)
        known = value if isinstance(value, DateValue) else None
        found.append(
            EventDate(
                text=mention.text,
                start=mention.start,
                end=mention.end,
                value=known.value if known else None,
                earliest=known.earliest if known else None,
                latest=known.latest if known else None,
                basis=known.basis if known else None,
                confidence=score,
            )
        )
    return tuple(found)
