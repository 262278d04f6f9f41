"""An XML file to its documents: checked before any parser sees it, then read by what its first element says it is."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from extract.errors import FormatError, InputError
from extract.ingest.encoding import decode
from extract.ingest.feed import read_feed
from extract.ingest.newsml import ROOTS, read_news
from extract.ingest.repair import REPAIRED, mend
from extract.ingest.source import Found, Source

_ENCODING = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_DECLARATION = re.compile(r"\s*<\?xml[^>]*?\?>")
_DTD = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Every NITF file of the printed press names this DTD. It is cut out, never opened; with declarations of its own in
# brackets, or another file's name, the document is refused like any other.
_NITF_DTD = re.compile(
    r"""<!DOCTYPE\s+nitf\s+(?:SYSTEM|PUBLIC\s+["'][^"'<>\[\]]{0,200}["'])\s+"""
    r"""["'](?:[^"'<>\[\]\s]{0,200}/)?nitf[\w.-]{0,40}\.dtd["']\s*>"""
)
_PASSED = (("<?", "?>"), ("<!--", "-->"))
_BLANK = re.compile(r"\s*")
_NAME = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)")


class Checked(NamedTuple):
    """XML without declarations, and the flags that say how its text was got."""

    xml: str
    flags: tuple[str, ...]
    root: str


def read_xml(content: bytes, source: Source) -> Iterator[Found | InputError]:
    """Yield the documents of a feed, a NewsML-G2 or a NITF file."""
    xml, flags, root = checked(content, source)
    yield from (read_news if root in ROOTS else read_feed)(xml, source, flags)


def checked(content: bytes, source: Source) -> Checked:
    """Return the characters that a parser may have; raises `FormatError` for what declares a document type or entity.

    They are decoded here and handed on without their declaration, so that no parser reads them in another encoding.
    """
    declared = _ENCODING.search(content[:1024])
    xml, flags = decode(content, declared=declared[1].decode("ascii") if declared else None)
    if not xml.strip():
        raise FormatError(f"no documents in {source.shown}: the file is empty or blank")
    xml = _without_nitf_dtd(xml)
    if _DTD.search(xml):
        raise FormatError("XML with <!DOCTYPE or <!ENTITY is refused: entities can fill the memory or name files")
    mended = mend(xml)
    if mended is not xml:
        flags = (*flags, REPAIRED)
    declaration = _DECLARATION.match(mended)  # match, not sub: a search at every place is quadratic
    xml = mended[declaration.end() if declaration else 0 :]
    return Checked(xml, flags, _root(xml))


def _without_nitf_dtd(xml: str) -> str:
    at = _prolog_end(xml)
    found = _NITF_DTD.match(xml, at)
    return xml[:at] + xml[found.end() :] if found else xml


def _root(xml: str) -> str:
    """Return the first element's name without its prefix, empty where there is none."""
    found = _NAME.match(xml, _prolog_end(xml))
    return found[1] if found else ""


def _prolog_end(xml: str) -> int:
    """Return where the first thing stands that is neither blank, comment nor processing instruction."""
    at = 0
    while True:
        blank = _BLANK.match(xml, at)
        at = blank.end() if blank else at
        closing = next((close for opening, close in _PASSED if xml.startswith(opening, at)), None)
        if closing is None:
            return at
        end = xml.find(closing, at)
        if end < 0:
            return len(xml)
        at = end + len(closing)
