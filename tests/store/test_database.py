"""A store keeps records whole, one transaction an article, and says what is wrong with a file that is none."""

import sqlite3
from pathlib import Path

import pytest

from extract.errors import StoreError, UsageError
from extract.schema.document import Document
from extract.store import Filter, Store, open_store
from tests.store.conftest import ARTICLES, RECORDS, RUN, record


def test_records_come_back_as_they_went_in_by_time(store: Store) -> None:
    assert [one["event_id"] for one in store.events()] == ["e3", "e2", "e1", "e4"]
    assert sorted(store.events(), key=lambda one: str(one["event_id"])) == RECORDS
    assert len(store) == 4


def test_an_article_read_again_replaces_its_records(path: Path) -> None:
    with open_store(path, write=True) as store:
        store.add(ARTICLES[0], [record("e9")], RUN)
        assert sorted(one["event_id"] for one in store.events()) == ["e3", "e4", "e9"]
        assert next(iter(store.events(Filter(text="Lagos"))))["event_id"] == "e9"
        assert store.holds(ARTICLES[0], RUN)
        assert not store.holds(Document("a", "another text"), RUN)


def test_an_article_that_fails_half_way_leaves_nothing(path: Path) -> None:
    with open_store(path, write=True) as store:
        with pytest.raises(sqlite3.IntegrityError):
            store.add(Document("c", "new"), [record("e1", doc_id="c")], RUN)
        assert store.document("c") is None
        assert len(store) == 4


@pytest.mark.parametrize("text", ["\x00 nul", "\ud800 lone surrogate", "😀 emoji", "\u2028"])
def test_any_text_goes_in_and_comes_out(path: Path, text: str) -> None:
    with open_store(path, write=True) as store:
        store.add(Document("odd", text), [], RUN)
        kept = store.document("odd")
        assert kept is not None
        assert kept["text"] == text.replace("\ud800", "?")
        assert store.holds(Document("odd", text), RUN)


def test_sql_reads_and_nothing_else(store: Store) -> None:
    columns, rows = store.sql("SELECT type, count(*) AS n FROM event GROUP BY type ORDER BY type")
    assert (columns, rows[0]) == (["type", "n"], ("arrest", 1))
    for statement in ("DELETE FROM event", "ATTACH '/etc/passwd' AS p", "PRAGMA user_version = 9", "nonsense"):
        with pytest.raises(UsageError, match="cannot be answered"):
            store.sql(statement)
    with pytest.raises(UsageError, match="the tables are"):
        store.sql("SELECT * FROM events")
    assert len(store) == 4


def test_a_query_without_end_is_stopped(store: Store) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    with pytest.raises(UsageError, match="interrupted"):
        store.sql(endless)


def test_files_that_are_no_store_are_refused_by_name(tmp_path: Path, path: Path) -> None:
    with pytest.raises(StoreError, match="run INPUT --store"):
        open_store(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database at all, only words " * 50)
    with pytest.raises(StoreError, match="damaged or no store"):
        open_store(tmp_path / "text.db")
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE t (x)")
    other.close()
    with pytest.raises(StoreError, match="no store of ours"):
        open_store(tmp_path / "other.db", write=True)
    newer = sqlite3.connect(path)
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with pytest.raises(StoreError, match="update chargesheet"):
        open_store(path)


def test_a_damaged_page_is_found_at_opening(path: Path) -> None:
    with open_store(path, write=True) as store:
        store.sql("SELECT 1")
    content = bytearray(path.read_bytes())
    for at in range(4096, len(content), 4096):
        content[at : at + 64] = b"\xff" * 64
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError):
        open_store(path)


def test_copies_are_linked_and_go_with_their_article(path: Path) -> None:
    with open_store(path, write=True) as store:
        store.link([("b", "a"), ("gone", "a")])
        assert store.sql("SELECT doc_id, dup_of FROM copy")[1] == [("b", "a")]
        store.add(ARTICLES[1], [], RUN)
        assert store.sql("SELECT count(*) FROM copy")[1] == [(0,)]
