"""The gazetteer: names to places, from one read-only SQLite file made by tables/build.py out of GeoNames data.

Nothing is loaded ahead: a look-up is one index search, and the last 8,192 names stay in memory. Each process and
each thread opens its own connection, so a fork or a pool of threads is safe.
"""

import math
import os
import sqlite3
import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from extract.errors import ModelError
from extract.resolve.place_names import key_of

CITY, COUNTRY, ADMIN1, ADMIN2, REGION, DEMONYM, ALIAS = range(7)
"""What a name can name: a populated place, a country, its first or second divisions, a region, a country's people,
a populated place by another of its names."""

_FILE: Final = Path(__file__).parent / "tables" / "places.sqlite"
_QUERY: Final = (
    "SELECT kind, geonameid, country, admin1, lat, lon, population"
    " FROM name JOIN region ON region.id = name.region WHERE key = ?"
)


class Place(NamedTuple):
    """One place: `country` alpha-3, `lat`/`lon` in degrees, `geonameid` below 0 where GeoNames is not the source."""

    kind: int
    geonameid: int
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    population: int


class Gazetteer:
    """Look-ups in one file of places."""

    def __init__(self, path: Path = _FILE) -> None:
        if not path.is_file():
            raise ModelError(f"No gazetteer at {path}. Build it with: python -m extract.resolve.tables.build")
        self._path = path
        self._local = threading.local()
        self.named = lru_cache(maxsize=8192)(self._named)

    def _connection(self) -> sqlite3.Connection:
        if getattr(self._local, "process", None) != os.getpid():
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            self._local.connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._local.process = os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _named(self, key: str) -> tuple[Place, ...]:
        rows = self._connection().execute(_QUERY, (key,)).fetchall() if key else []
        return tuple(
            Place(kind, number, country, admin1, lat / 1000, lon / 1000, population)
            for kind, number, country, admin1, lat, lon, population in rows
        )


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships with the program."""
    return Gazetteer()


def places_named(name: str) -> tuple[Place, ...]:
    """Return every place of that name, in any spelling that `key_of` folds together.

    >>> sorted({place.country for place in places_named("Tbilisi")})
    ['GEO']
    """
    return gazetteer().named(key_of(name))


def country_of(name: str) -> str | None:
    """Return the alpha-3 code of a country's name or of its people; `None` for anything else.

    >>> country_of("Ukrainians"), country_of("the Netherlands"), country_of("Paris")
    ('UKR', 'NLD', None)
    """
    key = key_of(name).removeprefix("the ")
    found = [place for place in gazetteer().named(key) if place.kind in (COUNTRY, DEMONYM)]
    return min(found).country if found else None


def kilometres(one: Place, other: Place) -> float:
    """Return the great-circle distance."""
    first, second = math.radians(one.lat), math.radians(other.lat)
    half = math.radians(other.lon - one.lon) / 2
    chord = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * math.sin(half) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(chord)))
