"""A record's slots as short words, the same in the terminal and on the page."""

from extract.schema.annotation import ActorValue, ChargeValue, CountValue, PenaltyValue, PlaceValue
from extract.schema.event import Event, EventDate, Filler

HEADINGS = (
    ("date", "when"),
    ("actor", "who"),
    ("target", "whom"),
    ("charge", "charge"),
    ("location", "where"),
    ("penalty", "penalty"),
    ("instrument", "with"),
    ("count", "how many"),
    ("source", "says"),
)
"""Slot and heading, in reading order."""


def date_words(date: EventDate) -> str:
    """Return `2021-12-15 (“Wednesday”)`, or the words alone when nothing anchors them."""
    return f"{date.value} (“{date.text}”)" if date.value else f"“{date.text}”"


def filler_words(filler: Filler) -> str:
    """Return the filler's name with what it resolved to in brackets."""
    noted = _noted(filler)
    return f"{filler.name} ({noted})" if noted else filler.name


def _noted(filler: Filler) -> str:
    value = filler.value
    match value:
        case PlaceValue():
            return ", ".join(part for part in (value.admin1, value.country) if part)
        case ActorValue():
            return value.country or ""
        case ChargeValue():
            return f"ICCS {value.iccs}"
        case PenaltyValue(days=days) if days is not None:
            return f"{days[0]}–{days[1]} days" if isinstance(days, tuple) else f"{days} days"
        case PenaltyValue(amount=amount) if amount is not None:
            return f"{amount:,.0f} {value.currency or ''}".strip()
        case CountValue(value=(low, high)):
            return f"{low}–{high if high is not None else ''}"
        case CountValue():
            return "" if str(value.value) == filler.name else str(value.value)
        case _:
            return ""


def slot_words(event: Event, slot: str) -> list[str]:
    """Return the words of a slot, one entry a filler."""
    if slot == "date":
        return [date_words(one) for one in event.date]
    return [filler_words(one) for one in event.slots.get(slot, ())]
