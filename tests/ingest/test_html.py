import builtins
import socket
import sys

import pytest

from extract.errors import FormatError, InputError, LimitError

PARAGRAPH = "A man “fled” the café on Monday, police said, and was arrested two hours later in the next town. "
PAGE = (
    '<!doctype html><html lang="en-GB"><head>{charset}<title>Man arrested | Daily</title>'
    '<meta property="og:title" content="Man arrested"><meta property="og:site_name" content="Daily">'
    '<meta property="article:published_time" content="2021-12-16T10:00:00+02:00">'
    '<link rel="canonical" href="https://daily.org/a"><script>alert(1)</script></head>'
    "<body><nav>Home | About</nav><article><h1>Man arrested</h1>"
    f"<p>{PARAGRAPH * 2}</p><p onclick='x()'>The second paragraph, by a witness &amp; others, is here.</p></article>"
    '<div id="comments" class="comments"><p>What a stupid comment from a reader this is.</p></div></body></html>'
)


def test_a_page_gives_its_main_text_and_metadata(read_bytes):
    (document,) = read_bytes("a.html", PAGE.format(charset="").encode())
    assert PARAGRAPH.strip() in document.text
    assert "by a witness & others" in document.text
    for other in ("alert", "Home |", "stupid comment", "onclick", "<"):
        assert other not in document.text
    assert document.id == "a"
    assert document.title == "Man arrested"
    assert document.published == "2021-12-16"
    assert document.url == "https://daily.org/a"
    assert document.publisher == "Daily"
    assert document.lang == "en-gb"
    assert document.flags == ()


@pytest.mark.parametrize(
    ("charset", "encoding", "flags"),
    [
        ('<meta charset="windows-1252">', "cp1252", ()),
        ('<meta http-equiv="Content-Type" content="text/html; charset=ISO-8859-1">', "cp1252", ()),
        ('<meta charset="utf-16">', "utf-8", ()),
        ('<meta charset="utf-8">', "cp1252", ("encoding_guessed",)),
        ('<meta charset="nonsense">', "cp1252", ("encoding_guessed",)),
        ('<meta charset="rot13">', "utf-8", ()),
        ("", "utf-16", ()),
    ],
)
def test_mark_then_declaration_then_utf8_then_a_guess_decide_the_encoding(read_bytes, charset, encoding, flags):
    (document,) = read_bytes("a.html", PAGE.format(charset=charset).encode(encoding))
    assert PARAGRAPH.strip() in document.text
    assert document.flags == flags


@pytest.mark.parametrize("content", [b"", b"   \n", b"<html></html>", b"<html><script>x</script></html>"])
def test_a_page_without_text_is_an_error(read_bytes, content):
    (error,) = read_bytes("a.html", content)
    assert isinstance(error, FormatError)
    assert "no article text" in error.detail


@pytest.mark.parametrize("content", [b"/etc/passwd", b"file:///etc/passwd", b"http://169.254.169.254/", b"../../x"])
@pytest.mark.parametrize("name", ["a.html", "a.xml"])
def test_content_that_is_a_path_or_address_is_never_opened(read_bytes, monkeypatch, name, content):
    read_bytes("warm-" + name, b"<rss version='2.0'></rss>")  # imports open files of their own
    opened = []
    real = builtins.open
    monkeypatch.setattr(builtins, "open", lambda *args, **kwargs: opened.append(args) or real(*args, **kwargs))
    monkeypatch.setattr(socket.socket, "connect", lambda *args: opened.append(args))
    (error,) = read_bytes(name, content)
    assert isinstance(error, FormatError)
    assert opened == []


def test_markup_written_as_text_stays_text(read_bytes):
    page = PAGE.format(charset="").replace("The second", "&lt;img src=x onerror=alert(2)&gt; The second")
    (document,) = read_bytes("a.html", page.encode())
    assert "<img src=x onerror=alert(2)> The second" in document.text


def test_nul_in_a_page_is_replaced_and_flagged(read_bytes):
    (document,) = read_bytes("a.html", PAGE.format(charset="").replace("A man", "A\x00man").encode())
    assert "A�man" in document.text
    assert document.flags == ("text_repaired",)


@pytest.mark.parametrize("page", ["<div>" * 20_000 + "deep", "<p" * 20_000, "<!--" * 20_000, "&#x0;&#xd800;" * 5000])
def test_broken_pages_end_in_an_answer(read_bytes, page):
    (reading,) = read_bytes("a.html", page.encode())
    assert isinstance(reading, InputError) or reading.text


def test_a_missing_package_is_named(read_bytes, monkeypatch):
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    (error,) = read_bytes("a.html", PAGE.format(charset="").encode())
    assert "pip install lxml_html_clean" in error.detail


def test_the_date_of_a_page_does_not_depend_on_the_clock(read_bytes):
    page = PAGE.format(charset="").replace("2021-12-16", "2098-12-16")
    (document,) = read_bytes("a.html", page.encode())
    assert document.published == "2098-12-16"


@pytest.mark.parametrize("name", ["a.html", "a.xml"])
def test_markup_over_its_limit_is_refused_before_parsing(read_bytes, name):
    (error,) = read_bytes(name, b"<p>He fled.</p>" * 1_400_000)
    assert isinstance(error, LimitError)
