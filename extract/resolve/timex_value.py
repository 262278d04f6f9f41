"""A period as a TIMEX3 value: days, months and years as they are, and what ISO 8601 has no sign for by its name.

Seasons, quarters, halves, decades and weekends are told by the months or days they cover, so that whatever the date
grammar reads has its TIMEX3 name: `2019-09/2019-11` is `2019-FA`.
"""

import datetime as dt
from typing import Final

from extract.resolve.period import Period, Point

_SEASONS: Final = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def timex_value(period: Period) -> str | None:
    """Return the TIMEX3 value of a period, `None` if it has no name of its own: "from May to July".

    >>> from extract.resolve.expression import read_period
    >>> from extract.resolve.period import Anchor
    >>> words = ("May 5, 2019", "the third quarter of 2013", "the 1980s", "the 20th century", "spring 1998")
    >>> [timex_value(read_period(one, Anchor(None))) for one in words]
    ['2019-05-05', '2013-Q3', '198', '19', '1998-SP']
    """
    first, last = period.first, period.last
    if first is None or last is None:
        return None
    if first == last:
        return first._replace(mark="").edtf()
    if first.day is not None and last.day is not None:
        return _of_days(first.first(), last.first())
    if first.month is not None and last.month is not None and first.day is None and last.day is None:
        return _of_months(first, last)
    if first.month is None and last.month is None:
        return _of_years(first.year, last.year)
    return None


def week_value(day: dt.date) -> str:
    """Return the ISO week that holds the day.

    >>> week_value(dt.date(2013, 3, 22))
    '2013-W12'
    """
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def weekend_value(day: dt.date) -> str:
    """Return the weekend of the week that holds the day."""
    return f"{week_value(day)}-WE"


def quarter_value(day: dt.date) -> str:
    """Return the quarter that holds the day.

    >>> quarter_value(dt.date(2013, 3, 22))
    '2013-Q1'
    """
    return f"{day.year:04d}-Q{(day.month + 2) // 3}"


def _of_days(first: dt.date, last: dt.date) -> str | None:
    days = (last - first).days
    if days == 6 and first.weekday() == 0:
        return week_value(first)
    if days == 1 and first.weekday() == 5:
        return weekend_value(first)
    return None


def _of_months(first: Point, last: Point) -> str | None:
    assert first.month is not None
    assert last.month is not None
    size = (last.year - first.year) * 12 + last.month - first.month + 1
    if size == 3 and first.month in _SEASONS:
        return f"{last.year:04d}-{_SEASONS[first.month]}"
    if size == 3 and first.month % 3 == 1:
        return quarter_value(first.first())
    if size == 6 and first.month in (1, 7):
        return f"{first.year:04d}-H{1 if first.month == 1 else 2}"
    if size == 4 and first.month % 4 == 1:  # a third of a year: "early 1990" is 1990 in TIMEX3
        return f"{first.year:04d}"
    return None


def _of_years(first: int, last: int) -> str | None:
    if first // 10 == last // 10:  # a decade or its early, middle or late years
        return f"{first // 10:03d}"
    if last - first == 99:
        return f"{first // 100:02d}"
    return None
