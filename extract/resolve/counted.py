"""Rules that count units: "two weeks ago", "two days later", "the past three years", "in ten days"."""

import re
from dataclasses import replace
from typing import Final

from extract.resolve import calendar as names
from extract.resolve.calendar import NUMBER, UNIT, VAGUE
from extract.resolve.period import Anchor, NoDateError, Period, Point, Rule, in_month, on_day, relative, shift

_ABOUT: Final = (
    r"(?P<about>(?:about|around|approximately|roughly|some|nearly|almost|close to|more than|less than|fewer than"
    r"|just over|just under|over|under|well over|at least|up to|only|just|exactly|barely|a little over)(?: |$))*"
)
_COUNT: Final = rf"(?:(?P<number>{NUMBER})|(?P<vague>{VAGUE}))"
MANY: Final = rf"{_ABOUT}(?:{_COUNT}[ -])(?:and a half )?(?P<unit>{UNIT})s?(?: and a half)?"


def amount(match: re.Match[str]) -> tuple[int, str]:
    """Return how many of which unit: minute, hour, day, week, month or year."""
    groups = match.groupdict()
    unit = names.UNITS[groups["unit"]]
    number = names.number_of(groups["number"]) if groups.get("number") else 1
    if groups.get("vague"):
        number = names.vague_number(groups["vague"])
    return number * names.UNIT_SIZE.get(groups["unit"], 1), unit


def moved(period: Period, unit: str, number: int, *, marks: bool = False) -> Period:
    """Return the time so many units away, no finer than the unit or the date counted from.

    A week away is a day with `~`: nobody counts weeks to the day. Days need a day to count from.
    """
    base = (period.last or period.first) if number >= 0 else (period.first or period.last)
    if base is None:
        raise NoDateError("no earlier date to count from")
    if unit in ("minute", "hour"):
        return relative(base._replace(mark=base.mark or "~" * (unit == "hour")))
    date = shift(base.first(), unit, number)
    if unit == "year" or base.month is None:
        if unit != "year":
            raise NoDateError("the date to count from is only a year")
        return relative(Point(date.year, mark=base.mark or "~" * marks))
    if unit == "month" or base.day is None:
        if unit != "month":
            raise NoDateError("the date to count from is only a month")
        return relative(in_month(date, base.mark or "~" * marks))
    return relative(on_day(date, base.mark or "~" * (unit == "week" or marks)))


def _ago(match: re.Match[str], anchor: Anchor) -> Period:
    """Return "two weeks ago" as a day with `~`, "two months ago" as the month, "a decade ago" as the year."""
    number, unit = amount(match)
    today = relative(on_day(anchor.today()))
    if unit in ("minute", "hour"):
        days = number // 24 if unit == "hour" else 0
        return moved(today, "day", -days, marks=unit == "hour")
    if " and a half" in match[0] and unit == "year":
        return relative(Point(shift(today.starts(), "month", -12 * number - 6).year))
    if match["vague"]:
        if match["vague"] in ("many", "some"):
            raise NoDateError("no number to count with")
        return _some_ago(today, unit)
    return moved(today, unit, -number, marks=bool(match["about"]) or number >= 20)


def _half_year_ago(match: re.Match[str], anchor: Anchor) -> Period:
    del match
    return relative(in_month(shift(anchor.today(), "month", -6), "~"))


def _some_ago(today: Period, unit: str) -> Period:
    """Return the stretch that "a few years ago" or "several" may mean: two to five of them."""
    early, late = moved(today, unit, -5), moved(today, unit, -2)
    return replace(early, last=late.last).marked("?")


def _counted_from_story(match: re.Match[str], anchor: Anchor) -> Period:
    if match["vague"]:
        return moved(anchor.story(), _hours_only(match), 0)
    number, unit = amount(match)
    sign = -1 if match["way"] in ("earlier", "before", "prior", "previously", "beforehand") else 1
    return moved(anchor.story(), unit, sign * number, marks=bool(match["about"]))


def _hours_only(match: re.Match[str]) -> str:
    unit = names.UNITS[match["unit"]]
    if unit not in ("minute", "hour"):
        raise NoDateError("no number to count with")
    return unit


def _dates_what_it_follows(match: re.Match[str], anchor: Anchor) -> Period:
    """Return what "a week after" (he fled) dates when the words stop there: the flight, a week before the news."""
    number, unit = amount(match)
    base = relative(on_day(anchor.today()))
    if unit in ("minute", "hour"):
        return moved(base, "day", -(number // 24) if unit == "hour" else 0, marks=True)
    return moved(base, unit, -number)


def _same(match: re.Match[str], anchor: Anchor) -> Period:
    del match
    return replace(anchor.story(), relative=True)


def _later_same_day(match: re.Match[str], anchor: Anchor) -> Period:
    del match
    story = anchor.story()
    if story.single is None:
        raise NoDateError("no earlier date to count from")
    return relative(story.single)


def _from_now(match: re.Match[str], anchor: Anchor) -> Period:
    number, unit = amount(match)
    return moved(relative(on_day(anchor.today())), unit, number)


def _past_units(match: re.Match[str], anchor: Anchor) -> Period:
    """Return "the past two years" as `2016/2018`; one unit alone is cut one step finer: `2018-06/2019-06`."""
    return _stretch(match, anchor, -1)


def _coming_units(match: re.Match[str], anchor: Anchor) -> Period:
    return _stretch(match, anchor, 1)


def _stretch(match: re.Match[str], anchor: Anchor, sign: int) -> Period:
    groups, today = match.groupdict(), anchor.today()
    number, unit = amount(match)
    fuzzy = bool(groups.get("vague") or groups.get("plural"))
    if groups.get("plural"):
        number *= names.FEW
    if unit in ("minute", "hour"):
        number, unit = max(1, number // 24), "day"
    ends = [shift(today, unit, sign * number), today]
    if unit == "year":
        points = [Point(one.year, one.month if number == 1 and not fuzzy else None) for one in ends]
    elif unit == "month" and (number > 1 or fuzzy):
        points = [in_month(one) for one in ends]
    else:
        points = [on_day(one) for one in ends]
    far, near = points[0]._replace(mark="?" if fuzzy else ""), points[1]
    return Period(far, near, True) if sign < 0 else Period(near, far, True)


def _length(match: re.Match[str], anchor: Anchor) -> Period:
    del match, anchor
    raise NoDateError("a length of time, not a date")


def _number(match: re.Match[str], anchor: Anchor) -> Period:
    del anchor
    raise NoDateError("no such year" if len(match[0]) > 3 else "a number, not a date")


def _rule(pattern: str, make: Rule) -> tuple[re.Pattern[str], Rule]:
    return re.compile(pattern), make


_OVER: Final = "(?:(?:over|during|in|for|within|throughout) )?"
SOON: Final = "(?:shortly|soon|immediately|right|just|moments|minutes|seconds|hours|not long|some time|the minutes)"

COUNTED: Final = (
    _rule(rf"{MANY} ago(?: today)?", _ago),
    _rule("(?:about |nearly |almost )?half[ -](?:a )?year ago", _half_year_ago),
    _rule(rf"(?:over |in |for )?{MANY} (?:from now|hence|from today)", _from_now),
    _rule(rf"(?:in|within) {MANY}(?: time)?", _from_now),
    _rule(
        rf"{MANY} (?P<way>earlier|before|prior|previously|beforehand|later|afterwards?|thereafter|after that|on)",
        _counted_from_story,
    ),
    _rule(
        rf"(?:the )?(?P<about>)(?P<number>)(?P<vague>)(?P<unit>{UNIT}) (?P<way>earlier|before|prior|later|after)",
        _counted_from_story,
    ),
    _rule(rf"after {MANY}(?P<way>)", _counted_from_story),
    _rule(rf"{MANY} after", _dates_what_it_follows),
    _rule(rf"{SOON} (?:earlier|later|after|afterwards?|thereafter|before|beforehand|after that)", _later_same_day),
    _rule("(?:earlier|later) (?:that|the same|same) day|(?:at )?(?:that|the) (?:very )?(?:time|moment|point)", _same),
    _rule("then|at the time of .*|thereupon", _same),
    _rule(
        rf"{_OVER}(?:the |these )?(?:past|last) (?:about |almost |nearly )?{_COUNT}[ -](?P<unit>{UNIT})s?",
        _past_units,
    ),
    _rule(rf"{_OVER}(?:the )?(?:past|(?<=the )last) (?P<unit>{UNIT})", _past_units),
    _rule(rf"{_OVER}(?:the )?last (?P<unit>decade)", _past_units),
    _rule(rf"{_OVER}(?:the |these )?(?:past|last|recent) (?P<unit>{UNIT})(?P<plural>s)", _past_units),
    _rule(rf"{_OVER}(?:the )?(?:next|coming|upcoming|following) {_COUNT}[ -](?P<unit>{UNIT})s?", _coming_units),
    _rule(rf"{_OVER}(?:the )?(?:next|coming|upcoming) (?P<unit>{UNIT})(?P<plural>s)", _coming_units),
    _rule(rf"{_OVER}(?:the )?(?:coming|upcoming) (?P<unit>{UNIT})", _coming_units),
    _rule(rf"(?:for |over |during )?(?:the )?{MANY}(?: old| long| straight| in a row)?", _length),
    _rule(rf"(?:for |over )?{UNIT}s", _length),
    _rule(r"[0-9]+", _number),
)
"""Tried in this order on the whole expression; the first that fits decides."""
