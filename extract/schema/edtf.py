"""Dates as EDTF level 0/1 (Library of Congress 2019), and the days they cover.

The forms in use: `2021-12-15`, `2021-12`, `2021`, any of them with `?` or `~`, an interval `A/B`, and open ends
`A/..` and `../B`. Bounds are inclusive ISO days; an open end is `None`.
"""

import calendar
import datetime as dt
import re
from typing import NamedTuple

_POINT = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[?~%]?")
MAX_LENGTH = 64


class Bounds(NamedTuple):
    """First and last day covered, `YYYY-MM-DD`, inclusive; `None` where the end is open."""

    earliest: str | None
    latest: str | None


def _point(text: str) -> tuple[dt.date, dt.date]:
    match = _POINT.fullmatch(text)
    if match is None:
        raise ValueError(f"not an EDTF date in use here: {text!r} (allowed: YYYY, YYYY-MM, YYYY-MM-DD, with ? or ~)")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"no such day: {text!r}") from error
    if day is not None:
        return first, first
    if month is not None:
        return first, first.replace(day=calendar.monthrange(year, month)[1])
    return first, dt.date(year, 12, 31)


def bounds(value: str) -> Bounds:
    """Return the days an EDTF value covers; raises `ValueError` for anything else.

    >>> bounds("2011-12/2021")
    Bounds(earliest='2011-12-01', latest='2021-12-31')
    """
    if len(value) > MAX_LENGTH:
        raise ValueError(f"an EDTF value of {len(value)} characters; {MAX_LENGTH} are allowed")
    left, slash, right = value.partition("/")
    if not slash:
        first, last = _point(value)
        return Bounds(first.isoformat(), last.isoformat())
    if left == right == "..":
        raise ValueError("an interval open at both ends says nothing: use null")
    start = None if left == ".." else _point(left)[0]
    end = None if right == ".." else _point(right)[1]
    if start is not None and end is not None and start > end:
        raise ValueError(f"the interval {value!r} ends before it starts")
    return Bounds(start.isoformat() if start else None, end.isoformat() if end else None)


def is_edtf(value: str) -> bool:
    """Return whether `bounds` accepts the value."""
    try:
        bounds(value)
    except ValueError:
        return False
    return True
