"""One run at a time on one output: a lock that the system itself lifts when its holder is gone."""

import contextlib
import importlib
import os
import socket
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.errors import ResumeError, UsageError


class Lock:
    """Holds `PATH.lock` for as long as the process lives; use it as a context manager.

    The file names its holder (process and host) for the message. It is held by `flock`, which a `kill -9` lifts too, so
    that no lock is ever stale; where there is none (Windows), nothing is locked.
    """

    def __init__(self, path: Path) -> None:
        """Take the lock; raises `ResumeError` naming who holds it, `UsageError` where nothing can be written."""
        self._path = path.with_name(path.name + ".lock")
        try:
            self._file = self._path.open("a+")
        except OSError as error:
            raise UsageError(f"{path}: nothing can be written there ({error.strerror})") from error
        fcntl: Any = None
        with contextlib.suppress(ImportError):
            fcntl = importlib.import_module("fcntl")
        if fcntl is None:
            return
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.seek(0)
            holder = self._file.read(200).strip() or "another process"
            self._file.close()
            raise ResumeError(f"{path}: another run writes here ({holder}); wait for it, or write elsewhere") from error
        self._file.truncate(0)
        self._file.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        self._file.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._path.unlink(missing_ok=True)
        self._file.close()
