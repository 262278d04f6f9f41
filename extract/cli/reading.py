"""run and show: documents in, records out."""

import json
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import ExitStack
from functools import partial
from itertools import chain, islice
from pathlib import Path
from types import FrameType
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from tqdm import tqdm

from extract.cli.common import (
    DONE,
    FAILED,
    SOME_REFUSED,
    Fast,
    Inputs,
    Json,
    Lang,
    MinConfidence,
    ModelName,
    Published,
    TextKey,
    app,
    readings,
    say,
    where,
)
from extract.errors import InputError, UsageError

FEW = 24
"""Inputs below which starting reader processes costs more than they bring."""


def _interrupted(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


@app.command()
def run(
    inputs: Inputs,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Write records here (JSONL) instead of stdout.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Put articles and records into this store (SQLite), to query and explore.")
    ] = None,
    model: ModelName = "small",
    text_key: TextKey = None,
    published: Published = None,
    min_confidence: MinConfidence = None,
    lang: Lang = "any",
    workers: Annotated[
        int | None, typer.Option(min=0, help="Reader processes; 0 reads in this one. By default one a processor.")
    ] = None,
    engine: Annotated[str, typer.Option(help="local: processes here; ray: a Ray cluster (the extra `ray`).")] = "local",
    address: Annotated[
        str | None,
        typer.Option(help="With --engine ray: the cluster to join (HOST:PORT, auto); else one is started here."),
    ] = None,
    time_budget: Annotated[
        float, typer.Option(min=0.1, help="Seconds that each 25,000 characters of a document may take (with workers).")
    ] = 30.0,
    max_memory: Annotated[int, typer.Option(min=256, help="Megabytes a worker may grow to.")] = 4096,
    fast: Fast = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Then go on with new and changed files, until Ctrl-C.")
    ] = False,
    settle: Annotated[
        float, typer.Option(min=0.05, help="With --watch: seconds for which a file must not have changed.")
    ] = 2.0,
    poll: Annotated[
        float | None,
        typer.Option(min=0.05, help="With --watch: look every so many seconds (network drives tell of no change)."),
    ] = None,
    strict: Annotated[bool, typer.Option(help="Stop at the first input that cannot be read.")] = False,
    new_run: Annotated[bool, typer.Option(help="Start afresh where an interrupted run lies.")] = False,
    quiet: Annotated[bool, typer.Option(help="No progress, no summary.")] = False,
) -> None:
    """Read documents, write event records: the main job.

    Example: chargesheet run articles.jsonl pages/ -o events.jsonl
    """
    from extract.cli import engines, watching

    if watch:
        watching.check(inputs, out or store)
    engines.check(engine, address, out or store)
    from extract.batch import run as batch
    from extract.batch.lock import Lock
    from extract.batch.workers import Limits
    from extract.pipeline import load

    _heed_signals()
    pipeline = load(model, min_confidence=min_confidence, fast=fast)
    found = readings(inputs, text_key, published, lang)
    if out is None and store is None:
        raise typer.Exit(_stream(batch.stream(found, pipeline), strict=strict))
    given = {"inputs": list(inputs), "text_key": text_key, "published": published, "lang": lang, "fast": fast}
    given |= {"watch": True} if watch else {}
    target = out or store
    assert target is not None
    with Lock(target):
        output = _output(out, store, batch.fingerprint(pipeline, given), new_run=new_run, live=watch)
        bar, progress = _bar(quiet=quiet)
        inputs_read, few = _few(found) if workers is None and engine == "local" and not watch else (found, False)
        summary = batch.Summary()
        try:
            with ExitStack() as stack:
                reader = partial(load, model, min_confidence=min_confidence, fast=fast)
                count, limits = 0 if few else workers, Limits(time_budget, max_memory)
                reads = stack.enter_context(engines.started(engine, pipeline, reader, count, limits, address))
                _heed_signals()  # Ray has put its own in their place
                known, keep, finish = _kept(stack, store, pipeline, again=new_run or out is not None)
                options = {"strict": strict, "progress": progress, "known": known, "keep": keep, "summary": summary}
                go = partial(batch.run, read=reads, output=output, **options)
                if watch:
                    read = partial(readings, text_key=text_key, published=published, lang=lang, versions=True)
                    turns = stack.enter_context(watching.turns(inputs, (out, store), settle, poll, read))
                    _run_turns(turns, go, summary, target, finish, quiet=quiet)
                linked = _run_once(inputs_read, go, summary, finish)
        except BaseException as error:
            output.stop()
            bar.close()
            _tell_stop(summary, target, output, ended=watch and isinstance(error, SystemExit), quiet=quiet)
            raise
        output.close()
        bar.close()
        _write_copies(target, linked)
    _summarise(summary, target, output, quiet=quiet)
    if output.refused:
        raise typer.Exit(SOME_REFUSED if summary.documents + summary.skipped else FAILED)


def _heed_signals() -> None:
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, _interrupted)


def _tell_stop(summary: Any, target: Path, output: Any, *, ended: bool, quiet: bool) -> None:
    """Say how far the run came: an interruption is how a watch ends, and no end for the others."""
    if ended:
        _summarise(summary, target, output, quiet=quiet)
    elif not quiet:
        say.print(f"Stopped after {len(output.done)} inputs; the same command goes on from there.")


def _run_once(inputs: Iterable[Any], go: Any, summary: Any, finish: Any) -> list[tuple[str, str]]:
    """Read the inputs; return which are wire copies of which."""
    from extract.batch.copies import Copies

    copies = Copies()
    go(inputs, seen=copies.add)
    linked = list(copies.pairs())
    if finish is not None:
        finish(linked, changed=summary.documents > 0)
    return linked


def _run_turns(
    turns: Iterable[Iterable[Any]], go: Any, summary: Any, target: Path, finish: Any, *, quiet: bool
) -> NoReturn:
    """Read turn after turn, until a signal; copies are told after each."""
    from extract.batch.copies import Copies
    from extract.batch.watch import named_by_version

    copies, told = Copies(), None
    for turn in turns:
        before = summary.documents
        go(turn, seen=copies.add, name=named_by_version)
        linked = list(copies.pairs())
        if finish is not None:
            finish(linked, changed=summary.documents > before)
        _write_copies(target, linked)
        if not quiet and told != (told := (summary.documents, summary.refused)):
            say.print(
                f"{summary.documents} documents, {summary.events} records, {summary.refused} refused; watching on"
            )
    raise AssertionError("turns have no end")


def _bar(*, quiet: bool) -> tuple[Any, Any]:
    """Return the progress bar and what moves it on."""
    bar = tqdm(disable=True if quiet else None, unit=" articles", file=sys.stderr, smoothing=0.1)

    def progress(documents: int, events: int, refused: int) -> None:
        bar.update(documents + refused - bar.n)
        bar.set_postfix(events=events, refused=refused, refresh=False)

    return bar, progress


def _output(out: Path | None, store: Path | None, fingerprint: Any, *, new_run: bool, live: bool) -> Any:
    from extract.batch.output import Output, Unwritten

    if out is not None:
        return Output(out, fingerprint, new_run=new_run, live=live)
    assert store is not None
    return Unwritten(store)


def _kept(stack: ExitStack, path: Path | None, pipeline: Any, *, again: bool) -> tuple[Any, Any, Any]:
    """Open the store, if any; return what tells it holds a document (with `again` nothing), adds one, links copies."""
    if path is None:
        return None, None, None
    from extract import __version__
    from extract.assemble import link
    from extract.store import open_store
    from extract.store.database import Run

    store = stack.enter_context(open_store(path, write=True))
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    made_by = Run(pipeline.model.name, pipeline.model.sha256, __version__, started)
    known = None if again else lambda document: store.holds(document, made_by)

    def finish(copies: list[tuple[str, str]], *, changed: bool) -> None:
        store.link(copies)
        if changed or store.untold():
            store.tell(link(store.events()).story_of)

    return known, lambda document, records: store.add(document, records, made_by), finish


def _write_copies(target: Path, linked: list[tuple[str, str]]) -> None:
    """Write which documents are wire copies of which beside the records; no copies, no file."""
    from extract.batch.output import json_line

    path = target.with_name(target.name.removesuffix(".jsonl") + ".copies.jsonl")
    if linked:
        path.write_bytes(b"".join(json_line({"doc_id": one, "dup_of": other}) for one, other in linked))
    else:
        path.unlink(missing_ok=True)


def _few(found: Iterable[Any]) -> tuple[Iterable[Any], bool]:
    """Return the inputs, and whether they are too few for processes to be worth starting."""
    source = iter(found)
    first = list(islice(source, FEW))
    return chain(first, source), len(first) < FEW


def _summarise(summary: Any, out: Path, output: Any, *, quiet: bool) -> None:
    if quiet:
        return
    rate = summary.documents / summary.seconds if summary.seconds else 0.0
    say.print(f"{summary.documents} documents read, {summary.events} records to {out}")
    say.print(f"{summary.seconds:.1f} s, {rate:.1f} documents a second")
    say.print(f"{summary.windows} windows, {summary.characters} characters read, {summary.unread} unread")
    if summary.skipped:
        say.print(f"{summary.skipped} documents were done before")
    if output.refused:
        say.print(f"{output.refused} inputs refused, each with its reason in {output.errors}")


def _stream(results: Iterable[dict[str, Any] | InputError], *, strict: bool) -> int:
    from extract.batch.output import json_line

    refused = read = 0
    for one in results:
        if isinstance(one, InputError):
            if strict:
                raise one
            refused += 1
            say.print(f"refused: {where(one)}: {one.detail}", markup=False)
            continue
        read += 1
        sys.stdout.buffer.write(json_line(one))
        sys.stdout.buffer.flush()
    return SOME_REFUSED if refused and read else FAILED if refused else DONE


@app.command()
def show(
    inputs: Inputs,
    html: Annotated[Path | None, typer.Option(help="Write a page with the evidence highlighted instead.")] = None,
    model: ModelName = "small",
    text_key: TextKey = None,
    published: Published = None,
    min_confidence: MinConfidence = None,
    json_: Json = False,
) -> None:
    """Show documents' records for a person: a table, or a page with the evidence highlighted.

    Example: chargesheet show article.txt --html article.html
    """
    from extract.pipeline import load
    from extract.review.page import page
    from extract.review.table import table

    pipeline = load(model, min_confidence=min_confidence)
    screen = Console(highlight=False, width=None if sys.stdout.isatty() else 160)
    refused = shown = 0
    for one in readings(inputs, text_key, published):
        if isinstance(one, InputError):
            refused += 1
            say.print(f"refused: {where(one)}: {one.detail}", markup=False)
            continue
        result = pipeline(one)
        if html is not None:
            if shown:
                raise UsageError("--html shows one document; give one")
            html.write_text(page(one, result.events), "utf-8")
            say.print(f"{html}: {len(result.events)} records")
        elif json_:
            print(json.dumps([event.to_json() for event in result.events], ensure_ascii=False))
        else:
            screen.print(table(one, result.events))
        shown += 1
    if refused:
        raise typer.Exit(SOME_REFUSED if shown else FAILED)
