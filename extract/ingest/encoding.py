"""Bytes to text: byte order mark, then the declared encoding, then strict UTF-8, then a flagged guess."""

import codecs
from typing import NamedTuple

import charset_normalizer

from extract.errors import EncodingError

GUESSED = "encoding_guessed"
# The UTF-32 marks come first: UTF-32 LE opens with the mark of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 LE"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 BE"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 BE"),
)
# A page that says Latin-1 or ASCII means Windows-1252: the WHATWG Encoding standard's labels.
_WINDOWS_1252 = frozenset({"iso8859-1", "ascii"})
_TRUSTED_CHAOS = 0.1  # charset-normalizer calls everything under 0.2 plausible; French in cp1252 measures 0.05


class Decoded(NamedTuple):
    """Text and the flags that say how it was got."""

    text: str
    flags: tuple[str, ...] = ()


def decode(content: bytes, *, declared: str | None = None) -> Decoded:
    r"""Return the text without its byte order mark; newlines stay as they are, for offsets count them.

    >>> decode(b"\xff\xfea\x00\r\x00\n\x00")
    Decoded(text='a\r\n', flags=())
    """
    for mark, name, label in _MARKS:
        if content.startswith(mark):
            return Decoded(_strictly(content[len(mark) :], name, label))
    wide = _utf16_without_mark(content)
    if wide is not None:
        return Decoded(_strictly(content, wide, wide.upper()), (GUESSED,))
    text = _if_valid(content, _codec(declared)) if declared else None
    if text is None:
        text = _if_valid(content, "utf-8")
    return Decoded(text) if text is not None else Decoded(_guessed(content), (GUESSED,))


def wide_encoding(start: bytes) -> str | None:
    r"""Name the UTF-16 or UTF-32 that a JSON file's first bytes are in, marked or not; `None` for UTF-8.

    >>> wide_encoding(b'{\x00"\x00'), wide_encoding(b'{"id"')
    ('UTF-16 LE', None)
    """
    for mark, _, label in _MARKS:
        if start.startswith(mark):
            return None if mark == codecs.BOM_UTF8 else label
    # RFC 4627, section 3: JSON opens with two ASCII characters, so the NULs tell the encoding.
    zeros = tuple(byte == 0 for byte in start[:4])
    patterns = {
        (False, True, True, True): "UTF-32 LE",
        (True, True, True, False): "UTF-32 BE",
        (False, True, False, True): "UTF-16 LE",
        (True, False, True, False): "UTF-16 BE",
    }
    return patterns.get(zeros) if len(zeros) == 4 else None


def _strictly(content: bytes, name: str, label: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        detail = f"opens as {label} but is not: {error.reason} at byte {error.start}; save it as UTF-8"
        raise EncodingError(detail, byte_offset=error.start) from error


def _utf16_without_mark(content: bytes) -> str | None:
    """Name UTF-16 when every other byte is mostly NUL: such bytes pass for UTF-8 full of NULs."""
    start = content[:4096]
    half = len(start) // 2
    if half < 2 or b"\x00" not in start:
        return None
    if start[1::2].count(0) > 0.4 * half and start[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if start[::2].count(0) > 0.4 * half and start[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _codec(declared: str) -> str | None:
    """Return the codec that a declared charset means, `None` where Python knows no text codec of that name."""
    try:
        info = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return None
    if info.name in _WINDOWS_1252:
        return "cp1252"
    # A page whose declaration reads as ASCII cannot be UTF-16 (WHATWG); UTF-7 hides markup from every check.
    return None if info.name.startswith(("utf-16", "utf-32", "utf-7")) else info.name


def _if_valid(content: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return content.decode(name)
    except (UnicodeDecodeError, LookupError):  # LookupError: rot13 and its like are no text encodings
        return None


def _guessed(content: bytes) -> str:
    """Return the likeliest reading, Windows-1252 where it is plausible at all.

    Left alone, charset-normalizer 3.5.2 reads French as cp1257 and curly quotes as cp1250.
    """
    matches = charset_normalizer.from_bytes(content)
    for match in matches:
        if match.chaos <= _TRUSTED_CHAOS and "cp1252" in match.could_be_from_charset:
            return content.decode("cp1252")
    best = matches.best()
    if best is None:
        raise EncodingError("not text in any encoding we know (is it a binary file?); save it as UTF-8")
    return str(best)
