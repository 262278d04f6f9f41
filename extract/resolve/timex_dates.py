"""Rules that find dates by calendar names and figures: the date grammar gives their values."""

import re
from collections.abc import Mapping
from typing import Final

from extract.resolve.calendar import HOLIDAY
from extract.resolve.numbers import read_number
from extract.resolve.period import Period, Point, Tense, relative
from extract.resolve.timex_story import NO_TIME, Rule, Story, Told, rule
from extract.resolve.timex_value import timex_value
from extract.resolve.timex_words import DAY_NUMBER, EDGE, MONTH, ORDINAL, SEASON, WEEKDAY, YEAR

_MONTH_DAY: Final = rf"(?:{MONTH}~?{DAY_NUMBER}|(?:the )?{DAY_NUMBER}(?: of| day of)? {MONTH})(?:,? {YEAR})?"
DATE: Final = (
    rf"(?:(?:{WEEKDAY},? )?{_MONTH_DAY}|{MONTH},?(?: of)? {YEAR}|{YEAR}-[01]\d-[0-3]\d"
    r"|[01]?\d/[0-3]?\d/(?:19|20)?\d\d)"
)
POINTING: Final = "(?:last|this|next|this past|this coming|past|coming|that|the following|the previous)"
DAY: Final = rf"(?:{DATE}|(?:{POINTING} )?{WEEKDAY}|yesterday|today|tomorrow|{POINTING} day)"
"""What may stand beside a time of day."""
_HOLIDAY: Final = HOLIDAY.replace(" ", "(?:['’]s?)? ")
_OTHER_YEAR: Final = "(?:last|this|next) year"
_SPOKEN: Final = (
    r"(?:\w+teen|ten|eleven|twelve|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    "(?:~(?:one|two|three|four|five|six|seven|eight|nine))?)"
)

_AHEAD: Final[Mapping[Tense | None, int]] = {"past": 90, None: 120, "future": 300}
_MONTH_AHEAD: Final[Mapping[Tense | None, int]] = {"past": 60, None: 120, "future": 182}
"""A day or month without a year is the coming one up to so many days ahead, by the tense, else the last one."""
_HAS_YEAR: Final = re.compile(rf"{YEAR}|year|last|next|this|past|day\b", re.IGNORECASE)
_HAS_MONTH: Final = re.compile(MONTH, re.IGNORECASE)
_COUNTED_NOUN: Final = re.compile(r"\s+(?:percent|people|miles|pounds|dollars|feet|meters|kilometers|square|troops)\b")
_PLURAL: Final = re.compile(r"\s+(?:[a-z]+s|men|women)\b")
_BEFORE_YEAR: Final = re.compile(
    r"(?:\b(?:in|since|by|of|from|until|till|for|and|to|during|before|after|through|the|late|early|mid|fiscal|year"
    r"|between|or|than|as)|[(,;:\"“]|-)\s*$",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    r"\b(?:[Ff]light|No\.|[Nn]umber|Route|Highway|Room|Boeing|Airbus)\s+$|(?:[A-Za-z]\d{0,9}|\b\d{1,3})-$"
)
_NO_NAME: Final = frozenset(("may", "march", "mar", "jan", "dec", "sep", "jun"))
"""Months that are other words when they are written small."""
_PROCESSION: Final = re.compile(r"\b(?:[Tt]he|[Aa]|[Pp]rotest|[A-Z]\w+)\s+$")
_OWNED: Final = re.compile(r"\b(?:his|her|their|its|my|our)\s+(?:early|mid|late)?[\s-]*$", re.IGNORECASE)
_CAPITALISED: Final = re.compile(r"[A-Z][\w.]*\s+$")
_CENTURIES: Final = {
    word: n
    for n, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split(),
        1,
    )
}


def told(period: Period | None) -> Told | None:
    """Return the period as a DATE, `None` if TIMEX3 has no name for it."""
    value = timex_value(period) if period else None
    return Told("DATE", value, period) if value else None


def _plain(match: re.Match[str], story: Story) -> Told | None:
    return told(story.read(match[0], match))


def _date(match: re.Match[str], story: Story) -> Told | None:
    """Return the date of a day or a month; a day that no calendar has leaves no part of it to be read as another."""
    period = story.read(match[0], match) or story.read(match["date"], match)
    if period is None:
        return NO_TIME
    return told(_nearest(period, match[0], story, _AHEAD[story.tense(match)]))


def _nearest(period: Period, words: str, story: Story, ahead: int) -> Period:
    """Return a day or month without a year in the latest year that brings it at most `ahead` days after the text."""
    one = period.single
    if one is None or one.month is None or _HAS_YEAR.search(words) or not _HAS_MONTH.search(words):
        return period
    for year in (story.written.year + 1, story.written.year, story.written.year - 1):
        moved = one._replace(year=year)
        try:
            days = (moved.first() - story.written).days
        except ValueError:  # 29 February, or the year 10000
            continue
        if days <= ahead:
            return relative(moved)
    return period


def _month(match: re.Match[str], story: Story) -> Told | None:
    """Return the month of a bare name, unless it is another word: "Jan Kavan", "the March for Life"."""
    name = match["month"]
    if name.rstrip(".").casefold() in _NO_NAME and not name[0].isupper():
        return None
    before, after = story.around(match)
    if name.casefold() in ("jan", "mar") or (name == "March" and re.match(r"\s(?:for|of|on)\s", after)):
        return None
    if name == "March" and _PROCESSION.search(before):
        return None
    period = story.read(match[0], match)
    return told(_nearest(period, match[0], story, _MONTH_AHEAD[story.tense(match)]) if period else None)


def _near(match: re.Match[str], story: Story) -> Told | None:
    """Return today, yesterday or tomorrow; "USA Today" is a name."""
    if match[0][0].isupper() and _CAPITALISED.search(story.around(match)[0]):
        return None
    return _plain(match, story)


def _year(match: re.Match[str], story: Story) -> Told | None:
    """Return the year; a number that counts the noun after it is none, nor is that of a flight."""
    before, after = story.around(match)
    alone = not match["edge"] and not match[0].casefold().startswith("the")
    if _NUMBERED.search(before) or _COUNTED_NOUN.match(after):
        return None
    if alone and _PLURAL.match(after) and not _BEFORE_YEAR.search(before):
        return None
    return told(story.read(match["year"], match))


def _spoken_year(match: re.Match[str], story: Story) -> Told | None:
    """Return "nineteen ninety-seven" and "two thousand" as years."""
    del story
    tail = read_number(re.sub(r"[\s-]+", " ", match["tail"] or "zero").casefold())
    if tail is None or tail > 99:
        return None
    return told(relative(Point((1900 if match["tail"] else 2000) + int(tail))))


def _decade(match: re.Match[str], story: Story) -> Told | None:
    """Return the decade; "in his 30s" is an age."""
    return None if _OWNED.search(story.around(match)[0]) else _plain(match, story)


def _century(match: re.Match[str], story: Story) -> Told | None:
    del story
    nth = match["nth"].casefold()
    number = int(nth[:-2]) if nth[0].isdigit() else _CENTURIES.get(nth, 0)
    return Told("DATE", f"{number - 1:02d}") if 0 < number < 30 else None


def _holiday(match: re.Match[str], story: Story) -> Told | None:
    """Return the day of a holiday, which is written large."""
    return _plain(match, story) if match["holiday"][0].isupper() else None


_DECADE: Final = (
    r"(?:(?:1\d|20)\d0['’]?s|['’]?[2-9]0['’]?s|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)"
)
RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?:{EDGE})?(?:{POINTING} )?(?P<date>{DATE})", _date),
    rule(rf"(?:{EDGE})?(?:{POINTING} )?(?P<month>{MONTH})(?:,? {_OTHER_YEAR})?", _month),
    rule(rf"(?:{EDGE})?(?:{POINTING} )?{WEEKDAY}(?: (?:of )?(?:last|this|next) week)?", _plain),
    rule(rf"(?:{EDGE})?(?:today|yesterday|tomorrow)|(?:the )?day (?:before yesterday|after tomorrow)", _near),
    rule(
        rf"(?P<edge>{EDGE})?(?:the )?(?:(?:calendar|school|academic|tax|model|fiscal) )?(?:year )?(?P<year>{YEAR})"
        r"(?: fiscal year)?",
        _year,
    ),
    rule(rf"(?:the year )?(?:nineteen~(?P<tail>{_SPOKEN})|two thousand)", _spoken_year),
    rule(rf"(?:{EDGE})?(?:the )?(?:{EDGE})?{_DECADE}", _decade),
    rule(rf"(?:{EDGE})?(?:the )?(?:{EDGE})?(?P<nth>{ORDINAL}|\w+teenth|twentieth|twenty-first)~century", _century),
    rule(
        rf"(?:{EDGE})?(?:{POINTING} |the )?(?:{EDGE})?{SEASON}(?:,? (?:of )?{YEAR}| of {_OTHER_YEAR})"
        rf"|(?:{EDGE})?(?:{POINTING}|the) (?:{EDGE})?{SEASON}",
        _plain,
    ),
    rule(rf"(?:{EDGE})?(?:{POINTING} )?(?P<holiday>{_HOLIDAY})(?:,? {YEAR}| {_OTHER_YEAR})?", _holiday),
)
