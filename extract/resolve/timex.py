"""Time expressions in running text, with TIMEX3 type and value (TimeML 1.2.1): DATE, TIME, DURATION, SET.

Rules find candidates; where two overlap, the one that begins first is read, of those the longest. A candidate that
has no value after all, such as 30 February, leaves its words to the next.
"""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from extract.resolve import timex_away, timex_clock, timex_dates, timex_lengths, timex_quarters, timex_units
from extract.resolve.timex_story import Make, Rule, Story

RULES: Final[tuple[Rule, ...]] = (
    *timex_clock.RULES,
    *timex_quarters.RULES,
    *timex_away.RULES,
    *timex_dates.RULES,
    *timex_units.RULES,
    *timex_lengths.RULES,
)
"""Of candidates that are equally long the first wins."""


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that tell a time: code-point offsets, end exclusive, TIMEX3 type and value."""

    text: str
    start: int
    end: int
    type: str
    value: str


def find_times(text: str, written: dt.date) -> list[TimeExpression]:
    """Return the time expressions of a text that was written on a day, in the order of the text.

    >>> found = find_times("He fled on Friday and was held for two days.", dt.date(2013, 3, 25))
    >>> [(one.text, one.value) for one in found]
    [('Friday', '2013-03-22'), ('two days', 'P2D')]
    """
    story = Story(text, written)
    found: list[TimeExpression] = []
    end = 0
    for match, make in _candidates(text):
        if match.start() < end:
            continue
        try:
            told = make(match, story)
        except ValueError:  # no such day, or counted beyond the calendar
            continue
        if told is None:
            continue
        end = match.end()
        if not told.type:
            continue
        if told.period is not None:
            story.last = told.period
        found.append(TimeExpression(match[0], match.start(), match.end(), told.type, told.value))
    return found


def _candidates(text: str) -> list[tuple[re.Match[str], Make]]:
    found = [(match, order, make) for order, (pattern, make) in enumerate(RULES) for match in pattern.finditer(text)]
    found.sort(key=lambda one: (one[0].start(), -one[0].end(), one[1]))
    return [(match, make) for match, _, make in found]
