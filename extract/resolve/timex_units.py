"""Rules that find a calendar unit by a pointing word: "last week", "the current quarter", "the year", "the weekend"."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from extract.resolve.period import in_month, on_day, relative, shift
from extract.resolve.timex_dates import told
from extract.resolve.timex_story import Rule, Story, Told, rule
from extract.resolve.timex_value import quarter_value, week_value, weekend_value
from extract.resolve.timex_words import EDGE, length_value

_STEPS: Final = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1}
_FROM_STORY: Final = frozenset(("that", "same", "previous", "following", "preceding"))
_GOES_ON: Final = re.compile(r",?\s+(?:end(?:ed|ing|s)|that|to|since|before|after|of|when|in which)\b")
_ENDS: Final = re.compile(r",?\s+end(?:ed|ing|s)\b")


def _century(day: dt.date) -> str:
    return f"{day.year // 100:02d}"


_VALUES: Final[dict[str, tuple[str, int, Callable[[dt.date], str]]]] = {
    "day": ("day", 1, dt.date.isoformat),
    "week": ("week", 1, week_value),
    "weekend": ("week", 1, weekend_value),
    "quarter": ("month", 3, quarter_value),
    "decade": ("year", 10, lambda day: f"{day.year // 10:03d}"),
    "century": ("year", 100, _century),
}
"""How far one of a unit reaches, and what names it; months and years are points of the date grammar."""


def _unit(match: re.Match[str], story: Story) -> Told | None:
    """Return the unit that "last", "this" or "the current" name from the text's day, "the following" from its story.

    "The past month" is a length; "the past year" is mostly labelled as the year before.
    """
    if match[0].istitle():  # the programme "This Week"
        return None
    which, unit = match["which"].casefold().split()[-1], match["unit"].casefold()
    step, base = _STEPS.get(which, 0), story.written
    if which == "past" and unit not in ("year", "day", "weekend"):
        return Told("DURATION", length_value(1, unit) or "")
    if which in _FROM_STORY:
        base = story.day()
        if story.last is not None and story.last.last is not None and unit in ("month", "quarter", "year"):
            base = story.last.ends()
    if which == "same" and unit == "quarter":
        base = story.near_quarter(match) or base
    if unit in ("month", "year"):
        moved = in_month(shift(base, unit, step))
        return told(relative(moved._replace(month=None) if unit == "year" else moved))
    size, count, name = _VALUES[unit]
    day = shift(base, size, step * count)
    return Told("DATE", name(day), relative(on_day(day)) if size in ("day", "week") else None)


def _bare_unit(match: re.Match[str], story: Story) -> Told | None:
    """Return "the year", "the week": a length when its end is told, else the one that the text was written in."""
    unit = (match["unit"] or match["unit_"]).casefold()
    _, after = story.around(match)
    if match["fiscal"] or _ENDS.match(after):
        return Told("DURATION", f"P1{unit[0].upper()}")
    if _GOES_ON.match(after):
        return None
    if unit == "week":
        return Told("DATE", week_value(story.written))
    day = story.written.isoformat()
    return Told("DATE", day[:7] if unit == "month" else day[:4])


def _weekend(match: re.Match[str], story: Story) -> Told | None:
    """Return the weekend that has begun; on Fridays and weekends it is this week's."""
    del match
    begun = story.written.weekday() >= 4
    return Told("DATE", weekend_value(story.written if begun else shift(story.written, "week", -1)))


def _year_end(match: re.Match[str], story: Story) -> Told | None:
    del match
    return Told("DATE", story.written.isoformat()[:4])


_WHICH: Final = "(?:(?:the )?(?:last|this|next|current|previous|following|preceding|same|that|this past|past))"
RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"(?:{EDGE})?(?P<which>{_WHICH}) (?:fiscal |calendar |full |school )?"
        r"(?P<unit>week|month|quarter|year|decade|century|day|weekend)",
        _unit,
    ),
    rule(
        rf"(?:{EDGE})?the (?P<fiscal>(?:fiscal|financial) )?(?P<unit>year|week|month)"
        rf"|{EDGE}(?:the )?(?P<unit_>year|month|week)",
        _bare_unit,
    ),
    rule(r"years?[ -]end|(?:the )?year['’]s end|the end of the year", _year_end),
    rule(r"(?:the|this past|this) (?:holiday )?weekend", _weekend),
)
