"""The local server shows a store, runs nothing of an article, and answers this machine alone."""

import csv
import io
import json
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.review.app import explorer
from extract.schema.document import Document
from extract.schema.event import Event
from extract.schema.reading import read_record
from extract.store import Area, open_store
from extract.store.database import Store
from tests.store.conftest import RECORDS, RUN, filler, record

NASTY = "<script>alert(1)</script>"
HOST = "127.0.0.1:8765"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return a store with an article that would like to run a script."""
    with open_store(tmp_path / "s.db", write=True) as opened:
        opened.add(Document("a", "Police arrested Ana Ruiz.", "Arrest"), RECORDS[:2], RUN)
        text = f"Police arrested {NASTY} on Monday."
        nasty = record("n1", "arrest", f"b {NASTY}", target=[filler(NASTY)], actor=[filler("Police")])
        opened.add(Document(f"b {NASTY}", text, NASTY), [nasty], RUN)
    return open_store(tmp_path / "s.db")


@pytest.fixture
def client(store: Store) -> TestClient:
    """Return a browser of this machine."""
    area = {"Lagos": Area(lat=6.45, lon=3.39)}
    pages = explorer(store, title="s.db", hosts=frozenset({HOST}), area_of=area.get)
    return TestClient(pages, base_url=f"http://{HOST}", raise_server_exceptions=True)


def test_a_list_narrows_down_and_pages_have_their_links(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "1–3 of 3" in page.text
    assert "1–1 of 1" in client.get("/", params={"type": "sentence"}).text
    assert "1–1 of 1" in client.get("/", params={"place": "Lagos"}).text
    assert "1–1 of 1" in client.get("/", params={"place": "NGA"}).text
    assert "/event/e2" in client.get("/", params={"charge": "07"}).text
    assert "no records" in client.get("/", params={"text": 'smoke OR "'}).text


@pytest.mark.parametrize(
    "path", ["/", "/event/n1", "/name?is=%3Cscript%3Ealert(1)%3C/script%3E", "/?text=%3Cscript%3E"]
)
def test_nothing_of_an_article_runs(client: TestClient, path: str) -> None:
    page = client.get(path)
    assert page.status_code == 200
    assert "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Content-Type-Options"] == "nosniff"


def test_an_events_page_marks_its_evidence(client: TestClient) -> None:
    assert "<mark" in client.get("/event/e1").text
    assert client.get("/event/none").status_code == 404


def test_an_events_page_leads_to_other_articles_of_its_story(store: Store, client: TestClient) -> None:
    assert "also told in" not in client.get("/event/e1").text
    with open_store(store.path, write=True) as opened:
        opened.tell({"e1": "s1", "e2": "s2", "n1": "s1"})
    page = client.get("/event/e1").text
    assert page.count("also told in") == 1
    assert '<a href="/event/n1"><bdi>&lt;script&gt;' in page
    assert "1–2 of 2" in client.get("/?story=s1").text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("type=party", 400),
        ("since=yesterday", 400),
        ("certain=hour", 400),
        ("page=-1", 200),
        ("page=²", 200),
        ("page=" + "9" * 30, 200),
    ],
)
def test_odd_questions_have_an_answer(client: TestClient, query: str, status: int) -> None:
    assert client.get(f"/?{query}").status_code == status


def test_only_this_machine_and_only_reading(client: TestClient) -> None:
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert client.post("/").status_code == 405
    assert client.request("DELETE", "/event/e1").status_code == 405
    assert client.get("/?text=" + "x" * 5000).status_code == 414
    assert client.get("/../../etc/passwd").status_code == 404


def test_downloads_hold_what_was_asked(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/download.csv?type=arrest").text)))
    assert {row["event_id"] for row in rows} == {"e1", "n1"}
    lines = client.get("/download.jsonl?target=ana").text.splitlines()
    assert [json.loads(line)["event_id"] for line in lines] == ["e1"]
    found = json.loads(client.get("/download.geojson").text)
    assert [one["id"] for one in found["features"]] == ["e1"]
    assert client.get("/download.exe").status_code == 404


def test_a_record_read_back_is_the_record(store: Store) -> None:
    for raw in store.events():
        event = read_record(raw)
        assert isinstance(event, Event)
        assert event.to_json() == raw
