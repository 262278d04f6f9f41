"""The BERT encoder (Devlin et al. 2019, arXiv:1810.04805), post-norm, inference and training from one definition.

With `relative` buckets it is MPNet's (Song et al. 2020, arXiv:2004.09297): one bias per head and bucket of relative
position (Raffel et al. 2020, arXiv:1910.10683), shared by all layers.

Written out here, a hundred lines, because importing a model library costs more than loading the whole of `small`;
tests hold it to the reference implementation's numbers (docs/decisions/0002-own-encoder.md).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import torch
import torch.nn.functional as F  # noqa: N812  torch's own idiom
from torch import Tensor, nn


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Shape of the encoder; the defaults are MiniLM-L6-H384-uncased.

    How words are written (`cases` ways) is told before layer `cases_at`; at 0, with the words themselves.
    """

    vocabulary: int = 30522
    hidden: int = 384
    layers: int = 6
    heads: int = 12
    feedforward: int = 1536
    positions: int = 512
    dropout: float = 0.1
    norm: float = 1e-12
    relative: int = 0
    cases: int = 0
    cases_at: int = 0


FARTHEST = 128
"""Tokens apart from which on MPNet no longer tells relative positions apart."""


class Layer(nn.Module):
    """Self-attention and feed-forward, each with a residual and a norm after it."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.heads = config.heads
        self.dropout = config.dropout
        self.qkv = nn.Linear(config.hidden, 3 * config.hidden)
        self.attended = nn.Linear(config.hidden, config.hidden)
        self.attended_norm = nn.LayerNorm(config.hidden, eps=config.norm)
        self.up = nn.Linear(config.hidden, config.feedforward)
        self.down = nn.Linear(config.feedforward, config.hidden)
        self.down_norm = nn.LayerNorm(config.hidden, eps=config.norm)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        """Return the next hidden states (batch, tokens, hidden).

        mask (batch, 1, 1, tokens) is True where readable, or (batch, heads, tokens, tokens) is added to the scores.
        """
        batch, tokens, width = hidden.shape
        split = self.qkv(hidden).view(batch, tokens, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        rate = self.dropout if self.training else 0.0  # attention itself has none: torch has no fast path for it
        if mask is not None and mask.is_floating_point():
            mask = mask.to(split.dtype)
        attend = _attend if self.training else F.scaled_dot_product_attention
        mixed = attend(split[0], split[1], split[2], attn_mask=mask)
        mixed = self.attended(mixed.transpose(1, 2).reshape(batch, tokens, width))
        hidden = self.attended_norm(hidden + F.dropout(mixed, rate, self.training))
        fed = self.down(F.gelu(self.up(hidden)))
        out: Tensor = self.down_norm(hidden + F.dropout(fed, rate, self.training))
        return out


def _attend(query: Tensor, key: Tensor, value: Tensor, *, attn_mask: Tensor | None) -> Tensor:
    """Return what torch's fused attention does, step by step: going back through that takes twice as long on a CPU."""
    scores = torch.matmul(query * query.shape[-1] ** -0.5, key.transpose(-1, -2))
    if attn_mask is not None and not attn_mask.is_floating_point():
        attn_mask = torch.zeros_like(attn_mask, dtype=scores.dtype).masked_fill(~attn_mask, -math.inf)
    if attn_mask is not None:
        scores = scores.add_(attn_mask)
    return torch.matmul(scores.softmax(-1), value)


class Encoder(nn.Module):
    """Token ids to contextual vectors."""

    def __init__(self, config: EncoderConfig) -> None:
        super().__init__()
        self.config = config
        self.words = nn.Embedding(config.vocabulary, config.hidden)
        self.positions = nn.Embedding(config.positions, config.hidden)
        self.cases = nn.Embedding(config.cases, config.hidden) if config.cases else None
        if self.cases is not None:
            nn.init.zeros_(self.cases.weight)  # the base encoder has learnt without
        self.norm = nn.LayerNorm(config.hidden, eps=config.norm)
        self.layers = nn.ModuleList(Layer(config) for _ in range(config.layers))
        self.relative = nn.Embedding(config.relative, config.heads) if config.relative else None

    def forward(self, ids: Tensor, lengths: Tensor, cases: Tensor | None = None) -> Tensor:
        """Return (batch, tokens, hidden) for ids (batch, tokens), of which the first lengths (batch,) are read.

        cases (batch, tokens) says how words are written (`annotate.tokens.CASES`); an encoder without them ignores it.
        """
        return self.masked(ids, cases, self.mask(ids.shape[1], lengths))

    def mask(self, tokens: int, lengths: Tensor) -> Tensor | None:
        """Return what every `Layer` needs to read the first lengths (batch,) of so many tokens; `None` for all."""
        positions = torch.arange(tokens, device=lengths.device)
        mask = None
        if int(lengths.min()) < tokens:
            mask = (positions[None, :] < lengths[:, None])[:, None, None, :]
        if self.relative is not None:
            bias = self.relative(relative_bucket(positions[None] - positions[:, None], self.config.relative))
            bias = bias.permute(2, 0, 1)[None]
            mask = bias if mask is None else bias.masked_fill(~mask, -math.inf)
        return mask

    def masked(self, ids: Tensor, cases: Tensor | None, mask: Tensor | None) -> Tensor:
        """Return the same under a mask as `Layer` takes it."""
        return self.through(self.embed(ids, cases), cases, mask, 0, len(self.layers))

    def embed(self, ids: Tensor, cases: Tensor | None) -> Tensor:
        """Return what the first layer reads (batch, tokens, hidden)."""
        embedded = self.words(ids) + self.positions.weight[: ids.shape[1]]
        if self.cases is not None and cases is not None and not self.config.cases_at:
            embedded = embedded + self.cases(cases)
        return F.dropout(self.norm(embedded), self.config.dropout, self.training)

    def through(self, hidden: Tensor, cases: Tensor | None, mask: Tensor | None, first: int, last: int) -> Tensor:
        """Return hidden states (batch, tokens, hidden) after layers `first` to `last`, end exclusive."""
        for number in range(first, last):
            if self.cases is not None and cases is not None and number == self.config.cases_at > 0:
                hidden = hidden + self.cases(cases)
            hidden = self.layers[number](hidden, mask)
        return hidden


def relative_bucket(offset: Tensor, buckets: int) -> Tensor:
    """Return the bucket of each signed offset key - query: half for either side, exact when near, then logarithmic.

    >>> relative_bucket(torch.tensor([0, 1, -1, 40, 4000]), 32).tolist()
    [0, 17, 1, 28, 31]
    """
    half = buckets // 2
    exact = half // 2
    size = offset.abs()
    far = torch.log(size.clamp(min=1).float() / exact) / math.log(FARTHEST / exact) * (half - exact)
    near = torch.where(size < exact, size, (exact + far.long()).clamp(max=half - 1))
    return near + half * (offset > 0).long()


def config_of(weights: Mapping[str, Tensor]) -> EncoderConfig:
    """Return the shape of a BERT or MPNet checkpoint; heads are 12 in both families at every size used here."""
    prefix = "bert." if any(name.startswith("bert.") for name in weights) else ""
    vocabulary, hidden = weights[f"{prefix}embeddings.word_embeddings.weight"].shape
    positions = len(weights[f"{prefix}embeddings.position_embeddings.weight"])
    layers = 1 + max(int(name.split("layer.")[1].split(".")[0]) for name in weights if "encoder.layer." in name)
    feedforward = len(weights[f"{prefix}encoder.layer.0.intermediate.dense.weight"])
    shape = EncoderConfig(vocabulary, hidden, layers, 12, feedforward, positions)
    relative = weights.get("encoder.relative_attention_bias.weight")
    if relative is None:
        return shape
    return replace(shape, positions=positions - MPNET_FIRST, norm=1e-5, relative=len(relative))


MPNET_FIRST = 2
"""MPNet's first position: those before it belong to padding."""


def from_mpnet(weights: Mapping[str, Tensor], config: EncoderConfig) -> dict[str, Tensor]:
    """Return our parameters from an MPNet checkpoint's."""
    ours = {
        "words.weight": weights["embeddings.word_embeddings.weight"].float(),
        "positions.weight": weights["embeddings.position_embeddings.weight"][MPNET_FIRST:].float(),
        "norm.weight": weights["embeddings.LayerNorm.weight"].float(),
        "norm.bias": weights["embeddings.LayerNorm.bias"].float(),
        "relative.weight": weights["encoder.relative_attention_bias.weight"].float(),
    }
    pairs = {
        "attended": "attention.attn.o",
        "attended_norm": "attention.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "down_norm": "output.LayerNorm",
    }
    for number in range(config.layers):
        theirs, mine = f"encoder.layer.{number}.", f"layers.{number}."
        for kind in ("weight", "bias"):
            parts = [weights[f"{theirs}attention.attn.{part}.{kind}"].float() for part in "qkv"]
            ours[f"{mine}qkv.{kind}"] = torch.cat(parts)
            for name, their_name in pairs.items():
                ours[f"{mine}{name}.{kind}"] = weights[f"{theirs}{their_name}.{kind}"].float()
    return ours


def from_checkpoint(weights: Mapping[str, Tensor], config: EncoderConfig) -> dict[str, Tensor]:
    """Return our parameters from a checkpoint of either family."""
    return from_mpnet(weights, config) if config.relative else from_bert(weights, config)


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
