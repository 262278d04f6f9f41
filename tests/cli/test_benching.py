"""bench says what it measures and what it needs."""

import json
from pathlib import Path

from tests.test_cli import _run


def test_wordings_need_nothing_but_the_repository(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    done = _run("bench", "wordings", "-o", str(out))
    assert done.returncode == 0, done.stderr
    found = json.loads(out.read_text())
    assert found == json.loads(done.stdout)
    assert found["wordings"]["penalties"]["wordings"] >= 200
    assert 0 < found["wordings"]["charges"]["set_2"]["level2"] <= 1


def test_unknown_benchmarks_and_missing_data_are_named(tmp_path: Path) -> None:
    assert b"there are: speed, places, dates" in _run("bench", "nonsense").stderr
    assert b"need --data" in _run("bench", "places").stderr
    assert b"no such file" in _run("bench", "stories", "--data", str(tmp_path)).stderr
    lacking = _run("bench", "places", "--data", str(tmp_path))
    assert lacking.returncode == 1
    assert b"no such file" in lacking.stderr


TML = """<TimeML><DCT><TIMEX3 type="DATE" value="2013-03-22">March 22</TIMEX3></DCT>
<TEXT>He fled on <TIMEX3 type="DATE" value="2013-03-18">Monday</TIMEX3>.</TEXT></TimeML>"""
COL = """DCT_2013-03-22\tO\tO\tO\tO\tO\tO\ttmx0\tDATE\t2013-03-22
He\tt1\t1\tO\tO\tO\tO\tO\tO\tO
left\tt2\t1\tO\tO\tO\tO\tO\tO\tO
Monday\tt3\t1\tO\tO\tO\tO\ttmx1\tDATE\t2013-03-25
"""


def test_dates_stand_beside_what_others_published(tmp_path: Path) -> None:
    training = tmp_path / "benchmarks" / "tempeval3" / "data" / "TBAQ-cleaned"
    platinum = tmp_path / "benchmarks" / "tempeval3_platinum" / "data" / "TempEval3-eval_COL"
    for folder in (training / "TimeBank", training / "AQUAINT", platinum):
        folder.mkdir(parents=True)
    for folder in (training / "TimeBank", training / "AQUAINT"):
        (folder / "a.tml").write_text(TML)
    (platinum / "a.col").write_text(COL)
    done = _run("bench", "dates", "--data", str(tmp_path), "--result", str(tmp_path / "result.json"))
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "result.json").read_text())["dates"]
    assert found["training"]["timebank_even"]["value_f1"] == 1.0
    assert found["platinum"]["ours"]["relaxed_f1"] == 1.0
    assert found["platinum"]["ours"]["value_f1"] == 0.0
    assert found["platinum"]["published"]["HeidelTime"]["value_f1"] == 0.7761
    assert found["labelled"] is None
