"""Places: the right one of many, or none."""

import time

import pytest

from extract.resolve.places import Votes, resolve_place, votes
from extract.schema.annotation import PlaceValue, Unresolved


def _at(name: str, text: str = "") -> PlaceValue:
    found = resolve_place(name, votes(text) if text else Votes())
    assert isinstance(found, PlaceValue), (name, found)
    return found


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Lagos, Nigeria", "NGA", None),
        ("Paris", "FRA", None),
        ("Paris, Texas", "USA", "Texas"),
        ("Fort Worth, TX", "USA", "Texas"),
        ("northern Syria", "SYR", None),
        ("city of Kabul", "AFG", None),
        ("Dallas County, Texas", "USA", "Texas"),
        ("202 Pennsylvania Avenue, in East New York", "USA", "New York"),
        ("São Paulo", "BRA", None),
        ("North Korea", "PRK", None),
        ("gujarat", "IND", "Gujarat"),
        ("Minneapolis, Minn.", "USA", "Minnesota"),
    ],
)
def test_a_name_finds_its_place(name: str, country: str, admin1: str | None) -> None:
    place = _at(name)
    assert place.country == country
    if admin1:
        assert place.admin1 == admin1


def test_the_company_a_name_keeps_decides() -> None:
    assert _at("Manassas", "MANASSAS, Va. — A woman was shot in Manassas, Virginia.").admin1 == "Virginia"
    assert (
        _at("Birmingham", "Police in Alabama said. BIRMINGHAM, Ala. — Two died. Alabama officials").admin1 == "Alabama"
    )
    assert _at("Birmingham", "West Midlands Police, England, the United Kingdom").country == "GBR"


@pytest.mark.parametrize("name", ["", " ", "Xyzzyville", "the house", "123", ",,,", "a" * 500])
def test_what_is_not_there_is_not_made_up(name: str) -> None:
    found = resolve_place(name, Votes())
    assert isinstance(found, Unresolved)


def test_a_country_says_how_coarse_it_is() -> None:
    assert _at("Nigeria").precision == "country"
    assert _at("Texas").precision == "region"
    assert _at("Lagos").precision == "city"


def test_two_thousand_names_a_second() -> None:
    started = time.monotonic()
    for number in range(1000):
        resolve_place(f"Kabul{number % 500}", Votes())
    assert time.monotonic() - started < 2.0
