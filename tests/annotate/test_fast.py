"""The compiled encoder gives torch's numbers, whatever the shape."""

import pytest
import torch

from extract.annotate.encoder import Encoder, EncoderConfig
from extract.annotate.fast import CompiledEncoder
from extract.errors import ModelError

pytest.importorskip("openvino")
CONFIG = EncoderConfig(vocabulary=60, hidden=24, layers=2, heads=12, feedforward=48, positions=40, cases=5)


def _encoder(config: EncoderConfig = CONFIG) -> Encoder:
    torch.manual_seed(3)
    encoder = Encoder(config).eval()
    if encoder.cases is not None:
        torch.nn.init.normal_(encoder.cases.weight)
    return encoder


@pytest.mark.parametrize(("batch", "tokens"), [(1, 1), (1, 40), (3, 17)])
def test_the_compiled_encoder_reads_what_torch_reads(batch: int, tokens: int) -> None:
    encoder = _encoder()
    fast = CompiledEncoder(encoder, bf16=False)
    ids, cases = torch.randint(0, 60, (batch, tokens)), torch.randint(0, 5, (batch, tokens))
    lengths = torch.randint(1, tokens + 1, (batch,))
    lengths[0] = tokens
    with torch.inference_mode():
        ours, theirs = fast(ids, lengths, cases), encoder(ids, lengths, cases)
    for row, length in enumerate(lengths.tolist()):
        assert torch.allclose(ours[row, :length], theirs[row, :length], atol=1e-4)


def test_an_encoder_without_cases_ignores_them() -> None:
    encoder = _encoder(EncoderConfig(vocabulary=60, hidden=24, layers=1, heads=12, feedforward=48, positions=40))
    ids, lengths = torch.randint(0, 60, (2, 9)), torch.tensor([9, 4])
    with torch.inference_mode():
        found = CompiledEncoder(encoder, bf16=False)(ids, lengths, torch.ones_like(ids))
        assert torch.allclose(found[0], encoder(ids, lengths)[0], atol=1e-4)


def test_relative_positions_are_refused_by_name() -> None:
    config = EncoderConfig(vocabulary=60, hidden=24, layers=1, heads=12, feedforward=48, positions=40, relative=32)
    with pytest.raises(ModelError, match="BERT encoders only"):
        CompiledEncoder(_encoder(config), bf16=False)
