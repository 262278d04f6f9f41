"""The vocabulary of time expressions in running text, as pieces of patterns, and the numbers they hold.

In the pieces a space stands for any white space and `~` for white space or a hyphen; `pattern` writes them out.
"""

import re
from typing import Final

from extract.resolve.numbers import read_number

_ONE: Final = (
    r"(?:\d{1,3}(?:,\d{3})+|\d{1,4}(?:\.\d{1,2})?(?:[ -]1/2)?|\d{1,2}½|one|two|three|four|five|six|seven|eight|nine|ten"
    "|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
    "|seventy|eighty|ninety|hundred|thousand|million|dozen|half)"
)
NUMBER: Final = (
    r"(?:(?:an? (?=hundred|thousand|dozen|million))?"
    rf"(?:half an?|half a dozen|{_ONE}(?:~(?:and )?{_ONE}){{0,4}})(?: and a half)?)"
)
FEW: Final = r"(?:(?:an? |the )?(?:few|several|couple(?: of)?|number of|handful of|many|dozens of|various))"
MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\.|\b))"
)
WEEKDAY: Final = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?!s)|(?:Mon|Tues|Tue|Weds|Wed|Thurs|Thur|Thu|Fri|Sat|Sun)\.)"
)
DAY_NUMBER: Final = r"(?:[0-3]?\d(?:st|nd|rd|th)?(?![\d%]|[.,:]\d))"
YEAR: Final = r"(?:1[0-9]\d\d|20\d\d)"
UNIT: Final = (
    r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|season|semester|year|decade|century|centurie"
    r"|millennium)"
)
PART: Final = r"(?:morning|afternoon|evening|night|midday|midnight|noon|dawn|dusk)"
SEASON: Final = r"(?:spring|summer|fall|autumn|winter)"
ORDINAL: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th)|1st|2nd|3rd|4th)"
)
EDGE: Final = (
    "(?:(?:the )?(?:very )?(?:early|late|mid|earlier|later)(?: (?:on|in))?(?:~| the | )"
    "|(?:the )?(?:beginning|start|end|middle|close) of (?:the )?)"
)
"""What TIMEX3 keeps out of a value, as its modifier."""
ABOUT: Final = (
    "(?:(?:about|around|approximately|roughly|nearly|almost|more than|less than|fewer than|at least|at most|up to|over"
    "|under|just over|just under|just|no more than|as many as|as long as|as much as|some|well over|within|close to"
    "|only|another|an additional|an extra|a full) )"
)
UNIT_CODES: Final = {
    "second": ("T", 1, "S"),
    "minute": ("T", 1, "M"),
    "hour": ("T", 1, "H"),
    "day": ("", 1, "D"),
    "night": ("", 1, "D"),
    "week": ("", 1, "W"),
    "fortnight": ("", 2, "W"),
    "weekend": ("", 2, "D"),
    "month": ("", 1, "M"),
    "quarter": ("", 1, "Q"),
    "year": ("", 1, "Y"),
    "decade": ("", 10, "Y"),
    "century": ("", 100, "Y"),
    "centurie": ("", 100, "Y"),
    "millennium": ("", 1000, "Y"),
}
"""Sign of a time of day, how many of the unit, and the unit's sign in an ISO 8601 duration."""
PARTS: Final = {
    "morning": "MO",
    "dawn": "MO",
    "afternoon": "AF",
    "evening": "EV",
    "dusk": "EV",
    "night": "NI",
    "midday": "MI",
    "noon": "12:00",
    "midnight": "24:00",
}
LARGEST: Final = 99_999


def pattern(pieces: str, *, whole: bool = True) -> re.Pattern[str]:
    """Return the pattern that the pieces stand for, in either case, between word edges if `whole`."""
    written = (
        pieces.replace("~", r"(?:\s{1,4}|\s?-\s?)")
        .replace("[ -]", r"(?:\s{1,4}|-)")
        .replace(" ?", r"\s{0,4}")
        .replace(" ", r"\s{1,4}")
    )
    if not whole:
        return re.compile(written, re.IGNORECASE)
    return re.compile(rf"(?<![\w$£€])(?<!\d[.,/:])(?:{written})(?!\w|[.,/:]\d)", re.IGNORECASE)


def count_of(words: str) -> float | None:
    """Return the number that the words name, `None` for a vague one.

    >>> count_of("twenty four"), count_of("5 1/2"), count_of("a couple of"), count_of("several")
    (24.0, 5.5, 2.0, None)
    """
    words = re.sub(r"[\s-]+", " ", words.casefold())
    if "couple" in words:
        return 2.0
    if words.startswith("half a") and "dozen" not in words:
        return 0.5
    if words in ("a", "an"):
        return 1.0
    half = 0.5 if re.search(r"1/2|½|and a half", words) else 0.0
    words = re.sub(r" ?1/2|½| and a half", "", words)
    number = read_number(words)
    if number is None or number > LARGEST:
        return None
    return number + half


def length_value(number: float | None, unit: str) -> str | None:
    """Return the ISO 8601 duration of so many units; `PXY` for an unknown number of years.

    >>> length_value(2.5, "year"), length_value(36, "hour"), length_value(None, "week"), length_value(0.5, "hour")
    ('P2Y6M', 'PT36H', 'PXW', 'PT30M')
    """
    if unit not in UNIT_CODES:
        return None
    time, size, sign = UNIT_CODES[unit]
    if number is None:
        return f"P{time}X{sign}"
    number *= size
    whole, rest = int(number), number % 1
    if not rest:
        return f"P{time}{whole}{sign}"
    finer = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if time else ("D", 30), "W": ("D", 7), "D": ("H", 24)}.get(
        sign
    )
    if rest != 0.5 or finer is None or (sign == "W"):
        return f"P{time}{number:g}{sign}"
    if sign == "D":
        return f"P{whole}DT12H" if whole else "PT12H"
    left = f"{whole}{sign}" if whole else ""
    return f"P{time}{left}{finer[1] // 2}{finer[0]}"
