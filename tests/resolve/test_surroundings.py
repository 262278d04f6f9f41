"""The words around a date: past or future, and whether "May" is a month; publication is Thursday 2021-12-16."""

import datetime as dt

import pytest

from extract.resolve.dates import resolve_date
from extract.schema.annotation import DateValue, Unresolved

PUBLISHED = dt.date(2021, 12, 16)


@pytest.mark.parametrize(
    ("expression", "context", "value"),
    [
        ("Thursday", "He is scheduled to appear in court Thursday.", "2021-12-16"),
        ("Wednesday", "She will be sentenced on Wednesday, prosecutors said.", "2021-12-22"),
        ("Tuesday", "Bail stands pending a hearing, scheduled Tuesday in Pomona.", "2021-12-21"),
        ("Friday", "On Friday, the jury will hear closing arguments.", "2021-12-17"),
        ("Friday", "He was arrested Friday and will be in court later.", "2021-12-10"),
        ("Friday", "He will stand trial for the theft. Friday was quiet.", "2021-12-10"),
        ("Friday", "Against their will on Friday, they were held.", "2021-12-10"),
        ("January", "He is set to go on trial in January.", "2022-01"),
        ("July", "The others were jailed in July.", "2021-07"),
        ("May 4", "Sentencing is set for May 4.", "2022-05-04"),
        ("Dec. 20", "The case was adjourned to Dec. 20 by the judge.", "2021-12-20"),
        ("Dec. 20", "He was shot dead on Dec. 20 in his home.", "2020-12-20"),
        ("this week", "Two men were arrested this week.", "2021-12-13/2021-12-16"),
        ("over the weekend", "The march will go on over the weekend.", "2021-12-18/2021-12-19"),
    ],
)
def test_tense_around_decides_the_direction(expression: str, context: str, value: str) -> None:
    found = resolve_date(expression, published=PUBLISHED, context=context)
    assert isinstance(found, DateValue)
    assert found.value == value


def test_given_tense_beats_the_context() -> None:
    found = resolve_date("Friday", published=PUBLISHED, context="He will speak Friday", tense="past")
    assert isinstance(found, DateValue)
    assert found.value == "2021-12-10"


@pytest.mark.parametrize(
    ("expression", "context"),
    [("May", "as Prime Minister Theresa May said"), ("may", "He may be charged"), ("march", "They march on Rome")],
)
def test_name_or_verb_is_no_month(expression: str, context: str) -> None:
    assert resolve_date(expression, published=PUBLISHED, context=context) == Unresolved("a word or a name, not a month")


@pytest.mark.parametrize("context", ["he was held in may.", "He was held in May.", "a May protest"])
def test_may_after_a_preposition_is_a_month(context: str) -> None:
    word = "may" if context.islower() else "May"
    found = resolve_date(word, published=PUBLISHED, context=context)
    assert isinstance(found, DateValue)
    assert found.value == "2021-05"
