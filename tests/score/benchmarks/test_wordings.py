"""Coded wordings are counted as coders mean them."""

from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.schema.annotation import PenaltyValue
from extract.score.benchmarks.wordings import charge_figures, penalty_figures, read_coded
from tests.conftest import ROOT

CODED = [
    {"text": "theft", "codes": ["0502", "0701"]},
    {"text": "con", "codes": ["0701"]},
    {"text": "blather", "codes": ["-"]},
]


def test_levels_and_defensible_codes_are_told_apart() -> None:
    found = charge_figures(CODED, {"theft": "0701", "con": "0702"}.get)
    assert (found["level1"], found["level2"]) == (0.5, 0.0)
    assert (found["level1_defensible"], found["level2_defensible"]) == (1.0, 0.5)
    assert (found["no_offence"], found["no_offence_left_alone"]) == (1, 1)


def test_a_penalty_is_right_with_kind_days_and_amount() -> None:
    coded = [
        {"text": "a", "kind": "imprisonment", "days": "9125-life", "amount": None},
        {"text": "b", "kind": "imprisonment", "days": "1095-1825", "amount": None},
        {"text": "c", "kind": "fine", "days": None, "amount": 500.0},
    ]
    values = {
        "a": PenaltyValue("imprisonment", 9125),
        "b": PenaltyValue("imprisonment", 1095),
        "c": PenaltyValue("fine", None, 500.0, "USD"),
    }
    found = penalty_figures(coded, values.get)
    assert (found["kind"], found["days"], found["all"]) == (1.0, 0.6667, 0.6667)


def test_the_coded_sets_are_read_and_large_enough() -> None:
    assert len(read_coded(ROOT / "eval" / "coded" / "charges.jsonl", only=2)) >= 400
    assert len(read_coded(ROOT / "eval" / "coded" / "penalties.jsonl")) >= 200
    with pytest.raises(UsageError, match="no such file"):
        read_coded(Path("none.jsonl"))
