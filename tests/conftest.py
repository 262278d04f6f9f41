"""Shared by all tests: a tiny tokenizer and reader, the shipped model once a session, and where shared data lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import settings
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from extract.annotate.encoder import EncoderConfig
from extract.annotate.reader import Reader
from extract.annotate.tokens import LINE_BREAK, WordPieces

if TYPE_CHECKING:
    from extract.pipeline import Pipeline

settings.register_profile("patient", deadline=None)  # a busy machine is no fault
settings.load_profile("patient")
torch.set_num_threads(1)  # tiny models: threads only wait for each other
ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
WORDS = [
    "police",
    "arrested",
    "ana",
    "ruiz",
    "and",
    "two",
    "men",
    "in",
    "lagos",
    "on",
    "monday",
    "for",
    "murder",
    "the",
    "court",
    "sentenced",
    "her",
    "to",
    "ten",
    "years",
    "prison",
    "kim",
    "was",
    "killed",
    "with",
    "a",
    "gun",
    "said",
    "judge",
    "he",
    "she",
    "they",
    "bo",
    "li",
    "robbery",
    "jailed",
    "tuesday",
]


@pytest.fixture(scope="session")
def tiny_tokenizer() -> Tokenizer:
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", LINE_BREAK, *'.,!?’"', *dict.fromkeys(WORDS)]
    vocabulary += [character for character in "abcdefghijklmnopqrstuvwxyz" if character not in vocabulary]
    vocabulary += [f"##{character}" for character in "abcdefghijklmnopqrstuvwxyz"]
    tokenizer = Tokenizer(models.WordPiece({word: n for n, word in enumerate(vocabulary)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    return tokenizer


@pytest.fixture(scope="session")
def tiny_pieces(tiny_tokenizer: Tokenizer) -> WordPieces:
    return WordPieces(tiny_tokenizer)


@pytest.fixture
def tiny_config(tiny_tokenizer: Tokenizer) -> EncoderConfig:
    return EncoderConfig(
        vocabulary=tiny_tokenizer.get_vocab_size(),
        hidden=32,
        layers=1,
        heads=4,
        feedforward=64,
        positions=512,
        dropout=0.0,
    )


@pytest.fixture
def tiny_reader(tiny_config: EncoderConfig) -> Reader:
    torch.manual_seed(0)
    return Reader(tiny_config, size=32, inner=16, dropout=0.0)


@pytest.fixture(scope="session")
def small() -> Pipeline:
    import extract

    return extract.load("small", bf16=False)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the shared data are not beside this clone: this test reads them")
    return SHARED
