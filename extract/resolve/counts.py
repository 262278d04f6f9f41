"""Counts: how many, as an integer or an interval that the words leave open."""

import re
from dataclasses import replace
from typing import Final

from extract.resolve.numbers import read_number
from extract.schema.annotation import Annotated, CountValue, Unresolved, Value

_VAGUE: Final = (
    ("hundreds of thousands", 200_000),
    ("tens of thousands", 20_000),
    ("thousands", 2_000),
    ("hundreds", 200),
    ("scores", 40),
    ("dozens", 24),
    ("tens", 20),
    ("millions", 2_000_000),
    ("several", 3),
    ("a few", 3),
    ("numerous", 3),
    ("multiple", 2),
)
"""Least values of vague words: a plural is at least two of its unit, "several" at least three."""
_LEAST: Final = re.compile(
    r"\b(?:at least|more than|over|above|no fewer than|no less than|upwards? of|minimum of|or more)\b|\d\+", re.I
)
_MOST: Final = re.compile(
    r"\b(?:up to|at most|as many as|as much as|fewer than|less than|under|no more than|nearly|almost)\b", re.I
)
_RANGE: Final = re.compile(
    r"^(?:between |from |about |around |some )*([\w,. -]+?)\s*(?:-|–|—|\bto\b|\band\b|\bor\b)\s*([\w,.]+(?:[ -]\w+)*)",
    re.I,
)
_SCALE: Final = re.compile(r"\b(?:thousand|lakh|million|crore|billion)s?\b", re.I)


def _range(words: str) -> CountValue | None:
    span = _RANGE.search(words)
    opens = words.startswith("between ") or re.search(r"\d\s*[-–—]\s*\d|\bto\b|\bor\b", words)
    if span is None or not opens or _LEAST.search(words) or _MOST.search(words):
        return None
    low, high = span[1], span[2]
    if (scale := _SCALE.search(high)) and not _SCALE.search(low):
        low = f"{low} {scale[0]}"  # "1-2 million"
    first, last = read_number(low), read_number(high)
    return CountValue((int(first), int(last))) if first is not None and last is not None and first <= last else None


def resolve_count(text: str) -> CountValue | Unresolved:
    """Return the number in the words; "at least" leaves the top open, "up to" the bottom at 0.

    "Nearly 150" is up to 150; "about 500" is 500.

    >>> resolve_count("at least 23").value, resolve_count("dozens").value, resolve_count("two men").value
    ((23, None), (24, None), 2)
    """
    words = text.lower().strip()
    for vague, low in _VAGUE:
        if re.search(rf"\b{vague}\b", words):
            return CountValue((low, None))
    if (span := _range(words)) is not None:
        return span
    number = read_number(words)
    if number is None:
        return Unresolved("no number in the words")
    if _MOST.search(words):
        return CountValue((0, int(number)))
    if _LEAST.search(words):
        return CountValue((int(number), None))
    return CountValue(int(number))


def resolve_counts(annotated: Annotated) -> Annotated:
    """Return the article with a value for every count mention."""
    values: dict[int, Value] = {
        n: resolve_count(one.text) for n, one in enumerate(annotated.mentions) if one.label == "count"
    }
    return replace(annotated, values={**annotated.values, **values})
