"""NewsML-G2 and NITF to one document an item. Nothing that an item refers to is opened."""

import importlib
import io
from collections.abc import Iterator
from typing import Any

from extract.errors import FormatError, InputError
from extract.ingest.html import text_of_fragment
from extract.ingest.nitf import Article, article_of, attribute, block_text, find, language, line
from extract.ingest.published import UNREAD, as_iso
from extract.ingest.repair import mend
from extract.ingest.source import Found, Source
from extract.schema.document import Document

_ITEM, _NITF = "newsItem", "nitf"
_OTHERS = ("packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
"""Items that hold no article: a package only names others, which come as items of their own."""
ROOTS = frozenset({_ITEM, _NITF, "newsMessage", "NewsML", *_OTHERS})
_XINCLUDE = "http://www.w3.org/2001/XInclude"
_DATES = ("itemMeta/firstCreated", "contentMeta/contentCreated", "itemMeta/versionCreated")
_TAKEN_BACK = ("canceled", "withheld")


def read_news(xml: str, source: Source, flags: tuple[str, ...]) -> Iterator[Found | InputError]:
    """Yield a document or an error for every item; what stands whole before a break comes first, then the error.

    `xml` was checked: it declares no entity and no encoding.
    """
    number = 0
    etree = importlib.import_module("lxml.etree")
    try:
        for element in _items(xml, etree):
            number += 1
            yield _item(element, f"{source.name}:{number}", source, flags)
            element.clear(keep_tail=False)
    except etree.XMLSyntaxError as error:
        raise FormatError(f"not well-formed XML: {error.msg}; {number} items could be read"[:300]) from error
    if not number:
        raise FormatError(f"no documents in {source.shown}: no newsItem with an article and no nitf in it")


def _items(xml: str, etree: Any) -> Iterator[Any]:
    """Yield each outermost newsItem or nitf when it is whole.

    The parser resolves no entities, loads no DTD, has no network, keeps libxml2's limits on depth and size.
    """
    events = etree.iterparse(
        io.BytesIO(xml.encode()),
        tag=(f"{{*}}{_ITEM}", f"{{*}}{_NITF}", f"{{{_XINCLUDE}}}*", "{*}NewsML"),
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    outer = None
    for event, element in events:
        name = etree.QName(element)
        if name.namespace == _XINCLUDE:
            raise FormatError("XML with XInclude is refused: what it names is not opened")
        if name.localname == "NewsML":
            raise FormatError("NewsML 1 is not read; NewsML-G2 (newsItem, newsMessage) and NITF are")
        if event == "start":
            outer = element if outer is None else outer
        elif element is outer:
            outer = None
            yield element


def _item(element: Any, fallback: str, source: Source, flags: tuple[str, ...]) -> Found | InputError:
    try:
        article = article_of(element) if element.tag.endswith(_NITF) else _article(element)
    except InputError as error:
        error.doc_id = element.get("guid") or fallback
        return error
    single = fallback.removesuffix(":1") if element.getparent() is None else fallback
    return Found(_document(article, article.id or single, flags), source)


def _document(article: Article, name: str, flags: tuple[str, ...]) -> Document:
    published = as_iso(article.published) if article.published else None
    unread = bool(article.published) and published is None
    return Document(
        id=name,
        text=mend(article.text),
        title=article.title or None,
        published=published,
        url=article.url or None,
        publisher=article.publisher or None,
        lang=article.lang or None,
        flags=(*flags, UNREAD) if unread else flags,
        meta={**article.meta, **({"published": article.published} if unread else {})},
    )


def _article(item: Any) -> Article:
    """Return what a newsItem says; where it says nothing, what the NITF inside it does."""
    status = attribute(item, "itemMeta/pubStatus", "qcode").rpartition(":")[2]
    if status in _TAKEN_BACK:
        raise FormatError(f"the agency has taken this item back (pubStatus {status})")
    inner, text = _content(item)
    if not text:
        kind = attribute(item, "itemMeta/itemClass", "qcode").rpartition(":")[2] or "unknown"
        raise FormatError(f"no text in the item (class {kind}); what it refers to is not fetched")
    guid = " ".join((item.get("guid") or "").split())
    meta = {
        name: found
        for name, path in (("author", "contentMeta/by"), ("dateline", "contentMeta/dateline"))
        if (found := line(item, path))
    }
    if version := item.get("version"):
        meta["version"] = version
    return Article(
        id=guid or inner.id,
        title=line(item, "contentMeta/headline") or inner.title,
        text=text,
        published=next((found for path in _DATES if (found := line(item, path))), "") or inner.published,
        url=guid if guid.startswith(("http://", "https://")) else inner.url,
        publisher=_provider(item) or inner.publisher,
        lang=attribute(item, "contentMeta/language", "tag") or language(item) or inner.lang,
        meta={**inner.meta, **meta},
    )


def _provider(item: Any) -> str:
    return line(item, "itemMeta/provider/name") or next(
        (found for name in ("literal", "qcode", "uri") if (found := attribute(item, "itemMeta/provider", name))), ""
    )


def _content(item: Any) -> tuple[Article, str]:
    """Return the first rendition with text, its NITF fields with it: the others say the same in another form."""
    contents = find(item, "contentSet")
    for one in () if contents is None else contents.iterchildren("{*}inlineXML", "{*}inlineData"):
        nitf = find(one, _NITF)
        inner = Article() if nitf is None else article_of(nitf)
        if text := inner.text if nitf is not None else _rendition(one):
            return inner, text
    return Article(), ""


def _rendition(one: Any) -> str:
    """Return the text of XHTML, of HTML in characters, or of plain characters; of encoded bytes, nothing."""
    if one.tag.endswith("inlineXML"):
        body = next(one.iter("{*}body"), one)
        return block_text(body)
    if one.get("encoding"):
        return ""
    value = "".join(one.itertext())
    return text_of_fragment(value) if "html" in (one.get("contenttype") or "") else value.strip()
