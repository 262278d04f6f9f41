"""Masked-word pre-training of a base encoder on unlabelled articles of the domain (Gururangan et al. 2020).

all-MiniLM-L6-v2 was last trained to give one vector a sentence; guessing masked words of the articles it will read
turns its token vectors back to what stands where. Whole words (15 %) are masked: 80 % by [MASK], 10 % by any word.
"""

import random
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  torch's own idiom
from numpy.typing import NDArray
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from extract.annotate.encoder import Encoder, EncoderConfig, from_bert, to_bert
from extract.annotate.reader import pad, prepare
from extract.annotate.tokens import Ints, WordPieces
from extract.schema.document import Document

Say = Callable[[str], None]
MASKED = 0.15
IGNORED = -100


@dataclass(frozen=True, slots=True)
class Adaptation:
    """How to adapt: `tokens` are read in each round, `windows` at a step, `rate` is the peak learning rate.

    Each round reads articles that none before it has read, with a warm-up and decay of its own: an encoder can be
    adapted further without beginning anew.
    """

    tokens: int = 5_000_000
    rounds: int = 1
    windows: int = 16
    rate: float = 3e-4
    warmup: float = 0.06
    decay: float = 0.01
    seed: int = 1


class MaskedWords(nn.Module):
    """Guesses the token at masked places; the output table is the input table."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        hidden = encoder.config.hidden
        self.encoder = encoder
        self.turn = nn.Linear(hidden, hidden)
        self.norm = nn.LayerNorm(hidden)
        self.bias = nn.Parameter(torch.zeros(encoder.config.vocabulary))

    def forward(self, ids: Tensor, lengths: Tensor, wanted: Tensor) -> Tensor:
        """Return the mean loss over the places where wanted (batch, tokens) is not IGNORED."""
        hidden = self.encoder(ids, lengths)
        asked = wanted != IGNORED
        guessed = self.norm(F.gelu(self.turn(hidden[asked])))
        return F.cross_entropy((guessed @ self.encoder.words.weight.T).float() + self.bias, wanted[asked])


def mask(
    row: Ints, goes_on: NDArray[np.bool_], draw: np.random.Generator, *, mask_id: int, kept: Sequence[int]
) -> tuple[Ints, Ints]:
    """Return the row with some words masked, and what stood there (IGNORED elsewhere).

    `goes_on` (vocabulary,) says which ids continue a word, `kept` which are never masked.
    """
    vocabulary = len(goes_on)
    word = np.cumsum(~goes_on[row])
    asked = (draw.random(word[-1] + 1) < MASKED)[word] & ~np.isin(row, kept)
    fate = draw.random(len(row))
    read = np.where(asked & (fate < 0.8), mask_id, row)
    lowest = min(1000, vocabulary // 2)  # below lie BERT's unused and special tokens
    read = np.where(asked & (fate >= 0.9), draw.integers(lowest, vocabulary, len(row)), read)
    return read.astype(np.int32), np.where(asked, row, IGNORED).astype(np.int32)


def rows_of(documents: Iterable[Document], pieces: WordPieces, tokens: int) -> tuple[list[Ints], int]:
    """Return windows of the documents, in order, until they hold `tokens` tokens, and how many documents that took."""
    rows: list[Ints] = []
    held = used = 0
    for document in documents:
        used += 1
        for row in prepare(document, pieces).windows.rows:
            if len(row) > 16:
                rows.append(row)
                held += len(row)
        if held >= tokens:
            break
    return rows, used


def adapt(
    base: Path,
    documents: Sequence[Document],
    out: Path,
    plan: Adaptation,
    *,
    bf16: bool,
    say: Say,
    config: EncoderConfig,
) -> dict[str, float]:
    """Adapt the BERT checkpoint in `base` to the documents and write it to `out` in the same form; return its figures.

    The figures are the mean loss (nats a masked token) of the first and of the last tenth of the last round's steps.
    """
    shuffled = list(documents)
    random.Random(plan.seed).shuffle(shuffled)
    pieces = WordPieces(Tokenizer.from_file(str(base / "tokenizer.json")))
    figures: dict[str, float] = {}
    for number in range(plan.rounds):
        rows, used = rows_of(shuffled, pieces, plan.tokens)
        shuffled = shuffled[used:]
        figures = _round(base if number == 0 else out, rows, out, plan, plan.seed + number, bf16, say, config)
    return figures


def _round(
    base: Path, rows: list[Ints], out: Path, plan: Adaptation, seed: int, bf16: bool, say: Say, config: EncoderConfig
) -> dict[str, float]:
    began = time.monotonic()
    encoder = Encoder(config)
    encoder.load_state_dict(from_bert(load_file(base / "model.safetensors"), config))
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    pieces = WordPieces(tokenizer)
    vocabulary = tokenizer.get_vocab()
    goes_on = np.zeros(config.vocabulary, bool)
    goes_on[[number for word, number in vocabulary.items() if word.startswith("##")]] = True
    kept = (pieces.cls, pieces.sep)
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    random.Random(seed).shuffle(rows)
    model = MaskedWords(encoder).train()
    steps = -(-len(rows) // plan.windows)
    optimiser = torch.optim.AdamW(model.parameters(), plan.rate, weight_decay=plan.decay)
    warm = max(1, int(plan.warmup * steps))
    scheduler = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: (step + 1) / warm if step < warm else (steps - step) / max(1, steps - warm)
    )
    losses: list[float] = []
    say(f"{len(rows)} windows, {sum(map(len, rows))} tokens, {steps} steps")
    for step in range(steps):
        batch = sorted(rows[step * plan.windows : (step + 1) * plan.windows], key=len)
        loss = 0.0
        for half in (batch[: len(batch) // 2], batch[len(batch) // 2 :]):  # short rows need less padding by themselves
            if half:
                made = [mask(row, goes_on, draw, mask_id=vocabulary["[MASK]"], kept=kept) for row in half]
                loss += _learn(model, made, len(half) / len(batch), bf16=bf16)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        scheduler.step()
        losses.append(loss)
        if step % 20 == 19:
            say(f"step {step + 1}: loss {np.mean(losses[-20:]):.3f}, {time.monotonic() - began:.0f} s")
    out.mkdir(parents=True, exist_ok=True)
    save_file(to_bert(encoder.state_dict(), config), out / "model.safetensors")
    (out / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())
    tenth = max(1, steps // 10)
    return {"first": float(np.mean(losses[:tenth])), "last": float(np.mean(losses[-tenth:]))}


def _learn(model: MaskedWords, made: Sequence[tuple[Ints, Ints]], share: float, *, bf16: bool) -> float:
    """Add `share` of the gradient of these rows' mean loss; return that share of the loss."""
    ids, lengths = pad([read for read, _ in made], device=torch.device("cpu"))
    wanted, _ = pad([stood - IGNORED for _, stood in made], device=torch.device("cpu"))
    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        loss: Tensor = model(ids, lengths, wanted + IGNORED) * share
    loss.backward()  # type: ignore[no-untyped-call]  # torch has no type for it
    return float(loss.detach())
