"""run --engine as a person gives it: the same bytes, nothing open to others, nothing left behind."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from tests.conftest import ROOT

needs_ray = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed: the extra `ray`")
NO_START = b"timed out during startup"
"""What Ray says where the machine is too busy for its own processes."""


def _run(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "extract.cli", "run", *arguments]
    settings = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1", **(env or {})}
    return subprocess.run(command, capture_output=True, cwd=ROOT, env=settings, check=False, timeout=110)


def _processes(mark: str) -> set[int]:
    """Return the processes that have the mark in their environment."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.add(int(folder.name))
        except OSError:
            continue
    return found


def _listening(processes: set[int]) -> set[str]:
    """Return the addresses, as the kernel writes them, at which one of the processes listens."""
    sockets = {}
    for name in ("tcp", "tcp6"):
        for line in Path("/proc/net", name).read_text("ascii").splitlines()[1:]:
            parts = line.split()
            if parts[3] == "0A":
                sockets[f"socket:[{parts[9]}]"] = parts[1].split(":")[0]
    held = set()
    for process in processes:
        for file in Path(f"/proc/{process}/fd").glob("*"):
            try:
                held.add(str(file.readlink()))
            except OSError:
                continue
    return {address for name, address in sockets.items() if name in held}


@needs_ray
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_ray_writes_the_same_bytes_listens_here_alone_and_leaves_nothing(tmp_path: Path) -> None:
    assert _run("examples", "-o", str(tmp_path / "local.jsonl"), "--workers", "0").returncode == 0
    out, mark = tmp_path / "ray.jsonl", f"CHARGESHEET_TEST={uuid.uuid4()}"
    command = [sys.executable, "-m", "extract.cli", "run", "examples", "-o", str(out), "--watch", "--settle", "0.2"]
    name, _, value = mark.partition("=")
    process = subprocess.Popen(
        [*command, "--engine", "ray", "--workers", "1"],
        env={**os.environ, "HF_HUB_OFFLINE": "1", name: value},
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    try:
        for _ in range(900):
            if process.poll() is not None or (out.exists() and out.stat().st_size):
                break
            time.sleep(0.1)
        if process.poll() is not None:
            said = process.communicate()[1]
            if NO_START in said:
                pytest.skip("Ray does not start on this machine, which may be too busy")
            raise AssertionError(said)
        for _ in range(100):
            if out.read_bytes() == (tmp_path / "local.jsonl").read_bytes():
                break
            time.sleep(0.1)
        addresses = _listening(_processes(mark))
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 143, said
    assert out.read_bytes() == (tmp_path / "local.jsonl").read_bytes()
    assert addresses
    assert {one[-8:] for one in addresses} == {"0100007F"}  # 127.0.0.1, the last four bytes also of its IPv6 form
    for _ in range(100):
        if not _processes(mark):
            break
        time.sleep(0.1)
    assert _processes(mark) == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--engine", "spark", "-o", "x"), b"no engine 'spark'; there are: local, ray"),
        (("--address", "auto", "-o", "x"), b"give --engine ray with it"),
        (("--engine", "ray"), b"give -o OUT.jsonl or --store FILE"),
    ],
)
def test_options_that_do_not_go_together_are_said_at_once(arguments: tuple[str, ...], said: bytes) -> None:
    done = _run("examples", *arguments)
    assert done.returncode == 1
    assert said in done.stderr
