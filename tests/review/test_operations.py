"""Each operation does what a person means by it, or says why it does not fit."""

from typing import Any

import pytest

from extract.errors import EditError
from extract.review.state import Record, State
from tests.review.conftest import TEXT, at, started


def _after(*operations: dict[str, Any]) -> State:
    return started(*operations).state


def _record(state: State, event_id: str) -> Record:
    return next(one for one in state.records if one.event.event_id == event_id)


def test_words_fill_a_slot_with_what_they_resolved_to() -> None:
    value = {"country": "NGA", "precision": "city"}
    state = _after({"op": "fill", "record": "m2", "slot": "location", **at("Lagos"), "value": value})
    (place,) = _record(state, "m2").event.location
    assert (place.name, place.confidence, place.value.country) == ("Lagos", 1.0, "NGA")
    assert "location" not in _record(state, "m2").event.nulls
    assert _record(state, "m2").changed
    assert not _record(state, "m1").changed


def test_a_date_is_one_and_a_new_one_replaces_it() -> None:
    value = {"value": "2020-05", "basis": "stated"}
    state = _after({"op": "fill", "record": "m1", "slot": "date", **at("May 2020"), "value": value})
    (date,) = _record(state, "m1").event.date
    assert (date.text, date.value, date.earliest, date.latest) == ("May 2020", "2020-05", "2020-05-01", "2020-05-31")


def test_a_dates_value_is_edtf_or_none() -> None:
    (date,) = _record(_after({"op": "date", "record": "m1", "value": "2021-12"}), "m1").event.date
    assert (date.text, date.latest) == ("Wednesday", "2021-12-31")
    assert _record(_after({"op": "date", "record": "m1", "value": None}), "m1").event.date[0].earliest is None
    for wrong in ("Wednesday", 2021, "2021-02-30"):
        with pytest.raises(EditError, match="write 2021"):
            _after({"op": "date", "record": "m1", "value": wrong})
    with pytest.raises(EditError, match="no date"):
        _after({"op": "date", "record": "m2", "value": "2021"})


def test_a_further_mention_that_names_more_stands_for_the_filler() -> None:
    she = {"op": "fill", "record": "m2", "slot": "source", **at("She")}
    both = _after(
        she, {"op": "mention", "record": "m2", "slot": "source", "filler": [*at("She").values()], **at("Ana Ruiz")}
    )
    (source,) = _record(both, "m2").event.source
    assert (source.text, source.name) == ("Ana Ruiz", "Ana Ruiz")
    assert [one.text for one in source.mentions] == ["Ana Ruiz", "She"]
    gone = {"op": "unmention", "record": "m2", "slot": "source", "filler": [source.start, source.end]}
    left = _after(
        she,
        {"op": "mention", "record": "m2", "slot": "source", "filler": [*at("She").values()], **at("Ana Ruiz")},
        {**gone, **at("Ana Ruiz")},
    )
    assert _record(left, "m2").event.source[0].text == "She"


def test_the_last_mention_takes_its_filler_along() -> None:
    place = [*at("fraud").values()]
    state = _after({"op": "unmention", "record": "m2", "slot": "charge", "filler": place, **at("fraud")})
    assert _record(state, "m2").event.charge == ()
    assert _record(state, "m2").event.nulls["charge"] == "not_stated"


def test_another_type_drops_the_slots_it_does_not_have_and_undo_brings_them_back() -> None:
    change = {"op": "type", "record": "m2", "type": "killing"}
    assert _record(_after(change), "m2").event.charge == ()
    assert _record(_after(change, {"op": "undo"}), "m2").event.charge[0].name == "fraud"


def test_merging_joins_fillers_of_the_same_words() -> None:
    state = _after({"op": "merge", "record": "m1", "other": "m2"})
    (merged,) = state.records
    assert [one.text for one in merged.event.triggers] == ["arrested", "charged"]
    (target,) = merged.event.target
    assert [one.text for one in target.mentions] == ["Ana Ruiz", "She"]
    assert [one.name for one in merged.event.charge] == ["fraud"]
    with pytest.raises(EditError, match="with itself"):
        _after({"op": "merge", "record": "m1", "other": "m1"})


def test_splitting_makes_a_record_of_a_trigger_and_keeps_the_slots() -> None:
    more = {"op": "trigger", "record": "m1", **at("jailed")}
    state = _after(more, {"op": "split", "record": "m1", "new": "p1", **at("jailed")})
    assert [one.event.event_id for one in state.records] == ["m1", "p1", "m2"]
    assert [one.text for one in _record(state, "m1").event.triggers] == ["arrested"]
    assert _record(state, "p1").event.target == _record(state, "m1").event.target
    assert not _record(state, "p1").model
    with pytest.raises(EditError, match="only trigger"):
        _after({"op": "split", "record": "m1", "new": "p1", **at("arrested")})


def test_no_event_here_rejects_all_and_a_record_worked_on_stands_again() -> None:
    state = _after({"op": "none"})
    assert state.empty
    assert state.kept == ()
    again = _after({"op": "none"}, {"op": "status", "record": "m2", "status": "alleged"})
    assert [one.event.event_id for one in again.kept] == ["m2"]
    assert not again.empty


def test_records_are_accepted_rejected_flagged() -> None:
    state = _after(
        {"op": "judge", "record": "m1", "verdict": "accepted"},
        {"op": "judge", "record": "m2", "verdict": "rejected"},
        {"op": "note", "record": "m2", "text": "the wrong Ruiz?"},
        {"op": "note", "text": "a copy of another article"},
    )
    assert [one.event.event_id for one in state.kept] == ["m1"]
    assert (_record(state, "m2").note, state.note) == ("the wrong Ruiz?", "a copy of another article")


@pytest.mark.parametrize(
    ("operation", "reason"),
    [
        ({"op": "party"}, "no operation 'party'"),
        ({"op": ["fill"]}, "no operation"),
        ({"op": "fill", "record": "zz", "slot": "actor", **at("Lagos")}, "no record 'zz'"),
        ({"op": "fill", "record": "m1", "slot": "penalty", **at("Lagos")}, "has no slot 'penalty'"),
        ({"op": "fill", "record": "m1", "slot": "target", **at("She")}, "in target already"),
        ({"op": "fill", "record": "m1", "slot": "actor", "start": 5, "end": 4}, "no words at"),
        ({"op": "fill", "record": "m1", "slot": "actor", "start": True, "end": 4}, "no words at"),
        ({"op": "fill", "record": "m1", "slot": "actor", "start": 0, "end": 10**9}, "no words at"),
        ({"op": "fill", "record": "m1", "slot": "actor", "start": 2, "end": 9}, "begin or end with a space"),
        ({"op": "unfill", "record": "m1", "slot": "actor", "filler": [0, 1]}, "no such filler"),
        ({"op": "untrigger", "record": "m1", **at("arrested")}, "needs a trigger"),
        ({"op": "add", "record": "m1", "type": "arrest", **at("jailed")}, "a record 'm1' already"),
        ({"op": "add", "record": "<b>", "type": "arrest", **at("jailed")}, "no id for a record"),
        ({"op": "add", "record": "p1", "type": "party", **at("jailed")}, "no type 'party'"),
        ({"op": "judge", "record": "m1", "verdict": "maybe"}, "no verdict"),
        ({"op": "note", "record": "m1", "text": "x" * 3000}, "a note is text"),
    ],
)
def test_what_does_not_fit_says_why(operation: dict[str, Any], reason: str) -> None:
    with pytest.raises(EditError, match=reason):
        _after(operation)


def test_offsets_count_code_points_after_an_emoji() -> None:
    state = _after({"op": "fill", "record": "m2", "slot": "source", **at("officers")})
    (source,) = _record(state, "m2").event.source
    assert TEXT[source.start : source.end] == "officers"
    assert source.start != TEXT.encode("utf-16-le").index("officers".encode("utf-16-le")) // 2


def test_a_value_set_by_hand_on_a_date_that_resolved_to_nothing_is_stated() -> None:
    unset = {"op": "date", "record": "m1", "value": None}
    again = {"op": "date", "record": "m1", "value": "2021-12"}
    assert started(unset, again).state.records[0].event.date[0].basis == "stated"
