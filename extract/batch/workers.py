"""Supervised reader processes: one that dies, hangs or swells takes nothing with it but the document it choked on.

Each worker loads the pipeline once and is given one document at a time, so that the supervisor always knows which one a
dead worker held. A document that ends a worker twice is refused by name; the rest goes on. Results come in input order.
"""

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final, Protocol

from extract.errors import ChargesheetError, InputError
from extract.pipeline import Pipeline
from extract.schema.document import Document

TRIES: Final = 2
PORTION: Final = 25_000
"""Code points that the time budget is for; a longer document has as many budgets as portions."""
AHEAD: Final = 32
"""Documents a worker may be ahead of the oldest one still being read: bounds what waits for its turn."""
LOADING: Final = 300.0
"""Seconds a worker may take to load the model."""
LOOK: Final = 0.25
"""Seconds between two looks at deadlines and memory."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost: seconds for each PORTION begun, and the reading worker's resident megabytes."""

    seconds: float = 30.0
    megabytes: int = 4096

    def allowed(self, document: Document) -> float:
        """Return the seconds this document may take: a book is no article."""
        return self.seconds * (1 + len(document.text) // PORTION)


@dataclass(frozen=True, slots=True)
class Read:
    """A document's records with what reading them took."""

    records: list[dict[str, Any]]
    windows: int
    characters: int
    unread: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a document could not be read: the error's name and what it said."""

    error: str
    detail: str


Outcome = Read | Refused


def read_one(pipeline: Pipeline, document: Document) -> Outcome:
    """Return a document's records, or why there are none; programming errors are raised, not swallowed."""
    began = time.monotonic()
    try:
        result = pipeline(document)
        records = [event.to_json() for event in result.events]
    except (ValueError, RuntimeError, ArithmeticError, LookupError, TypeError, RecursionError) as error:
        return Refused(type(error).__name__, str(error)[:500])
    length, unread = len(document.text), result.annotated.unread
    return Read(records, result.annotated.windows, length, unread, time.monotonic() - began)


def _work(load: Callable[[], Pipeline], threads: int, mine: Connection) -> None:
    """Load, then answer document by document until the supervisor closes the pipe."""
    import torch

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the supervisor decides
    torch.set_num_threads(threads)
    try:
        pipeline = load()
    except ChargesheetError as error:
        mine.send(error)
        return
    mine.send(None)
    while True:
        try:
            document = mine.recv()
        except (EOFError, KeyboardInterrupt):
            return
        mine.send(read_one(pipeline, document))


def megabytes_of(pid: int) -> float:
    """Return a process's resident memory in megabytes; 0 where the system does not say (no /proc)."""
    try:
        with Path(f"/proc/{pid}/statm").open() as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, IndexError, ValueError):
        return 0.0


@dataclass(slots=True)
class Task:
    """A document with its place in the run, and how often it ended its reader."""

    number: int
    document: Document
    tries: int = 0


class Pool(Protocol):
    """What reads several documents at a time: supervised processes here, or on other machines."""

    def idle(self, queue: deque[Task]) -> bool:
        """Tell whether there is a reader for one more document."""

    def hand_out(self, queue: deque[Task]) -> None:
        """Give a document to each reader that has none."""

    def collect(self) -> list[tuple[Task, Outcome | None]]:
        """Wait a little; return what came in: (task, outcome), `None` for a task that must be read again."""


def in_order(
    inputs: Iterable[Document | InputError], pool: Pool, ahead: int
) -> Iterator[tuple[Document | InputError, Outcome | None]]:
    """Yield every input in order with its outcome; no document is handed out that far ahead of the oldest unread."""
    source = enumerate(inputs)
    queue: deque[Task] = deque()  # to be read again, before anything new
    order: deque[tuple[int, Document | InputError]] = deque()
    done: dict[int, Outcome | None] = {}
    exhausted = False
    while True:
        while not exhausted and len(order) < ahead and pool.idle(queue):
            number, one = next(source, (-1, None))
            if one is None:
                exhausted = True
                break
            order.append((number, one))
            if isinstance(one, InputError):
                done[number] = None
            else:
                queue.append(Task(number, one))
        pool.hand_out(queue)
        while order and order[0][0] in done:
            number, one = order.popleft()
            yield one, done.pop(number)
        if exhausted and not order:
            return
        if not any(not isinstance(one, InputError) and number not in done for number, one in order):
            continue
        for task, outcome in pool.collect():
            if outcome is None:
                queue.appendleft(task)
            else:
                done[task.number] = outcome


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    deadline: float
    ready: bool = False
    task: Task | None = None


@dataclass(slots=True)
class Workers:
    """So many supervised processes; `load` makes the pipeline in each and must be picklable."""

    load: Callable[[], Pipeline]
    count: int
    limits: Limits = field(default_factory=Limits)
    threads: int = 1
    restarts: int = 0
    _workers: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> "Workers":
        """Start the processes."""
        self._workers = [self._started() for _ in range(self.count)]
        return self

    def __exit__(self, *_: object) -> None:
        """End them, whatever they are doing."""
        for one in self._workers:
            one.pipe.close()
            one.process.kill()
        for one in self._workers:
            one.process.join()
        self._workers = []

    def _started(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(self.load, self.threads, theirs), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, time.monotonic() + LOADING)

    def read(self, inputs: Iterable[Document | InputError]) -> Iterator[tuple[Document | InputError, Outcome | None]]:
        """Yield every input in order with its outcome; an input that was refused before comes back with `None`.

        Raises what a worker raised when it could not load the pipeline.
        """
        return in_order(inputs, self, AHEAD * self.count)

    def idle(self, queue: deque[Task]) -> bool:
        """Tell whether there is a worker for one more document."""
        return len(queue) < sum(one.task is None for one in self._workers) + 1

    def hand_out(self, queue: deque[Task]) -> None:
        """Give a document to each worker that has none."""
        for one in self._workers:
            if queue and one.ready and one.task is None:
                one.task = queue.popleft()
                one.deadline = time.monotonic() + self.limits.allowed(one.task.document)
                one.pipe.send(one.task.document)

    def collect(self) -> list[tuple[Task, Outcome | None]]:
        """Return what came in: (task, outcome), outcome `None` for a task that must be read again."""
        found: list[tuple[Task, Outcome | None]] = []
        waited = wait([one.pipe for one in self._workers], timeout=LOOK)
        for number, one in enumerate(self._workers):
            reason = None
            if one.pipe in waited:
                try:
                    answer = one.pipe.recv()
                except (EOFError, OSError):
                    reason = f"the reader process died ({self._exit(one)})"
                else:
                    if isinstance(answer, ChargesheetError):
                        raise answer
                    if one.task is not None:
                        found.append((one.task, answer))
                        one.task = None
                    one.ready = True
                    continue
            elif one.task is None and one.ready:
                continue
            elif time.monotonic() > one.deadline:
                reason = f"took longer than {self._budget(one):g} s"
            elif megabytes_of(one.process.pid or 0) > self.limits.megabytes:
                reason = f"took more than {self.limits.megabytes} MB of memory"
            if reason is not None:
                self._workers[number] = self._replaced(one)
                if one.task is not None:
                    one.task.tries += 1
                    final = (
                        Refused("WorkerError", f"{reason}; tried {TRIES} times") if one.task.tries >= TRIES else None
                    )
                    found.append((one.task, final))
        return found

    def _budget(self, one: _Worker) -> float:
        return self.limits.allowed(one.task.document) if one.task is not None else LOADING

    @staticmethod
    def _exit(one: _Worker) -> str:
        one.process.join(5)
        code = one.process.exitcode
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"

    def _replaced(self, one: _Worker) -> _Worker:
        self.restarts += 1
        if self.restarts > 5 and not any(other.ready for other in self._workers):
            raise ChargesheetError(
                "reader processes die before they are ready; run with --workers 0 to see the error itself"
            )
        one.pipe.close()
        one.process.kill()
        one.process.join()
        return self._started()


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
