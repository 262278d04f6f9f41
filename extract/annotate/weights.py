"""Model folders: find one, check it, load it, write it. The only module that knows where models lie.

A folder holds `weights.safetensors` (matrices as int8 rows with a scale each, the rest in half precision),
`tokenizer.json`, `SHA256` (one line a file), and for people `CARD.md`, `recipe.toml`, `metrics.json`. Configuration and
thresholds travel in the weights' own metadata, so that no two files can disagree. Nothing is ever unpickled.

Weights that name a base hold low-rank updates of a public encoder (`train.lowrank`) and whatever else was learnt; the
encoder lies elsewhere (`annotate.bases`).
"""

import dataclasses
import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from extract.annotate import bases
from extract.annotate.bases import digest
from extract.annotate.decode import Thresholds
from extract.annotate.encoder import EncoderConfig
from extract.annotate.reader import Reader
from extract.annotate.tokens import WordPieces
from extract.errors import ModelError

FORMAT = "2"
SCALE = ".scale"
SMALLEST = 4096
"""Matrices of fewer numbers stay in half precision."""
UP, DOWN = ".low_up", ".low_down"
CHECKED = ("weights.safetensors", "tokenizer.json")
UNSAFE = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".py")


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model: the module, its tokenizer, its thresholds, what assemble needs, and the weights' SHA-256."""

    name: str
    reader: Reader
    pieces: WordPieces
    thresholds: Thresholds
    settings: Mapping[str, Any]
    sha256: str


def places() -> tuple[Path, ...]:
    """Return where models are looked for: beside the package in a clone, inside it when installed."""
    here = Path(__file__).resolve()
    return (here.parents[2] / "models", here.parent / "models")


def find(name: str) -> Path:
    """Return the folder of a model given by name or path; raises `ModelError` saying where it looked."""
    tried = [Path(name)] if "/" in name or Path(name).is_dir() else [place / name for place in places()]
    for folder in tried:
        if (folder / "weights.safetensors").is_file():
            return folder
    looked = ", ".join(str(one) for one in tried)
    raise ModelError(f"No weights for model {name!r}. Looked in: {looked}. See what there is: chargesheet models list")


def check(folder: Path) -> str:
    """Return the weights' SHA-256, every file checked against `SHA256`; raises `ModelError` at the first fault."""
    unsafe = sorted(one.name for one in folder.iterdir() if one.suffix in UNSAFE)
    if unsafe:
        raise ModelError(
            f"{folder}: holds {', '.join(unsafe)}; only safetensors are read. Remove it or fetch the model anew"
        )
    try:
        lines = [line.split() for line in (folder / "SHA256").read_text("utf-8").splitlines() if line]
        listed = {name: sha for sha, name in lines}
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: no readable SHA256 file; a model folder is complete or absent") from error
    for name in CHECKED:
        if not (folder / name).is_file():
            raise ModelError(f"{folder}: {name} is missing; a model folder is complete or absent")
        if listed.get(name) != digest(folder / name):
            raise ModelError(f"{folder}: {name} is not the file that SHA256 lists; fetch the model anew")
    return listed["weights.safetensors"]


def _metadata(path: Path) -> dict[str, str]:
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(min(length, 10_000_000)))
    return dict(header.get("__metadata__", {}))


def base_of(folder: Path) -> str | None:
    """Return the SHA-256 of the public encoder that the folder's weights stand on; `None` when they are complete."""
    check(folder)
    return _metadata(folder / "weights.safetensors").get("base")


def load(name: str) -> Model:
    """Return the model, checked, in fp32 and ready to read."""
    folder = find(name)
    sha = check(folder)
    try:
        meta = _metadata(folder / "weights.safetensors")
        if meta.get("format") != FORMAT:
            raise ModelError(f"{folder}: weights of format {meta.get('format')!r}; this version reads {FORMAT!r}")
        config = EncoderConfig(**json.loads(meta["encoder"]))
        with torch.device("meta"):
            reader = Reader(config, **json.loads(meta["heads"]))
        state = unpack(load_file(folder / "weights.safetensors"))
        if "base" in meta:
            state = merge(bases.load(meta["base"], config), state)
        reader.load_state_dict(state, assign=True)
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError, struct.error) as error:
        raise ModelError(f"{folder}: weights.safetensors cannot be read ({error}); fetch the model anew") from error
    pieces = WordPieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
    thresholds = Thresholds(**json.loads(meta["thresholds"]))
    return Model(folder.name, reader.eval(), pieces, thresholds, json.loads(meta["settings"]), sha)


def pack(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the parameters as stored: matrices int8 with one scale a row, the rest in half precision."""
    packed: dict[str, Tensor] = {}
    for name, tensor in state.items():
        if tensor.ndim != 2 or tensor.numel() < SMALLEST:
            packed[name] = tensor.to(torch.float16).contiguous()
            continue
        scale = tensor.float().abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
        packed[name] = (tensor.float() / scale).round().to(torch.int8)
        packed[f"{name}{SCALE}"] = scale
    return packed


def unpack(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return fp32 parameters from stored ones: the inverse of `pack` up to rounding."""
    scales = {name: stored.get(f"{name}{SCALE}") for name in stored if not name.endswith(SCALE)}
    return {
        name: stored[name].float() if scale is None else stored[name].float() * scale for name, scale in scales.items()
    }


def merge(base: Mapping[str, Tensor], learnt: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return a reader's parameters from the base encoder's and what was learnt beside them."""
    state = {f"encoder.{name}": tensor for name, tensor in base.items()}
    for name, tensor in learnt.items():
        if name.endswith(UP):
            matrix = name.removesuffix(UP)
            state[f"{matrix}.weight"] = state[f"{matrix}.weight"] + tensor @ learnt[matrix + DOWN]
        elif not name.endswith(DOWN):
            state[name] = tensor
    return state


def save(
    folder: Path,
    state: Mapping[str, Tensor],
    *,
    config: EncoderConfig,
    heads: Mapping[str, Any],
    thresholds: Thresholds,
    settings: Mapping[str, Any],
    tokenizer: Path,
    base: str | None = None,
) -> str:
    """Write weights, tokenizer and SHA256 into the folder; return the weights' SHA-256.

    `state` is a reader's whole state, or with `base` (the SHA-256 of an encoder's file) what was learnt over that.
    """
    folder.mkdir(parents=True, exist_ok=True)
    metadata = {
        "format": FORMAT,
        "encoder": json.dumps(dataclasses.asdict(config)),
        "heads": json.dumps(dict(heads)),
        "thresholds": json.dumps(dataclasses.asdict(thresholds)),
        "settings": json.dumps(dict(settings)),
        **({"base": base} if base is not None else {}),
    }
    save_file(pack(state), folder / "weights.safetensors", metadata=metadata)
    if tokenizer != folder / "tokenizer.json":
        (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    lines = [f"{digest(folder / name)}  {name}\n" for name in CHECKED]
    (folder / "SHA256").write_text("".join(lines), "utf-8")
    return lines[0].split()[0]
