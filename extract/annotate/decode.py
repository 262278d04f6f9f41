"""Token vectors to mentions, triggers, entities, events and links: everything the heads say about one document."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from extract.annotate.cluster import clusters
from extract.annotate.features import pair_features
from extract.annotate.heads import Heads, allowed_slots, no_arguments
from extract.annotate.reader import Prepared
from extract.annotate.spans import candidates, softmax, whole_words
from extract.annotate.tokens import Ints
from extract.schema.annotation import MENTION_LABELS, Annotated, Link, Mention, Trigger
from extract.schema.ontology import SLOTS, STATUSES, TYPES

Groups = NDArray[np.int64]

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


def find_mentions(logits: Tensor, words: Ints, thresholds: Thresholds) -> _Spans:
    """Return mention candidates from tag logits (tokens, labels, O/B/I), label by label, in text order."""
    tags = softmax(logits.numpy())
    rows = {
        (*whole_words(start, end, words), label): score
        for label in range(len(MENTION_LABELS))
        for start, end, score in candidates(tags[:, label], begin=thresholds.mention)
    }
    return _spans(sorted((*key, score) for key, score in rows.items()))


def find_triggers(
    heads: Heads, tokens: Tensor, logits: Tensor, words: Ints, thresholds: Thresholds
) -> tuple[_Spans, Tensor]:
    """Return one row for each trigger and type that is likely enough, and the status logits of each row."""
    tags = softmax(logits.numpy())
    spans = {
        whole_words(start, end, words): score
        for start, end, score in candidates(tags, begin=thresholds.trigger, longest=8)
    }
    found = [(*span, score) for span, score in sorted(spans.items())]
    if not found:
        return _spans([]), torch.zeros(0, len(STATUSES))
    vectors = heads.trigger_vector(tokens, torch.tensor([one[:2] for one in found]), torch.zeros(len(found)).long())
    types = heads.types(vectors).sigmoid()
    rows = [
        (*found[number][:2], kind, found[number][2] * float(types[number, kind]), number)
        for number, kind in (types >= thresholds.type).nonzero().tolist()
    ]
    statuses = heads.statuses(vectors)
    return _spans([row[:4] for row in rows]), statuses[[row[4] for row in rows]]


def offsets(left: Tensor, right: Tensor, sentences: Tensor) -> tuple[Tensor, Tensor]:
    """Return signed token and sentence offsets (lefts, rights) from each left span to each right one."""
    return right[None, :, 0] - left[:, None, 0], sentences[right[:, 0]][None] - sentences[left[:, 0]][:, None]


def _group(scores: Tensor, kinds: Tensor, threshold: float) -> Groups:
    same = (scores + scores.T).div(2).sigmoid()
    same = same * (kinds[:, None] == kinds[None])
    return clusters(same.numpy(), threshold=threshold)


def _memberships(groups: Groups) -> Tensor:
    table = torch.zeros(len(groups), int(groups.max()) + 1)
    table[torch.arange(len(groups)), torch.from_numpy(groups)] = 1.0
    return table


def _first_of(groups: Groups, kinds: Tensor) -> Tensor:
    """Return the kind of each group: its members share it."""
    return kinds[[int(np.flatnonzero(groups == group)[0]) for group in range(int(groups.max()) + 1)]]


def read_section(heads: Heads, prepared: Prepared, tokens: Tensor, first: int, thresholds: Thresholds) -> Annotated:
    """Return what the heads read in one section: token vectors (tokens, hidden), the first of them token `first`."""
    home = slice(first, first + len(tokens))
    starts, ends, words = (part[home] for part in (prepared.tokens.starts, prepared.tokens.ends, prepared.tokens.words))
    sentences = torch.from_numpy(prepared.tokens.sentences[home].astype(np.int64))
    mention_logits, trigger_logits = heads.tag(tokens)
    triggers, statuses = find_triggers(heads, tokens, trigger_logits, words, thresholds)
    if not len(triggers):
        return Annotated(prepared.document)
    mentions = find_mentions(mention_logits, words, thresholds)
    text = prepared.document.text
    at_triggers, at_mentions = (
        [(int(starts[a]), int(ends[b - 1])) for a, b in one.spans.tolist()] for one in (triggers, mentions)
    )
    said = _Said([text[a:b] for a, b in at_triggers], [text[a:b] for a, b in at_mentions], sentences)
    event_of, entity_of, linked = relate(heads, tokens, triggers, mentions, said, thresholds)
    status_of = (_memberships(event_of).T @ statuses).argmax(1).tolist()
    return Annotated(
        prepared.document,
        tuple(
            Mention(
                said.mentions[n], *at_mentions[n], MENTION_LABELS[int(mentions.kinds[n])], mentions.scores[n], entity
            )
            for n, entity in enumerate(entity_of.tolist())
        ),
        tuple(
            Trigger(said.triggers[n], *at_triggers[n], TYPES[int(triggers.kinds[n])], STATUSES[status_of[e]], score, e)
            for n, (e, score) in enumerate(zip(event_of.tolist(), triggers.scores, strict=True))
        ),
        tuple(
            Link(event, entity, SLOTS[slot], float(linked[event, entity, slot]))
            for event, entity, slot in (linked >= thresholds.link).nonzero().tolist()
        ),
    )


@dataclass(frozen=True, slots=True)
class _Said:
    """The words of triggers and mentions, and the sentence number of each token."""

    triggers: list[str]
    mentions: list[str]
    sentences: Tensor


def relate(
    heads: Heads, tokens: Tensor, triggers: _Spans, mentions: _Spans, said: _Said, thresholds: Thresholds
) -> tuple[Groups, Groups, Tensor]:
    """Return each trigger's event, each mention's entity, and link probabilities (events, entities, slots)."""
    apart = heads.event_vector(tokens, triggers.spans, triggers.kinds)
    between = offsets(triggers.spans, triggers.spans, said.sentences)
    words = torch.from_numpy(pair_features(said.triggers))
    if not len(mentions):
        features = torch.cat([words, no_arguments(len(triggers))], dim=-1)
        scores = heads.same_event(apart, apart, *between, features)[..., 0]
        events = _group(scores, triggers.kinds, thresholds.same_event)
        return events, np.zeros(0, np.int64), torch.zeros(int(events.max()) + 1, 0, len(SLOTS))
    named = heads.mention_vector(tokens, mentions.spans, mentions.kinds)
    alike = torch.from_numpy(pair_features(said.mentions))
    near = offsets(mentions.spans, mentions.spans, said.sentences)
    entities = _group(heads.same_entity(named, named, *near, alike)[..., 0], mentions.kinds, thresholds.same_entity)
    of_entity, labels = _memberships(entities), _first_of(entities, mentions.kinds)

    acting, filling = heads.mix(apart, named)
    pairs = heads.slots(acting, filling, *offsets(triggers.spans, mentions.spans, said.sentences), None)
    shared = heads.arguments_alike(pairs, of_entity, allowed_slots(triggers.kinds, labels))
    scores = heads.same_event(apart, apart, *between, torch.cat([words, shared], dim=-1))[..., 0]
    events = _group(scores, triggers.kinds, thresholds.same_event)
    linked = heads.slot_logits(pairs, _memberships(events), of_entity).sigmoid()
    return events, entities, linked * allowed_slots(_first_of(events, triggers.kinds), labels)


def decode(
    heads: Heads, prepared: Prepared, tokens: Tensor, thresholds: Thresholds, *, section: int = SECTION
) -> Annotated:
    """Return everything the heads say about a document from its token vectors (tokens, hidden)."""
    cut = ((first, tokens[first : first + section]) for first in range(0, len(tokens), section))
    return decode_sections(heads, prepared, cut, thresholds)


def decode_sections(
    heads: Heads, prepared: Prepared, sections: Iterable[tuple[int, Tensor]], thresholds: Thresholds
) -> Annotated:
    """Return the same from the document's sections, taken one at a time: (first token, vectors), in order."""
    parts = [read_section(heads, prepared, tokens, first, thresholds) for first, tokens in sections]
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
