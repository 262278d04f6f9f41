"""An article with an emoji before its words, and what a model might have read in it."""

from typing import Any

from extract.review.edits import History, begin, step
from extract.schema.document import Document
from extract.schema.label import sha256_of
from extract.schema.ontology import FILLER_SLOTS

TEXT = (
    "🚨🚨 Police arrested Ana Ruiz in Lagos on Wednesday. She was charged with fraud.\n\n"
    "A court jailed her brother, Bo Ruiz, for two years in May 2020 😀, officers said."
)
DOCUMENT = Document("news/1", TEXT, "Arrest in Lagos", "2021-12-16")


def at(words: str, nth: int = 1) -> dict[str, int]:
    """Return where the words stand, in code points."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


def span(words: str, nth: int = 1) -> dict[str, Any]:
    """Return the words as a record has them."""
    return {"text": words, **at(words, nth)}


def filler(*words: str, **value: Any) -> dict[str, Any]:
    """Return a filler whose best mention is the first of the words."""
    spans = [span(one) for one in words]
    return {**spans[0], "mentions": spans, "name": words[0], "confidence": 0.8, **value}


def record(event_id: str, kind: str, trigger: str, confidence: float, **slots: Any) -> dict[str, Any]:
    """Return a record of the article."""
    return {
        "schema": "1",
        "doc_id": DOCUMENT.id,
        "event_id": event_id,
        "type": kind,
        "triggers": [span(trigger)],
        "date": slots.pop("date", []),
        **{slot: slots.get(slot, []) for slot in FILLER_SLOTS},
        "status": "asserted",
        "confidence": confidence,
        "nulls": {},
    }


WEDNESDAY = {"value": "2021-12-15", "earliest": "2021-12-15", "latest": "2021-12-15", "basis": "relative"}
RECORDS = [
    record(
        "m1",
        "arrest",
        "arrested",
        0.9,
        date=[{**span("Wednesday"), **WEDNESDAY, "confidence": 0.7}],
        actor=[filler("Police", kind="organisation")],
        target=[filler("Ana Ruiz", "She", kind="person")],
        location=[filler("Lagos", country="NGA", precision="city")],
    ),
    record("m2", "charge", "charged", 0.4, target=[filler("Ana Ruiz", kind="person")], charge=[filler("fraud")]),
]


def started(*operations: dict[str, Any], blind: bool = False) -> History:
    """Return the history of the model's records and then these operations."""
    history = History()
    opened = begin(RECORDS, sha256_of(TEXT), blind=blind)
    for version, one in enumerate((opened, *operations), start=1):
        history = step(history, one, TEXT, version)
    return history
