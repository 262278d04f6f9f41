"""MUC-3/4 templates (Sundheim 1991), in the JSON form of Du et al. 2021 (arXiv:2008.09249), in our label form.

A template names a kind of incident and its fillers, no words for the incident itself: these events have no trigger, and
serve to score, not to learn from. `Weapon` is the instrument, `Target` and `Victim` are targets, perpetrators actors.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from extract.schema.document import Document
from extract.schema.label import LabelEvent, Labelled, LabelSpan, sha256_of
from extract.schema.ontology import slots_of

TYPES: Final[Mapping[str, str]] = {
    "attack": "attack",
    "bombing": "attack",
    "arson": "attack",
    "kidnapping": "abduction",
    "robbery": "offence",
    "forced work stoppage": "offence",
}
SLOTS: Final[Mapping[str, str]] = {
    "PerpInd": "actor",
    "PerpOrg": "actor",
    "Target": "target",
    "Victim": "target",
    "Weapon": "instrument",
}


def read_muc(path: Path) -> Iterator[tuple[Labelled, Document]]:
    """Yield the texts of a file of templates, one JSON object a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            raw = json.loads(line)
            text: str = raw["doctext"]
            events = tuple(_event(one, text) for one in raw["templates"])
            yield Labelled(raw["docid"], sha256_of(text), None, events, None, text), Document(raw["docid"], text)


def _event(template: Mapping[str, Any], text: str) -> LabelEvent:
    kind = TYPES[template["incident_type"].partition(" /")[0]]
    slots: dict[str, list[tuple[LabelSpan, ...]]] = {}
    for role, slot in SLOTS.items():
        if slot in slots_of(kind):
            found = [_filler(mentions, text) for mentions in template[role]]
            slots.setdefault(slot, []).extend(one for one in found if one)
    return LabelEvent(kind, "asserted", (), (), {slot: tuple(fillers) for slot, fillers in slots.items()})


def _filler(mentions: Sequence[tuple[str, int]], text: str) -> tuple[LabelSpan, ...]:
    """Return the mentions as spans: at the offset given, or where the words stand first."""
    spans: dict[tuple[int, int], LabelSpan] = {}
    for words, at in mentions:
        start = at if text.startswith(words, at) else text.find(words)
        if start >= 0:
            spans[start, start + len(words)] = LabelSpan(words, start, start + len(words))
    return tuple(spans.values())
