"""What a route does not know is refused by name: misspelt or misplaced, it would have no effect.

Models of parameters and of bodies refuse such names themselves; this is for routes whose query is
no model, `DELETE /users/dana?profile=kids` being the worst of them, and for fields of forms.
A field of a form that is given twice is refused as a parameter is, and so is a name that an object
of JSON has twice: of two values a reader may take either.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

from api.platform.wire.query_model import query_models
from api.platform.wire.single_parameters import refuse_repeated
from api.platform.wire.storable import is_storable
from api.platform.wire.unknown_names import UNKNOWN

_JSON = "json"
_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


async def known_parameters(request: Request) -> None:
    """The dependency of every protected route; raises RequestValidationError with the names."""
    dependant: Dependant = request.scope["route"].dependant
    if request.url.query and not any(query_models(dependant)):
        _refuse_others("query", request.query_params, list(_fields(dependant, "query_params")))
    content_type = request.headers.get("content-type", "").lower()
    if _JSON in content_type and dependant.body_params:
        _refuse_names_twice(await request.body())
    if content_type.startswith(_FORMS) and dependant.body_params:
        form = await request.form()
        refuse_repeated("body", (name for name, _ in form.multi_items()))
        _refuse_others("body", form, list(_fields(dependant, "body_params")))


def _refuse_names_twice(body: bytes) -> None:
    """Of JSON that can be read; what cannot is told of by who reads it."""

    def once(pairs: list[tuple[str, Any]]) -> None:
        if len(dict(pairs)) < len(pairs):
            # A name that is no text is told of by who reads it.
            refuse_repeated("body", (name for name, _ in pairs if is_storable(name)))

    with suppress(ValueError, RecursionError):
        json.loads(body, object_pairs_hook=once)


def _fields(dependant: Dependant, kind: str) -> Iterator[Any]:
    """The fields of a route and of all its dependencies."""
    yield from getattr(dependant, kind)
    for one in dependant.dependencies:
        yield from _fields(one, kind)


def _refuse_others(place: str, given: Iterable[str], fields: list[Any]) -> None:
    if any(_is_model(field.field_info.annotation) for field in fields):
        return
    known = [field.alias for field in fields]
    if unknown := [name for name in dict.fromkeys(given) if name not in known]:
        raise RequestValidationError(
            [
                {"type": UNKNOWN, "loc": (place, one), "msg": "", "ctx": {"known": known}}
                for one in unknown
            ]
        )


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
