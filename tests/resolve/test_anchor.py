"""The day of publication that a text states of itself."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.resolve.anchor import published_in_text, release_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("FOR IMMEDIATE RELEASE December 2, 2024\nA man was jailed.", "2024-12-02"),
        ("Menu\nFor Immediate Release\nCase # 11WM03067\nMarch 13, 2012\nA driver", "2012-03-13"),
        ("Published\nMay 22, 2008\nHome\nFor Immediate Release\nMay 14, 2008\nTonight", "2008-05-14"),
        ("Posted: Sunday, February 16, 2014\nPolice said", "2014-02-16"),
        ("Posted on June 01, 2026\n(PHOENIX) – The", "2026-06-01"),
        ("Date: 4 May 2016\nTo all", "2016-05-04"),
        ("Title\nAdmin | December 20, 2024\nClick", "2024-12-20"),
        ("June 16, 2025 Contact: Claire Crouch\nOffice", "2025-06-16"),
        ("Title\n\nAugust 9, 2024\n\nRIVERSIDE – On Thursday, Aug. 8, 2024, a man", "2024-08-09"),
        ("Title\nUpdated 12/16/2021\nPolice", "2021-12-16"),
        ("LAGOS, March 3, 2019 (Reuters) - Police", "2019-03-03"),
        ("A man was sentenced today, May 3, 2021, to life.", "2021-05-03"),
    ],
)
def test_text_dates_itself(text: str, day: str) -> None:
    assert published_in_text(text, None) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On March 3, 2019, he shot a man. He was born on April 4, 1980.",
        "Posted: February 30, 2014",
        "A text\n" * 1000 + "Posted: February 3, 2014",
    ],
)
def test_told_impossible_or_far_date_is_not_publication(text: str) -> None:
    assert published_in_text(text, None) is None


def test_title_dates_a_text_that_does_not() -> None:
    assert published_in_text("Office", "December 19, 2018 Contact: K. Leach") == dt.date(2018, 12, 19)


def test_release_date_reads_only_the_stamp() -> None:
    assert release_date("Posted: May 3, 2021\nPolice") is None


@given(st.text(max_size=300), st.none() | st.text(max_size=50))
def test_any_text_never_raises(text: str, title: str | None) -> None:
    published_in_text(text, title)


@pytest.mark.parametrize("filling", ["press release\n", "A a ", "| ", "May ", "\n \n", "posted by ", "1/1/", "a\n"])
def test_hostile_text_is_read_in_bounded_time(filling: str) -> None:
    start = time.perf_counter()
    published_in_text(filling * 5000, filling * 1000)
    assert time.perf_counter() - start < 0.5
