"""The local server behind `serve`: shows a store to this machine alone, and writes only what a review asks for."""

import hashlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from extract.errors import FormatError, UsageError
from extract.review.desk import Desk
from extract.review.desk_page import Frame
from extract.review.explore import PAGE, STYLE, Listing, filter_of, list_page, name_page, told_page
from extract.review.page import page
from extract.review.routes import WRITES, review_routes, token
from extract.schema.document import Document
from extract.schema.reading import read_record
from extract.store import Area, Filter, Store
from extract.store.export import LINES

POLICY: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
REVIEW_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Of the pages that run a script: theirs alone, from the package; nothing inline."""
HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
LONGEST_QUERY: Final = 4_000
MOST_NAMED: Final = 500
AreaOf = Callable[[str], Area | None]


class _Guard(BaseHTTPMiddleware):
    """Answers only requests for this machine by its name, of a sane length; adds the headers.

    What is no GET or HEAD is answered only as a POST to an address of `writes`.
    """

    def __init__(self, app: Any, *, hosts: frozenset[str], writes: frozenset[str]) -> None:
        super().__init__(app)
        self._hosts = hosts
        self._writes = writes

    async def dispatch(self, request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        path = request.url.path
        if request.headers.get("host", "") not in self._hosts:
            answer: Response = PlainTextResponse("this address answers its own machine alone", 421)
        elif request.method not in ("GET", "HEAD") and not (request.method == "POST" and path in self._writes):
            answer = PlainTextResponse("only reading is answered", 405, headers={"Allow": "GET, HEAD"})
        elif len(request.url.query) > LONGEST_QUERY:
            answer = PlainTextResponse("the query is too long", 414)
        else:
            answer = await call_next(request)
        review = path.startswith("/review")
        answer.headers.update({**HEADERS, "Content-Security-Policy": REVIEW_POLICY if review else POLICY})
        return answer


def explorer(
    store: Store,
    *,
    title: str,
    hosts: frozenset[str],
    area_of: AreaOf,
    desk: Desk | None = None,
    guidelines: str = "",
) -> Starlette:
    """Return the application over an open store; `area_of` finds a place, `hosts` are the names it answers to.

    With a `desk` records are reviewed too, by the `guidelines`; without one nothing can be written.

    Endpoints are coroutines that read the store at once: SQLite's connection stays in the thread that opened it.
    """

    def asked_of(request: Request) -> tuple[dict[str, str], Filter]:
        asked = {name: value[:200] for name, value in request.query_params.items()}
        found = filter_of(asked)
        place = asked.get("place", "").strip()
        if place:
            found = _with_area(found, place, area_of)
        return asked, found

    async def index(request: Request) -> Response:
        asked, found = asked_of(request)
        number = asked.get("page", "1")
        current = min(max(1, int(number)), 100_000) if number.isdecimal() and len(number) < 9 else 1
        try:
            records = list(store.events(found, limit=PAGE, skip=(current - 1) * PAGE))
            listing = Listing(asked, records, store.count(found), current, store.facets(found))
        except UsageError as error:
            return HTMLResponse(told_page("not possible", str(error)), 400)
        return HTMLResponse(list_page(listing, title=title, review=desk is not None))

    async def event(request: Request) -> Response:
        record = store.event(request.path_params["event_id"])
        if record is None:
            return HTMLResponse(told_page("not found", "There is no such record in this store."), 404)
        raw = store.document(record["doc_id"])
        assert raw is not None  # the store's foreign key
        document = Document(raw["doc_id"], raw["text"], raw["title"], raw["published"], raw["url"])
        try:
            events = [read_record(one) for one in store.events(Filter(doc_id=document.id))]
        except FormatError as error:
            return HTMLResponse(told_page("not a record", f"This store holds what is no record: {error}"), 422)
        return HTMLResponse(page(document, events, elsewhere=store.elsewhere(document.id)))

    async def name(request: Request) -> Response:
        words = request.query_params.get("is", "")[:200]
        if not words.strip():
            return HTMLResponse(told_page("no name", "Give a name: /name?is=…"), 400)
        done = list(store.events(Filter(actor=words), limit=MOST_NAMED))
        suffered = list(store.events(Filter(target=words), limit=MOST_NAMED))
        return HTMLResponse(name_page(words, done, suffered))

    async def download(request: Request) -> Response:
        form = request.path_params["form"]
        try:
            _, found = asked_of(request)
            store.count(found)
        except UsageError as error:
            return HTMLResponse(told_page("not possible", str(error)), 400)
        if form not in LINES:
            return HTMLResponse(told_page("not found", f"Downloads are {', '.join(LINES)}."), 404)
        named = {"Content-Disposition": f'attachment; filename="events.{form}"'}
        return StreamingResponse(_chunks(LINES[form](store.events(found))), media_type=_KINDS[form], headers=named)

    async def style(_: Request) -> Response:
        return Response(STYLE, media_type="text/css")

    routes = [
        Route("/", index),
        Route("/event/{event_id}", event),
        Route("/name", name),
        Route("/download.{form}", download),
        Route("/style.css", style),
    ]
    if desk is not None:
        key = hashlib.sha256(str(store.path.absolute()).encode("utf-8", "replace")).hexdigest()[:16]
        frame = Frame(title, desk.author, token(), key)
        routes += review_routes(desk, frame, guidelines=guidelines, hosts=hosts)
    writes = frozenset() if desk is None else WRITES
    return Starlette(routes=routes, middleware=[Middleware(_Guard, hosts=hosts, writes=writes)])


def _with_area(found: Filter, place: str, area_of: AreaOf) -> Filter:
    country = Area(country=place) if len(place) == 3 and place.isupper() else None
    return replace(found, area=country or area_of(place))


async def _chunks(lines: Iterator[str]) -> Any:
    for line in lines:
        yield line.encode("utf-8", "replace")


_KINDS: Final = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "geojson": "application/geo+json",
}
