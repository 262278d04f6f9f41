"""The heads over the encoder's token vectors: mentions, triggers, and the relations between them.

Relations are scored between reduced span vectors, (left, right) pairs at once, by a two-layer scorer over the sum of
both projections and a distance embedding: the additive form of the biaffine scorer (Dozat & Manning 2017,
arXiv:1611.01734). A slot of an event is scored over all pairs of its triggers and an entity's mentions at once:
log-sum-exp, so that one pair that says so is enough (multi-instance learning, Dietterich et al. 1997).
"""

import torch
import torch.nn.functional as F  # noqa: N812  torch's own idiom
from torch import Tensor, nn

from extract.schema.annotation import MENTION_LABELS, SLOT_LABEL
from extract.schema.ontology import SLOTS, STATUSES, TYPES, slots_of

TAGS = 3
"""O, B, I."""
DISTANCES = 24
"""Buckets of `distance_bucket`: signed, logarithmic."""
PAIR_FEATURES = 8


def distance_bucket(offset: Tensor) -> Tensor:
    """Return the bucket (0 … DISTANCES-1) of a signed token or sentence offset: 0 … 3 exact, then doubling."""
    size = offset.abs().float()
    steps = torch.where(size < 4, size, 2 + torch.log2(size.clamp(min=1.0))).floor().clamp(max=DISTANCES // 2 - 1)
    return torch.where(offset < 0, DISTANCES // 2 + steps, steps).long()


class SpanVector(nn.Module):
    """First, last and mean token of a span, and what kind of span it is, reduced to `size`."""

    def __init__(self, hidden: int, size: int, kinds: int, dropout: float) -> None:
        super().__init__()
        self.reduce = nn.Linear(3 * hidden, size)
        self.kind = nn.Embedding(kinds, size)
        self.norm = nn.LayerNorm(size)
        self.dropout = nn.Dropout(dropout)

    def forward(self, tokens: Tensor, spans: Tensor, kinds: Tensor) -> Tensor:
        """Return (spans, size) for tokens (tokens, hidden), spans (spans, 2) end exclusive, kinds (spans,)."""
        total = F.pad(tokens.cumsum(0), (0, 0, 1, 0))
        first, last = spans[:, 0], spans[:, 1]
        mean = (total[last] - total[first]) / (last - first).clamp(min=1)[:, None]
        both = torch.cat([tokens[first], tokens[last - 1], mean], dim=-1)
        vectors: Tensor = self.dropout(F.gelu(self.norm(self.reduce(both) + self.kind(kinds))))
        return vectors


class PairScorer(nn.Module):
    """Scores of every (left, right) pair of span vectors."""

    def __init__(self, size: int, inner: int, outputs: int, features: int, dropout: float) -> None:
        super().__init__()
        self.left = nn.Linear(size, inner)
        self.right = nn.Linear(size, inner)
        self.product_left = nn.Linear(size, inner)
        self.product_right = nn.Linear(size, inner)
        self.token_distance = nn.Embedding(DISTANCES, inner)
        self.sentence_distance = nn.Embedding(DISTANCES, inner)
        self.features = nn.Linear(features, inner, bias=False) if features else None
        self.dropout = nn.Dropout(dropout)
        self.score = nn.Linear(inner, outputs)

    def forward(
        self, left: Tensor, right: Tensor, tokens: Tensor, sentences: Tensor, features: Tensor | None
    ) -> Tensor:
        """Return (lefts, rights, outputs); tokens and sentences (lefts, rights) are signed offsets."""
        mixed = self.left(left)[:, None] + self.right(right)[None]
        mixed = mixed + self.product_left(left)[:, None] * self.product_right(right)[None]
        mixed = (
            mixed + self.token_distance(distance_bucket(tokens)) + self.sentence_distance(distance_bucket(sentences))
        )
        if self.features is not None and features is not None:
            mixed = mixed + self.features(features)
        scores: Tensor = self.score(self.dropout(F.gelu(mixed)))
        return scores


class Heads(nn.Module):
    """All heads; `size` is the width of span vectors, `inner` that of the pair scorers."""

    def __init__(
        self, hidden: int, *, size: int = 256, inner: int = 128, dropout: float = 0.2, mixers: int = 0
    ) -> None:
        super().__init__()
        labels, types = len(MENTION_LABELS), len(TYPES)
        self.mention_tags = nn.Sequential(
            nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, labels * TAGS)
        )
        self.trigger_tags = nn.Sequential(
            nn.Linear(hidden, hidden), nn.GELU(), nn.Dropout(dropout), nn.Linear(hidden, TAGS)
        )
        self.trigger_vector = SpanVector(hidden, size, 1, dropout)
        self.types = nn.Linear(size, types)
        self.statuses = nn.Linear(size, len(STATUSES))
        self.event_vector = SpanVector(hidden, size, types, dropout)
        self.mention_vector = SpanVector(hidden, size, labels, dropout)
        self.slots = PairScorer(size, inner, len(SLOTS), 0, dropout)
        self.same_entity = PairScorer(size, inner, 1, PAIR_FEATURES, dropout)
        self.same_event = PairScorer(size, inner, 1, PAIR_FEATURES + 2 * len(SLOTS), dropout)
        self.mixers = nn.ModuleList(
            nn.TransformerEncoderLayer(size, 4, 2 * size, dropout, F.gelu, batch_first=True) for _ in range(mixers)
        )
        self.crowding = nn.Parameter(torch.full((len(SLOTS),), 0.5))
        self._start_outside()

    def _start_outside(self) -> None:
        """Let every token begin as outside: before the first step the heads propose nothing."""
        with torch.no_grad():
            for tags in (self.mention_tags[-1], self.trigger_tags[-1]):
                assert isinstance(tags, nn.Linear)
                tags.bias.zero_()
                tags.bias[::TAGS].fill_(3.0)
            self.types.bias.fill_(-2.0)
            self.slots.score.bias.fill_(-3.0)

    def tag(self, tokens: Tensor) -> tuple[Tensor, Tensor]:
        """Return mention logits (tokens, labels, O/B/I) and trigger logits (tokens, O/B/I)."""
        mentions = self.mention_tags(tokens)
        return mentions.view(len(tokens), len(MENTION_LABELS), TAGS), self.trigger_tags(tokens)

    def mix(self, triggers: Tensor, mentions: Tensor) -> tuple[Tensor, Tensor]:
        """Return trigger and mention vectors that have seen each other: who is taken, who is left."""
        spans = torch.cat([triggers, mentions])
        for mixer in self.mixers:
            spans = mixer(spans[None])[0]
        return spans[: len(triggers)], spans[len(triggers) :]

    def slot_logits(self, pairs: Tensor, of_event: Tensor, of_entity: Tensor) -> Tensor:
        """Return (events, entities, slots) from pair scores (triggers, mentions, slots) and 0/1 memberships.

        of_event (triggers, events), of_entity (mentions, entities). Many pairs raise a log-sum-exp by themselves;
        `crowding`, learned per slot, takes that back.
        """
        peak = pairs.detach().amax(dim=(0, 1), keepdim=True)
        summed = torch.einsum("tms,te,mk->eks", (pairs - peak).exp(), of_event, of_entity)
        count = of_event.sum(0)[:, None] * of_entity.sum(0)[None]
        return summed.clamp(min=1e-12).log() + peak[0] - self.crowding * count.clamp(min=1).log()[..., None]

    def arguments_alike(self, pairs: Tensor, of_entity: Tensor, allowed: Tensor) -> Tensor:
        """Return (triggers, triggers, 2 slots): do two triggers have the same fillers, do they have other ones?

        pairs (triggers, mentions, slots), of_entity (mentions, entities), allowed (triggers, entities, slots). Two
        arrests of different people on different days are two events, however alike their words; no gradient flows.
        """
        alone = torch.eye(len(pairs))
        chances = (self.slot_logits(pairs, alone, of_entity).sigmoid() * allowed).detach()
        strongest = chances.amax(1)  # (triggers, slots)
        unit = chances / chances.norm(dim=1, keepdim=True).clamp(min=1e-6)
        alike = torch.einsum("iks,jks->ijs", unit, unit)
        both = strongest[:, None] * strongest[None]
        return torch.cat([alike * both, (1 - alike) * both], dim=-1)


_TYPE_SLOTS = torch.tensor([[slot in slots_of(kind) for slot in SLOTS] for kind in TYPES]).float()
_LABEL_SLOTS = torch.tensor([[SLOT_LABEL[slot] == label for slot in SLOTS] for label in MENTION_LABELS]).float()


def allowed_slots(event_types: Tensor, entity_labels: Tensor) -> Tensor:
    """Return (events, entities, slots): 1 where RECORD.md's table has the slot and the entity's label can fill it."""
    return _TYPE_SLOTS[event_types][:, None] * _LABEL_SLOTS[entity_labels][None]


def no_arguments(triggers: int) -> Tensor:
    """Return the features of `arguments_alike` for triggers of an article without mentions."""
    return torch.zeros(triggers, triggers, 2 * len(SLOTS))
