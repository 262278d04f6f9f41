"""The key under which a place name stands in the gazetteer, whatever its spelling: build and look-up share it."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_DROPPED: Final = re.compile(r"['’‘ʻʼ`´.]")
_BROKEN: Final = re.compile(r"[^\w&]+|_+")
_SHORT: Final = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft", "&": "and"}
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
)


@lru_cache(maxsize=16_384)
def key_of(name: str) -> str:
    """Return the name in lower case, without accents, dots or apostrophes; other marks become spaces.

    >>> key_of("Saint-Étienne"), key_of("Ft. Worth"), key_of("N.Y.")
    ('st etienne', 'ft worth', 'ny')
    """
    plain = unicodedata.normalize("NFKD", name.lower()).translate(_LETTERS)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    words = _BROKEN.sub(" ", _DROPPED.sub("", plain)).split()
    return " ".join(_SHORT.get(word, word) for word in words)
