"""The store of record: articles with their event records in one SQLite file, to ask and to export."""

from extract.store.database import Store, open_store
from extract.store.filters import Area, Filter

__all__ = ["Area", "Filter", "Store", "open_store"]
