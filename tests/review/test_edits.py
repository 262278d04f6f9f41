"""A log replayed gives the same records every time; undo then redo gives back what was there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import EditError
from extract.review.edits import History, begin, replay, step
from extract.schema.label import sha256_of
from extract.schema.ontology import SLOTS, STATUSES, TYPES
from tests.review.conftest import RECORDS, TEXT, at, started

BO = {"op": "fill", "record": "m1", "slot": "target", **at("Bo Ruiz")}


def test_a_log_without_edits_is_the_models_records() -> None:
    assert [one.event.to_json() for one in started().state.records] == RECORDS
    assert not any(one.changed for one in started().state.records)


def test_undo_takes_back_one_edit_after_another_and_redo_returns_them() -> None:
    planned = {"op": "status", "record": "m1", "status": "planned"}
    whole = started(BO, planned)
    back = started(BO, planned, {"op": "undo"}, {"op": "undo"})
    assert back.state == started().state
    assert started(BO, planned, {"op": "undo"}, {"op": "undo"}, {"op": "redo"}, {"op": "redo"}).state == whole.state
    with pytest.raises(EditError, match="nothing left to undo"):
        started({"op": "undo"})
    with pytest.raises(EditError, match="nothing to redo"):
        started(BO, {"op": "undo"}, planned, {"op": "redo"})


def test_back_returns_to_an_earlier_version_and_can_be_undone() -> None:
    history = started(BO, {"op": "delete", "record": "m2"}, {"op": "back", "to": 2})
    assert history.state == started(BO).state
    undone = started(BO, {"op": "delete", "record": "m2"}, {"op": "back", "to": 2}, {"op": "undo"}, {"op": "undo"})
    assert undone.state.records[1:] == ()
    with pytest.raises(EditError, match="no version 9"):
        started({"op": "back", "to": 9})


def test_undo_and_redo_go_on_from_the_version_that_was_gone_back_to() -> None:
    theirs = {"op": "delete", "record": "m2"}
    assert started(BO, theirs, {"op": "back", "to": 2}, {"op": "undo"}).state == started().state
    assert started(BO, {"op": "undo"}, theirs, {"op": "back", "to": 3}, {"op": "redo"}).state == started(BO).state


def test_no_event_said_of_a_blind_article_does_not_hold_for_records_shown_later() -> None:
    asked = started({"op": "none"}, {"op": "reveal"}, blind=True)
    assert not asked.state.empty
    assert started({"op": "none"}, {"op": "undo"}, {"op": "reveal"}, {"op": "redo"}, blind=True).state.empty is False
    assert started({"op": "none"}, {"op": "reveal"}).state.empty


def test_a_blind_article_shows_the_models_records_when_asked_and_undo_does_not_hide_them() -> None:
    added = {"op": "add", "record": "p1", "type": "sentence", **at("jailed")}
    blind = started(added, blind=True)
    assert [one.event.event_id for one in blind.state.kept] == ["p1"]
    with pytest.raises(EditError, match="no record 'm1'"):
        started(BO, blind=True)
    asked = started(added, {"op": "reveal"}, {"op": "undo"}, blind=True)
    assert [one.event.event_id for one in asked.state.kept] == ["m1", "m2"]


def test_a_second_begin_starts_anew_on_another_text() -> None:
    history = started(BO)
    anew = step(history, begin(RECORDS[:1], "f" * 64), TEXT, 3)
    assert len(anew.state.records) == 1
    assert (history.sha256, anew.sha256) == (sha256_of(TEXT), "f" * 64)


WORDS = sorted({(at(word)["start"], at(word)["end"]) for word in TEXT.split()})
PLACES = st.sampled_from(WORDS).map(lambda pair: {"start": pair[0], "end": pair[1]})
NAMES = st.sampled_from(["m1", "m2", "p1", "p2"])
BEST = st.sampled_from([one["target"][0] for one in RECORDS]).map(lambda one: [one["start"], one["end"]])


def _edit(op: str, **rest: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"op": st.just(op), "record": NAMES, **rest})


EDITS = st.one_of(
    st.tuples(_edit("fill", slot=st.sampled_from(SLOTS)), PLACES).map(lambda two: {**two[0], **two[1]}),
    st.tuples(_edit("mention", slot=st.just("target"), filler=BEST), PLACES).map(lambda two: {**two[0], **two[1]}),
    _edit("unfill", slot=st.sampled_from(["date", "target"]), filler=BEST),
    st.tuples(_edit("add", type=st.sampled_from(TYPES)), PLACES).map(lambda two: {**two[0], **two[1]}),
    st.tuples(_edit("split", new=NAMES), PLACES).map(lambda two: {**two[0], **two[1]}),
    st.tuples(_edit("trigger"), PLACES).map(lambda two: {**two[0], **two[1]}),
    _edit("merge", other=NAMES),
    _edit("type", type=st.sampled_from(TYPES)),
    _edit("status", status=st.sampled_from(STATUSES)),
    _edit("judge", verdict=st.sampled_from(["", "accepted", "rejected"])),
    _edit("delete"),
    st.sampled_from([{"op": "none"}, {"op": "undo"}, {"op": "redo"}, {"op": "note", "text": "?"}]),
)


def _fitting(edits: list[dict[str, Any]]) -> tuple[History, list[tuple[int, dict[str, Any]]]]:
    """Return the history of those edits that fit where they come, and their log."""
    log = [(1, begin(RECORDS, sha256_of(TEXT)))]
    history = replay(log, TEXT)
    for one in edits:
        try:
            history = step(history, one, TEXT, len(log) + 1)
        except EditError:
            continue
        log.append((len(log) + 1, one))
    return history, log


@given(st.lists(EDITS, max_size=25))
def test_replay_is_deterministic_and_every_span_is_its_words(edits: list[dict[str, Any]]) -> None:
    history, log = _fitting(edits)
    assert replay(log, TEXT) == history
    for one in history.state.records:
        raw = one.event.to_json()
        spans = [
            *raw["triggers"],
            *raw["date"],
            *(m for slot in SLOTS[1:] for f in raw[slot] for m in (f, *f["mentions"])),
        ]
        for span in spans:
            assert TEXT[span["start"] : span["end"]] == span["text"]
        assert raw["triggers"]
        assert len({x.event.event_id for x in history.state.records}) == len(history.state.records)


@given(st.lists(EDITS, max_size=25), st.integers(1, 25))
def test_undo_then_redo_restores(edits: list[dict[str, Any]], steps: int) -> None:
    history, log = _fitting(edits)
    steps = min(steps, len(history.done))
    after = history
    for n, op in enumerate(["undo"] * steps + ["redo"] * steps):
        after = step(after, {"op": op}, TEXT, len(log) + 1 + n)
    assert (after.states, after.done, after.undone) == (history.states, history.done, history.undone)


@given(st.lists(EDITS, max_size=25))
def test_undoing_everything_gives_the_models_records_back(edits: list[dict[str, Any]]) -> None:
    history, log = _fitting(edits)
    while history.done:
        history = step(history, {"op": "undo"}, TEXT, len(log) + 1)
    assert history.state == started().state
