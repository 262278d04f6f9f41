"""Penalties: kind, days of imprisonment, amount and currency. A year counts 365 days, a month 30."""

import re
from dataclasses import replace

from extract.resolve.numbers import read_number
from extract.schema.annotation import Annotated, PenaltyValue, Unresolved, Value

_DAYS = {"year": 365, "yr": 365, "month": 30, "week": 7, "day": 1}
_TERM = re.compile(r"([\w,.-]+(?:[ -](?:and )?[\w]+){0,3}?)[ -](year|yr|month|week|day)s?\b", re.IGNORECASE)
_RANGE = re.compile(
    r"([\w.]+)(?:[ -](year|month|day)s?)?\s*(?:-|–|\bto\b)\s*([\w.]+)[ -](year|month|day)s?", re.IGNORECASE
)
_DEATH = re.compile(r"\b(?:death|hang(?:ed|ing)|executed|lethal)\b", re.IGNORECASE)
_LIFE = re.compile(r"\blife\b", re.IGNORECASE)
_PROBATION = re.compile(r"\b(?:probation|suspended|supervis|parole|conditional)\w*", re.IGNORECASE)
_COMMUNITY = re.compile(r"\b(?:community|unpaid work)\b", re.IGNORECASE)
_MONEY = re.compile(
    r"\b(?:fine[ds]?|restitution|damages|pay|forfeit\w*|euros?|dollars?|pounds?|rupees?|rs)\b|[$£€₹]", re.IGNORECASE
)
_PRISON = re.compile(
    r"\b(?:prison|jail|imprison\w*|custody|bars|incarcerat\w*|detention|hard labou?r|labou?r camp|gaol|sentence)\b",
    re.IGNORECASE,
)
_CURRENCY = (
    (re.compile(r"£|\bpounds?\b", re.IGNORECASE), "GBP"),
    (re.compile(r"€|\beuros?\b", re.IGNORECASE), "EUR"),
    (re.compile(r"₹|\brupees?\b|\brs\b", re.IGNORECASE), "INR"),
    (re.compile(r"\$|\bdollars?\b", re.IGNORECASE), "USD"),
)


def _term(text: str) -> int | tuple[int, int] | None:
    span = _RANGE.search(text)
    if span is not None:
        low, high = read_number(span[1]), read_number(span[3])
        if low is not None and high is not None:
            days = (int(low * _DAYS[(span[2] or span[4]).lower()]), int(high * _DAYS[span[4].lower()]))
            if 0 < days[0] <= days[1]:
                return days
    total = 0.0
    for match in _TERM.finditer(text):
        number = read_number(match[1])
        if number is not None:
            total += number * _DAYS[match[2].lower()]
    return int(total) if 0 < total < 10**7 else None


def resolve_penalty(text: str) -> PenaltyValue | Unresolved:
    """Return what a penalty comes to; "25 years to life" is its 25 years, "life" has no number of days.

    >>> resolve_penalty("18 months to three years in prison").days
    (540, 1095)
    """
    if _DEATH.search(text):
        return PenaltyValue("death")
    term = _term(text)
    if _PROBATION.search(text):
        return PenaltyValue("probation", days=term)
    if _COMMUNITY.search(text):
        return PenaltyValue("community")
    if _MONEY.search(text):
        amount = read_number(re.sub(r"[$£€₹]|\brs\b\.?", " ", text, flags=re.IGNORECASE))
        currency = next((code for pattern, code in _CURRENCY if pattern.search(text)), None)
        return PenaltyValue("fine", amount=amount, currency=currency)
    if term is not None or _LIFE.search(text) or _PRISON.search(text):
        return PenaltyValue("imprisonment", days=term)
    return PenaltyValue("other")


def resolve_penalties(annotated: Annotated) -> Annotated:
    """Return the article with a value for every penalty mention."""
    values: dict[int, Value] = {
        n: resolve_penalty(one.text) for n, one in enumerate(annotated.mentions) if one.label == "penalty"
    }
    return replace(annotated, values={**annotated.values, **values})
