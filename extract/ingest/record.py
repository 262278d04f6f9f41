"""A JSON object to a Document, under the keys that news tools write."""

from typing import Any

from extract.errors import FormatError
from extract.ingest.published import UNREAD, as_iso
from extract.ingest.repair import REPAIRED
from extract.schema.document import Document

TEXT_KEYS = ("text", "maintext", "body", "event_text")
_ID_KEYS = ("id", "doc_id")
_PUBLISHED_KEYS = ("published", "date_publish", "date", "published_at")


def document_of(record: Any, *, fallback_id: str, text_key: str | None, repaired: bool = False) -> Document:
    """Return the document; a key of the wrong type raises, an unknown key is kept in `meta`.

    >>> document_of({"url": "https://x.org/1", "maintext": "He fled."}, fallback_id="a:1", text_key=None).id
    'https://x.org/1'
    """
    if not isinstance(record, dict):
        raise FormatError(f"the line holds {_kind(record)}, expected an object with the keys id and text")
    rest = dict(record)
    doc_id = _take_id(rest)
    try:
        return _build(rest, doc_id, fallback_id=fallback_id, text_key=text_key, repaired=repaired)
    except FormatError as error:
        error.doc_id = doc_id or fallback_id
        raise


def _build(
    rest: dict[str, Any], doc_id: str | None, *, fallback_id: str, text_key: str | None, repaired: bool
) -> Document:
    text = _take_text(rest, text_key)
    url = _take(rest, "url")
    flags = [REPAIRED] if repaired else []
    published = _take_published(rest, flags)
    return Document(
        id=doc_id or url or fallback_id,
        text=text,
        title=_take(rest, "title"),
        published=published,
        url=url,
        publisher=_take(rest, "publisher", "source_domain"),
        lang=_take(rest, "lang", "language"),
        flags=tuple(flags),
        meta=rest,
    )


def _take_text(rest: dict[str, Any], text_key: str | None) -> str:
    """Take the text: under `text_key` alone when it is given, for the user has said which it is."""
    keys = (text_key,) if text_key else TEXT_KEYS
    present = [key for key in keys if key in rest]
    if not present:
        found = ", ".join(sorted(rest))[:200] or "none"
        raise FormatError(f"no text: expected the key {' or '.join(keys)}; keys found: {found}")
    key = next((key for key in present if rest[key] is not None), present[0])
    text = rest.pop(key)
    if not isinstance(text, str):
        raise FormatError(f"{key} is {_kind(text)}, expected a string")
    return text


def _take_id(rest: dict[str, Any]) -> str | None:
    """Take the id; whole numbers are common ids and become their digits."""
    key = _first_filled(rest, _ID_KEYS)
    if key is None:
        return None
    value = rest.pop(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        return value
    raise FormatError(f"{key} is {_kind(value)}, expected a string or a whole number")


def _take_published(rest: dict[str, Any], flags: list[str]) -> str | None:
    """Take the date; one that cannot be read stays in `meta` and is flagged, for the article is still good."""
    key = _first_filled(rest, _PUBLISHED_KEYS)
    stated = _take(rest, *_PUBLISHED_KEYS)
    if key is None or stated is None:
        return None
    published = as_iso(stated)
    if published is None:
        flags.append(UNREAD)
        rest[key] = stated
    return published


def _take(rest: dict[str, Any], *keys: str) -> str | None:
    """Take the first key that is filled; null and empty say nothing and go, other filled ones stay for `meta`."""
    key = _first_filled(rest, keys)
    if key is None:
        return None
    value = rest.pop(key)
    if not isinstance(value, str):
        raise FormatError(f"{key} is {_kind(value)}, expected a string or null")
    return value


def _first_filled(rest: dict[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        if rest.get(key) in (None, ""):
            rest.pop(key, None)
        else:
            return key
    return None


def _kind(value: object) -> str:
    """Name a JSON type in the words of JSON."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a string" if isinstance(value, str) else "a list" if isinstance(value, list) else "an object"
