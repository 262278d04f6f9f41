"""What a person can do to the records of an article: each operation a function from state to state.

An operation that does not fit raises `EditError` and changes nothing.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from extract.errors import EditError
from extract.review.state import (
    VERDICTS,
    Operation,
    Record,
    State,
    changed,
    span_at,
    spans_of,
    swapped,
    tidy,
    with_mentions,
)
from extract.schema import edtf
from extract.schema.event import Event, EventDate, Filler, Span
from extract.schema.ontology import FILLER_SLOTS, STATUSES, TYPES, slots_of
from extract.schema.reading import read_filler

LONGEST_NOTE: Final = 2_000
_ID: Final = re.compile(r"[A-Za-z0-9-]{1,64}")


def apply(state: State, operation: Operation, text: str) -> State:
    """Return the state after one operation on an article of this text."""
    name = operation.get("op")
    change = OPERATIONS.get(name) if isinstance(name, str) else None
    if change is None:
        raise EditError(f"no operation {name!r}; there are: {', '.join(OPERATIONS)}, undo, redo, back, reveal")
    return change(state, operation, text)


def _slot(event: Event, operation: Operation) -> str:
    slot = operation.get("slot")
    if not isinstance(slot, str) or slot not in slots_of(event.type):
        allowed = ", ".join(sorted(slots_of(event.type)))
        raise EditError(f"a record of type {event.type} has no slot {slot!r}; it has {allowed}")
    return slot


def _filler(event: Event, slot: str, place: object) -> Filler:
    at = tuple(place) if isinstance(place, list | tuple) else None
    for one in event.slots.get(slot, ()):
        if (one.start, one.end) == at:
            return one
    raise EditError(f"there is no such filler of {slot} any more; it was removed or has another best mention")


def _with(event: Event, slot: str, fillers: tuple[Filler, ...]) -> Event:
    return replace(event, slots={**event.slots, slot: fillers})


def _fill(state: State, operation: Operation, text: str) -> State:
    """Put words into a slot as a new filler; the one date is replaced. `value` is what the words resolved to."""
    span = span_at(text, operation.get("start"), operation.get("end"))
    value = operation.get("value") or {}

    def change(event: Event) -> Event:
        slot = _slot(event, operation)
        if slot == "date":
            return replace(event, date=(_date(span, value),))
        if any((span.start, span.end) in spans_of(one) for one in event.slots.get(slot, ())):
            raise EditError(f"“{span.text}” is in {slot} already")
        return _with(event, slot, (*event.slots.get(slot, ()), _new(slot, span, value)))

    return changed(state, operation.get("record"), change)


def _new(slot: str, span: Span, value: Mapping[str, Any]) -> Filler:
    own = {"text": span.text, "start": span.start, "end": span.end}
    rest = {"mentions": [own], "name": span.text, "confidence": 1.0}
    try:
        return read_filler(slot, {**value, **own, **rest})
    except (KeyError, TypeError) as error:
        raise EditError(f"what “{span.text}” resolved to is not of the form of {slot}: {error!r}") from error


def _date(span: Span, value: Mapping[str, Any]) -> EventDate:
    said = value.get("value")
    first, last = _days(said)
    return EventDate(span.text, span.start, span.end, said, first, last, value.get("basis"), 1.0)


def _days(value: object) -> tuple[str | None, str | None]:
    if value is None:
        return None, None
    try:
        return edtf.bounds(value if isinstance(value, str) else "")
    except ValueError as error:
        raise EditError(f"{error}; write 2021, 2021-12, 2021-12-15, 2021-12-15/2021-12-17 or 2013/..") from error


def _dated(state: State, operation: Operation, _: str) -> State:
    """Give the date another value, or none where nothing anchors the words."""
    value = operation.get("value")
    first, last = _days(value)

    def change(event: Event) -> Event:
        if not event.date:
            raise EditError("this record has no date; select its words first")
        basis = (event.date[0].basis or "stated") if value is not None else None
        return replace(
            event,
            date=(replace(event.date[0], value=value, earliest=first, latest=last, basis=basis, confidence=1.0),),
        )

    return changed(state, operation.get("record"), change)


def _mention(state: State, operation: Operation, text: str) -> State:
    """Add words as a further mention of a filler; a filler that had no value takes theirs."""
    span = span_at(text, operation.get("start"), operation.get("end"))

    def change(event: Event) -> Event:
        slot = _slot(event, operation)
        old = _filler(event, slot, operation.get("filler"))
        if any((span.start, span.end) in spans_of(one) for one in event.slots[slot]):
            raise EditError(f"“{span.text}” is in {slot} already")
        new = with_mentions(old, [*old.mentions, span])
        if new.value is None:
            new = replace(new, value=_new(slot, span, operation.get("value") or {}).value)
        return _with(event, slot, tuple(new if one is old else one for one in event.slots[slot]))

    return changed(state, operation.get("record"), change)


def _unmention(state: State, operation: Operation, _: str) -> State:
    """Take a mention from its filler; with the last one the filler goes."""
    at = (operation.get("start"), operation.get("end"))

    def change(event: Event) -> Event:
        slot = _slot(event, operation)
        old = _filler(event, slot, operation.get("filler"))
        rest = [one for one in old.mentions if (one.start, one.end) != at]
        if len(rest) == len(old.mentions):
            raise EditError("there is no such mention any more")
        new = (with_mentions(old, rest),) if rest else ()
        return _with(event, slot, tuple(x for one in event.slots[slot] for x in (new if one is old else (one,))))

    return changed(state, operation.get("record"), change)


def _unfill(state: State, operation: Operation, _: str) -> State:
    """Take a filler, or the date, out of its slot."""

    def change(event: Event) -> Event:
        slot = _slot(event, operation)
        if slot == "date":
            if not event.date:
                raise EditError("this record has no date")
            return replace(event, date=())
        old = _filler(event, slot, operation.get("filler"))
        return _with(event, slot, tuple(one for one in event.slots[slot] if one is not old))

    return changed(state, operation.get("record"), change)


def _trigger(state: State, operation: Operation, text: str) -> State:
    """Add words to those that name the event."""
    span = span_at(text, operation.get("start"), operation.get("end"))

    def change(event: Event) -> Event:
        if span in event.triggers:
            raise EditError(f"“{span.text}” names this event already")
        return replace(event, triggers=(*event.triggers, span))

    return changed(state, operation.get("record"), change)


def _untrigger(state: State, operation: Operation, _: str) -> State:
    """Take words from those that name the event; the last ones stay."""
    at = (operation.get("start"), operation.get("end"))

    def change(event: Event) -> Event:
        rest = tuple(one for one in event.triggers if (one.start, one.end) != at)
        if len(rest) == len(event.triggers):
            raise EditError("there is no such trigger any more")
        if not rest:
            raise EditError("a record needs a trigger: add another first, or delete the record")
        return replace(event, triggers=rest)

    return changed(state, operation.get("record"), change)


def _chosen(operation: Operation, key: str, allowed: tuple[str, ...]) -> str:
    value = operation.get(key)
    if value not in allowed:
        raise EditError(f"no {key} {value!r}; there are: {', '.join(one for one in allowed if one)}")
    return str(value)


def _type(state: State, operation: Operation, _: str) -> State:
    """Give the record another type; slots which that type does not have are emptied."""
    kind = _chosen(operation, "type", TYPES)
    return changed(state, operation.get("record"), lambda event: replace(event, type=kind))


def _status(state: State, operation: Operation, _: str) -> State:
    """Give the record another status."""
    status = _chosen(operation, "status", STATUSES)
    return changed(state, operation.get("record"), lambda event: replace(event, status=status))


def _fresh(state: State, name: object) -> str:
    if not isinstance(name, str) or _ID.fullmatch(name) is None:
        raise EditError(f"{name!r} is no id for a record; letters, digits and hyphens are, up to 64")
    if any(one.event.event_id == name for one in state.records):
        raise EditError(f"there is a record {name!r} already")
    return name


def _add(state: State, operation: Operation, text: str) -> State:
    """Add a record of a type, named by the words selected; `record` is its id."""
    span = span_at(text, operation.get("start"), operation.get("end"))
    kind, status = _chosen(operation, "type", TYPES), _chosen({"status": "asserted", **operation}, "status", STATUSES)
    name, doc_id = _fresh(state, operation.get("record")), str(operation.get("doc_id", ""))
    slots: dict[str, tuple[Filler, ...]] = dict.fromkeys(FILLER_SLOTS, ())
    event = tidy(Event(doc_id, name, kind, status, (span,), slots=slots, confidence=1.0))
    return replace(state, records=(*state.records, Record(event, model=False, changed=True)), empty=False)


def _delete(state: State, operation: Operation, _: str) -> State:
    """Delete a record."""
    old = state.find(operation.get("record"))
    return replace(state, records=tuple(one for one in state.records if one is not old))


def _merge(state: State, operation: Operation, _: str) -> State:
    """Join `other` to the record: its triggers and fillers come along, fillers of the same words become one."""
    other = state.find(operation.get("other"))
    if other.event.event_id == operation.get("record"):
        raise EditError("a record cannot be merged with itself")

    def change(event: Event) -> Event:
        triggers = tuple(dict.fromkeys((*event.triggers, *other.event.triggers)))
        slots = {slot: _joined(event.slots.get(slot, ()), other.event.slots.get(slot, ())) for slot in FILLER_SLOTS}
        return replace(event, triggers=triggers, date=event.date or other.event.date, slots=slots)

    merged = changed(state, operation.get("record"), change)
    return replace(merged, records=tuple(one for one in merged.records if one is not other))


def _joined(own: tuple[Filler, ...], others: tuple[Filler, ...]) -> tuple[Filler, ...]:
    kept = list(own)
    for one in others:
        same = next((n for n, old in enumerate(kept) if spans_of(old) & spans_of(one) or old.name == one.name), None)
        if same is None:
            kept.append(one)
            continue
        known = spans_of(kept[same])
        more = [span for span in one.mentions if (span.start, span.end) not in known]
        if more:
            joined = with_mentions(kept[same], [*kept[same].mentions, *more])
            kept[same] = replace(joined, value=kept[same].value or one.value)
    return tuple(kept)


def _split(state: State, operation: Operation, text: str) -> State:
    """Make the words selected a record of their own (`new` is its id) of the same type, status and slots."""
    span = span_at(text, operation.get("start"), operation.get("end"))
    old = state.find(operation.get("record"))
    name = _fresh(state, operation.get("new"))
    rest = tuple(one for one in old.event.triggers if one != span)
    if not rest:
        raise EditError(f"“{span.text}” is the record's only trigger: nothing would be left of it")
    halved = changed(state, operation.get("record"), lambda event: replace(event, triggers=rest))
    meta = {name: value for name, value in old.event.meta.items() if name != "story_id"}  # nobody linked this half
    half = replace(old.event, event_id=name, triggers=(span,), confidence=1.0, meta=meta)
    at = next(n for n, one in enumerate(halved.records) if one.event.event_id == old.event.event_id) + 1
    new = Record(half, model=False, changed=True)
    return replace(halved, records=(*halved.records[:at], new, *halved.records[at:]))


def _none(state: State, _: Operation, __: str) -> State:
    """Say that the article tells of no event: every record shown is rejected."""
    shown = state.shown
    records = tuple(replace(one, verdict="rejected") if one in shown else one for one in state.records)
    return replace(state, records=records, empty=True)


def _judge(state: State, operation: Operation, _: str) -> State:
    """Accept or reject a record, or take that back."""
    verdict = _chosen(operation, "verdict", VERDICTS)
    old = state.find(operation.get("record"))
    return swapped(state, old, replace(old, verdict=verdict))


def _note(state: State, operation: Operation, _: str) -> State:
    """Flag a record, or with no `record` the article, with a note; an empty note takes the flag away."""
    words = operation.get("text")
    if not isinstance(words, str) or len(words) > LONGEST_NOTE:
        raise EditError(f"a note is text of up to {LONGEST_NOTE} characters")
    if operation.get("record") is None:
        return replace(state, note=words)
    old = state.find(operation["record"])
    records = tuple(replace(one, note=words) if one is old else one for one in state.records)
    return replace(state, records=records)


OPERATIONS: Final[Mapping[str, Callable[[State, Operation, str], State]]] = {
    "fill": _fill,
    "mention": _mention,
    "unmention": _unmention,
    "unfill": _unfill,
    "date": _dated,
    "trigger": _trigger,
    "untrigger": _untrigger,
    "type": _type,
    "status": _status,
    "add": _add,
    "delete": _delete,
    "merge": _merge,
    "split": _split,
    "none": _none,
    "judge": _judge,
    "note": _note,
}
