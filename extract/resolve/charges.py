"""Charges: the wording of an offence to its place in the UNODC classification (ICCS 1.0), two levels deep.

`tables/offences.tsv` holds the wordings, most telling first, `tables/iccs.tsv` the classification's labels.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

from extract.schema.annotation import Annotated, ChargeValue, Unresolved, Value

_TABLES: Final = Path(__file__).parent / "tables"
MAX_READ: Final = 400
"""Code points of a wording that are matched: an offence is named in its first words."""


def _rows(name: str) -> Iterator[list[str]]:
    with (_TABLES / name).open(encoding="utf-8", newline="") as lines:
        yield from (row for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if row[0][0] != "#")


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], ChargeValue], ...]:
    """Return the wordings with their category, in the order in which they are tried."""
    labels = _labels()
    return tuple(
        (re.compile(rf"\b(?:{pattern})", re.IGNORECASE), ChargeValue(code, labels[code]))
        for pattern, code in _rows("offences.tsv")
    )


def iccs_label(code: str) -> str | None:
    """Return the label of a category, `None` for a code that is none.

    >>> iccs_label("0502")
    'Theft'
    """
    return _labels().get(code)


@cache
def _labels() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("iccs.tsv")}


def resolve_charge(text: str) -> ChargeValue | Unresolved:
    """Return the ICCS category whose terms the wording uses; the table's order settles wordings that use several.

    Attempt and conspiracy belong to the offence meant, as ICCS counts them; only homicide has its own code for it.

    >>> resolve_charge("second-degree murder")
    ChargeValue(iccs='0101', label='Intentional homicide')
    """
    words = re.sub(r"\s+", " ", text[:MAX_READ]).replace("’", "'")
    for pattern, category in _patterns():
        if pattern.search(words):
            return category
    return Unresolved("no category's terms in the words")


def resolve_charges(annotated: Annotated) -> Annotated:
    """Return the article with a value for every charge mention; mentions of one offence share the best wording's."""
    values: dict[int, Value] = {}
    found: dict[int, ChargeValue] = {}
    for number, one in enumerate(annotated.mentions):
        if one.label == "charge":
            value = resolve_charge(one.text)
            values[number] = value
            if isinstance(value, ChargeValue):
                found.setdefault(one.entity, value)
    for number, own in values.items():
        if isinstance(own, Unresolved):
            values[number] = found.get(annotated.mentions[number].entity, own)
    return replace(annotated, values={**annotated.values, **values})
