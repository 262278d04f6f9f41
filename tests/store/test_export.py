"""Exports are read back equal, and no spreadsheet runs what an article says."""

import csv
import datetime as dt
import json
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.store import Store
from extract.store.export import COLUMNS, dictionary, flat, write
from tests.store.conftest import RECORDS, filler, record


def test_jsonl_is_read_back_equal(store: Store, tmp_path: Path) -> None:
    assert write(store.events(), tmp_path / "e.jsonl", "jsonl") == 4
    lines = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text("utf-8").split("\n") if line]
    assert lines == list(store.events())


def test_csv_shows_a_formula_as_text(store: Store, tmp_path: Path) -> None:
    write(store.events(), tmp_path / "e.csv", "csv")
    with (tmp_path / "e.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["target"], rows[0]["lat"]) == ("'=cmd()", "9.0")
    write(store.events(), tmp_path / "raw.csv", "csv", raw_csv=True)
    assert "'=cmd()" not in (tmp_path / "raw.csv").read_text("utf-8")


def test_geojson_has_longitude_first_and_only_what_has_a_place(store: Store, tmp_path: Path) -> None:
    assert write(store.events(), tmp_path / "e.geojson", "geojson") == 2
    found = json.loads((tmp_path / "e.geojson").read_text("utf-8"))
    (lagos,) = [one for one in found["features"] if one["id"] == "e1"]
    assert lagos["geometry"] == {"type": "Point", "coordinates": [3.39, 6.45]}
    assert lagos["properties"]["date"] == "2021-12-16"


def test_parquet_is_typed_and_keeps_each_record_whole(store: Store, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    write(store.events(), tmp_path / "e.parquet", "parquet")
    rows = parquet.read_table(tmp_path / "e.parquet").to_pylist()
    assert [json.loads(one["record"]) for one in rows] == list(store.events())
    assert (rows[0]["earliest"], rows[0]["latest"]) == (dt.date(2019, 1, 1), None)


def test_a_row_holds_every_filler_and_the_first_value() -> None:
    penalties = [filler("a fine", kind="fine"), filler("two to four years", days=[730, 1460])]
    row = flat(record("e", "sentence", penalty=penalties, target=[filler("A"), filler("B")]))
    assert (row["target"], row["days"], row["country"]) == ("A; B", "730-1460", None)


def test_an_unknown_format_is_named_and_the_dictionary_explains_each_column(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="geojson"):
        write(RECORDS, tmp_path / "e.xls", "xls")
    text = dictionary(["cite me"])
    assert text.startswith("cite me")
    assert all(f"`{name}`" in text for name in COLUMNS)
