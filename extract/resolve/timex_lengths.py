"""Rules that find durations ("three days", "the past two years", "two-hour") and sets ("every week", "daily")."""

import re
from typing import Final

from extract.resolve.calendar import MONTHS, WEEKDAYS
from extract.resolve.timex_story import NO_TIME, Rule, Story, Told, rule
from extract.resolve.timex_words import (
    ABOUT,
    FEW,
    MONTH,
    NUMBER,
    PART,
    PARTS,
    UNIT,
    WEEKDAY,
    count_of,
    length_value,
)

_KIND: Final = (
    "(?:(?:more|full|straight|consecutive|trading|business|working|calendar|whole|solid|long|short|additional|other) )"
)
_WHICH: Final = (
    "(?:past|last|next|previous|first|coming|following|latest|final|preceding|recent|opening|remaining|initial)"
)
_SPAN: Final = rf"(?:(?:at least )?(?:the |these |this |those |his |her |its |their )?(?:{_WHICH} )?)"
_RATE: Final = re.compile(
    r"(?:\d|%|\b(?:times?|once|twice|percent|million|billion|dollars|cents|tons|barrels|hundred|thousand|days|hours"
    r"|months|weeks))\s+$",
    re.IGNORECASE,
)
_LIGHT: Final = re.compile(r"\blight[\s-]$", re.IGNORECASE)
_CAPITALISED: Final = re.compile(r"[A-Z][\w.]*\s+$")
_OFTEN: Final = {
    "hourly": "PT1H",
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "biweekly": "P2W",
    "monthly": "P1M",
    "annually": "P1Y",
    "yearly": "P1Y",
}


def _as(type_: str, value: str | None) -> Told | None:
    return Told(type_, value) if value else None


def _length(match: re.Match[str], story: Story) -> Told | None:
    """Return the duration of a number of units; a person's age is none, nor are light years or the 60 Minutes."""
    unit = match["unit"].casefold()
    if match["old"] or "60 Minutes" in match[0] or _LIGHT.search(story.around(match)[0]):
        return NO_TIME
    if unit == "quarter" and "-" in match[0]:  # three-quarters
        return None
    return _as("DURATION", length_value(count_of(match["number"] or match["few"]), unit))


def _one(match: re.Match[str], story: Story) -> Told | None:
    """Return "a year" as a duration, or as a set when it says how often: "$50 a year"."""
    unit = match["unit"].casefold()
    before, after = story.around(match)
    if re.match(r"\s+of\s+(?!age)", after) and unit in ("day", "night", "hour", "minute", "second", "quarter"):
        return None
    if match["about"] or match["whole"]:
        return _as("DURATION", length_value(1, unit))
    if _RATE.search(before):
        return _as("SET", length_value(1, unit))
    return _as("DURATION", length_value(1, unit)) if unit not in ("second", "minute", "quarter", "night") else None


def _some(match: re.Match[str], story: Story) -> Told | None:
    """Return "years" and "recent months" as durations of unknown length."""
    unit, which = match["unit"].casefold(), (match["which"] or "").casefold()
    if unit in ("second", "night") or (unit == "quarter" and not which) or (unit == "hour" and "early" in which):
        return None
    return None if _LIGHT.search(story.around(match)[0]) else _as("DURATION", length_value(None, unit))


def _every(match: re.Match[str], story: Story) -> Told | None:
    del story
    number = 2.0 if match["other"] else count_of(match["number"] or "one")
    return _as("SET", length_value(number, match["unit"].casefold()))


def _named(match: re.Match[str], story: Story) -> Told | None:
    """Return "every Monday", "Tuesday nights" and "each July" as the weekday or month of any year."""
    del story
    name = (match["weekday"] or match["weekdays"] or match["month"]).casefold().rstrip(".")
    part = match["part"] or match["parts"]
    sign = f"T{PARTS[part.casefold()]}" if part else ""
    if name in WEEKDAYS:
        return Told("SET", f"XXXX-WXX-{WEEKDAYS[name] + 1}{sign}")
    return Told("SET", f"XXXX-{MONTHS[name]:02d}") if name in MONTHS else None


def _adverb(match: re.Match[str], story: Story) -> Told | None:
    """Return "daily" as a set; the China Daily is a name."""
    if match[0].istitle() and _CAPITALISED.search(story.around(match)[0]):
        return None
    return Told("SET", _OFTEN[match[0].casefold()])


RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"{_SPAN}{ABOUT}{{0,3}}(?:{_WHICH} )?(?:(?P<number>{NUMBER})(?: (?:to|or|and) {NUMBER})?|(?P<few>{FEW}))"
        rf"~{_KIND}?(?P<unit>{UNIT})s?(?: and a half)?(?P<old>~olds?)?(?: or (?:so|more)|~long|~plus)?(?: period)?",
        _length,
    ),
    rule(
        rf"(?P<about>{ABOUT}{{1,3}})?(?:(?P<whole>the (?:entire|whole|full))|an?(?: (?:full|whole|single|entire))?) "
        rf"(?P<unit>{UNIT})(?: or (?:so|more|two)| and a half)?",
        _one,
    ),
    rule(rf"(?P<which>(?:the |these )?(?:{_WHICH}|early|many) )?(?P<unit>{UNIT})s(?:~long)?", _some),
    rule(rf"(?:every|each|per) (?:(?P<number>{NUMBER}) |(?P<other>other) )?(?P<unit>{UNIT})s?", _every),
    rule(
        rf"(?:every|each) (?:(?P<weekday>{WEEKDAY})|(?P<month>{MONTH}))(?: (?P<part>{PART}))?"
        rf"|(?P<weekdays>\w+day)(?:s| (?P<parts>morning|afternoon|evening|night)s)",
        _named,
    ),
    rule("|".join(_OFTEN), _adverb),
)
