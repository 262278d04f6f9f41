"""How the records that a filter lets through divide: by type, status, country, year."""

import sqlite3
from collections.abc import Mapping
from typing import Final

from extract.store.filters import Filter, where

FACETS: Final[Mapping[str, str]] = {
    "type": "SELECT type AS facet, count(*) AS n FROM event WHERE {0} GROUP BY facet ORDER BY n DESC, facet",
    "status": "SELECT status AS facet, count(*) AS n FROM event WHERE {0} GROUP BY facet ORDER BY n DESC, facet",
    "country": (
        "SELECT country AS facet, count(DISTINCT event) AS n FROM filler WHERE slot = 'location'"
        " AND country IS NOT NULL AND event IN (SELECT event FROM event WHERE {0})"
        " GROUP BY facet ORDER BY n DESC, facet LIMIT 20"
    ),
    "charge": (
        "SELECT iccs AS facet, count(DISTINCT event) AS n FROM filler WHERE slot = 'charge' AND iccs IS NOT NULL"
        " AND event IN (SELECT event FROM event WHERE {0}) GROUP BY facet ORDER BY n DESC, facet LIMIT 20"
    ),
    "year": (
        "SELECT substr(earliest, 1, 4) AS facet, count(*) AS n FROM event WHERE {0} AND earliest IS NOT NULL"
        " AND substr(earliest, 1, 4) = substr(coalesce(latest, ''), 1, 4) GROUP BY facet ORDER BY facet"
    ),
}


def facets(connection: sqlite3.Connection, asked: Filter) -> dict[str, list[tuple[str, int]]]:
    """Return (name, records) for each facet; a year counts only records whose date lies in it whole."""
    clause, values = where(asked)
    return {
        name: [(str(row[0]), int(row[1])) for row in connection.execute(statement.format(clause), values)]
        for name, statement in FACETS.items()
    }
