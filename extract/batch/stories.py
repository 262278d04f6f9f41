"""A finished output, linked: its records once more, each with the story that it shares with other articles' records."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extract.assemble import Linked, link
from extract.batch.output import json_line
from extract.errors import FormatError, UsageError
from extract.schema.reading import read_record


def link_file(source: Path) -> tuple[Linked, Iterator[bytes]]:
    """Return the stories of a file of records, and its lines with `story_id`, in their order, read a second time.

    Raises `UsageError` for what cannot be read twice, `FormatError` for a line that is no record.
    """
    if not source.is_file():
        raise UsageError(f"{source}: no such file; give records as `chargesheet run -o` writes them")
    linked = link(raw for raw in _records(source))
    lines = (json_line({**raw, "story_id": linked.story_of[raw["event_id"]]}) for raw in _records(source))
    return linked, lines


def write_linked(source: Path, out: Path) -> Linked:
    """Write the linked records of a file under another name, whole or not at all."""
    if out.exists() and out.samefile(source):
        raise UsageError(f"{out}: the records that are read; write the linked ones under another name")
    linked, lines = link_file(source)
    part = out.with_name(out.name + ".part")
    with part.open("wb") as file:
        file.writelines(lines)
    part.replace(out)
    return linked


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                raw = json.loads(line)
                read_record(raw)
            except (ValueError, FormatError) as error:
                raise FormatError(f"no record ({error})", source=str(path), line=number) from error
            yield raw
