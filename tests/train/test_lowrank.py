"""A model that learns beside a public encoder ships what it learnt, and reads alike after loading."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer

from extract.annotate import bases, weights
from extract.annotate.decode import Thresholds
from extract.annotate.encoder import to_bert
from extract.annotate.reader import Begun, Reader, prepare
from extract.annotate.tokens import CASES, WordPieces
from extract.errors import ModelError
from extract.label.sheet import read_sheet
from extract.schema.document import Document
from extract.train.examples import example
from extract.train.loop import Schedule, learn
from extract.train.loss import Weights
from extract.train.lowrank import add_low_rank, learnt
from tests.train.test_loop import DOCUMENT, SHEET

HEADS = {"size": 32, "inner": 16, "dropout": 0.0}


@pytest.fixture
def reader(tiny_reader: Reader) -> Reader:
    """Return a reader whose encoder is told how words are written before its second layer."""
    return Reader(replace(tiny_reader.encoder.config, layers=2, cases=CASES, cases_at=1), **HEADS)


def _encoder_file(reader: Reader, folder: Path) -> str:
    config = replace(reader.encoder.config, cases=0, cases_at=0)
    state = {name: one.clone() for name, one in reader.encoder.state_dict().items()}
    path = folder / bases.FILE
    save_file(to_bert(state, config), path)
    return bases.digest(path)


def test_updates_change_nothing_before_they_have_learnt(reader: Reader, tiny_pieces: WordPieces) -> None:
    prepared = prepare(DOCUMENT, tiny_pieces)
    reader.eval()
    with torch.inference_mode():
        before = reader([prepared])[0]
    add_low_rank(reader.encoder, 2, first=1)
    with torch.inference_mode():
        assert torch.equal(before, reader([prepared])[0])


def test_layers_passed_beforehand_give_what_the_whole_encoder_gives(reader: Reader, tiny_pieces: WordPieces) -> None:
    torch.nn.init.normal_(reader.encoder.cases.weight)  # type: ignore[union-attr]  # the fixture has them
    documents = [prepare(DOCUMENT, tiny_pieces), prepare(Document("two", "Kim was killed."), tiny_pieces)]
    reader.eval()
    with torch.inference_mode():
        whole = reader(documents)
        begun = Begun(1, [reader.begin(one, 1) for one in documents])
        resumed = reader(documents, begun=begun)
    assert all(torch.allclose(a, b, atol=0.05) for a, b in zip(whole, resumed, strict=True))  # begun is bfloat16


def test_what_was_learnt_over_a_base_is_saved_and_reads_alike(
    reader: Reader,
    tiny_pieces: WordPieces,
    tiny_tokenizer: Tokenizer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sha = _encoder_file(reader, tmp_path)
    frozen = reader.encoder.layers[0].qkv.weight.clone()  # type: ignore[union-attr,operator]
    examples = [example(read_sheet(SHEET, DOCUMENT), DOCUMENT, tiny_pieces)]
    schedule = Schedule(epochs=30, articles=1, encoder_rate=3e-3, head_rate=3e-3, frozen_layers=1, rank=2)
    losses: list[float] = []
    learn(reader, examples, schedule, Weights(), each_epoch=lambda _, means: losses.append(means["slots"]), bf16=False)
    assert losses[-1] < losses[0] / 2
    assert torch.equal(frozen, reader.encoder.layers[0].qkv.weight)  # type: ignore[union-attr,arg-type]
    state = learnt(reader)
    assert not any(".words." in name or ".layers.0." in name for name in state)
    tiny_tokenizer.save(str(tmp_path / "tokenizer.json"))
    weights.save(
        tmp_path / "model", state, config=reader.encoder.config, heads=HEADS, thresholds=Thresholds(), settings={},
        tokenizer=tmp_path / "tokenizer.json", base=sha,
    )  # fmt: skip
    monkeypatch.setenv(bases.HOME, str(tmp_path / "kept"))
    with pytest.raises(ModelError, match="chargesheet models fetch"):
        weights.load(str(tmp_path / "model"))
    bases.keep(tmp_path / bases.FILE, sha)
    loaded = weights.load(str(tmp_path / "model"))
    with torch.inference_mode():
        ours, theirs = reader.eval()([examples[0].prepared])[0], loaded.reader([examples[0].prepared])[0]
    assert torch.allclose(ours, theirs, atol=0.05)
