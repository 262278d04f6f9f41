from extract.errors import FormatError
from extract.ingest import read
from extract.schema.document import Document


def test_the_same_id_with_the_same_text_is_skipped_and_said(read_bytes):
    line = b'{"id": "a", "text": "one"}\n'
    document, error = read_bytes("a.jsonl", line + line)
    assert document.text == "one"
    assert isinstance(error, FormatError)
    assert error.detail.startswith("duplicate id, same text: skipped (first read from ")
    assert error.detail.endswith("a.jsonl, line 1)")
    assert (error.line, error.byte_offset, error.doc_id) == (2, len(line), "a")


def test_the_same_id_with_another_text_is_refused_and_both_places_named(read_bytes):
    document, error, last = read_bytes(
        "a.jsonl", b'{"id": "a", "text": "one"}\n{"id": "a", "text": "two"}\n{"id": "b", "text": "one"}'
    )
    assert (document.text, last.id) == ("one", "b")
    assert error.detail.startswith("duplicate id, different text: refused (first read from ")
    assert (error.line, error.doc_id) == (2, "a")


def test_a_file_named_twice_is_read_once(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("one")
    document, error = read([path, path])
    assert isinstance(document, Document)
    assert "same text" in error.detail


def test_files_of_one_stem_named_one_by_one_do_not_clash_in_silence(tmp_path):
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(folder)
    document, error = read([tmp_path / "x" / "1.txt", tmp_path / "y" / "1.txt"])
    assert document.text == "x"
    assert "different text" in error.detail
    assert error.source.endswith("y/1.txt")
