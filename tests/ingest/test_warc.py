"""Web archives: good pages come in, the others are named, a cut one keeps what is whole."""

from pathlib import Path

from extract.errors import InputError
from extract.ingest import read
from extract.schema.document import Document


def _response(address: str, status: int, body: bytes, kind: str = "text/html") -> bytes:
    http = (
        f"HTTP/1.1 {status} OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    )
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{address}>\r\nWARC-Target-URI: {address}\r\n"
        f"WARC-Date: 2021-12-16T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) + len(body)}\r\n\r\n"
    )
    return head.encode() + http + body + b"\r\n\r\n"


PAGE = b"<html><head><title>Arrest</title></head><body><article><p>%s</p></article></body></html>" % (
    b"Police arrested two men in Lagos on Monday after a robbery at a bank, officials said on Tuesday. " * 5
)


def test_an_archive_gives_its_good_pages_and_names_the_rest(tmp_path: Path) -> None:
    records = [
        _response("https://a.org/1", 200, PAGE),
        _response("https://a.org/2", 404, PAGE),
        _response("https://a.org/3", 200, b"<html><body></body></html>"),
        _response("https://a.org/4", 200, b"\x89PNG", kind="image/png"),
        _response("https://a.org/5", 200, PAGE.replace(b"two men", b"six men")),
    ]
    (tmp_path / "crawl.warc").write_bytes(b"".join(records))
    found = list(read([tmp_path / "crawl.warc"]))
    documents = [one for one in found if isinstance(one, Document)]
    assert [(one.id, one.title) for one in documents] == [("https://a.org/1", "Arrest"), ("https://a.org/5", "Arrest")]
    (error,) = [one for one in found if isinstance(one, InputError)]
    assert (error.doc_id, "no article text" in error.detail) == ("https://a.org/3", True)


def test_a_cut_archive_keeps_what_is_whole(tmp_path: Path) -> None:
    whole = _response("https://a.org/1", 200, PAGE)
    (tmp_path / "crawl.warc").write_bytes(whole + whole[:200])
    found = list(read([tmp_path / "crawl.warc"]))
    assert [one.id for one in found if isinstance(one, Document)] == ["https://a.org/1"]
    (tmp_path / "none.warc").write_bytes(b"no archive at all")
    assert [type(one).__name__ for one in read([tmp_path / "none.warc"])] == ["FormatError"]
