"""Records of one event get one story, whatever their order; what speaks against it keeps them apart."""

import random
from typing import Any

import pytest

from extract.assemble import link
from extract.assemble.facts import gather
from extract.assemble.likeness import likenesses, points, ruled_out
from extract.schema.ontology import FILLER_SLOTS
from extract.schema.reading import read_record

Record = dict[str, Any]
SPAN = {"text": "x", "start": 0, "end": 1}
CITY = {"country": "NGA", "admin1": "Lagos", "precision": "city"}
LAGOS = {**CITY, "name": "Lagos", "lat": 6.45, "lon": 3.39, "geonameid": 1}
IKEJA = {**LAGOS, "name": "Ikeja", "lat": 6.6, "geonameid": 2}
KANO = {**LAGOS, "name": "Kano", "admin1": "Kano", "lat": 12.0, "lon": 8.5, "geonameid": 3}
NIGERIA = {"name": "Nigeria", "country": "NGA", "lat": 9.0, "lon": 8.0, "geonameid": 4, "precision": "country"}
ACCRA = {"name": "Accra", "country": "GHA", "lat": 5.6, "lon": -0.2, "geonameid": 5, "precision": "city"}


def told(doc_id: str, kind: str = "killing", trigger: str = "killed", **slots: Any) -> Record:
    """Return an article's record; slots are names or values with a name, `date` the first and last day."""
    first, last = slots.pop("date", (None, None))
    number = slots.pop("number", 0)
    date = [] if first is None else [{**SPAN, "value": first, "earliest": first, "latest": last, "confidence": 0.9}]

    def fillers(slot: str) -> list[Record]:
        values = ({"name": one} if isinstance(one, str) else one for one in slots.get(slot, ()))
        return [{**SPAN, "mentions": [SPAN], "confidence": 0.9, **value} for value in values]

    return {
        "schema": "1",
        "doc_id": doc_id,
        "event_id": f"{doc_id}-{kind}-{number}",
        "type": kind,
        "triggers": [{**SPAN, "text": trigger}],
        "date": date,
        **{slot: fillers(slot) for slot in FILLER_SLOTS},
        "status": "asserted",
        "confidence": 0.9,
        "nulls": {},
    }


def person(name: str) -> Record:
    """Return a filler that resolved to a person."""
    return {"name": name, "kind": "person"}


MONDAY = ("2021-05-03", "2021-05-03")
RUIZ = [person("Ana Ruiz")]


def one_story(*records: Record) -> bool:
    """Return whether all records have one story."""
    return len(set(link(records).story_of.values())) == 1


def test_articles_that_name_the_victim_the_day_and_the_town_tell_one_event() -> None:
    some = told("a", target=RUIZ, date=MONDAY, location=[LAGOS])
    other = told("b", target=[person("Ms Ruiz")], date=MONDAY, location=[LAGOS])
    assert one_story(some, other)


def test_a_shooting_may_be_an_attack_here_and_a_killing_there_but_no_arrest() -> None:
    some = told("a", "killing", "shot dead", target=RUIZ, date=MONDAY)
    assert one_story(some, told("b", "attack", "shooting", target=RUIZ, date=MONDAY))
    assert not one_story(some, told("b", "arrest", "arrested", target=RUIZ, date=MONDAY))


@pytest.mark.parametrize(
    "other",
    [
        {"target": RUIZ, "date": ("2021-05-05", "2021-05-05"), "location": [LAGOS]},
        {"target": RUIZ, "date": MONDAY, "location": [ACCRA]},
        {"target": [person("José Peña")], "date": MONDAY, "location": [LAGOS]},
    ],
    ids=["another day", "another country", "another person"],
)
def test_a_contradiction_outweighs_all_that_is_alike(other: Record) -> None:
    some = told("a", target=RUIZ, date=MONDAY, location=[LAGOS])
    assert not one_story(some, told("b", **other))


def test_the_night_between_two_days_and_part_of_a_name_contradict_nothing() -> None:
    some = told("a", target=[person("Ana María Ruiz")], date=MONDAY, location=[LAGOS])
    assert one_story(some, told("b", target=RUIZ, date=("2021-05-04", "2021-05-04"), location=[NIGERIA]))


def test_two_records_of_one_article_are_two_events() -> None:
    records = [told("a", target=RUIZ, date=MONDAY, number=n) for n in range(2)]
    assert not one_story(*records)
    story_of = link([*records, told("b", target=RUIZ, date=MONDAY)]).story_of
    assert len(set(story_of.values())) == 2


def test_a_chain_of_near_days_is_not_one_event() -> None:
    days = [told(str(n), target=RUIZ, date=(f"2021-05-0{n}", f"2021-05-0{n}")) for n in range(1, 6)]
    story_of = link(days).story_of
    assert story_of["1-killing-0"] != story_of["3-killing-0"]


def test_a_large_city_has_more_than_one_shooting() -> None:
    assert not one_story(told("a", location=[LAGOS]), told("b", location=[LAGOS]))


def test_what_an_actor_does_twice_is_two_events() -> None:
    actor = [{"name": "Boko Haram", "kind": "organisation"}]
    some = told("a", "attack", "raided", actor=actor, location=["Damasak"])
    assert not one_story(some, told("b", "attack", "bombed", actor=actor, location=["Konduga"]))


def test_stories_do_not_depend_on_the_order_of_records() -> None:
    names = ["Ana Ruiz", "Bo Li", "Chi Obi", "Dee Eze"]
    records = [
        told(f"{name}{n}", target=[person(name)], date=(f"2021-05-0{1 + n % 3}",) * 2, location=[LAGOS, KANO][: n % 3])
        for name in names
        for n in range(6)
    ]
    expected = link(records).story_of
    for seed in range(5):
        random.Random(seed).shuffle(records)
        assert link(records).story_of == expected


def test_a_story_keeps_its_id_while_its_first_record_is_its_first() -> None:
    alone = told("a", target=RUIZ, date=MONDAY)
    (before,) = link([alone]).story_of.values()
    after = link([told("b", target=RUIZ, date=MONDAY), alone]).story_of
    assert set(after.values()) == {before}


def test_events_and_their_json_are_linked_alike() -> None:
    records = [told("a", target=RUIZ, date=MONDAY), told("b", target=RUIZ, date=MONDAY)]
    assert link([read_record(one) for one in records]) == link(records)
    assert link([]).stories == 0


def test_a_block_too_large_to_compare_whole_is_counted() -> None:
    crowd = [told(f"{n:03}", target=RUIZ, date=("2021-05-03", "2021-05-03")) for n in range(120)]
    linked = link(crowd)
    assert linked.cut > 0
    assert linked.pairs < 120 * 119 / 2
    assert linked.stories == 1


@pytest.mark.parametrize(
    ("some", "other", "expected"),
    [
        ({"location": [LAGOS]}, {"location": [IKEJA]}, "same_place"),
        ({"location": [LAGOS]}, {"location": [NIGERIA]}, "place_within"),
        ({"location": [LAGOS]}, {"location": [KANO]}, "place_apart"),
        ({"location": ["Gate Nine"]}, {"location": ["Gate Nine"]}, "same_place"),
        ({"date": ("2021-05-01", "2021-05-31")}, {"date": MONDAY}, "days_meet"),
        ({"date": ("2021-06-01", "2021-06-30")}, {"date": MONDAY}, "days_apart"),
        ({"count": [{"name": "3", "value": 3}]}, {"count": [{"name": "x", "value": [2, None]}]}, "counts_meet"),
        ({"count": [{"name": "3", "value": 3}]}, {"count": [{"name": "9", "value": 9}]}, "counts_apart"),
        ({"target": ["Ana Ruiz"]}, {"actor": ["Mr Ruiz"]}, "target_names"),
        ({"actor": ["Boko Haram"]}, {"actor": ["Boko Haram"]}, "actor_names"),
        ({"target": ["Ana Ruiz"]}, {"target": ["Bo Li"]}, "names_apart"),
    ],
)
def test_what_is_alike_is_named(some: Record, other: Record, expected: str) -> None:
    (one, two), rarity = gather([told("a", **some), told("b", **other)])
    found = likenesses(one, two, rarity)
    assert found[expected] > 0
    assert found == likenesses(two, one, rarity)
    assert ruled_out(one, two) == ruled_out(two, one)


def test_offences_are_alike_by_class_and_section() -> None:
    codes = {"0502": 1.0, "0501": 0.5}
    for code, expected in codes.items():
        records = [told("a", "arrest", charge=[{"name": "theft", "iccs": "0502", "iccs_label": "Theft"}])]
        records.append(told("b", "arrest", charge=[{"name": "x", "iccs": code, "iccs_label": ""}]))
        (one, two), rarity = gather(records)
        assert likenesses(one, two, rarity)["same_offence"] == expected


def test_every_likeness_has_its_points_and_its_reason() -> None:
    assert len(points()) == 18
    assert points()["start"] < 0 < points()["target_names"]
