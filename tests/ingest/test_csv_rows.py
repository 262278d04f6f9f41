"""CSV: a row is a document, and a bad row costs itself alone."""

from pathlib import Path

import pytest

from extract.errors import EncodingError, FormatError, InputError
from extract.ingest import read
from extract.schema.document import Document


def _read(path: Path) -> tuple[list[Document], list[InputError]]:
    found = list(read([path]))
    documents = [one for one in found if isinstance(one, Document)]
    return documents, [one for one in found if isinstance(one, InputError)]


def test_rows_become_documents_with_other_columns_kept(tmp_path: Path) -> None:
    path = tmp_path / "wire.csv"
    path.write_bytes(
        '\ufeffid,title,text,published,desk\r\n1,"A, b","He ""fled"".\nNext.",2021-12-16,crime\r\n'.encode()
    )
    ((document,), errors) = _read(path)
    assert not errors
    assert (document.id, document.title, document.text) == ("1", "A, b", 'He "fled".\nNext.')
    assert (document.published, document.meta) == ("2021-12-16", {"desk": "crime"})


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_the_delimiter_is_read_off_the_header(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "wire.csv"
    path.write_text(f"id{delimiter}text\n1{delimiter}Fire, smoke\n")
    ((document,), _) = _read(path)
    assert document.text == "Fire, smoke"


def test_a_bad_row_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "wire.csv"
    path.write_bytes(b"id,text\n1,good\n2,bad \xff byte\n3,too,many\n4,\n5,good too\n")
    documents, errors = _read(path)
    assert [one.id for one in documents] == ["1", "5"]
    assert [(type(one), one.line) for one in errors] == [(EncodingError, 3), (FormatError, 4), (FormatError, 5)]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"id,text\n"])
def test_a_table_without_rows_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wire.csv").write_bytes(content)
    documents, (error,) = _read(tmp_path / "wire.csv")
    assert not documents
    assert "no documents" in error.detail


def test_a_utf16_table_says_how_to_turn_it(tmp_path: Path) -> None:
    (tmp_path / "wire.csv").write_text("id,text\n1,x\n", encoding="utf-16")
    _, (error,) = _read(tmp_path / "wire.csv")
    assert "iconv" in error.detail
