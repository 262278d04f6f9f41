"""The training loop: AdamW over two parameter groups, linear warm-up and decay, one article's loss at a time."""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from extract.annotate.reader import Reader
from extract.train.examples import Example
from extract.train.loss import Weights, article_loss


@dataclass(frozen=True, slots=True)
class Schedule:
    """How to learn; rates are peak learning rates, `articles` is the batch.

    With `average` the weights kept are an exponential mean of those after each step, one epoch deep (Polyak & Juditsky
    1992): the last steps of so small a corpus wander. Each article's losses are means over what is in it; they count by
    its number of links to the power `by_size`: at 0 every article counts alike, at 1 nearly every link.
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
    freeze_words: bool = True
    average: bool = True
    by_size: float = 0.0


def _groups(reader: Reader, schedule: Schedule) -> list[dict[str, object]]:
    frozen = [*reader.encoder.layers[: schedule.frozen_layers]]
    for module in frozen:
        module.requires_grad_(False)
    if schedule.freeze_words:
        reader.encoder.words.requires_grad_(False)
    if reader.encoder.relative is not None:  # a bias to learn would turn off torch's fast attention: twice the time
        reader.encoder.relative.requires_grad_(False)
    encoder = [one for one in reader.encoder.parameters() if one.requires_grad]
    heads = list(reader.heads.parameters())
    return [
        {"params": encoder, "lr": schedule.encoder_rate, "weight_decay": schedule.decay},
        {"params": heads, "lr": schedule.head_rate, "weight_decay": schedule.decay},
    ]


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
    average = get_ema_multi_avg_fn(max(0.5, 1 - 1 / per_epoch))  # type: ignore[no-untyped-call]  # torch has no type for it
    mean = AveragedModel(reader, multi_avg_fn=average)
    for epoch in range(1, schedule.epochs + 1):
        reader.train()
        shuffled = list(zip(examples, shares(examples, schedule.by_size), strict=True))
        order.shuffle(shuffled)
        totals: dict[str, float] = {}
        started = time.monotonic()
        for first in range(0, len(shuffled), schedule.articles):
            losses = _step(reader, shuffled[first : first + schedule.articles], weights, bf16=bf16)
            sum(losses.values()).backward()  # type: ignore[union-attr]  # never empty: tag losses always exist
            torch.nn.utils.clip_grad_norm_(reader.parameters(), schedule.clip)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            scheduler.step()
            mean.update_parameters(reader)
            for name, loss in losses.items():
                totals[name] = totals.get(name, 0.0) + float(loss.detach())
        means = {name: total / per_epoch for name, total in totals.items()}
        each_epoch(epoch, {**means, "seconds": time.monotonic() - started})
    if schedule.average:
        reader.load_state_dict(mean.module.state_dict())


def _step(reader: Reader, batch: Sequence[tuple[Example, float]], weights: Weights, *, bf16: bool) -> dict[str, Tensor]:
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        vectors = reader([one.prepared for one, _ in batch])
    losses: dict[str, Tensor] = {}
    for (one, share), tokens in zip(batch, vectors, strict=True):
        if len(tokens):
            for name, loss in article_loss(reader.heads, tokens, one, weights).items():
                losses[name] = losses.get(name, torch.zeros(())) + loss * share / len(batch)
    return losses
