"""Spans of time named by what began them: "his rule, which began a decade ago" dates an event as "since then"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from extract.schema import edtf
from extract.schema.annotation import DateValue, Mention, Value

_ERA: Final = re.compile(
    r"\b(?:reign|rule|tenure|presidency|premiership|term in office|time in (?:office|power)|leadership|war|conflict"
    r"|crackdown|campaign|insurgency|occupation|uprising|pandemic|emergency|unrest)\b[^.;\n]{0,12}"
    r"\b(?:which|that) (?:began|started)(?: in| on)?\s*$",
    re.IGNORECASE,
)
REACH: Final = 80
"""Characters within which a finer date of the same beginning is looked for."""


def since_it_began(text: str, mentions: Sequence[Mention], values: Mapping[int, Value]) -> dict[int, Value]:
    """Return the values of dates that say when an era began, opened to `X/..`: the era goes on from there.

    A finer date that follows in the same sentence and lies inside the first one is the same beginning, told exactly:
    "which began a decade ago after his father's death in December 2011".
    """
    opened: dict[int, Value] = {}
    for number, value in values.items():
        mention = mentions[number]
        if not isinstance(value, DateValue) or value.earliest is None or mention.title:
            continue
        if _ERA.search(text[max(0, mention.start - REACH) : mention.start]):
            finest = _finer(text, mention, value, mentions, values)
            start = finest.value.split("/")[0].rstrip("?~")
            opened[number] = replace(finest, value=f"{start}/..", earliest=edtf.bounds(start).earliest, latest=None)
    return opened


def _finer(
    text: str, mention: Mention, value: DateValue, mentions: Sequence[Mention], values: Mapping[int, Value]
) -> DateValue:
    for number, other in sorted(values.items(), key=lambda pair: mentions[pair[0]].start):
        gap = mentions[number].start - mention.end
        if not isinstance(other, DateValue) or mentions[number].title or not 0 <= gap <= REACH:
            continue
        if re.search(r"[.!?]\s", text[mention.end : mentions[number].start]):
            continue
        if (value.earliest or "") <= (other.earliest or "") and (other.latest or "9") <= (value.latest or ""):
            return other
    return value
