"""The date of publication as ISO 8601."""

import datetime as dt
import email.utils
import re

UNREAD = "published_unread"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def as_iso(stated: str) -> str | None:
    """Return the date as ISO, in the publisher's own zone: turned into UTC, an evening article would move a day.

    >>> as_iso("Thu, 16 Dec 2021 23:00:00 -0500"), as_iso("20211216"), as_iso("2021-12-16T25:00"), as_iso("soon")
    ('2021-12-16T23:00:00-05:00', '2021-12-16', '2021-12-16', None)
    """
    stated = stated.strip()
    return _from_iso(stated) or _first_day(stated) or _from_mail(stated)


def _from_iso(stated: str) -> str | None:
    for kind in (dt.date, dt.datetime):
        try:
            moment = kind.fromisoformat(stated)
        except ValueError:
            continue
        return stated if _DAY.match(stated) else moment.isoformat()
    return None


def _first_day(stated: str) -> str | None:
    """Return the day that a date-time with an unreadable clock time opens with."""
    match = _DAY.match(stated)
    if match is None or stated[10:11].isdigit():
        return None
    try:
        return dt.date.fromisoformat(match[0]).isoformat()
    except ValueError:
        return None


def _from_mail(stated: str) -> str | None:
    """Return an RFC 2822 date, the form of RSS."""
    try:
        return email.utils.parsedate_to_datetime(stated).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
