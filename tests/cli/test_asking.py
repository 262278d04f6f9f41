"""query, export and serve as a person uses them."""

import datetime as dt
import json
import socket
from pathlib import Path

from extract.cli.asking import area_of, guidelines
from extract.label.corpus import read_labels
from extract.review.desk import Desk
from extract.store import Area, open_store
from tests.review.conftest import DOCUMENT, RECORDS
from tests.store.conftest import RUN
from tests.test_cli import GOOD, _lines, _run


def test_a_store_is_filled_asked_and_exported(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps(GOOD) + "\n{broken\n")
    store = tmp_path / "events.db"
    first = _run("run", str(feed), "--store", str(store))
    assert first.returncode == 2, first.stderr
    assert len(_lines(tmp_path / "events.db.errors.jsonl")) == 1
    again = _run("run", str(feed), "--store", str(store))
    assert b"1 documents were done before" in again.stderr
    (record,) = map(json.loads, _run("query", str(store), "--type", "arrest", "--json").stdout.splitlines())
    assert record["doc_id"] == "good"
    assert b"1 records" in _run("query", str(store), "--text", "Lagos").stdout
    assert b"arrest" in _run("query", str(store), "SELECT type FROM event").stdout
    assert _run("query", str(store), "DROP TABLE event").returncode == 1
    assert _run("query", str(tmp_path / "none.db")).returncode == 1
    done = _run("export", str(store), str(tmp_path / "e.csv"), "--to", "csv")
    assert done.returncode == 0, done.stderr
    assert "by chargesheet" in (tmp_path / "e.csv.README.md").read_text("utf-8")
    assert (tmp_path / "e.csv").read_text("utf-8").count("\n") == 2


def test_records_go_to_a_file_and_a_store_at_once(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text(json.dumps(GOOD) + "\n")
    out, store = tmp_path / "out.jsonl", tmp_path / "events.db"
    assert _run("run", str(feed), "-o", str(out), "--store", str(store)).returncode == 0
    kept = [json.loads(line) for line in _run("query", str(store), "--json").stdout.splitlines()]
    stories = [one.pop("story_id") for one in kept]  # a store links what it holds; a run's own output stays as it is
    assert kept == _lines(out)
    again = _run("query", str(store), "--story", stories[0], "--json").stdout.splitlines()
    assert [json.loads(line)["story_id"] for line in again] == stories[:1]


def test_records_are_linked_to_a_file_and_in_a_store(tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps({**GOOD, "id": name}) + "\n" for name in ("one", "two")))
    out, store, linked = tmp_path / "out.jsonl", tmp_path / "events.db", tmp_path / "linked.jsonl"
    assert _run("run", str(feed), "-o", str(out), "--store", str(store)).returncode == 0
    done = _run("link", str(out), "-o", str(linked))
    assert done.returncode == 0, done.stderr
    assert b"2 records tell 1 events" in done.stderr
    assert linked.read_bytes() == _run("link", str(out)).stdout
    (story,) = {row["story_id"] for row in _lines(linked)}
    again = _run("link", "--store", str(store))
    assert b"2 records tell 1 events" in again.stderr
    assert len(_run("query", str(store), "--story", str(story), "--json").stdout.splitlines()) == 2
    assert _run("link").returncode == _run("link", str(out), "--store", str(store)).returncode == 1
    assert b"out.jsonl:1: no record" in _run("link", str(feed.rename(tmp_path / "out.jsonl"))).stderr


def test_a_place_is_as_wide_as_its_name() -> None:
    assert area_of("Nigeria") == Area(country="NGA")
    texas = area_of("Texas")
    assert texas is not None
    assert (texas.country, texas.admin1) == ("USA", "Texas")
    lagos = area_of("Lagos, Nigeria")
    assert lagos is not None
    assert lagos.lat is not None
    assert area_of("Zzyzzx") is None


def test_corrections_come_out_as_records_and_as_labels(tmp_path: Path) -> None:
    store = tmp_path / "events.db"
    with open_store(store, write=True) as opened:
        opened.add(DOCUMENT, RECORDS, RUN)
        desk = Desk(opened, author="kim", clock=lambda: dt.datetime.now(dt.UTC), share=0.0)
        desk.write(DOCUMENT.id, 0, "one", {"op": "delete", "record": "m2"})
        desk.mark(DOCUMENT.id, 2, "accepted")
    done = _run("export", str(store), "--corrected")
    assert [json.loads(line)["event_id"] for line in done.stdout.splitlines()] == ["m1"]
    assert b"1 articles as people corrected them, 1 of those accepted" in done.stderr
    assert _run("export", str(store), str(tmp_path / "c.csv"), "--to", "csv", "--corrected").returncode == 0
    assert (tmp_path / "c.csv").read_text("utf-8").count("\n") == 2
    assert _run("export", str(store), "--labels", str(tmp_path / "labels")).returncode == 0
    (labelled,) = read_labels(tmp_path / "labels")
    assert [one.type for one in labelled.events] == ["arrest"]
    assert _run("export", str(store)).returncode == 1
    for half in (("--to", "csv"), (str(tmp_path / "half.csv"),)):
        done = _run("export", str(store), "--corrected", *half)
        assert (done.returncode, b"go together" in done.stderr) == (1, True)


def test_a_review_needs_a_name_and_a_store_that_is_there(tmp_path: Path) -> None:
    for arguments in (["--review"], ["--review", "--as", " "], ["--review", "--as", "kim"]):
        done = _run("serve", str(tmp_path / "none.db"), *arguments)
        assert done.returncode == 1
        assert b"Traceback" not in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_guidelines_are_found_in_a_clone() -> None:
    assert "### arrest" in guidelines()


def test_a_port_that_is_taken_is_one_line(tmp_path: Path) -> None:
    feed, store = tmp_path / "feed.jsonl", tmp_path / "events.db"
    feed.write_text(json.dumps(GOOD) + "\n")
    assert _run("run", str(feed), "--store", str(store)).returncode == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = _run("serve", str(store), "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert b"cannot be used" in done.stderr
    assert b"Traceback" not in done.stderr
