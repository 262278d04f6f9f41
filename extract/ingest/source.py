"""What the readers of one format get and give: a source, options, and documents that know where they stood."""

import os
from dataclasses import dataclass
from pathlib import Path, PurePath

from extract.schema.document import Document

MEBIBYTE = 2**20


@dataclass(frozen=True, slots=True)
class Source:
    """One stream of bytes: `shown` is what error rows call it, `name` is what ids are made of."""

    shown: str
    name: str
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class Options:
    """How to read. `max_line` bounds one JSON line, text, page or feed, in bytes after decompression."""

    text_key: str | None = None
    max_line: int = 64 * MEBIBYTE
    max_decompressed: int = 2048 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Found:
    """A document and where it stood; `line` counts from 1, `byte_offset` from 0 in the decompressed bytes."""

    document: Document
    source: Source
    line: int | None = None
    byte_offset: int | None = None


def printable(path: PurePath) -> str:
    """Return the path with undecodable bytes as U+FFFD: file names are bytes, ids and error rows must be text.

    >>> printable(Path("a/b.txt"))
    'a/b.txt'
    """
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")
