"""A web page to one document: the main text without menus, comments and scripts."""

import importlib
import logging
import re
from collections.abc import Iterator
from typing import Any

from extract.errors import FormatError, InputError
from extract.ingest.encoding import decode
from extract.ingest.published import as_iso
from extract.ingest.repair import REPAIRED, mend
from extract.ingest.source import Found, Source
from extract.schema.document import Document

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]*?encoding=["']([\w.:-]+)""", re.I
)
_LANG = re.compile(r"""<html[^>]{0,500}?\slang\s*=\s*["']?([a-z]{2,3}(?:-[a-z0-9]+)*)""", re.I)
_CHARSET_WITHIN = 4096  # bytes; WHATWG looks through 1,024, pages in the wild need more
# max_date: htmldate's default is today, and a run must not depend on the clock.
_DATE_SEARCH = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}
BLOCK = re.compile(
    "address|article|aside|blockquote|br|caption|d[dlt]|div|fig(?:caption|ure)|footer|form|h[1-6r]|header|li|main|nav|"
    "[ou]l|p|pre|section|table|t[dhr]"
)


def read_html(content: bytes, source: Source) -> Found:
    """Return the document with trafilatura's text; title, date, address and publisher come from the page's metadata."""
    match = _CHARSET.search(content[:_CHARSET_WITHIN])
    declared = (match[1] or match[2]).decode("ascii", "replace") if match else None
    page, flags = decode(content, declared=declared)
    mended = mend(page)
    if mended is not page:
        flags = (*flags, REPAIRED)
    article = _article(mended)
    if article is None or not article.text:
        raise FormatError("no article text found in the page; save its text as .txt if there is any")
    return Found(_document(article, source, lang=_LANG.search(mended[:_CHARSET_WITHIN]), flags=flags), source)


def _document(article: Any, source: Source, *, lang: re.Match[str] | None, flags: tuple[str, ...]) -> Document:
    return Document(
        id=source.name,
        text=mend(article.text),
        title=article.title or None,
        published=as_iso(article.date) if article.date else None,
        url=article.url or None,
        publisher=article.sitename or None,
        lang=lang[1].lower() if lang else None,
        flags=flags,
        meta={"author": article.author} if article.author else {},
    )


def _article(page: str) -> Any:
    """Return trafilatura's reading of the page; it is given text, and so opens no file and no address."""
    extract = _trafilatura().bare_extraction
    try:
        return extract(page, include_comments=False, with_metadata=True, date_extraction_params=dict(_DATE_SEARCH))
    except Exception as error:  # its parsers raise what they like on broken pages; one page must not end a run
        raise FormatError(f"the page cannot be read: {type(error).__name__}: {error}"[:300]) from error


def _trafilatura() -> Any:
    """Import on first use: it takes 0.6 s, which a run over JSON Lines need not pay."""
    try:
        trafilatura = importlib.import_module("trafilatura")
    except ImportError as error:
        # jusText asks for lxml[html_clean], a name that pip before 23.3 does not match with lxml's html-clean
        raise InputError(f"reading .html needs more packages: pip install lxml_html_clean ({error})"[:300]) from error
    logging.getLogger("trafilatura").addHandler(logging.NullHandler())  # else Python prints its warnings on stderr
    return trafilatura


def text_of_fragment(fragment: str) -> str:
    """Return the fragment's text, one block a line, without scripts and styles.

    >>> text_of_fragment("<p>One <b>b</b>old.</p><p>Two<br>three &amp; four</p><script>x</script>")
    'One bold.\\nTwo\\nthree & four'
    """
    html, etree = importlib.import_module("lxml.html"), importlib.import_module("lxml.etree")
    try:
        tree = html.fragment_fromstring(mend(fragment), create_parent="div")
    except etree.ParserError:  # raised for a fragment without content
        return ""
    etree.strip_elements(tree, "script", "style", "template", with_tail=False)
    return text_of_tree(tree, BLOCK)


def text_of_tree(tree: Any, block: re.Pattern[str]) -> str:
    """Return the text under an element, a line for each element whose name, namespace aside, is a block's."""
    lines = "".join(_pieces(tree, block)).split("\n")
    return "\n".join(line for line in (" ".join(line.split()) for line in lines) if line)


def _pieces(tree: Any, block: re.Pattern[str]) -> Iterator[str]:
    """Yield the text in document order, a newline at every start and end of a block."""
    etree = importlib.import_module("lxml.etree")
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        edge = "\n" if block.fullmatch(name) else ""
        if event == "start":
            yield edge
            yield _one_line(element.text)
        else:
            yield edge
            yield _one_line(element.tail) if element is not tree else ""


def _one_line(text: str | None) -> str:
    return (text or "").replace("\n", " ")
