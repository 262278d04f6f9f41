import pytest

from extract.errors import EncodingError, LimitError
from extract.ingest import read
from extract.schema.document import Document


@pytest.mark.shared
def test_the_seed_article_opens_after_its_date(request):
    folder = request.config.rootpath.parent / "shared" / "seed"
    if not folder.is_dir():
        pytest.skip("no shared folder here")
    (document,) = read([folder])
    assert document.id == "000_5d3e14be34171529"
    assert document.published == "2021-12-16"
    assert document.text.startswith("North Korea is attempting to conceal executions")


@pytest.mark.parametrize(
    ("content", "published", "text"),
    [
        (b" date 2021-12-16 North Korea", "2021-12-16", "North Korea"),
        (b"date 2021-12-16\nNorth Korea", "2021-12-16", "North Korea"),
        (b"date 2021-12-16\r\nNorth Korea", "2021-12-16", "North Korea"),
        (b"\xef\xbb\xbf date 2021-12-16 North Korea", "2021-12-16", "North Korea"),
        (b"date 2021-12-16", "2021-12-16", ""),
        (b"date 2021-02-30 North", None, "date 2021-02-30 North"),
        (b"date 2021-12-161 North", None, "date 2021-12-161 North"),
        (b"update 2021-12-16 North", None, "update 2021-12-16 North"),
        (b"North\ndate 2021-12-16\n", None, "North\ndate 2021-12-16\n"),
    ],
)
def test_a_date_prefix_is_published_and_not_text(read_bytes, content, published, text):
    assert read_bytes("a.txt", content) == [Document(id="a", text=text, published=published)]


def test_newlines_stay_as_received(read_bytes):
    (document,) = read_bytes("a.txt", b"one\r\ntwo\rthree\n\n")
    assert document.text == "one\r\ntwo\rthree\n\n"
    assert document.title is None


@pytest.mark.parametrize(("content", "text"), [(b"", ""), (b" \r\n\t", " \r\n\t"), (b"x", "x")])
def test_empty_blank_and_one_character_are_documents(read_bytes, content, text):
    assert read_bytes("a.txt", content) == [Document(id="a", text=text)]


def test_nul_is_replaced_one_for_one_and_flagged(read_bytes):
    (document,) = read_bytes("a.txt", b"He\x00 fled the town on Monday.")
    assert document.text == "He� fled the town on Monday."
    assert document.flags == ("text_repaired",)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_the_encoding(read_bytes, encoding):
    (document,) = read_bytes("a.txt", "“Café” \U0001f600\r\n".encode(encoding))
    assert (document.text, document.flags) == ("“Café” \U0001f600\r\n", ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_guessed(read_bytes, encoding):
    (document,) = read_bytes("a.txt", "He fled the town.".encode(encoding))
    assert (document.text, document.flags) == ("He fled the town.", ("encoding_guessed",))


def test_utf16_cut_in_half_is_an_error(read_bytes):
    (error,) = read_bytes("a.txt", "He fled".encode("utf-16")[:-1])
    assert isinstance(error, EncodingError)
    assert "UTF-16 LE" in error.detail


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("“We can’t stop,” the mayor said — after the café fire.", "cp1252"),
        ("Le président a été arrêté à Paris. Les élèves étaient déjà là, où le théâtre brûlait.", "latin-1"),
        ("El niño fue detenido en España; según el señor Núñez.", "cp1252"),
        ("Полиция задержала мужчину в Москве во вторник.", "cp1251"),
        ("警察は火曜日に東京で男を逮捕した。", "shift_jis"),
    ],
)
def test_other_encodings_are_guessed_and_flagged(read_bytes, text, encoding):
    (document,) = read_bytes("a.txt", text.encode(encoding) * 3)
    assert document.text == text * 3
    assert document.flags == ("encoding_guessed",)


def test_a_binary_file_is_refused(read_bytes):
    (error,) = read_bytes("a.txt", bytes(range(255, -1, -1)) * 50)
    assert isinstance(error, EncodingError)


def test_a_text_over_the_limit_is_refused(read_bytes):
    (error,) = read_bytes("a.txt", b"x" * 101, max_line=100)
    assert isinstance(error, LimitError)
    assert "--max-line" in error.detail
