"""An RSS or Atom file to one document an entry."""

import importlib
import io
import time
from collections.abc import Iterator
from typing import Any

from extract.errors import FormatError, InputError
from extract.ingest.html import text_of_fragment
from extract.ingest.published import UNREAD, as_iso
from extract.ingest.repair import mend
from extract.ingest.source import Found, Source
from extract.schema.document import Document


def read_feed(xml: str, source: Source, flags: tuple[str, ...]) -> Iterator[Found | InputError]:
    """Yield a document for every entry; what of a broken feed could be read comes first, then the error.

    `xml` was checked: it declares no entity and no encoding.
    """
    feed = _parse(xml)
    entries = feed.entries
    if not feed.get("version") and not entries:
        raise FormatError("neither RSS nor Atom, NewsML-G2 nor NITF; save the article as .txt or .html")
    for number, entry in enumerate(entries, start=1):
        yield Found(_document(entry, feed.feed, fallback_id=f"{source.name}:{number}", flags=flags), source)
    if feed.bozo:
        yield FormatError(f"the feed is not well-formed: {feed.bozo_exception}; {len(entries)} entries could be read")
    elif not entries:
        yield FormatError(f"no documents in {source.shown}: the feed has no entries")


def _parse(xml: str) -> Any:
    """Return feedparser's reading of exactly the characters checked above, re-encoded so that no other reading exists.

    Given as a stream: bytes that are a path, `b"/etc/passwd"`, feedparser 6.0.14 opens as a file, and addresses too.
    """
    stream = io.BytesIO(xml.encode())
    feedparser = importlib.import_module("feedparser")
    try:
        return feedparser.parse(stream, response_headers={"content-type": "application/xml; charset=utf-8"})
    except Exception as error:  # its loose parser raises what it likes; one feed must not end a run
        raise FormatError(f"the feed cannot be read: {type(error).__name__}: {error}"[:300]) from error


def _document(entry: Any, feed: Any, *, fallback_id: str, flags: tuple[str, ...]) -> Document:
    published, unread = _published(entry)
    link = entry.get("link") or None
    return Document(
        id=entry.get("id") or link or fallback_id,
        text=mend(_text(entry)),
        title=_line(entry.get("title")),
        published=published,
        url=link,
        publisher=_line(feed.get("title")),
        lang=_line(feed.get("language")),
        flags=(*flags, UNREAD) if unread else flags,
        meta={"published": unread} if unread else {},
    )


def _text(entry: Any) -> str:
    """Return the full content where the feed has it, else the summary; a headline alone has empty text."""
    parts = [*entry.get("content", ()), entry.get("summary_detail") or {}]
    part: Any = next((part for part in parts if part.get("value")), {})
    value = str(part.get("value", ""))
    return value if part.get("type") == "text/plain" else text_of_fragment(value)


def _published(entry: Any) -> tuple[str | None, str | None]:
    """Return the ISO date, and the stated one where it cannot be read.

    The stated date goes first: feedparser's own is in UTC, where an evening's article moves to the next day.
    """
    for key in ("published", "updated"):
        stated = entry.get(key)
        if stated:
            parsed = as_iso(stated) or _iso_utc(entry.get(f"{key}_parsed"))
            return (parsed, None) if parsed else (None, stated)
    return None, None


def _iso_utc(moment: time.struct_time | None) -> str | None:
    return time.strftime("%Y-%m-%dT%H:%M:%S+00:00", moment) if moment else None


def _line(text: str | None) -> str | None:
    return " ".join(mend(text).split()) or None if text else None
