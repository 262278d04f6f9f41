"""The 17 event types, their statuses and slots, and which slots each type has (RECORD.md's table)."""

from typing import Final

TYPES: Final[tuple[str, ...]] = (
    "investigation",
    "arrest",
    "charge",
    "trial",
    "conviction",
    "acquittal",
    "sentence",
    "appeal",
    "execution",
    "release",
    "extradition",
    "killing",
    "attack",
    "abduction",
    "offence",
    "protest",
    "accusation",
)
STATUSES: Final[tuple[str, ...]] = ("asserted", "alleged", "denied", "planned")

FILLER_SLOTS: Final[tuple[str, ...]] = (
    "actor",
    "target",
    "charge",
    "location",
    "penalty",
    "instrument",
    "count",
    "source",
)
"""Slots that hold fillers; `date` is the ninth and holds a resolved date."""

SLOTS: Final[tuple[str, ...]] = ("date", *FILLER_SLOTS)
CARD_SLOTS: Final[tuple[str, ...]] = ("date", "actor", "charge", "location")

_NO_CHARGE: Final = frozenset({"killing", "attack", "abduction", "protest"})
_PENALTY: Final = frozenset({"sentence", "charge", "trial"})
_INSTRUMENT: Final = frozenset({"killing", "attack", "execution", "abduction", "protest"})


def slots_of(event_type: str) -> frozenset[str]:
    """Return the slots that a record of this type may fill.

    >>> "charge" in slots_of("killing")
    False
    """
    closed = {
        "charge": event_type in _NO_CHARGE,
        "penalty": event_type not in _PENALTY,
        "instrument": event_type not in _INSTRUMENT,
    }
    return frozenset(slot for slot in SLOTS if not closed.get(slot, False))
