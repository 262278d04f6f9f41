"""The figures of clusters are those of the papers' own examples."""

import pytest

from extract.score.benchmarks.coreference import coreference


def _clusters(*groups: str) -> dict[str, str]:
    return {member: str(number) for number, group in enumerate(groups) for member in group}


def test_clusters_that_are_right_score_one() -> None:
    gold = _clusters("abc", "de", "f")
    found = coreference(gold, _clusters("f", "abc", "de"))
    assert {found[f"{name}_f1"] for name in ("muc", "b3", "ceafe", "pairs")} == {1.0}
    assert found["conll_f1"] == 1.0


def test_figures_are_those_of_luos_example() -> None:
    gold = _clusters("12345", "67", "89ABC")
    found = coreference(gold, _clusters("12345", "6789ABC"))
    assert (found["muc_precision"], found["muc_recall"]) == (0.9, 1.0)
    assert found["b3_precision"] == pytest.approx(16 / 21, abs=1e-4)
    assert found["b3_recall"] == 1.0
    alike = 1 + 2 * 5 / (7 + 5)
    assert found["ceafe_precision"] == pytest.approx(alike / 2, abs=1e-4)
    assert found["ceafe_recall"] == pytest.approx(alike / 3, abs=1e-4)
    assert found["pairs_precision"] == pytest.approx(21 / 31, abs=1e-4)


def test_members_alone_have_no_links_and_no_pairs() -> None:
    found = coreference(_clusters("ab"), _clusters("a", "b"))
    assert (found["muc_f1"], found["pairs_f1"]) == (0.0, 0.0)
    assert (found["b3_precision"], found["b3_recall"]) == (1.0, 0.5)


def test_other_members_are_refused() -> None:
    with pytest.raises(ValueError, match="other members"):
        coreference(_clusters("ab"), _clusters("a"))
