"""Bytes that arrive in chunks, as a stream with `readline`."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, cast

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

CHUNK = 65_536


class _ChunkReader(io.RawIOBase):
    """A raw stream over chunks; what a chunk's source raises comes out of the read that needed it."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        target = memoryview(buffer).cast("B")
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._left = memoryview(chunk)
        size = min(len(target), len(self._left))
        target[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def stream_of(chunks: Iterable[bytes]) -> BinaryIO:
    r"""Return the chunks as one buffered stream: whole lines come out before an error that follows them.

    >>> stream_of([b"on", b"e\ntwo"]).readline()
    b'one\n'
    """
    return cast(BinaryIO, io.BufferedReader(_ChunkReader(chunks), CHUNK))
