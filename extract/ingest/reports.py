"""PDF and Word reports to one document each; where each page of a PDF begins is kept in `meta`."""

import importlib
import io
import logging
import zipfile
from typing import Any

from extract.errors import FormatError, InputError, LimitError
from extract.ingest.repair import REPAIRED, mend
from extract.ingest.source import Found, Options, Source
from extract.schema.document import Document

PAGE_BREAK = "\n\n"
MAX_PAGES = 5_000


def read_pdf(content: bytes, source: Source) -> Found:
    """Return the document; `meta["pages"]` lists the offset at which each page begins.

    Raises `FormatError` for a file that is damaged, locked by a password, or holds pictures of text only.
    """
    pypdf = importlib.import_module("pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every repair; what cannot be read is raised
    try:
        reader = pypdf.PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise FormatError("the PDF is locked by a password; save it without one")
        if len(reader.pages) > MAX_PAGES:
            raise LimitError(f"the PDF has {len(reader.pages)} pages, more than {MAX_PAGES}; split it")
        texts = [page.extract_text() or "" for page in reader.pages]
        title = _title(reader.metadata)
    except InputError:
        raise
    except Exception as error:  # a parser of a format that wide raises what it likes; one file must not end a run
        raise FormatError(f"the PDF cannot be read: {type(error).__name__}: {error}"[:300]) from error
    return _report(texts, title, source, nothing="no text in the PDF: scanned pages need OCR first")


def _title(metadata: Any) -> str | None:
    title = metadata.title if metadata else None
    return " ".join(str(title).split()) or None if title else None


def _report(texts: list[str], title: str | None, source: Source, *, nothing: str) -> Found:
    mended = [mend(one) for one in texts]
    if not any(one.strip() for one in mended):
        raise FormatError(nothing)
    starts, at = [], 0
    for one in mended:
        starts.append(at)
        at += len(one) + len(PAGE_BREAK)
    flags = (REPAIRED,) if any(one is not two for one, two in zip(mended, texts, strict=True)) else ()
    meta = {"pages": starts} if len(starts) > 1 else {}
    return Found(Document(source.name, PAGE_BREAK.join(mended), title, flags=flags, meta=meta), source)


def read_docx(content: bytes, source: Source, options: Options) -> Found:
    """Return the document: paragraphs and tables in their order, a line each.

    The parts' sizes are added up before any is opened: a Word file is a ZIP archive, and may be a bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile as error:
        raise FormatError(f"the Word file is damaged: {error}") from error
    if size > options.max_line:
        raise LimitError(f"the Word file holds {size} bytes, more than {options.max_line}; raise --max-line")
    docx = importlib.import_module("docx")
    try:
        word = docx.Document(io.BytesIO(content))
        lines = [line for block in word.iter_inner_content() for line in _lines(block)]
        title = (word.core_properties.title or "").strip() or None
    except Exception as error:  # as above
        raise FormatError(f"the Word file cannot be read: {type(error).__name__}: {error}"[:300]) from error
    return _report(["\n".join(lines)], title, source, nothing="no text in the Word file")


def _lines(block: Any) -> list[str]:
    """Return a paragraph's text, or a table's rows, cells parted by a tab."""
    if hasattr(block, "rows"):
        return ["\t".join(cell.text for cell in row.cells) for row in block.rows]
    return [str(block.text)]
