"""Errors on the wire (RFC 9457), and how each route documents them."""

from typing import Any

from pydantic import BaseModel, ConfigDict


class Problem(BaseModel):
    """`application/problem+json`; `code` is stable, the texts are for people."""

    model_config = ConfigDict(
        extra="allow",  # what is unknown, what is not ready, which errors
        json_schema_extra={
            "example": {
                "type": "urn:seenemall:problem:unknown_items",
                "title": "Some items are not in the catalogue",
                "status": 422,
                "detail": "Unknown item: movie:603.",
                "code": "unknown_items",
                "request_id": "5f0c1c5f5e0b4d7f8f6c0a4e6c2d9b11",
            }
        },
    )

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str


_MEANINGS = {
    400: "A body that is no JSON, or a cursor that is not valid",
    401: "No valid credential",
    403: "The credential lacks the scope",
    404: "Not found, or not the caller's to see",
    409: "The Idempotency-Key was used with another body",
    410: "The list has expired",
    413: "The body is larger than 1 MiB",
    414: "Path and query are too long",
    422: "A parameter or field is not valid, or an item is unknown",
    429: "Too many requests; Retry-After says when to come back",
    500: "Something went wrong on our side",
    503: "The database, or something else this needs, is unavailable",
}
_EVERYWHERE = (401, 414, 422, 429, 500, 503)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The `responses` of a protected route: what any route may answer, and `statuses`."""
    return {status: described(_MEANINGS[status]) for status in sorted({*_EVERYWHERE, *statuses})}


def described(meaning: str) -> dict[str, Any]:
    """One problem in the `responses` of a route."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": meaning, "content": {"application/problem+json": {"schema": schema}}}
