"""Every version of the layout is brought to the next, and its number is the last step's."""

import sqlite3
from pathlib import Path

import pytest

from extract.errors import StoreError
from extract.store import open_store
from extract.store.database import TABLES
from extract.store.layout import APPLICATION_ID, MIGRATIONS, VERSION


def test_a_store_of_an_earlier_version_is_brought_up(path: Path) -> None:
    old = sqlite3.connect(path)
    drop = "DROP TABLE story; DROP TABLE copy; DROP TABLE edit; DROP TABLE review;"
    old.executescript(f"{drop} PRAGMA user_version = 1;")
    old.close()
    with pytest.raises(StoreError, match="run --store brings it"):
        open_store(path)
    with open_store(path, write=True) as store:
        assert store.sql("SELECT count(*) FROM copy")[1] == [(0,)]
        assert store.sql("SELECT count(*) FROM story")[1] == [(0,)]
        assert len(store) == 4


def test_a_fresh_store_has_all_tables_and_says_what_it_is(tmp_path: Path) -> None:
    open_store(tmp_path / "s.db", write=True).close()
    with sqlite3.connect(tmp_path / "s.db") as opened:
        assert opened.execute("PRAGMA user_version").fetchone() == (VERSION,) == (len(MIGRATIONS),)
        assert opened.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        names = {row[0] for row in opened.execute("SELECT name FROM sqlite_master")}
    assert set(TABLES.split(", ")) <= names
