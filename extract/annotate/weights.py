"""Model folders: find one, check it, load it, write it. The only module that knows where models lie.

A folder holds `weights.safetensors` (half precision, the word table as int8 rows with a scale each), `tokenizer.json`,
`SHA256` (one line a file), and for people `CARD.md`, `recipe.toml`, `metrics.json`. Configuration and thresholds
travel in the weights' own metadata, so that no two files can disagree. Nothing is ever unpickled.
"""

import dataclasses
import hashlib
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

from extract.annotate.decode import Thresholds
from extract.annotate.encoder import EncoderConfig
from extract.annotate.reader import Reader
from extract.annotate.tokens import WordPieces
from extract.errors import ModelError

FORMAT = "1"
WORDS = "encoder.words.weight"
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


def digest(path: Path) -> str:
    """Return the file's hex SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


def load(name: str) -> Model:
    """Return the model, checked, in fp32 and ready to read."""
    folder = find(name)
    sha = check(folder)
    try:
        meta = _metadata(folder / "weights.safetensors")
        if meta.get("format") != FORMAT:
            raise ModelError(f"{folder}: weights of format {meta.get('format')!r}; this version reads {FORMAT!r}")
        with torch.device("meta"):
            reader = Reader(EncoderConfig(**json.loads(meta["encoder"])), **json.loads(meta["heads"]))
        state = unpack(load_file(folder / "weights.safetensors"))
        reader.load_state_dict(state, assign=True)
    except (SafetensorError, KeyError, TypeError, ValueError, RuntimeError, struct.error) as error:
        raise ModelError(f"{folder}: weights.safetensors cannot be read ({error}); fetch the model anew") from error
    pieces = WordPieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
    thresholds = Thresholds(**json.loads(meta["thresholds"]))
    return Model(folder.name, reader.eval(), pieces, thresholds, json.loads(meta["settings"]), sha)


def pack(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the parameters as stored: half precision, the word table int8 with one scale a row."""
    packed = {name: tensor.to(torch.float16).contiguous() for name, tensor in state.items() if name != WORDS}
    words = state[WORDS].float()
    scale = words.abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
    return {
        **packed,
        WORDS: (words / scale).round().to(torch.int8),
        f"{WORDS}.scale": scale.to(torch.float32),
    }


def unpack(stored: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return fp32 parameters from stored ones: the inverse of `pack` up to rounding."""
    state = {name: tensor.float() for name, tensor in stored.items() if not name.startswith(WORDS)}
    return {**state, WORDS: stored[WORDS].float() * stored[f"{WORDS}.scale"]}


def save(
    folder: Path,
    reader: Reader,
    *,
    heads: Mapping[str, Any],
    thresholds: Thresholds,
    settings: Mapping[str, Any],
    tokenizer: Path,
) -> str:
    """Write weights, tokenizer and SHA256 into the folder; return the weights' SHA-256."""
    folder.mkdir(parents=True, exist_ok=True)
    metadata = {
        "format": FORMAT,
        "encoder": json.dumps(dataclasses.asdict(reader.encoder.config)),
        "heads": json.dumps(dict(heads)),
        "thresholds": json.dumps(dataclasses.asdict(thresholds)),
        "settings": json.dumps(dict(settings)),
    }
    save_file(pack(reader.state_dict()), folder / "weights.safetensors", metadata=metadata)
    (folder / "tokenizer.json").write_bytes(tokenizer.read_bytes())
    lines = [f"{digest(folder / name)}  {name}\n" for name in CHECKED]
    (folder / "SHA256").write_text("".join(lines), "utf-8")
    return lines[0].split()[0]
