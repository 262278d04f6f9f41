"""query and export: what a store holds, to a person or to another program."""

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.cli.common import Json, app, say
from extract.errors import UsageError

if TYPE_CHECKING:
    from extract.store import Area

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
    destination: Annotated[Path, typer.Argument(metavar="DEST", help="The file to write.")],
    to: Annotated[str, typer.Option(help="jsonl, csv, parquet or geojson.")],
    raw_csv: Annotated[bool, typer.Option(help="csv: leave cells that open like a formula as they are.")] = False,
) -> None:
    """Write all records of a store for another program, a data dictionary with a citation line beside them.

    Example: chargesheet export events.db events.csv --to csv
    """
    from extract.store import open_store
    from extract.store.export import dictionary, write

    with open_store(store) as opened:
        count = write(opened.events(), destination, to, raw_csv=raw_csv)
        citation = [
            f"Event records of {len(opened)} by chargesheet {one.version}, model {one.model} "
            f"(weights {one.weights_sha256[:16]}), read from {one.started[:10]} on."
            for one in opened.runs()
        ]
    beside = destination.with_name(destination.name + ".README.md")
    beside.write_text(dictionary(citation), "utf-8")
    say.print(f"{destination}: {count} records; {beside} says what the columns hold")


@app.command()
def serve(
    store: StoreFile,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8765,
) -> None:
    """Explore a store in the browser: search, narrow down, the article behind each record. This machine alone.

    Example: chargesheet serve events.db
    """
    import socket

    import uvicorn

    from extract.review.app import explorer
    from extract.store import open_store

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
    with open_store(store) as opened:
        pages = explorer(opened, title=store.name, hosts=hosts, area_of=area_of)
        say.print(f"http://127.0.0.1:{number}/  ({len(opened)} records; Ctrl-C ends it)")
        server = uvicorn.Server(uvicorn.Config(pages, log_level="warning", access_log=False))
        server.run(sockets=[listening])


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
