"""PDF and Word reports: their text comes in, damage is named, bombs do not go off."""

import io
import zipfile
from pathlib import Path

import docx
import pytest

from extract.errors import InputError
from extract.ingest import read
from extract.schema.document import Document


def pdf_of(*pages: str) -> bytes:
    """Return a PDF with a line of text on each page."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, words in enumerate(pages):
        stream = f"BT /F1 12 Tf 72 700 Td ({words}) Tj ET"
        resources = f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] {resources} >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, starts = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        starts.append(len(body))
        body += f"{number} 0 obj\n{one}\nendobj\n".encode()
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode()


def _one(path: Path) -> Document | InputError:
    (found,) = read([path])
    return found


def test_a_pdf_keeps_where_its_pages_begin(tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf_of("Two men were arrested.", "One was released."))
    document = _one(tmp_path / "report.pdf")
    assert isinstance(document, Document)
    second = document.meta["pages"][1]
    assert document.text[second:].startswith("One was released.")


@pytest.mark.parametrize(
    ("content", "said"), [(b"%PDF-1.4 broken", "cannot be read"), (pdf_of(""), "OCR"), (b"", "cannot be read")]
)
def test_a_pdf_without_text_says_why(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "report.pdf").write_bytes(content)
    error = _one(tmp_path / "report.pdf")
    assert isinstance(error, InputError)
    assert said in error.detail


def _word() -> bytes:
    word = docx.Document()
    word.core_properties.title = "Annual report"
    word.add_paragraph("Police arrested Ana Ruiz.")
    cells = word.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Lagos", "12 dead"
    word.add_paragraph("The end.")
    held = io.BytesIO()
    word.save(held)
    return held.getvalue()


def test_a_word_file_gives_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(_word())
    document = _one(tmp_path / "report.docx")
    assert isinstance(document, Document)
    assert document.text == "Police arrested Ana Ruiz.\nLagos\t12 dead\nThe end."
    assert document.title == "Annual report"


def test_a_word_file_that_is_none_or_a_bomb_is_refused(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(b"no archive")
    error = _one(tmp_path / "report.docx")
    assert isinstance(error, InputError)
    assert "damaged" in error.detail
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 90 * 2**20)
    bomb = _one(tmp_path / "bomb.docx")
    assert isinstance(bomb, InputError)
    assert "more than" in bomb.detail
