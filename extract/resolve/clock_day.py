"""The day of a mention that is only a time of day: the day that the article told before it, or that of publication."""

import datetime as dt
import re
from typing import Final

from extract.resolve.period import on_day, relative
from extract.resolve.timex import find_times
from extract.schema.annotation import DateValue

_DAY: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}))?.*")
EVENING: Final = 16
"""An hour that has not come yet when the day's article is written: it is the day before's."""


def day_of_clock(text: str, start: int, end: int, published: dt.date) -> DateValue | None:
    """Return the day of the time of day at these offsets; `None` if no clock time stands there.

    >>> day_of_clock("A man was shot on Monday. He died at 3 a.m.", 37, 43, dt.date(2016, 12, 14)).value
    '2016-12-12'
    >>> day_of_clock("A man was shot at 10:30 p.m. outside.", 18, 28, dt.date(2016, 12, 14)).value
    '2016-12-13'
    """
    found = [one for one in find_times(text[: end + 1], published) if one.start < end]
    clock = found.pop() if found and found[-1].end > start else None
    match = _DAY.fullmatch(clock.value) if clock else None
    if clock is None or match is None or match[2] is None:
        return None
    day = dt.date.fromisoformat(match[1])
    if day == published and int(match[2]) >= EVENING and not _names_day(clock.text):
        day -= dt.timedelta(days=1)
    return relative(on_day(day)).value() if day <= published else None


def _names_day(words: str) -> bool:
    return re.search(r"[a-z]{3,}day\b|today|tonight|[0-9]{4}", words, re.IGNORECASE) is not None
