import gzip
import importlib
import sys
import tracemalloc

import pytest

from extract.errors import FormatError, LimitError
from extract.schema.document import Document

LINES = b"".join(b'{"id": "%d", "text": "He fled %d times."}\n' % (number, number * 7919) for number in range(20_000))


def split(readings):
    documents = [one for one in readings if isinstance(one, Document)]
    return documents, readings[len(documents) :]


def test_gzip_is_read_and_named_without_its_suffixes(read_bytes):
    documents, errors = split(read_bytes("wire.jsonl.gz", gzip.compress(LINES)))
    assert (len(documents), errors) == (20_000, [])
    (document,) = read_bytes("mr.smith.TXT.gz", gzip.compress(b"He fled."))
    assert document == Document(id="mr.smith", text="He fled.")


def test_gzip_of_several_members_is_read_whole(read_bytes):
    packed = gzip.compress(b'{"text": "one"}\n') + gzip.compress(b'{"text": "two"}\n')
    assert [one.text for one in read_bytes("a.jsonl.gz", packed)] == ["one", "two"]


def test_a_truncated_gzip_keeps_its_earlier_lines(read_bytes):
    packed = gzip.compress(LINES)
    documents, (error,) = split(read_bytes("a.jsonl.gz", packed[: len(packed) // 2]))
    assert 5000 < len(documents) < 15_000
    assert isinstance(error, FormatError)
    assert "cut short" in error.detail
    assert error.line == len(documents) + 1
    assert error.byte_offset == LINES.index(b'{"id": "%d"' % len(documents))


def test_a_bad_checksum_keeps_every_line_before_it(read_bytes):
    packed = bytearray(gzip.compress(LINES))
    packed[-8] ^= 1
    documents, (error,) = split(read_bytes("a.jsonl.gz", bytes(packed)))
    assert len(documents) == 20_000
    assert "CRC" in error.detail


def test_flipped_bits_inside_a_gzip_are_an_error(read_bytes):
    packed = bytearray(gzip.compress(LINES))
    packed[len(packed) // 2 : len(packed) // 2 + 50] = b"\xff" * 50
    readings = read_bytes("a.jsonl.gz", bytes(packed))
    assert isinstance(readings[0], Document)
    assert isinstance(readings[-1], FormatError)


@pytest.mark.parametrize("content", [b"", b"not gzip"])
def test_what_is_no_gzip_is_an_error(read_bytes, content):
    (error,) = read_bytes("a.jsonl.gz", content)
    assert isinstance(error, FormatError)


def test_a_gzip_bomb_stops_at_the_limit_and_keeps_what_came_before(read_bytes):
    bomb = gzip.compress(b'{"text": "first"}\n' + b"\n" * 100 * 2**20)  # 100 kB
    tracemalloc.start()
    document, error = read_bytes("a.jsonl.gz", bomb, max_decompressed=2**18)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert document.text == "first"
    assert isinstance(error, LimitError)
    assert "--max-decompressed" in error.detail
    assert peak < 8 * 2**20


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.xml.gz"])
def test_a_damaged_archive_of_one_article_gives_no_half_article(read_bytes, name):
    (error,) = read_bytes(name, gzip.compress(b"<rss>He fled.")[:-9])
    assert isinstance(error, FormatError)


def test_zstd_without_its_package_says_what_to_install(read_bytes, monkeypatch):
    monkeypatch.setitem(sys.modules, "zstandard", None)
    (error,) = read_bytes("a.jsonl.zst", b"")
    assert "pip install 'chargesheet[zst]'" in error.detail


def test_zstd_is_read_over_several_frames(read_bytes):
    zstandard = pytest.importorskip("zstandard")
    packed = zstandard.compress(LINES) + zstandard.compress(b'{"id": "last", "text": ""}')
    documents, errors = split(read_bytes("a.jsonl.zst", packed))
    assert (len(documents), documents[-1].id, errors) == (20_001, "last", [])


def test_a_truncated_zstd_keeps_its_earlier_lines(read_bytes):
    zstandard = pytest.importorskip("zstandard")
    packed = zstandard.compress(LINES)
    documents, (error,) = split(read_bytes("a.jsonl.zst", packed[: len(packed) - 100]))
    assert documents
    assert "cut short" in error.detail


def test_a_zstd_bomb_stops_at_the_limit(read_bytes):
    zstandard = pytest.importorskip("zstandard")
    bomb = zstandard.compress(b'{"text": "first"}\n' + b"\n" * 200 * 2**20)
    readings = read_bytes("a.jsonl.zst", bomb, max_decompressed=2**20)
    assert isinstance(readings[-1], LimitError)


def test_what_is_no_zstd_is_an_error(read_bytes):
    pytest.importorskip("zstandard")
    (error,) = read_bytes("a.jsonl.zst", b"not zstd")
    assert isinstance(error, FormatError)


WORDS = "Police arrested Ana Ruiz in Lagos on Monday, a court was told there on Tuesday morning."
FORMATS = {
    "a.jsonl": f'{{"text": "{WORDS}"}}',
    "a.txt": WORDS,
    "a.html": f"<html><body><article><p>{WORDS}</p><p>{WORDS[::-1]}</p></article></body></html>",
    "a.htm": f"<html><body><article><p>{WORDS}</p><p>{WORDS[::-1]}</p></article></body></html>",
    "a.csv": f'id,text\n1,"{WORDS}"',
    "a.tsv": f"id\ttext\n1\t{WORDS}",
    "a.rss": f"<rss version='2.0'><channel><item><description>{WORDS}</description></item></channel></rss>",
    "a.atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>{WORDS}</content></entry></feed>",
    "a.xml": f"<nitf><body><body.content><p>{WORDS}</p></body.content></body></nitf>",
}


@pytest.mark.parametrize("packing", ["gzip", "zstandard"])
@pytest.mark.parametrize("name", FORMATS)
def test_every_text_format_is_read_packed(read_bytes, name, packing):
    if packing == "zstandard":
        pytest.importorskip("zstandard")
    packed = importlib.import_module(packing).compress(FORMATS[name].encode())
    (document,) = read_bytes(f"{name}.{'gz' if packing == 'gzip' else 'zst'}", packed)
    assert document.text.startswith(WORDS)
