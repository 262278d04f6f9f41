"""From a recipe to a model folder: read the corpus, learn, tune on dev, save, say what came out."""

import dataclasses
import json
import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from extract.annotate import weights as folders
from extract.annotate.bases import digest
from extract.annotate.decode import Thresholds
from extract.annotate.encoder import EncoderConfig, config_of, from_checkpoint
from extract.annotate.reader import Reader, prepare
from extract.annotate.tokens import CASES, WordPieces
from extract.errors import ModelError, UsageError
from extract.label.corpus import read_labels, with_texts
from extract.label.wikievents import UNKNOWN, read_wikievents
from extract.schema.document import Document
from extract.schema.label import Labelled
from extract.train.adapt import Say, adapt
from extract.train.examples import example
from extract.train.loop import learn
from extract.train.lowrank import learnt
from extract.train.recipe import Recipe, read_recipe
from extract.train.tune import Dev, calibrate, figures, gate, predict, read_dev, tune
from extract.train.unlabelled import unlabelled

Pairs = list[tuple[Labelled, Document]]


def encoder_sha256(folder: Path) -> str:
    """Return the SHA-256 of an encoder's weights; raises `ModelError` where there are none."""
    path = folder / "model.safetensors"
    if not path.is_file():
        raise ModelError(f"{path}: no such file; corpus/sources.toml says where the base encoder comes from")
    return digest(path)


def base_encoder(folder: Path, sha256: str) -> tuple[Reader, WordPieces, EncoderConfig]:
    """Return an untrained reader over the encoder; raises `ModelError` when it is not the one of that SHA-256."""
    if encoder_sha256(folder) != sha256:
        raise ModelError(f"{folder}/model.safetensors: SHA-256 is not {sha256}, which the recipe names")
    path = folder / "model.safetensors"
    found = load_file(path)
    config = config_of(found)
    reader = Reader(config)
    reader.encoder.load_state_dict(from_checkpoint(found, config))
    return reader, WordPieces(Tokenizer.from_file(str(folder / "tokenizer.json"))), config


def _adapted(recipe: Recipe, encoder: Path, data: Path | None, out: Path, say: Say) -> tuple[Path, str]:
    """Return the encoder folder to learn from and its SHA-256: adapted to the unlabelled articles if the recipe asks.

    Given the adapted encoder itself (`adapted_sha256`), it is taken as it is; given the base, it is adapted into
    `out`/encoder.
    """
    if recipe.adaptation is None:
        return encoder, recipe.encoder_sha256
    given = encoder_sha256(encoder)
    if given == recipe.adapted_sha256:
        return encoder, given
    if given != recipe.encoder_sha256:
        known = f"{recipe.encoder_sha256} nor {recipe.adapted_sha256}"
        raise ModelError(f"{encoder}/model.safetensors: SHA-256 is neither {known}, which the recipe names")
    if data is None:
        raise UsageError("the recipe adapts the encoder to unlabelled articles: say with --data where they lie")
    held = {name for place in (*recipe.dev, *recipe.held_out) for name in _ids(Path(place))}
    documents = unlabelled(data, held)
    say(f"adapting the encoder to {len(documents)} articles")
    made = out / "encoder"
    adapt(encoder, documents, made, recipe.adaptation, bf16=recipe.bf16, say=say, config=EncoderConfig())
    return made, encoder_sha256(made)


def _ids(place: Path) -> list[str]:
    if place.suffix == ".txt":
        return place.read_text("utf-8").split()
    return [one.id for one in read_labels(place)]


def _pairs(places: tuple[str, ...], data: Path | None) -> Pairs:
    labels = [one for place in places for one in read_labels(Path(place))]
    return with_texts(labels, data)


def _warm_up(reader: Reader, recipe: Recipe, pieces: WordPieces, data: Path, say: Say) -> None:
    examples = [
        example(labelled, document, pieces, unknown=UNKNOWN, coreferent=False)
        for name in recipe.warm_up
        for labelled, document in read_wikievents(data / name)
    ]
    say(f"warming up on {len(examples)} articles")
    schedule = dataclasses.replace(recipe.schedule, epochs=recipe.warm_up_epochs)
    learn(reader, examples, schedule, recipe.weights, each_epoch=_teller(say), bf16=recipe.bf16)


def _teller(say: Say) -> Callable[[int, dict[str, float]], None]:
    def each(epoch: int, means: dict[str, float]) -> None:
        say(f"epoch {epoch}: " + ", ".join(f"{name} {value:.3f}" for name, value in means.items()))

    return each


def train(recipe_path: Path, *, encoder: Path, data: Path | None, out: Path, say: Say) -> dict[str, Any]:
    """Train after the recipe and write the model folder; return the metrics written there."""
    recipe, began = read_recipe(recipe_path), time.monotonic()
    encoder, sha256 = _adapted(recipe, encoder, data, out, say)
    reader, pieces, config = base_encoder(encoder, sha256)
    if recipe.heads or recipe.cases:
        config = dataclasses.replace(
            config, cases=CASES if recipe.cases else 0, cases_at=recipe.schedule.frozen_layers if recipe.cases else 0
        )
        sized = Reader(config, **recipe.heads)
        cases = {"cases.weight": sized.encoder.cases.weight} if sized.encoder.cases is not None else {}
        sized.encoder.load_state_dict({**cases, **reader.encoder.state_dict()})
        reader = sized
    torch.manual_seed(recipe.schedule.seed)
    train_pairs, dev_pairs = _pairs(recipe.train, data), _pairs(recipe.dev, data)
    say(f"{len(train_pairs)} articles to learn from, {len(dev_pairs)} to choose by")
    if recipe.warm_up and data is not None:
        _warm_up(reader, recipe, pieces, data, say)
    examples = [example(labelled, document, pieces) for labelled, document in train_pairs]
    learn(reader, examples, recipe.schedule, recipe.weights, each_epoch=_teller(say), bf16=recipe.bf16)
    state, base = (learnt(reader), sha256) if recipe.schedule.rank else (reader.state_dict(), None)
    tokenizer = encoder / "tokenizer.json"
    made = Made(out, config, recipe.heads, tokenizer, folders.unpack(folders.pack(state)), base)
    made.save(Thresholds(), {})
    say(f"{out}: learnt weights saved, thresholds to come")
    found = load_file(encoder / "model.safetensors") if base else {}
    reader = Reader(config, **recipe.heads)
    reader.load_state_dict(folders.merge(from_checkpoint(found, config), made.state) if base else made.state)
    prepared = [prepare(document, pieces) for _, document in dev_pairs]
    dev = read_dev(reader, [labelled for labelled, _ in dev_pairs], prepared, bf16=False)
    return _finish(reader, made, dev, len(train_pairs), began, say)


@dataclass(frozen=True, slots=True)
class Made:
    """What was learnt, as it is stored, and what a model folder needs beside it."""

    out: Path
    config: EncoderConfig
    heads: Mapping[str, Any]
    tokenizer: Path
    state: Mapping[str, Tensor]
    base: str | None

    def save(self, thresholds: Thresholds, settings: Mapping[str, Any]) -> str:
        """Write the model folder; return the weights' SHA-256."""
        return folders.save(
            self.out,
            self.state,
            config=self.config,
            heads=self.heads,
            thresholds=thresholds,
            settings=settings,
            tokenizer=self.tokenizer,
            base=self.base,
        )


def _finish(reader: Reader, made: Made, dev: Dev, articles: int, began: float, say: Say) -> dict[str, Any]:
    thresholds, settings, predicted = tune(reader, dev, say=say)
    calibrated = dataclasses.replace(settings, calibration=calibrate(dev, predicted))
    settings = dataclasses.replace(calibrated, event=calibrated.confidence(settings.event))
    settings = gate(dev, reader, thresholds, settings)
    predicted = predict(reader, dev, thresholds, settings)
    found = figures(dev, predicted)
    sha = made.save(thresholds, dataclasses.asdict(settings))
    metrics = {
        "weights_sha256": sha,
        "train_articles": articles,
        "dev_articles": len(dev.gold),
        "dev_f1": {name: round(value, 4) for name, value in found.items()},
        "event_free_left_alone": sum(not events for g, events in zip(dev.gold, predicted, strict=True) if not g),
        "event_free": sum(not g for g in dev.gold),
        "seconds": round(time.monotonic() - began),
        "machine": f"{platform.machine()}, {torch.get_num_threads()} threads, torch {torch.__version__}",
    }
    (made.out / "metrics.json").write_text(json.dumps(metrics, indent=1) + "\n", "utf-8")
    say(f"dev: card {found['card']:.3f}, all {found['all']:.3f}, event {found['event']:.3f}")
    return metrics
