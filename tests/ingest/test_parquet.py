"""Parquet: a row is a document, with its types."""

import datetime as dt
from pathlib import Path

import pytest

from extract.errors import InputError
from extract.ingest import read
from extract.schema.document import Document


def _read(path: Path) -> tuple[list[Document], list[InputError]]:
    found = list(read([path]))
    documents = [one for one in found if isinstance(one, Document)]
    return documents, [one for one in found if isinstance(one, InputError)]


def test_parquet_rows_are_read_with_their_types(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    columns = {
        "id": [7, 8],
        "text": ["He fled.", None],
        "published": [dt.date(2021, 12, 16), None],
        "blob": [b"x", b"y"],
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "wire.parquet")
    (document,), (error,) = _read(tmp_path / "wire.parquet")
    assert (document.id, document.text, document.published) == ("7", "He fled.", "2021-12-16")
    assert (error.line, "text" in error.detail) == (2, True)


def test_damaged_parquet_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "wire.parquet").write_bytes(b"PAR1 no table PAR1")
    _, (error,) = _read(tmp_path / "wire.parquet")
    assert "cannot be read" in error.detail
