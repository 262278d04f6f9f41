"""Encoder and heads as one module, and the batch it reads: several documents' windows at once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence

from extract.annotate.encoder import Encoder, EncoderConfig
from extract.annotate.heads import Heads
from extract.annotate.tokens import Tokens, WordPieces
from extract.annotate.windows import Windows, windows
from extract.schema.document import Document


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document tokenised and cut into windows; `cut` counts code points left unread."""

    document: Document
    tokens: Tokens
    windows: Windows


@dataclass(frozen=True, slots=True)
class Begun:
    """Hidden states after the first `layers` layers: `states[document][window]` is (tokens, hidden).

    Layers that do not learn give the same at every epoch: passed once, they cost nothing after.
    """

    layers: int
    states: Sequence[Sequence[Tensor]]


def prepare(document: Document, pieces: WordPieces) -> Prepared:
    """Return the document's tokens and windows; the title is read before each window."""
    title = pieces(document.title) if document.title else None
    tokens = pieces(document.text)
    return Prepared(document, tokens, windows(tokens, title, pieces))


class Reader(nn.Module):
    """The transformer and its heads."""

    def __init__(
        self, config: EncoderConfig, *, size: int = 256, inner: int = 128, dropout: float = 0.2, mixers: int = 0
    ) -> None:
        super().__init__()
        self.encoder = Encoder(config)
        self.heads = Heads(config.hidden, size=size, inner=inner, dropout=dropout, mixers=mixers)

    def forward(self, documents: Sequence[Prepared], *, batch: int = 8, begun: Begun | None = None) -> list[Tensor]:
        """Return each document's token vectors (tokens, hidden), from windows batched by length.

        With `begun` the first layers have been passed already: each document's windows as `begin` gave them.
        """
        rows = [(number, row) for number, one in enumerate(documents) for row in range(len(one.windows.rows))]
        rows.sort(key=lambda pair: len(documents[pair[0]].windows.rows[pair[1]]))
        read: dict[tuple[int, int], Tensor] = {}
        for first in range(0, len(rows), batch):
            chosen = rows[first : first + batch]
            device = self.heads.crowding.device
            ids, lengths = pad([documents[number].windows.rows[row] for number, row in chosen], device=device)
            cases, _ = pad([documents[number].windows.cases[row] for number, row in chosen], device=device)
            if begun is None:
                hidden = self.encoder(ids, lengths, cases)
            else:
                states = pad_sequence([begun.states[number][row] for number, row in chosen], batch_first=True).float()
                mask = self.encoder.mask(states.shape[1], lengths)
                hidden = self.encoder.through(states, cases, mask, begun.layers, len(self.encoder.layers))
            read |= {pair: hidden[place] for place, pair in enumerate(chosen)}
        return [self._gather(number, one, read) for number, one in enumerate(documents)]

    def begin(self, document: Prepared, layers: int) -> list[Tensor]:
        """Return each window's hidden states (tokens, hidden) after the first layers, for `Begun`: in bfloat16."""
        rows: list[Tensor] = []
        for number in range(len(document.windows.rows)):
            ids, lengths = pad(document.windows.rows[number : number + 1], device=self.heads.crowding.device)
            cases, _ = pad(document.windows.cases[number : number + 1], device=ids.device)
            mask = self.encoder.mask(ids.shape[1], lengths)
            hidden = self.encoder.through(self.encoder.embed(ids, cases), cases, mask, 0, layers)
            rows.append(hidden[0].to(torch.bfloat16))
        return rows

    @staticmethod
    def _gather(number: int, prepared: Prepared, read: dict[tuple[int, int], Tensor]) -> Tensor:
        parts = []
        for row in range(len(prepared.windows.rows)):
            places = prepared.windows.place[prepared.windows.window == row]
            parts.append(read[number, row][torch.from_numpy(places.astype(np.int64))])
        return torch.cat(parts).float()


def pad(rows: Sequence[np.ndarray[tuple[int], np.dtype[np.int32]]], *, device: torch.device) -> tuple[Tensor, Tensor]:
    """Return (batch, longest) ids padded with 0 and their lengths (batch,)."""
    lengths = torch.tensor([len(row) for row in rows])
    ids = torch.zeros(len(rows), int(lengths.max()), dtype=torch.int64)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = torch.from_numpy(row.astype(np.int64))
    return ids.to(device), lengths.to(device)
