"""An expression as written -> its core words: lower case, plain punctuation, no clock time, no part of the day."""

import re
from typing import Final

from extract.resolve.calendar import MONTH, WEEKDAY
from extract.resolve.period import NoDateError

ONLY_CLOCK: Final = "a time of day, not a date"
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys('“”"«»()[]{}*•|,;!?_', " "),
        "\u00ad": "",
        "\u200b": "",
        "\ufeff": "",
    }
)
_DOT: Final = re.compile(r"(?<=[a-z])\.")
_DECADE: Final = re.compile(r"([0-9]0)'s\b")
_POSSESSIVE: Final = re.compile(r"'+s\b|(?<=s)'+(?= |$)")
_EDGES: Final = " .:-/'"

_PART: Final = (
    "(?:morning|afternoon|evening|nighttime|night|daytime|dawn|dusk|daybreak|sunrise|sunset|noon|midday|midnight"
    "|lunchtime|overnight|nights)"
)
_ZONE: Final = (
    "(?: (?:[ecmp][sd]t|[ecmp]t|gmt|utc|bst|ist|cet|cest|local time|eastern(?: time)?|pacific(?: time)?)(?![a-z]))?"
)
_ABOUT: Final = (
    r"(?:(?:at|around|about|approximately|roughly|just|shortly|before|after|by|near|nearly|almost|until|from|since|circa)"
    " )*"
)
_HOUR: Final = (
    r"(?:[0-9]{1,2}(?:[:.][0-9]{2}){0,2} ?(?:am|pm|a m|p m)(?![a-z])|[0-9]{1,2}(?::[0-9]{2}){1,2}(?![0-9])"
    r"(?: ?hours| ?hrs)?|[0-9]{1,2} o'?clock|[0-9]{3,4} ?(?:hours|hrs)(?![a-z])|(?:noon|midnight|midday)(?![a-z]))"
)
_CLOCK: Final = re.compile(
    rf"(?<![0-9a-z/]){_ABOUT}{_HOUR}(?: ?(?:-|to|and|until) ?{_HOUR})?{_ZONE}(?: in the {_PART})?(?: (?:on|of))?"
)
_ISO: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})t[0-9]{2}:?[0-9]{2}[0-9:.,]*(?:z| ?[+-][0-9]{2}:?[0-9]{2})?")
_HAS_CLOCK: Final = re.compile(r":|[0-9] ?[ap] ?m|o'?clock|hours|hrs|noon|mid")

# A part of a day said through a pointing word is that day: "that night" is that day, "last night" is yesterday.
_POINTED: Final = tuple(
    (re.compile(pattern), day)
    for pattern, day in (
        (r"\btonight\b", "today"),
        (rf"\bthis (?:very )?(?:early |late )?{_PART}\b", "today"),
        (r"\blast (?:night|evening)\b", "yesterday"),
        (rf"\btoday (?:early |late )?{_PART}\b", "today"),
        (rf"\b(?:that|the same|same) (?:very )?(?:early |late )?{_PART}\b", "that day"),
        (rf"\b(?:the )?(?:next|following) {_PART}\b", "the next day"),
        (rf"\b(?:the )?(?:previous|preceding) {_PART}\b", "the previous day"),
        (rf"^(?:the )?{_PART} (before|after)\b", r"day \1"),
        (r"^(?:(?:in|by|until|during) )?(?:the )?(?:early|wee|small) hours(?: of the morning)?$", "today"),
    )
)
_DAY_WORD: Final = rf"(?:{WEEKDAY}|yesterday|today|tomorrow)"
_AFTER_DAY: Final = re.compile(rf"\b({_DAY_WORD}) (?:(?:in the|at|early|late|mid) )*-?{_PART}\b")
_BEFORE: Final = re.compile(
    rf"^(?:(?:in|on|at|during) )?(?:the )?(?:(?:very )?(?:early|late|wee|small|predawn|pre-dawn|mid)[ -])?"
    rf"(?:{_PART}(?: hours)? (?:of|on)|hours (?:of|on)) "
)
_TAIL: Final = re.compile(rf"(?<=[0-9a-z]) (?:(?:in the|at|during the|early|late|mid) )*{_PART}(?: hours)?$")
_EARLY: Final = re.compile(
    r"\b(?:(?:very )?early|earlier|late|later|mid|shortly|sometime|some time)(?: on| in the day)? "
    rf"(?=(?:on )?(?:{_DAY_WORD}\b|that day\b|the same day\b|{MONTH} [0-9]{{1,2}}(?:st|nd|rd|th)?(?![0-9])"
    rf"|(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)? (?:of )?{MONTH}\b))"
)
_NO_DAY: Final = frozenset({"", "the", "in the", "at", "in", "on", "early", "late", "one", "every", "each", "some"})


def core_words(text: str) -> str:
    """Return the words that name the days; raises `NoDateError` when only a time of day is named.

    >>> core_words("about 3 a.m. Saturday"), core_words("On the evening of Sept. 18, 2013")
    ('saturday', 'sept 18 2013')
    """
    words = plain_words(text)
    if _HAS_CLOCK.search(words):
        words = _ISO.sub(r"\1", words)
        rest = " ".join(_CLOCK.sub(" ", words).split()).strip(_EDGES)
        if rest in _NO_DAY and words:
            raise NoDateError(ONLY_CLOCK)
        words = rest
    for pattern, day in _POINTED:
        words = pattern.sub(day, words)
    words = _AFTER_DAY.sub(r"\1", words)
    words = _BEFORE.sub("", words)
    rest = _TAIL.sub("", words)
    if re.fullmatch(_PART, rest) or rest in _NO_DAY:
        if words == "overnight":
            return words
        raise NoDateError(ONLY_CLOCK if words else "no words")
    return _EARLY.sub("", rest)


def plain_words(text: str) -> str:
    """Return the text in lower case with straight quotes, hyphens, single spaces, no commas, no possessives.

    >>> plain_words("Dec.\\n15,  2021’s")
    'dec 15 2021'
    """
    words = text.lower().translate(_PLAIN)
    words = _DOT.sub("", words)
    if "'" in words:
        words = _POSSESSIVE.sub("", _DECADE.sub(r"\1s", words))
    return " ".join(words.split()).strip(_EDGES)
