"""query and export: what a store holds, to a person or to another program."""

import json
import sys
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.cli.common import Json, app, say
from extract.errors import UsageError

if TYPE_CHECKING:
    from extract.store import Area, Store

StoreFile = Annotated[Path, typer.Argument(help="A store, as `run --store` makes it.")]
SHOWN = ("date", "type", "actor", "target", "charge", "location", "penalty", "doc_id")
FEW = 50


@app.command()
def query(
    store: StoreFile,
    sql: Annotated[str | None, typer.Argument(help="A SELECT over document, event, filler, story, run.")] = None,
    type_: Annotated[str | None, typer.Option("--type", help="One of the 17 types.")] = None,
    status: Annotated[str | None, typer.Option(help="asserted, alleged, denied or planned.")] = None,
    actor: Annotated[str | None, typer.Option(help="Part of an actor's name.")] = None,
    target: Annotated[str | None, typer.Option(help="Part of a target's name.")] = None,
    source: Annotated[str | None, typer.Option(help="Part of a source's name.")] = None,
    charge: Annotated[str | None, typer.Option(help="Part of a charge's wording, or an ICCS code (05, 0502).")] = None,
    place: Annotated[str | None, typer.Option(help="A country, state or city: its name, or what lies in it.")] = None,
    since: Annotated[str | None, typer.Option(help="2021, 2021-12 or 2021-12-16: dates that reach it.")] = None,
    until: Annotated[str | None, typer.Option(help="Likewise: dates that begin by then.")] = None,
    certain: Annotated[str | None, typer.Option(help="day, week, month or year: dates as exact as that.")] = None,
    story: Annotated[str | None, typer.Option(help="A story's id: one event in several articles.")] = None,
    text: Annotated[str | None, typer.Option(help="Words that the article must hold, all of them.")] = None,
    min_confidence: Annotated[float | None, typer.Option(min=0.0, max=1.0)] = None,
    limit: Annotated[int | None, typer.Option(min=1, help=f"Records shown; {FEW} in a table, all otherwise.")] = None,
    json_: Json = False,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write .jsonl, .csv, .parquet or .geojson.")] = None,
) -> None:
    """Ask a store for records, by filters or by SQL (read-only).

    Example: chargesheet query events.db --type sentence --place Lagos --since 2020
    """
    from extract.store import Filter, open_store
    from extract.store.export import write

    with open_store(store) as opened:
        if sql is not None:
            _show_rows(*opened.sql(sql), json_=json_)
            return
        asked = Filter(
            type=type_,
            status=status,
            actor=actor,
            target=target,
            source=source,
            charge=charge,
            place=place,
            area=area_of(place) if place else None,
            since=since,
            until=until,
            certain=certain,
            text=text,
            story=story,
            min_confidence=min_confidence,
        )
        if out is not None:
            count = write(opened.events(asked, limit=limit), out, out.suffix.removeprefix("."))
            say.print(f"{out}: {count} records")
        elif json_:
            for record in opened.events(asked, limit=limit):
                print(json.dumps(record, ensure_ascii=False))
        else:
            _show(opened.events(asked, limit=limit or FEW), opened.count(asked))


@app.command()
def export(
    store: StoreFile,
    destination: Annotated[
        Path | None, typer.Argument(metavar="DEST", help="The file to write; with --corrected, none is stdout.")
    ] = None,
    to: Annotated[str | None, typer.Option(help="jsonl, csv, parquet or geojson.")] = None,
    raw_csv: Annotated[bool, typer.Option(help="csv: leave cells that open like a formula as they are.")] = False,
    corrected: Annotated[bool, typer.Option("--corrected", help="Records as people left them in a review.")] = False,
    labels: Annotated[
        Path | None, typer.Option(help="Folder for accepted articles as label files, to train on.")
    ] = None,
) -> None:
    """Write all records of a store for another program, a data dictionary with a citation line beside them.

    Example: chargesheet export events.db events.csv --to csv
    """
    from extract.review.corrected import Tally, corrected_records
    from extract.store import open_store
    from extract.store.export import jsonl_lines, write

    if labels is None and not corrected and (destination is None or to is None):
        raise UsageError("say where to and as what: export STORE DEST --to csv; or --corrected, or --labels FOLDER")
    if (destination is None) != (to is None):
        raise UsageError("DEST and --to go together: export STORE DEST --to csv; --corrected alone prints JSONL")
    tally = Tally()
    with open_store(store) as opened:
        if labels is not None:
            _write_labels(opened, labels)
        if corrected and destination is None:
            sys.stdout.writelines(jsonl_lines(corrected_records(opened, tally)))
        elif destination is not None and to is not None:
            records = corrected_records(opened, tally) if corrected else opened.events()
            count = write(records, destination, to, raw_csv=raw_csv)
            beside = _write_dictionary(opened, destination, count)
            say.print(f"{destination}: {count} records; {beside} says what the columns hold")
    if corrected:
        say.print(f"{tally.corrected} articles as people corrected them, {tally.accepted} of those accepted")
        _say_superseded(tally.superseded)
        for one in tally.broken:
            say.print(f"as the model read it: {one}", markup=False)


def _write_dictionary(opened: "Store", destination: Path, count: int) -> Path:
    from extract.store.export import dictionary

    citation = [
        f"Event records of {count} by chargesheet {one.version}, model {one.model} "
        f"(weights {one.weights_sha256[:16]}), read from {one.started[:10]} on."
        for one in opened.runs()
    ]
    beside = destination.with_name(destination.name + ".README.md")
    beside.write_text(dictionary(citation), "utf-8")
    return beside


def _write_labels(opened: "Store", folder: Path) -> None:
    """Write one label file of all accepted articles; those whose labels do not fit are named."""
    from extract.errors import LabelError
    from extract.review.corrected import Tally, corrected_labels
    from extract.schema.label import labelled_json
    from extract.store.export import jsonl_lines

    tally, whole = Tally(), []
    for one in corrected_labels(opened, tally):
        if isinstance(one, LabelError):
            say.print(f"left out: {one}", markup=False)
        else:
            whole.append(labelled_json(one))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "corrected.jsonl"
    path.write_text("".join(jsonl_lines(whole)), "utf-8", newline="")
    say.print(f"{path}: {len(whole)} articles with their texts, {sum(len(one['events']) for one in whole)} events")
    _say_superseded(tally.superseded)


def _say_superseded(count: int) -> None:
    if count:
        say.print(f"{count} articles have another text than the one corrected: their corrections are left out")


@app.command()
def serve(
    store: StoreFile,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8765,
    review: Annotated[bool, typer.Option("--review", help="Correct records too; the store is written to.")] = False,
    name: Annotated[str | None, typer.Option("--as", help="Who reviews: the name beside each correction.")] = None,
    blind: Annotated[float, typer.Option(min=0.0, max=0.9, help="Share reviewed without the model's records.")] = 0.1,
) -> None:
    """Explore a store in the browser: search, narrow down, the article behind each record. This machine alone.

    With --review, correct it there too: what people change stands beside the model's records, never over them.

    Example: chargesheet serve events.db --review --as kim
    """
    import datetime as dt
    import socket

    import uvicorn

    from extract.review.app import explorer
    from extract.review.desk import Desk
    from extract.store import open_store

    if review and not (name or "").strip():
        raise UsageError("a review needs the name that stands beside each correction: --as NAME")
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError as error:
        raise UsageError(
            f"port {port} cannot be used ({error.strerror}); take another with --port, or --port 0"
        ) from error
    number = listening.getsockname()[1]
    hosts = frozenset({f"127.0.0.1:{number}", f"localhost:{number}"})
    if review and not store.is_file():
        open_store(store)  # raises: a review makes no store
    with open_store(store, write=review) as opened:
        clock = partial(dt.datetime.now, dt.UTC)
        desk = Desk(opened, author=str(name).strip()[:80], clock=clock, share=blind) if review else None
        text = guidelines() if review else ""
        pages = explorer(opened, title=store.name, hosts=hosts, area_of=area_of, desk=desk, guidelines=text)
        path = "review" if review else ""
        say.print(f"http://127.0.0.1:{number}/{path}  ({len(opened)} records; Ctrl-C ends it)")
        server = uvicorn.Server(uvicorn.Config(pages, log_level="warning", access_log=False))
        server.run(sockets=[listening])


def guidelines() -> str:
    """Return the labelling guidelines: of the clone, or those that an installation carries; empty without either."""
    import extract

    home = Path(extract.__file__).parent
    places = (home.parent / "corpus" / "GUIDELINES.md", home / "review" / "GUIDELINES.md")
    return next((one.read_text("utf-8") for one in places if one.is_file()), "")


def area_of(name: str) -> "Area | None":
    """Return where a place lies, as the gazetteer knows it: what lies in it is asked for too."""
    from extract.resolve.places import place_of
    from extract.store import Area

    found = place_of(name)
    if found is None:
        return None
    match found.precision:
        case "country":
            return Area(country=found.country)
        case "region" if found.admin1:
            return Area(country=found.country, admin1=found.admin1)
        case _:
            return Area(lat=found.lat, lon=found.lon)


def _show(records: Iterable[Mapping[str, Any]], count: int) -> None:
    from extract.store.export import flat

    grid = Table(header_style="bold")
    for column in SHOWN:
        grid.add_column(column, overflow="fold")
    shown = 0
    for record in records:
        shown += 1
        row = flat(record)
        grid.add_row(*(Text(str(row[column] or "")) for column in SHOWN))
    _print(grid)
    print(f"{count} records" + (f", {shown} shown; --limit, --json or -o FILE for more" if shown < count else ""))


def _show_rows(columns: list[str], rows: list[tuple[Any, ...]], *, json_: bool) -> None:
    if json_:
        for row in rows:
            print(json.dumps(dict(zip(columns, row, strict=True)), ensure_ascii=False))
        return
    if not columns:
        raise UsageError("the statement gives no rows; only SELECT is answered")
    grid = Table(header_style="bold")
    for column in columns:
        grid.add_column(Text(column), overflow="fold")
    for row in rows:
        grid.add_row(*(Text("" if one is None else str(one)) for one in row))
    _print(grid)


def _print(grid: Table) -> None:
    Console(highlight=False, width=None if sys.stdout.isatty() else 160).print(grid)
