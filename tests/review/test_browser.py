"""The review in a real browser: keys, undo, a server that goes away, two people at once, a very long article."""

import datetime as dt
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from extract.review.app import explorer
from extract.review.desk import Desk
from extract.schema.document import Document
from extract.store import open_store
from tests.review.conftest import DOCUMENT, RECORDS, TEXT
from tests.store.conftest import RUN

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return Chromium, or skip where it or Playwright is not installed."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="no browser test: pip install 'chargesheet[browser]'"
    )
    if CHROMIUM is None:
        pytest.skip("no browser test: no Chromium found; set CHROMIUM to its path")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


class Server:
    """The server of a store, that can go away and come back at the same address."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.port = 0
        self.start()

    def start(self) -> None:
        """Answer, at the address from before if there was one."""
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        self._store = open_store(self.path, write=True)
        hosts = frozenset({f"127.0.0.1:{self.port}"})
        desk = Desk(self._store, author="kim", clock=lambda: dt.datetime.now(dt.UTC), share=0.0)
        pages = explorer(self._store, title="s.db", hosts=hosts, area_of=lambda _: None, desk=desk)
        self._server = uvicorn.Server(uvicorn.Config(pages, log_level="error", timeout_graceful_shutdown=1))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.should_exit = True
        self._thread.join(10)
        self._store.close()

    def article(self, doc: str = "news%2F1") -> str:
        """Return the address of an article's page."""
        return f"http://127.0.0.1:{self.port}/review/article?doc={doc}"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with open_store(tmp_path / "s.db", write=True) as opened:
        opened.add(DOCUMENT, RECORDS, RUN)
        opened.add(Document("quiet", "Nothing happened here today.", "A quiet day"), [], RUN)
    running = Server(tmp_path / "s.db")
    yield running
    running.stop()


@pytest.fixture
def page(browser: Any, server: Server) -> Iterator[Any]:
    """Return a page on the article; a dialog, an error or a breach of the policy on it fails the test."""
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda one: wrong.append(one.text) if "Content Security" in one.text else None)
    opened.goto(server.article())
    yield opened
    context.close()
    assert wrong == []


def _select(page: Any, words: str) -> None:
    """Select words as a mouse would."""
    page.evaluate(
        """words => {
            const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode()); ) {
                const at = node.data.indexOf(words);
                if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + words.length);
            }
        }""",
        words,
    )


def _saved(page: Any) -> None:
    page.wait_for_selector('#saved:text-is("saved")')


def _log(server: Server, doc: str = DOCUMENT.id) -> list[dict[str, Any]]:
    with open_store(server.path) as opened:
        return [dict(one.operation) for one in opened.log(doc)][1:]


def test_words_fill_a_slot_by_key_with_offsets_after_an_emoji(page: Any, server: Server) -> None:
    _select(page, "officers said")
    page.wait_for_selector('#bar:has-text("officers said")')
    page.keyboard.press("s")
    _saved(page)
    (entry,) = _log(server)
    assert (entry["op"], entry["slot"]) == ("fill", "source")
    assert TEXT[entry["start"] : entry["end"]] == "officers said"
    assert page.locator('[data-record="m1"] .filler.source').inner_text() == "officers said"
    page.keyboard.press("u")
    page.wait_for_selector(".filler.source", state="detached")
    page.keyboard.press("U")
    page.wait_for_selector(".filler.source")
    assert [one["op"] for one in _log(server)] == ["fill", "undo", "redo"]


def test_everything_is_done_from_the_keyboard(page: Any, server: Server) -> None:
    press = page.keyboard.press
    press("j")  # the second record
    for _ in range(2):
        press("ArrowDown")
    press("ArrowDown")  # the third sentence: "A court jailed …"
    for _ in range(2):
        press("ArrowRight")
    assert page.evaluate("getSelection().toString()") == "jailed"
    press("e")
    page.wait_for_selector("#ask[open]")
    page.keyboard.type("sent")
    press("Enter")
    _saved(page)
    assert page.locator("[aria-current] .kind").inner_text() == "sentence"
    for _ in range(3):
        press("ArrowRight")
    press("Shift+ArrowRight")
    assert page.evaluate("getSelection().toString()") == "Bo Ruiz"
    press("t")
    press("2")
    _saved(page)
    press("t")
    press("Delete")
    press("f")
    page.keyboard.type("who is he?")
    press("Control+Enter")
    press("v")
    _saved(page)
    assert [one["op"] for one in _log(server)] == ["add", "fill", "status", "unfill", "note", "judge"]
    press("?")
    assert page.locator("#help").is_visible()
    press("Escape")
    press("g")
    page.wait_for_selector("#guide[open]")
    press("Escape")
    press("Control+Enter")
    page.wait_for_url("**doc=quiet")


def test_three_clicks_select_a_sentence_and_no_more(page: Any, server: Server) -> None:
    page.locator(".sentence > p").nth(1).click(click_count=3, position={"x": 60, "y": 12})
    page.keyboard.press("c")
    _saved(page)
    (entry,) = _log(server)
    assert TEXT[entry["start"] : entry["end"]] == "She was charged with fraud."


def test_hovering_a_filler_lights_its_mentions_and_a_click_on_words_goes_to_their_slot(page: Any) -> None:
    page.hover('[data-record="m1"] .filler.target')
    assert page.locator("mark.lit").all_inner_texts() == ["Ana Ruiz", "She"]
    page.locator("mark", has_text="fraud").click()
    assert page.evaluate("document.activeElement.closest('.card').dataset.record") == "m2"
    assert page.evaluate("document.activeElement.dataset.slot") == "charge"


def test_edits_made_while_the_server_is_away_are_kept_through_a_reload_and_sent_once(page: Any, server: Server) -> None:
    page.keyboard.press("4")
    _saved(page)
    server.stop()
    page.keyboard.press("2")
    page.keyboard.press("x")
    page.wait_for_selector("#unsaved:not([hidden])")
    assert "2 edits not saved" in page.locator("#unsaved").inner_text()
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.evaluate("setTimeout(() => location.assign('/review'))")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    server.start()  # with another token
    page.wait_for_selector("#unsaved", state="hidden", timeout=15_000)
    _saved(page)
    server.stop()
    page.keyboard.press("o")
    page.wait_for_selector("#unsaved:not([hidden])")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    server.start()
    page.goto(server.article())
    _saved(page)
    assert [one["op"] for one in _log(server)] == ["status", "status", "judge", "none"]
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_two_people_at_once_choose_between_mine_theirs_and_by_hand(page: Any, server: Server) -> None:
    def theirs(base: int) -> int:
        with open_store(server.path, write=True) as opened:
            desk = Desk(opened, author="bo", clock=lambda: dt.datetime.now(dt.UTC), share=0.0)
            fill = {"op": "note", "record": "m2", "text": f"seen at {base}"}
            return desk.write(DOCUMENT.id, base, f"bo-wrote-at-{base}", fill).version

    version = theirs(0)
    page.keyboard.press("3")
    page.wait_for_selector("#conflict:not([hidden])")
    assert "Changed by bo" in page.locator("#conflict").inner_text()
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/conflict.png")
    page.click("[data-do=theirs]")
    page.wait_for_selector("#work:not([hidden])")
    assert [one["op"] for one in _log(server)] == ["note"]
    version = theirs(version)
    page.keyboard.press("3")
    page.click("[data-do=mine]")
    _saved(page)
    assert [one["op"] for one in _log(server)][-2:] == ["back", "status"]
    assert page.locator('[data-record="m1"] .status').inner_text() == "denied"
    theirs(version + 2)
    page.keyboard.press("4")
    page.click("[data-do=by-hand]")
    page.click("#conflict button:text-is('Apply')")
    _saved(page)
    assert [one["op"] for one in _log(server)][-2:] == ["note", "status"]
    assert page.locator("#conflict").is_hidden()


def test_a_very_long_article_paints_within_a_second_and_a_key_answers_at_once(page: Any, server: Server) -> None:
    text = "Police arrested Ana Ruiz in Lagos on Wednesday, said officers of the town.\n" * 3_850
    records = []
    for n in range(500):
        spans = [{"text": text[a : a + b], "start": a + 75 * n, "end": a + b + 75 * n} for a, b in PLACES]
        fillers = [{**one, "mentions": [one], "name": one["text"], "confidence": 0.5} for one in spans]
        slots = {"actor": fillers[1:2], "target": fillers[2:3], "location": fillers[3:4]}
        records.append(
            {**RECORDS[0], "doc_id": "long", "event_id": f"l{n}", "triggers": spans[:1], "date": [], **slots}
        )
    with open_store(server.path, write=True) as opened:
        opened.add(Document("long", text, "Long", "2021-12-16"), records, RUN)
    page.goto(server.article("long"))
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    assert 0 < painted < 3_000, "one second, with slack for a machine that is busy"
    began = time.perf_counter()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    assert time.perf_counter() - began < 1.5
    assert page.evaluate("getSelection().toString()") == "Police"


PLACES = ((7, 8), (0, 6), (16, 8), (28, 5))


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_nothing_is_wider_than_the_window_and_words_can_be_read(
    page: Any, server: Server, width: int, scheme: str
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for name, address in (("queue", f"http://127.0.0.1:{server.port}/review"), ("article", server.article())):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png")
    assert page.evaluate(CONTRAST) == []


CONTRAST = """() => {
    const rgb = words => words.match(/[\\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
        .reduce((sum, c, n) => sum + c * [.2126, .7152, .0722][n], 0);
    const behind = one => { for (; one; one = one.parentElement) {
        const found = rgb(getComputedStyle(one).backgroundColor);
        if (found[3] !== 0) return found;
    } };
    return [...document.querySelectorAll('mark, .filler, dt, .sure, .soft, .number, button:enabled, .counts, #bar')]
        .filter(one => one.checkVisibility()).map(one => {
            const [a, b] = [light(rgb(getComputedStyle(one).color)), light(behind(one))];
            return [one.className, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)];
        }).filter(one => one[1] < 4.5);
}"""
