"""/shelves: a page of rows."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from api.access.dependency import CallerOf
from api.platform.wire.problem import documented
from api.platform.wire.provided import provided
from api.platform.wire.query_model import from_query
from api.recommend.routes import answer, require_household
from api.recommend.shelves.schemas import ShelvesPage, ShelvesParams
from api.recommend.shelves.shelves import Shelves

router = APIRouter(tags=["recommend"])

ShelvesOf = Annotated[Shelves, Depends(provided(Shelves))]


@router.get(
    "/shelves",
    operation_id="shelves",
    summary="Rows to browse, each with what its titles have in common",
    response_model=ShelvesPage,
    responses=documented(400, 403, 404, 410),
)
def shelves(
    params: Annotated[ShelvesParams, from_query(ShelvesParams)], caller: CallerOf, rows: ShelvesOf
) -> Response:
    """The same all day but for what was seen; no title stands in two rows."""
    caller.require_profile(params.user_id, params.profile)
    require_household(caller, params)
    page = rows.page(params, caller)
    return answer(page, params.fields)
