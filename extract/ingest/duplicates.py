"""Documents that come under an id already read: never silent, never two results under one id."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from extract.errors import FormatError, InputError
from extract.ingest.source import Found

SAME_TEXT = "duplicate id, same text: skipped"
OTHER_TEXT = "duplicate id, different text: refused"


class _First(NamedTuple):
    text: bytes  # digest
    source: str
    line: int | None


def without_duplicates(readings: Iterable[Found | InputError]) -> Iterator[Found | InputError]:
    """Yield the first document of each id; a later one becomes an error that names both places.

    Digests are kept, not texts: about 300 bytes a document, 300 MB for a million.
    """
    seen: dict[bytes, _First] = {}
    for reading in readings:
        if isinstance(reading, InputError):
            yield reading
            continue
        key, text = _digest(reading.document.id), _digest(reading.document.text)
        first = seen.get(key)
        if first is None:
            seen[key] = _First(text, reading.source.shown, reading.line)
            yield reading
        else:
            yield _refused(reading, first, same=first.text == text)


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=16).digest()


def _refused(reading: Found, first: _First, *, same: bool) -> FormatError:
    place = first.source + (f", line {first.line}" if first.line is not None else "")
    return FormatError(
        f"{SAME_TEXT if same else OTHER_TEXT} (first read from {place})",
        source=reading.source.shown,
        line=reading.line,
        byte_offset=reading.byte_offset,
        doc_id=reading.document.id,
    )
