"""Masked-word pre-training: what is masked, that it learns, that a checkpoint comes back as it was."""

from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from extract.annotate.encoder import Encoder, EncoderConfig, from_bert, to_bert
from extract.schema.document import Document
from extract.train.adapt import IGNORED, Adaptation, adapt, mask

TEXT = "Police arrested Ana and two men in Lagos on Monday for murder. The court sentenced her to ten years in prison."


def test_whole_words_are_masked_and_only_they_are_asked_for() -> None:
    row = np.array([2, *[50, 51, 52, 53, 54, 55] * 50, 3], np.int32)
    goes_on = np.isin(np.arange(100), (51, 54))
    read, asked = mask(row, goes_on, np.random.default_rng(0), mask_id=4, kept=(2, 3))
    chosen = asked != IGNORED
    assert (asked[chosen] == row[chosen]).all()
    assert (read[~chosen] == row[~chosen]).all()
    word = np.cumsum(~goes_on[row])
    assert all(len(set(chosen[word == number])) == 1 for number in range(1, word[-1] + 1))
    assert 0.05 < chosen.mean() < 0.3
    assert (read[chosen] == 4).mean() > 0.6
    assert not chosen[0]
    assert not chosen[-1]


def test_a_checkpoint_comes_back_as_it_was(tiny_config: EncoderConfig) -> None:
    encoder = Encoder(tiny_config)
    back = from_bert(to_bert(encoder.state_dict(), tiny_config), tiny_config)
    assert all(torch.equal(back[name], tensor) for name, tensor in encoder.state_dict().items())


def test_the_loss_falls_and_the_encoder_is_written(
    tiny_config: EncoderConfig, tiny_tokenizer: Tokenizer, tmp_path: Path
) -> None:
    base, out = tmp_path / "base", tmp_path / "out"
    base.mkdir()
    torch.manual_seed(0)
    save_file(to_bert(Encoder(tiny_config).state_dict(), tiny_config), base / "model.safetensors")
    tiny_tokenizer.save(str(base / "tokenizer.json"))
    documents = [Document(f"d{number}", TEXT) for number in range(400)]
    plan = Adaptation(tokens=12_000, windows=4, rate=3e-3)
    said: list[str] = []
    found = adapt(base, documents, out, plan, bf16=False, say=said.append, config=tiny_config)
    assert found["last"] < found["first"] - 0.5
    assert "steps" in said[0]
    assert load_file(out / "model.safetensors").keys() == load_file(base / "model.safetensors").keys()
    assert (out / "tokenizer.json").read_bytes() == (base / "tokenizer.json").read_bytes()
