"""What a set of labels holds: counts for a data sheet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from extract.schema.label import Labelled
from extract.schema.ontology import FILLER_SLOTS, STATUSES, TYPES


def statistics(labels: Sequence[Labelled]) -> dict[str, Any]:
    """Return articles, event-free ones, events, triggers, mentions, and events by origin, type, status and slot."""
    events = [event for one in labels for event in one.events]
    filled = Counter(slot for event in events for slot in FILLER_SLOTS if event.slots.get(slot))
    filled["date"] = sum(bool(event.date) for event in events)
    return {
        "articles": len(labels),
        "event_free": sum(not one.events for one in labels),
        "events": len(events),
        "triggers": sum(len(event.triggers) for event in events),
        "fillers": sum(len(fillers) for event in events for fillers in event.slots.values()),
        "mentions": sum(len(filler) for event in events for fillers in event.slots.values() for filler in fillers),
        "dates_with_value": sum(date.value is not None for event in events for date in event.date),
        "articles_by_origin": dict(sorted(Counter(one.origin or "own" for one in labels).items())),
        "events_by_type": {kind: sum(event.type == kind for event in events) for kind in TYPES},
        "events_by_status": {status: sum(event.status == status for event in events) for status in STATUSES},
        "events_with_slot": {slot: filled[slot] for slot in ("date", *FILLER_SLOTS)},
    }


def table(sets: Mapping[str, Mapping[str, Any]]) -> str:
    """Return one Markdown table, a column for each named set of statistics."""
    names = list(sets)
    lines = ["| | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    for key, first in sets[names[0]].items():
        if not isinstance(first, Mapping):
            lines.append(f"| {key.replace('_', ' ')} | " + " | ".join(str(sets[one][key]) for one in names) + " |")
            continue
        lines.append(f"| *{key.replace('_', ' ')}* |" + " |" * len(names))
        rows = sorted({row for one in names for row in sets[one][key]}, key=lambda row: ([*first, row].index(row), row))
        lines += [f"| {row} | " + " | ".join(str(sets[one][key].get(row, 0)) for one in names) + " |" for row in rows]
    return "\n".join(lines) + "\n"
