"""Records as other programs want them: JSON Lines, CSV, Parquet, GeoJSON."""

import csv
import datetime as dt
import importlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from extract.errors import UsageError
from extract.schema.ontology import FILLER_SLOTS

Record = Mapping[str, Any]
FORMATS: Final = ("jsonl", "csv", "parquet", "geojson")
JOINED: Final = "; "
"""Parts the fillers of one slot in a cell."""
_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final[Mapping[str, str]] = {
    "doc_id": "the article's id",
    "event_id": "the record's id, the same in every run of one version",
    "type": "one of 17 types of event",
    "status": "asserted, alleged, denied or planned",
    "confidence": "calibrated: of records given 0.8, eight in ten are right",
    "trigger": "the words that name the event",
    "date": "EDTF value of the date, as exact as the article says",
    "earliest": "first day that the date covers",
    "latest": "last day that the date covers",
    **{slot: f"names of the fillers of `{slot}`, parted by '{JOINED.strip()}'" for slot in FILLER_SLOTS},
    "country": "ISO 3166-1 alpha-3 code of the first location that has one",
    "admin1": "state or province of that location",
    "lat": "its latitude, WGS84 degrees",
    "lon": "its longitude, WGS84 degrees",
    "precision": "what the coordinates stand for: point, city, region or country",
    "iccs": "ICCS code of the first charge that has one",
    "days": "days of imprisonment of the first penalty that has them; low-high for a range",
    "story_id": "the same for records of one event in several articles; empty where records were not linked",
}
"""The columns of CSV and Parquet, with what they hold: the data dictionary."""


def flat(record: Record) -> dict[str, Any]:
    """Return a record as one row of COLUMNS."""
    date: Mapping[str, Any] = next(iter(record["date"]), {})
    place: Record = next((one for one in record["location"] if one.get("country")), {})
    charge: Record = next((one for one in record["charge"] if one.get("iccs")), {})
    penalty: Record = next((one for one in record["penalty"] if one.get("days") is not None), {})
    return {
        **{name: record[name] for name in ("doc_id", "event_id", "type", "status", "confidence")},
        "trigger": record["triggers"][0]["text"],
        "date": date.get("value"),
        "earliest": date.get("earliest"),
        "latest": date.get("latest"),
        **{slot: JOINED.join(one["name"] for one in record[slot]) or None for slot in FILLER_SLOTS},
        **{name: place.get(name) for name in ("country", "admin1", "lat", "lon", "precision")},
        "iccs": charge.get("iccs"),
        "days": _range(penalty.get("days")),
        "story_id": record.get("story_id"),
    }


def _range(value: Any) -> str | None:
    if value is None:
        return None
    return "-".join(map(str, value)) if isinstance(value, list) else str(value)


def safe_cell(value: Any) -> Any:
    r"""Return what a spreadsheet shows and does not run: text that opens like a formula gets an apostrophe before it.

    >>> safe_cell("=1+1"), safe_cell("- 3"), safe_cell(-3.5)
    ("'=1+1", "'- 3", -3.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value


def csv_lines(records: Iterable[Record], *, raw: bool = False) -> Iterator[str]:
    """Yield the header and one row a record (RFC 4180); with `raw` cells stay as they are."""
    held = io.StringIO(newline="")
    writer = csv.writer(held)
    writer.writerow(COLUMNS)
    for record in records:
        row = flat(record)
        yield _emptied(held)
        writer.writerow([row[name] if raw else safe_cell(row[name]) for name in COLUMNS])
    yield _emptied(held)


def _emptied(held: io.StringIO) -> str:
    text = held.getvalue()
    held.seek(0)
    held.truncate()
    return text


def jsonl_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield the records whole, one a line; line separators of Unicode are escaped."""
    for record in records:
        line = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
        yield line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n"


def has_point(record: Record) -> bool:
    """Return whether the record's place, as `flat` takes it, has coordinates."""
    row = flat(record)
    return row["lat"] is not None and row["lon"] is not None


def geojson_lines(records: Iterable[Record]) -> Iterator[str]:
    """Yield a feature collection: a point for each record with coordinates (RFC 7946: longitude first)."""
    before = '{"type": "FeatureCollection", "features": [\n'
    for row in map(flat, filter(has_point, records)):
        point = {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        rest = {name: value for name, value in row.items() if name not in ("lat", "lon") and value is not None}
        feature = {"type": "Feature", "id": row["event_id"], "geometry": point, "properties": rest}
        yield before + json.dumps(feature, ensure_ascii=False)
        before = ",\n"
    yield ("" if before.startswith(",") else before) + "]}\n"


LINES: Final[Mapping[str, Callable[[Iterable[Record]], Iterator[str]]]] = {
    "csv": csv_lines,
    "jsonl": jsonl_lines,
    "geojson": geojson_lines,
}
"""The formats that are text, as lines."""


def write_parquet(records: Iterable[Record], path: Path) -> None:
    """Write the columns typed, dates as dates, and each record whole as JSON; needs pyarrow (the extra `parquet`)."""
    try:
        pyarrow, parquet = importlib.import_module("pyarrow"), importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise UsageError("writing Parquet needs pyarrow: pip install 'chargesheet[parquet]'") from error
    types = dict.fromkeys(COLUMNS, pyarrow.string())
    types |= dict.fromkeys(("confidence", "lat", "lon"), pyarrow.float64())
    types |= dict.fromkeys(("earliest", "latest"), pyarrow.date32())
    types["record"] = pyarrow.string()
    described = {name: {"description": COLUMNS.get(name, "the record, JSON")} for name in types}
    schema = pyarrow.schema([pyarrow.field(name, kind, metadata=described[name]) for name, kind in types.items()])
    rows = [{**flat(one), "record": json.dumps(one, ensure_ascii=False)} for one in records]
    for row in rows:
        for name in ("earliest", "latest"):
            row[name] = _day(row[name])
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), path)


def _day(value: str | None) -> Any:
    return dt.date.fromisoformat(value) if value else None


def write(records: Iterable[Record], path: Path, form: str, *, raw_csv: bool = False) -> int:
    """Write the records in one of FORMATS; return how many it holds. Raises `UsageError` for another form."""
    if form not in FORMATS:
        raise UsageError(f"no format {form!r}; there are: {', '.join(FORMATS)}")
    taken = 0
    if form == "geojson":
        records = filter(has_point, records)

    def counted() -> Iterator[Record]:
        nonlocal taken
        for record in records:
            taken += 1
            yield record

    if form == "parquet":
        write_parquet(counted(), path)
        return taken
    lines = csv_lines(counted(), raw=raw_csv) if form == "csv" else LINES[form](counted())
    with path.open("w", encoding="utf-8", newline="", errors="replace") as file:
        file.writelines(lines)
    return taken


def dictionary(citation: Sequence[str]) -> str:
    """Return the data dictionary that goes with an export, the citation lines above it."""
    rows = "".join(f"| `{name}` | {words} |\n" for name, words in COLUMNS.items())
    return "\n".join(citation) + f"\n\n| column | what it holds |\n| --- | --- |\n{rows}"
