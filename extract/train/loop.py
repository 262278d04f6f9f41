"""The training loop: AdamW over two parameter groups, linear warm-up and decay, one article's loss at a time."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from extract.annotate.reader import Begun, Reader
from extract.train.examples import Example
from extract.train.loss import Weights, article_loss
from extract.train.lowrank import add_low_rank


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to learn; rates are peak learning rates, `articles` is the batch.

    With `average` the weights kept are an exponential mean of those after each step, one epoch deep (Polyak & Juditsky
    1992): the last steps of so small a corpus wander. Each article's losses are means over what is in it; they count by
    its number of links to the power `by_size`: at 0 every article counts alike, at 1 nearly every link.

    The first `frozen_layers` do not learn and are passed once, without dropout; with `rank` the others learn by
    low-rank updates only (`train.lowrank`).
    """

    epochs: int = 15
    articles: int = 4
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    warmup: float = 0.1
    decay: float = 0.01
    clip: float = 1.0
    seed: int = 1
    frozen_layers: int = 0
    rank: int = 0
    freeze_words: bool = True
    average: bool = True
    by_size: float = 0.0


def _groups(reader: Reader, schedule: Schedule) -> list[dict[str, object]]:
    """Return the optimiser's parameter groups; what does not learn is marked so."""
    encoder = reader.encoder
    if schedule.frozen_layers:
        for frozen in (encoder.words, encoder.positions, encoder.norm, *encoder.layers[: schedule.frozen_layers]):
            frozen.requires_grad_(False)
    if schedule.rank:
        add_low_rank(encoder, schedule.rank, first=schedule.frozen_layers)
    if schedule.freeze_words:
        encoder.words.requires_grad_(False)
    if encoder.relative is not None:  # shared by all layers, those that stay among them
        encoder.relative.requires_grad_(False)
    learning = [one for one in encoder.parameters() if one.requires_grad]
    heads = list(reader.heads.parameters())
    return [
        {"params": learning, "lr": schedule.encoder_rate, "weight_decay": schedule.decay},
        {"params": heads, "lr": schedule.head_rate, "weight_decay": schedule.decay},
    ]


class _Mean:
    """An exponential mean of what learns, one value a parameter."""

    def __init__(self, reader: Reader, decay: float) -> None:
        self.parameters: list[Tensor] = [one for one in reader.parameters() if one.requires_grad]
        self.means = [one.detach().clone() for one in self.parameters]
        self.decay = decay

    @torch.no_grad()
    def update(self) -> None:
        torch._foreach_lerp_(self.means, self.parameters, 1 - self.decay)

    @torch.no_grad()
    def install(self) -> None:
        for parameter, mean in zip(self.parameters, self.means, strict=True):
            parameter.copy_(mean)


def _begun(reader: Reader, examples: Sequence[Example], layers: int, *, bf16: bool) -> dict[int, list[Tensor]]:
    """Return each example's windows after the first layers, by the example's identity; empty where all layers learn."""
    if not layers:
        return {}
    reader.eval()
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        return {id(one): reader.begin(one.prepared, layers) for one in examples}


def shares(examples: Sequence[Example], power: float) -> list[float]:
    """Return how much each article counts: its links + 1 to the power, so that the mean is 1."""
    sizes = [(len(one.links) + 1) ** power for one in examples]
    mean = sum(sizes) / max(1, len(sizes))
    return [size / mean for size in sizes]


def learn(
    reader: Reader,
    examples: Sequence[Example],
    schedule: Schedule,
    weights: Weights,
    *,
    each_epoch: Callable[[int, dict[str, float]], None],
    bf16: bool,
) -> None:
    """Train the reader in place; `each_epoch` gets the epoch's number and mean losses by task."""
    torch.manual_seed(schedule.seed)
    order = random.Random(schedule.seed)
    optimiser = torch.optim.AdamW(_groups(reader, schedule))
    per_epoch = -(-len(examples) // schedule.articles)
    steps = schedule.epochs * per_epoch

    def rate(step: int) -> float:
        warm = max(1, int(schedule.warmup * steps))
        return (step + 1) / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))

    scheduler = torch.optim.lr_scheduler.LambdaLR(optimiser, rate)
    mean = _Mean(reader, max(0.5, 1 - 1 / per_epoch))
    begun = _begun(reader, examples, schedule.frozen_layers, bf16=bf16)
    for epoch in range(1, schedule.epochs + 1):
        reader.train()
        shuffled = list(zip(examples, shares(examples, schedule.by_size), strict=True))
        order.shuffle(shuffled)
        totals: dict[str, float] = {}
        started = time.monotonic()
        for first in range(0, len(shuffled), schedule.articles):
            batch = shuffled[first : first + schedule.articles]
            states = Begun(schedule.frozen_layers, [begun[id(one)] for one, _ in batch]) if begun else None
            losses = _step(reader, batch, weights, states, bf16=bf16)
            sum(losses.values()).backward()  # type: ignore[union-attr]  # never empty: tag losses always exist
            torch.nn.utils.clip_grad_norm_(reader.parameters(), schedule.clip)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            scheduler.step()
            mean.update()
            for name, loss in losses.items():
                totals[name] = totals.get(name, 0.0) + float(loss.detach())
        means = {name: total / per_epoch for name, total in totals.items()}
        each_epoch(epoch, {**means, "seconds": time.monotonic() - started})
    if schedule.average:
        mean.install()


def _step(
    reader: Reader, batch: Sequence[tuple[Example, float]], weights: Weights, begun: Begun | None, *, bf16: bool
) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        vectors = reader([one.prepared for one, _ in batch], begun=begun)
    losses: dict[str, Tensor] = {}
    for (one, share), tokens in zip(batch, vectors, strict=True):
        if len(tokens):
            for name, loss in article_loss(reader.heads, tokens, one, weights).items():
                losses[name] = losses.get(name, torch.zeros(())) + loss * share / len(batch)
    return losses
