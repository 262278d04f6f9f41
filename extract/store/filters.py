"""What may be asked of records, as one SQL condition: time and place know how exact a value is."""

from dataclasses import dataclass
from math import cos, radians
from typing import Any, Final

from extract.errors import UsageError
from extract.schema import edtf
from extract.schema.ontology import STATUSES, TYPES

SPANS: Final = {"day": 1, "week": 7, "month": 31, "year": 366}
"""Days that a date may span to be certain within this unit."""
_DEGREE_KM: Final = 111.2


@dataclass(frozen=True, slots=True)
class Area:
    """A place asked for: a whole country (alpha-3), a division of one, or a circle around a point (WGS84, km)."""

    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    km: float = 25.0


@dataclass(frozen=True, slots=True)
class Filter:
    """Conditions that all must hold; `None` asks nothing.

    `since` and `until` are EDTF dates: a record passes when its days and theirs meet, so that "2021" finds what is
    known to the month. `certain` ("day", "week", "month", "year") asks that the record's date spans no more than that.
    `place` matches names of locations, `area` what they resolved to. `text` is searched for in the article.
    `story` is the id under which several articles' records of one event stand.
    """

    type: str | None = None
    status: str | None = None
    actor: str | None = None
    target: str | None = None
    source: str | None = None
    charge: str | None = None
    place: str | None = None
    area: Area | None = None
    since: str | None = None
    until: str | None = None
    certain: str | None = None
    text: str | None = None
    min_confidence: float | None = None
    doc_id: str | None = None
    story: str | None = None


def where(asked: Filter) -> tuple[str, tuple[Any, ...]]:
    """Return the condition on `event` and its parameters; raises `UsageError` for what no record could have."""
    parts: list[tuple[str, tuple[Any, ...]]] = [("1", ())]
    parts += _plain(asked)
    for slot in ("actor", "target", "source"):
        words = getattr(asked, slot)
        if words is not None:
            parts.append((_filled("name LIKE ? ESCAPE '\\'"), (slot, _like(words))))
    if asked.charge is not None:
        parts.append(_charge(asked.charge))
    if asked.place is not None or asked.area is not None:
        parts.append(_place(asked.place, asked.area))
    parts += _time(asked)
    if asked.text is not None:
        found = (
            "SELECT doc_id FROM document WHERE number IN (SELECT rowid FROM article_text WHERE article_text MATCH ?)"
        )
        parts.append((f"doc_id IN ({found})", (match_of(asked.text),)))
    return " AND ".join(one for one, _ in parts), tuple(value for _, values in parts for value in values)


def _plain(asked: Filter) -> list[tuple[str, tuple[Any, ...]]]:
    parts: list[tuple[str, tuple[Any, ...]]] = []
    for column, value, known in (("type", asked.type, TYPES), ("status", asked.status, STATUSES)):
        if value is not None:
            if value not in known:
                raise UsageError(f"no {column} {value!r}; there are: {', '.join(known)}")
            parts.append((f"{column} = ?", (value,)))
    if asked.min_confidence is not None:
        parts.append(("confidence >= ?", (asked.min_confidence,)))
    if asked.doc_id is not None:
        parts.append(("doc_id = ?", (asked.doc_id,)))
    if asked.story is not None:
        parts.append(("event_id IN (SELECT event_id FROM story WHERE story_id = ?)", (asked.story,)))
    return parts


def _filled(condition: str) -> str:
    return f"event IN (SELECT event FROM filler WHERE slot = ? AND {condition})"


def _like(words: str) -> str:
    """Return the LIKE pattern for names that contain the words.

    >>> _like("50%_a")
    '%50\\\\%\\\\_a%'
    """
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _charge(words: str) -> tuple[str, tuple[Any, ...]]:
    """Digits ask for an ICCS code and all below it, anything else for the wording."""
    if words.isdigit():
        return _filled("iccs LIKE ?"), ("charge", f"{words}%")
    return _filled("name LIKE ? ESCAPE '\\'"), ("charge", _like(words))


def _place(name: str | None, area: Area | None) -> tuple[str, tuple[Any, ...]]:
    """Return the condition that a location has the name, or lies in the area."""
    conditions: list[str] = []
    values: list[Any] = ["location"]
    if name is not None:
        conditions.append("name LIKE ? ESCAPE '\\'")
        values.append(_like(name))
    if area is not None and area.lat is not None and area.lon is not None:
        high = area.km / _DEGREE_KM
        wide = high / max(0.1, cos(radians(area.lat)))
        conditions.append("(precision IN ('point', 'city') AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ?)")
        values += [area.lat - high, area.lat + high, area.lon - wide, area.lon + wide]
    elif area is not None and area.country is not None:
        conditions.append("(country = ?)" if area.admin1 is None else "(country = ? AND admin1 = ?)")
        values += [area.country] if area.admin1 is None else [area.country, area.admin1]
    return _filled(f"({' OR '.join(conditions)})"), tuple(values)


def _time(asked: Filter) -> list[tuple[str, tuple[Any, ...]]]:
    parts: list[tuple[str, tuple[Any, ...]]] = []
    dated = "(earliest IS NOT NULL OR latest IS NOT NULL)"
    if asked.since is not None:
        parts.append((f"{dated} AND (latest IS NULL OR latest >= ?)", (_bound(asked.since, first=True),)))
    if asked.until is not None:
        parts.append((f"{dated} AND (earliest IS NULL OR earliest <= ?)", (_bound(asked.until, first=False),)))
    if asked.certain is not None:
        if asked.certain not in SPANS:
            raise UsageError(f"no unit {asked.certain!r}; there are: {', '.join(SPANS)}")
        span = "earliest IS NOT NULL AND latest IS NOT NULL AND julianday(latest) - julianday(earliest) < ?"
        parts.append((span, (SPANS[asked.certain],)))
    return parts


def _bound(date: str, *, first: bool) -> str:
    if not edtf.is_edtf(date):
        raise UsageError(f"no date {date!r}; write it as 2021, 2021-12 or 2021-12-16")
    day = edtf.bounds(date)[0 if first else 1]
    if day is None:
        raise UsageError(f"{date!r} has no {'first' if first else 'last'} day to ask for")
    return day


def match_of(text: str) -> str:
    """Return the full-text query for all of these words: each quoted, so that no operator or syntax error gets through.

    >>> match_of('fire "smoke OR')
    '"fire" "smoke" "OR"'
    """
    words = [word.replace('"', "") for word in text.split()]
    quoted = " ".join(f'"{word}"' for word in words if word)
    if not quoted:
        raise UsageError("no words to search for")
    return quoted
