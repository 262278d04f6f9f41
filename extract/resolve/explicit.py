"""Rules for dates with calendar names or figures: "Thursday, Feb. 13", "12/5/16", "late 1995", "spring 2019"."""

import datetime as dt
import re
from typing import Final

from extract.resolve import calendar as names
from extract.resolve.calendar import HOLIDAY, MONTH, NUMBER, ORDINAL, SEASON, WEEKDAY
from extract.resolve.period import (
    Anchor,
    NoDateError,
    Period,
    Point,
    Rule,
    at,
    on_day,
    point,
    relative,
    shift,
    stated,
    year_for,
)

_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_MONTH: Final = f"(?P<month>{MONTH})"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_NAMED_YEAR: Final = r"(?P<named>last|this|next|that|the same|the previous|the following) year"
_OF_YEAR: Final = rf"(?:[ -](?:of |in )?(?:the year )?{_YEAR}| '(?P<short>[0-9]{{2}})| (?:of |in )?{_NAMED_YEAR})?"
_WD: Final = f"(?:(?P<weekday>{WEEKDAY}) )?"
EDGE: Final = (
    r"(?P<edge>(?:very )?early|(?:the )?(?:beginning|start|opening)(?: of)?|mid|(?:the )?(?:middle|midst) of"
    r"|(?:very )?late|(?:the )?(?:very )?(?:end|close|latter part|tail end)(?: of)?|year-end)[ -](?:in )?(?:the )?"
)
_QUARTERS: Final = {"quarter": 3, "half": 6, "trimester": 4}
_EARLIEST_YEAR: Final = 1000
_LATEST_YEAR: Final = 2999
"""A bare number outside these is no year in the news."""


def third_of(edge: str) -> int:
    """Return 0, 1 or 2: the first, middle or last third that words like "early" or "the end of" mean."""
    if edge.startswith("year-end") or any(word in edge for word in ("late", "latter", "end", "close")):
        return 2
    return 1 if "mid" in edge else 0


def third_of_year(year: int, edge: str, *, is_relative: bool) -> Period:
    """Return January to April, May to August or September to December, as the guidelines cut a year."""
    month = third_of(edge) * 4 + 1
    return Period(point(year, month), point(year, month + 3), is_relative)


def _year(match: re.Match[str], anchor: Anchor) -> tuple[int | None, bool]:
    """Return the year the match names, if it names one, and whether that counts from something."""
    groups = match.groupdict()
    if groups.get("year"):
        return plausible(int(groups["year"])), False
    if groups.get("short"):
        return full_year(int(groups["short"]), anchor), False
    if not groups.get("named"):
        return None, True
    return named_year(groups["named"], anchor), True


def named_year(which: str, anchor: Anchor) -> int:
    """Return the year of "last year" (from publication) or "the same year" (from the story's last date)."""
    if which in ("last", "this", "next"):
        return anchor.today().year + {"last": -1, "this": 0, "next": 1}[which]
    step = {"that": 0, "the same": 0, "the previous": -1, "the following": 1}[which]
    return (anchor.story().last or anchor.story().first or point(0)).year + step


def plausible(year: int) -> int:
    """Return the year; raises `NoDateError` if no news text means it."""
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        raise NoDateError("no such year")
    return year


def full_year(short: int, anchor: Anchor) -> int:
    """Return the year that ends in two figures: at most ten years after publication, else in the century before.

    Without publication 69 is 1969 and 68 is 2068, as POSIX has it.
    """
    latest = anchor.published.year + 10 if anchor.published else 2068
    return latest - (latest - short) % 100


def _day(match: re.Match[str], anchor: Anchor) -> Period:
    month, day = names.MONTHS[match["month"]], int(match["day"])
    return _month_day(match, anchor, month, day)


def _month_day(match: re.Match[str], anchor: Anchor, month: int, day: int) -> Period:
    point(2000, month, day)  # a leap year: February 29 may exist, February 30 never does
    year, is_relative = _year(match, anchor)
    if year is None:
        weekday = match.groupdict().get("weekday")
        year = year_for(month, day, anchor, names.WEEKDAYS[weekday] if weekday else None)
    return at(point(year, month, day), relative=is_relative)


def _month(match: re.Match[str], anchor: Anchor) -> Period:
    """A month stays a month with "early" or "late": its third would be made-up days."""
    month = names.MONTHS[match["month"]]
    year, is_relative = _year(match, anchor)
    return at(point(year or year_for(month, None, anchor), month), relative=is_relative)


def _week_of_month(match: re.Match[str], anchor: Anchor) -> Period:
    whole = _month(match, anchor)
    week = names.ordinal_of(match["nth"])
    last = whole.ends()
    if week < 0:
        return Period(on_day(shift(last, "day", -6)), on_day(last), whole.relative)
    if not 1 <= week <= 4:
        raise NoDateError("no such week")
    start = shift(whole.starts(), "week", week - 1)
    return Period(on_day(start), on_day(shift(start, "day", 6)), whole.relative)


def _bare_year(match: re.Match[str], anchor: Anchor) -> Period:
    del anchor
    year = plausible(int(match["year"]))
    if match["edge"]:
        return third_of_year(year, match["edge"], is_relative=False)
    return stated(point(year))


def _years(first: int, last: int) -> Period:
    return Period(point(first), point(last), False)


def _decade(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the decade, or about a third of it: "the early 1980s" is 1980 to 1983."""
    if match["word"]:
        first = full_year(names.DECADES[match["word"]], anchor)
    else:
        first = int(match["tens"]) if len(match["tens"]) == 4 else full_year(int(match["tens"]), anchor)
    plausible(first)
    first -= first % 10
    if match["edge"]:
        low, high = ((0, 3), (4, 6), (7, 9))[third_of(match["edge"])]
        return _years(first + low, first + high)
    return _years(first, first + (99 if first % 100 == 0 and first != 2000 else 9))


def _century(match: re.Match[str], anchor: Anchor) -> Period:
    del anchor
    last = names.ordinal_of(match["nth"]) * 100
    if not 0 < last <= _LATEST_YEAR:
        raise NoDateError("no such century")
    if match["edge"]:
        low, high = ((99, 66), (65, 34), (33, 0))[third_of(match["edge"])]
        return _years(last - low, last - high)
    return _years(last - 99, last)


def _year_or_publication(match: re.Match[str], anchor: Anchor) -> tuple[int, bool]:
    year, is_relative = _year(match, anchor)
    return (anchor.today().year if year is None else year), is_relative


def _part_of_year(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the months of a quarter or half: "the second quarter of 2019"."""
    year, is_relative = _year_or_publication(match, anchor)
    size = _QUARTERS[match["part"] or "quarter"]
    nth = int(match["figure"]) if match["figure"] else names.ordinal_of(match["nth"])
    nth = 12 // size if nth < 0 else nth
    if not 1 <= nth <= 12 // size:
        raise NoDateError("no such part of a year")
    return Period(point(year, nth * size - size + 1), point(year, nth * size), is_relative)


def _end_months(match: re.Match[str], anchor: Anchor) -> Period:
    year, is_relative = _year_or_publication(match, anchor)
    count = names.number_of(match["number"])
    if not 1 <= count <= 12:
        raise NoDateError("no such months")
    first = 1 if match["end"] == "first" else 13 - count
    return Period(point(year, first), point(year, first + count - 1), is_relative)


def _season(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the season's three months; a winter is named for the year its January is in, as NOAA does."""
    month = names.SEASONS[match["season"]]
    year, is_relative = _year(match, anchor)
    if match["two"]:
        year, is_relative = plausible(int(match["two"])) + 1, False
    elif year is None and match["which"] in ("that", "the same"):
        year = named_year("that", anchor)
    named = None if year is None else point(year - (month == 12), month).first()
    start = named or _season_start(month, match["which"], anchor)
    last = shift(start, "month", 2)
    return Period(Point(start.year, start.month), Point(last.year, last.month), is_relative)


def _season_start(month: int, which: str | None, anchor: Anchor) -> dt.date:
    today = anchor.today()
    this = today.replace(month=month, day=1)
    this = this if this <= today else shift(this, "year", -1)
    running = today < shift(this, "month", 3)
    if which == "next" or (anchor.tense == "future" and not running and which is None):
        return shift(this, "year", 1)
    if which == "this" and not running and this.year < today.year:
        return shift(this, "year", 1)
    return shift(this, "year", -1) if which in ("last", "past") and running else this


def _holiday(match: re.Match[str], anchor: Anchor) -> Period:
    on = names.HOLIDAYS[match["holiday"]]
    year, is_relative = _year(match, anchor)
    if year is None:
        if anchor.published is None and anchor.reference is not None:
            year = named_year("that", anchor)
        else:
            today = anchor.today()
            rough = on(today.year)
            year = year_for(rough.month, min(rough.day, 28), anchor)
    return at(on_day(on(point(year).year)), relative=is_relative)


def _figures(match: re.Match[str], anchor: Anchor) -> Period:
    """Return a date in figures: month first as in the United States, unless that is no month or dots part them."""
    first, second, separator = int(match["a"]), int(match["b"]), match["s"]
    month, day = (second, first) if separator == "." or first > 12 else (first, second)
    year = int(match["c"])
    year = plausible(year) if len(match["c"]) == 4 else full_year(year, anchor)
    return stated(point(year, month, day))


def _short_figures(match: re.Match[str], anchor: Anchor) -> Period:
    return _month_day(match, anchor, int(match["a"]), int(match["b"]))


def _iso(match: re.Match[str], anchor: Anchor) -> Period:
    del anchor
    return stated(point(plausible(int(match["y"])), int(match["m"]), int(match["d"])))


def _two_years(match: re.Match[str], anchor: Anchor) -> Period:
    """Return "2019-20" as two years; "2021-12" is a month, "2011-12" two years: the second figure follows the first."""
    del anchor
    year, second = plausible(int(match["y"])), int(match["z"])
    if second <= 12 and second != (year + 1) % 100:
        return stated(point(year, second))
    return _years(year, year - year % 100 + second + (100 if second < year % 100 else 0))


def _era(match: re.Match[str], anchor: Anchor) -> Period:
    del anchor
    return _years(*names.ERAS[match["era"]])


def _september_11(match: re.Match[str], anchor: Anchor) -> Period:
    del match, anchor
    return stated(point(2001, 9, 11))


def _day_of_month(match: re.Match[str], anchor: Anchor) -> Period:
    """Return the nearest such day on or before publication ("Friday, the 3rd"), after it in future tense."""
    day = int(match["day"])
    if anchor.published is None and anchor.reference is not None:
        last = anchor.reference.ends()
        return relative(point(last.year, last.month, day))
    today, step = anchor.today(), 1 if anchor.tense == "future" else -1
    months = (shift(today.replace(day=1), "month", step * n) for n in range(3))
    for month in months:
        try:
            found = point(month.year, month.month, day)
        except NoDateError:
            continue
        if (found.first() - today).days * step >= 0:
            return relative(found)
    raise NoDateError("no such day")


def _rule(pattern: str, make: Rule) -> tuple[re.Pattern[str], Rule]:
    return re.compile(pattern), make


EXPLICIT: Final = (
    _rule(rf"{_WD}{_MONTH}[ -]?(?:the )?{_DAY}(?: {WEEKDAY})?{_OF_YEAR}", _day),
    _rule(rf"{_WD}(?:the )?{_DAY}[ -]?(?:day )?(?:of )?{_MONTH}{_OF_YEAR}", _day),
    _rule(rf"{_YEAR}[ -]{_MONTH}[ -]{_DAY}", _day),
    _rule(rf"(?:{EDGE})?(?:the month of )?{_MONTH}{_OF_YEAR}", _month),
    _rule(rf"{_YEAR}[ -]{_MONTH}", _month),
    _rule(rf"(?:the )?(?P<nth>{ORDINAL}) week (?:of|in) {_MONTH}{_OF_YEAR}", _week_of_month),
    _rule(rf"(?:the )?(?:first|second|last|latter) (?:half|part) of {_MONTH}{_OF_YEAR}", _month),
    _rule(rf"(?:{EDGE})?(?:the )?(?:(?:calendar|fiscal|school) )?(?:year )?{_YEAR}", _bare_year),
    _rule(rf"(?:{EDGE})?(?:the )?(?:'?(?P<tens>(?:[0-9]{{2}})?[0-9]0)s|(?P<word>{'|'.join(names.DECADES)}))", _decade),
    _rule(rf"(?:{EDGE})?(?:the )?(?P<nth>{ORDINAL})[ -]century", _century),
    _rule(
        rf"(?:(?:the )?(?P<nth>{ORDINAL})[ -](?P<part>quarter|half|trimester)|q(?P<figure>[1-4])){_OF_YEAR}",
        _part_of_year,
    ),
    _rule(rf"(?:the )?(?P<end>first|last|final) (?P<number>{NUMBER}) months (?:of|in){_OF_YEAR}", _end_months),
    _rule(
        rf"(?:{EDGE})?(?:(?P<which>this|last|past|next|that|the same) )?(?:the )?(?P<season>{SEASON})"
        r"(?: (?:of )?(?P<two>[0-9]{4})[-/][0-9]{2,4})?"
        rf"{_OF_YEAR}",
        _season,
    ),
    _rule(rf"{_WD}(?P<holiday>{HOLIDAY}){_OF_YEAR}", _holiday),
    _rule(r"(?P<y>[0-9]{4})[-/.](?P<m>[0-9]{1,2})[-/.](?P<d>[0-9]{1,2})", _iso),
    _rule(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})", _iso),
    _rule(r"(?P<y>[0-9]{4})[-/](?P<z>[0-9]{2})", _two_years),
    _rule(rf"{_WD}(?P<a>[0-9]{{1,2}})(?P<s>[-/.])(?P<b>[0-9]{{1,2}})(?P=s)(?P<c>[0-9]{{4}}|[0-9]{{2}})", _figures),
    _rule(r"(?:9/11|september 11|sept 11|september 11th)(?: terror(?:ist)?)? attacks?|9/11", _september_11),
    _rule(rf"{_WD}(?P<a>[0-9]{{1,2}})/(?P<b>[0-9]{{1,2}})", _short_figures),
    _rule(rf"{_WD}(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)", _day_of_month),
    _rule(rf"(?P<era>{'|'.join(names.ERAS)})", _era),
)
"""Tried in this order on the whole expression; the first that fits decides."""
