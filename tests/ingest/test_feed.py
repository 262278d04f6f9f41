import time

import pytest

from extract.errors import FormatError, InputError
from extract.schema.document import Document

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0"><channel><title>Wire</title><language>en-GB</language>
<item><title>Café &amp; bar raided</title><link>https://x.org/1</link><guid isPermaLink="false">g1</guid>
<pubDate>Thu, 16 Dec 2021 23:00:00 EST</pubDate>
<description>&lt;p&gt;One “café”.&lt;/p&gt;&lt;p&gt;Two &lt;b&gt;b&lt;/b&gt;.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;\
</description></item>
<item><title>No id</title><link>https://x.org/2</link><description>Plain words</description></item>
<item><title>Headline alone</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>
<entry><id>urn:1</id><title>Raid</title><link href="https://x.org/1"/><updated>2021-12-16T10:00:00Z</updated>
<summary>Short</summary><content type="html">&lt;p&gt;Long &amp;amp; full.&lt;/p&gt;</content></entry>
<entry><id>urn:2</id><title>Text</title><published>soon</published><content type="text">a &lt; b
c</content></entry></feed>"""


def test_rss_gives_a_document_an_entry(read_bytes):
    first, second, third = read_bytes("wire.xml", RSS.format(encoding="UTF-8").encode())
    assert first == Document(
        id="g1",
        text="One “café”.\nTwo b.",
        title="Café & bar raided",
        published="2021-12-16T23:00:00-05:00",
        url="https://x.org/1",
        publisher="Wire",
        lang="en-GB",
    )
    assert (second.id, second.text) == ("https://x.org/2", "Plain words")
    assert (third.id, third.text, third.title) == ("wire:3", "", "Headline alone")


def test_atom_prefers_content_over_summary_and_keeps_plain_text(read_bytes):
    first, second = read_bytes("wire.atom", ATOM.encode())
    assert (first.id, first.text, first.published) == ("urn:1", "Long & full.", "2021-12-16T10:00:00Z")
    assert second.text == "a < b\nc"
    assert (second.published, second.flags, second.meta) == (None, ("published_unread",), {"published": "soon"})


@pytest.mark.parametrize("encoding", ["UTF-16", "windows-1252", "utf-8-sig"])
def test_mark_and_declaration_decide_the_encoding_of_a_feed(read_bytes, encoding):
    first, *_ = read_bytes("wire.rss", RSS.format(encoding=encoding).encode(encoding))
    assert first.text == "One “café”.\nTwo b."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32", "utf-7"])
@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!doctype rss SYSTEM "http://169.254.169.254/x.dtd">',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!ENTITY x "y">',
    ],
)
def test_a_feed_that_declares_entities_is_refused_in_any_encoding(read_bytes, declaration, encoding):
    xml = RSS.format(encoding=encoding).replace("\n", declaration + "\n", 1)
    started = time.perf_counter()
    readings = read_bytes("wire.xml", xml.encode(encoding))
    assert time.perf_counter() - started < 1
    assert all(isinstance(one, InputError) for one in readings)


def test_a_refused_declaration_says_so(read_bytes):
    (error,) = read_bytes("wire.xml", b"<!DOCTYPE rss><rss version='2.0'></rss>")
    assert isinstance(error, FormatError)
    assert "<!DOCTYPE or <!ENTITY is refused" in error.detail


def test_a_feed_cut_short_gives_what_can_be_read_and_an_error(read_bytes):
    *documents, error = read_bytes("wire.xml", RSS.format(encoding="UTF-8")[:-20].encode())
    assert [one.title for one in documents] == ["Café & bar raided", "No id", "Headline alone"]
    assert "not well-formed" in error.detail


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no documents in"),
        (b" \n", "no documents in"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "the feed has no entries"),
        (b"<opml><body>Article</body></opml>", "neither RSS nor Atom"),
        (b"not xml at all", "neither RSS nor Atom"),
    ],
)
def test_xml_without_entries_is_an_error(read_bytes, content, message):
    (error,) = read_bytes("wire.xml", content)
    assert message in error.detail


def test_twice_the_entries_take_about_twice_the_time(read_bytes):
    def seconds(count: int) -> float:
        items = "".join(f"<item><guid>{number}</guid><title>t</title></item>" for number in range(count))
        started = time.perf_counter()
        assert len(read_bytes("wire.xml", f"<rss version='2.0'><channel>{items}</channel></rss>".encode())) == count
        return time.perf_counter() - started

    seconds(10)
    assert min(seconds(1000) for _ in range(3)) / min(seconds(500) for _ in range(3)) < 2.6


@pytest.mark.parametrize("opening", ["<?xml ", "<!-- ", "<![CDATA[", "<a ", "&", "&lt;b&gt;"])
def test_broken_markup_in_a_feed_takes_no_quadratic_time(read_bytes, opening):
    content = f"<rss version='2.0'><channel><item><description>{opening * 20_000}".encode()
    started = time.perf_counter()
    assert read_bytes("wire.xml", content)
    assert read_bytes("bare.xml", opening.encode() * 20_000)
    assert time.perf_counter() - started < 5
