"""The tables of a store, and the steps from each version to the next (`PRAGMA user_version`).

`event.record` holds the record as JSON, whole; the other columns and tables are what can be asked for quickly.
"""

from typing import Final

APPLICATION_ID: Final = 0x63736874
"""`csht`: tells a store from any other SQLite file."""

MIGRATIONS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE run (
        run INTEGER PRIMARY KEY, model TEXT NOT NULL, weights_sha256 TEXT NOT NULL, version TEXT NOT NULL,
        started TEXT NOT NULL, UNIQUE (model, weights_sha256, version)
    );
    CREATE TABLE document (
        number INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, title TEXT, published TEXT, url TEXT, publisher TEXT, lang TEXT, text TEXT NOT NULL,
        sha256 TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run
    );
    CREATE TABLE event (
        event INTEGER PRIMARY KEY, event_id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL REFERENCES document (doc_id) ON DELETE CASCADE,
        type TEXT NOT NULL, status TEXT NOT NULL, confidence REAL NOT NULL, date TEXT, earliest TEXT, latest TEXT,
        record TEXT NOT NULL
    );
    CREATE INDEX event_doc ON event (doc_id);
    CREATE INDEX event_type ON event (type, earliest);
    CREATE INDEX event_time ON event (earliest, latest);
    CREATE TABLE filler (
        event INTEGER NOT NULL REFERENCES event ON DELETE CASCADE, slot TEXT NOT NULL, position INTEGER NOT NULL,
        name TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL, confidence REAL NOT NULL,
        kind TEXT, country TEXT, admin1 TEXT, lat REAL, lon REAL, geonameid INTEGER, precision TEXT, iccs TEXT,
        days_low INTEGER, days_high INTEGER, amount REAL, currency TEXT, count_low INTEGER, count_high INTEGER,
        PRIMARY KEY (event, slot, position)
    ) WITHOUT ROWID;
    CREATE INDEX filler_name ON filler (slot, name COLLATE NOCASE);
    CREATE INDEX filler_country ON filler (slot, country);
    CREATE VIRTUAL TABLE article_text USING fts5 (title, text, content='document', content_rowid='number');
    CREATE TRIGGER document_added AFTER INSERT ON document BEGIN
        INSERT INTO article_text (rowid, title, text) VALUES (new.number, new.title, new.text);
    END;
    CREATE TRIGGER document_gone AFTER DELETE ON document BEGIN
        INSERT INTO article_text (article_text, rowid, title, text) VALUES ('delete', old.number, old.title, old.text);
    END;
    """,  # noqa: E501  a table a line
    """
    CREATE TABLE copy (
        doc_id TEXT PRIMARY KEY REFERENCES document (doc_id) ON DELETE CASCADE, dup_of TEXT NOT NULL
    );
    """,
    """
    CREATE TABLE story (
        event_id TEXT PRIMARY KEY REFERENCES event (event_id) ON DELETE CASCADE, story_id TEXT NOT NULL
    );
    CREATE INDEX story_story ON story (story_id);
    """,
    """
    CREATE TABLE edit (
        edit INTEGER PRIMARY KEY, doc_id TEXT NOT NULL, version INTEGER NOT NULL, base INTEGER NOT NULL, author TEXT NOT NULL,
        time TEXT NOT NULL, key TEXT NOT NULL, operation TEXT NOT NULL, UNIQUE (doc_id, version), UNIQUE (doc_id, key)
    );
    CREATE TRIGGER edit_stays BEFORE UPDATE ON edit BEGIN SELECT RAISE(ABORT, 'an edit is never changed'); END;
    CREATE TABLE review (
        doc_id TEXT NOT NULL, author TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL, time TEXT NOT NULL,
        PRIMARY KEY (doc_id, author)
    ) WITHOUT ROWID;
    """,  # noqa: E501  a table a line
)
VERSION: Final = len(MIGRATIONS)
