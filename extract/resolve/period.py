"""The stretch of time an expression means, before it becomes EDTF, and what relative words count from."""

import calendar
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

from extract.schema import edtf
from extract.schema.annotation import DateValue

Tense = Literal["past", "future"]
SOON: Final = dt.timedelta(days=31)
"""A month-day up to this long after publication is the coming one: news announces hearings about a month ahead."""


FAR: Final = 300
FAR_MONTH: Final = 182
"""Days: no announcement names a day or month without a year from so far ahead; the one that has just gone is meant."""


class NoDateError(ValueError):
    """An expression was understood as far as it goes, and it gives no date; the message is the reason. Stays inside."""


class Point(NamedTuple):
    """A year, a month or a day, as fine as the words are; `mark` is EDTF's `?` (uncertain) or `~` (approximate)."""

    year: int
    month: int | None = None
    day: int | None = None
    mark: str = ""

    def first(self) -> dt.date:
        """Return the first day covered."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> dt.date:
        """Return the last day covered."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def edtf(self) -> str:
        """Return the point as EDTF.

        >>> Point(2021, 12, mark="?").edtf()
        '2021-12?'
        """
        parts = (f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts) + self.mark


def point(year: int, month: int | None = None, day: int | None = None, mark: str = "") -> Point:
    """Return the point; raises `NoDateError` for a year, month or day that no calendar has."""
    if not 1 <= year <= 9999:
        raise NoDateError("no such year")
    if month is not None and not 1 <= month <= 12:
        raise NoDateError("no such month")
    if day is not None and not 1 <= day <= calendar.monthrange(year, month or 1)[1]:
        raise NoDateError("no such day")
    return Point(year, month, day, mark)


def on_day(date: dt.date, mark: str = "") -> Point:
    """Return the day as a point."""
    return Point(date.year, date.month, date.day, mark)


def in_month(date: dt.date, mark: str = "") -> Point:
    """Return the day's month as a point."""
    return Point(date.year, date.month, None, mark)


def shift(date: dt.date, unit: str, number: int) -> dt.date:
    """Return the date `number` days, weeks, months or years away; a day the month lacks becomes its last.

    >>> shift(dt.date(2021, 3, 31), "month", -1)
    datetime.date(2021, 2, 28)
    """
    try:
        if unit in ("day", "week"):
            return date + dt.timedelta(days=number * (7 if unit == "week" else 1))
        months = date.year * 12 + date.month - 1 + number * {"month": 1, "year": 12}[unit]
        year, month = divmod(months, 12)
        return dt.date(year, month + 1, min(date.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError, calendar.IllegalMonthError) as error:
        raise NoDateError("no such year") from error


@dataclass(frozen=True, slots=True)
class Period:
    """From one point to another, `None` where the end is open; equal points are the point itself.

    `relative`: the words alone do not give it; publication or another date was needed.
    """

    first: Point | None
    last: Point | None
    relative: bool

    @property
    def single(self) -> Point | None:
        """Return the point if the period is one point."""
        return self.first if self.first == self.last else None

    def marked(self, mark: str) -> "Period":
        """Return the period with its unmarked points marked."""
        first, last = (one._replace(mark=one.mark or mark) if one else None for one in (self.first, self.last))
        return replace(self, first=first, last=last)

    def starts(self) -> dt.date:
        """Return the first day; raises `NoDateError` if that end is open."""
        if self.first is None:
            raise NoDateError("the start is open")
        return self.first.first()

    def ends(self) -> dt.date:
        """Return the last day; raises `NoDateError` if that end is open."""
        if self.last is None:
            raise NoDateError("the end is open")
        return self.last.last()

    def value(self) -> DateValue:
        """Return the period as the schema holds it; raises `NoDateError` if it runs backwards or says nothing."""
        left, right = (one.edtf() if one else ".." for one in (self.first, self.last))
        text = left if self.single else f"{left}/{right}"
        try:
            bounds = edtf.bounds(text)
        except ValueError as error:
            raise NoDateError("the interval ends before it starts") from error
        return DateValue(text, bounds.earliest, bounds.latest, "relative" if self.relative else "stated")


def at(one: Point, *, relative: bool) -> Period:
    """Return the period that is one point."""
    return Period(one, one, relative)


def stated(one: Point) -> Period:
    """Return one point that the words alone give."""
    return Period(one, one, False)


def relative(one: Point) -> Period:
    """Return one point that counts from something else."""
    return Period(one, one, True)


def between(first: dt.date, last: dt.date) -> Period:
    """Return the days from one to the other, counted from something else."""
    return Period(on_day(first), on_day(last), True)


def week_of(date: dt.date) -> Period:
    """Return the week that holds the day, Monday to Sunday (ISO 8601)."""
    monday = shift(date, "day", -date.weekday())
    return between(monday, shift(monday, "day", 6))


def read_edtf(value: DateValue) -> Period:
    """Return the period of a value in the schema's form.

    >>> read_edtf(DateValue("2013/..", "2013-01-01", None, "stated"))
    Period(first=Point(year=2013, month=None, day=None, mark=''), last=None, relative=False)
    """
    if not edtf.is_edtf(value.value):
        raise NoDateError("the date to count from is not EDTF in use here")
    left, slash, right = value.value.partition("/")
    ends = [_read_point(one) for one in ((left, right) if slash else (left, left))]
    return Period(ends[0], ends[1], value.basis == "relative")


def _read_point(text: str) -> Point | None:
    mark = text[-1:] if text[-1:] in ("?", "~", "%") else ""
    if text == "..":
        return None
    year, month, day = (*(int(part) for part in text.rstrip("?~%").split("-")), None, None)[:3]
    return point(year or 0, month, day, mark)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words count from: the day of publication, the last date the story gave, and the tense around."""

    published: dt.date | None
    reference: Period | None = None
    tense: Tense | None = None

    def today(self) -> dt.date:
        """Return the day of publication; never the clock's day."""
        if self.published is None:
            raise NoDateError("no publication date")
        return self.published

    def story(self) -> Period:
        """Return the story's last date."""
        if self.reference is None:
            raise NoDateError("no earlier date to count from")
        return self.reference


Rule = Callable[..., Period]
"""Takes the match and the anchor; returns the period or raises `NoDateError`."""


def year_for(month: int, day: int | None, anchor: Anchor, weekday: int | None = None) -> int:
    """Return the year a month or month-day means: the nearest past one, or the coming one in future tense.

    A month-day within about a month after publication is the coming one too, unless the tense is past. A weekday
    that fits another year within half a year settles it. Without publication the story's last date gives the year.
    """
    if anchor.published is None and anchor.reference is not None:
        return (anchor.reference.last or anchor.reference.first or point(0)).year
    today = anchor.today()
    if anchor.tense == "future":
        start = today if day else today.replace(day=1)
        days = _occurrences(month, day, range(today.year - 1, today.year + 9))
        coming = next((one for one in days if one >= start), days[-1])
        gone = next((one for one in reversed(days) if one < start), None)
        reach = FAR if day else FAR_MONTH
        return (gone if gone and (coming - today).days > reach and (today - gone).days < reach else coming).year
    limit = today if day is None or anchor.tense == "past" else shift(today, "day", SOON.days)
    days = _occurrences(month, day, range(today.year + 1, today.year - 9, -1))
    found = next((one for one in days if one <= limit), days[-1])
    near = [one for one in days if abs((one - today).days) < 183]
    fitting = [one for one in near if weekday is not None and one.weekday() == weekday != found.weekday()]
    return (fitting or [found])[0].year


def _occurrences(month: int, day: int | None, years: range) -> list[dt.date]:
    """Return the days in those years, or the firsts of the month; raises `NoDateError` if no year has the day."""
    days = []
    for year in years:
        if 1 <= year <= 9999 and (day is None or 1 <= day <= calendar.monthrange(year, month)[1]):
            days.append(dt.date(year, month, day or 1))
    if not days:
        raise NoDateError("no such day")
    return days
