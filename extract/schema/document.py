"""One article as received."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Document:
    """An article: `text` is never changed after ingest; every offset counts its code points.

    `published` is an ISO date or date-time; `flags` names what ingest had to do ("text_repaired"); `meta` holds
    the input's other keys.
    """

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    lang: str | None = None
    flags: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)

    @property
    def published_on(self) -> dt.date | None:
        """The day of publication, or `None` when unknown or not an ISO date."""
        try:
            return dt.date.fromisoformat((self.published or "")[:10])
        except ValueError:
            return None
