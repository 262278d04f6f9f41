"""Penalties: kind, days of imprisonment, amount and currency. A year counts 365 days, a month 30."""

import re
from dataclasses import replace
from typing import Final

from extract.resolve.numbers import read_number
from extract.schema.annotation import Annotated, PenaltyValue, Unresolved, Value

_DAYS: Final = {"year": 365, "yr": 365, "month": 30, "week": 7, "day": 1}
_TERM: Final = re.compile(r"((?:[\w.,]+[ -]){1,5}?)(year|yr|month|week|day)s?\b", re.IGNORECASE)
_RANGE: Final = re.compile(
    r"([\w.-]+?)(?:[ -](year|month|day)s?)?\s*(?:[-–]\s*(?=\d)|\s(?:to|and)\s)\s*([\w.]+)[ -](year|month|day)s?", re.I
)
_HALVES: Final = re.compile(r"[ -]and[ -]a[ -]half\b", re.IGNORECASE)
_DEATH: Final = re.compile(r"\b(?:death|hang(?:ed|ing)|executed|lethal|capital punishment)\b", re.IGNORECASE)
_LIFE: Final = re.compile(r"\blife\b(?! without bail)", re.IGNORECASE)
_PROBATION: Final = re.compile(r"\b(?:probation|suspended|supervis\w*|on parole|conditional\w*)\b", re.IGNORECASE)
_COMMUNITY: Final = re.compile(r"\b(?:community (?:service|work|order|payback)|unpaid work|caltrans)\b", re.IGNORECASE)
_MONEY: Final = re.compile(
    r"\b(?:fine[ds]?|restitution|damages|compensation|pay|forfeit\w*)\b|[$£€₹¥]|\brs\.?\s?\d", re.IGNORECASE
)
_PRISON: Final = re.compile(
    r"\b(?:prison|jail(?:ed)?|imprison\w*|custody|behind bars|incarcerat\w*|detention|hard labou?r|labou?r camp|gaol|"
    r"sentences?|penitentiary)\b",
    re.IGNORECASE,
)
_OTHER: Final = re.compile(
    r"\b(?:curfew|ban(?:ned)?|order|licen[cs]e|regist\w*|deport\w*|disqualif\w*)\b", re.IGNORECASE
)
_CURRENCY: Final = tuple(
    (re.compile(pattern, re.IGNORECASE), code)
    for pattern, code in (
        (r"\begyptian pounds?|\ble\b", "EGP"),
        (r"\bsyrian pounds?", "SYP"),
        (r"\blebanese pounds?", "LBP"),
        (r"hk\$|\bhong kong dollars?", "HKD"),
        (r"c\$|\bcanadian dollars?", "CAD"),
        (r"\ba\$|au\$|\baustralian dollars?", "AUD"),
        (r"\bnz\$|new zealand dollars?", "NZD"),
        (r"\bs\$|singapore dollars?", "SGD"),
        (r"\bpakistani rupees?|\bpkr\b", "PKR"),
        (r"\bsri lankan rupees?", "LKR"),
        (r"\bkronor|\bswedish krona", "SEK"),
        (r"\bkroner?\b", "NOK"),
        (r"\bfrancs?\b", "CHF"),
        (r"\br[uo]+bles?\b|₽", "RUB"),
        (r"\bnaira\b|₦", "NGN"),
        (r"\byuan\b|\brmb\b|\brenminbi\b", "CNY"),
        (r"\byen\b|¥", "JPY"),
        (r"\brand\b", "ZAR"),
        (r"\bpesos?\b", "MXN"),
        (r"\bliras?\b|₺", "TRY"),
        (r"\briyals?\b", "SAR"),
        (r"\bringgit\b", "MYR"),
        (r"\bbaht\b", "THB"),
        (r"\bwon\b|₩", "KRW"),
        (r"£|\bpounds?\b|\bsterling\b", "GBP"),
        (r"€|\beuros?\b", "EUR"),
        (r"₹|\brupees?\b|\brs\b|\brs\.?\s?(?=\d)|\binr\b", "INR"),
        (r"\$|\bdollars?\b|\busd\b", "USD"),
    )
)


def _number(words: str) -> float | None:
    """Return the number before a unit of time: "a year" is one."""
    found = read_number(words)
    return 1.0 if found is None and re.search(r"\b(?:an?|one)\W*$", words, re.IGNORECASE) else found


def _term(text: str) -> int | tuple[int, int] | None:
    text = _HALVES.sub(
        ".5", re.sub(r"\b(one|two|three|four|five|six|seven|eight|nine)(?=[ -]and[ -]a[ -]half)", _digit, text)
    )
    span = _RANGE.search(text)
    if span is not None:
        low, high = _number(span[1]), _number(span[3])
        if low is not None and high is not None:
            days = (int(low * _DAYS[(span[2] or span[4]).lower()]), int(high * _DAYS[span[4].lower()]))
            if " and " in span[0] and span[2] is None and "hundred" not in text:
                return min(days), max(days)  # "10 and eight years": two people's terms
            if 0 < days[0] < days[1] and " and " not in span[0]:
                return days
    total = sum(
        number * _DAYS[match[2].lower()] for match in _TERM.finditer(text) if (number := _number(match[1])) is not None
    )
    return int(total) if 0 < total < 10**7 else None


def _digit(match: re.Match[str]) -> str:
    return str(int(read_number(match[1].lower()) or 0))


def _fine(text: str, currency: str | None) -> PenaltyValue:
    amount = read_number(re.sub(r"[$£€₹¥₽₦₺₩]|\brs\b\.?|\brs(?=\d)", " ", text, flags=re.IGNORECASE))
    return PenaltyValue("fine", amount=amount, currency=currency if amount is not None else None)


def resolve_penalty(text: str) -> PenaltyValue | Unresolved:
    """Return what a penalty comes to.

    "25 years to life" is its 25 years with kind imprisonment; "life" has no number of days; a maximum ("up to 15
    years") is its number. Supervision, suspended terms and conditional release are probation.

    >>> resolve_penalty("18 months to three years in prison").days
    (540, 1095)
    """
    if not text.strip():
        return Unresolved("no words")
    if _DEATH.search(text):
        return PenaltyValue("death")
    if _LIFE.search(text) and not _MONEY.search(text):
        return PenaltyValue("imprisonment", days=_term(text))
    if _COMMUNITY.search(text):
        return PenaltyValue("community")
    if _PROBATION.search(text):
        return PenaltyValue("probation", days=_term(text))
    currency = next((code for pattern, code in _CURRENCY if pattern.search(text)), None)
    if _MONEY.search(text) or (currency and read_number(text) is not None):
        return _fine(text, currency)
    if _PRISON.search(text):
        return PenaltyValue("imprisonment", days=_term(text))
    if _OTHER.search(text) or (term := _term(text)) is None:
        return PenaltyValue("other")
    return PenaltyValue("imprisonment", days=term)


def resolve_penalties(annotated: Annotated) -> Annotated:
    """Return the article with a value for every penalty mention."""
    values: dict[int, Value] = {
        n: resolve_penalty(one.text) for n, one in enumerate(annotated.mentions) if one.label == "penalty"
    }
    return replace(annotated, values={**annotated.values, **values})
