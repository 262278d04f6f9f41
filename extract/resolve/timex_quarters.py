"""Rules that find quarters and halves of a year as reports of business tell them, and what they are compared with."""

import datetime as dt
import re
from typing import Final

from extract.resolve.period import NoDateError, shift
from extract.resolve.timex_story import Rule, Story, Told, rule
from extract.resolve.timex_value import quarter_value
from extract.resolve.timex_words import EDGE, YEAR

_NTH: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
    "last": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
}
_ORDINAL: Final = r"(?P<nth>first|second|third|fourth|final|1st|2nd|3rd|4th)"
_OF_YEAR: Final = (
    rf"(?:(?:,| of| in)?(?: the)?(?: fiscal)?(?: year)? (?P<year>{YEAR})|(?: of)? (?P<named>last|this|next) year)?"
)
_LEAD: Final = rf"(?:(?P<lead>{YEAR})(?:['’]s)? |(?P<lead_>last|this|next) year['’]s )?"


def _year_of(match: re.Match[str], story: Story, month: int) -> int:
    """Return the year of a part of a year: the one named, else the nearest that has not to come, if nothing says so."""
    year = match["year"] or match["lead"]
    if year:
        return int(year)
    named = match["named"] or match["lead_"]
    if named:
        return story.written.year + {"last": -1, "this": 0, "next": 1}[named.casefold()]
    ahead = month - story.written.month
    if ahead > 1 and story.tense(match) != "future":
        return story.written.year - 1
    return story.written.year


def _quarter(match: re.Match[str], story: Story) -> Told | None:
    number = _NTH[match["nth"].casefold()]
    month = number * 3 - 2
    year = _year_of(match, story, month)
    if match["ago"]:
        year -= 1
    else:
        _tell(match, story, dt.date(year, month, 1))
    return Told("DATE", f"{year:04d}-Q{number}")


def _tell(match: re.Match[str], story: Story, day: dt.date) -> None:
    story.quarter, story.quarter_at = day, match.end()


def _half(match: re.Match[str], story: Story) -> Told | None:
    number = 1 if match["nth"].casefold() == "first" else 2
    return Told("DATE", f"{_year_of(match, story, 6 * number - 5):04d}-H{number}")


def _latest(match: re.Match[str], story: Story) -> Told | None:
    """Return "the quarter" as the one told before, else the last that was over when the text was written."""
    quarter = story.near_quarter(match) or story.quarter or shift(story.written, "month", -3)
    story.quarter_at = match.end()
    story.quarter = quarter
    if match["year"]:
        quarter = quarter.replace(year=int(match["year"]), day=1)
    return Told("DATE", quarter_value(quarter))


def _year_ago(match: re.Match[str], story: Story) -> Told | None:
    """Return the year before, or the quarter of it when a quarter was told shortly before."""
    quarter = story.near_quarter(match)
    try:
        if quarter is not None:
            return Told("DATE", quarter_value(shift(quarter, "year", -1)))
        return Told("DATE", f"{shift(story.written, 'year', -1).year:04d}")
    except NoDateError:
        return None


_AGO: Final = "(?:year~ago|year~earlier)"
RULES: Final[tuple[Rule, ...]] = (
    rule(
        rf"(?:{EDGE})?(?:the |its |their |this )?{_LEAD}(?:fiscal~)?(?P<ago>{_AGO} )?{_ORDINAL}~(?:fiscal~)?quarter"
        rf"{_OF_YEAR}",
        _quarter,
    ),
    rule(rf"(?:the )?{_LEAD}(?P<nth>first|second|last|latter)~half{_OF_YEAR}(?! of)", _half),
    rule(rf"the (?:(?P<year>{YEAR}) |latest |most recent |just-ended )?(?:quarter|period)", _latest),
    rule(
        rf"(?:the |an? )?{_AGO}(?: (?:quarter|period))?|a year (?:ago|earlier|before)"
        "|the (?:corresponding|same|comparable) (?:quarter|period)"
        "(?: (?:last year|a year (?:ago|earlier)|of the previous year))?",
        _year_ago,
    ),
)
