"""How alike two records of two articles are, in points of `likeness.tsv`, and what rules out that they are one event.

Points below nought say two events, above nought one. A slot that one side leaves empty says nothing.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from math import cos, radians
from typing import Final

from extract.assemble.facts import Facts, Rarity, Spot

FAMILIES: Final[Mapping[str, str]] = {"attack": "killing", "execution": "killing"}
"""Types that articles tell of one event: the shooting, the killing. Any other type is a family of its own."""
DAYS: Final = 1
"""Days apart that two days of one event may stand: a night, a time zone."""
_NEAR: Final = 0.25
"""Degrees (some 25 km) within which two towns or finer count as one place."""
_FAR: Final = 1.0
"""Degrees (some 100 km) from which two of them count as two."""


@cache
def points() -> dict[str, float]:
    """Return the points of each likeness, as the table has them."""
    table = files("extract.assemble").joinpath("likeness.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {name: float(value) for name, value, *_ in rows}


def family(kind: str) -> str:
    """Return the name under which types that tell of one event meet."""
    return FAMILIES.get(kind, kind)


def score(one: Facts, other: Facts, rarity: Rarity) -> float:
    """Return the points of a pair that nothing rules out."""
    table = points()
    return table["start"] + sum(table[name] * value for name, value in likenesses(one, other, rarity).items())


def likenesses(one: Facts, other: Facts, rarity: Rarity) -> dict[str, float]:
    """Return what is alike and what is not, each 0 to 1; what the two do not both tell is left out."""
    found = {
        "same_type": float(one.type == other.type),
        "same_trigger": float(not one.triggers.isdisjoint(other.triggers)),
        # of the smaller article's words; two rare ones at the least, so that a single one is not all of them
        "article": rarity.of(one.article & other.article) / max(min(one.weight, other.weight), 2.0),
    }
    found |= {**_names(one, other, rarity), **_dates(one, other), **_places(one, other)}
    found["no_name_no_day"] = float(not any(found.get(name) for name in ("target_names", "actor_names", "same_day")))
    return {**found, **_offences(one, other), **_counts(one, other)}


def _names(one: Facts, other: Facts, rarity: Rarity) -> dict[str, float]:
    """Return what names say; one that is an actor's on one side and a target's on the other counts as a target's."""
    some, others = one.targets | one.actors, other.targets | other.actors
    if not some or not others:
        return {}
    targets = (one.targets & others) | (other.targets & some)
    actors = (some & others) - targets
    if not targets and not actors:
        return {"names_apart": 1.0}
    return {"target_names": min(1.0, rarity.of(targets) / 2), "actor_names": min(1.0, rarity.of(actors) / 2)}


def _dates(one: Facts, other: Facts) -> dict[str, float]:
    if one.day is not None and other.day is not None:
        return {"same_day": float(abs(one.day - other.day) <= DAYS)}
    if None in (one.first, one.last, other.first, other.last):
        return {}
    return {"days_meet": 1.0} if gap(one, other) <= DAYS else {"days_apart": 1.0}


def gap(one: Facts, other: Facts) -> int:
    """Return the days between the dates of two records, 0 when they meet or an end is open."""
    after = (other.first - one.last) if other.first is not None and one.last is not None else 0
    before = (one.first - other.last) if one.first is not None and other.last is not None else 0
    return max(0, after, before)


def _places(one: Facts, other: Facts) -> dict[str, float]:
    pairs = list(product(one.spots, other.spots))
    if any(_same_place(*pair) for pair in pairs):
        return {"same_place": 1.0}
    if any(_holds(*pair) or _holds(*pair[::-1]) for pair in pairs):
        return {"place_within": 1.0}
    exact = [pair for pair in pairs if pair[0].exact and pair[1].exact]
    return {"place_apart": 1.0} if exact and all(_apart(*pair) > _FAR for pair in exact) else {}


def _same_place(one: Spot, other: Spot) -> bool:
    if one.exact and other.exact:
        return one.geonameid == other.geonameid is not None or _apart(one, other) <= _NEAR
    unresolved = one.country is None and other.country is None
    return unresolved and bool(one.words) and one.words == other.words


def _apart(one: Spot, other: Spot) -> float:
    """Return degrees of latitude between two places, infinite where one has no point."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return float("inf")
    across = abs(one.lon - other.lon)
    return max(abs(one.lat - other.lat), min(across, 360 - across) * cos(radians(one.lat)))


def _holds(one: Spot, other: Spot) -> bool:
    """Return whether the first is a country or region in which the second lies."""
    if one.country is None or one.country != other.country or one.exact:
        return False
    return one.precision == "country" or one.admin1 == other.admin1


def _offences(one: Facts, other: Facts) -> dict[str, float]:
    if not one.charges or not other.charges:
        return {}
    if not one.charges.isdisjoint(other.charges):
        return {"same_offence": 1.0}
    if not {code[:2] for code in one.charges}.isdisjoint(code[:2] for code in other.charges):
        return {"same_offence": 0.5}
    return {"offences_apart": 1.0}


def _counts(one: Facts, other: Facts) -> dict[str, float]:
    both = sorted(one.counts.keys() & other.counts.keys())
    if not both:
        return {}
    agree = all(_meet(one.counts[name], other.counts[name]) for name in both)
    return {"counts_meet": 1.0} if agree else {"counts_apart": 1.0}


def _meet(one: tuple[int, int | None], other: tuple[int, int | None]) -> bool:
    (low, high), (least, most) = one, other
    return (high is None or least <= high) and (most is None or low <= most)


def ruled_out(one: Facts, other: Facts) -> bool:
    """Return whether two records cannot be one event.

    They stand in one article, which tells them apart; their days are two; their countries are two; or their targets
    have full names, none of which could be the other's.
    """
    if one.doc_id == other.doc_id or family(one.type) != family(other.type):
        return True
    if one.day is not None and other.day is not None and abs(one.day - other.day) > DAYS:
        return True
    countries = {spot.country for spot in one.spots} - {None}
    elsewhere = {spot.country for spot in other.spots} - {None}
    if countries and elsewhere and countries.isdisjoint(elsewhere):
        return True
    if one.people and other.people:
        return not any(could_be(*pair) for pair in product(one.people, other.people))
    return False


def could_be(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two names could be one person's: all words of one stand in the other.

    >>> could_be(("jose", "ruiz"), ("jose", "maria", "ruiz")), could_be(("ana", "ruiz"), ("jose", "ruiz"))
    (True, False)
    """
    return set(one) <= set(other) or set(other) <= set(one)
