"""A Parquet file to one document a row, under the same column names as the keys of JSON Lines."""

import datetime as dt
import importlib
import io
from collections.abc import Iterator
from typing import Any

from extract.errors import FormatError, InputError
from extract.ingest.record import document_of
from extract.ingest.source import Found, Options, Source

_ROWS = 256
"""Rows held at once."""


def read_parquet(content: bytes, source: Source, options: Options) -> Iterator[Found | InputError]:
    """Yield a document or an error for every row; needs pyarrow (the extra `parquet`)."""
    try:
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise InputError("reading .parquet needs pyarrow: pip install 'chargesheet[parquet]'") from error
    try:
        file = parquet.ParquetFile(io.BytesIO(content))
        batches = (row for batch in file.iter_batches(batch_size=_ROWS) for row in batch.to_pylist())
        number = 0
        for number, row in enumerate(batches, start=1):
            yield _document(row, number, source, options)
    except (OSError, ValueError, importlib.import_module("pyarrow").ArrowException) as error:
        raise FormatError(f"the Parquet file cannot be read: {error}"[:300]) from error
    if not number:
        yield FormatError(f"no documents in {source.shown}: the table has no rows")


def _document(row: dict[str, Any], number: int, source: Source, options: Options) -> Found | InputError:
    record = {name: _plain(value) for name, value in row.items()}
    try:
        document = document_of(record, fallback_id=f"{source.name}:{number}", text_key=options.text_key)
    except InputError as error:
        error.line = number
        return error
    return Found(document, source, line=number)


def _plain(value: Any) -> Any:
    """Return what JSON could hold of a cell: dates in ISO form, whatever else is no JSON as its words."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float | bool | list | dict):
        return value
    return str(value)
