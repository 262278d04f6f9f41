"""run --watch: turns of new and changed files, without end."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any

from extract.errors import InputError, UsageError

_BESIDE = (".state", ".lock", ".errors.jsonl", ".part", "-wal", "-shm", "-journal")
"""What a run writes beside its output or store."""


def check(inputs: Sequence[str], target: Path | None) -> None:
    """Raise `UsageError` for what cannot be watched, or has nowhere to go."""
    if target is None:
        raise UsageError("--watch writes to a file or a store: give -o OUT.jsonl or --store FILE")
    for one in inputs:
        if one == "-" or not (Path(one).exists() or any(mark in one for mark in "*?[")):
            raise UsageError(f"{one!r} cannot be watched: give folders, files that are there, or patterns in quotes")


@contextmanager
def turns(
    inputs: Sequence[str],
    targets: Iterable[Path | None],
    settle: float,
    poll: float | None,
    read: Callable[[Iterable[Any]], Iterable[Any]],
) -> Iterator[Iterator[Iterable[Any]]]:
    """Give the turns: each the documents and refusals of the files that are due."""
    from extract.batch.watch import Changes, Wakening, folders_of, passes
    from extract.ingest import sources

    changes = Changes(lambda: sources(inputs, may_be_empty=True), settle, _own(targets))
    with Wakening(folders_of(inputs), poll) as wakening:
        yield (
            chain(
                (one for one in due if isinstance(one, InputError)),
                read(one for one in due if not isinstance(one, InputError)),
            )
            for due in passes(changes, wakening)
        )


def _own(targets: Iterable[Path | None]) -> frozenset[Path]:
    """Return the files that the run writes itself: in the folder watched, they would feed it for ever."""
    found = set()
    for one in targets:
        if one is not None:
            stem = one.name.removesuffix(".jsonl")
            names = {one.name, f"{stem}.errors.jsonl", f"{stem}.copies.jsonl", *(one.name + end for end in _BESIDE)}
            found |= {one.with_name(name).resolve() for name in names}
    return frozenset(found)
