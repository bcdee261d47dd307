"""Errors as `application/problem+json` (RFC 9457): the one place that knows status codes."""

import logging
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from psycopg_pool import PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.platform import errors
from api.platform.wire.database_problem import database_problem
from api.platform.wire.validation_problem import describe

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem; `code` is stable for programs, `title` for people."""

    status: int
    code: str
    title: str


INVALID = Kind(422, "invalid_request", "The request is not valid")
MALFORMED = Kind(400, "malformed_body", "The body cannot be read")
NOT_FOUND = Kind(404, "not_found", "Not found")
NOT_ALLOWED = Kind(405, "method_not_allowed", "This path has other methods")
TOO_SLOW = Kind(408, "too_slow", "The request came too slowly")
BODY_TOO_LARGE = Kind(413, "body_too_large", "The body is too large")
TARGET_TOO_LONG = Kind(414, "target_too_long", "The path and query are too long")
HEAD_TOO_LARGE = Kind(431, "head_too_large", "The headers are too large")
BUSY = Kind(503, "busy", "More is asked than can be answered")
UNAVAILABLE = Kind(503, "database_unavailable", "The database is unavailable")
NOT_READY = Kind(503, "not_ready", "The service is not ready")
INTERNAL = Kind(500, "internal_error", "Something went wrong on our side")

OURS: dict[type[errors.SeenEmAllError], Kind] = {
    errors.DatabaseUnavailable: UNAVAILABLE,
    errors.OutOfTime: BUSY,
    errors.TooManyImports: BUSY,
    errors.UpstreamUnavailable: Kind(503, "upstream_unavailable", "Something this needs is down"),
    errors.UnknownItems: Kind(422, "unknown_items", "Some items are not in the catalogue"),
    errors.NotFound: NOT_FOUND,
    errors.InvalidInput: INVALID,
    errors.UnusableImport: Kind(422, "unusable_import", "The export cannot be read"),
    errors.InvalidCursor: Kind(400, "invalid_cursor", "The cursor is not valid"),
    errors.ExpiredCursor: Kind(410, "expired_cursor", "The list has expired"),
    errors.Conflict: Kind(409, "idempotency_conflict", "The Idempotency-Key was used before"),
    errors.RulesNotWritten: Kind(409, "rules_not_written", "The rules were not written"),
    errors.JobWaiting: Kind(409, "job_waiting", "A run of this job is waiting"),
    errors.NotMadeYet: Kind(409, "not_made_yet", "The lists are still being made"),
    errors.JobEnded: Kind(409, "job_ended", "The run is over"),
    errors.NotAuthenticated: Kind(401, "not_authenticated", "A valid credential is needed"),
    errors.NotAuthorised: Kind(403, "not_authorised", "The credential does not allow this"),
    errors.RateLimited: Kind(429, "rate_limited", "Too many requests"),
}
# FastAPI says of every body that cannot be read only that there was an error, and keeps which.
_UNREADABLE = (
    (RecursionError, "The body is nested too deeply"),
    (UnicodeDecodeError, "The body is not UTF-8"),
)
_BY_STATUS = {kind.status: kind for kind in (MALFORMED, NOT_FOUND, NOT_ALLOWED, BODY_TOO_LARGE)}


def problem(
    request: Request,
    kind: Kind,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    members: Mapping[str, Any] | None = None,
) -> JSONResponse:
    """The response of one problem; `members` are its additional fields."""
    content = {
        "type": f"urn:seenemall:problem:{kind.code}",
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "code": kind.code,
        "request_id": getattr(request.state, "request_id", None),
        **(members or {}),
    }
    return JSONResponse(content, kind.status, dict(headers or {}), MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Makes every error of the app a problem, but the unexpected ones (see http/middleware)."""
    app.add_exception_handler(errors.SeenEmAllError, _ours)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    for failed in (psycopg.Error, PoolTimeout):
        app.add_exception_handler(failed, _database)


def answer_to(request: Request, error: Exception) -> JSONResponse:
    """The problem of an error before there is a route; raises the error when nobody expects it."""
    if isinstance(error, errors.SeenEmAllError):
        return _ours(request, error)
    return _database(request, error)


# Starlette calls a handler with the exceptions it was registered for; its type says Exception.


def _ours(request: Request, error: Exception) -> JSONResponse:
    kind = next(kind for raised, kind in OURS.items() if isinstance(error, raised))
    headers: dict[str, str] = {}
    members: dict[str, Any] = {}
    match error:
        case errors.InvalidInput(field=str(field)):
            place = _place(request, field)
            members["errors"] = [{"in": place, "field": field, "message": error.message}]
        case errors.UnknownItems():
            members["unknown"] = list(error.references)
        case errors.InvalidCursor():
            members["errors"] = [_of_cursor(request, "must be the next_cursor of the page before")]
        case errors.ExpiredCursor():
            members["errors"] = [_of_cursor(request, "is of a list that has expired")]
        case errors.JobWaiting():
            members["run"] = error.run
        case errors.OutOfTime():
            headers["Retry-After"] = "1"
        case errors.TooManyImports():
            headers["Retry-After"] = "30"
        case errors.RateLimited():
            headers["Retry-After"] = str(math.ceil(error.retry_after_seconds))
        case errors.NotAuthenticated():
            headers["WWW-Authenticate"] = "Bearer"
    return problem(request, kind, str(error), headers=headers, members=members)


def _place(request: Request, field: str) -> str:
    """Where a field of this name stands: reading sends no body, writing no parameters but those
    that are there."""
    name = re.split(r"[.\[]", field)[0]
    if name in request.path_params:
        return "path"
    is_parameter = request.method in ("GET", "HEAD") or name in request.query_params
    return "query" if is_parameter else "body"


def _of_cursor(request: Request, message: str) -> dict[str, str]:
    return {"in": _place(request, "cursor"), "field": "cursor", "message": message}


def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    described = describe(error.errors())
    kind = MALFORMED if described.is_malformed else INVALID
    return problem(request, kind, described.detail, members={"errors": described.errors})


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        kind = Kind(error.status_code, f"http_{error.status_code}", error.detail)
    headers = dict(error.headers or {})
    if kind is NOT_ALLOWED:
        headers["Allow"] = ", ".join(_methods(request))
        told = f"This path takes {headers['Allow']}, not {request.method}"
    elif kind is NOT_FOUND:
        told = "There is nothing at this path; /docs and /openapi.json list what there is"
    else:
        cause = type(error.__cause__)
        told = next(
            (why for raised, why in _UNREADABLE if issubclass(cause, raised)), str(error.detail)
        )
    return problem(request, kind, f"{told.rstrip('.')}.", headers=headers)


def _methods(request: Request) -> list[str]:
    """The methods of the path; the router itself names those of the first route that fits."""
    methods: set[str] = set()
    for route in iter_route_contexts(request.app.routes):
        if route.path and compile_path(route.path)[0].match(request.scope["path"]):
            methods |= route.methods or set()
    return sorted({*methods, "HEAD"} if "GET" in methods else methods)


def _database(request: Request, error: Exception) -> JSONResponse:
    """Raises the error again when it is a mistake of ours: that is a 500."""
    described = database_problem(error)
    if described is None:
        raise error
    log.error(
        "database unavailable",
        extra={
            "fields": {
                "error": type(error).__name__,
                "request_id": getattr(request.state, "request_id", None),
            }
        },
    )
    return problem(
        request,
        UNAVAILABLE,
        described.detail,
        headers={"Retry-After": str(described.retry_after_seconds)},
    )
