"""run --engine: what reads documents, here or on a cluster."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from extract.errors import UsageError

ENGINES = ("local", "ray")


def check(engine: str, address: str | None, target: Path | None) -> None:
    """Raise `UsageError` for options that do not go together."""
    if engine not in ENGINES:
        raise UsageError(f"no engine {engine!r}; there are: {', '.join(ENGINES)}")
    if address is not None and engine != "ray":
        raise UsageError("--address says which Ray cluster to join: give --engine ray with it")
    if engine == "ray" and target is None:
        raise UsageError("--engine ray writes to a file or a store: give -o OUT.jsonl or --store FILE")


@contextmanager
def started(
    engine: str, pipeline: Any, load: Callable[[], Any], count: int | None, limits: Any, address: str | None
) -> Iterator[Any]:
    """Give what reads documents: this process (count 0), supervised ones, or actors; by default one a processor."""
    from extract.batch.run import alone
    from extract.batch.workers import Workers, cores

    if engine == "ray":
        from extract.batch.ray import Actors, mark_of

        with Actors(load, mark_of(pipeline), count, limits, address) as actors:
            yield actors.read
        return
    number = cores() if count is None else count
    if not number:
        yield alone(pipeline)
        return
    with Workers(load, number, limits, max(1, cores() // number)) as workers:
        yield workers.read
