"""Labelled articles as token-level targets: what the heads should have said."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extract.annotate.reader import Prepared, prepare
from extract.annotate.tokens import Tokens, WordPieces
from extract.schema.annotation import MENTION_LABELS, SLOT_LABEL
from extract.schema.document import Document
from extract.schema.label import Labelled, LabelSpan
from extract.schema.ontology import FILLER_SLOTS, SLOTS, STATUSES, TYPES

TokenSpan = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Example:
    """One article's targets, in tokens.

    mention_tags (tokens, labels) and trigger_tags (tokens,) hold O/B/I as 0/1/2; `mentions` maps (label, span) to an
    entity number, `entity_labels` says what each entity is; `events` lists (type, status, trigger spans); `links`
    holds (event, entity, slot) triples. A label of foreign make may know nothing of some slots (`unknown`) or of
    coreference and status (`coreferent` false): no loss is taken there.
    """

    prepared: Prepared
    mention_tags: NDArray[np.int64]
    trigger_tags: NDArray[np.int64]
    mentions: dict[tuple[int, TokenSpan], int]
    entities: int
    events: tuple[tuple[int, int, tuple[TokenSpan, ...]], ...]
    links: frozenset[tuple[int, int, int]]
    unknown: frozenset[str] = frozenset()
    coreferent: bool = True


def token_span(tokens: Tokens, span: LabelSpan) -> TokenSpan | None:
    """Return the tokens that a span of characters touches, end exclusive; `None` for a span in the title."""
    if span.title:
        return None
    first = int(np.searchsorted(tokens.ends, span.start, side="right"))
    last = int(np.searchsorted(tokens.starts, span.end, side="left"))
    return (first, last) if last > first else None


def _spans(tokens: Tokens, spans: Iterable[LabelSpan]) -> list[TokenSpan]:
    return [found for one in spans if (found := token_span(tokens, one)) is not None]


class _Entities:
    """Fillers that share a mention are one entity, whatever event and slot they stand in (union-find)."""

    def __init__(self) -> None:
        self.parent: list[int] = []
        self.of: dict[tuple[int, TokenSpan], int] = {}

    def root(self, number: int) -> int:
        while self.parent[number] != number:
            number = self.parent[number]
        return number

    def add(self, label: int, spans: Sequence[TokenSpan]) -> int:
        known = [self.root(self.of[label, one]) for one in spans[:1] if (label, one) in self.of]
        number = known[0] if known else len(self.parent)
        if not known:
            self.parent.append(number)
        for one in spans:
            self.of.setdefault((label, one), number)
        return number


def example(
    labelled: Labelled,
    document: Document,
    pieces: WordPieces,
    *,
    unknown: frozenset[str] = frozenset(),
    coreferent: bool = True,
) -> Example:
    """Return the targets of one labelled article."""
    prepared = prepare(document, pieces)
    tokens = prepared.tokens
    entities = _Entities()
    events: list[tuple[int, int, tuple[TokenSpan, ...]]] = []
    links: set[tuple[int, int, int]] = set()
    for event in labelled.events:
        triggers = _spans(tokens, event.triggers)
        if not triggers:
            continue
        number = len(events)
        events.append((TYPES.index(event.type), STATUSES.index(event.status), tuple(dict.fromkeys(triggers))))
        fillers = [(slot, filler) for slot in FILLER_SLOTS for filler in event.slots.get(slot, ())]
        fillers += [("date", (one.span,)) for one in event.date]
        for slot, filler in fillers:
            spans = _spans(tokens, filler)
            if spans:
                entity = entities.add(MENTION_LABELS.index(SLOT_LABEL[slot]), spans)
                links.add((number, entity, SLOTS.index(slot)))
    mention_tags = np.zeros((len(tokens), len(MENTION_LABELS)), np.int64)
    for label in range(len(MENTION_LABELS)):
        _paint(mention_tags[:, label], [span for kind, span in entities.of if kind == label])
    trigger_tags = np.zeros(len(tokens), np.int64)
    _paint(trigger_tags, [span for _, _, spans in events for span in spans])
    return Example(
        prepared,
        mention_tags,
        trigger_tags,
        dict(entities.of),
        len(entities.parent),
        tuple(events),
        frozenset(links),
        unknown,
        coreferent,
    )


def _paint(tags: NDArray[np.int64], spans: Iterable[TokenSpan]) -> None:
    """Write B and I of the spans into the tags; of overlapping spans the longest wins."""
    for start, end in sorted(set(spans), key=lambda span: span[0] - span[1]):
        if not tags[start:end].any():
            tags[start:end] = 2
            tags[start] = 1
