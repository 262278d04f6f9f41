"""What a trained reader's probabilities are worth: thresholds and calibration, chosen on dev, never on gold."""

import dataclasses
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from extract.annotate.decode import Thresholds, decode
from extract.annotate.reader import Prepared, Reader
from extract.assemble import Settings, assemble
from extract.resolve import resolve
from extract.schema.event import Event
from extract.schema.label import Labelled
from extract.schema.ontology import SLOTS
from extract.score.align import align
from extract.score.counts import FIGURES, count
from extract.score.scored import ScoredEvent, from_event, from_labelled

Floats = NDArray[np.float64]
PULL = 1.0
"""Weight of the prior on the calibration's slope and offset: that of about four records."""

ARTICLE_STEPS = (0.0, *(step / 100 for step in range(40, 96)))
EVENT_STEPS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
SLOT_STEPS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65)
THRESHOLD_STEPS: Mapping[str, tuple[float, ...]] = {
    "mention": (0.15, 0.2, 0.3, 0.4),
    "trigger": (0.15, 0.2, 0.25, 0.3, 0.4),
    "type": (0.2, 0.25, 0.35, 0.45),
    "same_event": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "same_entity": (0.2, 0.3, 0.4, 0.5, 0.6),
}


@dataclass(frozen=True, slots=True)
class Dev:
    """The dev articles with their token vectors, read once."""

    gold: Sequence[Sequence[ScoredEvent]]
    prepared: Sequence[Prepared]
    vectors: Sequence[Tensor]


def read_dev(reader: Reader, labelled: Sequence[Labelled], prepared: Sequence[Prepared], *, bf16: bool) -> Dev:
    """Return the dev articles' token vectors under the reader as it is now."""
    reader.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        vectors = [reader([one])[0] for one in prepared]
    return Dev([from_labelled(one) for one in labelled], prepared, vectors)


def predict(reader: Reader, dev: Dev, thresholds: Thresholds, settings: Settings) -> list[tuple[Event, ...]]:
    """Return the records of each dev article."""
    with torch.inference_mode():
        read = [
            decode(reader.heads, one, tokens, thresholds) for one, tokens in zip(dev.prepared, dev.vectors, strict=True)
        ]
    return [assemble(resolve(one), settings) for one in read]


def figures(dev: Dev, predicted: Sequence[Sequence[Event]]) -> dict[str, float]:
    """Return the F1 of every figure of the scorer (lenient), 0 where a denominator is empty."""
    pairs = [(gold, [from_event(one) for one in found]) for gold, found in zip(dev.gold, predicted, strict=True)]
    matched, said, stated = count(pairs, strict=False).figures.sum(0).T
    return {name: float(2 * matched[n] / max(1.0, said[n] + stated[n])) for n, name in enumerate(FIGURES)}


def objective(dev: Dev, predicted: Sequence[Sequence[Event]]) -> float:
    """Return what tuning maximises: mostly the card, a little of all slots, and event-free articles left alone."""
    found = figures(dev, predicted)
    free = [not events for gold, events in zip(dev.gold, predicted, strict=True) if not gold]
    alone = sum(free) / len(free) if free else 1.0
    return found["card"] + 0.3 * found["all"] + 0.05 * alone


def tune(
    reader: Reader, dev: Dev, *, say: Callable[[str], None], rounds: int = 2
) -> tuple[Thresholds, Settings, list[tuple[Event, ...]]]:
    """Return thresholds and settings that maximise the objective on dev, by coordinate ascent, and dev's records."""
    thresholds, settings = Thresholds(link=0.05), Settings(event=0.35, slots=dict.fromkeys(SLOTS, 0.3))
    best = objective(dev, predict(reader, dev, thresholds, settings))
    for _ in range(rounds):
        for name, steps in THRESHOLD_STEPS.items():
            for step in steps:
                tried = dataclasses.replace(thresholds, **{name: step})
                value = objective(dev, predict(reader, dev, tried, settings))
                if value > best + 1e-4:
                    best, thresholds = value, tried
        settings, best = _tune_settings(reader, dev, thresholds, settings, best)
        say(f"tuned: objective {best:.4f}, {thresholds}, {settings}")
    return thresholds, settings, predict(reader, dev, thresholds, settings)


def _tune_settings(
    reader: Reader, dev: Dev, thresholds: Thresholds, settings: Settings, best: float
) -> tuple[Settings, float]:
    with torch.inference_mode():
        read = [
            resolve(decode(reader.heads, one, tokens, thresholds))
            for one, tokens in zip(dev.prepared, dev.vectors, strict=True)
        ]
    trials = [("event", step) for step in EVENT_STEPS] + [(slot, step) for slot in SLOTS for step in SLOT_STEPS]
    for name, step in trials:
        if name == "event":
            tried = dataclasses.replace(settings, event=step)
        else:
            tried = dataclasses.replace(settings, slots={**settings.slots, name: step})
        value = objective(dev, [assemble(one, tried) for one in read])
        if value > best + 1e-4:
            best, settings = value, tried
    return settings, best


def gate(dev: Dev, reader: Reader, thresholds: Thresholds, settings: Settings) -> Settings:
    """Return calibrated settings with the confidence that an article's surest record must reach, chosen on dev.

    An event-free article left alone is worth a fifth of the card's F1 over all of them: a feed has many more of them
    than dev has. Of equal steps the middle one is taken.
    """
    with torch.inference_mode():
        read = [
            resolve(decode(reader.heads, one, tokens, thresholds))
            for one, tokens in zip(dev.prepared, dev.vectors, strict=True)
        ]
    worth = []
    for step in ARTICLE_STEPS:
        predicted = [assemble(one, dataclasses.replace(settings, article=step)) for one in read]
        free = [not events for gold, events in zip(dev.gold, predicted, strict=True) if not gold]
        card = figures(dev, predicted)["card"]
        worth.append(round(card + 0.2 * (sum(free) / len(free) if free else 1.0), 6))
    best = [step for step, value in zip(ARTICLE_STEPS, worth, strict=True) if value == max(worth)]
    return dataclasses.replace(settings, article=best[len(best) // 2])


def calibrate(dev: Dev, predicted: Sequence[Sequence[Event]]) -> tuple[float, float]:
    """Return (slope, offset) of the logistic map from a record's raw score to the share that is right (Platt 1999).

    A record is right when its aligned gold shares a trigger or a filler, as the scorer's `event` figure has it.
    """
    scores: list[float] = []
    right: list[float] = []
    for gold, events in zip(dev.gold, predicted, strict=True):
        ours = [from_event(one) for one in events]
        hits = {id(pair.predicted) for pair in align(gold, ours, strict=False) if pair.right}
        scores += [_logit(one.confidence) for one in events]
        right += [float(id(one) in hits) for one in ours]
    return fit_logistic(np.array(scores), np.array(right))


def _logit(score: float) -> float:
    bounded = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


def fit_logistic(x: Floats, y: Floats) -> tuple[float, float]:
    """Return (slope, offset) maximising the likelihood of 0/1 outcomes y given x, slope drawn towards 1.

    Newton's method with steps of at most 1: without that bound it leaps away where the outcomes are all but separable.
    """
    slope, offset = 1.0, 0.0
    for _ in range(200):
        chance = 1 / (1 + np.exp(-np.clip(slope * x + offset, -30, 30)))
        weight = np.maximum(chance * (1 - chance), 1e-6)
        pulls = ((y - chance) * x).sum() - PULL * (slope - 1), (y - chance).sum() - PULL * offset
        bends = [[(weight * x * x).sum() + PULL, (weight * x).sum()], [(weight * x).sum(), weight.sum() + PULL]]
        step = np.clip(np.linalg.solve(np.array(bends), np.array(pulls)), -1, 1)
        slope, offset = slope + float(step[0]), offset + float(step[1])
        if np.abs(step).max() < 1e-8:
            break
    return slope, offset
