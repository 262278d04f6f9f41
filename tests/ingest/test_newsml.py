"""NewsML-G2 and NITF, as agencies and archives write them and as nobody should."""

import socket
import time

import pytest

from extract.errors import FormatError, InputError
from extract.schema.document import Document

NITF = """<?xml version="1.0" encoding="UTF-8"?>
<nitf {attributes}><head><title>Two Held After Raid</title>
<docdata><doc-id id-string="1234" regsrc="Wire"/><date.issue norm="20211216T230000-0500"/>
<doc.copyright holder="The Daily" year="2021"/></docdata>
<pubdata date.publication="20211217T000000" ex-ref="https://x.org/1234" name="The Daily"/></head>
<body xml:lang="en"><body.head><hedline><hl1>Two held
after raid</hl1><hl2>Police act</hl2></hedline><byline>By Ana Ruiz</byline></body.head>
<body.content><block class="lead_paragraph"><p>Police arrested <person>Kim Lee</person> in Lagos.</p></block>
<block class="full_text"><p>Police arrested <person>Kim Lee</person> in Lagos.</p>
<!-- a note --><p>He was charged<br/>with &#8220;theft&#8221; &amp; arson.</p>
<media media-type="image"><media-caption>A photograph.</media-caption></media>
<table><tr><td>Held</td><td>2</td></tr></table></block></body.content><body.end/></body></nitf>"""
BODY = "Police arrested Kim Lee in Lagos.\nHe was charged\nwith “theft” & arson.\nHeld\n2"
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="3" standard="NewsML-G2"
 xml:lang="en-US"><itemMeta><itemClass qcode="ninat:{kind}"/><provider qcode="nprov:W"><name>Wire</name></provider>
<versionCreated>2021-12-18T10:00:00Z</versionCreated><firstCreated>2021-12-16T09:30:00+01:00</firstCreated>
<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>Raid in <i>Lagos</i></headline><by>Ana Ruiz</by><dateline>LAGOS, Dec 16</dateline>
<language tag="en"/></contentMeta><contentSet>{content}</contentSet></newsItem>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>
<title>Not text</title></head><body><p>First.</p><script>x()</script><ul><li>Second</li></ul></body></html>
</inlineXML>"""


def item(content: str = XHTML, *, guid: str = "urn:1", status: str = "usable", kind: str = "text") -> str:
    return ITEM.format(guid=guid, content=content, status=status, kind=kind)


def message(*items: str) -> bytes:
    header = "<header><sent>2021-12-18T10:00:00Z</sent></header>"
    opening = '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">'
    return f'<?xml version="1.0"?>{opening}{header}<itemSet>{"".join(items)}</itemSet></newsMessage>'.encode()


@pytest.mark.parametrize("attributes", ["", 'xmlns="http://iptc.org/std/NITF/2006-10-18/" version="-//IPTC//DTD NITF"'])
def test_nitf_gives_its_paragraphs_once_and_what_it_says_of_itself(read_bytes, attributes):
    (document,) = read_bytes("a.xml", NITF.format(attributes=attributes).encode())
    assert document == Document(
        id="1234",
        text=BODY,
        title="Two held after raid",
        published="2021-12-17T00:00:00",
        url="https://x.org/1234",
        publisher="The Daily",
        lang="en",
        meta={"author": "By Ana Ruiz"},
    )


def test_nitf_without_body_or_name_is_a_document_without_text(read_bytes):
    (document,) = read_bytes("a.xml", b"<nitf><head><title>Alone</title></head></nitf>")
    assert document == Document(id="a", text="", title="Alone")


def test_a_news_item_gives_its_text_and_the_day_it_was_first_made(read_bytes):
    (document,) = read_bytes("a.xml", item().encode())
    assert document == Document(
        id="urn:1",
        text="First.\nSecond",
        title="Raid in Lagos",
        published="2021-12-16T09:30:00+01:00",
        publisher="Wire",
        lang="en",
        meta={"author": "Ana Ruiz", "dateline": "LAGOS, Dec 16", "version": "3"},
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('<inlineData contenttype="text/plain">One.\n\nTwo &lt; 3.</inlineData>', "One.\n\nTwo < 3."),
        (
            '<inlineData contenttype="text/html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</inlineData>',
            "One.\nTwo.",
        ),
        ("<inlineXML><p>One.</p><p>Two.</p></inlineXML><inlineData>Again</inlineData>", "One.\nTwo."),
        (f"<inlineXML>{NITF.format(attributes='').split('?>')[1]}</inlineXML>", BODY),
        ('<inlineData encoding="encd:base64">QQ==</inlineData><inlineData>Words</inlineData>', "Words"),
    ],
)
def test_the_first_rendition_with_text_is_read(read_bytes, content, text):
    (document,) = read_bytes("a.xml", item(content).encode())
    assert document.text == text
    assert document.title == "Raid in Lagos"


def test_a_message_of_two_items_gives_two_documents_and_its_package_none(read_bytes):
    package = '<packageItem guid="p"><groupSet><group><itemRef residref="urn:1"/></group></groupSet></packageItem>'
    one, two = read_bytes("a.xml", message(package, item(), item(guid="https://x.org/2")))
    assert (one.id, one.url, two.id, two.url) == ("urn:1", None, "https://x.org/2", "https://x.org/2")


def test_items_without_words_or_taken_back_are_named_and_the_rest_is_read(read_bytes):
    picture = item('<remoteContent href="file:///etc/passwd"/>', guid="p", kind="picture")
    first, second, third = read_bytes("a.xml", message(picture, item(status="canceled", guid="c"), item()))
    assert (first.doc_id, first.detail) == (
        "p",
        "no text in the item (class picture); what it refers to is not fetched",
    )
    assert (second.doc_id, second.detail) == ("c", "the agency has taken this item back (pubStatus canceled)")
    assert third.id == "urn:1"


def test_a_message_cut_short_gives_what_stands_whole_and_an_error(read_bytes):
    document, error = read_bytes("a.xml", message(item(), item(guid="2"))[:-120])
    assert document.id == "urn:1"
    assert "not well-formed XML" in error.detail
    assert "1 items could be read" in error.detail


@pytest.mark.parametrize("encoding", ["UTF-16", "windows-1252", "utf-8-sig"])
def test_mark_and_declaration_decide_the_encoding_of_news(read_bytes, encoding):
    xml = f'<?xml version="1.0" encoding="{encoding}"?>\n<!-- x --><?y z?>\n' + item(
        "<inlineXML><p>“é”</p></inlineXML>"
    )
    (document,) = read_bytes("a.xml", xml.encode(encoding))
    assert document.text == "“é”"


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.3/specification/dtd/nitf-3-3.dtd">',
        '<!DOCTYPE nitf PUBLIC "-//IPTC//DTD NITF 3.4//EN" "nitf-3-4.dtd">',
    ],
)
def test_the_dtd_that_newspapers_name_is_passed_over_unopened(read_bytes, doctype, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    (document,) = read_bytes("a.xml", NITF.format(attributes="").replace("\n", doctype, 1).encode())
    assert document.text == BODY


def hostile(tmp_path) -> list[str]:
    (tmp_path / "secret.dtd").write_text('<!ENTITY x "SECRET">')
    secret = (tmp_path / "secret.dtd").as_uri()
    bomb = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    return [
        f"<!DOCTYPE nitf [{bomb}]>",
        f'<!DOCTYPE nitf [<!ENTITY x SYSTEM "{secret}">]>',
        f'<!DOCTYPE nitf SYSTEM "{secret}">',
        f'<!DOCTYPE nitf SYSTEM "nitf-3-3.dtd" [<!ENTITY % x SYSTEM "{secret}"> %x;]>',
        '<!doctype nitf SYSTEM "http://169.254.169.254/x.dtd">',
        '<!DOCTYPE newsItem SYSTEM "nitf-3-3.dtd">',
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-7"])
@pytest.mark.parametrize("number", range(6))
def test_news_that_declares_entities_or_another_dtd_is_refused_unopened(read_bytes, tmp_path, encoding, number):
    xml = NITF.format(attributes="").replace("UTF-8", encoding).replace("\n", hostile(tmp_path)[number], 1)
    started = time.perf_counter()
    readings = read_bytes("a.xml", xml.replace("Kim Lee", "&x;&a11;").encode(encoding))
    assert time.perf_counter() - started < 1
    assert readings
    assert all(isinstance(one, FormatError) and "SECRET" not in one.detail for one in readings)


def test_an_entity_nobody_declared_is_an_error_not_a_hole_in_the_text(read_bytes):
    (error,) = read_bytes("a.xml", NITF.format(attributes="").replace("Kim Lee", "&x;").encode())
    assert "not well-formed" in error.detail


def test_xinclude_is_refused_and_not_followed(read_bytes, tmp_path):
    (tmp_path / "secret.txt").write_text("SECRET")
    include = f'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="{tmp_path}/secret.txt" parse="text"/>'
    (error,) = read_bytes("a.xml", NITF.format(attributes="").replace("Kim Lee", include).encode())
    assert "XInclude is refused" in error.detail


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'<?xml version="1.0"?>', "neither RSS nor Atom, NewsML-G2 nor NITF"),
        (b"<nitf/>", None),
        (b"<newsItem/>", "no text in the item (class unknown)"),
        (b"<newsMessage><itemSet/></newsMessage>", "no newsItem with an article"),
        (b'<packageItem guid="p"/>', "no newsItem with an article"),
        (b"<NewsML><NewsItem/></NewsML>", "NewsML 1 is not read"),
        (b"<newsItem", "not well-formed"),
        (b"<!-- <newsItem/>", "neither RSS nor Atom"),
    ],
)
def test_news_without_an_article_is_an_error(read_bytes, content, said):
    (reading,) = read_bytes("a.xml", content)
    assert reading.text == "" if said is None else said in reading.detail


def test_a_tree_too_deep_is_refused_and_a_wide_one_takes_no_quadratic_time(read_bytes):
    (error,) = read_bytes("a.xml", b"<nitf>" + b"<p>" * 100_000)
    assert isinstance(error, InputError)
    started = time.perf_counter()
    assert len(read_bytes("b.xml", message(*(item(guid=f"urn:{number}") for number in range(2000))))) == 2000
    (document,) = read_bytes("c.xml", item(f"<inlineXML>{'<p>a</p>' * 50_000}</inlineXML>").encode())
    assert document.text.count("\n") == 49_999
    read_bytes("d.xml", b"<!-- " * 20_000 + b" " * 100_000 + b"<?" * 20_000)
    assert time.perf_counter() - started < 10
