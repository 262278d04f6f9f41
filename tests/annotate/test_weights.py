"""A model folder is complete and sound, or refused with the reason before anything of it is used."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.annotate import bases, weights
from extract.errors import ModelError
from tests.conftest import ROOT

SMALL = ROOT / "models" / "small"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped model."""
    home = tmp_path / "model"
    home.mkdir()
    for name in (*weights.CHECKED, "SHA256"):
        shutil.copy(SMALL / name, home / name)
    return home


def _pickle(home: Path) -> None:
    (home / "pytorch_model.bin").write_bytes(b"\x80\x04")


def _code(home: Path) -> None:
    (home / "modeling.py").write_text("raise SystemExit('run')")


def _other_bytes(home: Path) -> None:
    content = bytearray((home / "weights.safetensors").read_bytes())
    content[-1] ^= 1
    (home / "weights.safetensors").write_bytes(bytes(content))


def _cut(home: Path) -> None:
    content = (home / "weights.safetensors").read_bytes()
    (home / "weights.safetensors").write_bytes(content[: len(content) // 2])


def _no_tokenizer(home: Path) -> None:
    (home / "tokenizer.json").unlink()


def _no_list(home: Path) -> None:
    (home / "SHA256").unlink()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_pickle, "only safetensors are read"),
        (_code, "only safetensors are read"),
        (_other_bytes, "not the file that SHA256 lists"),
        (_cut, "not the file that SHA256 lists"),
        (_no_tokenizer, "tokenizer.json is missing"),
        (_no_list, "no readable SHA256"),
    ],
)
def test_a_spoilt_folder_is_refused_with_its_reason(folder: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(folder)
    with pytest.raises(ModelError, match=said):
        weights.load(str(folder))


def test_weights_cut_short_are_refused_even_when_listed(folder: Path) -> None:
    _cut(folder)
    lines = [f"{bases.digest(folder / name)}  {name}\n" for name in weights.CHECKED]
    (folder / "SHA256").write_text("".join(lines))
    with pytest.raises(ModelError, match="cannot be read"):
        weights.load(str(folder))


def test_packing_and_unpacking_keeps_the_numbers_within_rounding() -> None:
    model = weights.load("small")
    state = model.reader.state_dict()
    again = weights.unpack(weights.pack(state))
    assert set(again) == set(state)
    assert all(float((again[name] - state[name]).abs().max()) < 0.02 for name in state)
