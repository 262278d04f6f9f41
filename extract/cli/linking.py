"""link: what several articles tell of one event gets one story."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.common import app, say
from extract.errors import FormatError, UsageError

if TYPE_CHECKING:
    from extract.assemble import Linked


@app.command()
def link(
    records: Annotated[Path | None, typer.Argument(help="Records, as `run -o` writes them (JSONL).")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Write here instead of stdout (JSONL).")] = None,
    store: Annotated[Path | None, typer.Option(help="Link the records of this store, in it.")] = None,
) -> None:
    """Link records of one event from several articles: each record gets a `story_id`, nothing else changes.

    Example: chargesheet link events.jsonl -o linked.jsonl
    """
    if (records is None) == (store is None) or (store is not None and out is not None):
        raise UsageError("give records (link events.jsonl -o linked.jsonl) or a store (link --store events.db)")
    if store is not None:
        say.print(f"{store}: {_in_store(store)}")
        return
    assert records is not None
    from extract.batch.stories import link_file, write_linked

    try:
        if out is not None:
            linked = write_linked(records, out)
        else:
            linked, lines = link_file(records)
            sys.stdout.buffer.writelines(lines)
    except FormatError as error:
        raise UsageError(f"{error.source}:{error.line}: {error.detail}") from error
    say.print(f"{out or records}: {told(linked)}")


def _in_store(path: Path) -> str:
    from extract.assemble import link as stories
    from extract.batch.lock import Lock
    from extract.store import open_store

    if not path.is_file():
        open_store(path)  # says how a store is made
    with Lock(path), open_store(path, write=True) as opened:
        linked = stories(opened.events())
        opened.tell(linked.story_of)
    return told(linked)


def told(linked: "Linked") -> str:
    """Return what came of linking, in words; what was not compared is said."""
    cut = f"; {linked.cut} groups too large to compare each record with every other" if linked.cut else ""
    return f"{len(linked.story_of)} records tell {linked.stories} events{cut}"
