"""What people left of the articles, as records and as labels to learn from."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from extract.errors import LabelError
from extract.label.corpus import read_labels, with_texts
from extract.review.corrected import Tally, corrected_labels, corrected_records
from extract.review.desk import Desk
from extract.schema.document import Document
from extract.schema.label import Labelled, labelled_json
from extract.schema.reading import read_record
from extract.store import open_store
from extract.store.corrections import Edit
from extract.store.database import Store
from tests.review.conftest import DOCUMENT, RECORDS, at
from tests.store.conftest import RUN
from tests.store.conftest import record as untouched


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "s.db", write=True)
    opened.add(DOCUMENT, RECORDS, RUN)
    opened.add(Document("other", "Police arrested her."), [untouched("e9", doc_id="other")], RUN)
    return opened


def _desk(store: Store, share: float = 0.0) -> Desk:
    return Desk(store, author="kim", clock=lambda: dt.datetime.now(dt.UTC), share=share)


def _records(store: Store) -> tuple[dict[str, dict[str, Any]], Tally]:
    tally = Tally()
    return {one["event_id"]: one for one in corrected_records(store, tally)}, tally


def test_corrected_records_stand_in_the_models_place_and_say_who(store: Store) -> None:
    desk = _desk(store)
    desk.write(DOCUMENT.id, 0, "one", {"op": "judge", "record": "m2", "verdict": "rejected"})
    desk.write(DOCUMENT.id, 2, "two", {"op": "add", "record": "p1", "type": "sentence", **at("jailed")})
    desk.write(DOCUMENT.id, 3, "three", {"op": "fill", "record": "p1", "slot": "penalty", **at("two years")})
    found, tally = _records(store)
    assert list(found) == ["m1", "p1", "e9"]
    assert found["p1"]["penalty"][0]["days"] == 730
    assert (found["p1"]["confidence"], found["p1"]["review"]) == (1.0, {"state": "corrected", "by": ["kim"]})
    assert (found["m1"]["confidence"], found["m1"]["review"]["state"]) == (0.9, "seen")
    assert "review" not in found["e9"]
    assert (tally.corrected, tally.accepted) == (1, 0)
    desk.mark(DOCUMENT.id, 4, "accepted")
    found, tally = _records(store)
    assert (found["m1"]["confidence"], found["m1"]["review"]["state"]) == (1.0, "accepted")
    assert tally.accepted == 1
    assert [read_record(one).to_json() for one in found.values()] == list(found.values())


def test_labels_of_accepted_articles_can_be_read_to_train_on(store: Store, tmp_path: Path) -> None:
    desk = _desk(store)
    desk.write(DOCUMENT.id, 0, "one", {"op": "fill", "record": "m2", "slot": "source", **at("officers")})
    assert list(corrected_labels(store, Tally())) == []
    desk.mark(DOCUMENT.id, 2, "accepted")
    (labelled,) = corrected_labels(store, Tally())
    assert isinstance(labelled, Labelled)
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "c.jsonl").write_text(json.dumps(labelled_json(labelled)), "utf-8")
    ((again, document),) = with_texts(read_labels(tmp_path / "labels"), None)
    assert again == labelled
    assert (document.text, document.published) == (DOCUMENT.text, DOCUMENT.published)
    assert [one.type for one in again.events] == ["arrest", "charge"]
    assert [span.text for span in again.events[0].slots["target"][0]] == ["Ana Ruiz", "She"]
    assert again.events[0].date[0].value == "2021-12-15"


def test_labels_that_do_not_fit_their_text_are_named(store: Store) -> None:
    _desk(store).mark("other", 0, "accepted")  # its record's spans are made up
    (wrong,) = corrected_labels(store, Tally())
    assert isinstance(wrong, LabelError)
    assert "other: event 1 (arrest)" in str(wrong)


def test_what_was_accepted_stays_whatever_another_model_reads(store: Store) -> None:
    _desk(store).mark(DOCUMENT.id, 0, "accepted")
    store.add(DOCUMENT, [], RUN)
    assert list(_records(store)[0]) == ["m1", "m2", "e9"]


def test_a_blind_article_accepted_without_records_has_none(store: Store) -> None:
    _desk(store, share=0.9999999).mark(DOCUMENT.id, 0, "accepted")
    assert list(_records(store)[0]) == ["e9"]
    (labelled,) = corrected_labels(store, Tally())
    assert isinstance(labelled, Labelled)
    assert labelled.events == ()


def test_corrections_of_another_text_are_left_out_and_counted(store: Store) -> None:
    _desk(store).write(DOCUMENT.id, 0, "one", {"op": "none"})
    _desk(store).mark(DOCUMENT.id, 2, "accepted")
    store.add(Document(DOCUMENT.id, "Another text."), [], RUN)
    found, tally = _records(store)
    assert list(found) == ["e9"]
    assert tally.superseded == 1
    assert list(corrected_labels(store, tally)) == []


def test_an_article_whose_log_cannot_be_replayed_is_named_and_the_others_are_given(store: Store) -> None:
    desk = _desk(store)
    desk.write(DOCUMENT.id, 0, "one", {"op": "none"})
    store.append(Edit(DOCUMENT.id, "kim", "2021-12-17T00:00:00Z", 2, "two", {"op": "back", "to": 9}))
    store.mark(DOCUMENT.id, "kim", "accepted", version=3, time="2021-12-17T00:00:00Z")
    found, tally = _records(store)
    assert list(found) == ["m1", "m2", "e9"]
    assert "no version 9" in tally.broken[0]
    (wrong,) = corrected_labels(store, Tally())
    assert isinstance(wrong, LabelError)


def test_who_accepted_is_named_and_a_story_is_the_one_that_the_store_has_now(tmp_path: Path) -> None:
    store = open_store(tmp_path / "linked.db", write=True)
    store.add(DOCUMENT, RECORDS, RUN)
    _desk(store).write(DOCUMENT.id, 0, "one", {"op": "status", "record": "m1", "status": "denied"})
    Desk(store, author="bo", clock=lambda: dt.datetime.now(dt.UTC), share=0.0).mark(DOCUMENT.id, 2, "accepted")
    store._connection.execute("INSERT INTO story VALUES ('m1', 'linked-later')")
    found, _ = _records(store)
    assert found["m1"]["review"]["by"] == ["bo", "kim"]
    assert found["m1"]["story_id"] == "linked-later"
