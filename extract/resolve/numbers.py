"""Numbers as news writes them: digits, words, dozens, ranges."""

import re

_UNITS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "lakh": 100_000,
    "million": 1_000_000,
    "crore": 10_000_000,
    "billion": 10**9,
}
_SINGLE = {"a": 1, "an": 1, "single": 1, "once": 1, "twice": 2, "both": 2, "pair": 2, "couple": 2, "dozen": 12}
_DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?")
LARGEST = 10**12


def read_number(words: str) -> float | None:
    """Return the first number in the words, or `None`.

    >>> read_number("forty-two people"), read_number("1,200"), read_number("2.5 million")
    (42.0, 1200.0, 2500000.0)
    """
    total: float | None = None
    current: float | None = None
    for token in re.findall(r"[a-z]+|\d[\d,]*(?:\.\d+)?", words.lower()):
        if _DIGITS.fullmatch(token):
            if current is not None:
                break
            current = float(token.replace(",", "")[:15])
        elif token in _UNITS or token in _TENS or token in _SINGLE:
            value = _UNITS.get(token, _TENS.get(token, _SINGLE.get(token, 0)))
            current = value if current is None or token in _SINGLE else current + value
        elif token in _SCALES:
            current = (1 if current is None else current) * _SCALES[token]
            if _SCALES[token] >= 1000:
                total, current = (total or 0) + current, None
        elif token != "and" and (current is not None or total is not None):
            break
    if current is None and total is None:
        return None
    return min(float((total or 0) + (current or 0)), float(LARGEST))
