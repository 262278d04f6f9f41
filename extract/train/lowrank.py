"""Low-rank updates of an encoder's upper layers (LoRA, Hu et al. 2021, arXiv:2106.09685): what `base` ships of itself.

The matrices of the public encoder stay as they are; each learns the product of two narrow ones beside it. Biases and
norms of those layers learn as usual: they are small.
"""

import math

import torch
import torch.nn.functional as F  # noqa: N812  torch's own idiom
from torch import Tensor, nn

from extract.annotate.encoder import Encoder

LINEAR = ("qkv", "attended", "up", "down")


class LowRank(nn.Module):
    """A linear layer whose weight stays, plus `low_up` (outputs, rank) times `low_down` (rank, inputs)."""

    def __init__(self, linear: nn.Linear, rank: int) -> None:
        super().__init__()
        outputs, inputs = linear.weight.shape
        self.weight, self.bias = linear.weight, linear.bias
        self.weight.requires_grad_(False)
        self.low_down = nn.Parameter(torch.empty(rank, inputs))
        self.low_up = nn.Parameter(torch.zeros(outputs, rank))
        nn.init.kaiming_uniform_(self.low_down, a=math.sqrt(5))

    def forward(self, inputs: Tensor) -> Tensor:
        """Return (…, outputs)."""
        return F.linear(inputs, self.weight, self.bias) + F.linear(F.linear(inputs, self.low_down), self.low_up)


def add_low_rank(encoder: Encoder, rank: int, *, first: int) -> None:
    """Put low-rank updates beside every matrix of layers `first` and above, in place; at the start they change nothing.

    Nothing else of the encoder learns but those layers' biases and norms and the embedding of how words are written.
    """
    for name, parameter in encoder.named_parameters():
        parameter.requires_grad_(name.startswith("cases."))
    for layer in encoder.layers[first:]:
        for parameter in layer.parameters():
            parameter.requires_grad_(parameter.ndim == 1)
        for name in LINEAR:
            setattr(layer, name, LowRank(getattr(layer, name), rank))


def learnt(reader: nn.Module) -> dict[str, Tensor]:
    """Return what learns, by parameter name: all of the heads, and of the encoder what `add_low_rank` lets learn."""
    return {name: one.detach() for name, one in reader.named_parameters() if one.requires_grad}
