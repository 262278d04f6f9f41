"""What the server answers under /review: pages to read, and edits that its own pages alone may write."""

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from extract.errors import ChargesheetError, StaleError
from extract.review.desk import Desk, Opened
from extract.review.desk_page import SHOWN, Frame, article_link, article_page, conflict_piece, queue_page
from extract.review.explore import told_page
from extract.review.guidelines import as_html, section
from extract.review.pieces import card_id, pieces
from extract.review.resolved import value_of
from extract.review.state import span_at
from extract.review.told import in_words
from extract.review.words import date_words, filler_words
from extract.schema.event import Span
from extract.schema.reading import read_date, read_filler

MOST_BYTES: Final = 2 * 1024 * 1024
SLOWEST_S: Final = 10.0
TOKEN_HEADER: Final = "x-chargesheet-token"
PREVIEWED: Final = ("date", "location", "charge", "penalty", "count")
_STATIC: Final = Path(__file__).parent / "static"
Endpoint = Callable[[Request], Awaitable[Response]]


class RefusedError(Exception):
    """A request that is not answered; `status` says why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


class _MovedError(Exception):
    """What was sent was made on another text, or on other records, than the article has now."""


def token() -> str:
    """Return what a page must show with every write: nobody else's page can know it."""
    return secrets.token_urlsafe(32)


def review_routes(desk: Desk, frame: Frame, *, guidelines: str, hosts: frozenset[str]) -> list[Route]:
    """Return the routes; `guidelines` is the text that key `g` shows a section of, empty where there is none."""

    async def queue(_: Request) -> Response:
        waiting = desk.queue()
        hidden = [desk.hidden(one) for one in waiting[:SHOWN]]
        return HTMLResponse(queue_page(waiting, hidden, frame))

    async def article(request: Request) -> Response:
        opened = desk.open(request.query_params.get("doc", ""))
        if opened is None:
            return HTMLResponse(told_page("not found", "There is no such article in this store."), 404)
        return HTMLResponse(article_page(opened, frame))

    async def whole(request: Request) -> Response:
        return JSONResponse(_answer(_found(desk, request.query_params.get("doc", "")), {}))

    async def sent(request: Request) -> Mapping[str, Any]:
        body = await _body(request)
        if body.get("store", frame.key) != frame.key:
            raise RefusedError(421, "another store is served here now; this page's edits are not written to it")
        return body

    async def edit(request: Request) -> Response:
        body = await sent(request)
        doc_id, base, key = _doc(body), _number(body, "base"), body.get("key")
        if not isinstance(key, str) or not 8 <= len(key) <= 64 or not isinstance(body.get("operation"), dict):
            raise RefusedError(400, "an edit has a key of 8 to 64 characters and an operation")
        _same(_found(desk, doc_id), body)
        done = desk.write(doc_id, base, key, body["operation"])
        known = pieces(done.before) if done.before.version == base else {}
        return JSONResponse({**_answer(done.after, known), "version": done.version})

    async def conflict(request: Request) -> Response:
        body = await sent(request)
        doc_id, base, operations = _doc(body), _number(body, "base"), body.get("operations")
        if not isinstance(operations, list) or not all(isinstance(one, dict) for one in operations):
            raise RefusedError(400, "operations is a list of edits")
        opened = _found(desk, doc_id)
        _same(opened, body)
        state, version, wrong = desk.mine(doc_id, base, operations)
        authors = sorted({one.author for one in opened.log if one.version > version})
        known = (*opened.state.shown, *state.shown)
        names = {one.event.event_id: f"{one.event.type} “{one.event.triggers[0].text}”" for one in known}
        edits = [in_words(one, opened.document.text, names) for one in operations]
        html = conflict_piece(opened, state, authors=authors, edits=edits, wrong=wrong)
        return JSONResponse({"html": html, "latest": opened.version, "back": version, "edits": edits})

    async def mark(request: Request) -> Response:
        body = await sent(request)
        doc_id = _doc(body)
        _same(_found(desk, doc_id), body)
        desk.mark(doc_id, _number(body, "base"), str(body.get("state")))
        following = desk.after(doc_id)
        return JSONResponse({"next": article_link(following) if following else "/review"})

    async def preview(request: Request) -> Response:
        asked = request.query_params
        opened = _found(desk, asked.get("doc", ""))
        ends = [
            int(one) if one.isdecimal() and len(one) < 10 else -1 for one in map(asked.get, ("start", "end")) if one
        ]
        span = span_at(opened.document.text, *(ends if len(ends) == 2 else (-1, -1)))
        return JSONResponse({"values": _values(opened, span)})

    async def guideline(request: Request) -> Response:
        name = request.query_params.get("of", "")[:40]
        return HTMLResponse(as_html(section(guidelines, name)) or "<p>There is no guideline of that name.</p>")

    async def script(_: Request) -> Response:
        return Response((_STATIC / "review.js").read_bytes(), media_type="text/javascript; charset=utf-8")

    async def style(_: Request) -> Response:
        return Response((_STATIC / "review.css").read_bytes(), media_type="text/css; charset=utf-8")

    def reads(path: str, endpoint: Endpoint) -> Route:
        return Route(path, _told(endpoint))

    def writes(path: str, endpoint: Endpoint) -> Route:
        return Route(path, _told(_own(endpoint, frame.token, hosts)), methods=["POST"])

    return [
        reads("/review", queue),
        reads("/review/article", article),
        reads("/review/whole", whole),
        reads("/review/preview", preview),
        reads("/review/guideline", guideline),
        reads("/review.js", script),
        reads("/review.css", style),
        writes("/review/edit", edit),
        writes("/review/conflict", conflict),
        writes("/review/mark", mark),
    ]


WRITES: Final = frozenset({"/review/edit", "/review/conflict", "/review/mark"})
"""The only addresses that a POST may go to."""


def _told(endpoint: Endpoint) -> Endpoint:
    """Return the endpoint with every error of ours as its status and one sentence."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except StaleError as error:
            return JSONResponse({"error": str(error), "latest": error.version}, 409)
        except _MovedError as error:
            return JSONResponse({"error": str(error), "moved": True}, 409)
        except ChargesheetError as error:
            return JSONResponse({"error": str(error)}, 422)
        except RefusedError as error:
            return JSONResponse({"error": str(error)}, error.status)

    return answer


def _own(endpoint: Endpoint, secret: str, hosts: frozenset[str]) -> Endpoint:
    """Return the endpoint for requests of this server's own pages alone."""

    async def answer(request: Request) -> Response:
        origin = request.headers.get("origin")
        if origin is not None and origin not in {f"http://{host}" for host in hosts}:
            raise RefusedError(403, "another site's page may not write here")
        if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
            raise RefusedError(403, "another site's page may not write here")
        if not secrets.compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), secret.encode()):
            raise RefusedError(403, "the page's token is not this server's: load the page again")
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            raise RefusedError(415, "send application/json")
        return await endpoint(request)

    return answer


async def _body(request: Request) -> Mapping[str, Any]:
    """Return the JSON object sent: bounded in bytes and in seconds, without lone surrogates."""
    taken = bytearray()
    try:
        async with asyncio.timeout(SLOWEST_S):
            async for chunk in request.stream():
                taken += chunk
                if len(taken) > MOST_BYTES:
                    raise RefusedError(413, f"more than {MOST_BYTES} bytes")
    except TimeoutError as error:
        raise RefusedError(408, "the request took too long to arrive") from error
    except ClientDisconnect as error:
        raise RefusedError(400, "the request broke off") from error
    try:
        sent = json.loads(taken.decode("utf-8"))
        sent = json.loads(json.dumps(sent, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace"))
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, "not JSON") from error
    if not isinstance(sent, dict):
        raise RefusedError(400, "not a JSON object")
    return sent


def _doc(body: Mapping[str, Any]) -> str:
    doc_id = body.get("doc")
    if not isinstance(doc_id, str):
        raise RefusedError(400, "doc is an article's id")
    return doc_id


def _number(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name)
    if type(value) is not int or not 0 <= value < 2**53:
        raise RefusedError(400, f"{name} is a whole number")
    return value


def _same(opened: Opened, body: Mapping[str, Any]) -> None:
    """Raise `_MovedError` when the page that sent this shows another text or other records of the model."""
    if body.get("seen", opened.seen) != opened.seen:
        raise _MovedError("the article has been read anew since this page was loaded: load it again")


def _found(desk: Desk, doc_id: str) -> Opened:
    opened = desk.open(doc_id)
    if opened is None:
        raise RefusedError(404, "there is no such article in this store")
    return opened


def _answer(opened: Opened, known: Mapping[str, str]) -> dict[str, Any]:
    """Return the pieces that differ from those a page has, which cards there are now, and the version."""
    made = pieces(opened)
    return {
        "version": opened.version,
        "latest": opened.version,
        "cards": [card_id(one) for one in opened.state.shown],
        "changed": {name: html for name, html in made.items() if known.get(name) != html},
    }


def _values(opened: Opened, span: Span) -> list[list[str]]:
    """Return slot and value for each slot that the words mean something in."""
    own = {
        "text": span.text,
        "start": span.start,
        "end": span.end,
        "name": span.text,
        "mentions": [],
        "confidence": 1.0,
    }
    found = []
    for slot in PREVIEWED:
        value = value_of(opened.document, (one.event for one in opened.state.shown), slot, span)
        if slot == "date":
            if value.get("value"):
                found.append([slot, date_words(read_date({**own, **value}))])
        elif "reason" not in value and (slot != "charge" or "iccs" in value):
            words = filler_words(read_filler(slot, {**value, **own}))
            found += [[slot, words]] if words != span.text else []
    return found
