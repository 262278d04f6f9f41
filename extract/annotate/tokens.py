"""A document as word pieces: ids for the encoder, code-point offsets for evidence.

Line breaks become a token of their own, since in scraped pages they part the article from its furniture.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

LINE_BREAK = "[unused1]"
_LINES = re.compile(r"[^\r\n\u2028\u2029]+")
LONGEST_PIECE = 8_000
"""Code points tokenised at once: a line without a break is cut here, so that time stays linear in its length."""

Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Tokens:
    """ids, starts, ends: (tokens,); `sentences` and `words` number the sentence and the word each token is in."""

    ids: Ints
    starts: Ints
    ends: Ints
    sentences: Ints
    words: Ints

    def __len__(self) -> int:
        return len(self.ids)


class WordPieces:
    """Uncased WordPiece with the ids that windows need; offsets refer to the text as given."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.cls = self._known("[CLS]", "<s>")
        self.sep = self._known("[SEP]", "</s>")
        self.pad = self._known("[PAD]", "<pad>")
        self.line_break = self._known(LINE_BREAK)
        self._stops = np.array([self._known(mark) for mark in ".!?"] + [self.line_break], dtype=np.int32)

    def _known(self, *names: str) -> int:
        """Return the id of the first of these tokens that the vocabulary has: BERT's name, then MPNet's."""
        found = [number for name in names if (number := self._tokenizer.token_to_id(name)) is not None]
        if not found:
            raise ValueError(f"the vocabulary lacks {names[0]}")
        return int(found[0])

    def __call__(self, text: str) -> Tokens:
        """Return the text's tokens; a run of line breaks is one token covering it."""
        ids: list[int] = []
        starts: list[int] = []
        ends: list[int] = []
        pieces = list(_pieces(text))
        encoded = self._tokenizer.encode_batch([text[start:end] for start, end in pieces], add_special_tokens=False)
        last = 0
        for (start, end), piece in zip(pieces, encoded, strict=True):
            if ids and last < start and text[last:start].strip(" \t") != "":
                ids.append(self.line_break)
                starts.append(last)
                ends.append(start)
            ids += piece.ids
            starts += [start + one for one, _ in piece.offsets]
            ends += [start + one for _, one in piece.offsets]
            last = end
        array = np.array(ids, dtype=np.int32)
        stops = np.isin(array, self._stops)
        before = np.concatenate([[0], np.cumsum(stops)[:-1]]) if len(array) else stops
        words = np.cumsum([_opens_word(text, a, b) for a, b in zip(starts, [-1, *ends], strict=False)])
        return Tokens(
            array, np.array(starts, np.int32), np.array(ends, np.int32), before.astype(np.int32), words.astype(np.int32)
        )


def _opens_word(text: str, start: int, end_before: int) -> bool:
    """Return whether a token begins a word: it does not when it goes on where letters or digits have just ended."""
    return start != end_before or not (text[start : start + 1].isalnum() and text[start - 1 : start].isalnum())


def _pieces(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each line that holds something, long ones cut at a space."""
    found: list[tuple[int, int]] = []
    for line in _LINES.finditer(text):
        start, end = line.span()
        while end - start > LONGEST_PIECE:
            cut = text.rfind(" ", start + LONGEST_PIECE // 2, start + LONGEST_PIECE)
            cut = start + LONGEST_PIECE if cut < 0 else cut
            found.append((start, cut))
            start = cut
        if text[start:end].strip():
            found.append((start, end))
    return found
