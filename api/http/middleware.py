"""Around every request: its id, its bounds, its log line, and what unexpected failures answer."""

import logging
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import perf_counter
from uuid import uuid4

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.middleware.body_limit import RequestBodyLimitResponder
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.access.admission import Admission
from api.http.as_routed import AsRouted
from api.http.metrics.request_metrics import RequestMetrics
from api.http.security_headers import SECURITY_HEADERS
from api.http.turns import SendsAway, TakesTurns, Turns
from api.platform.questions import Asking
from api.platform.sizes import in_words
from api.platform.wire.problems import BODY_TOO_LARGE, BUSY, INTERNAL, MALFORMED, Kind, problem
from api.recommend.known_queries import KnownQueries
from api.viewers.imports.routes import IMPORTS_PATH
from config.settings import Settings

log = logging.getLogger(__name__)

MOST_BODY_BYTES = 1024 * 1024
# An export, and the parts of the body around it.
MOST_IMPORT_BYTES = 64 * 1024 * 1024 + 64 * 1024
_FEWEST_COMPRESSED_BYTES = 1024
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is answered without the application, which the protocol may decide."""

    kind: Kind
    detail: str


def install(
    app: FastAPI,
    settings: Settings,
    *,
    public: Collection[str],
    metrics: RequestMetrics,
    turns: Turns,
    without_turns: Collection[str],
) -> None:
    """Adds what surrounds the routes; the last one added is the outermost.

    `public` are the paths that need no credential, and `without_turns` those whose requests do not
    wait for others.
    """
    # The fastest levels: a page of titles takes .3 ms in gzip and .1 in zstd, and a third of its
    # bytes. Not brotli, which browsers ask for where they ask for zstd, and which takes longer.
    app.add_middleware(
        CompressMiddleware,
        minimum_size=_FEWEST_COMPRESSED_BYTES,
        gzip_level=1,
        zstd_level=1,
        brotli=False,
    )
    app.add_middleware(TakesTurns, turns=turns, exempt=without_turns)
    # Bodies that state no length are counted as they arrive.
    app.add_middleware(BodyLimit)
    app.add_middleware(Admission, public=public, ahead=_versions_ahead)
    app.add_middleware(SendsAway, turns=turns, exempt=without_turns)
    app.add_middleware(AsRouted)
    app.add_middleware(LastWord)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.cors_origins,
            allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
            allow_headers=[
                "Authorization",
                "Content-Type",
                "Idempotency-Key",
                "If-None-Match",
                "X-API-Key",
                "X-Request-ID",
            ],
            expose_headers=["ETag", "Retry-After", "Server-Timing", "X-Request-ID"],
        )
    app.add_middleware(RequestContext, metrics=metrics)
    if settings.trusted_proxies:
        trusted = list(settings.trusted_proxies)
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=trusted)


def _versions_ahead(request: Request, acted_for: Callable[[str], bool]) -> Asking[None] | None:
    known: KnownQueries = request.app.state.provided[KnownQueries]
    return known.ahead(request, acted_for)


class BodyLimit:
    """Bounds a body by the route that it is for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; passes on what is not HTTP."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        await RequestBodyLimitResponder(self._app, _most_bytes(scope))(scope, receive, send)


def _most_bytes(scope: Scope) -> int:
    is_import = scope["method"] == "POST" and scope["path"] == IMPORTS_PATH
    return MOST_IMPORT_BYTES if is_import else MOST_BODY_BYTES


class RequestContext:
    """Names the request, adds what every answer carries, counts it and logs one line."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; passes on what is not HTTP."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = request_id_of(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        self._metrics.begin()
        started, ended = perf_counter(), None
        status = 0

        async def send_named(message: Message) -> None:
            nonlocal status, ended
            if message["type"] == "http.response.start":
                status = message["status"]
                given = list(message.get("headers", ()))
                names = {name for name, _ in given}
                message["headers"] = [
                    *given,
                    (b"x-request-id", request_id.encode()),
                    *(header for header in SECURITY_HEADERS if header[0] not in names),
                ]
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                ended = perf_counter()  # work may follow that nobody waits for

        try:
            await self._app(scope, receive, send_named)
        finally:
            now = perf_counter()
            self._metrics.end(scope, status=status, seconds=(ended or now) - started)
            _log_access(scope, status, now - started, request_id)


class LastWord:
    """Refuses what is too large before it is read, and answers what nobody caught.

    Within CORS, so that a page which may read answers may read these too.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request; passes on what is not HTTP."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_answered = False

        async def send_seen(message: Message) -> None:
            nonlocal is_answered
            is_answered = True
            await send(message)

        try:
            if refusal := _refusal(scope):
                await refusal(scope, receive, send)
            else:
                await self._app(scope, receive, send_seen)
        except Exception:
            fields = {"request_id": scope["state"]["request_id"]}
            log.exception("request failed", extra={"fields": fields})
            if is_answered:  # half an answer is out: the server can only cut the connection
                raise
            answer = problem(Request(scope), INTERNAL, "The request id finds it in our logs.")
            await answer(scope, receive, send)


def request_id_of(scope: Scope) -> str:
    """The id that the client gave the request if it is a sane one, else a new one."""
    given = Headers(scope=scope).get("x-request-id", "")
    return given if _SANE_ID.fullmatch(given) else uuid4().hex


def _refusal(scope: Scope) -> Response | None:
    request = Request(scope)
    refused: Refusal | None = scope["state"].get("refusal")
    if refused is not None:
        headers = {"Connection": "close"}
        if refused.kind is BUSY:
            headers["Retry-After"] = "1"
        return problem(request, refused.kind, refused.detail, headers=headers)
    encoding = request.headers.get("content-encoding", "identity")
    if encoding.strip().lower() not in ("", "identity"):
        return problem(request, MALFORMED, "Bodies are read as they are, without Content-Encoding.")
    stated = request.headers.get("content-length", "0")
    most = _most_bytes(scope)
    if stated.isdecimal() and int(stated) > most:
        detail = f"At most {in_words(most)} are read."
        return problem(request, BODY_TOO_LARGE, detail)
    return None


def _log_access(scope: Scope, status: int, seconds: float, request_id: str) -> None:
    if not log.isEnabledFor(logging.INFO):
        return
    # The template, not the path: what a client types into a path may be a viewer's free text.
    route = scope.get("route")
    log.info(
        "request",
        extra={
            "fields": {
                "method": scope["method"],
                "route": getattr(route, "path", None),
                "status": status,
                "ms": round(seconds * 1000, 1),
                "request_id": request_id,
            }
        },
    )
