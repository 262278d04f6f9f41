"""Tokens keep code-point offsets whatever the text."""

import time

from hypothesis import given
from hypothesis import strategies as st

from extract.annotate.tokens import LONGEST_PIECE, WordPieces


def test_offsets_count_code_points_after_an_emoji(tiny_pieces: WordPieces) -> None:
    text = "😀😀 police arrested Ana"
    tokens = tiny_pieces(text)
    words = [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True)]
    assert words[-3:] == ["police", "arrested", "Ana"]


def test_a_run_of_line_breaks_is_one_token(tiny_pieces: WordPieces) -> None:
    tokens = tiny_pieces("police\r\n\r\n\r\nkim")
    assert tokens.ids.tolist().count(tiny_pieces.line_break) == 1
    assert len(tokens) == 3


def test_sentences_are_counted_by_their_ends(tiny_pieces: WordPieces) -> None:
    assert tiny_pieces("kim said. he was killed").sentences.tolist() == [0, 0, 0, 1, 1, 1]


@given(st.text(max_size=200))
def test_every_token_lies_inside_the_text_in_order(tiny_pieces: WordPieces, text: str) -> None:
    tokens = tiny_pieces(text)
    assert all(0 <= a <= b <= len(text) for a, b in zip(tokens.starts, tokens.ends, strict=True))
    assert tokens.starts.tolist() == sorted(tokens.starts.tolist())


def test_a_line_without_a_break_is_cut_and_keeps_its_offsets(tiny_pieces: WordPieces) -> None:
    text = "police " * LONGEST_PIECE
    tokens = tiny_pieces(text)
    assert len(tokens) == LONGEST_PIECE
    assert text[tokens.starts[-1] : tokens.ends[-1]] == "police"


def test_runs_of_emoji_and_brackets_take_no_time(tiny_pieces: WordPieces) -> None:
    started = time.monotonic()
    for character in "😀(\"'":
        tiny_pieces(character * 64_000)
    assert time.monotonic() - started < 8.0


def test_an_empty_text_has_no_tokens(tiny_pieces: WordPieces) -> None:
    assert len(tiny_pieces("")) == len(tiny_pieces(" \n \n")) == 0


def test_each_piece_knows_how_its_whole_word_is_written(tiny_pieces: WordPieces) -> None:
    text = "Police arrested KIM in 2021 . mCDonald"
    tokens = tiny_pieces(text)
    written = {text[a:b]: int(case) for a, b, case in zip(tokens.starts, tokens.ends, tokens.cases, strict=True)}
    assert (written["Police"], written["arrested"]) == (2, 1)
    assert written["."] == 0
    pieces = dict.fromkeys(tokens.words.tolist())
    assert all(len(set(tokens.cases[tokens.words == word].tolist())) == 1 for word in pieces)
