"""Rules that count from a day: "two weeks ago", "three days later"; and words that only point: "now", "recently"."""

import datetime as dt
import re
from typing import Final

from extract.resolve.period import NoDateError, Point, in_month, on_day, relative, shift
from extract.resolve.timex_story import Make, Rule, Story, Told, rule
from extract.resolve.timex_value import quarter_value, week_value
from extract.resolve.timex_words import ABOUT, FEW, NUMBER, UNIT, UNIT_CODES, count_of, length_value

_BACK: Final = frozenset(("ago", "earlier", "before", "previously", "prior", "before that"))


def _away(match: re.Match[str], story: Story) -> Told | None:
    """Return the day, week, month or year so many units away, as fine as the unit."""
    way, unit = " ".join(match["way"].casefold().split()), match["unit"].casefold()
    number = count_of(match["number"] or "") if match["number"] else None
    if way in ("later", "earlier", "before", "after", "after that", "previously") and story.last is None:
        return None
    if number is None or unit not in UNIT_CODES:
        if way in ("later", "earlier"):
            return Told("DURATION", length_value(None, unit) or "") if unit in UNIT_CODES else None
        return Told("DATE", "PAST_REF" if way in _BACK else "FUTURE_REF")
    base = story.written if way in ("ago", "from now", "hence") else story.day()
    if (
        base == story.written
        and way != "ago"
        and unit in ("month", "year", "decade")
        and story.last
        and story.last.last
    ):
        base = story.last.ends()
    _, size, sign = UNIT_CODES[unit]
    count = (-1 if way in _BACK else 1) * number * size
    try:
        return _moved(base, unit, sign, count)
    except NoDateError:
        return None


def _moved(base: dt.date, unit: str, sign: str, count: float) -> Told | None:
    if unit in ("second", "minute", "hour"):
        return Told("DATE", base.isoformat())
    if sign == "W":
        day = shift(base, "week", int(count))
        return Told("DATE", week_value(day), relative(on_day(day, "~")))
    if sign == "D":
        day = shift(base, "day", int(count))
        return Told("DATE", day.isoformat(), relative(on_day(day)))
    if sign == "Q":
        return Told("DATE", quarter_value(shift(base, "month", int(3 * count))))
    if sign == "M":
        month = in_month(shift(base, "month", int(count)))
        return Told("DATE", month.edtf(), relative(month))
    year = Point(shift(base, "month", int(12 * count)).year)
    return Told("DATE", year.edtf(), relative(year))


def _reference(value: str) -> Make:
    def make(match: re.Match[str], story: Story) -> Told | None:
        del match, story
        return Told("DATE", value)

    return make


_NOW: Final = (
    "(?:right |until |up to )?now(?! that)|currently|presently|at present|at the moment|nowadays|these days"
    "|(?:the )?present time|current"
)
_PAST: Final = (
    "(?:more |most |until )?recently|lately|long ago|once upon a time"
    rf"|the (?:recent |distant |near |not-too-distant )?past(?! (?:\w+~){{0,3}}(?:{UNIT}|summer|winter|season)s?\b)"
)
_FUTURE: Final = "(?:the (?:near |foreseeable |immediate |not-too-distant |distant )?|(?:near|foreseeable) )future"
RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"{ABOUT}{{0,3}}(?:(?P<number>{NUMBER}|an?)(?: (?:to|or) {NUMBER})?|{FEW})~(?:more )?(?P<unit>{UNIT})s? "
        r"(?P<way>ago|earlier|later|before that|previously|from now|hence|after that)",
        _away,
    ),
    rule(rf"(?P<unit>{UNIT})s (?P<way>ago|later|earlier)(?P<number>)", _away),
    rule(_NOW, _reference("PRESENT_REF")),
    rule(_PAST, _reference("PAST_REF")),
    rule(_FUTURE, _reference("FUTURE_REF")),
)
"""Of the pointing words those that annotators mark more often than not: "now", not "soon"."""
