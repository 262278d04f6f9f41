"""Token vectors to mentions, triggers, entities, events and links: everything the heads say about one document."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from extract.annotate.cluster import clusters
from extract.annotate.features import pair_features
from extract.annotate.heads import Heads
from extract.annotate.reader import Prepared
from extract.annotate.spans import candidates, softmax
from extract.schema.annotation import MENTION_LABELS, SLOT_LABEL, Annotated, Link, Mention, Trigger
from extract.schema.ontology import SLOTS, STATUSES, TYPES, slots_of

SECTION = 6_000
"""Tokens read as one piece by the relation heads; a longer document is read in sections."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where the heads' probabilities become candidates; links are kept low here, assemble decides."""

    mention: float = 0.3
    trigger: float = 0.25
    type: float = 0.35
    same_entity: float = 0.5
    same_event: float = 0.5
    link: float = 0.1


@dataclass(frozen=True, slots=True)
class _Spans:
    """Token spans (n, 2) with what they are (n,) and how sure that is (n,)."""

    spans: Tensor
    kinds: Tensor
    scores: list[float]

    def __len__(self) -> int:
        return len(self.scores)


def _spans(rows: Sequence[tuple[int, int, int, float]]) -> _Spans:
    spans = torch.tensor([row[:2] for row in rows], dtype=torch.int64).view(-1, 2)
    return _Spans(spans, torch.tensor([row[2] for row in rows], dtype=torch.int64), [row[3] for row in rows])


def find_mentions(logits: Tensor, thresholds: Thresholds) -> _Spans:
    """Return mention candidates from tag logits (tokens, labels, O/B/I), label by label, in text order."""
    tags = softmax(logits.numpy())
    rows = [
        (start, end, label, score)
        for label in range(len(MENTION_LABELS))
        for start, end, score in candidates(tags[:, label], begin=thresholds.mention)
    ]
    return _spans(sorted(rows))


def find_triggers(heads: Heads, tokens: Tensor, logits: Tensor, thresholds: Thresholds) -> tuple[_Spans, Tensor]:
    """Return one row for each trigger and type that is likely enough, and the status logits of each row."""
    tags = softmax(logits.numpy())
    found = candidates(tags, begin=thresholds.trigger, longest=8)
    if not found:
        return _spans([]), torch.zeros(0, len(STATUSES))
    spans = torch.tensor([one[:2] for one in found], dtype=torch.int64)
    vectors = heads.trigger_vector(tokens, spans, torch.zeros(len(found), dtype=torch.int64))
    types = heads.types(vectors).sigmoid()
    rows = [
        (*found[number][:2], kind, found[number][2] * float(types[number, kind]), number)
        for number, kind in (types >= thresholds.type).nonzero().tolist()
    ]
    statuses = heads.statuses(vectors)
    return _spans([row[:4] for row in rows]), statuses[[row[4] for row in rows]]


def _offsets(left: Tensor, right: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor]:
    return right[None, :, 0] - left[:, None, 0], sentences[right[:, 0]][None] - sentences[left[:, 0]][:, None]


def _group(scores: Tensor, kinds: Tensor, threshold: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    same = (scores + scores.T).div(2).sigmoid()
    same = same * (kinds[:, None] == kinds[None])
    return clusters(same.numpy(), threshold=threshold)


def _memberships(groups: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Tensor:
    table = torch.zeros(len(groups), int(groups.max()) + 1)
    table[torch.arange(len(groups)), torch.from_numpy(groups)] = 1.0
    return table


def read_section(heads: Heads, prepared: Prepared, tokens: Tensor, first: int, thresholds: Thresholds) -> Annotated:
    """Return what the heads read in one section: token vectors (tokens, hidden), the first of them token `first`."""
    document = prepared.document
    starts, ends = prepared.tokens.starts[first:], prepared.tokens.ends[first:]
    sentences = torch.from_numpy(prepared.tokens.sentences[first : first + len(tokens)].astype(np.int64))
    mention_logits, trigger_logits = heads.tag(tokens)
    triggers, statuses = find_triggers(heads, tokens, trigger_logits, thresholds)
    if not len(triggers):
        return Annotated(document)
    mentions = find_mentions(mention_logits, thresholds)
    places = [(int(starts[a]), int(ends[b - 1])) for a, b in triggers.spans.tolist()]
    words = [document.text[a:b] for a, b in places]
    vectors = heads.event_vector(tokens, triggers.spans, triggers.kinds)
    features = torch.from_numpy(pair_features(words))
    scores = heads.same_event(vectors, vectors, *_offsets(triggers.spans, triggers.spans, sentences), features)
    event_of = _group(scores[..., 0], triggers.kinds, thresholds.same_event)
    of_event = _memberships(event_of)
    status_of = (of_event.T @ statuses).argmax(1).tolist()
    found_triggers = tuple(
        Trigger(words[n], *places[n], TYPES[int(triggers.kinds[n])], STATUSES[status_of[event]], triggers.scores[n], event)
        for n, event in enumerate(event_of.tolist())
    )
    if not len(mentions):
        return Annotated(document, triggers=found_triggers)
    found_mentions, links = _links(heads, prepared, tokens, first, sentences, mentions, triggers, vectors, of_event, thresholds)
    return Annotated(document, mentions=found_mentions, triggers=found_triggers, links=links)


def _links(
    heads: Heads,
    prepared: Prepared,
    tokens: Tensor,
    first: int,
    sentences: Tensor,
    mentions: _Spans,
    triggers: _Spans,
    trigger_vectors: Tensor,
    of_event: Tensor,
    thresholds: Thresholds,
) -> tuple[tuple[Mention, ...], tuple[Link, ...]]:
    starts, ends = prepared.tokens.starts[first:], prepared.tokens.ends[first:]
    places = [(int(starts[a]), int(ends[b - 1])) for a, b in mentions.spans.tolist()]
    words = [prepared.document.text[a:b] for a, b in places]
    vectors = heads.mention_vector(tokens, mentions.spans, mentions.kinds)
    features = torch.from_numpy(pair_features(words))
    scores = heads.same_entity(vectors, vectors, *_offsets(mentions.spans, mentions.spans, sentences), features)
    entity_of = _group(scores[..., 0], mentions.kinds, thresholds.same_entity)
    of_entity = _memberships(entity_of)
    pairs = heads.slots(trigger_vectors, vectors, *_offsets(triggers.spans, mentions.spans, sentences), None)
    linked = heads.slot_logits(pairs, of_event, of_entity).sigmoid()
    linked = linked * _allowed(triggers.kinds, of_event, mentions.kinds, of_entity)
    links = tuple(
        Link(event, entity, SLOTS[slot], float(linked[event, entity, slot]))
        for event, entity, slot in (linked >= thresholds.link).nonzero().tolist()
    )
    found = tuple(
        Mention(words[n], *places[n], MENTION_LABELS[int(mentions.kinds[n])], mentions.scores[n], entity)
        for n, entity in enumerate(entity_of.tolist())
    )
    return found, links


_TYPE_SLOTS = torch.tensor([[slot in slots_of(kind) for slot in SLOTS] for kind in TYPES]).float()
_LABEL_SLOTS = torch.tensor([[SLOT_LABEL[slot] == label for slot in SLOTS] for label in MENTION_LABELS]).float()


def _allowed(trigger_kinds: Tensor, of_event: Tensor, mention_kinds: Tensor, of_entity: Tensor) -> Tensor:
    """Return (events, entities, slots): 1 where RECORD.md's table has the slot and the mention's label can fill it."""
    events = (of_event.T @ _TYPE_SLOTS[trigger_kinds]).clamp(max=1)
    entities = (of_entity.T @ _LABEL_SLOTS[mention_kinds]).clamp(max=1)
    return events[:, None] * entities[None]


def decode(
    heads: Heads, prepared: Prepared, tokens: Tensor, thresholds: Thresholds, *, section: int = SECTION
) -> Annotated:
    """Return everything the heads say about a document from its token vectors (tokens, hidden)."""
    parts = [
        read_section(heads, prepared, tokens[first : first + section], first, thresholds)
        for first in range(0, len(tokens), section)
    ]
    return _joined(prepared, parts)


def _joined(prepared: Prepared, parts: Sequence[Annotated]) -> Annotated:
    """Return the sections as one: entity and event numbers go on from section to section."""
    mentions: list[Mention] = []
    triggers: list[Trigger] = []
    links: list[Link] = []
    events = entities = 0
    for part in parts:
        mentions += [_move(one, entities) for one in part.mentions]
        triggers += [
            Trigger(one.text, one.start, one.end, one.type, one.status, one.score, one.event + events)
            for one in part.triggers
        ]
        links += [Link(one.event + events, one.entity + entities, one.slot, one.score) for one in part.links]
        events += 1 + max((one.event for one in part.triggers), default=-1)
        entities += 1 + max((one.entity for one in part.mentions), default=-1)
    windows = len(prepared.windows.rows)
    return Annotated(prepared.document, tuple(mentions), tuple(triggers), tuple(links), windows=windows)


def _move(one: Mention, by: int) -> Mention:
    return Mention(one.text, one.start, one.end, one.label, one.score, one.entity + by, one.title)
