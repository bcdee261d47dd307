"""Catalogue answers: tagged by their content, so that an unchanged one is not sent again.

Weak tags, since one content is sent in several encodings. Our own: Starlette tags files alone, and
what is left is a digest and a comparison.
"""

from hashlib import blake2b

from fastapi import Request, Response
from pydantic import BaseModel

from api.platform.wire.card_fields import Fields, with_fields

# Kept, but asked for again each time: a job may change the catalogue at any moment.
_CACHE_CONTROL = "private, no-cache"


def tagged(request: Request, body: BaseModel, fields: Fields | None = None) -> Response:
    """The body with its ETag, or 304 when the client has it already. Unset fields are left out.

    Its cards have these `fields` alone, so each choice of them has a tag of its own.
    """
    content = with_fields(body.model_dump_json(exclude_unset=True).encode(), fields)
    return tagged_bytes(request, content, media_type="application/json")


def tagged_bytes(request: Request, content: bytes, *, media_type: str) -> Response:
    """The same of what is not a model."""
    tag = weak_tag(content)
    headers = {"ETag": tag, "Cache-Control": _CACHE_CONTROL}
    if is_known(request, tag):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def weak_tag(content: bytes) -> str:
    """The ETag of a content, whichever encoding it is sent in."""
    return f'W/"{blake2b(content, digest_size=12).hexdigest()}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client has the content of this tag already; weak and strong tags are alike."""
    condition = request.headers.get("if-none-match", "")
    known = {part.strip().removeprefix("W/") for part in condition.split(",")}
    return tag.removeprefix("W/") in known or "*" in known
