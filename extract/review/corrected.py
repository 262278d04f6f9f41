"""What people left of an article: its records as they stand, and the labels that can be learnt from."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from extract.errors import EditError, LabelError
from extract.review.desk import Opened, open_article
from extract.review.state import Record
from extract.schema.event import Event, Filler, Span
from extract.schema.label import LabelDate, LabelEvent, Labelled, LabelSpan, problems, sha256_of
from extract.schema.ontology import FILLER_SLOTS
from extract.store import Filter, Store


@dataclass(slots=True)
class Tally:
    """How many articles people corrected, accepted; `superseded`: whose text is another than the one corrected.

    `broken` says of which articles the log cannot be replayed, and why.
    """

    corrected: int = 0
    accepted: int = 0
    superseded: int = 0
    broken: list[str] = field(default_factory=list)


def corrected_records(store: Store, tally: Tally) -> Iterator[dict[str, Any]]:
    """Yield every record of the store as people left it, an untouched article's as the model read it.

    So are those of an article whose log cannot be replayed; `tally` names it.
    What people added, accepted, or left standing in an article that they accepted has confidence 1; `review` says who.
    """
    touched, accepted = store.corrected_ids(), store.accepted()
    for row in store.documents():
        doc_id = row["doc_id"]
        try:
            opened = open_article(store, doc_id) if doc_id in touched else None
        except EditError as error:
            tally.broken.append(f"{doc_id}: its corrections cannot be read again: {error}")
            opened = None
        if opened is not None and opened.superseded:
            tally.superseded += 1
        if opened is None or opened.opening is not None:
            yield from store.events(Filter(doc_id=doc_id))
            continue
        done = _is_accepted(opened, accepted)
        tally.corrected += 1
        tally.accepted += done
        accepter = {accepted[doc_id][0]} if done else set()
        by = sorted({one.author for one in opened.log} | accepter)
        stories = {one["event_id"]: one.get("story_id") for one in store.events(Filter(doc_id=doc_id))}
        for record in opened.state.kept:
            whole = _whole(record, done=done, by=by)
            yield _in_story(whole, stories.get(whole.event_id)).to_json()


def _is_accepted(opened: Opened, accepted: dict[str, tuple[str, int]]) -> bool:
    return accepted.get(opened.document.id, ("", -1))[1] == opened.version


def _in_story(event: Event, story: str | None) -> Event:
    """Return the event with the story that the store has it in now: the log keeps that of its first edit."""
    meta = {name: value for name, value in event.meta.items() if name != "story_id"}
    return replace(event, meta=meta if story is None else {**meta, "story_id": story})


def _whole(record: Record, *, done: bool, by: list[str]) -> Event:
    sure = done or record.verdict == "accepted" or not record.model
    state = "accepted" if done or record.verdict == "accepted" else "corrected" if record.changed else "seen"
    noted = {"note": record.note} if record.note else {}
    meta = {**record.event.meta, "review": {"state": state, "by": by, **noted}}
    return replace(record.event, confidence=1.0 if sure else record.event.confidence, meta=meta)


def corrected_labels(store: Store, tally: Tally) -> Iterator[Labelled | LabelError]:
    """Yield the labels of every accepted article, its text with them; a `LabelError` names one that does not fit."""
    accepted = store.accepted()
    for doc_id in sorted(accepted):
        try:
            opened = open_article(store, doc_id)
        except EditError as error:
            yield LabelError(f"{doc_id}: its corrections cannot be read again: {error}")
            continue
        if opened is None:
            continue
        if opened.superseded:
            tally.superseded += 1
        if opened.opening is not None or not _is_accepted(opened, accepted):
            continue
        tally.accepted += 1
        document = opened.document
        events = tuple(_label(one.event) for one in opened.state.kept)
        day = (document.published or "")[:10] or None
        labelled = Labelled(
            doc_id, sha256_of(document.text), day, events, title=document.title, text=document.text, origin="review"
        )
        wrong = problems(labelled, text=document.text, title=document.title)
        yield LabelError(f"{doc_id}: {'; '.join(wrong[:3])}") if wrong else labelled


def _label(event: Event) -> LabelEvent:
    return LabelEvent(
        type=event.type,
        status=event.status,
        triggers=tuple(dict.fromkeys(_span(one) for one in event.triggers)),
        date=tuple(LabelDate(LabelSpan(one.text, one.start, one.end), one.value) for one in event.date),
        slots={slot: tuple(_mentions(one) for one in event.slots.get(slot, ())) for slot in FILLER_SLOTS},
    )


def _mentions(filler: Filler) -> tuple[LabelSpan, ...]:
    best = LabelSpan(filler.text, filler.start, filler.end)
    return tuple(dict.fromkeys((best, *(_span(one) for one in filler.mentions))))


def _span(span: Span) -> LabelSpan:
    return LabelSpan(span.text, span.start, span.end)
