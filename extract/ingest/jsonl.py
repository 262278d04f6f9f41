"""JSON Lines to documents: one bad line costs that line and no other.

Lines end at `\\n` alone and are decoded one by one: `str.splitlines` also cuts at U+2028 and U+0085, which may stand
inside a JSON string, and a decoder over the whole file loses everything after the first bad byte.
"""

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from extract.errors import EncodingError, FormatError, InputError, LimitError
from extract.ingest.encoding import wide_encoding
from extract.ingest.record import document_of
from extract.ingest.source import MEBIBYTE, Found, Options, Source
from extract.ingest.strict_json import parse

_BOM = b"\xef\xbb\xbf"


class _Line(NamedTuple):
    number: int  # from 1
    byte_offset: int  # of its first byte, from 0
    content: bytes
    part: int = 1  # from 1; above 1 only where carriage returns end the lines


def read_jsonl(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found | InputError]:
    """Yield a document or an error for every line that is not blank; errors carry line and byte offset."""
    empty = True
    for line in _lines(stream, options.max_line):
        empty = False
        if isinstance(line, InputError):
            yield line
            continue
        for part in _split_at_returns(line):
            yield _read_line(part, source, options)
    if empty:
        yield FormatError(f"no documents in {source.shown}: the file is empty or blank")


def _lines(stream: BinaryIO, max_line: int) -> Iterator[_Line | InputError]:
    number, offset = 0, 0
    while True:
        number += 1
        try:
            content = stream.readline(max_line + 1)
            too_long = len(content) > max_line and not content.endswith(b"\n")
            rest = _skip_line(stream) if too_long else 0
        except InputError as error:  # the stream itself broke: a damaged archive, or one over its limit
            error.line, error.byte_offset = number, offset
            yield error
            return
        if not content:
            return
        if number == 1 and (wide := wide_encoding(content)):
            yield EncodingError(f"the file is {wide}, JSON Lines must be UTF-8: iconv -t UTF-8", line=1, byte_offset=0)
            return
        if too_long:
            detail = f"line of {len(content) + rest} bytes is over the limit of {max_line}; raise --max-line"
            yield LimitError(detail, line=number, byte_offset=offset)
        elif content.removeprefix(_BOM).strip():
            yield _Line(number, offset, content)
        offset += len(content) + rest


def _skip_line(stream: BinaryIO) -> int:
    """Return how many bytes were passed over, one MiB at a time, to the end of the line."""
    skipped = 0
    while content := stream.readline(MEBIBYTE):
        skipped += len(content)
        if content.endswith(b"\n"):
            break
    return skipped


def _split_at_returns(line: _Line) -> list[_Line]:
    """Return the objects of a file whose lines end in a lone carriage return: no JSON string may hold a bare one."""
    pieces = line.content.split(b"\r")
    if len(pieces) == 1 or not all(_is_object(piece) for piece in pieces if piece.strip()):
        return [line]
    parts: list[_Line] = []
    offset = line.byte_offset
    for piece in pieces:
        if piece.strip():
            parts.append(_Line(line.number, offset, piece, part=len(parts) + 1))
        offset += len(piece) + 1
    return parts


def _is_object(piece: bytes) -> bool:
    content = piece.removeprefix(_BOM).strip()
    return content.startswith(b"{") and content.endswith(b"}")


def _read_line(line: _Line, source: Source, options: Options) -> Found | InputError:
    try:
        text = line.content.removeprefix(_BOM).decode("utf-8")
        value, repaired = parse(text.strip(" \t\r\n"))
        fallback_id = f"{source.name}:{line.number}" + (f".{line.part}" if line.part > 1 else "")
        document = document_of(value, fallback_id=fallback_id, text_key=options.text_key, repaired=repaired)
    except UnicodeDecodeError as error:
        at = line.byte_offset + error.start + len(line.content) - len(line.content.removeprefix(_BOM))
        detail = f"not UTF-8: {error.reason} at byte {at} of the file"
        return EncodingError(detail, line=line.number, byte_offset=line.byte_offset)
    except InputError as error:
        error.line, error.byte_offset = line.number, line.byte_offset
        return error
    return Found(document, source, line.number, line.byte_offset)
