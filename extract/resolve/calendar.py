"""Names of months, weekdays, numbers, holidays, seasons and eras, with what they stand for."""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Final

_MONTH_FORMS: Final = (
    "january jan",
    "february feb febr",
    "march mar",
    "april apr",
    "may",
    "june jun",
    "july jul",
    "august aug",
    "september sept sep",
    "october oct",
    "november nov",
    "december dec",
)
_WEEKDAY_FORMS: Final = (
    "monday mon",
    "tuesday tues tue",
    "wednesday weds wed",
    "thursday thurs thur thu",
    "friday fri",
    "saturday sat",
    "sunday sun",
)
MONTHS: Final[Mapping[str, int]] = {form: n for n, forms in enumerate(_MONTH_FORMS, 1) for form in forms.split()}
WEEKDAYS: Final[Mapping[str, int]] = {form: n for n, forms in enumerate(_WEEKDAY_FORMS) for form in forms.split()}
"""Monday is 0, as in `datetime.date.weekday`."""

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS: Final = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first"
).split()
ORDINALS: Final[Mapping[str, int]] = {word: n for n, word in enumerate(_ORDINALS, 1)}
DECADES: Final[Mapping[str, int]] = {
    f"{word.removesuffix('y')}ies": 10 * n for n, word in enumerate(_TENS, 2)
}  # "twenties": 20

FEW: Final = 3
SEVERAL: Final = 4
"""What "a few" and "several" are taken for; their value carries EDTF's `?`."""

UNITS: Final[Mapping[str, str]] = {
    "minute": "minute",
    "hour": "hour",
    "hr": "hour",
    "day": "day",
    "night": "day",
    "morning": "day",
    "evening": "day",
    "week": "week",
    "fortnight": "week",
    "month": "month",
    "year": "year",
    "decade": "year",
    "century": "year",
    "centurie": "year",
}
UNIT_SIZE: Final[Mapping[str, int]] = {"fortnight": 2, "decade": 10, "century": 100, "centurie": 100}


def _choice(words: Mapping[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


MONTH: Final = f"(?:{_choice(MONTHS)})"
WEEKDAY: Final = f"(?:{_choice(WEEKDAYS)})"
ORDINAL: Final = f"(?:{_choice(ORDINALS)}|[0-9]{{1,2}}(?:st|nd|rd|th)|last|final)"
UNIT: Final = r"(?:minute|hour|hr|day|night|morning|evening|week|fortnight|month|year|decade|century|centurie)"
_WORDED: Final = f"(?:{'|'.join(_TENS)})(?:[ -](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(sorted(_ONES, reverse=True))}"
NUMBER: Final = f"(?:[0-9]{{1,4}}|{_WORDED}|half a dozen|(?:a )?dozen|(?:a )?couple(?: of)?|an?)"
VAGUE: Final = r"(?:(?:an? |the )?(?:few|several|number of|handful of|many|some))"


def number_of(words: str) -> int:
    """Return the number that a text matching `NUMBER` names.

    >>> number_of("twenty-one"), number_of("a couple of"), number_of("a")
    (21, 2, 1)
    """
    words = words.removesuffix(" of")
    if words.isdigit():
        return int(words)
    if words in ("a", "an"):
        return 1
    if "dozen" in words:
        return 6 if words.startswith("half") else 12
    if "couple" in words:
        return 2
    total = 0
    for part in re.split(r"[ -]", words):
        total += 10 * (_TENS.index(part) + 2) if part in _TENS else _ONES.index(part)
    return total


def ordinal_of(words: str) -> int:
    """Return the number of an `ORDINAL`; -1 for the last.

    >>> ordinal_of("third"), ordinal_of("22nd"), ordinal_of("last")
    (3, 22, -1)
    """
    if words in ("last", "final"):
        return -1
    return ORDINALS[words] if words in ORDINALS else int(words[:-2])


def vague_number(words: str) -> int:
    """Return what a text matching `VAGUE` is taken for."""
    return FEW if "few" in words or "handful" in words else SEVERAL


def _nth(month: int, weekday: int, n: int) -> Callable[[int], dt.date]:
    """Return the nth such weekday of a month; the last for n = -1."""

    def day(year: int) -> dt.date:
        if n < 0:
            last = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
            return last - dt.timedelta(days=(last.weekday() - weekday) % 7)
        first = dt.date(year, month, 1)
        return first + dt.timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))

    return day


def _fixed(month: int, day: int) -> Callable[[int], dt.date]:
    return lambda year: dt.date(year, month, day)


def easter(year: int) -> dt.date:
    """Return Easter Sunday (Anonymous Gregorian algorithm, Meeus 1991).

    >>> easter(2021)
    datetime.date(2021, 4, 4)
    """
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)


def _from_easter(days: int) -> Callable[[int], dt.date]:
    return lambda year: easter(year) + dt.timedelta(days=days)


HOLIDAYS: Final[Mapping[str, Callable[[int], dt.date]]] = {
    **dict.fromkeys(("new year day", "new year", "new years day", "new years"), _fixed(1, 1)),
    **dict.fromkeys(("martin luther king jr day", "martin luther king day", "mlk day"), _nth(1, 0, 3)),
    **dict.fromkeys(("valentine day", "valentines day"), _fixed(2, 14)),
    **dict.fromkeys(("presidents day", "presidents' day"), _nth(2, 0, 3)),
    **dict.fromkeys(("international women day", "international womens day"), _fixed(3, 8)),
    **dict.fromkeys(("st patrick day", "st patricks day", "saint patrick day"), _fixed(3, 17)),
    **dict.fromkeys(("april fool day", "april fools day"), _fixed(4, 1)),
    "palm sunday": _from_easter(-7),
    "good friday": _from_easter(-2),
    **dict.fromkeys(("easter sunday", "easter day", "easter"), _from_easter(0)),
    "easter monday": _from_easter(1),
    "may day": _fixed(5, 1),
    **dict.fromkeys(("mother day", "mothers day"), _nth(5, 6, 2)),
    "memorial day": _nth(5, 0, -1),
    "juneteenth": _fixed(6, 19),
    **dict.fromkeys(("father day", "fathers day"), _nth(6, 6, 3)),
    **dict.fromkeys(("independence day", "fourth of july", "july fourth"), _fixed(7, 4)),
    "bastille day": _fixed(7, 14),
    **dict.fromkeys(("labor day", "labour day"), _nth(9, 0, 1)),
    **dict.fromkeys(("columbus day", "indigenous peoples day"), _nth(10, 0, 2)),
    **dict.fromkeys(("halloween", "halloween night"), _fixed(10, 31)),
    **dict.fromkeys(("veterans day", "armistice day", "remembrance day"), _fixed(11, 11)),
    **dict.fromkeys(("thanksgiving day", "thanksgiving"), _nth(11, 3, 4)),
    "black friday": lambda year: _nth(11, 3, 4)(year) + dt.timedelta(days=1),
    "human rights day": _fixed(12, 10),
    "christmas eve": _fixed(12, 24),
    **dict.fromkeys(("christmas day", "christmas", "xmas"), _fixed(12, 25)),
    "boxing day": _fixed(12, 26),
    **dict.fromkeys(("new year eve", "new years eve"), _fixed(12, 31)),
}
"""United States and worldwide; possessives are gone before look-up ("new year's eve": "new year eve")."""
HOLIDAY: Final = f"(?:{'|'.join(sorted(HOLIDAYS, key=len, reverse=True))})"

SEASONS: Final[Mapping[str, int]] = {"spring": 3, "summer": 6, "fall": 9, "autumn": 9, "winter": 12}
"""First month of a season's three, as meteorologists count them north of the equator."""
SEASON: Final = f"(?:{_choice(SEASONS)})"

ERAS: Final[Mapping[str, tuple[int, int]]] = {
    **dict.fromkeys(("world war i", "world war one", "wwi", "the first world war", "first world war"), (1914, 1918)),
    **dict.fromkeys(("world war ii", "world war two", "wwii", "ww2", "second world war"), (1939, 1945)),
}
