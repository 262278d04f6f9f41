"""Inputs as the user named them to documents, in order; what cannot be read becomes an error and the run goes on."""

import dataclasses
import glob
import itertools
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, TypeVar

from extract.errors import InputError, UsageError
from extract.ingest.compressed import decompressed
from extract.ingest.duplicates import without_duplicates
from extract.ingest.formats import format_of, read_stream
from extract.ingest.language import check_language
from extract.ingest.published import UNREAD, as_iso
from extract.ingest.source import MEBIBYTE, Found, Options, Source, printable
from extract.ingest.stream import CHUNK, stream_of
from extract.ingest.tree import matching, source_of, walk
from extract.schema.document import Document

STDIN = "-"
LANGUAGES = ("en", "any")
_T = TypeVar("_T", Found, Source)
_URL_STARTS = ("http:", "https:", "file:", "ftp:")


def read(
    inputs: Iterable[str | Path | Source],
    *,
    stdin: BinaryIO | None = None,
    text_key: str | None = None,
    published: str | None = None,
    lang: str = "any",
    versions: bool = False,
    max_line: int = 64 * MEBIBYTE,
    max_decompressed: int = 2048 * MEBIBYTE,
) -> Iterator[Document | InputError]:
    """Yield the documents of files, folders, patterns and `-` in order, an InputError for each that cannot be read.

    A `Source`, as `sources` gives them, is read under its own name. Errors are yielded, not raised, so that one bad
    line costs no other document. `published` is given to documents that carry no date; `max_line` bounds one JSON line,
    text, page or feed in bytes, `max_decompressed` one archive. With `versions`, documents of one id are versions of
    one another and all come; without, the second is an error.

    A text that is surely not in `lang` is an error too, unless that is "any".

    >>> [error.detail for error in read(["no-such-file.jsonl"])]
    ['no such file or folder']
    """
    if published is not None and as_iso(published) is None:
        raise UsageError(f"published is no ISO date: {published!r}; write it as 2021-12-16")
    named = [inputs] if isinstance(inputs, str | Path) else inputs
    options = Options(text_key=text_key, max_line=max_line, max_decompressed=max_decompressed)
    readings = (reading for one in named for reading in _read_input(one, options, stdin))
    if lang not in LANGUAGES:
        raise UsageError(f"no language {lang!r}; there are: {', '.join(LANGUAGES)}")
    return _unwrapped(readings if versions else without_duplicates(readings), published and as_iso(published), lang)


def _spoken(readings: Iterable[Found | InputError], lang: str) -> Iterator[Found | InputError]:
    for reading in readings:
        if isinstance(reading, Found):
            try:
                check_language(reading.document, lang)
            except InputError as error:
                error.source, error.line, error.byte_offset = reading.source.shown, reading.line, reading.byte_offset
                yield error
                continue
        yield reading


def _unwrapped(
    readings: Iterable[Found | InputError], published: str | None, lang: str
) -> Iterator[Document | InputError]:
    for reading in _spoken(readings, lang):
        if isinstance(reading, InputError):
            # A traceback holds the frames, and they the whole file: a kept list of errors would keep every file.
            reading.__traceback__ = reading.__cause__ = reading.__context__ = None
            yield reading
        elif published and not reading.document.published and UNREAD not in reading.document.flags:
            yield dataclasses.replace(reading.document, published=published)
        else:
            yield reading.document


def sources(inputs: Iterable[str | Path], *, may_be_empty: bool = False) -> Iterator[Source | InputError]:
    """Yield the files behind the inputs in order; with `may_be_empty`, a folder or pattern without any is no error."""
    for one in inputs:
        shown = printable(Path(one)) if str(one) else ""
        yield from _located(_sources(one, may_be_empty=may_be_empty), Source(shown, shown))


def _read_input(one: str | Path | Source, options: Options, stdin: BinaryIO | None) -> Iterator[Found | InputError]:
    if isinstance(one, Source):
        yield from _located(_read_file(one, options), one)
        return
    if str(one) == STDIN:
        source = Source(STDIN, "stdin")
        yield from _located(_read_stdin(stdin or sys.stdin.buffer, source, options), source)
        return
    for found in sources([one]):
        if isinstance(found, InputError):
            yield found
        else:
            yield from _located(_read_file(found, options), found)


def _sources(one: str | Path, *, may_be_empty: bool) -> Iterator[Source | InputError]:
    """Yield the file, or the files of the folder or pattern named. Nothing is ever fetched: an address is no path."""
    path = Path(one)
    if str(one) and path.is_dir():
        yield from walk(path, may_be_empty=may_be_empty)
    elif str(one) and path.exists():
        yield source_of(path)
    elif str(one).startswith(_URL_STARTS):
        yield InputError("an address, not a file: nothing is fetched; download it and give the file")
    elif glob.has_magic(str(one)):
        yield from matching(str(one), may_be_empty=may_be_empty)
    else:
        yield InputError("no such file or folder")


def _read_file(source: Source, options: Options) -> Iterator[Found | InputError]:
    assert source.path is not None
    suffix, packing = format_of(source.path.name)
    with source.path.open("rb") as file:
        stream: BinaryIO = file
        if packing:
            stream = decompressed(file, packing, max_decompressed=options.max_decompressed)
        yield from read_stream(stream, source, options, suffix=suffix)


def _read_stdin(stdin: BinaryIO, source: Source, options: Options) -> Iterator[Found | InputError]:
    """Yield JSON Lines when the first byte that is no blank is `{`, else one plain-text document."""
    some = getattr(stdin, "read1", stdin.read)  # read1 returns what a slow pipe has; read waits for all of CHUNK
    head = b""
    while not _blank_removed(head) and (chunk := some(CHUNK)):
        head += chunk
    suffix = ".jsonl" if _blank_removed(head)[:1] in (b"{", b"") else ".txt"
    stream = stream_of(itertools.chain([head], iter(lambda: some(CHUNK), b"")))
    yield from read_stream(stream, source, options, suffix=suffix)


def _blank_removed(head: bytes) -> bytes:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")


def _located(readings: Iterator[_T | InputError], source: Source) -> Iterator[_T | InputError]:
    """Yield on, with the source filled in; what is raised, by us or the system, becomes the last thing yielded."""
    try:
        for reading in readings:
            if isinstance(reading, InputError) and not reading.source:
                reading.source = source.shown
            yield reading
    except InputError as error:
        error.source = error.source or source.shown
        yield error
    except OSError as error:
        yield InputError(f"cannot be read: {error.strerror or error}", source=source.shown)
