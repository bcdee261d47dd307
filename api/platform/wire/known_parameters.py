"""What a route does not know is refused by name: misspelt or misplaced, it would have no effect.

Models of parameters and of bodies refuse such names themselves; this is for routes whose query is
no model, `DELETE /users/dana?profile=kids` being the worst of them, and for fields of forms.
A field of a form that is given twice is refused as a parameter is.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel

from api.platform.wire.query_model import query_models
from api.platform.wire.single_parameters import refuse_repeated

_FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


async def known_parameters(request: Request) -> None:
    """The dependency of every protected route; raises RequestValidationError with the names."""
    dependant: Dependant = request.scope["route"].dependant
    if request.url.query and not any(query_models(dependant)):
        _refuse_others("query", request.query_params, list(_fields(dependant, "query_params")))
    if request.headers.get("content-type", "").startswith(_FORMS) and dependant.body_params:
        form = await request.form()
        refuse_repeated("body", (name for name, _ in form.multi_items()))
        _refuse_others("body", form, list(_fields(dependant, "body_params")))


def _fields(dependant: Dependant, kind: str) -> Iterator[Any]:
    """The fields of a route and of all its dependencies."""
    yield from getattr(dependant, kind)
    for one in dependant.dependencies:
        yield from _fields(one, kind)


def _refuse_others(place: str, given: Iterable[str], fields: list[Any]) -> None:
    if any(_is_model(field.field_info.annotation) for field in fields):
        return
    known = {field.alias for field in fields}
    if unknown := [name for name in dict.fromkeys(given) if name not in known]:
        raise RequestValidationError(
            [{"type": "extra_forbidden", "loc": (place, name), "msg": ""} for name in unknown]
        )


def _is_model(annotation: object) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
