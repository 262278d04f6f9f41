"""A recipe: what a model is trained from and how, each value that differs from the default with its reason."""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.train.adapt import Adaptation
from extract.train.loop import Schedule
from extract.train.loss import Weights


@dataclass(frozen=True, slots=True)
class Recipe:
    """`train` and `dev` are label folders, relative to the working folder; `heads` sizes the heads.

    `warm_up` names WikiEvents files under the data folder that the heads learn from first. With `adaptation` the base
    encoder first reads the unlabelled articles under the data folder, but for those that `dev` and `held_out` (label
    folders, or files of ids) name and their likes; `adapted_sha256` is what came out of that for the model as shipped.
    With `cases` the encoder is told how each word is written, which an uncased vocabulary drops.
    """

    name: str
    encoder_sha256: str
    train: tuple[str, ...]
    dev: tuple[str, ...]
    schedule: Schedule = field(default_factory=Schedule)
    weights: Weights = field(default_factory=Weights)
    heads: dict[str, Any] = field(default_factory=dict)
    bf16: bool = True
    warm_up: tuple[str, ...] = ()
    warm_up_epochs: int = 0
    adaptation: Adaptation | None = None
    adapted_sha256: str = ""
    held_out: tuple[str, ...] = ()
    cases: bool = False


def read_recipe(path: Path) -> Recipe:
    """Return the recipe in a TOML file; raises `UsageError` naming the key that is off."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        return Recipe(
            name=raw["name"],
            encoder_sha256=raw["encoder_sha256"],
            train=tuple(raw["train"]),
            dev=tuple(raw["dev"]),
            schedule=Schedule(**raw.get("schedule", {})),
            weights=Weights(**raw.get("weights", {})),
            heads=raw.get("heads", {}),
            bf16=raw.get("bf16", True),
            warm_up=tuple(raw.get("warm_up", ())),
            warm_up_epochs=raw.get("warm_up_epochs", 0),
            adaptation=Adaptation(**raw["adaptation"]) if "adaptation" in raw else None,
            adapted_sha256=raw.get("adapted_sha256", ""),
            held_out=tuple(raw.get("held_out", ())),
            cases=raw.get("cases", False),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: not a recipe ({error}); models/small/recipe.toml shows the form") from error
