"""Result files carry what is needed to get them again."""

from pathlib import Path

from extract.score import score
from extract.score.result import digest_of, markdown, result


def test_the_table_shows_the_headline_and_the_counts(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    report = score({"a": ()}, {}, resamples=10)
    made = result(report, command="c", day="2026-01-01", revision="r", weights_sha256="w", gold=tmp_path)
    assert made["gold_sha256"] == digest_of(tmp_path)
    assert "1 articles; event-free articles left alone 1 of 1" in markdown(made)
    assert "| **card** | – | – | – | – |" in markdown(made)


def test_another_gold_has_another_digest(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}")
    before = digest_of(tmp_path)
    (tmp_path / "a.json").write_text("{ }")
    assert digest_of(tmp_path) != before
