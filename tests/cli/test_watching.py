"""run --watch as a person runs it: files come, change and come again; a signal ends it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import ROOT

ARREST = "Police arrested Ana Ruiz in Lagos on Monday."
TRIAL = "Kim Lee was sentenced to five years in prison for fraud by a court in Oslo."


@contextmanager
def watching(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "extract.cli", "run", str(folder), "--watch", "--settle", "0.2", "--workers", "0"]
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen([*command, *arguments], env=settings, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(process: subprocess.Popen[bytes], holds: Callable[[], bool]) -> None:
    for _ in range(1200):
        if holds():
            return
        assert process.poll() is None, process.communicate()[1]
        time.sleep(0.05)
    raise AssertionError("it never came")


def ended(process: subprocess.Popen[bytes], number: int) -> str:
    process.send_signal(number)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert b"Traceback" not in said
    return said.decode()


def ids(path: Path) -> list[str]:
    return [json.loads(line)["doc_id"] for line in path.read_bytes().splitlines()] if path.exists() else []


def test_files_that_come_and_change_are_read_once_each_and_a_signal_ends_it(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "in" / "out.jsonl"  # in the folder watched, and not read itself
    folder.mkdir()
    (folder / "first.txt").write_text(ARREST)
    with watching(folder, "-o", str(out)) as process:
        until(process, lambda: ids(out) == ["first"])
        (folder / "second.txt").write_text(TRIAL)
        (folder / "broken.jsonl").write_text("{broken\n")
        until(process, lambda: "second" in ids(out) and (folder / "out.errors.jsonl").exists())
        (folder / "first.txt").write_text(ARREST)  # the same again
        (folder / "third.txt").write_text(TRIAL)
        until(process, lambda: "third" in ids(out))
        said = ended(process, signal.SIGINT)
    assert "3 documents read" in said
    before = ids(out)
    assert before.count("first") == 1
    with watching(folder, "-o", str(out)) as process:
        (folder / "first.txt").write_text(TRIAL)
        until(process, lambda: ids(out).count("first") > 1)
        said = ended(process, signal.SIGTERM)
    assert "1 documents read" in said
    assert ids(out)[: len(before)] == before
    assert set(ids(out)[len(before) :]) == {"first"}
    errors = (folder / "out.errors.jsonl").read_bytes()
    assert errors.count(b"broken.jsonl") == 1


def test_a_watch_that_is_killed_goes_on_without_loss_or_doubles(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out.jsonl"
    folder.mkdir()
    lines = [json.dumps({"id": f"d{number}", "text": ARREST}) + "\n" for number in range(40)]
    (folder / "a.jsonl").write_text("".join(lines))
    with watching(folder, "-o", str(out), "--poll", "0.2") as process:
        until(process, lambda: len(ids(out)) > 3)
        process.send_signal(signal.SIGKILL)
        process.wait()
    with watching(folder, "-o", str(out), "--poll", "0.2") as process:
        until(process, lambda: len(ids(out)) >= 40)
        ended(process, signal.SIGTERM)
    assert ids(out) == [f"d{number}" for number in range(40)]


def test_a_store_keeps_the_last_text_alone(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "events.db"
    folder.mkdir()
    (folder / "a.txt").write_text(ARREST)
    with watching(folder, "--store", str(store)) as process:
        said: list[bytes] = []
        assert process.stderr is not None
        said.append(process.stderr.readline())
        (folder / "a.txt").write_text(TRIAL)
        said.append(process.stderr.readline())
        ended(process, signal.SIGINT)
    assert [line.split(b",")[0] for line in said] == [b"1 documents", b"2 documents"]
    command = [sys.executable, "-m", "extract.cli", "query", str(store), "SELECT type FROM event"]
    found = subprocess.run([*command, "--json"], capture_output=True, cwd=ROOT, check=True, timeout=60)
    assert b"sentence" in found.stdout
    assert b"arrest" not in found.stdout


@pytest.mark.parametrize("arguments", [["-", "-o", "x.jsonl"], ["nowhere", "-o", "x.jsonl"], ["examples"]])
def test_what_cannot_be_watched_is_said_at_once(tmp_path: Path, arguments: list[str]) -> None:
    command = [sys.executable, "-m", "extract.cli", "run", "--watch", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False, timeout=60, stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert b"watch" in done.stderr
    assert b"Traceback" not in done.stderr
