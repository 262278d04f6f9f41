"""Edits over HTTP: kept once, refused when stale, taken from this server's own pages alone."""

import datetime as dt
import html
import json
import re
import time
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from httpx import Response
from starlette.testclient import TestClient

from extract.review.app import explorer
from extract.review.desk import Desk
from extract.schema.document import Document
from extract.store import open_store
from extract.store.database import Store
from tests.review.conftest import DOCUMENT, RECORDS, at
from tests.store.conftest import RUN

HOST = "127.0.0.1:8765"
NASTY = "<script>alert(1)</script>"


def clock() -> dt.datetime:
    """Return one moment, whenever it is asked."""
    return dt.datetime(2022, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = open_store(tmp_path / "s.db", write=True)
    opened.add(DOCUMENT, RECORDS, RUN)
    opened.add(Document(f"b{NASTY}", f"Nothing {NASTY} happened.", NASTY), [], RUN)
    return opened


class Browser:
    """A page of this machine that knows the token, as the script does."""

    def __init__(self, store: Store, author: str = "kim", share: float = 0.0) -> None:
        desk = Desk(store, author=author, clock=clock, share=share)
        pages = explorer(
            store,
            title="s.db",
            hosts=frozenset({HOST}),
            area_of=lambda _: None,
            desk=desk,
            guidelines="### arrest\n*Yes*: held.\n",
        )
        self.client = TestClient(pages, base_url=f"http://{HOST}")
        self.keys = 0

    def settings(self, doc: str = DOCUMENT.id) -> dict[str, Any]:
        """Return what an article's page tells its script."""
        page = self.client.get("/review/article", params={"doc": doc}).text
        found = re.search(r'<meta name="review" content="([^"]*)"', page)
        assert found is not None
        return dict(json.loads(html.unescape(found[1])))

    def post(self, path: str, body: Any, **headers: str) -> Response:
        """Send JSON with the page's own token, unless `headers` say otherwise."""
        sent = {"X-Chargesheet-Token": self.settings()["token"], "Origin": f"http://{HOST}", **headers}
        return self.client.post(path, json=body, headers=sent)

    def edit(self, base: int, operation: dict[str, Any], key: str | None = None) -> Response:
        """Send one edit."""
        self.keys += 1
        body = {"doc": DOCUMENT.id, "base": base, "key": key or f"key-{id(self)}-{self.keys}", "operation": operation}
        return self.post("/review/edit", body)


@pytest.fixture
def kim(store: Store) -> Browser:
    return Browser(store)


def test_an_article_stands_beside_its_records_with_every_mention_marked(kim: Browser) -> None:
    page = kim.client.get("/review/article", params={"doc": DOCUMENT.id})
    assert page.status_code == 200
    place = at("Ana Ruiz")
    assert f'data-at="{place["start"]}-{place["end"]}"' in page.text
    assert '<span class="number">3</span>' in page.text
    assert 'data-record="m1"' in page.text
    assert kim.client.get("/review/article", params={"doc": "none"}).status_code == 404


def test_the_policy_lets_no_inline_script_or_style_through_and_the_pages_have_none(kim: Browser) -> None:
    for path in ("/review", f"/review/article?doc={DOCUMENT.id}", f"/review/article?doc=b{NASTY}"):
        page = kim.client.get(path)
        assert page.status_code == 200
        policy = page.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert NASTY not in page.text
        assert re.search(r"<script(?! src=\"/review.js\")|<style| style=| on\w+=\"", page.text) is None
    script = kim.client.get("/review.js")
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert "innerHTML" not in script.text
    assert re.search(r"https?://|eval\(", script.text) is None


def test_an_edit_is_kept_and_only_what_changed_comes_back(kim: Browser, store: Store) -> None:
    answer = kim.edit(0, {"op": "fill", "record": "m2", "slot": "location", **at("Lagos")})
    assert answer.status_code == 200
    said = answer.json()
    assert said["version"] == said["latest"] == 2
    assert set(said["changed"]) == {"head", "r-m2", "s-1"}
    assert "NGA" in said["changed"]["r-m2"]
    begun, entry = store.log(DOCUMENT.id)
    assert begun.operation["records"] == RECORDS
    assert (entry.author, entry.time, entry.operation["value"]["country"]) == (
        "kim",
        "2022-01-01T00:00:00.000+00:00",
        "NGA",
    )
    assert [one["event_id"] for one in store.events()] == ["m1", "m2"]
    assert [one["location"] for one in store.events()][1] == []


def test_the_same_edit_sent_twice_is_kept_once(kim: Browser, store: Store) -> None:
    body = (0, {"op": "status", "record": "m1", "status": "alleged"}, "the-same-key")
    first, second = kim.edit(*body).json(), kim.edit(*body).json()
    assert first["version"] == second["version"] == 2
    assert len(store.log(DOCUMENT.id)) == 2


def test_a_stale_edit_is_refused_and_both_versions_are_shown(kim: Browser, store: Store) -> None:
    bo = Browser(store, "bo")
    assert bo.edit(0, {"op": "delete", "record": "m2"}).status_code == 200
    mine = {"op": "status", "record": "m1", "status": "denied"}
    refused = kim.edit(0, mine)
    assert refused.status_code == 409
    assert refused.json()["latest"] == 2
    asked = {"doc": DOCUMENT.id, "base": 0, "operations": [mine]}
    said = kim.post("/review/conflict", asked).json()
    assert (said["back"], said["latest"], said["edits"]) == (1, 2, ["make the record denied (arrest “arrested”)"])
    for words in ("Changed by bo", "Take mine", "Take theirs", "By hand", 'data-was="r-m2"'):
        assert words in said["html"]
    # mine: back to what was seen, then the edit; theirs stays in the log
    assert kim.edit(2, {"op": "back", "to": said["back"]}).json()["cards"] == ["r-m1", "r-m2"]
    assert kim.edit(3, mine).status_code == 200
    assert [one.operation["op"] for one in store.log(DOCUMENT.id)] == ["begin", "delete", "back", "status"]


def test_an_edit_made_on_another_text_or_in_another_store_is_not_written(kim: Browser, store: Store) -> None:
    known = kim.settings()
    own = {"doc": DOCUMENT.id, "store": known["store"], "seen": known["seen"], "base": 0}
    edit = {**own, "key": "a-key-of-its-own", "operation": {"op": "none"}}
    assert kim.post("/review/edit", {**edit, "store": "another"}).status_code == 421
    store.add(DOCUMENT, RECORDS[:1], RUN)
    bodies = {"edit": edit, "conflict": {**own, "operations": []}, "mark": {**own, "state": "accepted"}}
    for name, body in bodies.items():
        refused = kim.post(f"/review/{name}", body)
        assert (refused.status_code, refused.json()["moved"]) == (409, True)
    assert store.log(DOCUMENT.id) == []
    seen = kim.settings()["seen"]
    assert kim.post("/review/edit", {**edit, "seen": seen}).status_code == 200
    assert kim.settings()["seen"] == seen, "an edit changes nothing in what it was made on"


def test_what_does_not_fit_says_why_and_is_not_kept(kim: Browser, store: Store) -> None:
    answer = kim.edit(0, {"op": "fill", "record": "m1", "slot": "penalty", **at("two years")})
    assert answer.status_code == 422
    assert "has no slot" in answer.json()["error"]
    assert kim.edit(0, {"op": "begin", "records": [], "sha256": ""}).status_code == 422
    assert store.log(DOCUMENT.id) == []


def test_only_our_own_pages_may_write(kim: Browser, store: Store) -> None:
    body = {"doc": DOCUMENT.id, "base": 0, "key": "k" * 12, "operation": {"op": "none"}}
    refused = [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"X-Chargesheet-Token": "guess"}, 403),
        ({"Content-Type": "text/plain"}, 415),
        ({"Host": "evil.example"}, 421),
    ]
    for headers, status in refused:
        assert kim.post("/review/edit", body, **headers).status_code == status, headers
    assert kim.client.post("/review/edit", json=body).status_code == 403
    assert kim.client.post("/review").status_code == 405
    assert kim.client.get("/review/edit").status_code == 405
    assert kim.client.request("DELETE", "/review/edit").status_code == 405
    assert store.log(DOCUMENT.id) == []


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'{"doc": 1}', 400),
        (b'{"doc": "x", "base": NaN}', 400),
        (b'{"doc": "x", "base": true}', 400),
        (b'{"doc": "x", "base": 0, "key": "short", "operation": {}}', 400),
        (b'{"doc": "\\ud800", "base": 0, "key": "long-enough", "operation": {}}', 404),
        (b'{"doc": "news/1", "base": 0, "key": "long-enough", "operation": {"op": "note", "text": "\\ud800"}}', 200),
        (b" " * (2 * 1024 * 1024 + 1), 413),
    ],
)
def test_hostile_bodies_have_an_answer(kim: Browser, content: bytes, status: int) -> None:
    headers = {"X-Chargesheet-Token": kim.settings()["token"], "Content-Type": "application/json"}
    assert kim.client.post("/review/edit", content=content, headers=headers).status_code == status


def test_without_a_desk_nothing_can_be_written(store: Store) -> None:
    pages = explorer(store, title="s.db", hosts=frozenset({HOST}), area_of=lambda _: None)
    client = TestClient(pages, base_url=f"http://{HOST}")
    assert client.post("/review/edit").status_code == 405
    assert client.get("/review").status_code == 404


def test_an_accepted_article_leaves_the_queue_and_comes_back_when_it_is_changed(kim: Browser) -> None:
    assert _queue(kim) == [DOCUMENT.id, f"b{NASTY}"]
    body = {"doc": DOCUMENT.id, "base": 0, "state": "accepted"}
    for _ in range(2):  # a double click
        assert kim.post("/review/mark", body).json()["next"].startswith("/review/article?doc=b")
    assert _queue(kim) == [f"b{NASTY}"]
    assert kim.edit(1, {"op": "none"}).status_code == 200
    assert kim.post("/review/mark", body).status_code == 409
    assert "changed since kim accepted it" in kim.client.get("/review").text
    assert kim.post("/review/mark", {**body, "base": 2, "state": "maybe"}).status_code == 422
    assert kim.post("/review/mark", {**body, "base": 2, "state": "later"}).status_code == 200
    assert _queue(kim) == [f"b{NASTY}", DOCUMENT.id]


def test_an_accepted_article_waits_again_when_its_text_changes(kim: Browser, store: Store) -> None:
    kim.post("/review/mark", {"doc": DOCUMENT.id, "base": 0, "state": "accepted"})
    store.add(Document(DOCUMENT.id, "Another text.", None), [], RUN)
    assert DOCUMENT.id in _queue(kim)


def _queue(browser: Browser) -> list[str]:
    page = browser.client.get("/review").text
    return [unquote_plus(html.unescape(one)) for one in re.findall(r'href="/review/article\?doc=([^"]*)"><bdi>', page)]


def test_a_blind_article_never_tells_what_the_model_read(store: Store) -> None:
    kim = Browser(store, share=0.999999999)
    page = kim.client.get("/review/article", params={"doc": DOCUMENT.id}).text
    assert "data-record" not in page
    assert "<mark" not in page
    assert "0.40" not in kim.client.get("/review").text
    added = kim.edit(0, {"op": "add", "record": "p1", "type": "sentence", **at("jailed")}).json()
    assert added["cards"] == ["r-p1"]
    assert "0.40" not in kim.client.get("/review").text
    assert kim.edit(2, {"op": "reveal"}).json()["cards"] == ["r-m1", "r-m2", "r-p1"]
    assert "0.40" in kim.client.get("/review").text


def test_a_selection_is_previewed_with_its_values(kim: Browser) -> None:
    asked = {"doc": DOCUMENT.id, **at("Wednesday")}
    assert kim.client.get("/review/preview", params=asked).json() == {"values": [["date", "2021-12-15 (“Wednesday”)"]]}
    asked = {"doc": DOCUMENT.id, **at("two years")}
    assert ["penalty", "two years (730 days)"] in kim.client.get("/review/preview", params=asked).json()["values"]
    for wrong in (
        {"start": "x"},
        {"start": "²", "end": "9"},
        {"start": "9", "end": "3"},
        {"start": "0", "end": "9" * 400},
    ):
        assert kim.client.get("/review/preview", params={"doc": DOCUMENT.id, **wrong}).status_code == 422


def test_guidelines_are_a_section_at_a_time(kim: Browser) -> None:
    assert kim.client.get("/review/guideline?of=arrest").text == "<p><em>Yes</em>: held.</p>"
    assert "slot of" in kim.client.get("/review/guideline?of=penalty").text
    assert "no guideline" in kim.client.get("/review/guideline?of=%3Cb%3E").text


def test_an_article_with_another_text_begins_anew_and_its_edits_stay(kim: Browser, store: Store) -> None:
    kim.edit(0, {"op": "none"})
    store.add(Document(DOCUMENT.id, "Another text.", None), [], RUN)
    page = kim.client.get("/review/article", params={"doc": DOCUMENT.id}).text
    assert "The text has changed" in page
    assert len(store.log(DOCUMENT.id)) == 2
    assert kim.edit(2, {"op": "note", "text": "look"}).json()["version"] == 4


def test_a_long_article_with_five_hundred_records_is_answered_at_once(store: Store, kim: Browser) -> None:
    text = "Police arrested Ana Ruiz in Lagos on Wednesday, said officers of the town.\n" * 3_850  # 50,050 words
    records = []
    for n in range(500):
        shift = 75 * n
        spans = [{"text": text[a + shift : b + shift], "start": a + shift, "end": b + shift} for a, b in PLACES]
        fillers = [{**one, "mentions": [one], "name": one["text"], "confidence": 0.5} for one in spans]
        slots = {"actor": fillers[1:2], "target": fillers[2:3], "location": fillers[3:4]}
        records.append(
            {**RECORDS[0], "doc_id": "long", "event_id": f"l{n}", "triggers": spans[:1], "date": [], **slots}
        )
    store.add(Document("long", text, "Long", "2021-12-16"), records, RUN)
    began = time.perf_counter()
    assert kim.client.get("/review/article?doc=long").text.count("<mark") == 2_000
    shown = time.perf_counter() - began
    body = {
        "doc": "long",
        "base": 0,
        "key": "long-enough",
        "operation": {"op": "status", "record": "l7", "status": "denied"},
    }
    began = time.perf_counter()
    said = kim.post("/review/edit", body).json()
    edited = time.perf_counter() - began
    assert set(said["changed"]) == {"head", "r-l7"}
    assert shown < 2, "half of it is what a slow machine may take"
    assert edited < 5


PLACES = ((7, 15), (0, 6), (16, 24), (28, 33))
