"""A web archive (WARC) to one document for every page that was fetched well."""

import importlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from extract.errors import FormatError, InputError, LimitError
from extract.ingest.html import read_html
from extract.ingest.source import MEBIBYTE, Found, Source

MAX_PAGE = 20 * MEBIBYTE
_HTML = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, source: Source) -> Iterator[Found | InputError]:
    """Yield a document for each response that is a page of status 200; its address is its id.

    Pages without an article are errors of their own; a damaged archive is one after all that could be read.
    """
    fastwarc = importlib.import_module("fastwarc.warc")
    quiet = _Quiet(stream)
    seen = False
    try:
        kinds = fastwarc.WarcRecordType.response
        for record in fastwarc.ArchiveIterator(quiet, record_types=kinds, parse_http=True, auto_decode="all"):
            if not _is_page(record):
                continue
            seen = True
            yield _page(record, source)
    except (OSError, ValueError) as error:
        yield FormatError(f"the archive is damaged: {error}"[:300])
        return
    if quiet.error is not None:
        yield quiet.error
    elif not seen:
        yield FormatError(f"no pages in {source.shown}: expected WARC responses of status 200 with HTML")


class _Quiet:
    """A stream that ends where it breaks and keeps the reason: fastwarc 2.0 panics on what a stream raises."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0
        self.error: InputError | None = None

    def read(self, size: int = -1) -> bytes:
        """Return at most so many bytes, none at the end or where the stream broke."""
        try:
            chunk = b"" if self.error else self._stream.read(size)
            self._at += len(chunk)
            return chunk
        except InputError as error:
            self.error = error
        except OSError as error:
            self.error = InputError(f"cannot be read: {error.strerror or error}")
        return b""

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._at


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or headers.status_code != 200:
        return False
    return str(record.http_content_type or "").lower() in _HTML


def _page(record: Any, source: Source) -> Found | InputError:
    address = str(record.headers.get("WARC-Target-URI") or record.record_id)
    content = record.reader.read(MAX_PAGE + 1)
    if len(content) > MAX_PAGE:
        return LimitError(f"the page is longer than the limit of {MAX_PAGE} bytes", source=source.shown, doc_id=address)
    try:
        found = read_html(content, Source(source.shown, address))
    except InputError as error:
        error.source, error.doc_id = source.shown, address
        return error
    return replace(found, document=replace(found.document, url=found.document.url or address), source=source)
