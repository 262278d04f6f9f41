"""Which reader a file name asks for."""

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO

from extract.errors import FormatError, InputError, LimitError
from extract.ingest import compressed
from extract.ingest.csv_rows import read_csv
from extract.ingest.html import read_html
from extract.ingest.jsonl import read_jsonl
from extract.ingest.parquet import read_parquet
from extract.ingest.plain import read_plain
from extract.ingest.reports import read_docx, read_pdf
from extract.ingest.source import MEBIBYTE, Found, Options, Source
from extract.ingest.warc import read_warc
from extract.ingest.xml import read_xml

_WHOLE = {
    ".txt": "plain",
    ".html": "html",
    ".htm": "html",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".pdf": "pdf",
    ".docx": "docx",
    ".parquet": "parquet",
}
KNOWN = (".jsonl", *_WHOLE, ".csv", ".tsv", ".warc")
# Parsing markup takes 1 s a MiB, and a document has 30 s; trafilatura stops downloads at the same size.
MAX_MARKUP = 20 * MEBIBYTE
_MARKUP = ("html", "xml")


def format_of(name: str) -> tuple[str, str]:
    """Return the suffixes that name format and compression, the second empty for none.

    >>> format_of("wire.JSONL.gz"), format_of("page.html")
    (('.jsonl', '.gz'), ('.html', ''))
    """
    path = PurePath(name.lower())
    packing = path.suffix if path.suffix in compressed.SUFFIXES else ""
    suffix = PurePath(path.name.removesuffix(packing)).suffix
    if suffix in KNOWN:
        return suffix, packing
    raise FormatError(f"{f'unknown extension {suffix}' if suffix else 'no extension'}; {_allowed()}")


def known_stem(name: str) -> str:
    """Return the name without the suffixes that are formats: `mr.smith.txt.gz` is `mr.smith`.

    >>> known_stem("mr.smith.txt.gz")
    'mr.smith'
    """
    try:
        suffix, packing = format_of(name)
    except FormatError:
        return name
    return name[: -len(suffix + packing)]


def read_stream(stream: BinaryIO, source: Source, options: Options, *, suffix: str) -> Iterator[Found | InputError]:
    """Yield what one stream of that format holds."""
    match suffix:
        case ".jsonl":
            yield from read_jsonl(stream, source, options)
        case ".csv" | ".tsv":
            yield from read_csv(stream, source, options)
        case ".warc":
            yield from read_warc(stream, source)
        case _:
            yield from _read_whole(stream, source, options, suffix)


def _read_whole(stream: BinaryIO, source: Source, options: Options, suffix: str) -> Iterator[Found | InputError]:
    content = stream.read(options.max_line + 1)
    if len(content) > options.max_line:
        raise LimitError(f"longer than the limit of {options.max_line} bytes for one {suffix} file; raise --max-line")
    kind = _WHOLE[suffix]
    if kind in _MARKUP and len(content) > MAX_MARKUP:
        raise LimitError(f"longer than the limit of {MAX_MARKUP} bytes for pages and feeds; split it or save its text")
    match kind:
        case "xml":
            yield from read_xml(content, source)
        case "parquet":
            yield from read_parquet(content, source, options)
        case "pdf":
            yield read_pdf(content, source)
        case "docx":
            yield read_docx(content, source, options)
        case "html":
            yield read_html(content, source)
        case _:
            yield read_plain(content, source)


def _allowed() -> str:
    return f"known: {' '.join(KNOWN)}, each also {' '.join(compressed.SUFFIXES)}, and folders of them"
