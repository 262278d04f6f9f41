"""The pages of `serve --review`: the queue, an article beside its records, two versions to choose between."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import urlencode

from extract.review.desk import Opened
from extract.review.pieces import KEYS, card, card_id, pieces
from extract.review.state import State
from extract.schema.ontology import STATUSES, TYPES
from extract.store.corrections import Waiting

SHOWN: Final = 100
"""Articles that a queue's page lists."""
HELP: Final[Mapping[str, Sequence[tuple[str, str]]]] = {
    "Select words": (
        ("← →", "the word before, the word after"),
        ("↑ ↓", "the sentence before, the sentence after"),
        ("⇧ with an arrow", "select up to there"),
        ("Enter", "go to the slot of the words"),
        ("Esc", "select nothing; close what is open"),
    ),
    "With words selected": (
        *((key, f"they fill {slot}" if slot != "trigger" else "they name the event too") for slot, key in KEYS.items()),
        ("⇧ with such a key", "they are a further mention of the filler in focus, or of the slot's last"),
        ("e", "they name a new record"),
        ("b", "split: they name a record of their own, with the same slots"),
        ("-", "they are no mention: take them out of their filler"),
    ),
    "Records": (
        ("j k", "the next record, the one before"),
        ("a slot's key", "go to that slot"),
        ("Del", "take out the filler in focus"),
        ("y", "change the type"),
        ("1 2 3 4", "asserted, alleged, denied, planned"),
        ("=", "set the date's value by hand"),
        ("v", "accept the record, or take that back"),
        ("x", "reject it, or take that back"),
        ("f", "flag it with a note"),
        ("m", "merge another record into it"),
        ("⇧Del", "delete it"),
    ),
    "Article": (
        ("o", "no event here"),
        ("F", "flag the article with a note"),
        ("u U", "undo, redo (also Ctrl-Z, Ctrl-Shift-Z)"),
        ("Z", "show the model's records of a blind article"),
        ("Ctrl-Enter", "accept the article, go to the next"),
        ("]", "put it off, go to the next"),
        ("q", "back to the queue"),
        ("g", "the guideline for the slot in focus, or the record's type"),
        ("?", "these keys"),
    ),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of the review knows: the store's name, who reviews, the token that writes need, the store's key.

    `key` tells this store's unsaved edits from another's in the same browser.
    """

    title: str
    author: str
    token: str
    key: str


def article_link(doc_id: str) -> str:
    """Return the address of an article's page."""
    return "/review/article?" + urlencode({"doc": doc_id})


def _document(title: str, body: str, head: str = "") -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="stylesheet" href="/review.css">{head}</head>{body}</html>\n'
    )


def queue_page(waiting: Sequence[Waiting], blind: Sequence[bool], frame: Frame) -> str:
    """Return the page of the queue; a blind article does not tell what the model found in it."""
    rows = "".join(_waiting(one, hidden) for one, hidden in zip(waiting[:SHOWN], blind, strict=False))
    count = len(waiting)
    shown = f"{count} articles wait" if count != 1 else "1 article waits"
    more = f", the first {SHOWN} are shown" if count > SHOWN else ""
    table = (
        '<div class="wide"><table><thead><tr><th scope="col">article</th><th scope="col">records</th>'
        '<th scope="col">least sure</th><th scope="col">so far</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        if count
        else '<p class="done">Nothing waits: every article of this store has been accepted.</p>'
    )
    first = f'<a class="go" href="{escape(article_link(waiting[0].doc_id))}">Begin with the first</a>' if count else ""
    return _document(
        f"Review · {frame.title}",
        f'<body class="queue"><header><h1><a href="/">{escape(frame.title)}</a> · review</h1>'
        f'<p class="soft">{shown}{more}, the least certain first · reviewing as <bdi>{escape(frame.author)}</bdi></p>'
        f"</header><main>{first}{table}</main></body>",
    )


def _waiting(one: Waiting, hidden: bool) -> str:
    title = escape(one.title or one.doc_id)
    sure = "" if one.least is None or hidden else f"{one.least:.2f}"
    records = '<span class="badge">blind</span>' if hidden else str(one.records)
    known = []
    if one.version:
        known.append(f"{one.version} {'entry' if one.version == 1 else 'entries'}")
    if one.state == "accepted":
        known.append(f"changed since {escape(one.author or '')} accepted it")
    elif one.state == "later":
        known.append(f"put off by {escape(one.author or '')}")
    return (
        f'<tr><td><a href="{escape(article_link(one.doc_id))}"><bdi>{title}</bdi></a> <span class="soft"><bdi>'
        f"{escape(one.doc_id) if one.title else ''}</bdi></span></td><td>{records}</td><td>{sure}</td>"
        f"<td>{', '.join(known)}</td></tr>"
    )


def article_page(opened: Opened, frame: Frame) -> str:
    """Return the page of an article: sentences on the left, records on the right, all of it worked by keys."""
    document = opened.document
    made = pieces(opened)
    cards = [card_id(one) for one in opened.state.shown]
    sentences = "".join(html for name, html in made.items() if name.startswith("s-"))
    records = "".join(made[name] for name in cards)
    settings = {
        "doc": document.id,
        "version": opened.version,
        "token": frame.token,
        "store": frame.key,
        "author": frame.author,
        "seen": opened.seen,
        "keys": KEYS,
        "types": TYPES,
        "statuses": STATUSES,
    }
    meta = f'<meta name="review" content="{escape(json.dumps(settings))}">'
    title = document.title or document.id
    return _document(
        title,
        f'<body class="article"><header><p class="soft"><a href="/review">queue</a> · <bdi>{escape(document.id)}</bdi>'
        f" · published {escape(document.published or 'unknown')} · as <bdi>{escape(frame.author)}</bdi>"
        f'<span id="saved" role="status"></span></p><h1><bdi>{escape(title)}</bdi></h1></header>'
        '<noscript><p class="told">Correcting needs JavaScript; without it this page only shows.</p></noscript>'
        '<div id="unsaved" class="alert" role="alert" hidden></div><section id="conflict" hidden></section>'
        f'<main id="work"><article id="text" tabindex="0" aria-label="Article">{sentences}</article>'
        f'<aside aria-label="Records">{made["head"]}<div id="records">{records}</div></aside></main>'
        '<footer><p id="bar" aria-live="polite">Select words, then press a slot’s key. <kbd>?</kbd> lists all keys.</p>'
        '<p class="tools"><button type="button" data-do="help">Keys <kbd>?</kbd></button>'
        '<button type="button" data-do="later">Later <kbd>]</kbd></button>'
        '<button type="button" class="go" data-do="done">Accept, next <kbd>Ctrl ↵</kbd></button></p></footer>'
        f"{_help()}{_ASK}</body>",
        f'{meta}<script src="/review.js" defer></script>',
    )


_ASK: Final = (
    '<dialog id="ask" aria-labelledby="ask-title"><form><h2 id="ask-title"></h2><div id="ask-body"></div>'
    '<p class="tools"><button type="submit" class="go">OK</button>'
    '<button type="button" data-do="close">Cancel <kbd>Esc</kbd></button></p></form></dialog>'
    '<dialog id="guide" aria-labelledby="guide-title"><h2 id="guide-title" tabindex="-1" autofocus></h2>'
    '<div id="guide-body"></div>'
    '<p class="tools"><button type="button" data-do="close">Close <kbd>Esc</kbd></button></p></dialog>'
)


def _help() -> str:
    parts = []
    for heading, rows in HELP.items():
        lines = "".join(
            f"<tr><th scope='row'><kbd>{escape(key)}</kbd></th><td>{words}</td></tr>" for key, words in rows
        )
        parts.append(f"<section><h3>{heading}</h3><table><tbody>{lines}</tbody></table></section>")
    return (
        '<dialog id="help" aria-labelledby="help-title"><h2 id="help-title" tabindex="-1" autofocus>Keys</h2>'
        f'<div class="columns">{"".join(parts)}</div>'
        '<p class="tools"><button type="button" data-do="close">Close <kbd>Esc</kbd></button></p></dialog>'
    )


def conflict_piece(
    opened: Opened, mine: State, *, authors: Sequence[str], edits: Sequence[str], wrong: Sequence[str]
) -> str:
    """Return both versions of an article side by side, with the edits that were not saved and the three ways out."""
    ours = {one.event.event_id: card(one) for one in mine.shown}
    theirs = {one.event.event_id: card(one) for one in opened.state.shown}
    who = escape(" and ".join(authors) or "somebody")
    listed = "".join(f"<li><bdi>{escape(one)}</bdi></li>" for one in edits)
    off = "".join(f"<li><bdi>{escape(one)}</bdi></li>" for one in wrong)
    return (
        f"<h2>Changed by {who} in the meantime</h2><p>Your {len(edits)} unsaved "
        f"{'edit was' if len(edits) == 1 else 'edits were'} made on an earlier version:</p><ul>{listed}</ul>"
        f"{f'<p>Of these do not fit:</p><ul>{off}</ul>' if off else ''}"
        '<p class="tools"><button type="button" class="go" data-do="mine">Take mine</button>'
        '<button type="button" data-do="theirs">Take theirs</button>'
        '<button type="button" data-do="by-hand">By hand: theirs, then my edits one by one</button></p>'
        f'<div class="versions"><section aria-label="Mine"><h3>Mine</h3>{_differing(ours, theirs)}</section>'
        f'<section aria-label="Theirs"><h3>Theirs</h3>{_differing(theirs, ours)}</section></div>'
    )


def _differing(cards: Mapping[str, str], others: Mapping[str, str]) -> str:
    """Return the cards that the other version lacks or has otherwise, what differs in them marked."""
    shown = [_against(html, others.get(name)) for name, html in cards.items() if others.get(name) != html]
    same = len(cards) - len(shown)
    told = f'<p class="soft">{same} {"record is" if same == 1 else "records are"} the same in both.</p>' if same else ""
    nothing = '<p class="soft">No records.</p>' if not cards else ""
    return f"<div inert>{''.join(shown)}</div>{told}{nothing}"


def _against(html: str, other: str | None) -> str:
    """Return a card of another id, with every row and button marked that the other version of it does not have."""

    def marked(found: re.Match[str]) -> str:
        if other is None or found[0] in other:
            return found[0]
        whole = found[0].replace("<dt>", '<dt class="differs">', 1)
        return re.sub(r'class="(kind|status \w+)"', r'class="\1 differs"', whole, count=1)

    return _PART.sub(marked, html.replace(' id="r-', ' data-was="r-', 1))


_PART: Final = re.compile(r'<dt>.*?</dd>|<button type="button" class="(?:kind|status)\b.*?</button>', re.DOTALL)
