"""A plain-text file to one document."""

import re

from extract.ingest.encoding import decode
from extract.ingest.published import as_iso
from extract.ingest.repair import REPAIRED, mend
from extract.ingest.source import Found, Source
from extract.schema.document import Document

# The date may have a line of its own or, as in the seed article, open the first line of the text.
_DATE_LINE = re.compile(r"[ \t]*date (\d{4}-\d{2}-\d{2})(?:[ \t]*(?:\r\n|\n|\r|\Z)|[ \t]+)")


def read_plain(content: bytes, source: Source) -> Found:
    r"""Return the document; its text starts after a `date YYYY-MM-DD` prefix, which is `published`, not text.

    >>> found = read_plain(b" date 2021-12-16 North Korea\r\n", Source("a.txt", "a"))
    >>> found.document.text, found.document.published
    ('North Korea\r\n', '2021-12-16')
    """
    received, flags = decode(content)
    text = mend(received)
    if text is not received:
        flags = (*flags, REPAIRED)
    published, start = _date_line(text)
    return Found(Document(id=source.name, text=text[start:], published=published, flags=flags), source)


def _date_line(text: str) -> tuple[str | None, int]:
    """Return the date and where the text starts; a day that is in no calendar is left as text."""
    match = _DATE_LINE.match(text)
    published = as_iso(match[1]) if match else None
    return (published, match.end()) if match and published else (None, 0)
