"""Rules that point at a calendar unit: "Wednesday", "last month", "over the weekend", "so far this year"."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from extract.resolve import calendar as names
from extract.resolve.calendar import MONTH, WEEKDAY
from extract.resolve.explicit import EDGE, third_of_year
from extract.resolve.period import (
    Anchor,
    NoDateError,
    Period,
    Point,
    Rule,
    between,
    in_month,
    on_day,
    point,
    relative,
    shift,
    week_of,
)

_STEPS: Final = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}
_FROM_STORY: Final = frozenset(
    ("that", "same", "the same", "previous", "the previous", "preceding", "the preceding", "following", "the following")
)
_WHICH: Final = (
    "(?P<which>last|this|next|current|the current|previous|the previous|preceding|the preceding|following"
    "|the following|the next|that|the same|same)"
)
_UNIT: Final = "(?P<unit>day|week|month|quarter|year|decade|century)"


def nearest_weekday(weekday: int, day: dt.date, *, ahead: bool) -> dt.date:
    """Return the latest such weekday on or before the day: in news, "on Tuesday" looks back. Or the first on or after.

    >>> nearest_weekday(2, dt.date(2021, 12, 16), ahead=False)
    datetime.date(2021, 12, 15)
    """
    step = (weekday - day.weekday()) % 7 if ahead else -((day.weekday() - weekday) % 7)
    return shift(day, "day", step)


def _weekday(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the weekday by its pointing word; bare, it looks back from publication, ahead in future tense.

    Publication day itself counts, both ways: agencies write the weekday for "today".
    """
    weekday, which = names.WEEKDAYS[match["weekday"]], (match["which"] or match["after"] or "").removeprefix("this ")
    if match["week"] or match["week_"]:
        step = _STEPS.get(match["week"] or match["week_"], 0)
        return relative(on_day(_in_week(shift(anchor.today(), "week", step), weekday)))
    if which in _FROM_STORY or which == "the next":
        return relative(on_day(_weekday_of_story(weekday, which, anchor)))
    today = anchor.today()
    if which == "this" and anchor.tense != "past":
        return relative(on_day(_in_week(today, weekday)))
    step = _STEPS.get(which, 0)
    ahead = step > 0 or (step == 0 and anchor.tense == "future")
    return relative(on_day(nearest_weekday(weekday, shift(today, "day", step), ahead=ahead)))


def _weekday_of_story(weekday: int, which: str, anchor: Anchor) -> dt.date:
    story, step = anchor.story(), _STEPS.get(which.removeprefix("the "), 0)
    if (story.last or story.first or point(1)).day is None:
        raise NoDateError("the date to count from is no day")
    day = story.ends() if step > 0 else story.starts()
    if step == 0:
        return _in_week(day, weekday)
    return nearest_weekday(weekday, shift(day, "day", step), ahead=step > 0)


def _in_week(day: dt.date, weekday: int) -> dt.date:
    return shift(day, "day", weekday - day.weekday())


def _weekend(match: re.Match[str], anchor: Anchor) -> Period:
    """Return Saturday and Sunday: the latest to have begun, or as "last", "this", "next" say of publication's week."""
    which = match["which"]
    if which in ("that", "the same"):
        saturday = _in_week(anchor.story().starts(), 5)
        return between(saturday, shift(saturday, "day", 1))
    today = anchor.today()
    saturday = _in_week(today, 5)
    if which == "last":
        saturday = shift(saturday, "week", -1)
    elif which == "next":
        saturday = shift(saturday, "week", 1)
    elif anchor.tense != "future" and not (which in ("this", "coming") and anchor.tense is None):
        saturday = nearest_weekday(5, today, ahead=False)
    return between(saturday, shift(saturday, "day", 1))


def _month(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the latest such month before publication's for "last March", the first after it for "next March"."""
    month, today = names.MONTHS[match["month"]], anchor.today()
    step = _STEPS.get(match["which"].removeprefix("this "), 0)
    year = today.year
    if step:
        year += step if (month - today.month) * step <= 0 else 0
    return relative(point(year, month))


def _unit(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the calendar unit that "last week", "this month", "the following year" name; weeks run from Monday.

    What has happened "this week" has happened by publication.
    """
    which, unit, edge = match["which"] or "this", match["unit"], match["edge"]
    from_story = which in _FROM_STORY or (which == "the next" and anchor.reference is not None)
    if unit == "day" and which in ("next", "the next", "last"):
        from_story = True
    base = anchor.story() if from_story else relative(on_day(anchor.today()))
    step = _STEPS.get(which.removeprefix("the "), 0)
    one = (base.last if step > 0 else base.first) or base.last or base.first
    assert one is not None
    if which == "this" and unit == "week" and anchor.tense == "past":
        return between(_start_of("week", anchor.today()), anchor.today())
    return _around(one, unit, step, edge)


def _around(one: Point, unit: str, step: int, edge: str | None) -> Period:
    day = one.first()
    if unit in ("day", "week") and one.day is None:
        raise NoDateError("the date to count from is no day")
    if unit == "day":
        return relative(on_day(shift(day, "day", step)))
    if unit == "week":
        return week_of(shift(day, "week", step))
    if unit in ("month", "quarter") and one.month is None:
        raise NoDateError("the date to count from is only a year")
    if unit == "month":
        return relative(in_month(shift(day, "month", step)))
    if unit == "quarter":
        start = shift(day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1), "month", 3 * step)
        return Period(in_month(start), in_month(shift(start, "month", 2)), True)
    if unit == "year":
        year = point(day.year + step).year
        return third_of_year(year, edge, is_relative=True) if edge else relative(Point(year))
    size, offset = (10, 0) if unit == "decade" else (100, 1)
    first = (day.year - offset) // size * size + offset + size * step
    return Period(point(first), point(first + size - 1), True)


def _start_of(unit: str, day: dt.date) -> dt.date:
    if unit == "week":
        return _in_week(day, 0)
    return day.replace(day=1) if unit == "month" else day.replace(month=1, day=1)


def _so_far(match: re.Match[str], anchor: Anchor) -> Period:
    """Return from the unit's first day to publication: "so far this year" is `2020-01-01/2020-08-25`."""
    today = anchor.today()
    groups = match.groupdict()
    year = groups.get("year") or groups.get("year_")
    if year is None:
        return between(_start_of(match["unit"], today), today)
    start = point(int(year)).first()
    if not start <= today <= start.replace(month=12, day=31):
        return relative(Point(start.year))
    return between(start, today)


def _earlier(match: re.Match[str], anchor: Anchor) -> Period:
    """Return from the unit's first day to publication; of a week, to the day before: the day itself is "today"."""
    today = anchor.today()
    start = _start_of(match["unit"], today)
    last = shift(today, "day", -1) if match["unit"] == "week" and start < today else today
    return between(start, last)


def _later(match: re.Match[str], anchor: Anchor) -> Period:
    today, unit = anchor.today(), match["unit"]
    last = shift(shift(_start_of(unit, today), unit, 1), "day", -1)
    return between(today, last)


def _today(days: int) -> Rule:
    def rule(match: re.Match[str], anchor: Anchor) -> Period:
        del match
        return relative(on_day(shift(anchor.today(), "day", days)))

    return rule


def _overnight(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the night that ends on the day of publication: both its days."""
    del match
    return between(shift(anchor.today(), "day", -1), anchor.today())


def _recently(match: re.Match[str], anchor: Anchor) -> Period:
    """Return about the last month."""
    del match
    today = anchor.today()
    return Period(in_month(shift(today, "month", -1), "?"), in_month(today), True)


def _this_time(match: re.Match[str], anchor: Anchor) -> Period:
    step = _STEPS.get(match["which"], 0)
    return relative(in_month(shift(anchor.today(), "year", step), "~"))


def _rule(pattern: str, make: Callable[..., Period]) -> tuple[re.Pattern[str], Rule]:
    return re.compile(pattern), make


POINTED: Final = (
    _rule(
        "(?:(?P<which>last|this past|past|this coming|coming|this|next|the next|following|the following|previous"
        f"|the previous|that|the same|same) )?(?:(?P<week_>last|this|next) week (?:on )?)?(?P<weekday>{WEEKDAY})"
        "(?: (?:of )?(?P<week>last|this|next) week| (?P<after>last|next))?",
        _weekday,
    ),
    _rule(f"(?:{EDGE})?(?P<which>last|this past|past|this coming|coming|this|next) (?P<month>{MONTH})", _month),
    _rule("now|today|currently|presently|at present|at the moment|at the time of (?:writing|publication)", _today(0)),
    _rule("(?:earlier|later|late|early) today|the present(?: day)?|this (?:very )?day", _today(0)),
    _rule("yesterday", _today(-1)),
    _rule("tomorrow", _today(1)),
    _rule("(?:the )?day before yesterday", _today(-2)),
    _rule("(?:the )?day after tomorrow", _today(2)),
    _rule("over ?night", _overnight),
    _rule(f"(?:{EDGE})?(?:of )?{_WHICH} {_UNIT}", _unit),
    _rule(rf"{EDGE}(?P<which>){_UNIT}", _unit),
    _rule(
        "(?:over |at |on |during )?(?:the )?(?:this )?(?:(?P<which>last|past|this|next|coming|that|the same) )?weekend",
        _weekend,
    ),
    _rule("so far (?:in )?(?:this|the) (?P<unit>week|month|year)", _so_far),
    _rule("(?:(?:this|the) )?(?P<unit>week|month|year)(?: so far| to date|-to-date)", _so_far),
    _rule("so far in (?P<year>[12][0-9]{3})|(?:in )?(?P<year_>[12][0-9]{3}) so far", _so_far),
    _rule("earlier (?:in )?(?:this|the) (?P<unit>week|month|year)", _earlier),
    _rule("(?:later|the rest of|rest of) (?:in )?(?:this|the) (?P<unit>week|month|year)", _later),
    _rule("(?:more |most )?recently|lately|of late", _recently),
    _rule("(?:at )?this (?:same )?time (?P<which>last|next) year", _this_time),
)
"""Tried in this order on the whole expression; the first that fits decides."""
