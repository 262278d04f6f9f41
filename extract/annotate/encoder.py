"""The BERT encoder (Devlin et al. 2019, arXiv:1810.04805), post-norm, inference and training from one definition.

Written out here, a hundred lines, because importing a model library costs more than loading the whole of `small`;
tests hold it to the reference implementation's numbers (docs/decisions/0002-own-encoder.md).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
import torch.nn.functional as F  # noqa: N812  torch's own idiom
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Shape of the encoder; the defaults are MiniLM-L6-H384-uncased."""

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    feedforward: int = 1536
    positions: int = 512
    dropout: float = 0.1


class Layer(nn.Module):
    """Self-attention and feed-forward, each with a residual and a norm after it."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.dropout = config.dropout
        self.qkv = nn.Linear(config.hidden, 3 * config.hidden)
        self.attended = nn.Linear(config.hidden, config.hidden)
        self.attended_norm = nn.LayerNorm(config.hidden, eps=1e-12)
        self.up = nn.Linear(config.hidden, config.feedforward)
        self.down = nn.Linear(config.feedforward, config.hidden)
        self.down_norm = nn.LayerNorm(config.hidden, eps=1e-12)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Return the next hidden states (batch, tokens, hidden); mask (batch, 1, 1, tokens) is True where readable."""
        batch, tokens, width = hidden.shape
        split = self.qkv(hidden).view(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        rate = self.dropout if self.training else 0.0  # attention itself has none: torch has no fast path for it
        mixed = F.scaled_dot_product_attention(split[0], split[1], split[2], attn_mask=mask)
        mixed = self.attended(mixed.transpose(1, 2).reshape(batch, tokens, width))
        hidden = self.attended_norm(hidden + F.dropout(mixed, rate, self.training))
        fed = self.down(F.gelu(self.up(hidden)))
        out: Tensor = self.down_norm(hidden + F.dropout(fed, rate, self.training))
        return out


class Encoder(nn.Module):
    """Token ids to contextual vectors."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.words = nn.Embedding(config.vocabulary, config.hidden)
        self.positions = nn.Embedding(config.positions, config.hidden)
        self.norm = nn.LayerNorm(config.hidden, eps=1e-12)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        """Return (batch, tokens, hidden) for ids (batch, tokens), of which the first lengths (batch,) are read."""
        tokens = ids.shape[1]
        positions = torch.arange(tokens, device=ids.device)
        hidden: Tensor = self.norm(self.words(ids) + self.positions(positions))
        hidden = F.dropout(hidden, self.config.dropout, self.training)
        mask = None
        if int(lengths.min()) < tokens:
            mask = (positions[None, :] < lengths[:, None])[:, None, None, :]
        for layer in self.layers:
            hidden = layer(hidden, mask)
        return hidden


def from_bert(weights: Mapping[str, Tensor], config: EncoderConfig) -> dict[str, Tensor]:
    """Return our parameters from a BERT checkpoint's: the segment embedding is added to the positions."""
    prefix = "bert." if any(name.startswith("bert.") for name in weights) else ""

    def take(name: str) -> Tensor:
        return weights[prefix + name].float()

    ours = {
        "words.weight": take("embeddings.word_embeddings.weight"),
        "positions.weight": take("embeddings.position_embeddings.weight")
        + take("embeddings.token_type_embeddings.weight")[0],
        "norm.weight": take("embeddings.LayerNorm.weight"),
        "norm.bias": take("embeddings.LayerNorm.bias"),
    }
    for number in range(config.layers):
        theirs, mine = f"encoder.layer.{number}.", f"layers.{number}."
        for kind in ("weight", "bias"):
            parts = [take(f"{theirs}attention.self.{part}.{kind}") for part in ("query", "key", "value")]
            ours[f"{mine}qkv.{kind}"] = torch.cat(parts)
            ours[f"{mine}attended.{kind}"] = take(f"{theirs}attention.output.dense.{kind}")
            ours[f"{mine}attended_norm.{kind}"] = take(f"{theirs}attention.output.LayerNorm.{kind}")
            ours[f"{mine}up.{kind}"] = take(f"{theirs}intermediate.dense.{kind}")
            ours[f"{mine}down.{kind}"] = take(f"{theirs}output.dense.{kind}")
            ours[f"{mine}down_norm.{kind}"] = take(f"{theirs}output.LayerNorm.{kind}")
    return ours


def to_bert(ours: Mapping[str, Tensor], config: EncoderConfig) -> dict[str, Tensor]:
    """Return a BERT checkpoint of our parameters: the inverse of `from_bert`, with segment embeddings of zero."""
    theirs = {
        "embeddings.word_embeddings.weight": ours["words.weight"],
        "embeddings.position_embeddings.weight": ours["positions.weight"],
        "embeddings.token_type_embeddings.weight": torch.zeros(2, config.hidden),
        "embeddings.LayerNorm.weight": ours["norm.weight"],
        "embeddings.LayerNorm.bias": ours["norm.bias"],
    }
    for number in range(config.layers):
        mine, prefix = f"layers.{number}.", f"encoder.layer.{number}."
        for kind in ("weight", "bias"):
            parts = ours[f"{mine}qkv.{kind}"].chunk(3)
            for part, tensor in zip(("query", "key", "value"), parts, strict=True):
                theirs[f"{prefix}attention.self.{part}.{kind}"] = tensor
            theirs[f"{prefix}attention.output.dense.{kind}"] = ours[f"{mine}attended.{kind}"]
            theirs[f"{prefix}attention.output.LayerNorm.{kind}"] = ours[f"{mine}attended_norm.{kind}"]
            theirs[f"{prefix}intermediate.dense.{kind}"] = ours[f"{mine}up.{kind}"]
            theirs[f"{prefix}output.dense.{kind}"] = ours[f"{mine}down.{kind}"]
            theirs[f"{prefix}output.LayerNorm.{kind}"] = ours[f"{mine}down_norm.{kind}"]
    return {name: tensor.contiguous() for name, tensor in theirs.items()}
