"""Numbers as news writes them: digits, words, dozens, lakhs."""

import re
from typing import Final

_UNITS: Final = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS: Final = dict(
    zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True)
)
_SCALES: Final = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
    "billion": 10**9,
}
_SINGLE: Final = {"single": 1, "once": 1, "twice": 2, "both": 2, "pair": 2, "couple": 2, "triple": 3, "trio": 3}
_TOKEN: Final = re.compile(r"[a-z]+|\d[\d,]*(?:\.\d+)?")
_ORDINAL: Final = re.compile(r"\d+(?:st|nd|rd|th)\b|\d+(?:\.\d+)?\s?(?:%|percent|per cent)", re.IGNORECASE)
LARGEST: Final = 10**12


def _parts(words: str) -> str:
    """Return the words with halves and quarters as decimals."""
    words = re.sub(r"\bquarter of an?\b", " 0.25 ", words)
    words = re.sub(r"\bhalf an?\b", " 0.5 ", words)
    return re.sub(r"[ -]and[ -]a[ -]half\b", " half", words)


def read_number(words: str) -> float | None:
    """Return the first number in the words, or `None`; ordinals and percentages are none.

    >>> read_number("forty-two people"), read_number("1,200"), read_number("2.5 million")
    (42.0, 1200.0, 2500000.0)
    """
    total: float | None = None
    current: float | None = None
    for token in _TOKEN.findall(_parts(_ORDINAL.sub(" ", words.lower()))):
        if token[0].isdigit():
            if current is not None or total is not None:
                break
            current = float(token.replace(",", "")[:15])
        elif token in _UNITS or token in _TENS:
            current = (current or 0) + (_UNITS[token] if token in _UNITS else _TENS[token])
        elif token in _SINGLE and current is None:
            current = float(_SINGLE[token])
        elif token == "half" and current is not None:
            current += 0.5
        elif token == "dozen":
            current = 12 * (1 if current is None else current)
        elif token in _SCALES:
            current = (1 if current is None else current) * _SCALES[token]
            if _SCALES[token] >= 1000:
                total, current = (total or 0) + current, None
        elif token != "and" and (current is not None or total is not None):
            break
    if current is None and total is None:
        return None
    return min(float((total or 0) + (current or 0)), float(LARGEST))
