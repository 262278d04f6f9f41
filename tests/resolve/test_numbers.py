"""Numbers, counts, penalties and charges: words to values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.resolve.charges import resolve_charge
from extract.resolve.counts import resolve_count
from extract.resolve.numbers import read_number
from extract.resolve.penalties import resolve_penalty
from extract.schema.annotation import ChargeValue, CountValue, PenaltyValue, Unresolved


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("23", 23),
        ("forty-two", 42),
        ("1,200", 1200),
        ("one hundred and five", 105),
        ("2.5 million", 2.5e6),
        ("6 lakh", 6e5),
    ],
)
def test_a_number_is_read(words: str, number: float) -> None:
    assert read_number(words) == number


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("23", 23),
        ("two", 2),
        ("dozens", (24, None)),
        ("at least 23", (23, None)),
        ("up to 40", (0, 40)),
        ("between 5 and 7", (5, 7)),
        ("more than 1,000", (1000, None)),
        ("two men", 2),
        ("a dozen", 12),
    ],
)
def test_a_count_keeps_what_the_words_leave_open(words: str, value: object) -> None:
    found = resolve_count(words)
    assert isinstance(found, CountValue)
    assert found.value == value


@pytest.mark.parametrize(
    ("words", "kind", "days"),
    [
        ("seven years in prison", "imprisonment", 2555),
        ("18 months to three years", "imprisonment", (540, 1095)),
        ("25 years to life", "imprisonment", 9125),
        ("life in prison", "imprisonment", None),
        ("death", "death", None),
        ("five years of probation", "probation", 1825),
        ("$5,000 fine", "fine", None),
        ("200 hours of community service", "community", None),
        ("six months", "imprisonment", 180),
    ],
)
def test_a_penalty_comes_to_its_days(words: str, kind: str, days: object) -> None:
    found = resolve_penalty(words)
    assert isinstance(found, PenaltyValue)
    assert (found.kind, found.days) == (kind, days)


def test_a_fine_has_its_currency() -> None:
    found = resolve_penalty("fined £1,500")
    assert isinstance(found, PenaltyValue)
    assert (found.amount, found.currency) == (1500.0, "GBP")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("second-degree murder", "0101"),
        ("attempted murder", "0102"),
        ("aggravated assault", "0201"),
        ("armed robbery", "0401"),
        ("burglary", "0501"),
        ("taking bribes", "0703"),
        ("possession of cocaine", "0601"),
        ("spreading false information", "0803"),
        ("money laundering", "0704"),
        ("felon in possession of a firearm", "0901"),
    ],
)
def test_an_offence_finds_its_category(words: str, code: str) -> None:
    found = resolve_charge(words)
    assert isinstance(found, ChargeValue)
    assert found.iccs == code


def test_an_unknown_offence_stays_unresolved() -> None:
    assert isinstance(resolve_charge("xyzzy"), Unresolved)


@given(st.text(max_size=200))
def test_no_text_is_too_odd(text: str) -> None:
    resolve_count(text)
    resolve_penalty(text)
    resolve_charge(text)
