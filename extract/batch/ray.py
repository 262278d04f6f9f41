"""Readers on a Ray cluster: the same supervision, order and records as `Workers`, on more than one machine.

Each actor loads the pipeline once and is given one document at a time. Ray restarts and retries nothing by itself: a
document that ends two actors is refused by name, one whose machine went is read on another.
"""

import importlib
import logging
import os
import secrets
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from extract import __version__
from extract.batch.workers import (
    AHEAD,
    LOADING,
    LOOK,
    TRIES,
    Limits,
    Outcome,
    Refused,
    Task,
    in_order,
    megabytes_of,
    read_one,
)
from extract.errors import ChargesheetError, InputError, UsageError
from extract.pipeline import Pipeline
from extract.schema.document import Document

_SWOLLEN: Final = 77
"""Exit code of an actor that outgrew its memory."""
_STORE: Final = 80 * 2**20
"""Bytes of shared memory that Ray takes on this machine: documents and records are small."""

_SETTINGS: Final = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_AUTH_MODE": "token",
}
_ALONE: Final = {
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # else Ray turns 127.0.0.1 into the address that others reach
    "RAY_agent_register_timeout_ms": "300000",  # a busy machine starts Ray's own processes slowly
}

Mark = tuple[str, str, bool]
"""What makes records equal: the program's version, the weights' digest, whether the encoder runs in bfloat16."""


def mark_of(pipeline: Pipeline) -> Mark:
    """Return what two machines must share to write the same records."""
    return __version__, pipeline.model.sha256, pipeline.bf16


class Reader:
    """The actor: a process of the cluster that holds the pipeline."""

    def __init__(self, load: Callable[[], Pipeline], megabytes: int) -> None:
        self._load = load
        self._pipeline: Pipeline | None = None
        threading.Thread(target=_guard, args=(megabytes,), daemon=True).start()

    def begin(self) -> Mark | ChargesheetError:
        """Load; return what the records depend on, or why there will be none."""
        try:
            self._pipeline = self._load()
        except ChargesheetError as error:
            return error
        return mark_of(self._pipeline)

    def read(self, document: Document) -> Outcome:
        """Return a document's records, or why there are none."""
        assert self._pipeline is not None
        return read_one(self._pipeline, document)


def _guard(megabytes: int) -> None:
    """End this process when it outgrows its memory: nobody outside can see it."""
    while megabytes_of(os.getpid()) <= megabytes:
        time.sleep(LOOK)
    os._exit(_SWOLLEN)


@dataclass(slots=True)
class _Actor:
    handle: Any
    answer: Any
    deadline: float
    ready: bool = False
    task: Task | None = None


@dataclass(slots=True)
class Actors:
    """Readers on a cluster; use it as a context manager. `load` must be picklable, and is called on every machine.

    Without `address` Ray is started here, for this run, on 127.0.0.1 alone, without dashboard and with a token that no
    other process knows; with it the cluster there is joined, and its token is looked for where Ray looks.
    """

    load: Callable[[], Pipeline]
    mark: Mark
    count: int | None = None
    limits: Limits = field(default_factory=Limits)
    address: str | None = None
    restarts: int = 0
    _ray: Any = None
    _actors: list[_Actor] = field(default_factory=list)

    def __enter__(self) -> "Actors":
        """Start or join the cluster, and start the actors; by default one a processor."""
        self._ray = started(self.address, self.count)
        processors = int(self._ray.cluster_resources().get("CPU", 1))
        self.count = max(1, processors if self.count is None else self.count)
        self._actors = [self._started() for _ in range(self.count)]
        return self

    def __exit__(self, *_: object) -> None:
        """End the actors, and Ray where it was started here."""
        for one in self._actors:
            self._ray.kill(one.handle)
        self._actors = []
        self._ray.shutdown()

    def _started(self) -> _Actor:
        actor = self._ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0, scheduling_strategy="SPREAD")(Reader)
        handle = actor.remote(self.load, self.limits.megabytes)
        return _Actor(handle, handle.begin.remote(), time.monotonic() + LOADING)

    def read(self, inputs: Iterable[Document | InputError]) -> Iterator[tuple[Document | InputError, Outcome | None]]:
        """Yield every input in order with its outcome; an input that was refused before comes back with `None`."""
        return in_order(inputs, self, AHEAD * (self.count or 1))

    def idle(self, queue: deque[Task]) -> bool:
        """Tell whether there is a reader for one more document."""
        return len(queue) < sum(one.task is None for one in self._actors) + 1

    def hand_out(self, queue: deque[Task]) -> None:
        """Give a document to each reader that has none."""
        for one in self._actors:
            if queue and one.ready and one.task is None:
                one.task = queue.popleft()
                one.deadline = time.monotonic() + self.limits.allowed(one.task.document)
                one.answer = one.handle.read.remote(one.task.document)

    def collect(self) -> list[tuple[Task, Outcome | None]]:
        """Return what came in: (task, outcome), outcome `None` for a task that must be read again."""
        waited = [one.answer for one in self._actors if one.answer is not None]
        self._ray.wait(waited, timeout=LOOK)
        came, _ = self._ray.wait(waited, num_returns=len(waited), timeout=0)
        found: list[tuple[Task, Outcome | None]] = []
        for number, one in enumerate(self._actors):
            if one.answer in came:
                answer, reason = self._answer(one)
                if reason is None:
                    if one.task is not None:
                        found.append((one.task, answer))
                    one.task, one.answer, one.ready = None, None, True
                    continue
            elif one.task is not None and time.monotonic() > one.deadline:
                reason = f"took longer than {self.limits.allowed(one.task.document):g} s"
            else:
                continue
            self._actors[number] = self._replaced(one)
            if one.task is not None:
                one.task.tries += 1
                final = one.task.tries >= TRIES
                found.append((one.task, Refused("WorkerError", f"{reason}; tried {TRIES} times") if final else None))
        self._check()
        return found

    def _answer(self, one: _Actor) -> tuple[Any, str | None]:
        """Return what an actor answered, or why it cannot any more."""
        try:
            answer = self._ray.get(one.answer)
        except self._ray.exceptions.RayError as error:
            if f"exit code {_SWOLLEN}" in str(error):
                return None, f"took more than {self.limits.megabytes} MB of memory"
            return None, "the reader process died"
        if isinstance(answer, ChargesheetError):
            raise answer
        if not one.ready and tuple(answer) != self.mark:
            raise ChargesheetError(
                "a machine of the cluster would write other records; install the same there (version, weights, "
                f"bfloat16): {tuple(answer)} there, {self.mark} here"
            )
        return answer, None

    def _replaced(self, one: _Actor) -> _Actor:
        self.restarts += 1
        if self.restarts > 5 and not any(other.ready for other in self._actors if other is not one):
            raise ChargesheetError(
                "reader processes die before they are ready; --engine local --workers 0 shows the error itself"
            )
        self._ray.kill(one.handle)
        return self._started()

    def _check(self) -> None:
        """Raise when nobody reads and nobody gets ready: an actor may wait for a processor as long as others work."""
        if all(not one.ready and time.monotonic() > one.deadline for one in self._actors):
            raise ChargesheetError(
                f"no reader got ready in {LOADING:g} s; has the cluster free processors (ray status)?"
            )


def _knock(address: str) -> None:
    """Raise `UsageError` where nobody listens at HOST:PORT: Ray itself would try for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not (host and port.isdigit()):
        return
    try:
        socket.create_connection((host, int(port)), timeout=10).close()
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"no Ray cluster answers at {address}: {error}; `ray status` on its head says where"
        ) from error


def started(address: str | None, count: int | None) -> Any:
    """Return Ray, started here or joined; token authentication is on where this Ray has it (2.52 and later).

    Who runs a cluster without tokens says so: RAY_AUTH_MODE=disabled.
    """
    settings = {**_SETTINGS, **({} if address else _ALONE)}
    if address is None and "RAY_AUTH_TOKEN_PATH" not in os.environ:
        settings["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    for name, value in settings.items():  # before the import: Ray reads some of them there
        os.environ.setdefault(name, value)
    try:
        ray = importlib.import_module("ray")
    except ImportError as error:
        raise UsageError("--engine ray needs Ray: pip install 'chargesheet[ray]'") from error
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address is None:
        here = {"include_dashboard": False, "_node_ip_address": "127.0.0.1", "object_store_memory": _STORE}
        options |= here | ({"num_cpus": count} if count else {})
    else:
        options["address"] = address
        _knock(address)
    try:
        ray.init(**options)
    except Exception as error:  # Ray raises what it likes, `Exception` itself among it
        raise UsageError(
            f"Ray at {address or 'this machine'}: {str(error)[:300]}. A cluster's token goes into RAY_AUTH_TOKEN; one "
            "without tokens is joined with RAY_AUTH_MODE=disabled"
        ) from error
    return ray
