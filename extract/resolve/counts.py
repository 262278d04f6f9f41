"""Counts: how many, as an integer or an interval that the words leave open."""

import re
from dataclasses import replace

from extract.resolve.numbers import read_number
from extract.schema.annotation import Annotated, CountValue, Unresolved, Value

_VAGUE = {
    "dozens": 24,
    "scores": 40,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "several": 3,
    "many": 3,
}
_LEAST = re.compile(r"\b(?:at least|more than|over|no fewer than|upwards of|minimum of)\b", re.IGNORECASE)
_MOST = re.compile(r"\b(?:up to|at most|as many as|fewer than|less than|under|no more than)\b", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?:between )?([\w,-]+?)\s*(?:-|–|\bto\b|\band\b|\bor\b)\s*([\w,]+(?: (?:million|thousand|hundred))?)", re.I
)


def resolve_count(text: str) -> CountValue | Unresolved:
    """Return the number in the words.

    >>> resolve_count("at least 23").value, resolve_count("dozens").value, resolve_count("two men").value
    ((23, None), (24, None), 2)
    """
    words = text.lower()
    for vague, low in _VAGUE.items():
        if re.search(rf"\b{vague}\b", words):
            return CountValue((low, None))
    span = _RANGE.search(words)
    if span is not None and ("between" in words or re.search(r"\d\s*[-–]\s*\d|\bto\b|\bor\b", words)):
        low_high = read_number(span[1]), read_number(span[2])
        if low_high[0] is not None and low_high[1] is not None and low_high[0] <= low_high[1]:
            return CountValue((int(low_high[0]), int(low_high[1])))
    number = read_number(words)
    if number is None:
        return Unresolved("no number in the words")
    if _LEAST.search(words):
        return CountValue((int(number), None))
    if _MOST.search(words):
        return CountValue((0, int(number)))
    return CountValue(int(number))


def resolve_counts(annotated: Annotated) -> Annotated:
    """Return the article with a value for every count mention."""
    values: dict[int, Value] = {
        n: resolve_count(one.text) for n, one in enumerate(annotated.mentions) if one.label == "count"
    }
    return replace(annotated, values={**annotated.values, **values})
