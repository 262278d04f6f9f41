"""dateparser behind a guard, for full dates in an order our grammar does not know.

Left alone, dateparser reads "the 1980s" as a time of today and "a" as a day of this month (shared/ECOSYSTEM.md 7).
"""

import re
from functools import lru_cache
from typing import Any, Final

from extract.resolve.calendar import MONTH
from extract.resolve.period import Period, Point, stated

_YEAR: Final = re.compile(r"(?<![0-9])[12][0-9]{3}(?![0-9])")
_MONTH: Final = re.compile(rf"(?<![a-z]){MONTH}(?![a-z])")
_DAY: Final = re.compile(r"(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)?(?![0-9a-z])")
LONGEST: Final = 40


def read_with_dateparser(words: str) -> Period | None:
    """Return a day or month that dateparser reads, if one month, one year and at most one day stand in the words.

    Without those the value would come from the clock or be finer than the words, so it is not asked.

    >>> found = read_with_dateparser("2019 5 march")
    >>> found.value().value if found else None, read_with_dateparser("10 seconds ago")
    ('2019-03-05', None)
    """
    years, days = _YEAR.findall(words), _DAY.findall(words)
    if len(words) > LONGEST or len(years) != 1 or len(_MONTH.findall(words)) != 1 or len(days) > 1:
        return None
    try:
        found = _parser().get_date_data(words)
    except Exception:  # a third-party parser on free text: whatever it raises, there is no date
        return None
    date = found.date_obj
    if date is None or date.year != int(years[0]) or found.period not in ("day", "month"):
        return None
    if found.period == "month" or not days:
        return stated(Point(date.year, date.month))
    return stated(Point(date.year, date.month, date.day)) if date.day == int(re.sub(r"[a-z]", "", days[0])) else None


@lru_cache(maxsize=1)
def _parser() -> Any:
    """Return the parser; imported here because it takes half a second and few texts need it."""
    from dateparser.date import DateDataParser

    return DateDataParser(
        languages=["en"],
        settings={
            "REQUIRE_PARTS": ["month", "year"],
            "PREFER_DAY_OF_MONTH": "first",
            "RETURN_AS_TIMEZONE_AWARE": False,
        },
    )
