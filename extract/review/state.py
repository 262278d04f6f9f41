"""An article's records as people left them: what every operation is made on and gives back. Nothing here is changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from extract.assemble.names import best, fullest
from extract.errors import EditError
from extract.schema.annotation import Mention
from extract.schema.event import Event, Filler, Span
from extract.schema.ontology import SLOTS, slots_of

Operation = Mapping[str, Any]
"""One edit as JSON: `op` names it, `record` says which record it is made on; offsets are code points of the text."""
LONGEST_SPAN: Final = 1_000
VERDICTS: Final = ("", "accepted", "rejected")


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the model's or (`model` false) a person's; `changed` once somebody has corrected it."""

    event: Event
    model: bool
    verdict: str = ""
    note: str = ""
    changed: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """The records of an article. `hidden`: the model's are not shown yet; `empty`: somebody said "no event here"."""

    records: tuple[Record, ...] = ()
    hidden: bool = False
    empty: bool = False
    note: str = ""

    @property
    def shown(self) -> tuple[Record, ...]:
        """The records that a person sees: all, or in a blind article those that people added."""
        return tuple(one for one in self.records if not (self.hidden and one.model))

    @property
    def kept(self) -> tuple[Record, ...]:
        """The records that stand: those shown and not rejected."""
        return tuple(one for one in self.shown if one.verdict != "rejected")

    def find(self, record: object) -> Record:
        """Return the record of this id; raises `EditError` where none is shown."""
        for one in self.shown:
            if one.event.event_id == record:
                return one
        raise EditError(f"there is no record {record!r} in this article any more; it was deleted or merged")


def changed(state: State, record: object, change: Callable[[Event], Event]) -> State:
    """Return the state with one record's event changed; a rejected record that is worked on stands again."""
    old = state.find(record)
    verdict = "" if old.verdict == "rejected" else old.verdict
    return swapped(state, old, replace(old, event=tidy(change(old.event)), verdict=verdict, changed=True))


def swapped(state: State, old: Record, new: Record) -> State:
    """Return the state with a record in another's place; an article with a record that stands is not empty."""
    records = tuple(new if one is old else one for one in state.records)
    return replace(state, records=records, empty=state.empty and new.verdict == "rejected")


def tidy(event: Event) -> Event:
    """Return the event with only the slots that its type has, and a reason for each that is empty."""
    allowed = [slot for slot in SLOTS if slot in slots_of(event.type)]
    slots = {slot: tuple(fillers) for slot, fillers in event.slots.items() if slot in allowed}
    date = event.date if "date" in allowed else ()
    full = {slot for slot, fillers in slots.items() if fillers} | ({"date"} if date else set())
    nulls = {slot: event.nulls.get(slot, "not_stated") for slot in allowed if slot not in full}
    return replace(event, slots=slots, date=date, nulls=nulls)


def span_at(text: str, start: object, end: object) -> Span:
    """Return the words at these offsets; raises `EditError` for none, too many, or space at an end."""
    if not (type(start) is int and type(end) is int and 0 <= start < end <= len(text)):
        raise EditError(f"no words at {start!r}–{end!r}: the article has {len(text)} characters")
    words = text[start:end]
    if end - start > LONGEST_SPAN:
        raise EditError(f"{end - start} characters are too many for one span; {LONGEST_SPAN} are allowed")
    if words != words.strip():
        raise EditError(f"the words {words!r} begin or end with a space; select the words alone")
    return Span(words, start, end)


def with_mentions(filler: Filler, mentions: Sequence[Span]) -> Filler:
    """Return the filler over these mentions: its best one, a name before a description, stands for it and leads."""
    read = [Mention(one.text, one.start, one.end, "", 1.0, 0) for one in mentions]
    top = best(read)
    ordered = sorted(mentions, key=lambda one: ((one.start, one.end) != (top.start, top.end), one.start))
    own = replace(filler, text=top.text, start=top.start, end=top.end, mentions=tuple(ordered), name=fullest(read))
    return replace(own, confidence=1.0)


def spans_of(filler: Filler) -> set[tuple[int, int]]:
    """Return where the filler stands, its best mention included."""
    return {(filler.start, filler.end), *((one.start, one.end) for one in filler.mentions)}
