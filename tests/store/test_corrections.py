"""Edits are kept once, in order, against the version they were made on; nothing takes them away."""

import sqlite3
from pathlib import Path

import pytest

from extract.errors import StaleError, UsageError
from extract.schema.label import sha256_of
from extract.store import open_store
from extract.store.corrections import Edit
from extract.store.database import Store
from tests.store.conftest import ARTICLES, RECORDS, RUN


@pytest.fixture
def written(path: Path) -> Store:
    return open_store(path, write=True)


def _edit(base: int, key: str, words: str = "x") -> Edit:
    return Edit("a", "kim", "2021-12-17T00:00:00Z", base, key, {"op": "note", "text": words})


def test_an_edit_goes_on_from_the_version_it_was_made_on(written: Store) -> None:
    assert written.append(_edit(0, "one"), {"op": "begin"}) == 2
    assert written.append(_edit(2, "two", "é😀\ud800")) == 3
    assert [(one.version, one.operation["op"], one.author) for one in written.log("a")] == [
        (1, "begin", "kim"),
        (2, "note", "kim"),
        (3, "note", "kim"),
    ]
    assert written.log("b") == []
    with pytest.raises(StaleError, match="made on version 2, the article is at 3") as stale:
        written.append(_edit(2, "three"))
    assert stale.value.version == 3
    assert len(written.log("a")) == 3


def test_an_edit_sent_twice_is_kept_once(written: Store) -> None:
    written.append(_edit(0, "one"))
    assert written.append(_edit(0, "one")) == 1
    assert len(written.log("a")) == 1


def test_an_edit_is_never_changed(written: Store) -> None:
    written.append(_edit(0, "one"))
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        written._connection.execute("UPDATE edit SET author = 'bo'")


def test_reading_an_article_anew_keeps_what_people_corrected(written: Store) -> None:
    written.append(_edit(0, "one"))
    written.mark("a", "kim", "accepted", version=1, time="2021-12-17T00:00:01Z")
    written.add(ARTICLES[0], RECORDS[:1], RUN)
    assert len(written.log("a")) == 1
    assert written.accepted() == {"a": ("kim", 1)}
    assert written.corrected_ids() == {"a"}


def test_the_queue_knows_the_least_certain_record_and_the_latest_word_on_each_article(written: Store) -> None:
    begun = {"op": "begin", "sha256": sha256_of(ARTICLES[0].text)}
    written.append(Edit("a", "kim", "2021-12-17T00:00:00Z", 0, "one", begun))
    written.mark("a", "kim", "later", version=1, time="2021-12-17T00:00:01Z")
    written.mark("a", "bo", "accepted", version=1, time="2021-12-17T00:00:02Z")
    first, second = written.waiting()
    assert (first.doc_id, first.least, first.records, first.version) == ("a", 0.9, 2, 1)
    assert (first.state, first.author, first.at) == ("accepted", "bo", 1)
    assert (second.doc_id, second.version, second.state) == ("b", 0, None)
    with pytest.raises(UsageError, match="no state 'maybe'"):
        written.mark("a", "kim", "maybe", version=1, time="")


def test_two_who_write_at_once_wait_for_each_other(path: Path) -> None:
    one, two = open_store(path, write=True), open_store(path, write=True)
    one.append(_edit(0, "one"))
    with pytest.raises(StaleError):
        two.append(_edit(0, "two"))
    assert two.append(_edit(1, "two")) == 2


def test_the_latest_word_is_that_on_the_latest_version_whatever_the_clocks_say(written: Store) -> None:
    written.append(_edit(0, "one"), {"op": "begin", "sha256": sha256_of(ARTICLES[0].text)})
    written.mark("a", "kim", "accepted", version=2, time="2031-01-01T00:00:00Z")
    written.append(_edit(2, "two"))
    written.mark("a", "bo", "accepted", version=3, time="2021-12-17T00:00:00Z")
    first, second = written.waiting()
    assert (first.author, first.at, second.at) == ("bo", 3, None)
    assert written.accepted() == {"a": ("bo", 3)}
