"""Offences and penalties as articles word them, coded by hand: does the resolver say what a person says?"""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from extract.errors import UsageError
from extract.schema.annotation import PenaltyValue

NONE = "-"
"""The code of a wording that names no offence."""


def read_coded(path: Path, *, only: int | None = None) -> list[dict[str, Any]]:
    """Return the coded wordings, those of one set when `only` says so; raises `UsageError` when they are not there."""
    if not path.is_file():
        raise UsageError(f"{path}: no such file; the command runs in a clone of the repository")
    found = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    return [one for one in found if only is None or one["set"] == only]


def charge_figures(coded: Iterable[Mapping[str, Any]], code_of: Callable[[str], str | None]) -> dict[str, Any]:
    """Return shares right at ICCS level 1 (two digits) and 2 (four), by the first code and by any that is defensible.

    `codes` lists the coder's choice first, then what a careful colleague could defend. Wordings that name no offence
    are counted apart: resolved to nothing or not.
    """
    offences = [one for one in coded if one["codes"][0] != NONE]
    others = [one for one in coded if one["codes"][0] == NONE]
    ours = [code_of(one["text"]) or NONE for one in offences]
    pairs = list(zip(ours, (one["codes"] for one in offences), strict=True))
    count = len(pairs)

    def share(right: int) -> float | None:
        return round(right / count, 4) if count else None

    return {
        "wordings": count,
        "level1": share(sum(code[:2] == codes[0][:2] for code, codes in pairs)),
        "level2": share(sum(code == codes[0] for code, codes in pairs)),
        "level1_defensible": share(sum(code[:2] in {one[:2] for one in codes} for code, codes in pairs)),
        "level2_defensible": share(sum(code in codes for code, codes in pairs)),
        "unresolved": share(ours.count(NONE)),
        "no_offence": len(others),
        "no_offence_left_alone": sum(code_of(one["text"]) is None for one in others),
    }


def penalty_figures(
    coded: Iterable[Mapping[str, Any]], value_of: Callable[[str], PenaltyValue | None]
) -> dict[str, Any]:
    """Return shares right of kind, days of imprisonment, amount, and all three at once.

    Of "25 years to life", days are right with the lower bound: a record has no day for life.
    """
    kinds = days = amounts = whole = 0
    coded = list(coded)
    for one in coded:
        value = value_of(one["text"])
        kind = value is not None and value.kind == one["kind"]
        span = _same_days(value.days if value else None, one["days"])
        amount = (value.amount if value else None) == one["amount"]
        kinds, days, amounts = kinds + kind, days + span, amounts + amount
        whole += kind and span and amount
    count = max(1, len(coded))
    shares = {"kind": kinds, "days": days, "amount": amounts, "all": whole}
    return {"wordings": len(coded), **{name: round(right / count, 4) for name, right in shares.items()}}


def _same_days(ours: int | tuple[int, int] | None, coded: str | None) -> bool:
    bounds = [one for one in (coded or "").split("-") if one and one != "life"]
    if not bounds:
        return ours is None
    found = [str(one) for one in ours] if isinstance(ours, tuple) else [] if ours is None else [str(ours)]
    return found == bounds
