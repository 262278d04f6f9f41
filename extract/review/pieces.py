"""An article under review as pieces of HTML, each with an id: after an edit only those that differ are sent again.

Everything from the article, from records and from people is escaped; nothing here runs a script or carries a style.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import pairwise
from typing import Final

from extract.label.sentences import sentence_spans
from extract.review.desk import Opened
from extract.review.state import Record, State, spans_of
from extract.review.words import HEADINGS, date_words, filler_words
from extract.schema.event import Event, Span
from extract.schema.ontology import slots_of

KEYS: Final[Mapping[str, str]] = {
    "trigger": "r",
    "date": "d",
    "actor": "a",
    "target": "t",
    "charge": "c",
    "location": "l",
    "penalty": "p",
    "instrument": "i",
    "count": "n",
    "source": "s",
}
"""The key of each slot."""
Place = tuple[int, int]


def pieces(opened: Opened) -> dict[str, str]:
    """Return the HTML of every piece of an article's page by its id: head, sentences, records in their order."""
    return {
        "head": head(opened),
        **sentences(opened.document.text, opened.state),
        **{card_id(one): card(one) for one in opened.state.shown},
    }


def card_id(record: Record) -> str:
    """Return the id of a record's card."""
    return f"r-{record.event.event_id}"


def head(opened: Opened) -> str:
    """Return what stands above the records: how many, what can be undone, what is hidden, the note."""
    state, history = opened.state, opened.history
    shown = len(state.shown)
    told = [f"{shown} {'record' if shown == 1 else 'records'}"]
    if state.empty:
        told.append("<strong>no event here</strong>")
    rejected = sum(one.verdict == "rejected" for one in state.shown)
    if rejected:
        told.append(f"{rejected} rejected")
    blind = (
        '<p class="told">This article is read blind: the model’s records are hidden. '
        f"{_button('reveal', 'Show them', 'Z')}</p>"
        if state.hidden
        else ""
    )
    anew = '<p class="told">The text has changed since it was corrected: those edits stay, but begin anew here.</p>'
    note = f'<p class="flag"><bdi>{escape(state.note)}</bdi></p>' if state.note else ""
    undo = _button("undo", f"Undo {operation_name(history.done)}", "u", off=not history.done)
    redo = _button("redo", f"Redo {operation_name(history.again)}", "U", off=not history.again)
    tools = f"{undo}{redo}{_button('none', 'No event here', 'o')}{_button('flag-article', 'Note', 'F')}"
    return (
        f'<div id="head"><p class="counts">{" · ".join(told)}</p>{blind}{anew if opened.superseded else ""}{note}'
        f'<p class="tools">{tools}</p></div>'
    )


def operation_name(done: Sequence[Mapping[str, object]]) -> str:
    """Return the name of the last of these operations, nothing when there is none."""
    return str(done[-1]["op"]) if done else ""


def _button(action: str, words: str, key: str = "", *, off: bool = False) -> str:
    hint = f" <kbd>{escape(key)}</kbd>" if key else ""
    return (
        f'<button type="button" data-do="{action}"{" disabled" if off else ""}>{escape(words.strip())}{hint}</button>'
    )


def card(record: Record) -> str:
    """Return a record as a card: what it is, its slots with their fillers, what can be done with it."""
    event = record.event
    origin = f"sure {event.confidence:.2f}" if record.model else "added by a person"
    changed = " · corrected" if record.model and record.changed else ""
    verdict = f'<span class="verdict">{record.verdict}</span>' if record.verdict else ""
    note = f'<p class="flag"><bdi>{escape(record.note)}</bdi></p>' if record.note else ""
    rows = [_row("trigger", "words", [_words(one) for one in event.triggers])]
    for slot, heading in HEADINGS:
        if slot in slots_of(event.type):
            rows.append(_row(slot, heading, _fillers(event, slot)))
    actions = "".join(_button(*one) for one in ACTIONS)
    named = escape(f"{event.type}, {event.status}: {event.triggers[0].text}")
    kind, status = escape(event.type), escape(event.status)
    return (
        f'<section class="card {record.verdict}" id="{escape(card_id(record))}" tabindex="-1" aria-label="{named}" '
        f'data-record="{escape(event.event_id)}"><h3><button type="button" class="kind" data-do="type">{kind}'
        f'</button> <button type="button" class="status {status}" data-do="status">{status}</button>'
        f'{verdict}<span class="sure">{origin}{changed}</span></h3>{note}<dl>{"".join(rows)}</dl>'
        f'<p class="tools">{actions}</p></section>'
    )


ACTIONS: Final = (
    ("accept", "Accept", "v"),
    ("reject", "Reject", "x"),
    ("flag", "Note", "f"),
    ("merge", "Merge", "m"),
    ("split", "Split", "b"),
    ("delete", "Delete", "⇧Del"),
)


def _row(slot: str, heading: str, fillers: Iterable[str]) -> str:
    held = "".join(fillers) or f'<button type="button" class="empty" data-slot="{slot}" data-do="fill">–</button>'
    return f'<dt><span>{heading}</span> <kbd>{KEYS[slot]}</kbd></dt><dd data-slot="{slot}">{held}</dd>'


def _words(span: Span) -> str:
    return _chip("trigger", [(span.start, span.end)], f"“{span.text}”")


def _fillers(event: Event, slot: str) -> list[str]:
    if slot == "date":
        return [_chip("date", [(one.start, one.end)], date_words(one)) for one in event.date]
    return [
        _chip(slot, dict.fromkeys([(one.start, one.end), *((m.start, m.end) for m in one.mentions)]), filler_words(one))
        for one in event.slots.get(slot, ())
    ]


def _chip(slot: str, places: Iterable[Place], words: str) -> str:
    at = " ".join(f"{start}-{end}" for start, end in places)
    return (
        f'<span class="chip"><button type="button" class="filler {slot}" data-slot="{slot}" data-at="{at}"><bdi>'
        f'{escape(words)}</bdi></button><button type="button" class="out" data-do="out" tabindex="-1" '
        f'aria-label="Remove {escape(words)}">×</button></span>'
    )


def _marks(state: State) -> dict[Place, list[str]]:
    """Return every span shown with what it is in which records; a rejected record's are not."""
    found: dict[Place, list[str]] = defaultdict(list)
    for one in state.kept:
        event = one.event
        for span in event.triggers:
            found[span.start, span.end].append(f"trigger of {event.type}")
        for date in event.date:
            found[date.start, date.end].append(f"date of {event.type}")
        for slot, fillers in event.slots.items():
            for filler in fillers:
                for place in spans_of(filler):
                    found[place].append(f"{slot} of {event.type}")
    return found


def sentences(text: str, state: State) -> dict[str, str]:
    """Return the text as numbered sentences with its marks; what stands between sentences is shown without a number."""
    marks = sorted(_marks(state).items(), key=lambda one: (one[0][0], -one[0][1]))
    made: dict[str, str] = {}
    position, number, first = 0, 0, 0
    live: list[tuple[Place, list[str]]] = []
    spans = sentence_spans(text)
    for start, end in [*spans, (len(text), len(text))]:
        between = text[position:start]
        for a, b, numbered in ((position, start, False), (start, end, True)):
            if a == b or (not numbered and not between.strip()):
                continue
            while first < len(marks) and marks[first][0][0] < b:
                live.append(marks[first])
                first += 1
            live = [one for one in live if one[0][1] > a]
            number += numbered
            name = f"s-{number}" if numbered else f"s-{number}b"
            paragraph = " opens" if numbered and "\n" in between else ""
            label = f'<span class="number">{number if numbered else ""}</span>'
            made[name] = (
                f'<div class="sentence{paragraph}" id="{name}" data-start="{a}">{label}'
                f'<p dir="auto">{_segments(text, a, b, live)}</p></div>'
            )
        position = end
    return made


def _segments(text: str, start: int, end: int, marks: Sequence[tuple[Place, list[str]]]) -> str:
    """Return a stretch of text cut wherever a mark begins or ends, each piece with the marks that cover it."""
    inside = [one for one in marks if one[0][0] < end and one[0][1] > start]
    cuts = sorted({start, end, *(edge for (a, b), _ in inside for edge in (a, b) if start < edge < end)})
    parts = []
    for a, b in pairwise(cuts):
        over = sorted(
            (one for one in inside if one[0][0] <= a and one[0][1] >= b), key=lambda one: one[0][1] - one[0][0]
        )
        words = escape(text[a:b]).replace("\r", "&#13;")  # a parser would read another character
        if not over:
            parts.append(words)
            continue
        at = " ".join(f"{one}-{two}" for (one, two), _ in over)
        roles = list(dict.fromkeys(role for _, told in over for role in told))
        kind = roles[0].split()[0]
        parts.append(f'<mark class="{kind}" data-at="{at}" title="{escape("; ".join(roles[:6]))}">{words}</mark>')
    return "".join(parts)
