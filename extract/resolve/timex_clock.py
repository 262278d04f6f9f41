"""Rules that find times of day: "9 a.m. Tuesday", "Friday night", "this morning", "0330 GMT"."""

import re
from typing import Final

from extract.resolve.period import Period, on_day, relative, shift
from extract.resolve.timex_dates import DAY
from extract.resolve.timex_story import Rule, Story, Told, rule
from extract.resolve.timex_words import EDGE, PART, PARTS

_ZONE: Final = r"(?:,? \(?(?:[ECMP][SD]?T|GMT|UTC|BST|CET|IST|local time|Eastern(?: time)?|Pacific(?: time)?)\)?)?"
_IN: Final = "morning|afternoon|evening"
_CLOCK: Final = (
    r"(?:(?P<hour>[01]?[0-9]|2[0-3])(?:[:.](?P<minute>[0-5][0-9]))?"
    rf"(?:~?(?P<half>[ap])\.?m\b\.?| in the (?P<in>{_IN})|(?<=:[0-9][0-9])| o['’]clock(?: in the (?P<in2>{_IN}))?)"
    r"|(?P<word>noon|midnight|midday)|(?P<four>[0-2][0-9][0-5][0-9])(?= GMT| hours| UTC))"
)


def _clock(match: re.Match[str], story: Story) -> Told | None:
    """Return the time of day, on the day that is named beside it, else on the day told last."""
    period = _day_of(match, story)
    time = _time_of(match)
    if period is None or time is None:
        return None
    return Told("TIME", f"{period.starts().isoformat()}T{time}", period)


def _day_of(match: re.Match[str], story: Story) -> Period | None:
    words = match["day"] or match["day_"]
    found = story.read(words, match) if words else relative(on_day(min(story.day(), story.written)))
    return found if found and found.single and found.single.day else None


def _time_of(match: re.Match[str]) -> str | None:
    if match["word"]:
        return "24:00" if match["word"].casefold() == "midnight" else "12:00"
    if match["four"]:
        return f"{match['four'][:2]}:{match['four'][2:]}"
    hour, part = int(match["hour"]), match["in"] or match["in2"]
    late = (match["half"] or "").casefold() == "p" or (part or "").casefold() in ("afternoon", "evening")
    early = (match["half"] or "").casefold() == "a" or (part or "").casefold() == "morning"
    if (late or early) and not 1 <= hour <= 12:
        return None
    if late and hour < 12:
        hour += 12
    if early and hour == 12:
        hour = 0
    return f"{hour:02d}:{match['minute'] or '00'}"


def _part(match: re.Match[str], story: Story) -> Told | None:
    """Return the part of a day named by its day: "Friday night" is `2013-03-22TNI`."""
    period = story.read(match["day"], match)
    if period is None or period.single is None or period.single.day is None:
        return None
    return Told("TIME", f"{period.starts().isoformat()}T{PARTS[match['part'].casefold()]}", period)


def _near_part(match: re.Match[str], story: Story) -> Told | None:
    """Return "tonight", "this morning", "last night", "the next morning" as parts of their days."""
    which, part = (match["which"] or "this").casefold().removeprefix("the "), (match["part"] or "night").casefold()
    day = story.written
    if which in ("last", "yesterday"):
        day = shift(day, "day", -1)
    elif which in ("next", "following"):
        day = shift(story.day(), "day", 1)
    elif which == "previous":
        day = shift(story.day(), "day", -1)
    elif which in ("that", "same", "the"):
        day = story.day()
    return Told("TIME", f"{day.isoformat()}T{PARTS[part]}", relative(on_day(day)))


RULES: Final[tuple[Rule, ...]] = (
    rule(rf"(?:(?P<day_>{DAY}),? (?:at |around |about ))?(?:{EDGE})?{_CLOCK}{_ZONE}(?:,? (?P<day>{DAY}))?", _clock),
    rule(rf"(?:{EDGE})?(?P<day>{DAY})(?: (?:in the )?(?:early |late |mid)?|-)(?P<part>{PART})", _part),
    rule(rf"(?:mid~)?(?P<part>{PART}) (?P<day>{DAY})", _part),
    rule(
        rf"(?:{EDGE})?(?P<which>this|last|that|the next|the following|the previous|the same) (?P<part>{PART})",
        _near_part,
    ),
    rule(r"(?:(?P<which>later|earlier) )?(?:to(?P<part>night))", _near_part),
)
