"""Places: the right one of many, or none."""

import time

import pytest

from extract.resolve.places import resolve_places
from extract.schema.annotation import Annotated, Mention, PlaceValue, Unresolved, Value
from extract.schema.document import Document


def _resolve(name: str, text: str = "") -> Value:
    text = text or f"It happened in {name}."
    start = text.find(name)
    mention = Mention(name, start, start + len(name), "place", 1.0, 0)
    return resolve_places(Annotated(Document("d", text), (mention,))).values[0]


def _at(name: str, text: str = "") -> PlaceValue:
    found = _resolve(name, text)
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
        ("São Paulo", "BRA", None),
        ("North Korea", "PRK", None),
        ("the Netherlands", "NLD", None),
        ("gujarat", "IND", "Gujarat"),
        ("Minneapolis, Minn.", "USA", "Minnesota"),
        ("Calif.", "USA", "California"),
        ("202 Pennsylvania Avenue, in East New York, Brooklyn", "USA", "New York"),
        ("Washington, D.C.", "USA", "District of Columbia"),
        ("China's Xinjiang province", "CHN", None),
        ("Congo", None, None),
        ("Fiji", "FJI", None),
    ],
)
def test_a_name_finds_its_place(name: str, country: str | None, admin1: str | None) -> None:
    place = _at(name)
    assert country is None or place.country == country
    if admin1:
        assert place.admin1 == admin1


def test_the_company_a_name_keeps_decides() -> None:
    assert _at("Manassas", "MANASSAS, Va. — A woman was shot in Manassas, Virginia.").admin1 == "Virginia"
    alabama = "BIRMINGHAM, Ala. — Two men died in Birmingham, officials in Montgomery, Alabama said."
    assert _at("Birmingham", alabama).admin1 == "Alabama"
    england = "Two men died in Birmingham, police in London said. The Manchester trial goes on in England."
    assert _at("Birmingham", england).country == "GBR"


@pytest.mark.parametrize("name", ["Xyzzyville", "the house", "123", ",,,", "school", "z" * 500])
def test_what_is_not_there_is_not_made_up(name: str) -> None:
    assert isinstance(_resolve(name), Unresolved)


def test_a_country_says_how_coarse_it_is() -> None:
    assert _at("Nigeria").precision == "country"
    assert _at("Texas").precision == "region"
    assert _at("Lagos").precision == "city"


def test_no_place_lies_at_nought_nought() -> None:
    for name in ("Gulf of Guinea", "Africa", "Null Island"):
        found = _resolve(name)
        assert isinstance(found, Unresolved) or (found.lat, found.lon) != (0.0, 0.0)


def test_two_hundred_mentions_take_well_under_a_second() -> None:
    names = ["Kabul", "Lagos", "Paris", "Springfield", "Dallas"] * 40
    text = " in ".join(names)
    mentions, at = [], 0
    for name in names:
        mentions.append(Mention(name, at, at + len(name), "place", 1.0, 0))
        at += len(name) + 4
    started = time.monotonic()
    resolve_places(Annotated(Document("d", text), tuple(mentions)))
    assert time.monotonic() - started < 2.0


def test_a_street_takes_the_town_the_article_plays_in() -> None:
    text = "MESA, Ariz. — A man was shot at 101 Marine Avenue. Mesa police in Mesa, Arizona are looking for a woman."
    place = _at("101 Marine Avenue", text)
    assert (place.admin1, place.precision) == ("Arizona", "city")


def test_a_part_of_a_town_is_the_town() -> None:
    assert _at("Detroit's east side").admin1 == "Michigan"


def test_georgia_is_the_state_where_the_article_is_american() -> None:
    american = "ATLANTA — Police in Georgia said two men from Savannah, Georgia were held. Macon, Ga., had no cases."
    assert _at("Georgia", american).country == "USA"
    assert _at("Georgia", "Tbilisi is the capital of Georgia, and Georgian police said so.").country == "GEO"


def test_a_small_namesake_abroad_is_not_guessed() -> None:
    text = (
        "A man was shot at Lover’s Rock in Brooklyn, New York, police in Queens, New York said. Albany, N.Y., agreed."
    )
    found = _resolve("Lover’s Rock", text)
    assert isinstance(found, Unresolved) or (isinstance(found, PlaceValue) and found.country == "USA")


def test_no_place_is_at_zero_zero() -> None:
    for name in ("Null Island", "Gulf of Guinea", "", " "):
        found = _resolve(name, f"It was in {name}.") if name.strip() else Unresolved("")
        assert not isinstance(found, PlaceValue) or (found.lat, found.lon) != (0, 0)
