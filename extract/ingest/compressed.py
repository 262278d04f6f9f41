"""Compressed files to their bytes, a bounded number of them: 10 kB of gzip can hold 10 MB, 10 kB of zstd 300 MB."""

import gzip
import importlib
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from extract.errors import FormatError, InputError, LimitError
from extract.ingest.stream import CHUNK, stream_of

SUFFIXES = (".gz", ".zst")
_ZSTD_CHUNK = 1024  # bytes in; a block of 4 bytes can hold 128 KiB, so this yields 32 MiB at most


def decompressed(file: BinaryIO, suffix: str, *, max_decompressed: int) -> BinaryIO:
    """Return the plain bytes as a stream; damage and the limit are raised where they stand, after what is whole."""
    chunks = _gunzip(file) if suffix == ".gz" else _unzstd(file)
    return stream_of(_bounded(chunks, max_decompressed))


def _bounded(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    total = 0
    for chunk in chunks:
        total += len(chunk)
        if total > limit:
            raise LimitError(f"holds more than {limit} bytes decompressed; raise --max-decompressed if you trust it")
        yield chunk


def _gunzip(file: BinaryIO) -> Iterator[bytes]:
    """Yield the content chunk by chunk: GzipFile checks length and CRC only after it has handed the last one out."""
    try:
        archive = gzip.GzipFile(fileobj=file)
        while chunk := archive.read1(CHUNK):
            yield chunk
    except EOFError as error:
        raise FormatError("the gzip file is cut short; what follows is lost") from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FormatError(f"the gzip file is damaged: {error}") from error


def _unzstd(file: BinaryIO) -> Iterator[bytes]:
    try:
        zstandard = importlib.import_module("zstandard")
    except ImportError as error:
        raise InputError("reading .zst needs the package zstandard: pip install 'chargesheet[zst]'") from error
    try:
        yield from _frames(file, zstandard.ZstdDecompressor())
    except zstandard.ZstdError as error:
        raise FormatError(f"the zstd file is damaged: {error}") from error


# mypy sees no types here: zstandard is optional and may be absent where it runs.
def _frames(file: BinaryIO, decompressor: object) -> Iterator[bytes]:
    """Yield the content of all frames; the library's own stream reader ends a truncated file without a word."""
    frame = None
    left = b""
    while left or (left := file.read(_ZSTD_CHUNK)):
        frame = frame or decompressor.decompressobj()  # type: ignore[attr-defined]
        chunk = frame.decompress(left)
        left = b""
        if chunk:
            yield chunk
        if frame.eof:
            left, frame = frame.unused_data, None
    if frame is not None:
        raise FormatError("the zstd file is cut short; what follows is lost")
