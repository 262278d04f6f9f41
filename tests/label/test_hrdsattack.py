"""HRDsAttack in our label form."""

import json
from pathlib import Path

from extract.ingest.html import text_of_fragment
from extract.label.hrdsattack import read_hrdsattack


def test_names_are_looked_up_and_what_does_not_stand_there_is_left_out(tmp_path: Path) -> None:
    sample = {
        "Input.GLOBALEVENTID": "9",
        "Input.title": "Editor held",
        "Input.publish_date": "2021-03-08 23:00:34",
        "Input.article_interface": "<p>Police detained Lena Vos in Harlow.</p><p>She was beaten.</p>",
    }
    merged = {
        "violation_types": ["arbitrary detention", "torture", "other"],
        "victims": [{"victim_name": "Lena Vos"}, {"victim_name": None}, {"victim_name": "Not There"}],
        **{"city": "Harlow", "region": "None", "country": "Norland"},
    }
    path = tmp_path / "dev.json"
    path.write_text(json.dumps([{"sample": sample, "merged_sample": merged}]), "utf-8")
    ((labelled, document),) = read_hrdsattack(path, text_of_fragment)
    assert document.published == "2021-03-08"
    assert [event.type for event in labelled.events] == ["arrest", "attack"]
    (target,), (place,) = labelled.events[0].slots["target"], labelled.events[0].slots["location"]
    assert [one.text for one in (*target, *place)] == ["Lena Vos", "Harlow"]
