"""What the encoder's heads read in an article, and the values that resolve adds: the stages' common ground.

annotate writes mentions, triggers, links; resolve writes `values`; assemble reads all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from extract.schema.document import Document

MENTION_LABELS: Final[tuple[str, ...]] = ("agent", "place", "date", "charge", "penalty", "instrument", "count")
"""What a mention can be: an agent fills actor, target or source, a place location, the others their own slot."""

SLOT_LABEL: Final[Mapping[str, str]] = {
    "date": "date",
    "actor": "agent",
    "target": "agent",
    "source": "agent",
    "charge": "charge",
    "location": "place",
    "penalty": "penalty",
    "instrument": "instrument",
    "count": "count",
}


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that may fill a slot. Offsets are code points into the text, or into the title with `title`.

    `entity` numbers the thing meant: mentions of one document with the same number corefer.
    """

    text: str
    start: int
    end: int
    label: str
    score: float
    entity: int
    title: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event. Triggers of one document with the same `event` number name one event."""

    text: str
    start: int
    end: int
    type: str
    status: str
    score: float
    event: int
    title: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """The probability that an entity fills a slot of an event; both by their number in the document."""

    event: int
    entity: int
    slot: str
    score: float


@dataclass(frozen=True, slots=True)
class DateValue:
    """When: `value` is EDTF, the bounds are inclusive days (`None`: open end); `basis`: "stated" or "relative"."""

    value: str
    earliest: str | None
    latest: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class PlaceValue:
    """Where: alpha-3 country, admin1 name, WGS84 degrees, GeoNames id, precision point|city|region|country."""

    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: str


@dataclass(frozen=True, slots=True)
class ActorValue:
    """Who: kind person|group|organisation|state, alpha-3 country where known."""

    kind: str
    country: str | None


@dataclass(frozen=True, slots=True)
class ChargeValue:
    """What offence: UNODC ICCS code to two levels ("01", "0101") and its label."""

    iccs: str
    label: str


@dataclass(frozen=True, slots=True)
class PenaltyValue:
    """What penalty: kind; imprisonment in days (a range as low, high); fines as amount and ISO 4217 currency."""

    kind: str
    days: int | tuple[int, int] | None = None
    amount: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class CountValue:
    """How many: an integer, or [low, high]; `of` targets|actors|events."""

    value: int | tuple[int, int | None]
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A mention that resolve looked at and could not turn into a value, and why."""

    reason: str


Value = DateValue | PlaceValue | ActorValue | ChargeValue | PenaltyValue | CountValue | Unresolved


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with all that was read in it. `values` maps an index into `mentions` to its value.

    `windows` counts encoder windows, `unread` the code points no window reached (0 unless a cap spoke).
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    links: tuple[Link, ...] = ()
    values: Mapping[int, Value] = field(default_factory=dict)
    windows: int = 0
    unread: int = 0
