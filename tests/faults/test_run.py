"""Faults of the machine and its user while `run` is at work: nothing is lost, nothing is said wrongly, no traceback."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT

TEXT = "Police arrested {0} men in town {0} on Monday after a robbery at the bank, officials said. "
COMMAND = [sys.executable, "-m", "extract.cli", "run"]


def _feed(path: Path, count: int, *, long: int = 1) -> Path:
    lines = [
        json.dumps({"id": f"d{n}", "published": "2021-12-16", "text": TEXT.format(n + 2) * long}) for n in range(count)
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def _run(*arguments: str, env: dict[str, str] | None = None, **more: object) -> subprocess.CompletedProcess[bytes]:
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", **(env or {})}
    return subprocess.run(
        [*COMMAND, *arguments], capture_output=True, env=settings, cwd=ROOT, check=False, timeout=200, **more
    )  # type: ignore[call-overload,no-any-return]


def test_another_environment_writes_the_same_bytes(tmp_path: Path) -> None:
    feed = _feed(tmp_path / "feed.jsonl", 3)
    made = []
    for number, env in enumerate(
        (
            {"TZ": "UTC", "PYTHONHASHSEED": "1"},
            {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "2", "LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0"},
        )
    ):
        out = tmp_path / f"{number}.jsonl"
        assert _run(str(feed), "-o", str(out), env=env).returncode == 0
        made.append(out.read_bytes())
    assert made[0] == made[1]
    assert made[0]


def test_another_order_gives_the_same_records(tmp_path: Path) -> None:
    feed = _feed(tmp_path / "feed.jsonl", 6)
    lines = feed.read_text().splitlines()
    random.Random(1).shuffle(lines)
    (tmp_path / "shuffled.jsonl").write_text("\n".join(lines))
    made = []
    for name in ("feed", "shuffled"):
        out = tmp_path / f"{name}.out.jsonl"
        assert _run(str(tmp_path / f"{name}.jsonl"), "-o", str(out)).returncode == 0
        made.append(sorted(out.read_bytes().splitlines()))
    assert made[0] == made[1]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_run_goes_on_to_the_same_bytes(tmp_path: Path, number: signal.Signals, code: int) -> None:
    feed, out, whole = _feed(tmp_path / "feed.jsonl", 12, long=60), tmp_path / "out.jsonl", tmp_path / "whole.jsonl"
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    running = subprocess.Popen([*COMMAND, str(feed), "-o", str(out)], env=settings, cwd=ROOT, stderr=subprocess.PIPE)
    state = tmp_path / "out.jsonl.state"
    deadline = time.monotonic() + 100
    while time.monotonic() < deadline and not (state.exists() and state.read_bytes().count(b"\n") >= 3):
        time.sleep(0.02)
    running.send_signal(number)
    _, told = running.communicate(timeout=60)
    assert running.returncode == code, told
    assert b"Traceback" not in told
    assert not out.exists()
    assert _run(str(feed), "-o", str(out)).returncode == 0
    assert _run(str(feed), "-o", str(whole)).returncode == 0
    assert out.read_bytes() == whole.read_bytes()


def _little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))


def test_a_full_disk_is_one_line_and_leaves_no_half_file(tmp_path: Path) -> None:
    feed, out = _feed(tmp_path / "feed.jsonl", 12), tmp_path / "out.jsonl"
    done = _run(str(feed), "-o", str(out), preexec_fn=_little_room)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"File too large" in done.stderr
    assert not out.exists()
    assert _run(str(feed), "-o", str(out)).returncode == 0  # what was whole stays, the rest follows
    assert {json.loads(line)["doc_id"] for line in out.read_bytes().splitlines()} == {f"d{n}" for n in range(12)}


def test_a_full_device_behind_standard_output_is_one_line(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    feed = _feed(tmp_path / "feed.jsonl", 2)
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, str(feed)], stdout=full, stderr=subprocess.PIPE, env=settings, cwd=ROOT, check=False
        )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    assert b"No space left" in done.stderr


def test_a_place_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    if os.geteuid() == 0:  # whom no mode keeps out: a file where a folder would be does
        closed.write_text("a file")
    else:
        closed.mkdir(mode=0o500)
    done = _run(str(_feed(tmp_path / "feed.jsonl", 1)), "-o", str(closed / "out.jsonl"))
    assert done.returncode == 1
    assert b"nothing can be written" in done.stderr
    assert b"Traceback" not in done.stderr


def test_records_of_people_are_not_for_everyone_under_a_strict_mask(tmp_path: Path) -> None:
    feed, store = _feed(tmp_path / "feed.jsonl", 1), tmp_path / "events.db"
    assert _run(str(feed), "--store", str(store), preexec_fn=lambda: os.umask(0o077)).returncode == 0  # type: ignore[arg-type]
    assert store.stat().st_mode & 0o077 == 0
