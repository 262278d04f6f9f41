"""One run: inputs through the pipeline to records, every refusal named, nothing lost."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from extract.batch.workers import Outcome, Read, Refused, read_one
from extract.errors import ChargesheetError, InputError
from extract.pipeline import Pipeline
from extract.schema.document import Document

Progress = Callable[[int, int, int], None]


@dataclass(slots=True)
class Summary:
    """What a run did: documents read, records written, inputs refused, documents skipped as done, seconds."""

    documents: int = 0
    events: int = 0
    refused: int = 0
    skipped: int = 0
    windows: int = 0
    characters: int = 0
    unread: int = 0
    slowest: tuple[float, str] = (0.0, "")
    seconds: float = 0.0


Reads = Callable[[Iterable[Document | InputError]], Iterator[tuple[Document | InputError, Outcome | None]]]
"""Inputs to (input, outcome) in the same order; `None` for an input refused before it could be read."""


def alone(pipeline: Pipeline) -> Reads:
    """Return a reader in this process: no supervision, nothing to start."""

    def read(
        inputs: Iterable[Document | InputError],
    ) -> Iterator[tuple[Document | InputError, Outcome | None]]:
        for one in inputs:
            yield one, None if isinstance(one, InputError) else read_one(pipeline, one)

    return read


def refusal(refused: Refused, document: Document) -> dict[str, Any]:
    """Return the errors-file row of a document that the pipeline itself could not take."""
    row = {"source": document.id, "line": None, "byte_offset": None, "doc_id": document.id, "stage": "annotate"}
    return {**row, "error": refused.error, "detail": refused.detail}


class Written(Protocol):
    """Where records and refusals go: `Output`, or `Unwritten` when a store is all that is wanted."""

    done: set[str]
    refused: int

    def write(self, key: str, records: Iterable[Mapping[str, Any]]) -> None:
        """Write one document's records; afterwards the document counts as done."""

    def refuse(self, key: str, row: Mapping[str, Any]) -> None:
        """Write one refused input's row."""


def run(
    inputs: Iterable[Document | InputError],
    read: Reads,
    output: Written,
    *,
    strict: bool,
    progress: Progress,
    known: Callable[[Document], bool] | None = None,
    seen: Callable[[Document], None] | None = None,
    keep: Callable[[Document, Sequence[Mapping[str, Any]]], None] | None = None,
    name: Callable[[Document | InputError, int], str] | None = None,
    summary: Summary | None = None,
) -> Summary:
    """Read every input into the output; with `strict` the first refusal is raised instead of written.

    Documents that are `known` are not read again; every document is `seen`, read or not. `keep` gets each document with
    its records before they are written, and must bear to get the last one again after a kill. An input is done when its
    `name` is. A `summary` is added to, so that it is there after an interruption.
    """
    summary = Summary() if summary is None else summary
    name = named_once if name is None else name
    started, before = time.monotonic(), summary.seconds
    keys: deque[str] = deque()
    begun = set(output.done)

    def fresh() -> Iterator[Document | InputError]:
        """Yield what no earlier run has done, its key noted."""
        for number, one in enumerate(inputs):
            refused = isinstance(one, InputError)
            if refused and strict:
                raise one  # type: ignore[misc]  # an InputError: asked the line before
            key = name(one, number)
            if seen is not None and isinstance(one, Document):
                seen(one)
            if key not in begun and not (known and isinstance(one, Document) and known(one)):
                begun.add(key)
                keys.append(key)
                yield one
            elif not refused:
                summary.skipped += 1

    for one, outcome in read(fresh()):
        key = keys.popleft()
        if isinstance(one, InputError):
            output.refuse(key, one.row())
        elif isinstance(outcome, Read):
            if keep is not None:
                keep(one, outcome.records)
            _add(summary, one, outcome)  # before: whoever sees the records and interrupts is told of them
            output.write(key, outcome.records)
        elif outcome is not None:
            if strict:
                raise ChargesheetError(f"{one.id}: {outcome.error}: {outcome.detail}")
            output.refuse(key, refusal(outcome, one))
        summary.refused = output.refused
        summary.seconds = before + time.monotonic() - started
        progress(summary.documents + summary.skipped, summary.events, summary.refused)
    summary.refused = output.refused
    summary.seconds = before + time.monotonic() - started
    return summary


def named_once(one: Document | InputError, number: int) -> str:
    """Return what an input of a run that ends is called in its state: a document is its id, whatever its text."""
    if isinstance(one, InputError):
        return f"refused:{one.source}:{one.line}:{one.byte_offset}:{number}"
    return f"document:{one.id}"


def _add(summary: Summary, document: Document, read: Read) -> None:
    summary.documents += 1
    summary.events += len(read.records)
    summary.windows += read.windows
    summary.characters += read.characters
    summary.unread += read.unread
    summary.slowest = max(summary.slowest, (read.seconds, document.id))


def fingerprint(pipeline: Pipeline, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return what an interrupted run must share with the one that goes on: model, settings, inputs."""
    settings = {"event": pipeline.settings.event, "slots": dict(pipeline.settings.slots)}
    return {"model": pipeline.model.sha256, "settings": settings, "bf16": pipeline.bf16, **arguments}


def stream(inputs: Iterable[Document | InputError], pipeline: Pipeline) -> Iterator[dict[str, Any] | InputError]:
    """Yield records and refusals as they come, for a pipe."""
    for one in inputs:
        if isinstance(one, InputError):
            yield one
            continue
        for event in pipeline(one).events:
            yield event.to_json()
