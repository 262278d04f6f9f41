"""The pages of `serve`: records to search and narrow down, an article with its evidence, a person's page.

Server-rendered, no script, nothing loaded from elsewhere; every view is a link that can be shared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from html import escape
from typing import Any, Final
from urllib.parse import quote, urlencode

from extract.resolve.charges import iccs_label
from extract.schema.ontology import STATUSES, TYPES
from extract.store import Filter
from extract.store.export import LINES, flat

PAGE: Final = 50
"""Records on a page of the list."""
ASKED: Final = (
    "text",
    "type",
    "status",
    "actor",
    "target",
    "source",
    "charge",
    "place",
    "since",
    "until",
    "certain",
    "story",
)
HEADINGS: Final = {
    "text": "words of the article",
    "actor": "who",
    "target": "whom",
    "source": "who says so",
    "charge": "charge (words or ICCS code)",
    "place": "where",
    "since": "since",
    "until": "until",
}
COLUMNS: Final = {
    "date": "when",
    "type": "what",
    "actor": "who",
    "target": "whom",
    "charge": "charge",
    "location": "where",
}
STYLE: Final = """
:root{--ink:#1c1b19;--paper:#fbfaf7;--line:#d9d5cb;--soft:#5f5b53;--card:#fff;--bar:#c98b2f;--link:#7a3e00}
@media(prefers-color-scheme:dark){:root{--ink:#ecebe7;--paper:#191816;--line:#3a3833;--soft:#aaa599;--card:#22211e;--bar:#b4761b;--link:#f0b866}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
header{padding:1rem 1.4rem;border-bottom:1px solid var(--line)}h1{font:600 1.3rem/1.2 Georgia,serif;margin:0 0 .7rem}h1 a{color:inherit;text-decoration:none}
form{display:flex;flex-wrap:wrap;gap:.5rem .8rem;align-items:end}label{display:flex;flex-direction:column;font-size:12px;color:var(--soft)}
input,select,button{font:inherit;font-size:14px;padding:.3rem .5rem;border:1px solid var(--line);border-radius:6px;background:var(--card);color:var(--ink)}
button{cursor:pointer}input[name=text]{width:16rem}
main{display:grid;grid-template-columns:15rem minmax(0,1fr);gap:1.4rem;padding:1.2rem 1.4rem}
nav h2,section h2{font-size:13px;margin:.8rem 0 .2rem;color:var(--soft);font-weight:600}nav ul{list-style:none;margin:0;padding:0}
nav li{display:flex;justify-content:space-between;gap:.6rem}a{color:var(--link)}
table{border-collapse:collapse;width:100%;font-size:14px}th,td{text-align:left;vertical-align:top;padding:.4rem .5rem;border-bottom:1px solid var(--line);overflow-wrap:break-word}td:nth-child(1),td:nth-child(2){white-space:nowrap}td:last-child{overflow-wrap:anywhere;min-width:8rem}
th{font-size:12px;color:var(--soft)}main.one{display:block}.soft{color:var(--soft)}.wide{overflow-x:auto}svg{max-width:100%;height:auto}svg text{fill:var(--soft);font:11px system-ui}
rect{fill:var(--bar)}.status{font-style:italic;color:var(--soft)}
@media(max-width:56rem){main{grid-template-columns:minmax(0,1fr)}nav{order:2}}
"""  # noqa: E501  a style sheet, not prose


@dataclass(frozen=True, slots=True)
class Listing:
    """What a list shows: the words asked (as in the address), the records of this page, how many there are in all."""

    asked: Mapping[str, str]
    records: Sequence[Mapping[str, Any]]
    count: int
    page: int
    facets: Mapping[str, Sequence[tuple[str, int]]]


def filter_of(asked: Mapping[str, str]) -> Filter:
    """Return the filter that an address asks for; empty words ask nothing, unknown keys are left out."""
    known = {one.name for one in fields(Filter)} & set(ASKED)
    words: dict[str, Any] = {name: value for name, value in asked.items() if name in known and value.strip()}
    return replace(Filter(), **words)


def link(asked: Mapping[str, str], **changed: str | None) -> str:
    """Return the address of a list: as asked, with some words changed; `None` takes one out.

    >>> link({"type": "arrest", "page": "3"}, place="Lagos", page=None)
    '/?type=arrest&place=Lagos'
    """
    words = {name: value for name, value in {**asked, **changed}.items() if value}
    return "/?" + urlencode(words)


def list_page(listing: Listing, *, title: str, review: bool = False) -> str:
    """Return the page of a list, with a way to the review where there is one."""
    asked = listing.asked
    first = (listing.page - 1) * PAGE
    shown = f"{first + 1}–{first + len(listing.records)} of {listing.count}" if listing.records else "no records"
    here = escape(link(asked, page=None).removeprefix("/?"))
    downloads = " · ".join(f'<a href="/download.{form}?{here}">{form}</a>' for form in LINES)
    told = f'<p class="soft">{shown} · {_pages(listing)} download: {downloads}</p>'
    queue = ' · <a href="/review">review</a>' if review else ""
    return _document(
        title,
        f"<header><h1><a href='/'>{escape(title)}</a>{queue}</h1>{_form(asked)}</header><main>"
        f'<nav aria-label="Narrow down">{_narrow(listing)}</nav><section aria-label="Records">{_years(listing)}'
        f"{told}{_table(listing.records)}</section></main>",
    )


def _document(title: str, body: str) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="/style.css"></head><body>{body}</body></html>\n'
    )


def _form(asked: Mapping[str, str]) -> str:
    def chooser(name: str, choices: Iterable[str]) -> str:
        options = "".join(
            f"<option{' selected' if asked.get(name) == one else ''}>{escape(one)}</option>" for one in ("", *choices)
        )
        return f'<label>{name}<select name="{name}">{options}</select></label>'

    inputs = "".join(
        f'<label>{words}<input name="{name}" value="{escape(asked.get(name, ""))}"></label>'
        for name, words in HEADINGS.items()
    )
    choosers = (
        chooser("type", TYPES) + chooser("status", STATUSES) + chooser("certain", ("day", "week", "month", "year"))
    )
    return f'<form role="search" action="/">{inputs}{choosers}<button>Search</button></form>'


def _narrow(listing: Listing) -> str:
    keys = {"type": "type", "status": "status", "country": "place", "charge": "charge"}
    parts = []
    for facet, key in keys.items():
        rows = "".join(
            f'<li><a href="{escape(link(listing.asked, page=None, **{key: name}))}">{escape(_shown(facet, name))}</a>'
            f'<span class="soft">{count}</span></li>'
            for name, count in listing.facets.get(facet, ())
        )
        chosen = listing.asked.get(key)
        undo = f' <a href="{escape(link(listing.asked, page=None, **{key: None}))}">all</a>' if chosen else ""
        parts.append(f"<h2>{facet}{undo}</h2><ul>{rows}</ul>")
    return "".join(parts)


def _shown(facet: str, name: str) -> str:
    label = iccs_label(name) if facet == "charge" else None
    return f"{name} {label}" if label else name


def _years(listing: Listing) -> str:
    """Return bars of records by year, each a link to that year."""
    years = [(name, count) for name, count in listing.facets.get("year", ()) if name.isdigit()][-40:]
    if len(years) < 2:
        return ""
    most = max(count for _, count in years)
    bars = []
    for number, (year, count) in enumerate(years):
        height = max(2, round(60 * count / most))
        address = escape(link(listing.asked, page=None, since=year, until=year))
        label = f'<text x="{number * 22}" y="78">{year[2:]}</text>' if number % 2 == 0 else ""
        bars.append(
            f'<a href="{address}"><title>{year}: {count}</title>'
            f'<rect x="{number * 22}" y="{64 - height}" width="18" height="{height}"></rect></a>{label}'
        )
    width = len(years) * 22
    size = f'viewBox="0 0 {width} 82" width="{width}" height="82"'
    return f'<svg {size} role="img" aria-label="Records by year">{"".join(bars)}</svg>'


def _pages(listing: Listing) -> str:
    parts = []
    if listing.page > 1:
        parts.append(f'<a href="{escape(link(listing.asked, page=str(listing.page - 1)))}" rel="prev">earlier</a>')
    if listing.page * PAGE < listing.count:
        parts.append(f'<a href="{escape(link(listing.asked, page=str(listing.page + 1)))}" rel="next">later</a>')
    return " ".join(parts) + (" · " if parts else "")


def _table(records: Sequence[Mapping[str, Any]]) -> str:
    head = "".join(f'<th scope="col">{words}</th>' for words in COLUMNS.values())
    rows = "".join(_row(record) for record in records)
    head += '<th scope="col">article</th>'
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(record: Mapping[str, Any]) -> str:
    row = flat(record)
    address = f"/event/{quote(str(record['event_id']), safe='')}"
    cells = []
    for column in COLUMNS:
        match column:
            case "type":
                status = "" if row["status"] == "asserted" else f' <span class="status">{escape(row["status"])}</span>'
                cells.append(f'<a href="{address}">{escape(row["type"])}</a>{status}')
            case "actor" | "target":
                cells.append("; ".join(_person(one["name"]) for one in record[column]))
            case _:
                cells.append(f"<bdi>{escape(str(row[column] or ''))}</bdi>")
    body = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr>{body}<td class="soft"><bdi>{escape(str(record["doc_id"])[:60])}</bdi></td></tr>'


def _person(name: str) -> str:
    return f'<a href="/name?{urlencode({"is": name})}"><bdi>{escape(name)}</bdi></a>'


def name_page(name: str, done: Sequence[Mapping[str, Any]], suffered: Sequence[Mapping[str, Any]]) -> str:
    """Return the page of a name: what is told of it as actor, and what happened to it."""
    shown = escape(name)
    return _document(
        name,
        f"<header><h1><a href='/'>chargesheet</a> · <bdi>{shown}</bdi></h1><p class='soft'>Records whose fillers hold "
        "this name. One name may be several people, and one person several names.</p></header>"
        f"<main class='one'><section aria-label='As target'><h2>as target ({len(suffered)})</h2>{_table(suffered)}"
        f"<h2>as actor ({len(done)})</h2>{_table(done)}</section></main>",
    )


def told_page(title: str, words: str) -> str:
    """Return a page that says one thing: not found, a filter that no record could meet."""
    return _document(
        title, f"<header><h1><a href='/'>chargesheet</a></h1></header><main class='one'><p>{escape(words)}</p></main>"
    )
