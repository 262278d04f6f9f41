"""One run: inputs through the pipeline to records, every refusal named, nothing lost."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extract.batch.output import Output
from extract.errors import InputError
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


def refusal(error: Exception, document: Document) -> dict[str, Any]:
    """Return the errors-file row of a document that the pipeline itself could not take."""
    row = {"source": document.id, "line": None, "byte_offset": None, "doc_id": document.id, "stage": "annotate"}
    return {**row, "error": type(error).__name__, "detail": str(error)[:500]}


def run(
    inputs: Iterable[Document | InputError], pipeline: Pipeline, output: Output, *, strict: bool, progress: Progress
) -> Summary:
    """Read every input into the output; with `strict` the first refusal is raised instead of written."""
    summary = Summary()
    started = time.monotonic()
    for number, one in enumerate(inputs):
        if isinstance(one, InputError):
            _refuse(one, number, output, strict=strict)
        else:
            _document(one, pipeline, output, summary, strict=strict)
        summary.refused = output.refused
        progress(summary.documents + summary.skipped, summary.events, summary.refused)
    summary.seconds = time.monotonic() - started
    return summary


def _refuse(error: InputError, number: int, output: Output, *, strict: bool) -> None:
    if strict:
        raise error
    key = f"refused:{error.source}:{error.line}:{error.byte_offset}:{number}"
    if key not in output.done:
        output.refuse(key, error.row())


def _document(document: Document, pipeline: Pipeline, output: Output, summary: Summary, *, strict: bool) -> None:
    key = f"document:{document.id}"
    if key in output.done:
        summary.skipped += 1
        return
    began = time.monotonic()
    try:
        result = pipeline(document)
        records = [event.to_json() for event in result.events]
    except (ValueError, RuntimeError, ArithmeticError, LookupError, TypeError, RecursionError) as error:
        if strict:
            raise
        output.refuse(key, refusal(error, document))
        return
    output.write(key, records)
    summary.documents += 1
    summary.events += len(records)
    summary.windows += result.annotated.windows
    summary.characters += len(document.text)
    summary.unread += result.annotated.unread
    summary.slowest = max(summary.slowest, (time.monotonic() - began, document.id))


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
