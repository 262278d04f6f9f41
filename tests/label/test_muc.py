"""MUC templates in our label form."""

import json
from pathlib import Path

import pytest

from extract.label.muc import read_muc

TEXT = "two bombs went off. the army blamed the front, the zarate front, for the bombs at the ministry."


def _written(tmp_path: Path) -> Path:
    roles = {
        "PerpInd": [],
        "Target": [[["ministry", TEXT.index("ministry")]]],
        "Victim": [],
        "Weapon": [[["bombs", 4]]],
    }
    front = [["front", TEXT.index("front")], ["zarate front", 0], ["not there", 3]]
    template = {"incident_type": "bombing", "PerpOrg": [front], **roles}
    path = tmp_path / "train.json"
    path.write_text(json.dumps({"docid": "D1", "doctext": TEXT, "templates": [template]}) + "\n", "utf-8")
    return path


def test_fillers_stand_where_the_offsets_say_or_where_the_words_first_stand(tmp_path: Path) -> None:
    ((labelled, document),) = read_muc(_written(tmp_path))
    (event,) = labelled.events
    assert event.type == "attack"
    assert [[one.text for one in filler] for filler in event.slots["actor"]] == [["front", "zarate front"]]
    spans = [one for fillers in event.slots.values() for filler in fillers for one in filler]
    assert all(document.text[one.start : one.end] == one.text for one in spans)
    assert {slot: len(fillers) for slot, fillers in event.slots.items()} == {"actor": 1, "target": 1, "instrument": 1}


@pytest.mark.shared
def test_the_whole_of_muc_is_read(shared: Path) -> None:
    folder = shared / "data" / "benchmarks" / "muc34" / "processed"
    if not folder.is_dir():
        pytest.skip("MUC-4 is not unpacked")
    found = {split: list(read_muc(folder / f"{split}.json")) for split in ("train", "dev", "test")}
    assert {split: len(pairs) for split, pairs in found.items()} == {"train": 1300, "dev": 200, "test": 200}
    assert sum(len(one.events) for one, _ in found["train"]) == 1114
