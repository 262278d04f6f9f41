"""The day of publication that an article's own text states, when no metadata does."""

import datetime as dt
import re
from typing import Final

from extract.resolve.calendar import MONTH, MONTHS, WEEKDAY

HEAD: Final = 3000
"""Characters in which a page dates itself; menus before the article take up to 2,500."""

_DATE: Final = (
    rf"(?:(?:{WEEKDAY})\.?,?\s{{1,3}})?"
    rf"(?:(?P<month>{MONTH})\.?\s{{1,3}}(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<year>[12][0-9]{{3}})"
    rf"|(?P<day2>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month2>{MONTH})\.?,?\s(?P<year2>[12][0-9]{{3}})"
    r"|(?P<iso>[12][0-9]{3}-[0-9]{2}-[0-9]{2})"
    r"|(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})/(?P<y>[12][0-9]{3}))(?![0-9])"
)
_ANY_CASE: Final = f"(?i:{_DATE})"
_RELEASE: Final = re.compile(
    rf"(?i:\b(?:for immediate release|media release|press release|news release)\b)"
    rf"(?:[^\n]{{0,40}}\n\s{{0,8}}){{0,3}}?[^\n]{{0,20}}?{_ANY_CASE}"
)
_LABELLED: Final = re.compile(
    rf"(?:^|\n|\|)[ \t]*(?i:(?:release )?dated?(?: of release)?)[ \t]*[:：]\s{{0,4}}{_ANY_CASE}"
)
_POSTED: Final = re.compile(
    rf"\b(?i:published|posted|originally published|first published|issued|date posted|last updated|updated)"
    rf"(?: on[^\n|]{{0,30}}?| by [^\n|]{{1,40}}?)?[ \t]*[:：|]?\s{{0,4}}(?:on )?{_ANY_CASE}"
)
_ALONE: Final = re.compile(
    rf"(?:^|\n)[ \t]*(?:[^\n|•·]{{0,40}}[|•·][ \t]*)?{_ANY_CASE}"
    r"[ \t]*(?:[|•·–—-][^\n]{0,40}|(?:at )?[0-9]{1,2}:[0-9]{2}[^\n]{0,20}|(?i:contact)[^\n]*)?(?=\n|$)"
)
_DATELINE: Final = re.compile(
    rf"(?:^|\n)[ \t]*[A-Z][\w .,'’()/-]{{2,60}}?[,(–—-][ \t]*{_ANY_CASE}\)?[ \t]*(?:\([^)\n]{{1,30}}\)[ \t]*)?[-–—:]"
)
_TODAY: Final = re.compile(rf"(?i:\btoday),? (?:on )?\(?{_ANY_CASE}")
_CUES: Final = (_RELEASE, _LABELLED, _POSTED, _ALONE, _DATELINE, _TODAY)


def published_in_text(text: str, title: str | None) -> dt.date | None:
    """Return the day that the text dates itself by: a release stamp, "Date:", "Posted", a line of its own, a dateline.

    Stronger cues come first, wherever they stand in the head. A date told in a sentence is not taken: there it is
    as often the crime's.

    >>> published_in_text("FOR IMMEDIATE RELEASE\\nDecember 2, 2024\\nA man was jailed.", None)
    datetime.date(2024, 12, 2)
    """
    head = text[:HEAD]
    found = (_date(cue.search(head)) for cue in _CUES)
    return next((one for one in found if one), None) or _date(_ALONE.search(title or ""))


def release_date(text: str) -> dt.date | None:
    """Return the date in the stamp "For immediate release", if the text has one."""
    return _date(_RELEASE.search(text[:HEAD]))


def _date(match: re.Match[str] | None) -> dt.date | None:
    if match is None:
        return None
    try:
        if match["iso"]:
            return dt.date.fromisoformat(match["iso"])
        if match["y"]:
            return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
        month = MONTHS[(match["month"] or match["month2"]).lower()]
        return dt.date(int(match["year"] or match["year2"]), month, int(match["day"] or match["day2"]))
    except ValueError:
        return None
