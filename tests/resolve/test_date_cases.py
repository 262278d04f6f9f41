"""A table of date expressions in their sentences: publication, value and basis, or the reason for no value."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pytest

from extract.resolve.dates import resolve_date
from extract.schema import edtf
from extract.schema.annotation import DateValue, Unresolved


class Case(NamedTuple):
    """A row of the table; of a case without a value, `basis` is the reason."""

    expression: str
    published: str
    sentence: str
    value: str
    basis: str


CASES = [Case(*line.split("\t")) for line in Path(__file__).with_name("date_cases.tsv").read_text("utf-8").splitlines()]


def test_the_table_holds_at_least_250_cases_each_with_its_expression_in_its_sentence() -> None:
    assert len(set(CASES)) == len(CASES) >= 250
    assert [case for case in CASES if case.expression.lower() not in case.sentence.lower()] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.expression}, {case.published}, {case.value}")
def test_expression_in_its_sentence_has_the_value_of_the_table(case: Case) -> None:
    found = resolve_date(case.expression, published=dt.date.fromisoformat(case.published), context=case.sentence)
    if case.value == "-":
        assert found == Unresolved(case.basis)
        return
    assert isinstance(found, DateValue)
    bounds = edtf.bounds(case.value)
    assert found == DateValue(case.value, bounds.earliest, bounds.latest, case.basis)
