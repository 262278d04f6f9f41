"""One SQLite file: written a document at a time, read without a lock, refused when it is damaged or newer than us."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.errors import StoreError, UsageError
from extract.schema.document import Document
from extract.schema.label import sha256_of
from extract.schema.ontology import FILLER_SLOTS
from extract.store import corrections
from extract.store.corrections import Edit, Entry, Waiting
from extract.store.facets import facets
from extract.store.filters import Filter, where
from extract.store.layout import APPLICATION_ID, MIGRATIONS, VERSION

Row = Mapping[str, Any]
TABLES = "document, event, filler, copy, story, run, edit, review, article_text"
MOST_STEPS = 1_000
"""Thousands of virtual-machine steps that a query of the user's own may take: some ten seconds."""
_READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}


@dataclass(frozen=True, slots=True)
class Run:
    """What made records: model, weights and version; `started` is an ISO date-time in UTC."""

    model: str
    weights_sha256: str
    version: str
    started: str


class Store:
    """An open store; use it as a context manager."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __len__(self) -> int:
        """Return the number of records."""
        return int(self._connection.execute("SELECT count(*) FROM event").fetchone()[0])

    def add(self, document: Document, records: Sequence[Row], run: Run) -> None:
        """Put an article and its records (RECORD.md's JSON objects) in, in one transaction; earlier ones go."""
        sha256 = sha256_of(document.text)
        head = (document.title, document.published, document.url, document.publisher, document.lang)
        text = document.text.encode("utf-8", "replace").decode()
        with self._connection as connection:
            number = self._run(run)
            connection.execute("DELETE FROM document WHERE doc_id = ?", (document.id,))
            row = (document.id, *head, text, sha256, number)
            columns = "doc_id, title, published, url, publisher, lang, text, sha256, run"
            connection.execute(f"INSERT INTO document ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            for record in records:
                _insert(connection, record)

    def _run(self, run: Run) -> int:
        known = (run.model, run.weights_sha256, run.version)
        self._connection.execute(
            "INSERT OR IGNORE INTO run (model, weights_sha256, version, started) VALUES (?, ?, ?, ?)",
            (*known, run.started),
        )
        asked = "SELECT run FROM run WHERE model = ? AND weights_sha256 = ? AND version = ?"
        return int(self._connection.execute(asked, known).fetchone()[0])

    def link(self, copies: Iterable[tuple[str, str]]) -> None:
        """Note which articles are wire copies: (id, id of the article it is a copy of)."""
        with self._connection as connection:
            rows = "SELECT ?, ? WHERE EXISTS (SELECT 1 FROM document WHERE doc_id = ?)"
            connection.executemany(f"INSERT OR REPLACE INTO copy {rows}", ((one, other, one) for one, other in copies))

    def tell(self, story_of: Mapping[str, str]) -> None:
        """Note the story of every record, by event id; what was noted before goes."""
        with self._connection as connection:
            connection.execute("DELETE FROM story")
            rows = "SELECT ?, ? WHERE EXISTS (SELECT 1 FROM event WHERE event_id = ?)"
            told = ((one, story, one) for one, story in story_of.items())
            connection.executemany(f"INSERT INTO story {rows}", told)

    def untold(self) -> int:
        """Return how many records have no story yet."""
        asked = "SELECT count(*) FROM event LEFT JOIN story USING (event_id) WHERE story_id IS NULL"
        return int(self._connection.execute(asked).fetchone()[0])

    def elsewhere(self, doc_id: str) -> dict[str, list[Row]]:
        """Return, for each record of an article, the records that other articles have of the same event.

        Each row has `event_id`, `story_id`, and its article's `doc_id`, `title` and `published`.
        """
        rows = self._connection.execute(
            "SELECT mine.event_id AS here, theirs.event_id, theirs.story_id, doc_id, title, published"
            " FROM story AS mine JOIN story AS theirs ON theirs.story_id = mine.story_id"
            " JOIN event ON event.event_id = theirs.event_id JOIN document USING (doc_id)"
            " WHERE mine.event_id IN (SELECT event_id FROM event WHERE doc_id = ?) AND doc_id != ?"
            " ORDER BY published IS NULL, published, doc_id",
            (doc_id, doc_id),
        )
        found: dict[str, list[Row]] = {}
        for row in rows:
            found.setdefault(row["here"], []).append(dict(row))
        return found

    def holds(self, document: Document, run: Run) -> bool:
        """Return whether this very text has been read by this very model."""
        asked = "SELECT sha256, model, weights_sha256, version FROM document JOIN run USING (run) WHERE doc_id = ?"
        found = self._connection.execute(asked, (document.id,)).fetchone()
        return found is not None and tuple(found) == (
            sha256_of(document.text),
            run.model,
            run.weights_sha256,
            run.version,
        )

    def documents(self) -> Iterator[Row]:
        """Yield every article with what made its records."""
        asked = "SELECT document.*, model, weights_sha256, version FROM document JOIN run USING (run) ORDER BY doc_id"
        yield from map(dict, self._connection.execute(asked))

    def document(self, doc_id: str) -> Row | None:
        """Return one article, `None` when there is none of that id."""
        found = self._connection.execute("SELECT * FROM document WHERE doc_id = ?", (doc_id,)).fetchone()
        return dict(found) if found else None

    def events(
        self, asked: Filter | None = None, *, limit: int | None = None, skip: int = 0
    ) -> Iterator[dict[str, Any]]:
        """Yield the records that the filter lets through, by time, undated ones last; linked ones have their story."""
        clause, values = where(asked or Filter())
        order = "ORDER BY earliest IS NULL AND latest IS NULL, coalesce(earliest, latest), event"
        rows = self._connection.execute(
            "SELECT record, story_id FROM event LEFT JOIN story USING (event_id)"
            f" WHERE {clause} {order} LIMIT ? OFFSET ?",
            (*values, -1 if limit is None else limit, skip),
        )
        yield from map(_record, rows)

    def count(self, asked: Filter) -> int:
        """Return how many records the filter lets through."""
        clause, values = where(asked)
        return int(self._connection.execute(f"SELECT count(*) FROM event WHERE {clause}", values).fetchone()[0])

    def facets(self, asked: Filter) -> dict[str, list[tuple[str, int]]]:
        """Return how the records that the filter lets through divide: see `store.facets`."""
        return facets(self._connection, asked)

    def event(self, event_id: str) -> dict[str, Any] | None:
        """Return one record, `None` when there is none of that id."""
        asked = "SELECT record, story_id FROM event LEFT JOIN story USING (event_id) WHERE event_id = ?"
        found = self._connection.execute(asked, (event_id,)).fetchone()
        return _record(found) if found else None

    def log(self, doc_id: str) -> list[Entry]:
        """Return the log of an article's edits, the earliest first."""
        return list(corrections.log_of(self._connection, doc_id))

    def append(self, edit: Edit, opening: Row | None = None) -> int:
        """Add an edit to its article's log and return the version: see `store.corrections`."""
        return corrections.append(self._connection, edit, opening)

    def mark(self, doc_id: str, author: str, state: str, *, version: int, time: str) -> None:
        """Note how far somebody is with an article: "open", "later" or "accepted"."""
        corrections.mark(self._connection, doc_id, author, state, version, time)

    def accepted(self) -> dict[str, tuple[str, int]]:
        """Return who accepted which article, and at which version of it."""
        return corrections.accepted(self._connection)

    def corrected_ids(self) -> set[str]:
        """Return the articles that people have corrected or accepted."""
        return corrections.corrected_ids(self._connection)

    def waiting(self) -> list[Waiting]:
        """Return every article with what is known of its review."""
        return list(corrections.waiting(self._connection))

    def runs(self) -> list[Run]:
        """Return what made the records of this store."""
        rows = self._connection.execute("SELECT model, weights_sha256, version, started FROM run ORDER BY run")
        return [Run(*row) for row in rows]

    def sql(self, statement: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return column names and rows of a query of the user's own; raises `UsageError` for anything but reading."""
        connection = self._connection
        steps = 0

        def tick() -> int:
            nonlocal steps
            steps += 1
            return int(steps > MOST_STEPS)

        connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in _READS else sqlite3.SQLITE_DENY)
        connection.set_progress_handler(tick, 100_000)
        try:
            cursor = connection.execute(statement)
            columns = [one[0] for one in cursor.description or ()]
            return columns, [tuple(row) for row in cursor]
        except (sqlite3.Error, sqlite3.Warning) as error:
            hint = f"; the tables are {TABLES}" if "no such" in str(error) else ""
            raise UsageError(f"the query cannot be answered: {error}{hint}") from error
        finally:
            connection.set_authorizer(None)
            connection.set_progress_handler(None, 0)


def _record(row: sqlite3.Row) -> dict[str, Any]:
    told = {} if row["story_id"] is None else {"story_id": row["story_id"]}
    return {**json.loads(row["record"]), **told}


def _insert(connection: sqlite3.Connection, record: Row) -> None:
    date: Mapping[str, Any] = next(iter(record["date"]), {})
    row = (
        record["event_id"],
        record["doc_id"],
        record["type"],
        record["status"],
        record["confidence"],
        date.get("value"),
        date.get("earliest"),
        date.get("latest"),
        json.dumps(record, ensure_ascii=False).encode("utf-8", "replace").decode(),
    )
    columns = "event_id, doc_id, type, status, confidence, date, earliest, latest, record"
    cursor = connection.execute(f"INSERT INTO event ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    fillers = (
        _filler(cursor.lastrowid, slot, position, filler)
        for slot in FILLER_SLOTS
        for position, filler in enumerate(record[slot])
    )
    connection.executemany(f"INSERT INTO filler VALUES ({', '.join('?' * 22)})", fillers)


def _filler(event: int | None, slot: str, position: int, filler: Row) -> tuple[Any, ...]:
    days, count = _bounds(filler.get("days")), _bounds(filler.get("value"))
    words = (filler["name"], filler["text"])
    return (
        event,
        slot,
        position,
        *(one.encode("utf-8", "replace").decode() for one in words),
        filler["start"],
        filler["end"],
        filler["confidence"],
        *(filler.get(key) for key in ("kind", "country", "admin1", "lat", "lon", "geonameid", "precision", "iccs")),
        *days,
        filler.get("amount"),
        filler.get("currency"),
        *count,
    )


def _bounds(value: Any) -> tuple[int | None, int | None]:
    if isinstance(value, list):
        return value[0], value[1]
    return value, value


def open_store(path: Path | str, *, write: bool = False) -> Store:
    """Return the store in a file; with `write` it is made when absent and brought to this version's layout.

    Raises `StoreError` for a file that is damaged, no store, newer than this program, or (without `write`) absent.
    """
    path = Path(path)
    if not write and not path.is_file():
        raise StoreError(f"{path}: no such store; make one with: chargesheet run INPUT --store {path}")
    try:
        mode = "rwc" if write else "ro"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=30, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise StoreError(f"{path}: cannot be opened ({error})") from error
    connection.row_factory = sqlite3.Row
    try:
        _ready(connection, path, write=write)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise StoreError(
            f"{path}: damaged or no store ({error}); go back to a copy, or read the articles anew"
        ) from error
    except StoreError:
        connection.close()
        raise
    return Store(connection, path)


def _ready(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    fresh = application == 0 and not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not fresh and application != APPLICATION_ID:
        raise StoreError(f"{path}: an SQLite file, but no store of ours; nothing was changed")
    if version > VERSION:
        raise StoreError(f"{path}: a store of version {version}; this program knows {VERSION}: update chargesheet")
    (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if sound != "ok":
        raise StoreError(f"{path}: damaged ({sound}); go back to a copy, or read the articles anew")
    connection.execute("PRAGMA foreign_keys = ON")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for number, step in enumerate(MIGRATIONS[version:], start=version + 1):
            connection.executescript(f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;")
    elif fresh or version < VERSION:
        raise StoreError(
            f"{path}: a store of version {version}; run --store brings it to {VERSION}, serve --review too"
        )
