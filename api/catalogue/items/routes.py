"""/items/{item}: the record of one title."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response

from api.access.dependency import CallerOf
from api.catalogue.items.item_details import Catalogue
from api.catalogue.items.schemas import ItemQuery, ItemRecord
from api.platform.wire.etag import tagged
from api.platform.wire.inputs import ReferenceInPath
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query

router = APIRouter(prefix="/items", tags=["catalogue"])

CatalogueOf = Annotated[Catalogue, Depends(provided(Catalogue))]


@router.get(
    "/{item:segment}",
    operation_id="read_item",
    summary="The whole record of a title, with its people, offers, certificates and neighbours",
    response_model=ItemRecord,
    responses=documented(403, 404) | {304: {"description": "As the ETag says, nothing changed"}},
)
def read(
    item: ReferenceInPath,
    query: Annotated[ItemQuery, from_query(ItemQuery)],
    request: Request,
    caller: CallerOf,
    catalogue: CatalogueOf,
) -> Response:
    """Offers are those of one country, and its certificate comes first."""
    limits = caller.limits(query.user_id, query.profile)
    record = catalogue.record(item, country=query.country, limits=limits)
    return tagged(request, ItemRecord.model_validate(record))
