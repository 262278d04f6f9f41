"""Wire copies are linked whatever their order, and articles of one form but other matter are not."""

import random

import pytest

from extract.batch.copies import Copies, signature
from extract.schema.document import Document

WORDS = [f"word{n}" for n in range(400)]
TEXT = " ".join(random.Random(1).choices(WORDS, k=300))


def _copies(*texts: str, order: list[int] | None = None) -> list[tuple[str, str]]:
    found = Copies()
    documents = [Document(f"d{n}", text) for n, text in enumerate(texts)]
    for number in order or range(len(documents)):
        found.add(documents[number])
    return list(found.pairs())


def test_a_copy_with_another_head_and_tail_is_linked() -> None:
    copy = f"LAGOS (Wire) - {TEXT.upper()} Reporting by A. Writer."
    other = " ".join(random.Random(2).choices(WORDS, k=300))
    assert _copies(TEXT, other, copy) == [("d2", "d0")]


def test_half_an_article_is_no_copy() -> None:
    half = TEXT[: len(TEXT) // 2] + " ".join(random.Random(3).choices(WORDS, k=150))
    assert _copies(TEXT, half) == []


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]])
def test_the_order_of_the_articles_changes_nothing(order: list[int]) -> None:
    assert _copies(TEXT, TEXT + " x", TEXT + " y", "short", order=order) == [("d1", "d0"), ("d2", "d0")]


def test_short_and_odd_texts_have_nothing_to_compare() -> None:
    assert signature("Two men were shot.") is None
    assert signature("") is None
    assert signature("\ud800 " * 100) is None
