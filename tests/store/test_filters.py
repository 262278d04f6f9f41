"""Filters know how exact a date and a place are, and no user's words become SQL."""

import pytest

from extract.errors import UsageError
from extract.store import Area, Filter, Store


def _ids(store: Store, **asked: object) -> list[str]:
    found = [str(one["event_id"]) for one in store.events(Filter(**asked))]  # type: ignore[arg-type]
    assert len(found) == store.count(Filter(**asked))  # type: ignore[arg-type]
    return found


def test_dates_meet_when_their_days_do(store: Store) -> None:
    assert _ids(store, since="2021") == ["e3", "e2", "e1"]  # 2019/.. has no end
    assert _ids(store, since="2021-12-17", until="2021-12-20") == ["e3", "e2"]
    assert _ids(store, until="2020") == ["e3"]
    assert _ids(store, certain="month") == ["e2", "e1"]
    assert _ids(store, certain="day") == ["e1"]


def test_a_country_holds_its_towns_and_a_point_only_what_is_near(store: Store) -> None:
    assert _ids(store, area=Area(country="NGA")) == ["e3", "e1"]
    assert _ids(store, area=Area(lat=6.5, lon=3.4)) == ["e1"]
    assert _ids(store, area=Area(lat=9.0, lon=8.0)) == []  # the middle of a country is no town
    assert _ids(store, place="lagos") == ["e1"]
    assert _ids(store, area=Area(country="NGA", admin1="Lagos")) == ["e1"]


def test_names_charges_and_words_are_found(store: Store) -> None:
    assert _ids(store, target="ana") == ["e1"]
    assert _ids(store, charge="07") == _ids(store, charge="fraud") == ["e2"]
    assert _ids(store, text="arrested lagos") == ["e2", "e1"]
    assert _ids(store, type="protest", min_confidence=0.5) == ["e4"]
    assert _ids(store, doc_id="b", status="asserted") == ["e3", "e4"]


@pytest.mark.parametrize("words", ["%", "_", "'; DROP TABLE event; --", '"', "\\"])
def test_signs_are_signs(store: Store, words: str) -> None:
    assert _ids(store, actor=words) == (["e4"] if words in "%_" else [])


@pytest.mark.parametrize("words", ['NEAR("a" "b")', "a AND", "title : x", "*"])
def test_no_search_is_a_syntax_error(store: Store, words: str) -> None:
    assert _ids(store, text=words) == []


def test_a_search_without_words_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="no words"):
        _ids(store, text='"')


@pytest.mark.parametrize(
    "asked", [{"type": "party"}, {"status": "odd"}, {"since": "yesterday"}, {"certain": "hour"}, {"since": "../2020"}]
)
def test_what_no_record_could_have_is_refused(store: Store, asked: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        _ids(store, **asked)
