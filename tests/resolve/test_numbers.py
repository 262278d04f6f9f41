"""Numbers, counts, penalties and charges: words to values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.resolve.charges import resolve_charge, resolve_charges
from extract.resolve.counts import resolve_count
from extract.resolve.numbers import read_number
from extract.resolve.penalties import resolve_penalty
from extract.schema.annotation import Annotated, ChargeValue, CountValue, Mention, PenaltyValue, Unresolved
from extract.schema.document import Document


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
        ("hundreds of thousands", (200_000, None)),
        ("as many as 1 million", (0, 1_000_000)),
        ("1-2 million", (1_000_000, 2_000_000)),
        ("quarter of a million", 250_000),
        ("nearly 150", (0, 150)),
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
        ("six months to a year", "imprisonment", (180, 365)),
        ("four-and-a-half to nine years in prison", "imprisonment", (1642, 3285)),
        ("10 and eight years in prison", "imprisonment", (2920, 3650)),
        ("13 years and eight months", "imprisonment", 4985),
        ("life in prison without the possibility of parole", "imprisonment", None),
        ("eight-week overnight curfew", "other", None),
        ("a year in jail", "imprisonment", 365),
    ],
)
def test_a_penalty_comes_to_its_days(words: str, kind: str, days: object) -> None:
    found = resolve_penalty(words)
    assert isinstance(found, PenaltyValue)
    assert (found.kind, found.days) == (kind, days)


@pytest.mark.parametrize(
    ("words", "amount", "currency"),
    [
        ("fined £1,500", 1500.0, "GBP"),
        ("Rs10,000", 10_000.0, "INR"),
        ("fine of Rs 5 lakh", 500_000.0, "INR"),
        ("1 million Egyptian pounds", 1e6, "EGP"),
        ("140,000 kronor", 140_000.0, "SEK"),
        ("fines", None, None),
    ],
)
def test_a_fine_has_its_currency(words: str, amount: float | None, currency: str | None) -> None:
    found = resolve_penalty(words)
    assert isinstance(found, PenaltyValue)
    assert (found.kind, found.amount, found.currency) == ("fine", amount, currency)


@pytest.mark.parametrize("words", ["47th", "around 10%", "", "the men"])
def test_what_holds_no_number_is_no_count(words: str) -> None:
    assert isinstance(resolve_count(words), Unresolved)


def test_mentions_of_one_offence_share_its_category() -> None:
    mentions = tuple(Mention(text, 0, len(text), "charge", 1.0, 7) for text in ("it", "armed robbery"))
    values = resolve_charges(Annotated(Document("d", "text"), mentions)).values
    assert [value.iccs for value in values.values() if isinstance(value, ChargeValue)] == ["0401", "0401"]


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
        ("undermining state security", "0904"),
        ("‘phishing’ email scam", "0701"),
        ("shooting death of a 10-year-old girl", "0101"),
        ("third-degree assault as a hate crime", "0201"),
        ("burglary as a sexually motivated felony", "0501"),
        ("laundered money from Iran to the US", "0704"),
        ("driving under the influence", "0207"),
        ("sex trafficking", "0204"),
        ("pimping", "0302"),
        ("stabbing his pregnant wife to death", "0101"),
        ("assault with a deadly weapon", "0201"),
        ("failing to appear", "0806"),
        ("possession of a destructive device", "0901"),
        ("killing another motorist by crashing into the victim’s car", "0103"),
        ("poaching deer", "1004"),
        ("data breach", "0903"),
        ("unauthorized practice of medicine", "0902"),
        ("demolition of the mosque", "0504"),
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
