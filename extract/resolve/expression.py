"""A whole expression -> its period: one rule, an interval, an open end, an offset, or a date among other words."""

import re
from dataclasses import replace
from typing import Final

from extract.resolve.calendar import MONTH, SEASON, WEEKDAY
from extract.resolve.counted import COUNTED, MANY, SOON, amount, moved
from extract.resolve.explicit import EXPLICIT
from extract.resolve.fallback import read_with_dateparser
from extract.resolve.period import Anchor, NoDateError, Period, Point, in_month, on_day, shift, week_of
from extract.resolve.pointed import POINTED
from extract.resolve.wording import core_words

LONGEST: Final = 160
"""Characters of an expression that are read; the longest labelled one has 98."""

_RULES: Final = (*EXPLICIT, *POINTED, *COUNTED)
_LEAD: Final = re.compile(
    r"(?:(?:on|in|at|during|throughout|of|dated|back in|as of|and|but|then|only|just|for|within|over|all of"
    r"|late on|early on|(?:the )?(?:month|year|day|night|morning|evening|afternoon) of"
    r"|the(?! (?:last|past|next|following|previous|preceding|same|coming|current)\b))(?: |$))+"
)
_ABOUT: Final = re.compile(
    r"(?:about|around|approximately|circa|ca|roughly|nearly|almost|probably|sometime|some time"
    r"|(?:on|in) or (?:about|around)) (?:(?:on|in) )?(?:the )?"
)
_SPLIT: Final = re.compile(r" ?(?:\b(?:up to|to|until|till|through|thru|and|into|or)\b|-) ?")
_FROM: Final = re.compile(r"(?:in )?(?:the )?(?:between|from|both) ")
_NOW: Final = frozenset(("now", "the present", "present", "date", "today", "the present day", "this day"))
_YEAR_AT_END: Final = re.compile(r"\b(?:[12][0-9]{3}|(?:of )?(?:last|this|next) year)$")
_HAS_YEAR: Final = re.compile(r"\b[12][0-9]{3}s?\b|\byear\b")
_BARE_DAY: Final = re.compile(rf"(?:{WEEKDAY} )?(?:the )?[0-9]{{1,2}}(?:st|nd|rd|th)?")
_BARE_DAY_YEAR: Final = re.compile(rf"({_BARE_DAY.pattern})((?: of)? [12][0-9]{{3}})?")
_HAS_MONTH: Final = re.compile(rf"\b(?:{MONTH}|{SEASON})\b")

_SINCE_THEN: Final = re.compile(r"(?:ever )?since(?: then| that (?:time|day|date|point))?")
_OPEN: Final = tuple(
    (re.compile(pattern), side)
    for pattern, side in (
        (r"(?:ever )?since (?:at least |as early as |about |around |the )?(?P<rest>.+)", "from"),
        (r"(?:starting|beginning|commencing|effective)(?: in| on| from| with)? (?P<rest>.+)", "from"),
        (r"(?:from )?(?P<rest>.+?) (?:onwards?|forward|and (?:beyond|onwards?|after|later|since))", "from"),
        (r"from (?P<rest>.+?)(?: on)?", "from"),
        (r"(?:after|as early as) (?P<rest>.+)", "after"),
        (r"(?:before|prior to|ahead of) (?P<rest>.+)", "before"),
        (
            r"(?:(?:up )?until|till|through|by|up to|to|as late as|(?:no|not) later than|(?:on|at) or before) "
            r"(?:at least |about )?(?P<rest>.+)",
            "to",
        ),
    )
)
_AWAY: Final = r"(?P<way>after|before|from|following|preceding|prior to|ahead of)"
_OFFSETS: Final = (
    re.compile(rf"{MANY} {_AWAY} (?P<rest>.+)"),
    re.compile(rf"(?:the )?(?P<unit>day|night|morning|evening|week|month|year) {_AWAY} (?P<rest>.+)"),
)
_TOLD_AFTER: Final = re.compile(rf"(?P<rest>.+?) - {MANY} after")
_EVE: Final = re.compile(r"(?:the )?eve of (?P<rest>.+)")
_SAME_DAY: Final = re.compile(rf"{SOON} (?:after|before|following|prior to) (?P<rest>.+)")
_SOME_WEEKDAY: Final = re.compile(rf"(?:an?|one) {WEEKDAY} (?:in|of|during) (?P<rest>.+)")
_WEEK: Final = re.compile(
    r"(?:the )?(?P<unit>week|weekend) (?P<edge>of|beginning|starting|ending|that began)(?: on)? (?P<rest>.+)"
)

_DAYS: Final = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_ATOMS: Final = tuple(
    re.compile(rf"(?<![0-9a-z])(?:{pattern})(?![0-9a-z])")
    for pattern in (
        rf"{MONTH} {_DAYS} [12][0-9]{{3}}|{_DAYS} (?:of )?{MONTH} [12][0-9]{{3}}|[12][0-9]{{3}}-[0-9]{{2}}-[0-9]{{2}}",
        rf"{MONTH} (?:of )?[12][0-9]{{3}}",
        rf"{MONTH} {_DAYS}|{_DAYS} (?:of )?{MONTH}",
        rf"{MANY} ago",
        r"(?:last|this|next) (?:week|month|year)|yesterday|tomorrow|today",
        r"(?:1[89]|20)[0-9]{2}",
        r"(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    )
)
_COUNTS_AWAY: Final = re.compile(
    r"\b(?:before|after|prior|following|preceding|leading|until|later|earlier|days?|weeks?|months?|years?|eve|anniversary|every|each)\b"
)


def read_period(text: str, anchor: Anchor) -> Period:
    """Return the period that a date expression means; raises `NoDateError` with the reason when there is none.

    >>> read_period("between 3 and 5 July 2023", Anchor(None)).value().value
    '2023-07-03/2023-07-05'
    """
    if len(text) > LONGEST:
        raise NoDateError("longer than a date expression")
    words = core_words(text)
    found = (
        _whole(words, anchor)
        or _interval(words, anchor)
        or _open_end(words, anchor)
        or _offset(words, anchor)
        or read_with_dateparser(words)
        or _inside(words, anchor)
    )
    if found is None:
        raise NoDateError("not a date expression")
    return found


def _by_rule(words: str, anchor: Anchor) -> Period | None:
    for pattern, make in _RULES:
        match = pattern.fullmatch(words)
        if match is not None:
            return make(match, anchor)
    return None


def _whole(words: str, anchor: Anchor) -> Period | None:
    """Return what one rule makes of all the words, without leading prepositions; `~` if "about" precedes."""
    found = _by_rule(words, anchor)
    lead = _LEAD.match(words)
    if found is None and lead is not None:
        words = words[lead.end() :]
        found = _by_rule(words, anchor)
    about = _ABOUT.match(words)
    if found is None and about is not None:
        found = _by_rule(words[about.end() :], anchor)
        return found and found.marked("~")
    return found


def _interval(words: str, anchor: Anchor) -> Period | None:
    start = _FROM.match(words)
    begin = start.end() if start else 0
    for split in _SPLIT.finditer(words, begin):
        left, right = words[begin : split.start()], words[split.end() :]
        found = _pair(left, right, anchor) if left and right and not right.endswith(" after") else None
        if found is not None:
            return found
    return None


def _pair(left: str, right: str, anchor: Anchor) -> Period | None:
    """Return from `left` to `right`; each lends the other the month or year that it lacks."""
    if right in _NOW:
        start = _whole(left, anchor)
        today = on_day(anchor.published) if anchor.published else None
        return Period(start.first, today, True) if start else None
    left, right, lent = _lend(left, right)
    end = _whole(right, anchor)
    start = _whole(left, anchor) if end is not None else None
    if start is None or end is None:
        return None
    if start.starts() > end.ends():
        start, end = _reordered(left, right, lent, replace(anchor, reference=end), start, end)
    return Period(start.first, end.last, start.relative or end.relative)


def _reordered(left: str, right: str, lent: str, anchor: Anchor, start: Period, end: Period) -> tuple[Period, Period]:
    """Return the ends in order: the one whose year was lent or guessed moves a year, or to the nearest such day."""
    if lent == "left" and start.first is not None:
        earlier = start.first._replace(year=start.first.year - 1)
        return replace(start, first=earlier, last=earlier), end
    if lent == "right" and end.last is not None:
        later = end.last._replace(year=end.last.year + 1)
        return start, replace(end, first=later, last=later)
    if anchor.tense == "future":
        end = _whole(right, replace(anchor, published=start.starts())) or end
    else:
        start = _whole(left, replace(anchor, published=end.ends(), tense="past")) or start
    return start, end


def _lend(left: str, right: str) -> tuple[str, str, str]:
    """Return both sides made complete, and which side's year was lent: "left", "right" or "" for neither."""
    bare = _BARE_DAY_YEAR.fullmatch(right)
    month = _HAS_MONTH.search(left)
    if bare is not None and month is not None:
        right = f"{month[0]} {right}"
    elif _BARE_DAY.fullmatch(left) and (month := _HAS_MONTH.search(right)):
        left = f"{left} {right[month.start() :]}" if right[: month.start()].strip() else f"{month[0]} {left}"
    year = _YEAR_AT_END.search(right)
    if year and not _HAS_YEAR.search(left) and _HAS_MONTH.search(left):
        return f"{left} {year[0]}", right, "left"
    year = _YEAR_AT_END.search(left)
    if year and not _HAS_YEAR.search(right) and _HAS_MONTH.search(right):
        return left, f"{right} {year[0]}", "right"
    return left, right, ""


def _open_end(words: str, anchor: Anchor) -> Period | None:
    if _SINCE_THEN.fullmatch(words):
        return Period(anchor.story().first, None, True)
    for pattern, side in _OPEN:
        match = pattern.fullmatch(words)
        if match is None:
            continue
        rest = _whole(match["rest"], anchor)
        if rest is None and side in ("from", "to"):
            rest = _offset(match["rest"], anchor) or _inside(match["rest"], anchor)
        if rest is not None:
            return _opened(rest, side)
    return None


def _opened(period: Period, side: str) -> Period:
    """Return the period with one end open; "before 2015" ends with 2014, "by 2015" with 2015."""
    if side == "from":
        return replace(period, last=None)
    if side == "to":
        return replace(period, first=None)
    if side == "after":
        return replace(period, first=_beside(period.last, 1), last=None)
    return replace(period, first=None, last=_beside(period.first, -1))


def _beside(one: Point | None, step: int) -> Point | None:
    """Return the next or previous point of the same grain."""
    if one is None:
        return None
    day = shift(one.first(), "day" if one.day else "month" if one.month else "year", step)
    beside = on_day(day) if one.day else in_month(day) if one.month else Point(day.year)
    return beside._replace(mark=one.mark)


def _offset(words: str, anchor: Anchor) -> Period | None:
    """Return a time before or after a date, or after an event told without one: then after the story's last date."""
    if match := _WEEK.fullmatch(words):
        return _whole_week(_base(match["rest"], anchor), match["unit"], match["edge"])
    if match := _SOME_WEEKDAY.fullmatch(words):
        return _whole(match["rest"], anchor)
    if match := _EVE.fullmatch(words):
        return _away(_base(match["rest"], anchor), "day", -1)
    if match := _TOLD_AFTER.fullmatch(words):
        number, unit = amount(match)
        return _away(_base(match["rest"], anchor), unit, -number)
    if match := _SAME_DAY.fullmatch(words):
        return replace(_base(match["rest"], anchor), relative=True)
    for pattern in _OFFSETS:
        match = pattern.fullmatch(words)
        if match is not None:
            if match.groupdict().get("vague"):
                raise NoDateError("no number to count with")
            number, unit = amount(match)
            back = match["way"] in ("before", "preceding", "prior to", "ahead of")
            return _away(_base(match["rest"], anchor), unit, -number if back else number)
    return None


def _away(base: Period, unit: str, number: int) -> Period:
    return replace(moved(base, unit, number), relative=base.relative)


def _base(words: str, anchor: Anchor) -> Period:
    """Return the date that the words name, else the story's last date."""
    found = _whole(words, anchor) or _inside(words, anchor)
    if found is None and anchor.reference is None:
        raise NoDateError("counts from an event with no date")
    return found or replace(anchor.story(), relative=True)


def _whole_week(day: Period, unit: str, edge: str) -> Period:
    if day.single is None or day.single.day is None:
        raise NoDateError("the date to count from is no day")
    if unit == "weekend":
        saturday = shift(day.starts(), "day", 5 - day.starts().weekday())
        return Period(on_day(saturday), on_day(shift(saturday, "day", 1)), day.relative)
    if edge == "ending":
        return Period(on_day(shift(day.ends(), "day", -6)), day.single, day.relative)
    if edge == "of":
        return replace(week_of(day.starts()), relative=day.relative)
    return Period(day.single, on_day(shift(day.starts(), "day", 6)), day.relative)


def _inside(words: str, anchor: Anchor) -> Period | None:
    """Return the one date among other words; raises `NoDateError` if there are several or the words count from it."""
    for pattern in _ATOMS:
        found = {match[0] for match in pattern.finditer(words)}
        if not found:
            continue
        if len(found) > 1:
            raise NoDateError("several dates in one expression")
        date = found.pop()
        if _COUNTS_AWAY.search(words.replace(date, " ")):
            raise NoDateError("counts from an event with no date")
        return _whole(date, anchor)
    return None
