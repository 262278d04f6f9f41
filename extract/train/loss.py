"""The multi-task loss of one article: tags, types, status, same-as pairs and slots.

The heads learn on gold spans and on their own present mistakes: false mentions and false triggers join as negatives,
and a span that overlaps a gold one enough counts as that one, so that a boundary slip is not taught as "fills nothing".
"""

from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812  torch's own idiom
from torch import Tensor

from extract.annotate.decode import offsets
from extract.annotate.features import pair_features
from extract.annotate.heads import Heads, allowed_slots, no_arguments
from extract.annotate.spans import candidates, softmax
from extract.schema.annotation import MENTION_LABELS, SLOT_LABEL
from extract.schema.ontology import SLOTS, TYPES
from extract.train.examples import Example, TokenSpan

BEGIN = 0.3
MOST_FALSE = 20
"""False mentions of one label that join an article's negatives, the surest first: bounds the pairs scored."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each task counts in the sum."""

    mention_tags: float = 1.0
    trigger_tags: float = 1.0
    types: float = 1.0
    status: float = 0.2
    same_entity: float = 0.5
    same_event: float = 0.5
    slots: float = 1.0


def _overlap(one: TokenSpan, two: TokenSpan) -> float:
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return 2 * shared / (one[1] - one[0] + two[1] - two[0])


def _nearest(span: TokenSpan, known: list[TokenSpan]) -> TokenSpan | None:
    best = max(known, key=lambda other: _overlap(span, other), default=None)
    return best if best is not None and _overlap(span, best) >= 0.5 else None


def _words(example: Example, spans: list[TokenSpan]) -> list[str]:
    tokens, text = example.prepared.tokens, example.prepared.document.text
    return [text[int(tokens.starts[a]) : int(tokens.ends[b - 1])] for a, b in spans]


def _positive_mean(losses: Tensor, positives: Tensor) -> Tensor:
    """Return the sum over the number of positives plus one: the scale is the same however many negatives there are."""
    return losses.sum() / (positives.sum() + 1.0)


def article_loss(heads: Heads, tokens: Tensor, example: Example, weights: Weights) -> dict[str, Tensor]:
    """Return the weighted losses by task for one article's token vectors (tokens, hidden)."""
    mention_logits, trigger_logits = heads.tag(tokens)
    gold_mentions = torch.from_numpy(example.mention_tags)
    gold_triggers = torch.from_numpy(example.trigger_tags)
    known = [number for number, label in enumerate(MENTION_LABELS) if _known_label(label, example)]
    gold_mentions = gold_mentions[:, known]
    tags = F.cross_entropy(mention_logits[:, known].flatten(0, 1), gold_mentions.flatten(), reduction="none")
    trigger_tags = F.cross_entropy(trigger_logits, gold_triggers, reduction="none")
    losses = {
        "mention_tags": weights.mention_tags * _positive_mean(tags, gold_mentions > 0),
        "trigger_tags": weights.trigger_tags * _positive_mean(trigger_tags, gold_triggers > 0),
    }
    losses |= _type_losses(heads, tokens, example, trigger_logits, weights)
    if example.events:
        losses |= _relation_losses(heads, tokens, example, mention_logits, weights)
    return losses


def _known_label(label: str, example: Example) -> bool:
    return any(home == label and slot not in example.unknown for slot, home in SLOT_LABEL.items())


def _type_losses(
    heads: Heads, tokens: Tensor, example: Example, trigger_logits: Tensor, weights: Weights
) -> dict[str, Tensor]:
    gold: dict[TokenSpan, set[int]] = {}
    status_of: dict[TokenSpan, int] = {}
    for kind, status, named in example.events:
        for span in named:
            gold.setdefault(span, set()).add(kind)
            status_of.setdefault(span, status)
    spans = list(gold)
    targets = [gold[span] for span in spans]
    for start, end, _ in candidates(softmax(trigger_logits.detach().numpy()), begin=BEGIN, longest=8):
        if (start, end) not in gold:
            near = _nearest((start, end), list(gold))
            spans.append((start, end))
            targets.append(gold[near] if near else set())
    if not spans:
        return {}
    vectors = heads.trigger_vector(tokens, torch.tensor(spans), torch.zeros(len(spans), dtype=torch.int64))
    wanted = torch.zeros(len(spans), len(TYPES))
    for row, kinds in enumerate(targets):
        wanted[row, list(kinds)] = 1.0
    types = F.binary_cross_entropy_with_logits(heads.types(vectors), wanted, reduction="none")
    losses = {"types": weights.types * _positive_mean(types, wanted)}
    if gold and example.coreferent:
        statuses = torch.tensor([status_of[span] for span in gold])
        losses["status"] = weights.status * F.cross_entropy(heads.statuses(vectors[: len(gold)]), statuses)
    return losses


def _mention_rows(example: Example, mention_logits: Tensor) -> list[tuple[int, TokenSpan, int]]:
    """Return (label, span, entity) of gold mentions and of the heads' finds; false ones get entities of their own."""
    rows = [(label, span, entity) for (label, span), entity in example.mentions.items()]
    probabilities = softmax(mention_logits.detach().numpy())
    next_entity = example.entities
    for label in range(len(MENTION_LABELS)):
        known = [span for kind, span in example.mentions if kind == label]
        found = candidates(probabilities[:, label], begin=BEGIN)
        for start, end, _ in sorted(found, key=lambda one: -one[2])[: len(known) + MOST_FALSE]:
            if (label, (start, end)) in example.mentions:
                continue
            near = _nearest((start, end), known)
            if near is not None:
                rows.append((label, (start, end), example.mentions[label, near]))
            else:
                rows.append((label, (start, end), next_entity))
                next_entity += 1
    return rows


def _same_loss(scores: Tensor, groups: Tensor, comparable: Tensor) -> Tensor:
    scores = (scores + scores.T) / 2
    same = (groups[:, None] == groups[None]).float()
    mask = comparable & ~torch.eye(len(groups), dtype=torch.bool)
    losses = F.binary_cross_entropy_with_logits(scores, same, reduction="none")[mask]
    return losses.mean() * 4 if len(losses) else scores.sum() * 0


def _relation_losses(
    heads: Heads, tokens: Tensor, example: Example, mention_logits: Tensor, weights: Weights
) -> dict[str, Tensor]:
    sentences = torch.from_numpy(example.prepared.tokens.sentences.astype("int64"))
    instances = [(span, kind, number) for number, (kind, _, spans) in enumerate(example.events) for span in spans]
    spans = torch.tensor([one[0] for one in instances])
    kinds = torch.tensor([one[1] for one in instances])
    event_of = torch.tensor([one[2] for one in instances])
    apart = heads.event_vector(tokens, spans, kinds)
    words = torch.from_numpy(pair_features(_words(example, [one[0] for one in instances])))
    between = offsets(spans, spans, sentences)
    one_type = kinds[:, None] == kinds[None]
    losses: dict[str, Tensor] = {}

    rows = _mention_rows(example, mention_logits)
    if not rows:
        if example.coreferent:
            features = torch.cat([words, no_arguments(len(instances))], dim=-1)
            scores = heads.same_event(apart, apart, *between, features)[..., 0]
            losses["same_event"] = weights.same_event * _same_loss(scores, event_of, one_type)
        return losses
    mention_spans = torch.tensor([row[1] for row in rows])
    labels = torch.tensor([row[0] for row in rows])
    entity_of = torch.tensor([row[2] for row in rows])
    named = heads.mention_vector(tokens, mention_spans, labels)
    if example.coreferent:
        features = torch.from_numpy(pair_features(_words(example, [row[1] for row in rows])))
        scores = heads.same_entity(named, named, *offsets(mention_spans, mention_spans, sentences), features)[..., 0]
        gold_rows = entity_of < example.entities
        comparable = (labels[:, None] == labels[None]) & gold_rows[:, None] & gold_rows[None]
        losses["same_entity"] = weights.same_entity * _same_loss(scores, entity_of, comparable)

    acting, filling = heads.mix(apart, named)
    pairs = heads.slots(acting, filling, *offsets(spans, mention_spans, sentences), None)
    entities = int(entity_of.max()) + 1
    of_event = F.one_hot(event_of, len(example.events)).float()
    of_entity = F.one_hot(entity_of, entities).float()
    logits = heads.slot_logits(pairs, of_event, of_entity)
    wanted = torch.zeros_like(logits)
    for event, entity, slot in example.links:
        wanted[event, entity, slot] = 1.0
    label_of = torch.zeros(entities, dtype=torch.int64)
    label_of[entity_of] = labels
    if example.coreferent:
        shared = heads.arguments_alike(pairs, of_entity, allowed_slots(kinds, label_of))
        scores = heads.same_event(apart, apart, *between, torch.cat([words, shared], dim=-1))[..., 0]
        losses["same_event"] = weights.same_event * _same_loss(scores, event_of, one_type)
    allowed = allowed_slots(torch.tensor([kind for kind, _, _ in example.events]), label_of)
    allowed = allowed * torch.tensor([float(slot not in example.unknown) for slot in SLOTS])
    slot_losses = F.binary_cross_entropy_with_logits(logits, wanted, reduction="none") * allowed
    losses["slots"] = weights.slots * _positive_mean(slot_losses, wanted)
    return losses
