"""Folders that grow: which files are new or changed, once each has stopped growing."""

import contextlib
import importlib
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

from extract.errors import InputError
from extract.ingest.source import Source
from extract.schema.document import Document

UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload", ".filepart", "~")
"""Ends of names that downloads and copies have until they are complete: passed over, not refused."""
LOOK_ALL: Final = 30.0
"""Seconds after which everything is looked at though the system told of no change: network drives do not tell."""
POLL: Final = 2.0
"""Seconds between two looks where nothing tells of changes."""


class _State(NamedTuple):
    """What a file's change shows in."""

    size: int
    modified: int
    changed: int
    inode: int


@dataclass(slots=True)
class Changes:
    """Looks at the files behind the inputs and gives those that are new or changed, and stand still.

    A file is given when it has been the same for `settle` seconds by the monotonic clock: no date of a file is trusted.
    """

    sources: Callable[[], Iterable[Source | InputError]]
    settle: float
    own: frozenset[Path] = frozenset()
    _given: dict[Path, _State] = field(default_factory=dict)
    _moving: dict[Path, tuple[_State, float]] = field(default_factory=dict)

    def look(self) -> list[Source | InputError]:
        """Return the files that are due, and with them every name that cannot be read."""
        now = time.monotonic()
        due: list[Source | InputError] = []
        there: set[Path] = set()
        for one in self.sources():
            if isinstance(one, InputError):
                due.append(one)
                continue
            path = one.path
            if path is None or path.name.endswith(UNFINISHED) or self._is_own(path):
                continue
            with contextlib.suppress(OSError):  # gone since it was listed
                status = path.stat()
                state = _State(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
                there.add(path)
                if self._stands(path, state, now):
                    due.append(one)
        for gone in [path for path in {*self._given, *self._moving} if path not in there]:
            self._given.pop(gone, None)
            self._moving.pop(gone, None)
        return due

    def _is_own(self, path: Path) -> bool:
        return any(path.name == one.name for one in self.own) and path.resolve() in self.own

    def _stands(self, path: Path, state: _State, now: float) -> bool:
        """Tell whether a file is changed and at rest; it then counts as given."""
        if self._given.get(path) == state:
            self._moving.pop(path, None)
            return False
        before, since = self._moving.get(path, (None, now))
        if before != state:
            self._moving[path] = (state, now)
            return False
        if now - since < self.settle:
            return False
        self._given[path] = state
        del self._moving[path]
        return True

    @property
    def moving(self) -> bool:
        """Whether a file is waited for."""
        return bool(self._moving)


class Wakening:
    """Waits until the system tells of a change below the folders, or for so many seconds; a context manager.

    By watchfiles where it is installed and `poll` is not given, in a thread of its own, so that signals reach the run.
    """

    def __init__(self, folders: Iterable[Path], poll: float | None) -> None:
        self._changed, self._end = threading.Event(), threading.Event()
        self._seconds = POLL if poll is None else poll
        self._thread: threading.Thread | None = None
        if poll is None:
            with contextlib.suppress(ImportError):
                watch = importlib.import_module("watchfiles").watch
                self._seconds = LOOK_ALL
                self._thread = threading.Thread(target=self._listen, args=(watch, list(folders)), daemon=True)

    def __enter__(self) -> Self:
        if self._thread is not None:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        if self._thread is not None:
            self._thread.join(5)

    def _listen(self, watch: Callable[..., Iterable[object]], folders: list[Path]) -> None:
        try:
            for _ in watch(*folders, watch_filter=None, stop_event=self._end, raise_interrupt=False, rust_timeout=500):
                self._changed.set()
        except (OSError, RuntimeError):  # the system's limit on watches, a folder that went: look by the clock
            self._seconds = POLL
            self._changed.set()

    def wait(self) -> None:
        """Return when there may be something new."""
        self._changed.wait(self._seconds)
        self._changed.clear()


def passes(changes: Changes, wakening: Wakening) -> Iterator[list[Source | InputError]]:
    """Yield what is due, again and again, without end; the first pass is what is there at the start."""
    told: set[tuple[str, str]] = set()
    while True:
        due = changes.look()
        new = [one for one in due if isinstance(one, Source) or (one.source, one.detail) not in told]
        told.update((one.source, one.detail) for one in new if isinstance(one, InputError))
        if new:
            yield new
        if changes.moving:
            time.sleep(changes.settle)
        else:
            wakening.wait()


def named_by_version(one: Document | InputError, number: int) -> str:
    """Return what an input of a run without end is called in its state: a document by its text too.

    So a text that changes is read again, one that comes again is not; a refusal is told once, however often its file is
    read.
    """
    del number
    if isinstance(one, InputError):
        place = f"{one.source}:{one.line}:{one.byte_offset}:{one.doc_id}"
        return f"refused:{place}:{_digest(one.detail)}"
    return f"document:{one.id}:{_digest(one.text)}"


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()


def folders_of(inputs: Iterable[str]) -> list[Path]:
    """Return the folders that are to be listened at: each folder, or the nearest one above a file or pattern."""
    found: dict[Path, None] = {}
    for one in inputs:
        path = Path(one)
        while not path.is_dir():
            path = path.parent
        found[path] = None
    return list(found)
