"""A store tells the story of each record, forgets it with the article, and finds the other articles of an event."""

from pathlib import Path

from extract.store import Filter, Store, open_store
from tests.store.conftest import ARTICLES, RUN, record

TOLD = {"e1": "s1", "e2": "s2", "e3": "s1", "e4": "s4", "gone": "s1"}


def _told(path: Path) -> Store:
    store = open_store(path, write=True)
    store.tell(TOLD)
    return store


def test_records_tell_their_story_once_linked(path: Path) -> None:
    with open_store(path) as before:
        assert before.untold() == 4
        assert all("story_id" not in one for one in before.events())
    with _told(path) as store:
        assert store.untold() == 0
        assert {one["event_id"]: one["story_id"] for one in store.events()} == {
            key: story for key, story in TOLD.items() if key != "gone"
        }
        event = store.event("e1")
        assert event is not None
        assert event["story_id"] == "s1"


def test_a_story_is_asked_for_by_its_id(path: Path) -> None:
    with _told(path) as store:
        assert [one["event_id"] for one in store.events(Filter(story="s1"))] == ["e3", "e1"]
        assert store.count(Filter(story="s1", type="arrest")) == 1
        assert store.count(Filter(story="none")) == 0
        assert store.facets(Filter(story="s1"))["type"] == [("arrest", 1), ("killing", 1)]


def test_other_articles_of_an_event_are_found(path: Path) -> None:
    with _told(path) as store:
        (other,) = store.elsewhere("a")["e1"]
        assert (other["event_id"], other["doc_id"], other["story_id"]) == ("e3", "b", "s1")
        assert set(store.elsewhere("b")) == {"e3"}


def test_an_article_read_again_waits_for_its_story(path: Path) -> None:
    with _told(path) as store:
        store.add(ARTICLES[0], [record("e9")], RUN)
        assert store.untold() == 1
        assert store.elsewhere("b") == {}
        store.tell({"e9": "s9"})
        assert store.sql("SELECT event_id, story_id FROM story")[1] == [("e9", "s9")]
