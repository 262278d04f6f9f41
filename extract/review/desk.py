"""The reviewer's desk over a store: which article next, its records as they stand, an edit added to its log."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from extract.errors import EditError, StaleError
from extract.review.edits import History, begin, replay, step
from extract.review.resolved import value_of
from extract.review.state import State, span_at
from extract.schema.document import Document
from extract.schema.label import sha256_of
from extract.schema.ontology import SLOTS
from extract.store import Filter, Store
from extract.store.corrections import Edit, Entry, Waiting

MOST_EDITS: Final = 500
"""Edits that a page may hold unsaved and send at once to be compared."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An article as it stands: `version` counts its log, `first` is the version its log begins at on this text.

    `opening` is the entry that a first edit must be preceded by, `None` once there is one. `superseded`: there are
    edits, but of another text.
    """

    document: Document
    history: History
    log: tuple[Entry, ...]
    version: int
    first: int
    opening: Mapping[str, Any] | None
    superseded: bool = False

    @property
    def state(self) -> State:
        """The records as they are now."""
        return self.history.state

    @property
    def seen(self) -> str:
        """What tells this text with the records that its log begins with from any other; no edit changes it."""
        begun = self.log[0].operation if self.opening is None else self.opening
        whole = json.dumps([begun["sha256"], begun["records"]], sort_keys=True)
        return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:16]


def open_article(store: Store, doc_id: str, *, blind: bool = False) -> Opened | None:
    """Return an article with its log replayed, `None` when there is none of that id.

    Edits of another text than the one the store holds now are kept, but cannot be shown on it: the article is as new.
    """
    raw = store.document(doc_id)
    if raw is None:
        return None
    text, log = str(raw["text"]), tuple(store.log(doc_id))
    document = Document(doc_id, text, raw["title"], raw["published"], raw["url"])
    begun = [number for number, one in enumerate(log) if one.operation["op"] == "begin"]
    version = log[-1].version if log else 0
    if begun and log[begun[-1]].operation["sha256"] == sha256_of(text):
        live = log[begun[-1] :]
        history = replay(((one.version, one.operation) for one in live), text)
        return Opened(document, history, live, version, live[0].version, None)
    opening = begin(list(store.events(Filter(doc_id=doc_id))), sha256_of(text), blind=blind)
    first = version + 1  # where the log will have the opening, once a first edit has been written after it
    return Opened(document, replay([(first, opening)], text), (), version, first, opening, bool(begun))


@dataclass(frozen=True, slots=True)
class Written:
    """An article before and after an edit; `version` came of the edit, which may be older than `after`."""

    before: Opened
    after: Opened
    version: int


class Desk:
    """What one reviewer works at; `clock` gives the time, `share` of all articles is reviewed blind."""

    def __init__(self, store: Store, *, author: str, clock: Callable[[], dt.datetime], share: float = 0.1) -> None:
        self.store = store
        self.author = author
        self._clock = clock
        self._share = share

    def _now(self) -> str:
        return self._clock().astimezone(dt.UTC).isoformat(timespec="milliseconds")

    def blind(self, doc_id: str) -> bool:
        """Return whether the article is among those drawn to be reviewed without the model's records."""
        return _drawn(doc_id) < self._share

    def hidden(self, one: Waiting) -> bool:
        """Return whether the model's records of an article in the queue are still kept from sight."""
        if one.version == 0:
            return self.blind(one.doc_id)
        try:
            opened = self.open(one.doc_id)
        except EditError:  # what its log led to cannot be told: show less
            return True
        return opened is not None and opened.state.hidden

    def queue(self) -> list[Waiting]:
        """Return the articles not yet accepted as they are, least certain first, those put off last.

        A blind article stands at a place of chance: its place must not tell how sure the model was.
        """

        def place(one: Waiting) -> tuple[bool, float]:
            surely = 2.0 if one.least is None else one.least
            return one.state == "later", _drawn(one.doc_id) / self._share if self.blind(one.doc_id) else surely

        waiting = (one for one in self.store.waiting() if not (one.state == "accepted" and one.at == one.version))
        return sorted(waiting, key=place)

    def after(self, doc_id: str) -> str | None:
        """Return the article to go to after this one, `None` when nothing else waits."""
        return next((one.doc_id for one in self.queue() if one.doc_id != doc_id), None)

    def open(self, doc_id: str) -> Opened | None:
        """Return an article as it stands."""
        return open_article(self.store, doc_id, blind=self.blind(doc_id))

    def write(self, doc_id: str, base: int, key: str, operation: Mapping[str, Any]) -> Written:
        """Add an edit made on version `base` to the article's log; return the article before and after.

        Raises `StaleError` when somebody was faster, `EditError` when it does not fit. What was written before (`key`)
        is not written again.
        """
        opened = self._known(doc_id)
        for entry in opened.log:
            if entry.key == key:
                return Written(opened, opened, entry.version)
        if opened.version != base:
            raise StaleError(f"made on version {base}, the article is at {opened.version}", version=opened.version)
        ready = prepared(opened.document, opened.state, operation)
        next_version = opened.version + (1 if opened.opening is None else 2)
        history = step(opened.history, ready, opened.document.text, next_version)
        version = self.store.append(Edit(doc_id, self.author, self._now(), base, key, ready), opened.opening)
        return Written(opened, replace(opened, history=history, version=version, opening=None), version)

    def mine(self, doc_id: str, base: int, operations: Sequence[Mapping[str, Any]]) -> tuple[State, int, list[str]]:
        """Return how an article would be had nobody been faster: version `base` and then these operations.

        With it come the version to go back to for that, and what did not fit even so.
        """
        opened = self._known(doc_id)
        version = max(min(base, opened.version), opened.first)
        entries = [(one.version, one.operation) for one in opened.log if one.version <= version]
        history = replay(entries, opened.document.text) if entries else opened.history
        wrong = []
        for number, one in enumerate(operations[:MOST_EDITS], start=1):
            try:
                ready = prepared(opened.document, history.state, one)
                history = step(history, ready, opened.document.text, version + number)
            except EditError as error:
                wrong.append(str(error))
        return history.state, version, wrong

    def mark(self, doc_id: str, base: int, state: str) -> None:
        """Note that this reviewer accepts the article as it stands at version `base`, or puts it off.

        Accepting begins the log where there is none, so that what was accepted is known whatever is read later.
        """
        opened = self._known(doc_id)
        version = opened.version
        if version != base and not (opened.opening is None and base == 0 and opened.first == version):
            raise StaleError(f"seen at version {base}, the article is at {version}", version=version)
        if state == "accepted" and opened.opening is not None:
            key = f"accepted:{version}"
            version = self.store.append(Edit(doc_id, self.author, self._now(), version, key, opened.opening))
        self.store.mark(doc_id, self.author, state, version=version, time=self._now())

    def _known(self, doc_id: str) -> Opened:
        opened = self.open(doc_id)
        if opened is None:
            raise EditError("there is no such article in this store")
        return opened


def _drawn(doc_id: str) -> float:
    """Return a number from 0 to 1 that is chance, and the same for the same article every time."""
    return int.from_bytes(hashlib.sha256(f"blind\0{doc_id}".encode("utf-8", "replace")).digest()[:8]) / 2**64


def prepared(document: Document, state: State, operation: Mapping[str, Any]) -> dict[str, Any]:
    """Return an operation as the log keeps it: what its words resolve to is decided once, here, and kept.

    Raises `EditError` for what only the program itself may write.
    """
    ready: dict[str, Any] = json.loads(json.dumps(operation).encode("utf-8", "replace"))
    match ready.get("op"):
        case "begin":
            raise EditError("a log is begun by its first edit, not by hand")
        case "add":
            ready["doc_id"] = document.id
        case "fill" | "mention":
            slot = ready.get("slot")
            ready.pop("value", None)
            if slot in SLOTS:
                span = span_at(document.text, ready.get("start"), ready.get("end"))
                ready["value"] = value_of(document, (one.event for one in state.shown), slot, span)
    return ready
