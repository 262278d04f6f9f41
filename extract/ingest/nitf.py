"""A NITF element to title, text, date and source: what newspapers archive and agencies put inside NewsML-G2."""

import importlib
import re
from dataclasses import dataclass, field
from typing import Any

from extract.ingest.html import BLOCK, text_of_tree

_BLOCKS = re.compile(f"{BLOCK.pattern}|hl[12]|block|bq|note|nitf-table|credit|tagline|abstract|body[.](?:content|end)")
_LEFT_OUT = ("media", "script", "style", "template")
"""Not the article's own words: captions and credits of pictures repeat it or belong to another agency."""
_DATES = (
    ("head/pubdata", "date.publication"),
    ("head/docdata/date.issue", "norm"),
    ("head/docdata/date.release", "norm"),
    ("body/body.head/dateline/story.date", "norm"),
)
_PUBLISHERS = (
    ("head/pubdata", "name"),
    ("head/docdata/doc.copyright", "holder"),
    ("head/docdata/doc-id", "regsrc"),
)


@dataclass(slots=True)
class Article:
    """What an item says of itself; empty strings for what it does not."""

    id: str = ""
    title: str = ""
    text: str = ""
    published: str = ""
    url: str = ""
    publisher: str = ""
    lang: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def article_of(nitf: Any) -> Article:
    """Return what a NITF element says; its text is the paragraphs of `body.content`, one a line."""
    return Article(
        id=attribute(nitf, "head/docdata/doc-id", "id-string"),
        title=line(nitf, "body/body.head/hedline/hl1") or line(nitf, "head/title"),
        text=_text(nitf),
        published=next((found for path, name in _DATES if (found := attribute(nitf, path, name))), ""),
        url=attribute(nitf, "head/pubdata", "ex-ref"),
        publisher=next((found for path, name in _PUBLISHERS if (found := attribute(nitf, path, name))), ""),
        lang=language(nitf) or language(find(nitf, "body")),
        meta={"author": author} if (author := line(nitf, "body/body.head/byline")) else {},
    )


def _text(nitf: Any) -> str:
    """Return the body's text. Archives that repeat the lead in a block of its own name the whole one `full_text`."""
    body = find(nitf, "body/body.content")
    if body is None:
        return ""
    whole = [one for one in body.iterchildren() if one.get("class") == "full_text"]
    return "\n".join(filter(None, (block_text(one) for one in whole or [body])))


def block_text(element: Any) -> str:
    """Return the text of NITF or XHTML under an element, one block a line."""
    etree = importlib.import_module("lxml.etree")
    etree.strip_elements(element, *(f"{{*}}{name}" for name in _LEFT_OUT), with_tail=False)
    return text_of_tree(element, _BLOCKS)


def find(element: Any, path: str) -> Any:
    """Return the first element there, whatever its namespace: NITF is written with and without one."""
    return element.find("/".join(f"{{*}}{name}" for name in path.split("/")))


def line(element: Any, path: str) -> str:
    """Return the words of the first element there as one line."""
    found = find(element, path)
    return "" if found is None else " ".join("".join(found.itertext()).split())


def attribute(element: Any, path: str, name: str) -> str:
    """Return an attribute of the first element there that has it, as one line."""
    every = element.iterfind("/".join(f"{{*}}{step}" for step in path.split("/")))
    return next((" ".join(value.split()) for one in every if (value := one.get(name))), "")


def language(element: Any) -> str:
    """Return the element's `xml:lang`."""
    found = "" if element is None else element.get("{http://www.w3.org/XML/1998/namespace}lang")
    return (found or "").strip()
