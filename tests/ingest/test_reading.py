import io
import tracemalloc

import pytest

from extract.errors import EncodingError, FormatError, InputError, UsageError
from extract.ingest import read
from extract.schema.document import Document


def from_stdin(content: bytes, **options):
    return list(read(["-"], stdin=io.BytesIO(content), **options))


def test_inputs_are_read_in_the_order_named(tmp_path):
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(name)
    assert [one.text for one in read([tmp_path / "b.txt", str(tmp_path / "a.txt")])] == ["b.txt", "a.txt"]


def test_a_single_path_is_no_list_of_letters(tmp_path):
    (tmp_path / "a.txt").write_text("a")
    assert [one.text for one in read(str(tmp_path / "a.txt"))] == ["a"]


@pytest.mark.parametrize("name", ["nowhere.jsonl", "", "a\x00b.txt", "x" * 5000 + ".txt"])
def test_a_path_that_cannot_be_is_an_error_and_the_rest_is_read(tmp_path, name):
    (tmp_path / "a.txt").write_text("a")
    error, document = read([name, tmp_path / "a.txt"])
    assert isinstance(error, InputError)
    assert error.source == name
    assert document.text == "a"


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://169.254.169.254/", "https://x.org/a.html"])
def test_addresses_are_never_opened(address):
    (error,) = read([address])
    assert "nothing is fetched" in error.detail


@pytest.mark.parametrize("name", ["a.exe", "a.foo", "a", "a.gz", "a.tar.gz", "a.jsonl.bz2", ".jsonl"])
def test_an_unknown_extension_lists_the_known_ones(read_bytes, name):
    (error,) = read_bytes(name, b"x")
    assert isinstance(error, FormatError)
    assert "known: .jsonl .txt .html" in error.detail


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.warc", "a.warc.gz", "a.csv", "a.parquet"])
def test_a_file_that_is_not_what_its_name_says_is_one_error(read_bytes, name):
    (error,) = read_bytes(name, b"x")
    assert isinstance(error, InputError)
    assert error.detail


def test_published_is_given_to_documents_without_a_date(read_bytes):
    readings = read_bytes("a.jsonl", b'{"text": "a"}\n{"text": "b", "date": "2020-01-01"}', published="2021-12-16")
    assert [one.published for one in readings] == ["2021-12-16", "2020-01-01"]


def test_a_published_that_is_no_date_is_refused_at_once():
    with pytest.raises(UsageError, match="2021-12-16"):
        read(["a.txt"], published="yesterday")


def test_stdin_is_json_lines_when_it_opens_with_a_brace():
    assert [(one.id, one.text) for one in from_stdin(b'\xef\xbb\xbf\n {"text": "a"}\n{"text": "b"}')] == [
        ("stdin:2", "a"),
        ("stdin:3", "b"),
    ]


def test_stdin_is_one_text_when_it_does_not():
    assert from_stdin(b" date 2021-12-16 North\nKorea {") == [
        Document(id="stdin", text="North\nKorea {", published="2021-12-16")
    ]


def test_stdin_with_more_blank_than_a_chunk_is_still_json_lines():
    assert from_stdin(b" " * 200_000 + b'\n{"text": "a"}')[0].text == "a"


def test_json_lines_in_utf16_on_stdin_are_refused_by_name():
    (error,) = from_stdin('{"text": "a"}'.encode("utf-16"))
    assert isinstance(error, EncodingError)
    assert (error.source, "UTF-16 LE" in error.detail) == ("-", True)


@pytest.mark.parametrize("content", [b"", b"\n \n"])
def test_an_empty_stdin_is_an_error(content):
    (error,) = from_stdin(content)
    assert error.detail == "no documents in -: the file is empty or blank"


def test_a_read_error_of_the_disk_costs_one_file(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    opened = type(tmp_path).open

    def failing(path, *args):
        if path.name == "a.txt":
            raise OSError(5, "Input/output error")
        return opened(path, *args)

    monkeypatch.setattr(type(tmp_path), "open", failing)
    error, document = read([tmp_path / "a.txt", tmp_path / "b.txt"])
    assert (error.detail, error.source) == ("cannot be read: Input/output error", str(tmp_path / "a.txt"))
    assert document.text == "b.txt"


def test_errors_that_are_kept_do_not_keep_their_files(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(range(255, -1, -1)) * 8192)
    tracemalloc.start()
    errors = [next(read([path])) for _ in range(5)]
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert all(isinstance(error, EncodingError) for error in errors)
    assert kept < 2**20


def test_the_same_input_gives_the_same_readings_twice(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "a"}\n{"text": 1}\n')
    (tmp_path / "b.txt").write_bytes(b"caf\xe9")
    first, second = ([str(one) for one in read([tmp_path])] for _ in range(2))
    assert first == second
