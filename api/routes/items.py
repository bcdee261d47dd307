"""/items/{item}: the record of one title."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.access.dependency import CallerOf
from api.routes.etag import tagged
from api.routes.services import ServicesOf
from api.schemas.inputs import ReferenceInPath
from api.schemas.items import ItemQuery, ItemRecord
from api.schemas.problem import documented

router = APIRouter(prefix="/items", tags=["catalogue"])


@router.get(
    "/{item}",
    operation_id="read_item",
    summary="The whole record of a title, with its people, offers, certificates and neighbours",
    response_model=ItemRecord,
    responses=documented(404) | {304: {"description": "As the ETag says, nothing changed"}},
)
def read(
    item: ReferenceInPath,
    query: Annotated[ItemQuery, Query()],
    request: Request,
    caller: CallerOf,  # noqa: ARG001 - any caller may look
    services: ServicesOf,
) -> Response:
    """Offers are those of one country, and its certificate comes first."""
    record = services.catalogue.record(item, country=query.country)
    return tagged(request, ItemRecord.model_validate(record))
