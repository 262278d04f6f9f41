"""Label files and records on disk -> the events of each document, in the common form."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.errors import FormatError, UsageError
from extract.schema.label import read_labelled
from extract.score.scored import ScoredEvent, from_labelled, from_record

Documents = Mapping[str, tuple[ScoredEvent, ...]]
"""Events by document id. A document with no events is in it when labels say so, never when only records do."""


def read_gold(path: Path) -> Documents:
    """Return the events in a folder of label files (`.json`, `.jsonl`) or in one file of JSONL, labels or records.

    Raises `UsageError` when there is nothing to read and `FormatError` or `LabelError` for what is not readable.
    """
    if path.is_dir():
        files = sorted(one for one in path.iterdir() if one.suffix in (".json", ".jsonl"))
        if not files:
            raise UsageError(f"No gold in {path}: it holds no .json file. Give a folder of label files, or JSONL.")
        return _collect(parsed for one in files for parsed in _file(one))
    return _collect(_lines(path))


def _file(path: Path) -> Iterator["Parsed"]:
    if path.suffix == ".jsonl":
        yield from _lines(path)
    else:
        yield _parsed(path.read_bytes(), path, None), path, None


def read_predicted(path: Path) -> Documents:
    """Return the events in a file of JSONL as `run` writes it; documents without events do not appear in it."""
    if path.is_dir():
        raise UsageError(
            f"{path} is a folder; predicted records are one file of JSONL, as `chargesheet run` writes it."
        )
    return _collect(_lines(path))


Parsed = tuple[Mapping[str, Any], Path, int | None]


def _lines(path: Path) -> Iterator[Parsed]:
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _parsed(line, path, number), path, number
    except OSError as error:
        raise UsageError(f"Cannot read {path}: {error.strerror}. Give a file of JSONL.") from error


def _parsed(raw: bytes, path: Path, line: int | None) -> Mapping[str, Any]:
    try:
        parsed = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{_where(path, line)}: not JSON: {error}", source=str(path), line=line) from error
    if not isinstance(parsed, dict) or not ("doc_id" in parsed or "events" in parsed):
        detail = "neither a label (with `id` and `events`) nor a record (with `doc_id`)"
        raise FormatError(f"{_where(path, line)}: {detail}", source=str(path), line=line)
    return parsed


def _where(path: Path, line: int | None) -> str:
    return str(path) if line is None else f"{path}, line {line}"


def _record(raw: Mapping[str, Any], path: Path, line: int | None) -> ScoredEvent:
    try:
        return from_record(raw)
    except FormatError as error:
        raise FormatError(f"{_where(path, line)}: {error.detail}", source=str(path), line=line) from error


def _collect(parsed: Iterator[Parsed]) -> Documents:
    """Return labels and records gathered by document; a document labelled twice is refused, not merged."""
    found: dict[str, tuple[ScoredEvent, ...]] = {}
    labelled: set[str] = set()
    for raw, path, line in parsed:
        if "events" not in raw:
            doc_id = str(raw["doc_id"])
            found[doc_id] = (*found.get(doc_id, ()), _record(raw, path, line))
            continue
        label = read_labelled(raw)
        if label.id in labelled:
            raise FormatError(f"{_where(path, line)}: {label.id} is labelled twice", source=str(path), line=line)
        labelled.add(label.id)
        found[label.id] = from_labelled(label)
    return found
