"""WikiEvents (Li et al. 2021, arXiv:2104.05919) in our label form: a second teacher for triggers and their arguments.

Its train split knows no charges, dates, counts or sources, no coreference and no status, and joins every trigger to a
record of its own; what it does not know is listed in `UNKNOWN` so that training asks nothing of it there.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from extract.schema.document import Document
from extract.schema.label import LabelEvent, Labelled, LabelSpan, sha256_of
from extract.schema.ontology import slots_of

TYPES: Final[Mapping[str, str]] = {
    "Conflict.Attack": "attack",
    "Life.Injure": "attack",
    "Life.Die": "killing",
    "Conflict.Demonstrate": "protest",
    "GenericCrime.GenericCrime": "offence",
    "Justice.InvestigateCrime": "investigation",
    "Justice.ArrestJailDetain": "arrest",
    "Justice.ChargeIndict": "charge",
    "Justice.TrialHearing": "trial",
    "Justice.Convict": "conviction",
    "Justice.Acquit": "acquittal",
    "Justice.Sentence": "sentence",
    "Justice.ReleaseParole": "release",
}
SLOTS: Final[Mapping[str, str]] = {
    "Attacker": "actor",
    "Injurer": "actor",
    "Killer": "actor",
    "Demonstrator": "actor",
    "Perpetrator": "actor",
    "Investigator": "actor",
    "Jailer": "actor",
    "Prosecutor": "actor",
    "JudgeCourt": "actor",
    "Target": "target",
    "Victim": "target",
    "Detainee": "target",
    "Defendant": "target",
    "Place": "location",
    "Instrument": "instrument",
    "ExplosiveDevice": "instrument",
}
UNKNOWN: Final = frozenset({"date", "charge", "penalty", "count", "source"})
"""Slots that a WikiEvents label says nothing about, filled or not."""
_ARTICLES = ("the ", "a ", "an ", "The ", "A ", "An ")


def read_wikievents(path: Path) -> Iterator[tuple[Labelled, Document]]:
    """Yield the articles of a WikiEvents file (tokens with triggers and arguments), text joined by spaces."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield _article(json.loads(line))


def _article(raw: Mapping[str, Any]) -> tuple[Labelled, Document]:
    tokens: list[str] = raw["tokens"]
    text = " ".join(tokens)
    starts = [0]
    for token in tokens:
        starts.append(starts[-1] + len(token) + 1)
    events = [found for one in raw["event_mentions"] if (found := _event(one, text, starts)) is not None]
    document = Document(raw["doc_id"], text)
    return Labelled(raw["doc_id"], sha256_of(text), None, tuple(events)), document


def _event(raw: Mapping[str, Any], text: str, starts: list[int]) -> LabelEvent | None:
    kind = TYPES.get(".".join(raw["event_type"].split(".")[:2]))
    if kind is None or "start" not in raw["trigger"]:
        return None
    slots: dict[str, list[tuple[LabelSpan, ...]]] = {}
    for argument in raw["arguments"]:
        slot = SLOTS.get(argument["role"])
        if slot is not None and argument.get("start") is not None:
            slots.setdefault(slot, []).append((_span(argument, text, starts),))
    if "instrument" not in slots_of(kind):
        slots.pop("instrument", None)
    filled = {slot: tuple(dict.fromkeys(fillers)) for slot, fillers in slots.items()}
    return LabelEvent(kind, "asserted", (_span(raw["trigger"], text, starts),), (), filled)


def _span(raw: Mapping[str, Any], text: str, starts: list[int]) -> LabelSpan:
    start, end = starts[raw["start"]], starts[raw["end"]] - 1
    article = next((one for one in _ARTICLES if text.startswith(one, start) and start + len(one) < end), "")
    return LabelSpan(text[start + len(article) : end], start + len(article), end)
