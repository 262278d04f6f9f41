"""Which language a text is in: what is not English is refused by name, for the model has read nothing else.

Detection alone would lose English articles inside a page's menu of languages (press releases of one county come out as
Vietnamese), so a text is refused only when it has few of the words that no English text is without.
"""

import importlib
import re
from functools import cache
from typing import Any, Final

from extract.errors import FormatError
from extract.schema.document import Document

READ: Final = 5_000
"""Code points looked at."""
LEAST: Final = 200
"""Letters below which nothing is said: a headline may be all names."""
SURE: Final = 0.9
ENGLISH: Final = 0.1
"""Share of function words that an English text has at least; news has 0.3, a list of names and charges 0.1."""
_WORDS: Final = re.compile(r"[^\W\d_]+")
_FUNCTION: Final = frozenset(
    "the of and to in a an is was were are be been for on that with by he she his her as at from it its they their who "
    "had has have not but this after said will would or which when".split()
)
NAMES: Final = {
    "es": "Spanish",
    "fr": "French",
    "de": "German",
    "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch",
    "ru": "Russian",
    "uk": "Ukrainian",
    "tr": "Turkish",
    "ar": "Arabic",
    "fa": "Persian",
    "hi": "Hindi",
    "id": "Indonesian",
    "vi": "Vietnamese",
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "pl": "Polish",
}


def language_of(text: str) -> tuple[str, float]:
    """Return the likeliest language (ISO 639-1) and its probability, by py3langid.

    >>> language_of("Les policiers ont arrêté deux hommes lundi à Paris.")[0]
    'fr'
    """
    code, chance = _identifier().classify(text[:READ])
    return str(code), float(chance)


@cache
def _identifier() -> Any:
    langid = importlib.import_module("py3langid.langid")
    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def check_language(document: Document, wanted: str) -> Document:
    """Return the document; raises `FormatError` when it is surely in another language than `wanted` ("any": never)."""
    words = _WORDS.findall(document.text[:READ].lower())
    if wanted == "any" or sum(map(len, words)) < LEAST or not _lacks_english(words):
        return document
    code, chance = language_of(document.text)
    if code == wanted or chance < SURE:
        return document
    raise FormatError(
        f"the text is in {NAMES.get(code, 'another language')} ({code}), this version reads English; "
        "without --lang it is read all the same",
        doc_id=document.id,
    )


def _lacks_english(words: list[str]) -> bool:
    return sum(word in _FUNCTION for word in words) < ENGLISH * len(words)
