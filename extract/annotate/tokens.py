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

CASES = 5
"""Ways of writing a word: no letters (0), lower case (1), a capital first (2), capitals alone (3), anything else (4).

The vocabulary is uncased; names, beginnings and headlines show in the case, which the encoder gets beside the id.
"""

Ints = NDArray[np.int32]


def case_of(word: str) -> int:
    """Return how a word is written, as `CASES` numbers it.

    >>> [case_of(word) for word in ("42", "police", "Kim", "FBI", "McKay")]
    [0, 1, 2, 3, 4]
    """
    letters = "".join(filter(str.isalpha, word))
    if not letters:
        return 0
    if letters.islower():
        return 1
    if letters[0].isupper() and not any(map(str.isupper, letters[1:])):
        return 2
    return 3 if letters.isupper() else 4


@dataclass(frozen=True, slots=True)
class Tokens:
    """ids, starts, ends: (tokens,); `sentences` and `words` number the sentence and the word each token is in.

    `cases` (tokens,) says how the token's word is written: see `CASES`.
    """

    ids: Ints
    starts: Ints
    ends: Ints
    sentences: Ints
    words: Ints
    cases: Ints

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
        words = np.cumsum([_opens_word(text, a, b) for a, b in zip(starts, [-1, *ends], strict=False)]).astype(np.int32)
        return Tokens(
            array,
            np.array(starts, np.int32),
            np.array(ends, np.int32),
            before.astype(np.int32),
            words,
            _cases(text, starts, ends, words),
        )


def _cases(text: str, starts: list[int], ends: list[int], words: Ints) -> Ints:
    """Return how each token's whole word is written."""
    if not starts:
        return np.zeros(0, np.int32)
    firsts = np.flatnonzero(np.diff(words, prepend=0)).tolist()
    lasts = [*firsts[1:], len(words)]
    found = [case_of(text[starts[first] : ends[last - 1]]) for first, last in zip(firsts, lasts, strict=True)]
    return np.array(found, np.int32)[words - 1]


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
