"""EDTF values cover the days they should."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.schema.edtf import bounds, is_edtf


@pytest.mark.parametrize(
    ("value", "earliest", "latest"),
    [
        ("2021-12-15", "2021-12-15", "2021-12-15"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021", "2021-01-01", "2021-12-31"),
        ("2011-12-17/2021-12-15", "2011-12-17", "2021-12-15"),
        ("2018?/2021", "2018-01-01", "2021-12-31"),
        ("2021-12-02~", "2021-12-02", "2021-12-02"),
        ("2013/..", "2013-01-01", None),
        ("../2013", None, "2013-12-31"),
    ],
)
def test_a_value_covers_its_days(value: str, earliest: str | None, latest: str | None) -> None:
    assert bounds(value) == (earliest, latest)


@pytest.mark.parametrize(
    "value", ["", "today", "2021-02-30", "2021-13", "../..", "2021/2020", "0000", "1" * 65, "2021-1-1"]
)
def test_anything_else_is_refused(value: str) -> None:
    assert not is_edtf(value)


@given(st.dates())
def test_every_day_is_its_own_bounds(day: object) -> None:
    assert bounds(str(day)) == (str(day), str(day))
