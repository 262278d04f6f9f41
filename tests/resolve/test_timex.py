"""Time expressions found in running text; the texts are written on Friday 2013-03-22 unless a test says otherwise."""

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.resolve.timex import find_times

WRITTEN = dt.date(2013, 3, 22)

FOUND = """
He fled on [Monday]. = DATE 2013-03-18
He fled on [Friday]. = DATE 2013-03-22
He will appear in court on [Monday]. = DATE 2013-03-25
It expires [Monday]. = DATE 2013-03-25
They were told to leave by [Tuesday]. = DATE 2013-03-26
He fled [last Wednesday]. = DATE 2013-03-20
He fled [yesterday]. = DATE 2013-03-21
The law of [May 5, 2009] was struck down. = DATE 2009-05-05
The law of [5 May 2009] was struck down. = DATE 2009-05-05
He died on [Oct. 18]. = DATE 2012-10-18
The vote is set for [April 24]. = DATE 2013-04-24
It was declared payable [May 15] to holders. = DATE 2013-05-15
He was jailed in [December]. = DATE 2012-12
She left in [early November]. = DATE 2012-11
She left in [January 2011]. = DATE 2011-01
It fell in [2009] by a third. = DATE 2009
Sales for [fiscal 2012] rose. = DATE 2012
He was born in [nineteen ninety-six]. = DATE 1996
It began in [the late 1970s]. = DATE 197
It began in [the '80s]. = DATE 198
It began in [the nineties]. = DATE 199
It began in [the 20th century]. = DATE 19
He was hired [last fall]. = DATE 2012-FA
He was hired in [the summer of 1998]. = DATE 1998-SU
It closes on [New Year's Eve]. = DATE 2012-12-31
He fled [last week]. = DATE 2013-W11
He fled [earlier this month]. = DATE 2013-03
He fled [late last year]. = DATE 2012
He fled over [the weekend]. = DATE 2013-W12-WE
Profit fell in [the third quarter]. = DATE 2012-Q3
Profit fell in [the first quarter of 2012]. = DATE 2012-Q1
Profit fell in [last year's fourth quarter]. = DATE 2012-Q4
Profit fell in [the second half of 2011]. = DATE 2011-H2
[Fourth-quarter] profit fell. = DATE 2012-Q4
It must be in place by [year-end]. = DATE 2013
He fled [two weeks ago]. = DATE 2013-W10
He fled [ten days ago]. = DATE 2013-03-12
He fled [five months ago]. = DATE 2012-10
He fled [almost four years ago]. = DATE 2009
He fled [a decade ago]. = DATE 2003
He fled [several years ago]. = DATE PAST_REF
He was [recently] freed. = DATE PAST_REF
It was so in [the past]. = DATE PAST_REF
He is [now] free. = DATE PRESENT_REF
He is [currently] free. = DATE PRESENT_REF
It may fall in [the near future]. = DATE FUTURE_REF
He was held for [three days]. = DURATION P3D
He was held for [more than four hours]. = DURATION PT4H
He was held for [the past two years]. = DURATION P2Y
He was held for [two and a half years]. = DURATION P2Y6M
He was held for [twenty-four hours]. = DURATION PT24H
He was held for [a couple of weeks]. = DURATION P2W
He was held for [half an hour]. = DURATION PT30M
He was held for [several months]. = DURATION PXM
He was held for [years]. = DURATION PXY
He was held for [nearly two decades]. = DURATION P20Y
He was held for [a week]. = DURATION P1W
A [16-hour] siege ended. = DURATION PT16H
A [three-day] strike ended. = DURATION P3D
He is paid $50 [a year]. = SET P1Y
They meet [every day]. = SET P1D
They meet [every two weeks]. = SET P2W
They meet [every Thursday]. = SET XXXX-WXX-4
They meet [daily]. = SET P1D
They met on [Tuesday nights]. = SET XXXX-WXX-2TNI
They meet [each July]. = SET XXXX-07
It closed at [9 a.m. Tuesday]. = TIME 2013-03-19T09:00
It closed at [10:35 p.m.] here. = TIME 2013-03-22T22:35
It closed at [noon Thursday]. = TIME 2013-03-21T12:00
It closed at [0330 GMT]. = TIME 2013-03-22T03:30
He was shot [Thursday night]. = TIME 2013-03-21TNI
He was shot [last night]. = TIME 2013-03-21TNI
He was shot [this morning]. = TIME 2013-03-22TMO
He was shot [yesterday afternoon]. = TIME 2013-03-21TAF
"""
NOTHING = """
He met Theresa May.
Thousands joined the March for Life.
Foreign Minister Jan Kavan spoke.
You may march.
He paid $2000 for flight 1943.
A 21-year-old man, in his 30s, was 42 years old.
It ran 2000 miles on three-quarters of a tank.
The star is four light years away.
He read USA Today and the China Daily.
He saw it on CBS's 60 Minutes.
He was freed on February 30, 2013 or 31 April.
The score was 10-3 in the second set.
The gauge stood at 00/00.
"""


@pytest.mark.parametrize("line", FOUND.strip().splitlines())
def test_expression_is_found_with_type_and_value(line: str) -> None:
    marked, _, told = line.rpartition(" = ")
    text = marked.replace("[", "").replace("]", "")
    (found,) = find_times(text, WRITTEN)
    assert (found.text, f"{found.type} {found.value}") == (marked[marked.index("[") + 1 : marked.index("]")], told)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize("text", NOTHING.strip().splitlines())
def test_words_that_only_look_like_times_are_left_alone(text: str) -> None:
    assert find_times(text, WRITTEN) == []


def test_later_words_count_from_what_the_text_told() -> None:
    text = "He fled on March 3, 2009. Two days later he was held. That day his house burned. A month later he died."
    assert [one.value for one in find_times(text, WRITTEN)] == ["2009-03-03", "2009-03-05", "2009-03-05", "2009-04"]


def test_a_year_ago_is_the_quarter_of_a_report_on_a_quarter() -> None:
    text = "Profit was $3 million in the third quarter, compared with $5 million a year ago."
    assert [one.value for one in find_times(text, dt.date(1989, 10, 26))] == ["1989-Q3", "1988-Q3"]
    assert [one.value for one in find_times("He was freed a year ago.", WRITTEN)] == ["2012"]


WORDS = (
    "the a an last next this past early late mid two three 2 24 1/2 half twenty hundred couple of few several every "
    "each day days week weeks month months quarter year years decade century hours minutes ago later earlier before "
    "Monday Tuesdays Friday night morning May March 30 31 Feb. 29 1999 2013 0000 9999 1980s '80s in his $ a.m. 9 12:61 "
    "noon Q3 first third fourth-quarter fiscal since until now currently century-old season semester canteenth "
    "year-end Easter Thanksgiving ſunday ſecondſ GMT 2560 , . ( ) - –"
).split()


@settings(max_examples=1500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join), st.dates())
def test_time_words_in_any_order_never_raise(text: str, written: dt.date) -> None:
    end = 0
    for one in find_times(text, written):
        assert end <= one.start < one.end
        assert one.text == text[one.start : one.end]
        assert one.type in ("DATE", "TIME", "DURATION", "SET")
        assert one.value
        end = one.end


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.dates())
def test_any_text_never_raises(text: str, written: dt.date) -> None:
    find_times(text, written)


@pytest.mark.parametrize(
    "piece",
    [
        " ",
        "a ",
        "1",
        "a\n\n\n",
        "half a ",
        "the last ",
        "more than about ",
        "two-",
        "May 5, ",
        "early ",
        "x",
        "12:",
        "- ",
    ],
)
def test_reading_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        began = time.process_time()
        find_times(text, WRITTEN)
        return time.process_time() - began

    seconds(100)
    short, long = (min(seconds(size) for _ in range(2)) for size in (10_000, 40_000))
    assert long < 8 * short + 0.05
