"""The labelling guidelines, a section at a time: what a type, a slot or a status means, as a reviewer asks for it."""

import re
from html import escape
from typing import Final

from extract.schema.ontology import SLOTS, STATUSES, TYPES, slots_of

_BULLET: Final = re.compile(r"^- (?=\*\*)", re.MULTILINE)
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*")
_SLANTED: Final = re.compile(r"\*(.+?)\*")
_EXAMPLE: Final = re.compile(r"\s+(?=<em>(?:Yes|No|Hard|Also)</em>:)")
_CODE: Final = re.compile(r"`(.+?)`")


def section(guidelines: str, name: str) -> str:
    """Return what the guidelines say of a type, slot or status; without guidelines, what the ontology says.

    >>> section("### arrest\\nCustody.\\n\\n### charge\\nAn indictment.", "arrest")
    'Custody.'
    >>> section("## Slots\\n- **actor**, **target**: who.\\n- **date**: when.\\n## Status\\n", "target")
    '**actor**, **target**: who.'
    """
    if name in TYPES:
        found = re.search(rf"^### {re.escape(name)}\n(.*?)(?=^#|\Z)", guidelines, re.MULTILINE | re.DOTALL)
        return found[1].strip() if found else _told(name)
    for heading in ("Slots", "Status"):
        part = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", guidelines, re.MULTILINE | re.DOTALL)
        for bullet in _BULLET.split(part[1])[1:] if part else ():
            if f"**{name}**" in bullet.split(":")[0]:
                return bullet.strip()
    return _told(name)


def _told(name: str) -> str:
    if name in TYPES:
        return f"A record of type {name} has the slots {', '.join(one for one in SLOTS if one in slots_of(name))}."
    if name in SLOTS:
        return f"{name} is a slot of {', '.join(one for one in TYPES if name in slots_of(one))}."
    if name in STATUSES:
        return f"{name} is one of the statuses {', '.join(STATUSES)}: it is about the act, not about who did it."
    return ""


def as_html(words: str) -> str:
    """Return a section as HTML: paragraphs with bold, slanted and code; everything else is text.

    >>> as_html("*Yes*: \\"**held** < a day\\".")
    '<p><em>Yes</em>: &quot;<strong>held</strong> &lt; a day&quot;.</p>'
    """
    text = escape(words)
    for pattern, mark in ((_CODE, "code"), (_BOLD, "strong"), (_SLANTED, "em")):
        text = pattern.sub(rf"<{mark}>\1</{mark}>", text)
    paragraphs = (_EXAMPLE.sub("<br>", one.strip()) for one in text.split("\n\n"))
    return "".join(f"<p>{one}</p>" for one in paragraphs if one)
