"""The catalogue entry of a label folder."""

import json
import shutil
from pathlib import Path

from extract.label.corpus import read_labels
from extract.label.croissant import croissant
from tests.conftest import ROOT


def test_it_counts_the_labels_and_changes_with_any_of_them(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for one in sorted((ROOT / "eval" / "gold").glob("own__*.json"))[:3]:
        shutil.copy(one, folder)
    labels = read_labels(folder)
    made = croissant(folder, labels, name="three", day="2026-01-02")
    assert made["description"].startswith(
        f"3 news articles with {sum(len(one.events) for one in labels)} labelled events"
    )
    files = {one["@id"]: one for one in made["distribution"]}
    assert files["labels"]["containedIn"] == {"@id": "folder"}
    assert {one["source"]["fileSet"]["@id"] for one in made["recordSet"][0]["field"]} == {"labels"}
    first = next(folder.glob("*.json"))
    first.write_text(json.dumps(json.loads(first.read_text("utf-8"))), "utf-8")
    again = croissant(folder, labels, name="three", day="2026-01-02")
    assert again["distribution"][0]["sha256"] != files["folder"]["sha256"]
