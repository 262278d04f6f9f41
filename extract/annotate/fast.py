"""The encoder compiled by OpenVINO: the same numbers, sooner, on a processor without AMX (figures: eval/RESULTS.md).

Only the encoder is compiled; the heads stay in torch. It is an extra (`pip install 'chargesheet[fast]'`): it is large
on disk and takes seconds to compile at start, so that it pays for many articles, not for one.
"""

import warnings
from typing import Any

import torch
from torch import Tensor, nn

from extract.annotate.encoder import Encoder
from extract.errors import ModelError

TRACED = 8
"""Tokens of the example that is traced; shapes are free afterwards."""


class _Traced(nn.Module):
    """The encoder under a mask that is always there, so that one trace holds for all shapes."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor) -> Tensor:
        """Return (batch, tokens, hidden); mask (batch, 1, 1, tokens) is True where readable."""
        return self.encoder.masked(ids, cases, mask)


class CompiledEncoder(nn.Module):
    """Takes an `Encoder`'s place in a reader; inference only."""

    def __init__(self, encoder: Encoder, *, bf16: bool, threads: int | None = None) -> None:
        """Compile; raises `ModelError` where OpenVINO is missing or the encoder has relative positions (MPNet)."""
        super().__init__()
        if encoder.relative is not None:
            raise ModelError("--fast reads BERT encoders only; leave it out for this model")
        self.config = encoder.config
        self._request: Any = _compile(_Traced(encoder).eval(), bf16=bf16, threads=threads or torch.get_num_threads())

    def forward(self, ids: Tensor, lengths: Tensor, cases: Tensor | None = None) -> Tensor:
        """Return (batch, tokens, hidden) as the encoder does."""
        mask = (torch.arange(ids.shape[1])[None] < lengths[:, None])[:, None, None, :]
        written = torch.zeros_like(ids) if cases is None else cases
        found = self._request.infer([ids.numpy(), written.numpy(), mask.numpy()])[0]
        return torch.from_numpy(found.copy())


def _compile(module: nn.Module, *, bf16: bool, threads: int) -> Any:
    try:
        import openvino
    except ImportError as error:
        raise ModelError("--fast needs OpenVINO: pip install 'chargesheet[fast]'") from error
    ids = torch.zeros(1, TRACED, dtype=torch.int64)
    example = (ids, ids, torch.ones(1, 1, 1, TRACED, dtype=torch.bool))
    shapes = [([-1, -1], openvino.Type.i64)] * 2 + [([-1, 1, 1, -1], openvino.Type.boolean)]
    with torch.inference_mode(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of every Python number; test_fast holds the outcome
        graph = openvino.convert_model(module, example_input=example, input=shapes)
    options = {
        "INFERENCE_PRECISION_HINT": "bf16" if bf16 else "f32",
        "INFERENCE_NUM_THREADS": threads,
        "PERFORMANCE_HINT": "LATENCY",
    }
    return openvino.Core().compile_model(graph, "CPU", options).create_infer_request()
