"""A small store of two articles."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extract.schema.document import Document
from extract.schema.ontology import FILLER_SLOTS
from extract.store import Store, open_store
from extract.store.database import Run

RUN = Run("small", "f" * 64, "0.1.0", "2021-12-16T00:00:00Z")


def filler(name: str, **value: Any) -> dict[str, Any]:
    """Return a filler as a record has it."""
    return {"text": name, "start": 0, "end": 1, "mentions": [], "name": name, "confidence": 0.9, **value}


def record(event_id: str, kind: str = "arrest", doc_id: str = "a", **slots: Any) -> dict[str, Any]:
    """Return a record with the given slots; `date` is an EDTF value with its bounds."""
    value = slots.pop("date", None)
    span = {"text": "x", "start": 0, "end": 1, "confidence": 0.9}
    date = [] if value is None else [{**span, **dict(zip(BOUNDS, value, strict=True))}]
    return {
        "schema": "1",
        "doc_id": doc_id,
        "event_id": event_id,
        "type": kind,
        "triggers": [{"text": "arrested", "start": 0, "end": 8}],
        "date": date,
        **{slot: slots.get(slot, []) for slot in FILLER_SLOTS},
        "status": "asserted",
        "confidence": 0.9,
        "nulls": {},
    }


BOUNDS = ("value", "earliest", "latest")
LAGOS = filler("Lagos", country="NGA", admin1="Lagos", lat=6.45, lon=3.39, precision="city")
NIGERIA = filler("Nigeria", country="NGA", lat=9.0, lon=8.0, precision="country")
FRAUD = filler("fraud", iccs="0701", iccs_label="Fraud")
RECORDS = [
    record("e1", target=[filler("Ana Ruiz")], location=[LAGOS], date=("2021-12-16", "2021-12-16", "2021-12-16")),
    record(
        "e2",
        "sentence",
        charge=[filler("fraud", iccs="0701", iccs_label="Fraud")],
        date=("2021-12", "2021-12-01", "2021-12-31"),
    ),
    record("e3", "killing", "b", location=[NIGERIA], target=[filler("=cmd()")], date=("2019/..", "2019-01-01", None)),
    record("e4", "protest", "b", actor=[filler("100%_sure")]),
]
ARTICLES = [
    Document("a", "Police arrested Ana Ruiz in Lagos.", "Arrest in Lagos", "2021-12-17"),
    Document("b", "A farmer was killed in Nigeria.", None, None),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a store's file."""
    with open_store(tmp_path / "events.db", write=True) as store:
        for article in ARTICLES:
            store.add(article, [one for one in RECORDS if one["doc_id"] == article.id], RUN)
    return tmp_path / "events.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    """Return the store, open to read."""
    with open_store(path) as opened:
        yield opened
