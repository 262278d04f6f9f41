"""CSV and TSV to one document a row, under the same column names as the keys of JSON Lines."""

import csv
import io
import itertools
from collections.abc import Iterator
from typing import BinaryIO

from extract.errors import EncodingError, FormatError, InputError
from extract.ingest.encoding import wide_encoding
from extract.ingest.record import document_of
from extract.ingest.source import Found, Options, Source
from extract.ingest.stream import CHUNK, stream_of

_DELIMITERS = ",;\t|"


def read_csv(stream: BinaryIO, source: Source, options: Options) -> Iterator[Found | InputError]:
    """Yield a document or an error for every row; the first row names the columns.

    Bytes that are not UTF-8 cost their row alone: they are decoded to lone surrogates and looked for there.
    """
    head = stream.read(CHUNK)  # the header, and with it the delimiter, must stand in it
    if wide := wide_encoding(head):
        raise EncodingError(f"the file is {wide}, CSV must be UTF-8: iconv -t UTF-8", line=1, byte_offset=0)
    whole = stream_of(itertools.chain([head], iter(lambda: stream.read(CHUNK), b"")))
    text = io.TextIOWrapper(whole, encoding="utf-8-sig", errors="surrogateescape", newline="")
    csv.field_size_limit(options.max_line)
    rows = csv.reader(text, delimiter=_delimiter(head), strict=True)
    columns = next(_sound(rows), None)
    if not isinstance(columns, list):
        raise columns or FormatError(f"no documents in {source.shown}: the file is empty or blank")
    yield from _documents(rows, [one.strip() for one in columns], source, options)


def _delimiter(head: bytes) -> str:
    """Return the delimiter that stands most often in the first line."""
    line = head.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0].decode("utf-8", "replace")
    return max(_DELIMITERS, key=line.count)


def _sound(rows: Iterator[list[str]]) -> Iterator[list[str] | InputError]:
    """Yield the rows; one that is broken is an error, and the reader goes on after it."""
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield FormatError(f"the row is broken: {error}")
            continue
        if any(row):
            yield row


def _documents(
    rows: Iterator[list[str]], columns: list[str], source: Source, options: Options
) -> Iterator[Found | InputError]:
    empty = True
    for number, row in enumerate(_sound(rows), start=1):
        line = getattr(rows, "line_num", None)
        empty = False
        error = row if isinstance(row, InputError) else _fault(row, columns)
        if error is None and not isinstance(row, InputError):
            record = {name: value for name, value in zip(columns, row, strict=False) if name and value != ""}
            try:
                fallback = f"{source.name}:{number}"
                document = document_of(record, fallback_id=fallback, text_key=options.text_key)
                yield Found(document, source, line=line)
                continue
            except InputError as refused:
                error = refused
        assert error is not None
        error.line = line
        yield error
    if empty:
        yield FormatError(f"no documents in {source.shown}: there are no rows under the header")


def _fault(row: list[str], columns: list[str]) -> InputError | None:
    if len(row) > len(columns):
        return FormatError(f"{len(row)} cells under {len(columns)} columns; is a quotation mark missing?")
    if any("\udc80" <= letter <= "\udcff" for cell in row for letter in cell):
        return EncodingError("the row is not valid UTF-8")
    return None
