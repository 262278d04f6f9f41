"""What people corrected, beside the model's records: an append-only log of edits, and who is done with which article.

Neither table hangs on `document`: reading an article anew with another model takes no correction away.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from extract.errors import StaleError, UsageError

STATES: Final = ("open", "later", "accepted")
"""An article that somebody works on, has put off, or is done with."""


@dataclass(frozen=True, slots=True)
class Edit:
    """An operation to be added to an article's log: made against version `base`, at a `time` in UTC.

    `key` names the edit once and for all: the same edit sent twice is kept once.
    """

    doc_id: str
    author: str
    time: str
    base: int
    key: str
    operation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """An operation as the log has it; `version` counts the article's entries from 1."""

    version: int
    author: str
    time: str
    key: str
    operation: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article in the queue: its least certain record, how many there are, and what people have done so far."""

    doc_id: str
    title: str | None
    least: float | None
    records: int
    version: int
    state: str | None
    author: str | None
    at: int | None


def log_of(connection: sqlite3.Connection, doc_id: str) -> Iterator[Entry]:
    """Yield the entries of an article's log, the earliest first."""
    asked = "SELECT version, author, time, key, operation FROM edit WHERE doc_id = ? ORDER BY version"
    for version, author, time, key, operation in connection.execute(asked, (doc_id,)):
        yield Entry(version, author, time, key, json.loads(operation))


def append(connection: sqlite3.Connection, edit: Edit, opening: Mapping[str, Any] | None = None) -> int:
    """Add an edit to its article's log, after `opening` where given; return the version that came of it.

    Raises `StaleError` when the log has gone on since version `base`. An edit that is there already (`key`) changes
    nothing and gives its version, so that it may be sent again when no answer came.
    """
    with connection:
        connection.execute("BEGIN IMMEDIATE")  # nobody writes between the version read and the version written
        known = connection.execute("SELECT version FROM edit WHERE doc_id = ? AND key = ?", (edit.doc_id, edit.key))
        if (found := known.fetchone()) is not None:
            return int(found[0])
        asked = "SELECT coalesce(max(version), 0) FROM edit WHERE doc_id = ?"
        (version,) = connection.execute(asked, (edit.doc_id,)).fetchone()
        if version != edit.base:
            raise StaleError(
                f"{edit.doc_id}: this edit was made on version {edit.base}, the article is at {version}",
                version=version,
            )
        for key, operation in ((f"{edit.key}:begin", opening), (edit.key, edit.operation)):
            if operation is None:
                continue
            version += 1
            written = json.dumps(operation, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace").decode()
            row = (edit.doc_id, version, edit.base, edit.author, edit.time, key, written)
            columns = "doc_id, version, base, author, time, key, operation"
            connection.execute(f"INSERT INTO edit ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        return int(version)


def mark(connection: sqlite3.Connection, doc_id: str, author: str, state: str, version: int, time: str) -> None:
    """Note how far somebody is with an article, at which version of it."""
    if state not in STATES:
        raise UsageError(f"no state {state!r}; there are: {', '.join(STATES)}")
    with connection:
        columns = "doc_id, author, state, version, time"
        row = (doc_id, author, state, version, time)
        connection.execute(f"INSERT OR REPLACE INTO review ({columns}) VALUES (?, ?, ?, ?, ?)", row)


def accepted(connection: sqlite3.Connection) -> dict[str, tuple[str, int]]:
    """Return who accepted which article last, and at which version of it; no clock decides what is last."""
    asked = "SELECT doc_id, author, version FROM review WHERE state = 'accepted' ORDER BY version, time, author"
    return {doc_id: (author, version) for doc_id, author, version in connection.execute(asked)}


def corrected_ids(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of the articles that have a log or were accepted as they are."""
    asked = "SELECT doc_id FROM edit UNION SELECT doc_id FROM review WHERE state = 'accepted'"
    return {row[0] for row in connection.execute(asked)}


def waiting(connection: sqlite3.Connection) -> Iterator[Waiting]:
    """Yield every article with what is known of its review: the word of anybody on its latest version.

    `at` is the version that they saw, `None` where the log is not of the text that the store holds now.
    """
    asked = """
        SELECT doc_id, title, least, coalesce(records, 0), coalesce(version, 0), state, author,
            CASE WHEN begun = sha256 THEN at END
        FROM document
        LEFT JOIN (SELECT doc_id, min(confidence) AS least, count(*) AS records FROM event GROUP BY doc_id)
            USING (doc_id)
        LEFT JOIN (SELECT doc_id, max(version) AS version FROM edit GROUP BY doc_id) USING (doc_id)
        LEFT JOIN (
            SELECT doc_id, json_extract(operation, '$.sha256') AS begun, max(version) AS begun_at FROM edit
            WHERE json_extract(operation, '$.op') = 'begin' GROUP BY doc_id
        ) USING (doc_id)
        LEFT JOIN (
            SELECT doc_id, state, author, version AS at,
                row_number() OVER (PARTITION BY doc_id ORDER BY version DESC, time DESC, author DESC) AS place
            FROM review
        ) USING (doc_id)
        WHERE coalesce(place, 1) = 1
        ORDER BY number
    """
    yield from (Waiting(*row) for row in connection.execute(asked))
