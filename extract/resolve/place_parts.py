"""What a place mention is made of: its parts, from the most specific, and the words around a name."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_POSSESSIVE: Final = re.compile(r"(?<=\w)['’]s?\s+")
_INNER: Final = re.compile(
    r"\s*(?:[()\[\]]|\b(?:in|near|outside|at|of|on|from|off|around|along|inside|within|to|and|between|across)\b)\s*",
    re.I,
)
_COMMA: Final = re.compile(r"\s*[,;/]\s*|\s+[-–—]\s+")
_BEFORE: Final = re.compile(
    r"^(?:(?:the|a|an|this|that|its|their|his|her|city|town|village|state|province|county|district|district|"
    r"northern|southern|eastern|western|central|north|south|east|west|north-?east(?:ern)?|north-?west(?:ern)?|"
    r"south-?east(?:ern)?|south-?west(?:ern)?|upper|lower|inner|outer|mid|downtown|uptown|midtown|suburban|rural|"
    r"greater|metro|metropolitan|nearby|neighbou?ring|occupied|old|unincorporated|whole|all|much|most|part|parts|"
    r"capital|port|region|municipality|borough|prefecture|governorate|republic|then|former|war-torn|"
    r"commonwealth|island|kingdom)\s+(?:of\s+)?)+",
    re.I,
)
_AFTER: Final = re.compile(
    r"(?:[\s-]+(?:city|town|village|state|province|provincial|region|county|parish|district|division|borough|"
    r"prefecture|governorate|municipality|area|areas|neighbou?rhood|suburbs?|community|township|section|side|"
    r"countryside|border|capital|metro|valley|tehsil|taluka|oblast|voblast|krai|canton|department|island|islands))+$",
    re.I,
)
_KINDS: Final = (
    (re.compile(r"\b(?:county|parish|district|borough|counties|governorate)\b", re.I), "division"),
    (re.compile(r"\b(?:state|province|region|prefecture|oblast|governorate|territory)\b", re.I), "state"),
    (re.compile(r"\b(?:city|town|village|suburb|township)\b", re.I), "city"),
)
SITE: Final = re.compile(
    r"\b(?:street|st\.?|avenue|ave\.?|road|rd\.?|lane|drive|dr\.?|boulevard|blvd\.?|highway|hwy\.?|block|blocks|court|"
    r"place|square|park|plaza|bridge|tunnel|way|parkway|trail|terrace|circle|corner|intersection|interstate|i-\d+|"
    r"route|alley|pike|church|mosque|temple|synagogue|school|college|university|campus|hospital|clinic|prison|jail|"
    r"correctional|detention|station|stationhouse|precinct|airport|hotel|motel|restaurant|bar|club|theater|theatre|"
    r"mall|store|shop|market|apartments?|complex|building|headquarters|courthouse|museum|stadium|library|cemetery|"
    r"center|centre|neighborhood|pier|dock|house|home|residence|factory|plant|office|bank|dealership|lounge|cafe)\b",
    re.I,
)
"""Words of a site inside a town: an address, a building. Without a town's name it lies in the article's own town."""


_ROAD: Final = (
    r"(?:street|st\.?|avenue|ave\.?|road|rd\.?|lane|drive|dr\.?|boulevard|blvd\.?|highway|way|parkway|terrace|circle|"
    r"trail|place|court|glen|pike|alley)"
)
_ROADS: Final = re.compile(
    r"(?:\b\d[\w/-]*\s+)?(?:\bblock of\s+)?(?:\b[NSEWnsew]\.?\s+)?"
    rf"(?:\b(?-i:[A-Z0-9])[\w.'’-]*\s+){{1,3}}{_ROAD}(?!\w)",
    re.IGNORECASE,
)


def without_roads(text: str) -> str:
    """Return the text without street names, which sound like towns: "101 Marine Avenue" is not in Marine.

    >>> without_roads("101 Marine Avenue, in Bay Ridge")
    ', in Bay Ridge'
    """
    return _ROADS.sub("", text)


class Part(NamedTuple):
    """A name as it may stand in the gazetteer, its other forms, and what its words say it is ("division", …)."""

    forms: tuple[str, ...]
    hint: str


def _forms(text: str) -> Iterator[str]:
    yield text
    bare = _BEFORE.sub("", text)
    yield bare
    yield _AFTER.sub("", text)
    yield _AFTER.sub("", bare)


def part_of(text: str) -> Part:
    """Return the part's forms, longest first: "northern Aleppo province" is also looked up as "Aleppo".

    >>> part_of("city of Kabul").forms
    ('city of Kabul', 'Kabul')
    """
    forms = tuple(dict.fromkeys(form for form in _forms(text.strip(" '’\"“”")) if form))
    return Part(forms, next((kind for pattern, kind in _KINDS if pattern.search(text)), ""))


def segments(text: str) -> list[str]:
    """Return what the commas part: "Paris, Texas" gives two."""
    return [piece for piece in _COMMA.split(text) if piece]


def pieces(segment: str) -> list[str]:
    """Return what "in", "of", "near" and a possessive part.

    >>> pieces("China's Xinjiang province"), pieces("chikhli in buldhana district")
    (['China', 'Xinjiang province'], ['chikhli', 'buldhana district'])
    """
    split = [_INNER.split(piece) for piece in _POSSESSIVE.split(segment)]
    return [piece for group in split for piece in group if piece]


def phrases(piece: str) -> Iterator[str]:
    """Return the names that may begin a run of capitalised words, longest first.

    A name inside a run is another name's end ("Bay Ridge" is not Ridge). Without any capital, all runs of words: the
    text may have lost its capitals.

    >>> list(phrases("Fullerton College"))
    ['Fullerton College', 'Fullerton']
    """
    words = [word for word in re.findall(r"[\w.'’&-]+", piece) if not word.isdigit()]
    cased = any(word[0].isupper() for word in words)
    for size in range(min(4, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            run = words[first : first + size]
            begins = first == 0 or not words[first - 1][0].isupper()
            if not cased or (begins and run[0][0].isupper() and run[-1][0].isupper()):
                yield " ".join(run)
