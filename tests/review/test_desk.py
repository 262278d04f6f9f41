"""The queue: least certain first, blind articles by chance, those put off last."""

import datetime as dt
from pathlib import Path

import pytest

from extract.errors import EditError, StaleError
from extract.review.desk import Desk
from extract.schema.document import Document
from extract.store import open_store
from extract.store.database import Store
from tests.store.conftest import RUN, record


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "s.db", write=True)
    for number in range(400):
        doc_id = f"d{number}"
        one = {**record(f"e{number}", doc_id=doc_id), "confidence": number / 400}
        opened.add(Document(doc_id, "Police arrested her."), [one] if number % 4 else [], RUN)
    return opened


def _desk(store: Store, share: float = 0.0) -> Desk:
    return Desk(store, author="kim", clock=lambda: dt.datetime.now(dt.UTC), share=share)


def test_the_least_certain_comes_first_and_articles_without_records_last(store: Store) -> None:
    queue = _desk(store).queue()
    least = [one.least for one in queue if one.least is not None]
    assert least == sorted(least)
    assert [one.least for one in queue[300:]] == [None] * 100


def test_a_share_drawn_by_chance_is_blind_the_same_each_time_and_spread_over_the_queue(store: Store) -> None:
    desk = _desk(store, 0.2)
    blind = [number for number, one in enumerate(desk.queue()) if desk.blind(one.doc_id)]
    assert 50 < len(blind) < 110
    assert blind == [number for number, one in enumerate(_desk(store, 0.2).queue()) if desk.blind(one.doc_id)]
    assert min(blind) < 60
    assert max(blind) < 330, "a blind article's place does not tell that it has no records"


def test_an_article_put_off_goes_to_the_end(store: Store) -> None:
    desk = _desk(store)
    first = desk.queue()[0].doc_id
    desk.mark(first, 0, "later")
    assert desk.queue()[-1].doc_id == first
    assert desk.after(first) == desk.queue()[0].doc_id


def test_marks_and_edits_need_the_version_that_there_is(store: Store) -> None:
    desk = _desk(store)
    desk.write("d1", 0, "one", {"op": "none"})
    for act in (lambda: desk.mark("d1", 0, "accepted"), lambda: desk.write("d1", 0, "two", {"op": "none"})):
        with pytest.raises(StaleError):
            act()
    with pytest.raises(EditError, match="no such article"):
        desk.write("none", 0, "one", {"op": "none"})


def test_taking_mine_where_there_is_no_log_yet_writes_one_that_can_be_replayed(store: Store) -> None:
    desk = _desk(store)
    _, version, wrong = desk.mine("d1", 4, [{"op": "none"}])
    assert wrong == []
    written = desk.write("d1", 0, "back", {"op": "back", "to": version})
    opened = desk.open("d1")
    assert opened is not None
    assert opened.version == written.version == 2
    assert opened.history.at == written.after.history.at
