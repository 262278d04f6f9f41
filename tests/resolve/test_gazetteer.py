"""The gazetteer: what a name finds, how fast, from any thread."""

import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from extract.errors import ModelError
from extract.resolve.gazetteer import CITY, COUNTRY, Gazetteer, country_of, places_named
from extract.resolve.place_names import key_of

FILE = Path(__file__).parents[2] / "extract" / "resolve" / "tables" / "places.sqlite"


def test_spelling_does_not_matter() -> None:
    assert key_of("Saint-Étienne") == key_of("St. Etienne") == "st etienne"
    assert any(one.country == "AFG" for one in places_named("Mazar-i-Sharif"))


def test_a_country_is_found_by_its_names_and_its_people() -> None:
    assert {country_of(name) for name in ("Netherlands", "the Netherlands", "Holland", "Dutch")} == {"NLD"}
    assert {country_of(name) for name in ("Burma", "Myanmar", "Burmese")} == {"MMR"}
    assert country_of("") is None


def test_no_place_lies_at_zero_zero() -> None:
    rows = sqlite3.connect(f"{FILE.as_uri()}?mode=ro", uri=True).execute(
        "SELECT key FROM name WHERE lat = 0 AND lon = 0"
    )
    assert rows.fetchall() == []


def test_positions_and_countries_are_valid() -> None:
    connection = sqlite3.connect(f"{FILE.as_uri()}?mode=ro", uri=True)
    ends = connection.execute("SELECT min(lat), max(lat), min(lon), max(lon) FROM name").fetchone()
    assert -90_000 <= ends[0] < ends[1] <= 90_000
    assert -180_000 <= ends[2] < ends[3] <= 180_000
    codes = {row[0] for row in connection.execute("SELECT country FROM region WHERE country IS NOT NULL")}
    assert all(len(code) == 3 and code.isupper() for code in codes)


def test_the_file_is_small() -> None:
    assert FILE.stat().st_size < 8.6e6


def test_two_thousand_names_a_second_without_the_cache() -> None:
    gazetteer = Gazetteer(FILE)
    gazetteer.named("paris")
    started = time.monotonic()
    for number in range(2000):
        gazetteer.named(f"springfield {number}")
    assert time.monotonic() - started < 1


def test_it_opens_at_once() -> None:
    started = time.monotonic()
    assert Gazetteer(FILE).named("lagos")
    assert time.monotonic() - started < 0.05


def test_threads_and_forks_read_side_by_side() -> None:
    gazetteer = Gazetteer(FILE)
    assert gazetteer.named("kabul")
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(gazetteer.named, ["kabul", "lagos", "paris", "london"] * 50))
    assert all(found)
    child = os.fork()
    if child == 0:
        os._exit(0 if Gazetteer(FILE).named("herat") and gazetteer.named("kandahar") else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="Build it with"):
        Gazetteer(tmp_path / "none.sqlite")


def test_a_city_and_its_country_are_told_apart() -> None:
    kinds = {one.kind for one in places_named("Singapore")}
    assert {CITY, COUNTRY} & kinds
