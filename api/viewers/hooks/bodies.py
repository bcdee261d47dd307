"""The bodies of webhooks as they really come: JSON of any content type, or JSON within a form.

Plex sends a form with `payload` and a picture, Emby one with `data`; Jellyfin's plugin sends JSON
as plain text, or a form whose fields are the JSON's.
"""

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException

from api.platform.errors import InvalidInput

_MOST_FIELDS = 100
_HOLDERS = ("payload", "data", "json")
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object of it; raises InvalidInput, with one sentence, where there is none."""
    if request.headers.get("content-type", "").casefold().startswith(_FORMS):
        return _held(await _fields(request))
    return _object(await request.body())


async def _fields(request: Request) -> dict[str, str]:
    try:
        form = await request.form(max_files=4, max_fields=_MOST_FIELDS)
    except HTTPException as error:
        raise InvalidInput("The form cannot be read.") from error
    try:
        return {
            name: (await value.read()).decode(errors="replace") if name in _HOLDERS else ""
            for name, value in form.items()
            if isinstance(value, UploadFile)
        } | {name: value for name, value in form.items() if isinstance(value, str)}
    finally:
        await form.close()


def _held(fields: Mapping[str, str]) -> dict[str, Any]:
    for name in _HOLDERS:
        if name in fields:
            return _object(fields[name].encode())
    return dict(fields)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = orjson.loads(raw.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise InvalidInput("The body is no JSON, nor a form that holds it.") from error
    if not isinstance(found, dict):
        raise InvalidInput("The body is not a JSON object.")
    return found
