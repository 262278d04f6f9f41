"""One document as a page: records beside the article, every mention highlighted in place.

The page is one file, loads nothing and runs no script; everything from the article is escaped.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final
from urllib.parse import quote, urlencode

from extract.review.words import HEADINGS, date_words, filler_words
from extract.schema.document import Document
from extract.schema.event import Event

STYLE = """
:root{--ink:#1c1b19;--paper:#fbfaf7;--line:#d9d5cb;--soft:#6b675e;--card:#fff;
--trigger:#ffd9a0;--date:#cfe6c9;--actor:#f6c9c4;--target:#cfdcf5;--charge:#e6d2f2;--location:#c7e9e6;--more:#ece7d8}
@media(prefers-color-scheme:dark){:root{--ink:#ecebe7;--paper:#191816;--line:#3a3833;--soft:#a39e92;--card:#22211e;
--trigger:#7a4d10;--date:#2f5a2a;--actor:#74332c;--target:#2b467c;--charge:#553272;--location:#1f5b57;--more:#46402f}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.6 Georgia,serif}
header{padding:1.4rem 1.6rem .8rem;border-bottom:1px solid var(--line)}h1{font-size:1.5rem;line-height:1.25;margin:0 0 .3rem}
.meta,.sure,dt,.none{color:var(--soft);font:13px/1.5 system-ui,sans-serif}
main{display:grid;grid-template-columns:minmax(0,1.15fr) minmax(20rem,.85fr);gap:1.6rem;padding:1.2rem 1.6rem;max-width:90rem}
article{white-space:pre-wrap;overflow-wrap:anywhere}
aside{display:flex;flex-direction:column;gap:.9rem}
section{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.8rem 1rem}
section:target{outline:3px solid var(--trigger)}
h2{font:600 15px/1.4 system-ui,sans-serif;margin:0 0 .4rem;display:flex;justify-content:space-between;gap:1rem}
dl{display:grid;grid-template-columns:5.2rem 1fr;gap:.15rem .6rem;margin:0;font:14px/1.45 system-ui,sans-serif}
dd{margin:0;overflow-wrap:anywhere}a{color:inherit;text-decoration-color:var(--soft)}
mark{color:inherit;background:var(--more);border-radius:3px;padding:0 1px;box-decoration-break:clone}
mark:target{outline:3px solid var(--ink)}
.trigger{background:var(--trigger);font-weight:600}.date{background:var(--date)}.actor{background:var(--actor)}
.target{background:var(--target)}.charge{background:var(--charge)}.location{background:var(--location)}
.key{display:flex;flex-wrap:wrap;gap:.5rem;font:13px system-ui,sans-serif;margin-top:.5rem}
.status{font-weight:400;font-style:italic;color:var(--soft)}
@media(max-width:50rem){main{grid-template-columns:1fr;padding:1rem}header{padding:1rem}}
"""  # noqa: E501  a style sheet, not prose
KEY = ("trigger", "date", "actor", "target", "charge", "location")
MOST_TOLD: Final = 12
"""Other articles of a record's story that its card lists; the rest are a link."""
Elsewhere = Mapping[str, Sequence[Mapping[str, Any]]]
CSP = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(
    document: Document, events: Sequence[Event], *, labelled: bool = False, elsewhere: Elsewhere | None = None
) -> str:
    """Return the HTML of a document with its records; those a person labelled (`labelled`) have no confidence.

    `elsewhere` gives, by event id, the records of other articles that tell the same event, as a store has them.
    """
    told = elsewhere or {}
    title = escape(document.title or document.id)
    key = "".join(f'<mark class="{name}">{name}</mark>' for name in KEY)
    cards = "\n".join(
        _card(number, one, told.get(one.event_id, ()), sure=not labelled) for number, one in enumerate(events, start=1)
    )
    nothing = f'<p class="none">No events {"labelled" if labelled else "found"} in this article.</p>'
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CSP}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{STYLE}</style></head>\n<body><header><h1><bdi>{title}</bdi></h1>"
        f'<div class="meta">{escape(document.id)} · published {escape(document.published or "unknown")} · '
        f'{len(events)} {"record" if len(events) == 1 else "records"}</div><div class="key">{key}</div></header>\n'
        f'<main><article dir="auto">{_article(document.text, events)}</article>\n'
        f'<aside aria-label="Event records">{cards or nothing}</aside></main></body></html>\n'
    )


def _card(number: int, event: Event, told: Sequence[Mapping[str, Any]], *, sure: bool) -> str:
    rows = []
    for slot, heading in HEADINGS:
        if slot == "date":
            links = [_link(one.start, one.end, date_words(one)) for one in event.date]
        else:
            links = [_link(one.start, one.end, filler_words(one)) for one in event.slots.get(slot, ())]
        if links:
            rows.append(f"<dt>{heading}</dt><dd>{'<br>'.join(links)}</dd>")
    if told:
        rows.append(f"<dt>also told in</dt><dd>{_told(told)}</dd>")
    trigger = event.triggers[0]
    confidence = f'<span class="sure">sure {event.confidence:.2f}</span>' if sure else ""
    status = "" if event.status == "asserted" else f' <span class="status">{escape(event.status)}</span>'
    return (
        f'<section id="event-{number}"><h2><span>{number}. {escape(event.type)}{status} · '
        f"{_link(trigger.start, trigger.end, f'“{trigger.text}”')}</span>"
        f"{confidence}</h2><dl>{''.join(rows)}</dl></section>"
    )


def _told(others: Sequence[Mapping[str, Any]]) -> str:
    links = []
    for one in others[:MOST_TOLD]:
        address = quote(str(one["event_id"]), safe="")
        when = f", {escape(one['published'][:10])}" if one["published"] else ""
        links.append(f'<a href="/event/{address}"><bdi>{escape(one["title"] or one["doc_id"])}</bdi></a>{when}')
    if len(others) > MOST_TOLD:
        story = escape("/?" + urlencode({"story": others[0]["story_id"]}))
        links.append(f'<a href="{story}">and {len(others) - MOST_TOLD} more</a>')
    return "<br>".join(links)


def _link(start: int, end: int, words: str) -> str:
    return f'<a href="#at-{start}-{end}"><bdi>{escape(words)}</bdi></a>'


def _marks(events: Sequence[Event]) -> list[tuple[int, int, str, int]]:
    """Return (start, end, class, event number) of every span shown, longest first where they start together."""
    found: dict[tuple[int, int], tuple[str, int]] = {}
    for number, event in enumerate(events, start=1):
        spans = [(one.start, one.end, "trigger") for one in event.triggers]
        spans += [(one.start, one.end, "date") for one in event.date]
        spans += [(m.start, m.end, slot) for slot, group in event.slots.items() for one in group for m in one.mentions]
        for start, end, kind in spans:
            found.setdefault((start, end), (kind, number))
    return sorted(((start, end, *kind) for (start, end), kind in found.items()), key=lambda mark: (mark[0], -mark[1]))


def _article(text: str, events: Sequence[Event]) -> str:
    """Return the text with nested marks; a span that crosses an open one is left to its own anchor only."""
    parts: list[str] = []
    open_ends: list[int] = []
    position = 0

    def write(until: int) -> None:
        nonlocal position
        while open_ends and open_ends[-1] <= until:
            parts.append(escape(text[position : open_ends[-1]]) + "</mark>")
            position = open_ends.pop()
        parts.append(escape(text[position:until]))
        position = max(position, until)

    for start, end, kind, number in _marks(events):
        write(start)
        anchor = f'id="at-{start}-{end}"'
        if open_ends and end > open_ends[-1]:
            parts.append(f"<span {anchor}></span>")
            continue
        parts.append(f'<mark {anchor} class="{kind}" title="{kind}, record {number}">')
        open_ends.append(end)
    write(len(text))
    return "".join(parts)
