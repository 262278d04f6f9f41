"""Counts of label sets."""

from extract.label.corpus import read_labels
from extract.label.statistics import statistics, table
from tests.conftest import ROOT


def test_counts_add_up() -> None:
    labels = read_labels(ROOT / "eval" / "gold")
    found = statistics(labels)
    assert found["articles"] == len(labels) == sum(found["articles_by_origin"].values())
    assert found["events"] == sum(found["events_by_type"].values()) == sum(found["events_by_status"].values())
    assert found["event_free"] == sum(not one.events for one in labels)


def test_the_table_has_a_column_a_set() -> None:
    one, two = statistics([]), statistics(read_labels(ROOT / "eval" / "gold"))
    lines = table({"a": one, "b": two}).splitlines()
    assert lines[0] == "| | a | b |"
    assert f"| own | 0 | {two['articles_by_origin']['own']} |" in lines
