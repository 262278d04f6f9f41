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
    assert b"there are: speed, places" in _run("bench", "nonsense").stderr
    assert b"need --data" in _run("bench", "places").stderr
    assert b"no such file" in _run("bench", "stories", "--data", str(tmp_path)).stderr
    lacking = _run("bench", "places", "--data", str(tmp_path))
    assert lacking.returncode == 1
    assert b"no such file" in lacking.stderr
