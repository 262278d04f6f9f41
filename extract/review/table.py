"""One document's records as a terminal table."""

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from extract.review.words import slot_words
from extract.schema.document import Document
from extract.schema.event import Event

COLUMNS = ("what", "when", "who", "whom", "charge", "where", "more", "sure")
DETAILS = ("penalty", "instrument", "count", "source")
STYLES = {"alleged": "yellow", "denied": "red", "planned": "cyan", "asserted": ""}
LABELS = {"penalty": "penalty", "instrument": "with", "count": "count", "source": "says"}


def table(document: Document, events: Sequence[Event], *, labelled: bool = False) -> RenderableType:
    """Return what a person wants to see of a document: a heading and one row a record, how sure but if `labelled`."""
    heading = Text(document.title or document.id, style="bold")
    heading.append(f"\n{document.id} · published {document.published or 'unknown'}", style="dim")
    if not events:
        return Group(heading, Text(f"no events {'labelled' if labelled else 'found'}\n", style="italic"))
    grid = Table(show_lines=True, expand=False, header_style="bold")
    for column in COLUMNS[:-1] if labelled else COLUMNS:
        grid.add_column(column, overflow="fold", justify="right" if column == "sure" else "left")
    for event in events:
        grid.add_row(*_row(event)[: len(grid.columns)])
    return Group(heading, grid)


def _row(event: Event) -> list[Text]:
    what = Text(event.type, style="bold")
    if event.status != "asserted":
        what.append(f"\n{event.status}", style=STYLES[event.status])
    cells = [what]
    cells += [Text("\n".join(slot_words(event, slot))) for slot in ("date", "actor", "target", "charge", "location")]
    more = [f"{LABELS[slot]}: {words}" for slot in DETAILS for words in slot_words(event, slot)]
    return [*cells, Text("\n".join(more)), Text(f"{event.confidence:.2f}")]
