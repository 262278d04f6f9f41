"""Two runs never write to the same output, and a killed one leaves no lock behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from extract.batch.lock import Lock
from extract.errors import ResumeError, UsageError

HOLD = "import sys, time\nfrom pathlib import Path\nfrom extract.batch.lock import Lock\nlock = Lock(Path(sys.argv[1]))\nprint(1, flush=True)\ntime.sleep(60)"  # noqa: E501


def test_a_second_run_is_refused_while_the_first_lives_and_not_after_it_was_killed(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(out)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    holder.stdout.readline()
    with pytest.raises(ResumeError, match=f"process {holder.pid} on"):
        Lock(out)
    os.kill(holder.pid, signal.SIGKILL)
    holder.wait()
    with Lock(out):
        assert (tmp_path / "out.jsonl.lock").exists()
    assert not (tmp_path / "out.jsonl.lock").exists()


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing can be written"):
        Lock(tmp_path / "none" / "out.jsonl")
